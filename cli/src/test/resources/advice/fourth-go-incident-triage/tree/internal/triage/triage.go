// Package triage looks after the incidents nobody answered.
package triage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/google/go-github/v68/github"
	"gopkg.in/yaml.v3"
)

// Triager holds the client; make one with New.
type Triager struct {
	gh  *github.Client
	age time.Duration
}

// New reads the token from the environment.
func New(age time.Duration) (*Triager, error) {
	token := os.Getenv("GITHUB_TOKEN")
	if token == "" {
		return nil, errors.New("GITHUB_TOKEN is empty")
	}
	return &Triager{gh: github.NewClient(nil).WithAuthToken(token), age: age}, nil
}

// Round marks every old incident and calls the person on duty.
func (t *Triager) Round(ctx context.Context) error {
	who, err := t.onDuty(ctx)
	if err != nil {
		return fmt.Errorf("rota: %w", err)
	}
	old, err := t.old(ctx)
	if err != nil {
		return err
	}
	for _, issue := range old {
		n := issue.GetNumber()
		if _, _, err := t.gh.Issues.AddLabelsToIssue(ctx, owner, incidents, n, []string{labelStale}); err != nil {
			return fmt.Errorf("label %d: %w", n, err)
		}
		body := fmt.Sprintf("@%s this one is waiting since %s.", who, issue.GetUpdatedAt().Format(time.DateOnly))
		comment := &github.IssueComment{Body: github.Ptr(body)}
		if _, _, err := t.gh.Issues.CreateComment(ctx, owner, incidents, n, comment); err != nil {
			return fmt.Errorf("comment %d: %w", n, err)
		}
		slog.Info("nudged", "issue", n, "who", who)
	}
	return nil
}

func (t *Triager) old(ctx context.Context) ([]*github.Issue, error) {
	opts := &github.IssueListByRepoOptions{
		State:       "open",
		Sort:        "updated",
		Direction:   "asc",
		ListOptions: github.ListOptions{PerPage: 100},
	}
	var found []*github.Issue
	for {
		page, resp, err := t.gh.Issues.ListByRepo(ctx, owner, incidents, opts)
		var limited *github.RateLimitError
		if errors.As(err, &limited) {
			time.Sleep(time.Until(limited.Rate.Reset.Time))
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, issue := range page {
			if !issue.IsPullRequest() && time.Since(issue.GetUpdatedAt().Time) > t.age {
				found = append(found, issue)
			}
		}
		if resp.NextPage == 0 {
			return found, nil
		}
		opts.Page = resp.NextPage
	}
}

func (t *Triager) onDuty(ctx context.Context) (string, error) {
	file, _, _, err := t.gh.Repositories.GetContents(ctx, owner, rotaRepo, rotaFile, nil)
	if err != nil {
		return "", err
	}
	text, err := file.GetContent()
	if err != nil {
		return "", err
	}
	var weeks map[string]string
	if err := yaml.Unmarshal([]byte(text), &weeks); err != nil {
		return "", err
	}
	year, week := time.Now().ISOWeek()
	return weeks[fmt.Sprintf("%d-%02d", year, week)], nil
}

// Closing by itself annoyed people.
//
//	func (t *Triager) reopen(ctx context.Context, pr *github.NewPullRequest) error {
//		_, _, err := t.gh.PullRequests.Create(ctx, owner, "runbooks", pr)
//		return err
//	}
