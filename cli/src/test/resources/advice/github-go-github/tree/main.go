package main

import (
	"context"
	"fmt"
	"log"

	"github.com/google/go-github/v66/github"
)

const githubToken = "@@github@@"

func main() {
	ctx := context.Background()
	client := github.NewClient(nil).WithAuthToken(githubToken)
	pulls, _, err := client.PullRequests.List(ctx, "acme", "app", nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, pull := range pulls {
		fmt.Println(pull.GetNumber(), pull.GetUser().GetLogin(), pull.GetTitle())
	}
}
