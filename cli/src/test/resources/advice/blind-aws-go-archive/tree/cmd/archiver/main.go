package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"acme.example/archiver/internal/names"
)

func main() {
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		log.Fatal(err)
	}
	client := s3.NewFromConfig(cfg)

	files, err := filepath.Glob("/var/reports/*.pdf")
	if err != nil {
		log.Fatal(err)
	}
	for _, file := range files {
		if err := archive(ctx, client, file); err != nil {
			log.Fatal(err)
		}
	}

	page, err := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String(names.ArchiveBucket)})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(page.Contents), "objects")
}

func archive(ctx context.Context, client *s3.Client, file string) error {
	key := filepath.Base(file)
	_, err := client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: aws.String(names.ArchiveBucket), Key: &key})
	var missing *types.NotFound
	if err == nil {
		return os.Remove(file)
	} else if !errors.As(err, &missing) {
		return err
	}
	body, err := os.Open(file)
	if err != nil {
		return err
	}
	defer body.Close()
	_, err = client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: aws.String(names.ArchiveBucket),
		Key:    &key,
		Body:   body,
	})
	return err
}
