package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands that send a token to an address that the code does not hold.
final class PlacesOfRequestsTest {
  private static Asked asked(String line) {
    return Asked.of(
        "gitlab",
        "ACME_KEY",
        ".env",
        "ACME_KEY=" + Code.TOKEN + "\nOTHERS=https://acme.example/api\n",
        "send.sh",
        line + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl -H \"PRIVATE-TOKEN: $ACME_KEY\" \"$1\"",
        "curl -H \"PRIVATE-TOKEN: $ACME_KEY\" \"$BASE/projects\"",
        "curl -u \"bot:$ACME_KEY\" \"https://$HOST/x\"",
        "git push \"https://bot:$ACME_KEY@$HOST/acme/x.git\" HEAD:main",
      })
  void cannotBeJudged(String line) {
    Asked asked = asked(line);
    assertThat(asked.permissions()).isEmpty();
    assertThat(asked.unclear())
        .containsExactly(
            "what a request needs that the token is sent with: its address is not in the code");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl -H \"PRIVATE-TOKEN: $ACME_KEY\" \"https://$HOST/api/v4/projects\"",
        "curl -H \"PRIVATE-TOKEN: $ACME_KEY\" \"https://gitlab.com/api/v4/projects\"",
      })
  void canBeJudgedByTheirPaths(String line) {
    Asked asked = asked(line);
    assertThat(asked.permissions()).containsExactly("read_api");
    assertThat(asked.unclear()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl -H \"PRIVATE-TOKEN: $ACME_KEY\" \"$OTHERS/x\"",
        "curl -H \"PRIVATE-TOKEN: $OTHER_KEY\" \"$1\"",
        "curl \"$1\"",
      })
  void areNotThisProvidersOrSendAnother(String line) {
    Asked asked =
        asked("curl -H \"PRIVATE-TOKEN: $ACME_KEY\" https://gitlab.com/api/v4/user; " + line);
    assertThat(asked.permissions()).containsExactly("read_user");
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void areJudgedByTheCallersOfAFunction() {
    Asked asked =
        asked(
            """
            call() {
              curl -H "PRIVATE-TOKEN: $ACME_KEY" "$@"
            }
            call https://gitlab.com/api/v4/projects
            """);
    assertThat(asked.permissions()).containsExactly("read_api");
    assertThat(asked.unclear()).isEmpty();
  }
}
