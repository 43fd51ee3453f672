package dev.stanch.detectors.source.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An engine that takes its time.
final class ContainerEngineTest {
  private static final Duration ANSWER = Duration.ofMillis(400);
  private static final long PAUSE = 250;

  @TempDir Path folder;

  private HttpServer server;
  private byte[] image;

  @BeforeEach
  void serve() throws IOException {
    Path file = folder.resolve("app.tar");
    SavedImage.save(file, new SavedImage("app:1").layer("COPY a", Map.of("app/.env", "first")));
    image = Files.readAllBytes(file);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/images/app/get", this::slowly);
    server.createContext("/containers/json", exchange -> rest(10 * PAUSE));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /// Packs for longer than any other answer may take, and then sends piece by piece.
  private void slowly(HttpExchange exchange) throws IOException {
    rest(3 * PAUSE);
    exchange.sendResponseHeaders(200, image.length);
    int piece = image.length / 4 + 1;
    for (int i = 0; i < image.length; i += piece) {
      exchange.getResponseBody().write(image, i, Math.min(piece, image.length - i));
      exchange.getResponseBody().flush();
      rest(PAUSE);
    }
    exchange.close();
  }

  private static void rest(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private ContainerEngine engine() throws Exception {
    return ContainerEngine.of(
        Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + server.getAddress().getPort()),
        ANSWER,
        Duration.ofMinutes(1));
  }

  @Test
  void saysHowAnAddressIsWritten() {
    assertThatThrownBy(() -> ContainerEngine.of(Map.of("DOCKER_HOST", "localhost")))
        .hasMessage("no container engine can be asked at localhost: it is no address")
        .extracting(fault -> ((SourceException) fault).hint())
        .asString()
        .contains("tcp://HOST:PORT");
  }

  @Test
  void waitsForAnImageAsLongAsItTakesToPackIt() throws Exception {
    var layers = new ArrayList<String>();
    try (ContainerEngine engine = engine();
        ImageSource source = engine.saved("app")) {
      source.enumerate(
          new SourceSink() {
            @Override
            public void chunk(Chunk chunk) {
              layers.add(chunk.provenance().container());
            }

            @Override
            public void skip(Skip skip) {}

            @Override
            public void entry(InventoryEntry entry) {}
          });
    }
    assertThat(layers).isNotEmpty();
  }

  @Test
  void waitsForNothingElseSoLong() throws Exception {
    try (ContainerEngine engine = engine()) {
      assertThatThrownBy(engine::containers).isInstanceOf(IOException.class);
    }
  }
}
