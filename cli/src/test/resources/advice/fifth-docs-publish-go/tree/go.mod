module acme.example/docs-publish

go 1.23

require (
	github.com/go-git/go-git/v5 v5.12.0
	github.com/google/go-github/v66 v66.0.0
	github.com/yuin/goldmark v1.7.8
	gitlab.com/gitlab-org/api/client-go v0.115.0
)
