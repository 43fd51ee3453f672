package dev.stanch.detectors.source.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images in every format in which tools write them.
final class ImageSourceTest {
  @TempDir private Path folder;

  private static ImageTexts read(Path archive) throws SourceException, InterruptedException {
    return ImageTexts.of(archive);
  }

  private static SavedImage app() throws IOException {
    return new SavedImage("app:1")
        .variable("MODE", "one")
        .layer("/bin/sh -c #(nop) COPY file:1 in / ", Map.of("app/.env", "first", "etc/a", "a"))
        .step("/bin/sh -c #(nop)  ENV MODE=one")
        .layer("|1 KEY=x /bin/sh -c make", Map.of("./app/.wh..env", "", "etc/a", "replaced"))
        .layer(
            "RUN /bin/sh -c clean # buildkit",
            Map.of("etc/b", "b", "srv/.wh..wh..opq", "", "app/.env", "second"));
  }

  private static void holdsApp(ImageTexts seen) {
    assertThat(seen.skips).isEmpty();
    assertThat(seen.texts)
        .containsAllEntriesOf(
            Map.of(
                "1 COPY app/.env", "first",
                "1 COPY etc/a", "a",
                "3 RUN etc/a", "replaced",
                "4 RUN etc/b", "b",
                "4 RUN app/.env", "second"));
    assertThat(seen.layers.values())
        .allSatisfy(
            layer -> assertThat(layer.container()).startsWith("file:///").endsWith("#app:1"));
    assertThat(seen.layers.get("1 COPY app/.env").inImage()).isFalse();
    assertThat(seen.layers.get("1 COPY etc/a").inImage()).isFalse();
    assertThat(seen.layers.get("3 RUN etc/a").inImage()).isTrue();
    assertThat(seen.layers.get("4 RUN app/.env").inImage()).isTrue();
    String configuration = seen.texts.get("");
    assertThat(configuration)
        .contains("MODE=one\n", "|1 KEY=x /bin/sh -c make\n", "ENV MODE=one\n");
    // The step's text may hold a token: places name only its number and instruction.
    assertThat(seen.layers.values()).noneMatch(layer -> layer.step().contains("KEY"));
  }

  @Test
  void readsWhatDockerSaveWrites() throws Exception {
    Path file = folder.resolve("app.tar");
    SavedImage.save(file, app());
    holdsApp(read(file));
  }

  @Test
  void readsAnOciLayoutOfSeveralPlatforms() throws Exception {
    Path layout = Files.createDirectory(folder.resolve("layout"));
    app().layout(layout);
    holdsApp(read(layout));
  }

