package com.cobalt.mailer;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ses.SesClient;

@Configuration
class AwsConfiguration {
  @Value("${aws.region}")
  private String region;

  @Bean
  AwsCredentialsProvider credentials(
      @Value("${aws.access-key-id}") String id, @Value("${aws.secret-access-key}") String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
  }

  @Bean
  S3Client s3(AwsCredentialsProvider credentials) {
    return S3Client.builder().region(Region.of(region)).credentialsProvider(credentials).build();
  }

  @Bean
  SecretsManagerClient secretsManager(AwsCredentialsProvider credentials) {
    return SecretsManagerClient.builder()
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .build();
  }

  @Bean
  SesClient ses(AwsCredentialsProvider credentials) {
    return SesClient.builder().region(Region.of(region)).credentialsProvider(credentials).build();
  }
}
