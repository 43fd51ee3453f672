package com.acme.thumbs;

import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The queue of the jobs, long polling. */
final class JobQueue {

  private final SqsClient sqs;

  JobQueue(SqsClient sqs) {
    this.sqs = sqs;
  }

  List<Message> next() {
    return sqs.receiveMessage(
            r -> r.queueUrl(Names.QUEUE_URL).maxNumberOfMessages(10).waitTimeSeconds(20))
        .messages();
  }

  void done(Message message) {
    sqs.deleteMessage(r -> r.queueUrl(Names.QUEUE_URL).receiptHandle(message.receiptHandle()));
  }

  void later(Message message, int seconds) {
    sqs.changeMessageVisibility(
        r ->
            r.queueUrl(Names.QUEUE_URL)
                .receiptHandle(message.receiptHandle())
                .visibilityTimeout(seconds));
  }
}
