package dev.stanch.detectors.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.stanch.detectors.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that do not prove who they are, say too much, or are reached through a proxy.
@Execution(ExecutionMode.CONCURRENT) // each waits for a process of git
class RemoteFailureTest {
  private static final String STORE = "only for this test";
  private static final String ID = "1".repeat(40);

  @TempDir private Path home;

  private final List<AutoCloseable> servers = new ArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Map<String, String> variables = new HashMap<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable server : servers) {
      server.close();
    }
  }

  private static final TemporaryClone.Watcher NOBODY =
      new TemporaryClone.Watcher() {
        @Override
        public boolean stopping() {
          return false;
        }

        @Override
        public void at(String what) {}
      };

  private SourceException failure(String address) {
    return failure(address, Advertisement.MOST);
  }

  private SourceException failure(String address, long most) {
    variables.put("HOME", home.toString());
    variables.put("GIT_CONFIG_NOSYSTEM", "1");
    return catchThrowableOfType(
        SourceException.class,
        () ->
            new RemoteFetch(
                    RemoteAddress.parse(address).orElseThrow(),
                    new UserCredentials(variables),
                    variables,
                    Files.createTempDirectory(home, "clone").resolve("a.git"),
                    new Advertisement(most))
                .run(NOBODY));
  }

  // ---- TLS

  private void keytool(String... args) throws Exception {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(args));
    command.addAll(List.of("-storepass", STORE, "-storetype", "PKCS12"));
    command.addAll(List.of("-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1")); // half the time
    var process =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /// A server of nothing, whose certificate our own authority has signed.
  private String serve(String host, String from) throws Exception {
    keytool(
        "-genkeypair -alias ca -keyalg EC -dname CN=ca -ext bc=ca:true -keystore ca.p12"
            .split(" "));
    keytool("-exportcert -rfc -alias ca -keystore ca.p12 -file ca.pem".split(" "));
    keytool("-genkeypair -alias me -keyalg EC -dname CN=me -keystore me.p12".split(" "));
    keytool("-certreq -alias me -keystore me.p12 -file me.csr".split(" "));
    keytool(
        ("-gencert -alias ca -keystore ca.p12 -infile me.csr -outfile me.pem -rfc -ext san="
                + host
                + " -startdate "
                + from
                + " -validity 5")
            .split(" "));
    keytool("-importcert -noprompt -alias ca -keystore me.p12 -file ca.pem".split(" "));
    keytool("-importcert -alias me -keystore me.p12 -file me.pem".split(" "));
    var store = KeyStore.getInstance(home.resolve("me.p12").toFile(), STORE.toCharArray());
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, STORE.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.start();
    servers.add(() -> server.stop(0));
    return "https://127.0.0.1:" + server.getAddress().getPort() + "/a.git";
  }

  @Test
  void trustsTheAuthoritiesThatVariablesName() throws Exception {
    String address = serve("ip:127.0.0.1", "-1d");
    SourceException stranger = failure(address);
    assertThat(stranger).hasMessage("no authority that this machine trusts vouches for 127.0.0.1");
    assertThat(stranger.hint()).contains("GIT_SSL_CAINFO");
    for (String variable : List.of("GIT_SSL_CAINFO", "SSL_CERT_FILE")) {
      variables.clear();
      variables.put(variable, home.resolve("ca.pem").toString());
      assertThat(failure(address)).hasMessage("there is no repository at " + address);
    }
    variables.put("GIT_SSL_CAINFO", home.resolve("none.pem").toString());
    assertThat(failure(address).hint()).isEqualTo("correct GIT_SSL_CAINFO or unset it");
  }

  @ParameterizedTest
  @CsvSource({
    "ip:127.0.0.1, -9d, the certificate of 127.0.0.1 has expired",
    "ip:127.0.0.1, +9d, the certificate of 127.0.0.1 is not valid yet",
    "dns:example.org, -1d, the certificate that 127.0.0.1 shows is for another host"
  })
  void saysWhatIsWrongWithACertificate(String host, String from, String said) throws Exception {
    String address = serve(host, from);
    variables.put("GIT_SSL_CAINFO", home.resolve("ca.pem").toString());
    SourceException failure = failure(address);
    assertThat(failure).hasMessage(said);
    assertThat(failure.hint()).isNotEmpty();
  }

  @Test
  void saysThatAServerSpeaksNoTls() throws Exception {
    int port = listen((_, out) -> out.write("HTTP/1.0 400 no\r\n\r\n".getBytes(UTF_8)));
    assertThat(failure("https://127.0.0.1:" + port + "/a.git"))
        .hasMessageStartingWith("127.0.0.1 does not speak TLS as it should");
  }

  // ---- servers that say too much

  private interface Talk {
    void hold(InputStream in, OutputStream out) throws Exception;
  }

  private int listen(Talk talk) throws IOException {
    var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    servers.add(socket);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket client = socket.accept();
                  servers.add(client);
                  Thread.ofVirtual().start(() -> talk(client, talk));
                }
              } catch (IOException _) {
                // The test is over.
              }
            });
    return socket.getLocalPort();
  }

  private static void talk(Socket client, Talk talk) {
    try (client) {
      talk.hold(client.getInputStream(), client.getOutputStream());
    } catch (Exception _) {
      // Hung up on.
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static byte[] packet(String text) {
    return String.format("%04x%s", text.length() + 4, text).getBytes(ISO_8859_1);
  }

  private static void namesWithoutEnd(OutputStream out) throws IOException {
    for (int i = 0; ; i++) {
      out.write(packet(ID + " refs/heads/b" + i + (i == 0 ? "\0ofs-delta" : "") + "\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Content-Encoding: gzip\r\n"})
  void stopsListeningToEndlessNamesOverHttp(String header) throws Exception {
    int port =
        listen(
            (in, out) -> {
              head(in);
              String answer =
                  "HTTP/1.1 200 OK\r\nConnection: close\r\n"
                      + header
                      + "Content-Type: application/x-git-upload-pack-advertisement\r\n\r\n";
              out.write(answer.getBytes(UTF_8));
              OutputStream body = header.isEmpty() ? out : new GZIPOutputStream(out, true);
              body.write(packet("# service=git-upload-pack\n"));
              body.write("0000".getBytes(UTF_8));
              namesWithoutEnd(body);
            });
    assertThat(failure("http://127.0.0.1:" + port + "/a.git", 1 << 18))
        .hasMessage("127.0.0.1 lists more branches and tags than can be looked at");
  }

  @Test
  void stopsListeningToEndlessNamesOfGitsOwnServer() throws Exception {
    int port = listen((_, out) -> namesWithoutEnd(out));
    assertThat(failure("git://127.0.0.1:" + port + "/a.git", 1 << 18))
        .hasMessage("127.0.0.1 lists more branches and tags than can be looked at");
  }

  @Test
  void fetchesFromGitsOwnServer() throws Exception {
    var git = new Git(Files.createDirectory(home.resolve("served")));
    git.lines("init", "--quiet");
    git.lines("commit", "--quiet", "--allow-empty", "-m", "One");
    String head = git.lines("rev-parse", "HEAD").getFirst();
    int port =
        listen(
            (in, out) -> {
              var request = new ByteArrayOutputStream();
              request.write(in.readNBytes(4));
              request.write(in.readNBytes(Integer.parseInt(request.toString(UTF_8), 16) - 4));
              heard.add(request.toString(UTF_8).substring(4));
              var process =
                  new ProcessBuilder("git", "upload-pack", home.resolve("served").toString())
                      .start();
              Thread.ofVirtual()
                  .start(
                      () -> {
                        try (var to = process.getOutputStream()) {
                          pump(in, to);
                        } catch (IOException _) {
                          // Hung up.
                        }
                      });
              pump(process.getInputStream(), out);
            });
    assertThat(failure("git://127.0.0.1:" + port + "/served")).isNull();
    assertThat(heard).containsExactly("git-upload-pack /served\0host=127.0.0.1:" + port + "\0");
    try (var packs = Files.walk(home)) {
      assertThat(packs.filter(path -> path.toString().endsWith("packed-refs")))
          .singleElement()
          .satisfies(refs -> assertThat(refs).content().contains(head + " refs/heads/"));
    }
  }

  private static void pump(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.write(buffer, 0, n);
      to.flush();
    }
  }

  // ---- proxies

  /// A proxy that lets nothing through, and wants a login first.
  private String proxy() throws IOException {
    return "127.0.0.1:"
        + listen(
            (in, out) -> {
              while (true) {
                String head = head(in);
                if (head.isEmpty()) {
                  return;
                }
                heard.add(head);
                boolean known = head.contains("Proxy-Authorization");
                String answer =
                    known ? "404 no" : "407 who\r\nProxy-Authenticate: Basic realm=\"p\"";
                String end = "\r\nContent-Length: 0\r\n\r\n";
                answer = "HTTP/1.1 " + answer + end;
                out.write(answer.getBytes(UTF_8));
                out.flush();
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "https_proxy, https://git.invalid/a.git, CONNECT git.invalid:443",
    "ALL_PROXY, https://git.invalid/a.git, CONNECT git.invalid:443",
    "http_proxy, http://git.invalid/a.git, GET http://git.invalid/a.git/info/refs"
  })
  void goesThroughTheProxyThatAVariableNames(String variable, String address, String asked)
      throws Exception {
    variables.put(variable, "http://me:p%40ss@" + proxy());
    assertThat(failure(address)).isNotNull();
    String login = Base64.getEncoder().encodeToString("me:p@ss".getBytes(UTF_8));
    assertThat(heard)
        .anySatisfy(head -> assertThat(head).startsWith(asked).contains("Basic " + login));
    assertThat(Authenticator.getDefault()).as("what the whole process answers with").isNull();
  }

  @Test
  void leavesTheProxyOutWhereItIsToldTo() throws Exception {
    String proxy = proxy();
    variables.putAll(Map.of("https_proxy", proxy, "http_proxy", proxy, "no_proxy", ".invalid"));
    for (String address : List.of("https://git.invalid/a.git", "http://git.invalid/a.git")) {
      assertThat(failure(address)).hasMessage("there is no host git.invalid");
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void namesNoUserInWhatItSays() throws Exception {
    int port = listen((in, out) -> out.write("HTTP/1.1 500 no\r\n\r\n".getBytes(UTF_8)));
    assertThat(failure("http://somebody@127.0.0.1:" + port + "/a.git"))
        .hasMessageNotContaining("somebody");
  }
}
