package main

import (
	"context"
	"fmt"
	"log"
	"os"

	jira "github.com/andygrunwald/go-jira/v2/cloud"
	gitlab "gitlab.com/gitlab-org/api/client-go"
)

func main() {
	gl, err := gitlab.NewClient(os.Getenv("GITLAB_TOKEN"))
	if err != nil {
		log.Fatal(err)
	}
	stale, _, err := gl.MergeRequests.ListProjectMergeRequests("acme/api", &gitlab.ListProjectMergeRequestsOptions{
		State: gitlab.Ptr("opened"),
	})
	if err != nil {
		log.Fatal(err)
	}
	transport := jira.BearerAuthTransport{Token: os.Getenv("JIRA_TOKEN")}
	tracker, err := jira.NewClient("https://acme.atlassian.example", transport.Client())
	if err != nil {
		log.Fatal(err)
	}
	for _, each := range stale {
		_, _, err := tracker.Issue.Create(context.Background(), &jira.Issue{
			Fields: &jira.IssueFields{Summary: fmt.Sprintf("Stale: %s", each.Title)},
		})
		if err != nil {
			log.Print(err)
		}
	}
}
