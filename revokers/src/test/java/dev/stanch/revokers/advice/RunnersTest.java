package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses of which a runner says the beginning, and the repository.
final class RunnersTest {
  private static Asked gitlab(String line) {
    return Asked.of(
        "gitlab",
        "BOT_TOKEN",
        ".gitlab-ci.yml",
        """
        variables:
          BOT_TOKEN: "%s"
          API: ${CI_API_V4_URL}/projects/${CI_PROJECT_ID}
        job:
          script:
            - %s
        """
            .formatted(Code.TOKEN, line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          api              | curl --data name=a --header "PRIVATE-TOKEN:$BOT_TOKEN" "$CI_API_V4_URL/projects/7/releases"
          api              | curl -T a.zip --header "PRIVATE-TOKEN:$BOT_TOKEN" "${API}/packages/generic/a/1/a.zip"
          read_api         | curl --header "PRIVATE-TOKEN:$BOT_TOKEN" "${API}/releases"
          write_repository | git push "https://oauth2:${BOT_TOKEN}@${CI_SERVER_HOST}/${CI_PROJECT_PATH}.git" HEAD:main
          write_repository | git push "https://oauth2:${BOT_TOKEN}@${CI_PROJECT_URL#https://}.git" HEAD:main
          read_repository  | git clone "https://oauth2:${BOT_TOKEN}@${CI_SERVER_HOST}/acme/other.git"
          """)
  void knowsTheAddressOfGitLab(String permission, String line) {
    Asked asked = gitlab(line);
    assertThat(asked.permissions()).containsExactly(permission);
    assertThat(asked.unclear()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl -d @body.json \"$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/releases\"",
        "curl -d @body.json \"${{ github.api_url }}/repos/${{ github.repository }}/releases\"",
        "git push \"https://x:${BOT_TOKEN}@github.com/${GITHUB_REPOSITORY}.git\" HEAD:main",
      })
  void knowsTheAddressOfGitHub(String line) {
    Asked asked =
        Asked.of(
            "github",
            "BOT_TOKEN",
            ".github/workflows/main.yml",
            """
            jobs:
              one:
                env:
                  BOT_TOKEN: %s
                steps:
                  - run: %s
            """
                .formatted(Code.TOKEN, line));
    assertThat(asked.permissions()).containsExactly("contents=write");
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void knowsThemInCode() {
    Asked asked =
        Asked.of(
            "gitlab",
            "BOT_TOKEN",
            ".env",
            "BOT_TOKEN=" + Code.TOKEN,
            "notify.py",
            """
            import os, requests
            base = os.environ["CI_API_V4_URL"]
            requests.post(
                f"{base}/projects/{os.environ['CI_PROJECT_ID']}/issues",
                headers={"PRIVATE-TOKEN": os.environ["BOT_TOKEN"]},
            )
            """);
    assertThat(asked.permissions()).containsExactly("api");
    assertThat(asked.places()).containsExactly("notify.py:3");
  }
}
