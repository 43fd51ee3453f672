package sink

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/feature/s3/manager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

type fake struct{ keys []string }

func (f *fake) Upload(_ context.Context, in *s3.PutObjectInput, _ ...func(*manager.Uploader)) (*manager.UploadOutput, error) {
	f.keys = append(f.keys, *in.Key)
	return nil, nil
}

func (f *fake) DeleteObject(context.Context, *s3.DeleteObjectInput) error { return nil }

func TestWrite(t *testing.T) {
	f := &fake{}
	a := &Archive{bucket: "b", up: f}
	if err := a.Write(context.Background(), []byte("{}")); err != nil || len(f.keys) != 1 {
		t.Fatal(err, f.keys)
	}
}
