package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A variable is named in a shell with or without braces.
final class ShellNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl -d @body.json -H \"Authorization: Bearer $ACME_PAT\""
            + " https://api.github.com/repos/acme/board/issues",
        "curl -d @body.json -H \"Authorization: Bearer ${ACME_PAT}\""
            + " https://api.github.com/repos/acme/board/issues",
        "GH_TOKEN=$ACME_PAT gh issue create --repo acme/board --title Report",
        "export GH_TOKEN=$ACME_PAT; gh issue create --repo acme/board --title Report",
      })
  void areSeenInFilesBesideTheToken(String line) {
    Asked asked =
        Asked.of("github", "ACME_PAT", ".env", "ACME_PAT=" + Code.TOKEN, "report.sh", line);
    assertThat(asked.permissions()).containsExactly("issues=write on acme/board");
    assertThat(asked.places()).containsExactly("report.sh:1");
  }
}
