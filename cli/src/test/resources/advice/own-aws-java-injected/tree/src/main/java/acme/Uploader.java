package acme;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

@Service
class Uploader {
  private static final String BUCKET = "acme-out";
  private final S3Client s3;

  Uploader(S3Client s3) {
    this.s3 = s3;
  }

  void put(String key, byte[] b) {
    s3.putObject(
        PutObjectRequest.builder().bucket(BUCKET).key(key).build(), RequestBody.fromBytes(b));
  }
}
