package dev.stanch.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A cluster's API on loopback that keeps its objects in memory: fabric8's own server.
final class ServedCluster implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Held, since a logger that nobody holds forgets what it was told.
  private static final Logger CHATTER = Logger.getLogger(MockWebServer.class.getName());

  private final KubernetesMockServer server;

  ServedCluster() {
    CHATTER.setLevel(Level.OFF);
    Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
    server =
        new KubernetesMockServer(
            new Context(JSON),
            new MockWebServer(),
            responses,
            new KubernetesMixedDispatcher(responses),
            false);
    server.init();
  }

  /// The server itself, for answers that it would not give.
  KubernetesMockServer server() {
    return server;
  }

  String address() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /// Makes an object.
  ///
  /// @param path such as `/api/v1/namespaces/web/secrets`
  void create(String path, String json) throws IOException {
    send("POST", path, json);
  }

  /// An object.
  JsonNode get(String path) throws IOException {
    return JSON.readTree(send("GET", path, ""));
  }

  private String send(String method, String path, String body) throws IOException {
    var connection = (HttpURLConnection) URI.create(address() + path).toURL().openConnection();
    connection.setRequestMethod(method);
    if (!body.isEmpty()) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body.getBytes(UTF_8));
    }
    try (InputStream in = connection.getInputStream()) { // fails where it is refused
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /// A kubeconfig with one context.
  void kubeconfig(Path file, String context, String namespace, String token) throws IOException {
    ObjectNode config = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Config");
    config.put("current-context", context);
    config
        .putArray("clusters")
        .addObject()
        .put("name", context + "-cluster")
        .putObject("cluster")
        .put("server", address());
    config
        .putArray("users")
        .addObject()
        .put("name", context + "-user")
        .putObject("user")
        .put("token", token);
    config
        .putArray("contexts")
        .addObject()
        .put("name", context)
        .putObject("context")
        .put("cluster", context + "-cluster")
        .put("user", context + "-user")
        .put("namespace", namespace);
    Files.writeString(file, config.toString());
  }

  @Override
  public void close() {
    server.destroy();
  }
}
