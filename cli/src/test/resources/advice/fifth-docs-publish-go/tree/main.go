package main

import (
	"context"
	"log"
	"os"

	"acme.example/docs-publish/pages"
	"acme.example/docs-publish/source"
)

func main() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "docs")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	src, err := source.Open(os.Getenv("GITLAB_TOKEN"))
	if err != nil {
		log.Fatal(err)
	}
	title, err := src.Title()
	if err != nil {
		log.Fatal(err)
	}
	if err := src.Clone(ctx, dir); err != nil {
		log.Fatal(err)
	}
	site := pages.Site{Token: os.Getenv("DOCS_GITHUB_TOKEN"), Title: title}
	if err := site.Publish(ctx, dir); err != nil {
		log.Fatal(err)
	}
}
