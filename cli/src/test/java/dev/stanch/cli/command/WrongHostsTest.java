package dev.stanch.cli.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stanch.cli.CommandRun;
import dev.stanch.cli.ExitCode;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.TokenLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever variables, redirects, portals and name servers say: a found token goes to its own
/// provider, and nobody else makes it dead. One provider of each class: a descriptor, one in Java
/// with a call for many, one that signs, one whose host only the operator knows.
///
/// A proxy stands between these runs and everything but loopback, so nothing can leave unseen.
@Execution(ExecutionMode.CONCURRENT) // each mostly waits for hosts that do not answer
final class WrongHostsTest {
  private static final String STRANGER = "stranger.example";
  private static final String CHINA = "sts.cn-north-1.amazonaws.com.cn";
  private static final String GOVERNMENT = "sts.us-gov-west-1.amazonaws.com";

  /// @param variables that point it elsewhere
  /// @param base what is documented where they point
  record Case(String provider, List<String> variables, String base, String own) {
    @Override
    public String toString() {
      return provider;
    }

    /// The finding's text.
    String text(FakeProvider fake) {
      String token = fake.key("live").token();
      String id = fake.key("live").parts().get("id");
      return id == null
          ? "TOKEN=" + token + "\n"
          : "aws_access_key_id = " + id + "\naws_secret_access_key = " + token + "\n";
    }
  }

  static Stream<Case> providers() {
    return Stream.of(
        new Case(
            "anthropic",
            List.of("ANTHROPIC_BASE_URL"),
            "https://api.anthropic.com",
            "api.anthropic.com"),
        new Case("gitlab", List.of("CI_API_V4_URL"), "https://gitlab.com/api/v4", "gitlab.com"),
        new Case("huggingface", List.of("HF_ENDPOINT"), "https://huggingface.co", "huggingface.co"),
        new Case(
            "aws",
            List.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS"),
            "https://sts.amazonaws.com",
            "sts.amazonaws.com"),
        new Case("vault", List.of("VAULT_ADDR"), "https://self-hosted.example", ""));
  }

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private Proxy proxy;

