package dev.stanch.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs the real git in a folder, without any configuration of this machine.
final class GitRun {
  private final Path folder;
  private long date = 1_700_100_000;

  GitRun(Path folder) {
    this.folder = folder;
  }

  /// Makes what follows happen a minute later.
  GitRun later() {
    date += 60;
    return this;
  }

  /// Runs a command and returns its output.
  byte[] run(byte[] input, String... arguments) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_NO_LAZY_FETCH", "1");
    environment.put("GIT_NO_REPLACE_OBJECTS", "1");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "Ann");
      environment.put("GIT_" + who + "_EMAIL", "ann@example.org");
      environment.put("GIT_" + who + "_DATE", date + " +0000");
    }
    try {
      Path errors = Files.createTempFile("git", ".txt");
      builder.redirectError(errors.toFile());
      Process process = builder.start();
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var out = process.getOutputStream()) {
                      out.write(input);
                    } catch (IOException _) {
                      // git ended early; its exit code says why
                    }
                  });
      byte[] output = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      writer.join();
      String said = Files.readString(errors);
      Files.delete(errors);
      if (code != 0) {
        throw new IllegalStateException(command + " ended with " + code + ": " + said);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Runs a command without input and returns its output's lines.
  List<String> lines(String... arguments) {
    return text(arguments).lines().toList();
  }

  /// Runs a command without input and returns its output.
  String text(String... arguments) {
    return new String(run(new byte[0], arguments), StandardCharsets.UTF_8);
  }
}
