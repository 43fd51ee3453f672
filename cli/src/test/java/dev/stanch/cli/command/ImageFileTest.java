package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeHuggingFace;
import dev.stanch.fixtures.TokenLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images in files, which no engine knows.
final class ImageFileTest {
  private static final String TOKEN = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(1);

  @TempDir private Path home;

  @Test
  void areReadAgainFromTheirFileWhateverTheyAreCalled() throws Exception {
    Path image = Files.createDirectory(home.resolve("saved"));
    Files.writeString(
        image.resolve("manifest.json"),
        "[{\"Config\":\"c.json\",\"RepoTags\":[\"shop/app:1\"],\"Layers\":[]}]");
    TokenLedger.planted(
        Files.writeString(
            image.resolve("c.json"), "{\"config\":{\"Env\":[\"HF_TOKEN=" + TOKEN + "\"]}}"));
    try (var hub = new FakeHuggingFace()) {
      hub.issue(TOKEN, "acme-bot", "write");
      var setting = CommandRun.in(home).with("HF_ENDPOINT", hub.endpoint());
      var scan = setting.run("scan", "container", "-q", "-f", "jsonl", "--image", "saved");
      assertThat(scan.out()).contains("#shop/app:1").doesNotContain(TOKEN);
      Files.writeString(home.resolve("found.jsonl"), scan.out());
      for (var sources :
          List.of(
              List.of("image:saved"),
              List.of("found.jsonl"),
              List.of("image:saved", "found.jsonl"))) {
        var plan =
            setting.run(
                Stream.concat(Stream.of("plan", "-q"), sources.stream()).toArray(String[]::new));
        assertThat(plan.err()).doesNotContain("do not stand any more");
        assertThat(plan.out()).contains(TOKEN.substring(33)).doesNotContain(TOKEN);
      }
    }
  }
}
