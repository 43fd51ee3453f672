package com.acme.thumbs;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What became of each upload. */
final class StatusTable {

  private final DynamoDbClient dynamo;

  StatusTable(DynamoDbClient dynamo) {
    this.dynamo = dynamo;
  }

  void set(String upload, String state) {
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(Names.STATUS_TABLE)
            .key(Map.of("upload", AttributeValue.fromS(upload)))
            .updateExpression("SET #s = :s, changed = :t")
            .expressionAttributeNames(Map.of("#s", "state"))
            .expressionAttributeValues(
                Map.of(
                    ":s", AttributeValue.fromS(state),
                    ":t", AttributeValue.fromS(Instant.now().toString())))
            .build();
    dynamo.updateItem(request);
  }
}
