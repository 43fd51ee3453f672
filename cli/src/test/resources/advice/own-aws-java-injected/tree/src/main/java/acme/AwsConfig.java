package acme;

import software.amazon.awssdk.auth.credentials.*;
import software.amazon.awssdk.services.s3.S3Client;

@Configuration
class AwsConfig {
  @Bean
  S3Client s3Client(
      @Value("${aws.access-key}") String id, @Value("${aws.secret-key}") String secret) {
    return S3Client.builder()
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
        .build();
  }
}
