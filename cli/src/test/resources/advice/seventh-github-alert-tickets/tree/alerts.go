package main

import (
	"context"

	"github.com/google/go-github/v66/github"
)

func openAlerts(ctx context.Context, client *github.Client, owner, repo string) ([]*github.DependabotAlert, error) {
	options := &github.ListAlertsOptions{State: github.String("open"), Severity: github.String("high,critical")}
	alerts, _, err := client.Dependabot.ListRepoAlerts(ctx, owner, repo, options)
	return alerts, err
}
