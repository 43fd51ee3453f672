package sink

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/s3/manager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// uploader is what the archive needs of the manager, for tests.
type uploader interface {
	Upload(context.Context, *s3.PutObjectInput, ...func(*manager.Uploader)) (*manager.UploadOutput, error)
}

// Archive keeps batches in S3. Its bucket's policy is Terraform's: no PutBucketPolicy from here.
type Archive struct {
	bucket string
	client *s3.Client
	up     uploader
}

func NewArchive(cfg aws.Config, bucket string) *Archive {
	client := s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = false })
	return &Archive{bucket: bucket, client: client, up: manager.NewUploader(client)}
}

func (a *Archive) Write(ctx context.Context, batch []byte) error {
	key := time.Now().UTC().Format("2006/01/02/150405.000000") + ".ndjson"
	_, err := a.up.Upload(ctx, &s3.PutObjectInput{
		Bucket:      aws.String(a.bucket),
		Key:         aws.String(key),
		Body:        bytes.NewReader(batch),
		ContentType: aws.String("application/x-ndjson"),
	})
	return err
}

func (a *Archive) Count(ctx context.Context, w io.Writer) {
	pages := s3.NewListObjectsV2Paginator(a.client, &s3.ListObjectsV2Input{Bucket: aws.String(a.bucket)})
	n := 0
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			fmt.Fprintln(w, "error")
			return
		}
		n += len(page.Contents)
	}
	fmt.Fprintln(w, n)
}
