package main

import (
	"context"
	"log"
	"os"

	"github.com/google/go-github/v66/github"

	"example.com/sandpiper/review-gate/internal/gate"
)

func main() {
	token := os.Getenv("GATE_GITHUB_TOKEN")
	if token == "" {
		log.Fatal("GATE_GITHUB_TOKEN is not set")
	}
	client := github.NewClient(nil).WithAuthToken(token)
	n, err := gate.New(client).Run(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("%d pull requests wait for a review", n)
}
