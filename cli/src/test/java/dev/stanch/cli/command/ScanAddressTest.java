package dev.stanch.cli.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.GitBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scans of repositories that are cloned for it, from git's own server programs and from servers
/// that mean no good.
@Timeout(120)
final class ScanAddressTest {
  private static final String SUPPRESSED =
      new ExampleTemplate("HF_TOKEN=\"{{\"hf_\"}}{{alpha:34}}\" # stanch:allow test\n").expand(1);

  private static final String IN_PULL_REQUEST =
      new ExampleTemplate("HF_TOKEN=\"{{\"hf_\"}}{{alpha:34}}\"\n").expand(2);

  @TempDir private Path home;
  private Path temporary;
  private final List<AutoCloseable> servers = new ArrayList<>();

  @BeforeEach
  void makeRepository() throws Exception {
    temporary = Files.createDirectories(home.resolve("tmp"));
    Files.createDirectories(home.resolve("work"));
    var git = new GitRun(home.resolve("work"));
    git.text("init", "--quiet", "--initial-branch=main", ".");
    Files.writeString(home.resolve("work/a.env"), SUPPRESSED);
    git.text("add", ".");
    git.text("commit", "--quiet", "-m", "one");
    git.text("checkout", "--quiet", "-b", "pull");
    Files.writeString(home.resolve("work/b.env"), IN_PULL_REQUEST);
    git.text("add", ".");
    git.text("commit", "--quiet", "-m", "two");
    git.text("update-ref", "refs/pull/1/head", "HEAD");
    git.text("checkout", "--quiet", "main");
    git.text("branch", "-D", "pull");
    new GitRun(home).text("clone", "--quiet", "--mirror", "work", "served.git");
    new GitRun(home.resolve("served.git")).text("config", "core.fsmonitor", "touch ../executed");
    Files.writeString(
        home.resolve("served.git/hooks/post-upload-pack"), "#!/bin/sh\ntouch ../executed\n");
  }

  @AfterEach
  void stopServersAndFindNothingLeft() throws Exception {
    for (AutoCloseable server : servers) {
      server.close();
    }
    assertThat(temporary).isEmptyDirectory();
    assertThat(home.resolve("executed")).doesNotExist();
    assertThat(home.resolve(".config")).doesNotExist();
  }

  private CommandRun.Setting here() {
    return CommandRun.in(home)
        .with("TMPDIR", temporary.toString())
        .with("HOME", home.toString())
        .with("GIT_CONFIG_NOSYSTEM", "1")
        .with("PATH", System.getenv("PATH"));
  }

  private static List<JsonNode> findings(CommandRun run) throws IOException {
    var found = new ArrayList<JsonNode>();
    for (String line : run.out().lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      if (object.path("type").asText().equals("finding")) {
        found.add(object);
      }
    }
    return found;
  }