  @Test
  void readsAnOciLayoutInAnArchive() throws Exception {
    Path layout = Files.createDirectory(folder.resolve("layout"));
    app().layout(layout);
    var members = new LinkedHashMap<String, byte[]>();
    try (var files = Files.walk(layout)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        members.put("./" + layout.relativize(file), Files.readAllBytes(file));
      }
    }
    Path archive = folder.resolve("layout.tar");
    Files.write(archive, SavedImage.archive(members));
    holdsApp(read(archive));
  }

  @Test
  void readsASharedLayerOnce() throws Exception {
    byte[] base = SavedImage.tar(Map.of("base/.env", "base"));
    var one = new SavedImage("one").layer("COPY a", base);
    var two =
        new SavedImage("two")
            .layer("COPY a", base)
            .layer("RUN rm", Map.of("base/.wh..env", "", "x", "y"));
    Path file = folder.resolve("both.tar");
    SavedImage.save(file, one, two);
    var seen = read(file);
    assertThat(seen.texts).containsEntry("1 COPY base/.env", "base").containsEntry("2 RUN x", "y");
    assertThat(seen.places)
        .contains("one 1 COPY base/.env", "two 1 COPY base/.env gone", "two 2 RUN x");
    String container = seen.layers.get("1 COPY base/.env").container();
    assertThat(container).isEqualTo(file.toUri() + "#one");
    assertThat(ImageSource.readAgain(container)).isEqualTo(file.toUri().toString());
    assertThat(ImageSource.readAgain("image:one#two")).isEqualTo("image:one#two");
  }

  /// Two steps that bring the same: engines store one file, under one name or with a link to it.
  @ParameterizedTest
  @ValueSource(strings = {"name", "link", "layout"})
  void readsALayerOnceThatStandsTwiceInAnImage(String how) throws Exception {
    byte[] twice = SavedImage.tar(Map.of("app/.env", "text", "app/gone", "more"));
    var image =
        new SavedImage("twice")
            .layer("COPY a", twice)
            .layer("RUN rm", Map.of("app/.wh..env", "", "app/.wh.gone", ""))
            .layer("COPY a", twice)
            .layer("RUN rm", Map.of("app/.wh.gone", ""));
    Path file = folder.resolve("twice");
    switch (how) {
      case "name" -> SavedImage.save(file, image);
      case "link" -> SavedImage.saveWithLinks(file, image);
      default -> image.layout(Files.createDirectory(file));
    }
    var seen = read(file);
    assertThat(seen.skips).isEmpty();
    assertThat(seen.texts)
        .as("each file once")
        .containsEntry("1 COPY, 3 COPY app/.env", "text")
        .containsEntry("1 COPY, 3 COPY app/gone", "more");
    assertThat(seen.layers).hasSize(2);
    assertThat(seen.layers.get("1 COPY, 3 COPY app/.env").inImage()).isTrue();
    assertThat(seen.layers.get("1 COPY, 3 COPY app/gone").inImage()).isFalse();
  }

  @Test
  void knowsWhatLaterLayersHide() throws Exception {
    var image =
        new SavedImage("hidden")
            .layer(
                "COPY a",
                Map.of("a/b/c", "1", "d/e", "2", "f", "3", "g/h", "4", "keep/k", "5", "m/n", "6"))
            .layer("RUN b", Map.of(".wh.a", "", "d/.wh..wh..opq", "", "g", "a file now"))
            .layer("RUN c", SavedImage.link("f", "/dev/null"))
            .layer("RUN d", Map.of("m/.wh.other", ""));
    Path file = folder.resolve("hidden.tar");
    SavedImage.save(file, image);
    var visible = new TreeMap<String, Boolean>();
    read(file).layers.forEach((path, layer) -> visible.put(path, layer.inImage()));
    assertThat(visible)
        .containsAllEntriesOf(
            Map.of(
                "1 COPY a/b/c", false,
                "1 COPY d/e", false,
                "1 COPY f", false,
                "1 COPY g/h", false,
                "1 COPY keep/k", true,
                "1 COPY m/n", true));
  }

  @Test
  void skipsALayerThatIsDamagedAndReadsTheOthers() throws Exception {
    byte[] packed = SavedImage.gzip(SavedImage.tar(Map.of("lost", "x".repeat(50_000))));
    var image =
        new SavedImage("damaged")
            .layer("COPY a", Arrays.copyOf(packed, packed.length / 2))
            .layer("COPY b", Map.of("there", "text"));
    Path file = folder.resolve("damaged.tar");
    SavedImage.save(file, image);
    var seen = read(file);
    assertThat(seen.texts).containsEntry("2 COPY there", "text");
    assertThat(seen.skips)
        .singleElement()
        .satisfies(skip -> assertThat(skip.path()).startsWith("layer sha256:"));
  }

  @Test
  void leavesNoFolderThroughLinksOrNames() throws Exception {
    Path secret = Files.writeString(folder.resolve("outside"), "{\"config\":{\"Env\":[\"A=b\"]}}");
    Path layout = Files.createDirectory(folder.resolve("layout"));
    Files.createSymbolicLink(layout.resolve("linked"), secret);
    for (String name : List.of("../outside", secret.toString(), "linked")) {
      Files.writeString(
          layout.resolve("manifest.json"), "[{\"Config\":\"" + name + "\",\"Layers\":[]}]");
      var seen = read(layout);
      assertThat(seen.texts).isEmpty();
      assertThat(seen.skips).hasSize(1);
    }
  }

  @Test
  void saysWhatIsNoImage() throws Exception {
    Path text = Files.writeString(folder.resolve("text.tar"), "no archive");
    Path empty = folder.resolve("empty.tar");
    Files.write(empty, SavedImage.archive(Map.of("readme", "hello".getBytes(UTF_8))));
    for (Path file : List.of(text, empty)) {
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining(file.toString());
    }
  }
}
