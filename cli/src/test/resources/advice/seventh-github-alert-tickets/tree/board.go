package main

import (
	"context"

	"github.com/google/go-github/v66/github"
)

const (
	boardOwner = "ternlabs"
	boardRepo  = "security-board"
)

func ticket(ctx context.Context, client *github.Client, repo string, alert *github.DependabotAlert) error {
	request := &github.IssueRequest{
		Title:  github.String(title(repo, alert)),
		Body:   github.String(alert.GetHTMLURL()),
		Labels: &[]string{"dependency"},
	}
	_, _, err := client.Issues.Create(ctx, boardOwner, boardRepo, request)
	return err
}
