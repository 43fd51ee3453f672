package initech;

import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

final class Scans {
  private static final String BUCKET = "initech-scans";
  private final S3Client s3;

  Scans(S3Client s3) {
    this.s3 = s3;
  }

  void keep(Path file) {
    s3.putObject(
        PutObjectRequest.builder().bucket(BUCKET).key(file.toString()).build(),
        RequestBody.fromFile(file));
  }
}
