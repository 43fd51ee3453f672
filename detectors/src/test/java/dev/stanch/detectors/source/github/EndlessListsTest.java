package dev.stanch.detectors.source.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import dev.stanch.fixtures.FakeGitHub;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Lists of an API behind each of whose pages comes another.
@Timeout(60)
final class EndlessListsTest {
  private static final String LOGIN = "somebody-who-reads";

  @TempDir private Path folder;
  private FakeGitHub github;
  private Transport transport;

  @BeforeEach
  void start() throws Exception {
    github = new FakeGitHub(folder, "acme", LOGIN);
    github.add("app").open("issues", "it fails", "badly");
    github.gist("aa11", "note.md", "a note");
    transport = new Transport(Map.of(), "test", Time.system(), new SplittableRandom(1));
  }

  @AfterEach
  void stop() {
    transport.close();
    github.close();
  }

  private GitHubApi api() throws SourceException {
    var variables = Map.of("GITHUB_API_URL", github.endpoint(), "GH_ENTERPRISE_TOKEN", LOGIN);
    return GitHubApi.of(variables, List.of(), transport).withMostPages(3);
  }

  /// What is said of what was not read, and which logs would be.
  private static List<String> skips(Source source) throws Exception {
    var skips = new ArrayList<String>();
    source.enumerate(
        new SourceSink() {
          @Override
          public void chunk(Chunk chunk) {
            String path = chunk.provenance().path();
            if (ActionsLogSource.isPath(path)) {
              skips.add(path);
            }
          }

          @Override
          public void skip(Skip skip) {
            skips.add(skip.path() + ": " + skip.reason());
          }
        });
    return skips;
  }

  @Test
  void areCutWhoeverFollowsThem() throws Exception {
    var app = new GitHubRepository("acme/app", null, false, false);
    for (var list :
        Map.of(
                "/acme/app/issues", "issues",
                "/issues/comments", "comments",
                "/actions/variables", "variables",
                "/environments", "environment secrets")
            .entrySet()) {
      github.endless(list.getKey());
      if (list.getKey().equals("/issues/comments")) {
        github.add("app").comment(1, 71, "why");
      } else if (list.getKey().equals("/actions/variables")) {
        github.add("app").variable("MODE", "fast");
      } else if (list.getKey().equals("/environments")) {
        github.add("app").secret("environments/prod", "KEY", "2026-02-01T10:00:00Z");
      }
      var source = new GitHubSource(api(), app);
      assertThat(skips(source))
          .containsExactly(list.getValue() + ": not told: an answer that is no list with an end");
      assertThat(source.failed()).isTrue();
    }
    github.endless("/gists");
    assertThat(skips(new GistSource(api(), "acme")))
        .containsExactly(": not told: an answer that is no list with an end");
  }

  @Test
  void makeNoScanOfAnOwnerWithoutEnd() throws Exception {
    github.endless("/repos");
    assertThatThrownBy(() -> api().repositories("acme"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("no list with an end");
  }

  @Test
  void areAskedForInPartsWhereOnlySomeOfThemIsTold() throws Exception {
    var app = github.add("app");
    for (int i = 1; i <= 8; i++) {
      app.run(i, "2026-02-2" + i + "T10:00:00Z", 10 + i, "text");
    }
    github.mostRuns(3);
    var repository = new GitHubRepository("acme/app", null, false, false);
    var since = Instant.parse("2026-02-22T00:00:00.5Z");
    var source = ActionsLogSource.since(api(), repository, since).withMostListed(3);
    assertThat(skips(source))
        .containsExactly(
            IntStream.of(8, 7, 6, 5, 4, 3, 2)
                .mapToObj(i -> "actions/runs/" + i + "/job/" + (10 + i))
                .toArray(String[]::new));
    for (int i = 9; i <= 13; i++) {
      app.run(i, "2026-02-28T10:00:00Z", 10 + i, "text");
    }
    assertThat(skips(source))
        .contains("actions logs: more than 3 runs began in one second: the rest is not told");
  }
}
