package com.acme.thumbs;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Originals in, thumbnails out. */
class ImageStore {

  private final S3Client s3;

  ImageStore(S3Client s3) {
    this.s3 = s3;
  }

  byte[] original(String key) {
    GetObjectRequest request = GetObjectRequest.builder().bucket(Names.UPLOADS).key(key).build();
    return s3.getObjectAsBytes(request).asByteArray();
  }

  void keep(String key, byte[] jpeg) {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(Names.THUMBS)
            .key(key)
            .contentType("image/jpeg")
            .cacheControl("public, max-age=31536000")
            .build();
    s3.putObject(request, RequestBody.fromBytes(jpeg));
  }

  /** For the erasure requests; nothing calls it yet. */
  void forget(String key) {
    s3.deleteObject(DeleteObjectRequest.builder().bucket(Names.THUMBS).key(key).build());
  }
}
