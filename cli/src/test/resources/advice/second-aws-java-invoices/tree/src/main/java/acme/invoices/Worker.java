package acme.invoices;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

@Component
class Worker {
  @Value("${invoices.bucket}")
  private String bucket;

  @Value("${invoices.queue}")
  private String queue;

  private final S3Client s3;
  private final SqsClient sqs;

  Worker(
      @Value("${aws.access-key-id}") String id, @Value("${aws.secret-access-key}") String secret) {
    var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
    s3 = S3Client.builder().region(Region.EU_WEST_1).credentialsProvider(credentials).build();
    sqs = SqsClient.builder().region(Region.EU_WEST_1).credentialsProvider(credentials).build();
  }

  @Scheduled(fixedDelay = 5000)
  void work() {
    for (Message each : sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(20)).messages()) {
      byte[] invoice = s3.getObjectAsBytes(r -> r.bucket(bucket).key(each.body())).asByteArray();
      Printer.print(invoice);
      sqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(each.receiptHandle()));
    }
  }
}
