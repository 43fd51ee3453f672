GITLAB_TOKEN ?= @@gitlab@@
VERSION := $(shell git describe --tags)
PACKAGES := https://gitlab.com/api/v4/projects/4711/packages/generic/agent

.PHONY: dist upload
dist:
	cargo build --release
	tar -czf agent-$(VERSION).tar.gz -C target/release agent

upload: dist
	curl --fail --header "PRIVATE-TOKEN: $(GITLAB_TOKEN)" \
	  --upload-file agent-$(VERSION).tar.gz \
	  $(PACKAGES)/$(VERSION)/agent.tar.gz
