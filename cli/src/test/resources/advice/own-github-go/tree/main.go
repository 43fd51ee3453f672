package main

import (
	"context"
	"os"

	"github.com/google/go-github/v60/github"
)

func main() {
	ctx := context.Background()
	client := github.NewClient(nil).WithAuthToken(os.Getenv("GITHUB_TOKEN"))
	members, _, _ := client.Organizations.ListMembers(ctx, "acme", nil)
	_ = members
	client.PullRequests.Create(ctx, "acme", "app", &github.NewPullRequest{Title: github.String("x")})
}
