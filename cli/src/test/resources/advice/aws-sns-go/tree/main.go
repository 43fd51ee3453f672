package main

import (
	"context"
	"log"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sns"
)

const (
	awsAccessKeyID     = "@@aws-id@@"
	awsSecretAccessKey = "@@aws@@"
	topic              = "arn:aws:sns:eu-west-1:111122223333:alerts"
)

func main() {
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx,
		config.WithRegion("eu-west-1"),
		config.WithCredentialsProvider(
			credentials.NewStaticCredentialsProvider(awsAccessKeyID, awsSecretAccessKey, "")))
	if err != nil {
		log.Fatal(err)
	}
	client := sns.NewFromConfig(cfg)
	_, err = client.Publish(ctx, &sns.PublishInput{
		TopicArn: aws.String(topic),
		Message:  aws.String(os.Args[1]),
	})
	if err != nil {
		log.Fatal(err)
	}
}
