package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResourcesOfBotoTest {
  private static Asked asked(String set, String settings, String code) {
    return Asked.of(
        "aws",
        "AWS_SECRET_ACCESS_KEY",
        "compose.yml",
        "environment:\n  AWS_SECRET_ACCESS_KEY: " + Code.TOKEN + "\n  " + set + "\n",
        "settings.py",
        "import os\n" + settings + "\n",
        "work.py",
        "import boto3\nimport settings\n" + code);
  }

  /// A variable that a resource is made with is no other token: its name says so, or its value.
  @ParameterizedTest
  @ValueSource(strings = {"ORDERS_TABLE", "ORDERS"})
  void takesNoNameOfATableForAToken(String variable) {
    Asked asked =
        asked(
            variable + ": orders",
            "WHERE = os.environ[\"" + variable + "\"]",
            "boto3.resource(\"dynamodb\").Table(settings.WHERE).put_item(Item={})\n");
    assertThat(asked.permissions())
        .containsExactly("dynamodb:PutItem on arn:aws:dynamodb:*:*:table/orders");
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void knowsThatMessagesOfAQueueAreDeleted() {
    Asked asked =
        asked(
            "JOBS: https://sqs.eu-central-1.amazonaws.com/111122223333/jobs",
            "WHERE = os.environ[\"JOBS\"]",
            """
            queue = boto3.resource("sqs").Queue(settings.WHERE)
            for message in queue.receive_messages():
                message.delete()
            """);
    assertThat(asked.permissions())
        .containsExactly(
            "sqs:DeleteMessage on arn:aws:sqs:*:*:jobs",
            "sqs:ReceiveMessage on arn:aws:sqs:*:*:jobs");
    assertThat(asked.unclear()).isEmpty();
  }
}
