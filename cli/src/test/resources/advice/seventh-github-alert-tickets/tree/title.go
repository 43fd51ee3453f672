package main

import (
	"fmt"

	"github.com/google/go-github/v66/github"
)

func title(repo string, alert *github.DependabotAlert) string {
	advisory := alert.GetSecurityAdvisory()
	return fmt.Sprintf("%s: %s (%s)", repo, advisory.GetSummary(), advisory.GetSeverity())
}
