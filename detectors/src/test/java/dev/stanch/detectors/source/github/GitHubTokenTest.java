package dev.stanch.detectors.source.github;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kohsuke.github.GHException;

final class GitHubTokenTest {
  @Test
  void quotesNoAnswerThatCannotBeRead() throws Exception {
    String key = new ExampleTemplate("{{pem:PKCS8}}").expand(1);
    GitHubApp app =
        GitHubApp.of(
                Map.of("GITHUB_APP_ID", "1", "GITHUB_APP_PRIVATE_KEY", key),
                "github.com",
                InstantSource.system())
            .orElseThrow();
    var failure = new GHException("", new IOException("Failed to deserialize: SAID"));
    GitHubToken token =
        GitHubToken.of(
            app,
            () -> {
              throw failure;
            });
    assertThatThrownBy(token::text)
        .isInstanceOf(GitHubRefusal.class)
        .hasMessageNotContaining("SAID")
        .hasNoCause();
  }
}
