package main

import (
	"context"
	"flag"
	"log"
	"os"

	"github.com/google/go-github/v66/github"
	"github.com/joho/godotenv"
)

func main() {
	owner := flag.String("owner", "", "owner of the repository to look at")
	repo := flag.String("repo", "", "repository to look at")
	flag.Parse()
	if *owner == "" || *repo == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := godotenv.Load(); err != nil {
		log.Fatal(err)
	}

	ctx := context.Background()
	client := github.NewClient(nil).WithAuthToken(os.Getenv("GITHUB_TOKEN"))

	alerts, err := openAlerts(ctx, client, *owner, *repo)
	if err != nil {
		log.Fatal(err)
	}
	for _, alert := range alerts {
		if err := ticket(ctx, client, *repo, alert); err != nil {
			log.Printf("alert %d: %v", alert.GetNumber(), err)
		}
	}
}
