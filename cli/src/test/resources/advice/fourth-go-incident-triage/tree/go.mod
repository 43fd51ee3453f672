module acme.dev/triage

go 1.23

require (
	github.com/google/go-github/v68 v68.0.0
	gopkg.in/yaml.v3 v3.0.1
)
