package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeHuggingFace;
import dev.stanch.fixtures.TokenLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
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

  /// The second image takes away in a layer of its own what the first still shows.
  @Test
  void sharedLayersAreReadOnceAndHaveAPlaceInEachImage() throws Exception {
    Path images = Files.createDirectory(home.resolve("saved"));
    Files.writeString(
        images.resolve("manifest.json"),
        "[{\"Config\":\"c.json\",\"RepoTags\":[\"shop/one:1\"],\"Layers\":[\"base.tar\"]},"
            + "{\"Config\":\"c.json\",\"RepoTags\":[\"shop/two:1\"],"
            + "\"Layers\":[\"base.tar\",\"later.tar\"]}]");
    Files.writeString(images.resolve("c.json"), "{}");
    layer(images.resolve("base.tar"), "app/.env", "HF_TOKEN=" + TOKEN + "\n");
    layer(images.resolve("later.tar"), "app/.wh..env", "");

    var scan = CommandRun.in(home).run("scan", "container", "-q", "-f", "json", "--image", "saved");
    JsonNode report = new ObjectMapper().readTree(scan.out());
    assertThat(report.path("findings")).as(scan.err()).hasSize(1);
    var places = new ArrayList<String>();
    for (JsonNode place : report.path("findings").path(0).path("places")) {
      String container = place.path("container").asText();
      places.add(
          container.substring(container.indexOf('#'))
              + " "
              + place.path("path").asText()
              + " "
              + place.path("inImage").asBoolean());
    }
    assertThat(places).containsExactly("#shop/one:1 app/.env true", "#shop/two:1 app/.env false");
    assertThat(report.path("summary").path("bytes").asLong())
        .as("read once")
        .isEqualTo(("HF_TOKEN=" + TOKEN + "\n").length());
  }

  private static void layer(Path file, String path, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (var tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
      var entry = new TarArchiveEntry(path);
      entry.setSize(bytes.length);
      tar.putArchiveEntry(entry);
      tar.write(bytes);
      tar.closeArchiveEntry();
    }
    TokenLedger.planted(file);
  }
}
