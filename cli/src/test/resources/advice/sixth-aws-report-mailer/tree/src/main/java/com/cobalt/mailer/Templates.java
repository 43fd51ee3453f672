package com.cobalt.mailer;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;

@Component
class Templates {
  private final S3Client s3;
  private final String bucket;

  Templates(S3Client s3, @Value("${mailer.templates-bucket}") String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  String load(String name) {
    return s3.getObjectAsBytes(request -> request.bucket(bucket).key(name + ".html"))
        .asUtf8String();
  }
}
