package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.TokenLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged command as a process of its own: `./stanch` where it is built and newer than its
/// sources, or what `-Dstanch.launcher` names.
@Timeout(60)
final class LauncherTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String ASSIGNMENT =
      new ExampleTemplate("HF_TOKEN=\"{{\"hf_\"}}{{alpha:34}}\"\n").expand(1);

  @TempDir private Path home;
  private String launcher;

  @BeforeEach
  void findLauncher() throws IOException {
    launcher = System.getProperty("stanch.launcher", "");
    if (launcher.isEmpty()) {
      Path built = ROOT.resolve("target/app/current");
      assumeTrue(Files.exists(built) && isNewest(built), "./stanch is not built");
      launcher = ROOT.resolve("stanch").toString();
    }
  }

  private static boolean isNewest(Path built) throws IOException {
    FileTime then = Files.getLastModifiedTime(built);
    for (String module : List.of("cli", "detectors", "revokers")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main"))) {
        for (Path file : files.toList()) {
          if (Files.getLastModifiedTime(file).compareTo(then) > 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private Process start(String... args) throws IOException {
    var command = new ArrayList<String>();
    command.add(launcher);
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().put("XDG_STATE_HOME", home.resolve(".state").toString());
    return builder.start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void endsWithTheCodeOfTheRun() throws Exception {
    var version = start("--version");
    assertThat(output(version)).startsWith("stanch ");
    assertThat(version.waitFor()).isEqualTo(0);

    assertThat(start("scan", "dir", "no-such-folder").waitFor()).isEqualTo(2);

    Files.writeString(home.resolve("a.env"), ASSIGNMENT);
    TokenLedger.planted(home.resolve("a.env"));
    var scan = start("scan", "dir", "--quiet", "a.env");
    assertThat(output(scan)).contains("huggingface-user-token", "a.env:1:11");
    assertThat(scan.getErrorStream().readAllBytes()).isEmpty();
    assertThat(scan.waitFor()).isEqualTo(1);
  }

  @Test
  void leavesAValidReportWhenItIsStopped() throws Exception {
    var scan = start("scan", "stdin", "--format", "jsonl");
    try (var in = scan.getOutputStream()) {
      in.write(ASSIGNMENT.getBytes(StandardCharsets.UTF_8));
      in.flush();
      assertThat(scan.waitFor(3, TimeUnit.SECONDS)).as("waits for more").isFalse();
      scan.toHandle().destroy(); // a polite signal, as Ctrl-C is
      assertThat(scan.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    var lines = output(scan).lines().toList();
    var mapper = new ObjectMapper();
    assertThat(lines).hasSize(2);
    assertThat(mapper.readTree(lines.getFirst()).path("rule").asText())
        .isEqualTo("huggingface-user-token");
    assertThat(mapper.readTree(lines.getLast()).path("state").asText()).isEqualTo("interrupted");
    assertThat(scan.exitValue()).isEqualTo(3);
  }
}
