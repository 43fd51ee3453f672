package example.pinhole;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;

@Service
public class ThumbService {

  private static final String ORIGINALS = "pinhole-originals";
  private static final String THUMBS = "pinhole-thumbs";
  private static final String READY_TOPIC = "arn:aws:sns:eu-central-1:481516234200:thumb-ready";

  private final S3Client s3;
  private final SnsClient sns;

  public ThumbService(
      @Value("${aws.accessKeyId}") String id, @Value("${aws.secretAccessKey}") String secret) {
    var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
    this.s3 =
        S3Client.builder().region(Region.EU_CENTRAL_1).credentialsProvider(credentials).build();
    this.sns =
        SnsClient.builder().region(Region.EU_CENTRAL_1).credentialsProvider(credentials).build();
  }

  public void make(String key) throws IOException {
    byte[] original =
        s3.getObjectAsBytes(GetObjectRequest.builder().bucket(ORIGINALS).key(key).build())
            .asByteArray();
    var image = ImageIO.read(new ByteArrayInputStream(original));
    var out = new ByteArrayOutputStream();
    ImageIO.write(Scaler.fit(image, 320), "jpg", out);
    s3.putObject(
        PutObjectRequest.builder().bucket(THUMBS).key(key).contentType("image/jpeg").build(),
        RequestBody.fromBytes(out.toByteArray()));
    sns.publish(PublishRequest.builder().topicArn(READY_TOPIC).message(key).build());
  }
}
