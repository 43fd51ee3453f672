package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GcloudTest {
  private static Asked asked(String line) {
    return Asked.of(
        "gcp",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "key.json",
        "{\"project_id\": \"acme-prod\", \"private_key\": \"" + Code.TOKEN + "\"}",
        "ci/run.sh",
        "gcloud auth activate-service-account --key-file=key.json\n" + line + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          roles/secretmanager.secretAccessor on projects/acme-prod/secrets/a     | gcloud secrets versions access latest --secret=a
          roles/secretmanager.secretAccessor on projects/other/secrets/a         | KEY=$(gcloud secrets versions access latest --secret a --project other)
          roles/secretmanager.secretAccessor on projects/7/secrets/a             | gcloud secrets versions access projects/7/secrets/a/versions/3
          roles/secretmanager.secretVersionAdder on projects/acme-prod/secrets/a | gcloud secrets versions add a --data-file=-
          roles/pubsub.publisher on projects/other/topics/a                      | gcloud pubsub topics publish a --project=other --message=x
          roles/pubsub.subscriber on projects/acme-prod/subscriptions/a          | gcloud pubsub subscriptions pull a --auto-ack
          """)
  void limitsRolesToWhatACommandNames(String permission, String line) {
    Asked asked = asked(line);
    assertThat(asked.permissions()).containsExactly(permission);
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void cannotTellWhichSecretAnArgumentOfTheScriptIs() {
    Asked asked = asked("gcloud secrets versions access latest --secret=\"$1\"");
    assertThat(asked.permissions()).isEmpty();
    assertThat(asked.unclear())
        .containsExactly("what roles/secretmanager.secretAccessor is to be limited to");
  }
}
