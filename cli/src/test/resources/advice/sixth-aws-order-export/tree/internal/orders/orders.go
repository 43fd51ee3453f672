// Package orders reads the orders table.
package orders

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

const tableName = "orders"

// Order is one row of the table.
type Order struct {
	ID       string  `dynamodbav:"orderId"`
	PlacedAt string  `dynamodbav:"placedAt"`
	Total    float64 `dynamodbav:"total"`
}

// Store reads orders.
type Store struct {
	client *dynamodb.Client
}

// NewStore makes a store.
func NewStore(cfg aws.Config) *Store {
	return &Store{client: dynamodb.NewFromConfig(cfg)}
}

// OfCustomer returns the orders of one customer, oldest first.
func (s *Store) OfCustomer(ctx context.Context, customer string) ([]Order, error) {
	var found []Order
	var from map[string]types.AttributeValue
	for {
		page, err := s.client.Query(ctx, &dynamodb.QueryInput{
			TableName:                 aws.String(tableName),
			KeyConditionExpression:    aws.String("customerId = :c"),
			ExpressionAttributeValues: map[string]types.AttributeValue{":c": &types.AttributeValueMemberS{Value: customer}},
			ExclusiveStartKey:         from,
		})
		if err != nil {
			return nil, err
		}
		var rows []Order
		if err := attributevalue.UnmarshalListOfMaps(page.Items, &rows); err != nil {
			return nil, err
		}
		found = append(found, rows...)
		if from = page.LastEvaluatedKey; from == nil {
			return found, nil
		}
	}
}
