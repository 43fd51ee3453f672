package main

import (
	"context"
	"log"
	"os"

	"github.com/google/go-github/v66/github"
)

func main() {
	reader := github.NewClient(nil).WithAuthToken(os.Getenv("READER_PAT"))
	writer := github.NewClient(nil).WithAuthToken(os.Getenv("WRITER_PAT"))
	if err := sync(context.Background(), reader, writer); err != nil {
		log.Fatal(err)
	}
}

func sync(ctx context.Context, from *github.Client, to *github.Client) error {
	issues, _, err := from.Issues.ListByRepo(ctx, "initech", "public", nil)
	if err != nil {
		return err
	}
	for _, each := range issues {
		if _, _, err := to.Issues.Create(ctx, "initech", "internal", &github.IssueRequest{Title: each.Title}); err != nil {
			return err
		}
	}
	return nil
}