  private static void assertWhole(CommandRun run, String container) throws IOException {
    assertThat(run.err()).isEmpty();
    List<JsonNode> found = findings(run);
    assertThat(found).hasSize(2);
    for (JsonNode finding : found) {
      // What stands beside a token in somebody else's repository does not excuse it.
      assertThat(finding.path("status").asText()).isEqualTo("new");
      assertThat(finding.at("/places/0/container").asText()).isEqualTo(container);
      assertThat(finding.at("/places/0/inTips").asBoolean()).isTrue();
    }
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void clonesAFileAddress() throws Exception {
    String address = home.resolve("served.git").toUri().toString().replaceAll("/$", "");
    assertWhole(here().run("scan", "git", "-q", "-f", "jsonl", address), address);
  }

  @Test
  void clonesOverHttp() throws Exception {
    String address = serve("");
    assertWhole(here().run("scan", "git", "-q", "-f", "jsonl", address), address);
    var branch = here().run("scan", "git", "-q", "--branch", "main", "-f", "jsonl", address);
    assertThat(findings(branch)).hasSize(1);
    var missing = here().run("scan", "git", "-q", address.replace("served", "other"));
    assertThat(missing.err()).startsWith("error: there is no repository at http://");
    assertThat(missing.status()).isEqualTo(3);
  }

  @Test
  void takesALoginFromNetrcOrFromTheProgramForIt() throws Exception {
    String address = serve("me:pass word");
    var refused = here().run("scan", "git", "-q", address);
    assertThat(refused.err()).startsWith("error: 127.0.0.1 refuses access").contains("hint: ");
    assertThat(refused.status()).isEqualTo(3);
    Path program = home.resolve("askpass");
    Files.writeString(
        program, "#!/bin/sh\ncase $1 in User*) echo me ;; *) echo 'pass word' ;; esac\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    assertWhole(
        here()
            .with("GIT_ASKPASS", program.toString())
            .run("scan", "git", "-q", "-f", "jsonl", address),
        address);
    String other = serve("me:secret");
    Files.writeString(home.resolve(".netrc"), "machine 127.0.0.1 login me password secret\n");
    assertWhole(here().run("scan", "git", "-q", "-f", "jsonl", other), other);
    Files.writeString(
        home.resolve(".netrc"),
        "machine 127.0.0.1 login you password none\nmachine 127.0.0.1 login me password secret\n");
    var named = here().run("scan", "git", "-q", other.replace("//", "//me@"));
    assertThat(named.status()).as(named.err()).isEqualTo(1);
  }

  @Test
  void reachesHostsThroughTheUsersSsh() throws Exception {
    Path program = home.resolve("myssh");
    Files.writeString(
        program, "#!/bin/sh\necho \"$1\" > " + home.resolve("asked") + "\nexec sh -c \"$2\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    String address = "me@host.example:" + home.resolve("served.git");
    var run =
        here()
            .with("GIT_SSH_COMMAND", program.toString())
            .run("scan", "git", "-q", "-f", "jsonl", address);
    assertWhole(run, "host.example:" + home.resolve("served.git"));
    assertThat(home.resolve("asked")).hasContent("me@host.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://me:pw@example.org/a",
        "ext::sh -c touch% x",
        "ftp://example.org/a",
        "ssh://-oProxyCommand=x/a"
      })
  void refusesAddressesThatAreNone(String address) {
    var run = here().run("scan", "git", address);
    assertThat(run.err()).startsWith("error: ").doesNotContain(":pw@");
    assertThat(run.status()).isIn(2, 3);
  }

  @Test
  void saysThatNobodyIsThere() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var run = here().run("scan", "git", "-q", "http://127.0.0.1:" + port + "/a.git");
    assertThat(run.err()).startsWith("error: 127.0.0.1 takes no connection");
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void endsWhenToldToThoughTheServerNeverAnswers() throws Exception {
    String address = answer(new byte[0], new byte[0]);
    var run = here().interrupted().run("scan", "git", "-q", address);
    assertThat(run.err()).startsWith("error: interrupted while cloning");
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void refusesAPackThatIsNone() throws Exception {
    String id = "1".repeat(40);
    byte[] refs =
        (packet("# service=git-upload-pack\n")
                + "0000"
                + packet(id + " refs/heads/main\0side-band-64k ofs-delta\n")
                + packet(id + " refs/heads/../../../../../../tmp/evil\n")
                + "0000")
            .getBytes(ISO_8859_1);
    byte[] pack =
        (packet("NAK\n") + packet("\1PACK\0\0\0\2\0\0\0\5garbage") + "0000").getBytes(ISO_8859_1);
    var run = here().run("scan", "git", "-q", answer(refs, pack));
    assertThat(run.err()).startsWith("error: could not clone http://127.0.0.1");
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void removesWhatAKilledProcessLeft() throws Exception {
    Path left = Files.createDirectories(temporary.resolve("stanch-clone-123/repository.git"));
    Files.writeString(left.resolve("HEAD"), "x");
    Files.writeString(left.resolveSibling("lock"), "");
    assertThat(here().run("scan", "git", "-q", serve("")).status()).isEqualTo(1);
    assertThat(left).doesNotExist();
  }

  private static String packet(String text) {
    return String.format("%04x", text.length() + 4) + text;
  }

  /// A server that gives these answers, whatever is asked; none at all where they are empty.
  private String answer(byte[] refs, byte[] pack) throws IOException {
    var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    servers.add(socket);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket client = socket.accept();
                  servers.add(client);
                  byte[] request = new byte[1 << 16];
                  int length = client.getInputStream().read(request);
                  boolean post = length > 4 && new String(request, 0, 4, UTF_8).equals("POST");
                  byte[] body = post ? pack : refs;
                  if (body.length > 0) {
                    String type = post ? "result" : "advertisement";
                    String head =
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type:"
                            + " application/x-git-upload-pack-"
                            + type
                            + "\r\nContent-Length: "
                            + body.length
                            + "\r\n\r\n";
                    client.getOutputStream().write(head.getBytes(UTF_8));
                    client.getOutputStream().write(body);
                    client.getOutputStream().flush();
                    client.close();
                  }
                }
              } catch (IOException _) {
                // The test is over.
              }
            });
    return "http://127.0.0.1:" + socket.getLocalPort() + "/a.git";
  }

  /// The address of the served repository behind git's own HTTP program.
  ///
  /// @param login `user:password` to ask for, or empty
  private String serve(String login) throws IOException {
    var git = new GitBackend(home);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var pool = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(pool);
    server.createContext(
        "/",
        exchange -> {
          String wanted = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
          if (!login.isEmpty()
              && !wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
          } else {
            git.answer(exchange, exchange.getRequestURI().getPath());
          }
        });
    server.start();
    servers.add(
        () -> {
          server.stop(0);
          pool.close();
        });
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/served.git";
  }
}
