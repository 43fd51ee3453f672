package dev.stanch.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A podman of its own with Docker's API on a socket: its containers and images lie in one folder
/// and go with it.
final class PodmanService implements AutoCloseable {
  private static final int LONGEST_WAIT_SECONDS = 120;

  private final Path folder;
  private final Process service;

  private PodmanService(Path folder, Process service) {
    this.folder = folder;
    this.service = service;
  }

  /// Why there is none here; empty where there is.
  static String missing() {
    try {
      Process version = new ProcessBuilder("podman", "--version").start();
      return version.waitFor() == 0 ? "" : "podman does not run";
    } catch (IOException _) {
      return "podman is not installed";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static PodmanService start() throws IOException, InterruptedException {
    // Podman wants names of at most 50 characters here, which a test's own folder may have already.
    Path folder = Files.createTempDirectory(Path.of("/tmp"), "p");
    Path socket = folder.resolve("engine.sock");
    Process service =
        command(folder, "system", "service", "--time=0", "unix://" + socket)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("service.log").toFile())
            .start();
    while (!Files.exists(socket)) {
      if (!service.isAlive()) {
        throw new IOException(Files.readString(folder.resolve("service.log")));
      }
      Thread.sleep(20);
    }
    return new PodmanService(folder, service);
  }

  private static ProcessBuilder command(Path folder, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "podman",
                "--root",
                folder.resolve("root").toString(),
                "--runroot",
                folder.resolve("run").toString(),
                "--storage-driver",
                "vfs"));
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command);
  }

  /// What a tool sets `DOCKER_HOST` to.
  String address() {
    return "unix://" + folder.resolve("engine.sock");
  }

  void run(String... arguments) throws IOException, InterruptedException {
    Path log = folder.resolve("command.log");
    Process process =
        command(folder, arguments).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", arguments) + "\n" + Files.readString(log));
    }
  }

  @Override
  public void close() {
    service.destroy();
    service.onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
