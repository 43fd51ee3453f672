package initech;

import java.nio.file.Path;
import software.amazon.awssdk.services.s3.S3Client;

final class Main {
  public static void main(String[] args) {
    new Scans(S3Client.create()).keep(Path.of(args[0]));
  }
}
