// Package gate holds back pull requests without an approval.
package gate

import (
	"context"

	"github.com/google/go-github/v66/github"
)

const (
	owner         = "sandpiper"
	repository    = "ledger"
	statusContext = "review-gate"
)

// Gate looks at the open pull requests of one repository.
type Gate struct {
	client *github.Client
}

// New makes a gate.
func New(client *github.Client) *Gate {
	return &Gate{client: client}
}

// Run sets the status of every open pull request and returns how many wait.
func (g *Gate) Run(ctx context.Context) (int, error) {
	waiting := 0
	options := &github.PullRequestListOptions{State: "open", ListOptions: github.ListOptions{PerPage: 50}}
	for {
		pulls, answer, err := g.client.PullRequests.List(ctx, owner, repository, options)
		if err != nil {
			return waiting, err
		}
		for _, pull := range pulls {
			reviews, _, err := g.client.PullRequests.ListReviews(ctx, owner, repository, pull.GetNumber(), nil)
			if err != nil {
				return waiting, err
			}
			state := State(reviews)
			if state == "pending" {
				waiting++
			}
			if err := g.set(ctx, pull.GetHead().GetSHA(), state); err != nil {
				return waiting, err
			}
		}
		if answer.NextPage == 0 {
			return waiting, nil
		}
		options.Page = answer.NextPage
	}
}

func (g *Gate) set(ctx context.Context, sha, state string) error {
	status := &github.RepoStatus{State: &state, Context: github.String(statusContext)}
	_, _, err := g.client.Repositories.CreateStatus(ctx, owner, repository, sha, status)
	return err
}

// State is "success" after an approval, otherwise "pending".
func State(reviews []*github.PullRequestReview) string {
	for _, review := range reviews {
		if review.GetState() == "APPROVED" {
			return "success"
		}
	}
	return "pending"
}
