package main

import (
	"context"
	"io"
	"log"
	"os"

	"cloud.google.com/go/pubsub"
	"cloud.google.com/go/storage"
	"google.golang.org/api/option"
)

const (
	project = "acme-prod"
	bucket  = "acme-exports"
)

func main() {
	ctx := context.Background()
	key := option.WithCredentialsFile("secrets/exporter.json")

	files, err := storage.NewClient(ctx, key)
	if err != nil {
		log.Fatal(err)
	}
	defer files.Close()
	reader, err := files.Bucket(bucket).Object(os.Args[1]).NewReader(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer reader.Close()
	data, err := io.ReadAll(reader)
	if err != nil {
		log.Fatal(err)
	}

	messages, err := pubsub.NewClient(ctx, project, key)
	if err != nil {
		log.Fatal(err)
	}
	defer messages.Close()
	result := messages.Topic("exports").Publish(ctx, &pubsub.Message{Data: data})
	if _, err := result.Get(ctx); err != nil {
		log.Fatal(err)
	}
}
