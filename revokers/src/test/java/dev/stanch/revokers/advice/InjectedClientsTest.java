package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Clients that one file makes and a framework hands to others.
final class InjectedClientsTest {
  private static final String STORE =
      """
      import software.amazon.awssdk.services.s3.S3Client;

      @Component
      class Store {
        private final S3Client s3;
        private final String bucket;

        Store(S3Client s3, @Value("${store.bucket}") String bucket) {
          this.s3 = s3;
          this.bucket = bucket;
        }

        byte[] read(String key) {
          return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
        }
      }
      """;

  private static final String MAIL =
      """
      import software.amazon.awssdk.services.ses.SesClient;

      @Component
      class Mail {
        private final SesClient ses;

        Mail(SesClient ses) {
          this.ses = ses;
        }

        void send(String to) {
          ses.sendEmail(mail -> mail.destination(each -> each.toAddresses(to)));
        }
      }
      """;

  private static Asked asked(String... files) {
    var all =
        new ArrayList<>(
            List.of(
                "application.properties",
                "aws.secret-access-key=" + Code.TOKEN + "\nstore.bucket=acme-store\n",
                "Store.java",
                STORE,
                "Mail.java",
                MAIL));
    all.addAll(List.of(files));
    return Asked.of("aws", "aws.secret-access-key", all.toArray(String[]::new));
  }

  private static String making(String name, String beans) {
    return """
    import software.amazon.awssdk.services.s3.S3Client;
    import software.amazon.awssdk.services.ses.SesClient;

    @Configuration
    class %s {
      @Bean
      AwsCredentialsProvider credentials(
          @Value("${aws.id}") String id, @Value("${aws.secret-access-key}") String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
      }
    %s
    }
    """
        .formatted(name, beans);
  }

  private static final String S3 =
      """
        @Bean
        S3Client s3(AwsCredentialsProvider credentials) {
          return S3Client.builder().credentialsProvider(credentials).build();
        }
      """;

  private static final String SES =
      """
        @Bean
        SesClient ses(AwsCredentialsProvider credentials) {
          return SesClient.builder().credentialsProvider(credentials).build();
        }
      """;

  @Test
  void areUsedWhereTheirTypesAreNamed() {
    Asked asked = asked("Wiring.java", making("Wiring", S3 + SES));
    assertThat(asked.permissions())
        .containsExactly("s3:GetObject on arn:aws:s3:::acme-store/*", "ses:SendEmail on *");
    assertThat(asked.places()).containsExactly("Mail.java:12", "Store.java:14");
    assertThat(asked.unclear()).isEmpty();
  }

  /// A second client of a type may be the one that is handed in.
  @Test
  void cannotBeTiedToTheTokenWhereAnotherIsMade() {
    Asked asked =
        asked(
            "Wiring.java",
            making("Wiring", S3 + SES),
            "Other.java",
            """
            import software.amazon.awssdk.services.s3.S3Client;

            class Other {
              static S3Client other() {
                return S3Client.builder().credentialsProvider(Vault.credentials()).build();
              }
            }
            """);
    assertThat(asked.permissions()).containsExactly("ses:SendEmail on *");
    assertThat(asked.unclear()).containsExactly("whether this token is the one that is used here");
  }
}
