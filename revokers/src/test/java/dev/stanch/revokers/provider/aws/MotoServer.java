package dev.stanch.revokers.provider.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stanch.detectors.http.BaseUrl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The installed moto, which other people wrote after AWS's own models, on loopback.
final class MotoServer implements AutoCloseable {
  private static final int WAIT_SECONDS = 60;

  private final Process process;
  private final Path log;
  private final int port;

  private MotoServer(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /// Starts it; empty where python3 or its module moto with its server is not installed.
  static Optional<MotoServer> start() throws IOException, InterruptedException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path log = Files.createTempFile("stanch-moto", ".log");
    Process process;
    try {
      process =
          new ProcessBuilder(
                  List.of("python3", "-m", "moto.server", "-H", "127.0.0.1", "-p", "" + port))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException _) { // no python3
      Files.delete(log);
      return Optional.empty();
    }
    var server = new MotoServer(process, log, port);
    for (int i = 0; i < WAIT_SECONDS * 5 && process.isAlive(); i++) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return Optional.of(server);
      } catch (ConnectException _) {
        process.waitFor(200, TimeUnit.MILLISECONDS);
      }
    }
    boolean lacking = Files.readString(log, UTF_8).contains("No module named");
    server.close();
    if (lacking) {
      return Optional.empty();
    }
    throw new IOException("moto is installed and did not start");
  }

  BaseUrl base() {
    return BaseUrl.of("http://127.0.0.1:" + port);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(log);
  }
}
