package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scans of a real engine's containers and images through the whole command line.
final class ScanContainerCommandTest {
  @TempDir private static Path home;
  private static PodmanService podman;

  private static String token(int seed) {
    return new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(seed);
  }

  /// Where tokens are planted, each its own.
  private enum Planted {
    HEALTH_CHECK(1),
    IMAGE_VARIABLE(2),
    LABEL(3),
    DELETED_FILE(4),
    KEPT_FILE(5),
    CONTAINER_VARIABLE(6),
    COMMAND(7);

    private final String token;

    Planted(int seed) {
      token = ScanContainerCommandTest.token(seed);
    }

    String token() {
      return token;
    }
  }

  @BeforeAll
  static void makeContainers() throws IOException, InterruptedException {
    String missing = PodmanService.missing();
    assumeThat(missing).as(missing).isEmpty();
    podman = PodmanService.start();
    Path context = Files.createDirectory(home.resolve("context"));
    Files.writeString(context.resolve("old.env"), "HF_TOKEN=" + Planted.DELETED_FILE.token());
    // Longer: one of the same length and second would be the same file to podman's vfs driver.
    Files.writeString(context.resolve("new.env"), "A=1\nHF_TOKEN=" + Planted.KEPT_FILE.token());
    Files.writeString(
        context.resolve("Dockerfile"),
        String.join(
            "\n",
            "FROM scratch",
            "ENV HF_TOKEN=" + Planted.IMAGE_VARIABLE.token(),
            "LABEL hf.token=" + Planted.LABEL.token(),
            "COPY old.env /app/settings.env",
            "COPY new.env /app/settings.env",
            "ARG HF_TOKEN",
            "HEALTHCHECK CMD /app --token " + Planted.HEALTH_CHECK.token(),
            ""));
    podman.run("build", "--format", "docker", "--layers", "-t", "stanch/app:1", context.toString());
    podman.run(
        "create",
        "--name",
        "web",
        "--env",
        "HUGGING_FACE_HUB_TOKEN=" + Planted.CONTAINER_VARIABLE.token(),
        "stanch/app:1",
        "/app",
        "--token",
        Planted.COMMAND.token());
  }

  @AfterAll
  static void stop() {
    if (podman != null) {
      podman.close();
    }
  }

  private static CommandRun scan(String... options) {
    var arguments = new ArrayList<String>(List.of("scan", "container", "--format", "jsonl"));
    arguments.addAll(List.of(options));
    return CommandRun.in(home)
        .with("DOCKER_HOST", podman.address())
        .run(arguments.toArray(String[]::new));
  }

  /// The places of every finding, by the last four characters of its token.
  private static Map<String, List<JsonNode>> places(CommandRun run) throws IOException {
    var places = new TreeMap<String, List<JsonNode>>();
    for (String line : run.out().lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      if (object.path("type").asText().equals("finding")) {
        String redacted = object.path("redacted").asText();
        var of =
            places.computeIfAbsent(
                redacted.substring(redacted.length() - 4), _ -> new ArrayList<>());
        object.path("places").forEach(of::add);
      }
    }
    return places;
  }

  private static Set<String> paths(Map<String, List<JsonNode>> places, Planted planted) {
    var paths = new HashSet<String>();
    String token = planted.token();
    for (JsonNode place : places.getOrDefault(token.substring(token.length() - 4), List.of())) {
      paths.add(place.path("container").asText() + " " + place.path("path").asText());
    }
    return paths;
  }

  private static void showsNoToken(CommandRun run) {
    for (Planted planted : Planted.values()) {
      assertThat(run.out() + run.err()).doesNotContain(planted.token());
    }
  }

  @Test
  void readsWhatTheEngineTellsOfAContainer() throws IOException {
    var run = scan("web");
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    showsNoToken(run);
    var places = places(run);
    assertThat(paths(places, Planted.CONTAINER_VARIABLE))
        .containsExactly("container:web HUGGING_FACE_HUB_TOKEN");
    assertThat(paths(places, Planted.COMMAND)).containsExactly("container:web command");
    assertThat(paths(places, Planted.IMAGE_VARIABLE))
        .contains("container:web HF_TOKEN", "image:localhost/stanch/app:1 HF_TOKEN");
    assertThat(paths(places, Planted.LABEL)).contains("container:web label hf.token");
    assertThat(paths(places, Planted.HEALTH_CHECK))
        .contains("container:web health check", "image:localhost/stanch/app:1 history 6");
    assertThat(paths(places, Planted.DELETED_FILE)).isEmpty();
  }

  @Test
  void readsEveryLayerOfAnImage() throws IOException {
    var run = scan("--image", "stanch/app:1");
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    showsNoToken(run);
    var places = places(run);
    String name = "image:localhost/stanch/app:1 app/settings.env";
    assertThat(paths(places, Planted.DELETED_FILE)).containsExactly(name);
    assertThat(paths(places, Planted.KEPT_FILE)).containsExactly(name);
    String deleted = Planted.DELETED_FILE.token();
    JsonNode place = places.get(deleted.substring(deleted.length() - 4)).getFirst();
    assertThat(place.path("inImage").asBoolean()).isFalse();
    assertThat(place.path("step").asText()).endsWith("COPY");
    assertThat(paths(places, Planted.IMAGE_VARIABLE)).hasSizeGreaterThan(1); // and its build step
  }

  @Test
  void findsTheSameInAFileThatTheEngineWrote() throws IOException, InterruptedException {
    Path file = home.resolve("saved.tar");
    podman.run("save", "-o", file.toString(), "stanch/app:1");
    var fromEngine = places(scan("--image", "stanch/app:1"));
    var fromFile = places(scan("--image", file.toString()));
    assertThat(fromFile.keySet()).isEqualTo(fromEngine.keySet());
    Path layout = home.resolve("layout");
    podman.run("save", "--format", "oci-dir", "-o", layout.toString(), "stanch/app:1");
    assertThat(places(scan("--image", layout.toString())).keySet())
        .containsAll(Set.of(last(Planted.DELETED_FILE), last(Planted.KEPT_FILE)));
  }

  private static String last(Planted planted) {
    return planted.token().substring(planted.token().length() - 4);
  }

  @Test
  void saysWhatIsNotThere() {
    assertThat(scan("no-such").err()).contains("no such container: no-such", "hint: ");
    assertThat(scan("--image", "no-such").err()).contains("no such image: no-such", "hint: ");
  }

  @Test
  void saysWhereNoEngineAnswers() {
    var run =
        CommandRun.in(home)
            .with("DOCKER_HOST", "unix://" + home.resolve("none.sock"))
            .run("scan", "container");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("none.sock", "hint: start Docker");
  }
}
