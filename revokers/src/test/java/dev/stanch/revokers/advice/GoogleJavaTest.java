package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Java's clients of Google Cloud, which have types for the names of resources.
final class GoogleJavaTest {
  private static final String ORDERS =
      """
      import com.google.cloud.pubsub.v1.Publisher;
      class Orders { Orders(Publisher all) { all.publish(message); } }
      """;

  private static Asked asked(String... files) {
    String[] all = new String[files.length + 4];
    all[0] = "key.json";
    all[1] = "{\"project_id\": \"acme-prod\", \"private_key\": \"" + Code.TOKEN + "\"}";
    all[2] = "Dockerfile";
    all[3] = "ENV GOOGLE_APPLICATION_CREDENTIALS=/app/key.json\n";
    System.arraycopy(files, 0, all, 4, files.length);
    return Asked.of("gcp", "GOOGLE_APPLICATION_CREDENTIALS", all);
  }

  private static String body(String lines) {
    return """
    import com.google.cloud.pubsub.v1.Publisher;
    import com.google.cloud.pubsub.v1.Subscriber;
    import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
    import com.google.cloud.storage.Storage;

    class A {
      static final String PROJECT = "acme-prod";

      void run(Storage storage) {
        %s
      }
    }
    """
        .formatted(lines.replace("; ", ";\n    "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          roles/pubsub.publisher on projects/acme-prod/topics/a                  | Publisher all = Publisher.newBuilder(TopicName.of(PROJECT, "a")).build(); all.publish(message);
          roles/pubsub.subscriber on projects/acme-prod/subscriptions/a          | var name = ProjectSubscriptionName.of(PROJECT, "a"); var all = Subscriber.newBuilder(name, this::take).build();
          roles/secretmanager.secretAccessor on projects/acme-prod/secrets/a     | var client = SecretManagerServiceClient.create(); var name = SecretVersionName.of(PROJECT, "a", "latest"); client.accessSecretVersion(name);
          roles/secretmanager.secretAccessor on projects/acme-prod/secrets/a     | var client = SecretManagerServiceClient.create(); client.accessSecretVersion(SecretVersionName.newBuilder().setProject(PROJECT).setSecret("a").build());
          roles/secretmanager.secretVersionAdder on projects/acme-prod/secrets/a | var client = SecretManagerServiceClient.create(); client.addSecretVersion(SecretName.of(PROJECT, "a"), payload);
          roles/storage.objectCreator on projects/_/buckets/a                    | BlobInfo info = BlobInfo.newBuilder(BlobId.of("a", name)).build(); storage.create(info, bytes);
          """)
  void areLimitedToWhatTheyName(String permission, String lines) {
    Asked asked = asked("A.java", body(lines));
    assertThat(asked.permissions()).containsExactly(permission);
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void areLimitedToWhatAnotherFileMadeThemOf() {
    Asked asked =
        asked(
            "Wiring.java",
            body("Publisher all = Publisher.newBuilder(TopicName.of(PROJECT, \"a\")).build();"),
            "Orders.java",
            ORDERS);
    assertThat(asked.permissions())
        .containsExactly("roles/pubsub.publisher on projects/acme-prod/topics/a");
    assertThat(asked.places()).containsExactly("Orders.java:2");
  }

  @Test
  void cannotBeLimitedWhereSeveralAreMade() {
    Asked asked =
        asked(
            "Wiring.java",
            body(
                "Publisher a = Publisher.newBuilder(TopicName.of(PROJECT, \"a\")).build(); "
                    + "Publisher b = Publisher.newBuilder(TopicName.of(PROJECT, \"b\")).build();"),
            "Orders.java",
            ORDERS);
    assertThat(asked.permissions()).isEmpty();
    assertThat(asked.unclear()).containsExactly("what roles/pubsub.publisher is to be limited to");
  }
}
