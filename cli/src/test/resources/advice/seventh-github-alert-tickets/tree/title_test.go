package main

import (
	"testing"

	"github.com/google/go-github/v66/github"
)

func TestTitle(t *testing.T) {
	alert := &github.DependabotAlert{SecurityAdvisory: &github.DependabotSecurityAdvisory{
		Summary:  github.String("Path traversal"),
		Severity: github.String("high"),
	}}
	if got := title("app", alert); got != "app: Path traversal (high)" {
		t.Fatal(got)
	}
}
