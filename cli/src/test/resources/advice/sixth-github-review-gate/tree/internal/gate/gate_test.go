package gate

import (
	"testing"

	"github.com/google/go-github/v66/github"
)

func TestStateOfAnApprovedPull(t *testing.T) {
	approved := &github.PullRequestReview{State: github.String("APPROVED")}
	if State([]*github.PullRequestReview{approved}) != "success" {
		t.Fatal("an approved pull request still waits")
	}
	if State(nil) != "pending" {
		t.Fatal("a pull request without a review does not wait")
	}
}