  @BeforeEach
  void watch() throws IOException {
    proxy = new Proxy();
    open.add(proxy);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /// Refuses every connection, and remembers what came.
  private static final class Proxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> heads = Collections.synchronizedList(new ArrayList<>());

    Proxy() throws IOException {
      threads.execute(
          () -> {
            while (!listener.isClosed()) {
              try (Socket socket = listener.accept()) {
                byte[] head = new byte[8192];
                int read = socket.getInputStream().read(head);
                heads.add(new String(head, 0, Math.max(0, read), ISO_8859_1));
                socket
                    .getOutputStream()
                    .write(
                        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
              } catch (IOException _) {
                // the client went away, or the test is over
              }
            }
          });
    }

    String url() {
      return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /// The hosts that were asked for.
    List<String> hosts() {
      synchronized (heads) {
        return heads.stream().map(head -> head.split("[ :]", -1)[1]).distinct().toList();
      }
    }

    List<String> heads() {
      synchronized (heads) {
        return List.copyOf(heads);
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      threads.shutdownNow();
    }
  }

  private FakeProvider fake(Case one) throws IOException {
    var fake = new FakeProvider(one.provider());
    open.add(fake);
    Files.writeString(folder.resolve("leak.env"), one.text(fake));
    TokenLedger.planted(folder.resolve("leak.env"));
    return fake;
  }

  private CommandRun verify(Case one, String url) {
    var setting = CommandRun.in(folder).with("HTTPS_PROXY", proxy.url());
    one.variables().forEach(variable -> setting.with(variable, url));
    CommandRun run = setting.run("verify", "dir:leak.env");
    assertThat(run.out().lines().filter(line -> line.contains("  " + one.provider() + "  ")))
        .as(run.out() + run.err())
        .hasSize(1);
    return run;
  }

  private static void unknown(CommandRun run) {
    assertThat(run.out()).startsWith("unknown  ");
    assertThat(run.status()).isEqualTo(ExitCode.FINDINGS.value());
  }

  /// The other tests prove nothing unless this one sees the token arrive.
  @ParameterizedTest
  @MethodSource("providers")
  void arrivesAtItsProvider(Case one) throws IOException {
    FakeProvider fake = fake(one);
    assertThat(verify(one, fake.base(one.base())).out()).startsWith("live  ");
    assertThat(fake.requests()).isNotEmpty();
    assertThat(proxy.hosts()).isEmpty();
  }

  static Stream<Arguments> strangers() {
    return providers()
        .flatMap(
            one ->
                Stream.of(
                        "https://" + STRANGER,
                        "https://" + STRANGER + ":8443/v1",
                        "http://" + STRANGER,
                        "https://10.20.30.40",
                        "https://192.168.1.1:8200",
                        "https://169.254.169.254",
                        "https://[fd00::1]",
                        "https://localhost." + STRANGER,
                        "https://" + (one.own().isEmpty() ? "vault" : one.own()) + "." + STRANGER,
                        "https://" + STRANGER + "#" + one.own(),
                        "https://" + one.own() + "@" + STRANGER,
                        "file:///etc/hostname")
                    .map(url -> Arguments.of(one, url)));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void goesToNoStrangerThatAVariableNames(Case one, String url) throws IOException {
    fake(one);
    CommandRun run = verify(one, url);
    assertThat(run.out()).doesNotStartWith("live").doesNotStartWith("dead");
    assertThat(proxy.heads()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void goesWhereTheUsersOwnConfigurationAllows(Case one) throws IOException {
    fake(one);
    Files.createDirectories(folder.resolve(".config/stanch"));
    Files.writeString(
        folder.resolve(".config/stanch/config.yml"), "allowed-hosts: [" + STRANGER + "]\n");
    unknown(verify(one, "https://" + STRANGER));
    // As far as TLS would: the host is asked for, the token is not shown to the proxy.
    assertThat(proxy.hosts()).containsExactly(STRANGER);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void followsNoRedirect(Case one) throws IOException {
    FakeProvider fake = fake(one);
    var elsewhere = new Trap(exchange -> exchange.sendResponseHeaders(200, -1));
    open.add(elsewhere);
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      var redirecting =
          new Trap(
              exchange -> {
                exchange
                    .getResponseHeaders()
                    .set("Location", elsewhere.url() + exchange.getRequestURI());
                exchange.sendResponseHeaders(status, -1);
              });
      try (redirecting) {
        unknown(verify(one, redirecting.url()));
        assertThat(redirecting.requests()).isNotEmpty();
      }
    }
    assertThat(elsewhere.requests()).isEmpty();
    assertThat(proxy.heads()).isEmpty();
    assertThat(fake.requests()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void callsNothingDeadThatAPortalRefuses(Case one) throws IOException {
    fake(one);
    for (int status : new int[] {401, 403, 404, 410}) {
      var portal =
          new Trap(
              exchange -> {
                byte[] page = "<html>Sign in to the guest network</html>".getBytes(UTF_8);
                exchange.sendResponseHeaders(status, page.length);
                exchange.getResponseBody().write(page);
              });
      try (portal) {
        CommandRun run = verify(one, portal.url());
        assertThat(run.out()).doesNotStartWith("dead").doesNotStartWith("live  ");
      }
    }
  }

  /// A proxy that answers 401 to everything, in front of the provider's own host.
  @ParameterizedTest
  @MethodSource("providers")
  void takesTheProxysRefusalForNobodysWord(Case one) throws IOException {
    FakeProvider fake = fake(one);
    CommandRun run =
        CommandRun.in(folder).with("HTTPS_PROXY", proxy.url()).run("verify", "dir:leak.env");
    assertThat(run.out()).startsWith("unknown  ");
    if (one.own().isEmpty()) {
      assertThat(proxy.hosts()).isEmpty();
    } else {
      assertThat(proxy.hosts())
          .isNotEmpty()
          .allMatch(
              host ->
                  host.equals(one.own())
                      || one.provider().equals("aws") && List.of(CHINA, GOVERNMENT).contains(host));
    }
    assertThat(proxy.heads()).noneMatch(head -> head.contains(fake.key("live").token()));
    assertThat(proxy.heads())
        .noneMatch(head -> head.toLowerCase(Locale.ROOT).contains("\nauthorization"));
  }

  /// The machine's own names, as whoever runs it could set them: a provider's name that means a
  /// private address, or this machine, or one of them besides a public one.
  @ParameterizedTest
  @MethodSource("providers")
  void goesToNoPrivateAddressThatANameMeans(Case one) throws Exception {
    if (one.own().isEmpty()) {
      return; // its host is the operator's to say
    }
    assumeThat(withHosts("127.0.0.1 localhost", "true").waitFor())
        .as("only root can give a process names of its own")
        .isZero();
    fake(one);
    for (String address : List.of("127.0.0.1", "10.1.2.3", "169.254.169.254", "fd00::1")) {
      var names = new StringBuilder();
      for (String name : List.of(one.own(), CHINA, GOVERNMENT)) {
        names.append(address).append(' ').append(name).append("\n93.184.215.14 ").append(name);
        names.append('\n');
      }
      Process process = withHosts(names.toString(), stanch("-Dnone", "verify", "dir:leak.env"));
      assertThat(out(process)).startsWith("unknown  ").contains("an address that is not public");
    }
  }

  /// A Java runtime that looks names up past our rules is not used at all.
  @ParameterizedTest
  @MethodSource("providers")
  void sendsNothingWhereNamesAreLookedUpPastOurRules(Case one) throws Exception {
    if (one.own().isEmpty()) {
      return;
    }
    fake(one);
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "127.0.0.1 " + one.own() + "\n");
    Process process = start(stanch("-Djdk.net.hosts.file=" + hosts, "verify", "dir:leak.env"));
    assertThat(out(process)).startsWith("unknown  ").contains("not sent: ");
  }

  private String out(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(out).as(Files.readString(folder.resolve("err"))).isNotEmpty();
    return out;
  }

  private Process withHosts(String names, String... command) throws IOException {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, names + "\n");
    var all = new ArrayList<>(List.of("unshare", "-m", "sh", "-c"));
    all.add("mount --bind \"$0\" /etc/hosts && exec \"$@\"");
    all.add(hosts.toString());
    all.addAll(List.of(command));
    return start(all.toArray(String[]::new));
  }

  private static String[] stanch(String option, String... args) {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.stanch.cli.Main"));
    command.addAll(List.of(args));
    return command.toArray(String[]::new);
  }

  private Process start(String... command) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().put("HOME", folder.toString());
    return builder.redirectError(folder.resolve("err").toFile()).start();
  }

  /// No run hands a token to a stranger because it acts instead of asking.
  @Test
  void aPlanIsMadeAtNoStrangersEither() throws IOException {
    for (Case one : providers().toList()) {
      fake(one);
      var setting = CommandRun.in(folder).with("HTTPS_PROXY", proxy.url());
      one.variables().forEach(variable -> setting.with(variable, "https://" + STRANGER));
      CommandRun run = setting.run("plan", "dir:leak.env");
      assertThat(run.status()).as(run.out() + run.err()).isIn(1, 4);
      assertThat(proxy.heads()).as(one.provider()).isEmpty();
    }
  }

  /// A server on loopback that remembers what came.
  private static final class Trap implements AutoCloseable {
    private final HttpServer server;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    interface Answer {
      void give(HttpExchange exchange) throws IOException;
    }

    Trap(Answer answer) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              exchange.getRequestBody().readAllBytes();
              requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
              answer.give(exchange);
            }
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> requests() {
      return requests;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
