package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"log"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"example.com/tern/order-export/internal/orders"
)

func main() {
	customer := flag.String("customer", "", "id of the customer")
	bucket := flag.String("bucket", "", "bucket for the export")
	flag.Parse()
	if *customer == "" || *bucket == "" {
		log.Fatal("-customer and -bucket are needed")
	}

	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		log.Fatal(err)
	}
	found, err := orders.NewStore(cfg).OfCustomer(ctx, *customer)
	if err != nil {
		log.Fatal(err)
	}

	key := fmt.Sprintf("exports/%s-%s.csv", *customer, time.Now().UTC().Format("20060102"))
	_, err = s3.NewFromConfig(cfg).PutObject(ctx, &s3.PutObjectInput{
		Bucket: aws.String(*bucket),
		Key:    aws.String(key),
		Body:   bytes.NewReader(table(found)),
	})
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("%d orders in %s", len(found), key)
}

func table(found []orders.Order) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, o := range found {
		_ = w.Write([]string{o.ID, o.PlacedAt, fmt.Sprintf("%.2f", o.Total)})
	}
	w.Flush()
	return out.Bytes()
}
