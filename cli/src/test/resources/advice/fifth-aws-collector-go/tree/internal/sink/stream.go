package sink

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

type Stream struct {
	name    string
	kinesis *kinesis.Client
}

func NewStream(cfg aws.Config, name string) *Stream {
	return &Stream{name: name, kinesis: kinesis.NewFromConfig(cfg)}
}

func (s *Stream) Write(ctx context.Context, events [][]byte) error {
	records := make([]types.PutRecordsRequestEntry, 0, len(events))
	for i, event := range events {
		records = append(records, types.PutRecordsRequestEntry{
			Data:         event,
			PartitionKey: aws.String(fmt.Sprint(i)),
		})
	}
	_, err := s.kinesis.PutRecords(ctx, &kinesis.PutRecordsInput{StreamName: &s.name, Records: records})
	return err
}
