package dev.stanch.revokers.journal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The installed PostgreSQL, run on a temporary folder and loopback. Root may not run it, so it
/// runs as the user that its package made.
public final class PostgresServer implements AutoCloseable {
  private static final int WAIT_SECONDS = 60;

  private final Path folder;
  private final Path tools;
  private final int port;

  private PostgresServer(Path folder, Path tools, int port) {
    this.folder = folder;
    this.tools = tools;
    this.port = port;
  }

  /// Starts it; empty where none is installed or nobody can run it.
  public static Optional<PostgresServer> start() throws IOException, InterruptedException {
    Path tools = tools().orElse(null);
    if (tools == null || root() && run(List.of("id", "postgres")) != 0) {
      return Optional.empty();
    }
    Path folder = Files.createTempDirectory("stanch-postgres");
    if (root()) {
      run(List.of("chown", "postgres", folder.toString()));
    }
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var server = new PostgresServer(folder, tools, port);
    String data = folder.resolve("data").toString();
    if (server.tool("initdb", "-D", data, "-A", "trust", "-U", "stanch", "--no-sync") != 0
        || server.tool(
                "pg_ctl",
                "-D",
                data,
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -k " + folder,
                "start")
            != 0) {
      server.close();
      return Optional.empty();
    }
    return Optional.of(server);
  }

  /// Its default database.
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=stanch";
  }

  private static Optional<Path> tools() throws IOException {
    Path all = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(all)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private int tool(String name, String... args) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    if (root()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(tools.resolve(name).toString());
    command.addAll(List.of(args));
    return run(command);
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    try {
      tool("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "stop");
      run(List.of("rm", "-rf", folder.toString()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
