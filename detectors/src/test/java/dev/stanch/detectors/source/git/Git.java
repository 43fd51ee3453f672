package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs the real git in a folder, without any configuration of this machine.
final class Git {
  private final Path folder;

  Git(Path folder) {
    this.folder = folder;
  }

  /// Runs a command and returns its output.
  byte[] run(byte[] input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_AUTHOR_NAME", "A U Thor");
    environment.put("GIT_AUTHOR_EMAIL", "author@example.com");
    environment.put("GIT_COMMITTER_NAME", "C O Mitter");
    environment.put("GIT_COMMITTER_EMAIL", "committer@example.com");
    environment.put("GIT_COMMITTER_DATE", "1700000000 +0000");
    environment.put("GIT_AUTHOR_DATE", "1700000000 +0000");
    environment.put("GIT_NO_LAZY_FETCH", "1");
    builder.redirectError(
        ProcessBuilder.Redirect.appendTo(folder.resolve("git-errors.txt").toFile()));
    try {
      Process process = builder.start();
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var out = process.getOutputStream()) {
                      out.write(input);
                    } catch (IOException e) {
                      // git ended early; its exit code says why
                    }
                  });
      byte[] output = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      writer.join();
      if (code != 0) {
        throw new IllegalStateException(
            command
                + " ended with "
                + code
                + ": "
                + java.nio.file.Files.readString(folder.resolve("git-errors.txt")));
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
    return new String(run(new byte[0], arguments), StandardCharsets.UTF_8).lines().toList();
  }
}
