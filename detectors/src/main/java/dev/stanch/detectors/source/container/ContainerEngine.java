package dev.stanch.detectors.source.container;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.stanch.detectors.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container engine with Docker's API: Docker's own, or podman's. It is asked only, nothing in it
/// is changed.
///
/// Found as the `docker` command finds it: `DOCKER_HOST`, `DOCKER_CONTEXT`, the current context,
/// the usual socket; then podman's sockets (`CONTAINER_HOST`).
public final class ContainerEngine implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_ANSWER = 64 << 20;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /// How long it may be silent.
  private static final Duration ANSWER = Duration.ofMinutes(2);

  /// The same while it packs an image: some engines write all of it to a file before they send the
  /// first byte.
  private static final Duration PACKING = Duration.ofMinutes(30);

  private static final Path USUAL = Path.of("/var/run/docker.sock");
  private static final String HINT =
      "start Docker or podman's socket (podman system service), or point DOCKER_HOST to one";

  private final DockerClientConfig config;
  private final DockerHttpClient client;
  private final Duration packing;

  private ContainerEngine(DockerClientConfig config, Duration answer, Duration packing) {
    this.config = config;
    this.client = client(config, answer);
    this.packing = packing;
  }

  /// @param silence the longest between two pieces of an answer, and before the first
  private static DockerHttpClient client(DockerClientConfig config, Duration silence) {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(config.getDockerHost())
        .sslConfig(config.getSSLConfig())
        .connectionTimeout(CONNECT)
        .responseTimeout(silence)
        .build();
  }

  /// The engine that these variables lead to.
  public static ContainerEngine of(Map<String, String> variables) throws SourceException {
    return of(variables, ANSWER, PACKING);
  }

  /// The same with other patience.
  static ContainerEngine of(Map<String, String> variables, Duration answer, Duration packing)
      throws SourceException {
    String named = address(variables).orElse("");
    if (!named.isEmpty() && !named.matches("[a-z]+://.+")) {
      throw new SourceException(
          "no container engine can be asked at " + named + ": it is no address",
          "write DOCKER_HOST as unix:///PATH or tcp://HOST:PORT, or unset it");
    }
    try {
      var builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
      if (!named.isEmpty()) {
        builder.withDockerHost(named);
      }
      for (String variable : List.of("DOCKER_CERT_PATH", "DOCKER_CONFIG", "DOCKER_TLS_VERIFY")) {
        String value = variables.get(variable);
        if (value != null && !value.isBlank()) {
          switch (variable) {
            case "DOCKER_CERT_PATH" -> builder.withDockerCertPath(value);
            case "DOCKER_CONFIG" -> builder.withDockerConfig(value);
            default -> builder.withDockerTlsVerify(value);
          }
        }
      }
      String context = variables.get("DOCKER_CONTEXT");
      if (named.isEmpty() && context != null && !context.isBlank()) {
        builder.withDockerContext(context);
      }
      return new ContainerEngine(builder.build(), answer, packing);
    } catch (RuntimeException e) {
      throw new SourceException(
          "no container engine can be asked at "
              + (named.isEmpty() ? "the usual place" : named)
              + ": "
              + e.getMessage(),
          named.startsWith("ssh:")
              ? "forward the engine's socket with ssh -L, and point DOCKER_HOST to it"
              : HINT,
          e);
    }
  }

  /// The address that nothing but podman's habits or a variable gives; empty where Docker's own
  /// rules decide.
  private static Optional<String> address(Map<String, String> variables) {
    for (String variable : List.of("DOCKER_HOST", "CONTAINER_HOST")) {
      String host = variables.getOrDefault(variable, "");
      if (!host.isBlank()) {
        return Optional.of(host);
      }
    }
    if (Files.exists(USUAL) || !variables.getOrDefault("DOCKER_CONTEXT", "").isBlank()) {
      return Optional.empty();
    }
    var sockets = new ArrayList<Path>();
    String runtime = variables.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!runtime.isBlank()) {
      sockets.add(Path.of(runtime, "docker.sock"));
      sockets.add(Path.of(runtime, "podman", "podman.sock"));
    }
    sockets.add(Path.of("/run/podman/podman.sock"));
    String home = variables.getOrDefault("HOME", "");
    if (!home.isBlank()) {
      sockets.add(Path.of(home, ".docker", "run", "docker.sock"));
      sockets.add(
          Path.of(home, ".local", "share", "containers", "podman", "machine", "podman.sock"));
    }
    return sockets.stream()
        .filter(Files::exists)
        .findFirst()
        .map(socket -> "unix://" + socket.toAbsolutePath());
  }

  /// What it is called in messages.
  public String address() {
    return String.valueOf(config.getDockerHost());
  }

  /// A refusal of the engine: there is no such thing, or it fails.
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(int status) {
      super("the engine answers " + status);
      this.status = status;
    }

    boolean missing() {
      return status == 404;
    }
  }

  /// An engine that cannot be reached.
  static final class UnansweredException extends IOException {
    private static final long serialVersionUID = 1;

    UnansweredException(String address, Throwable cause) {
      super("no answer from the container engine at " + address, cause);
    }
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// What it calls itself, with its version.
  ///
  /// @throws IOException where it does not answer; the message says so to a person
  public String version() throws IOException {
    JsonNode told = json("/version");
    String name = told.path("Platform").path("Name").asText();
    for (JsonNode component : told.path("Components")) {
      if (name.isBlank()) {
        name = component.path("Name").asText();
      }
    }
    return ((name.isBlank() ? "engine" : name) + " " + told.path("Version").asText()).strip();
  }

  /// All containers, those too that do not run.
  JsonNode containers() throws IOException {
    return json("/containers/json?all=true");
  }

  /// A container.
  JsonNode container(String idOrName) throws IOException {
    return json("/containers/" + encoded(idOrName) + "/json");
  }

  /// An image.
  JsonNode image(String idOrName) throws IOException {
    return json("/images/" + encoded(idOrName) + "/json");
  }

  /// The steps that built an image, newest first.
  JsonNode history(String idOrName) throws IOException {
    return json("/images/" + encoded(idOrName) + "/history");
  }

  private JsonNode json(String path) throws IOException {
    try (var response = ask(client, path);
        InputStream body = response.getBody()) {
      byte[] text = body.readNBytes(LARGEST_ANSWER + 1);
      if (text.length > LARGEST_ANSWER) {
        throw new IOException(
            "the engine answers with more than " + (LARGEST_ANSWER >> 20) + " MiB");
      }
      return JSON.readTree(text);
    } catch (JacksonException _) {
      // Its own words quote what it stumbled over, which may be the value of a variable.
      throw new IOException("the engine answers with something that is not JSON");
    }
  }

  private DockerHttpClient.Response ask(DockerHttpClient asked, String path) throws IOException {
    DockerHttpClient.Response response;
    try {
      response =
          asked.execute(
              DockerHttpClient.Request.builder()
                  .method(DockerHttpClient.Request.Method.GET)
                  .path(path)
                  .build());
    } catch (RuntimeException e) {
      // The transport wraps whatever happened to the connection.
      throw new UnansweredException(address(), e);
    }
    int status = response.getStatusCode();
    if (status != 200) {
      response.close();
      throw new RefusedException(status);
    }
    return response;
  }

  /// The images that a name stands for, with all their layers, in a file that is gone with the
  /// process, whatever ends it.
  public ImageSource saved(String name) throws SourceException {
    return ImageSource.of("image " + name, "image:" + name, () -> new Spooled(this, name).files());
  }

  /// An image on its way from the engine into a file without a name.
  private record Spooled(ContainerEngine engine, String name) {
    ImageFiles files() throws IOException, SourceException {
      FileChannel channel = unnamed();
      try {
        spool(channel);
        channel.position(0);
        return ImageFiles.Archive.of(channel);
      } catch (IOException | SourceException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }

    private void spool(FileChannel into) throws IOException, SourceException {
      long most = free() / 2;
      try (var patient = client(engine.config, engine.packing);
          var response = engine.ask(patient, "/images/" + encoded(name) + "/get");
          InputStream body = response.getBody()) {
        byte[] buffer = new byte[1 << 20];
        long written = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
          written += read;
          if (written > most) {
            throw new SourceException(
                "image " + name + " takes more than half of the free space",
                "point TMPDIR to a larger file system");
          }
          var bytes = ByteBuffer.wrap(buffer, 0, read);
          while (bytes.hasRemaining()) {
            into.write(bytes);
          }
        }
      } catch (UnansweredException e) {
        throw new SourceException(
            "no such file, and " + e.getMessage() + " to ask for an image: " + name, HINT, e);
      } catch (RefusedException e) {
        throw new SourceException(
            e.missing() ? "no such image: " + name : String.valueOf(e.getMessage()),
            "see docker images for those that there are",
            e);
      }
    }

    private static FileChannel unnamed() throws IOException {
      Path file = Files.createTempFile("stanch-image", ".tar");
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
      return FileChannel.open(
          file,
          EnumSet.of(
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    }

    private static long free() throws IOException {
      FileStore store = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")));
      return store.getUsableSpace();
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException _) {
      // Nothing is left to say to it.
    }
  }
}
