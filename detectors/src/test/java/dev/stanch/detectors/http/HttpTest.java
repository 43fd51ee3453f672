package dev.stanch.detectors.http;

import static dev.stanch.detectors.http.LoopbackServer.answer;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.stanch.detectors.http.Outcome.Unreachable.Cause;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The client against servers that do what servers should not.
@Timeout(60)
final class HttpTest {
  private static final Duration SHORT = Duration.ofMillis(400);

  private final VirtualTime time = new VirtualTime();
  private Transport transport;

  @BeforeEach
  void open() throws Exception {
    transport = new Transport(Map.of(), "stanch/1", time, new Random(1));
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private Http http(HttpSettings settings) {
    return new Http(
        transport,
        HostPolicy.of(List.of("api.example.com"), List.of()),
        new Limiter(RateLimit.of(1000, Duration.ofSeconds(1)), time),
        settings);
  }

  private Http http() {
    return http(HttpSettings.usual());
  }

  private static Request get(LoopbackServer server) {
    return Request.get(server.url(), "/me");
  }

  @Test
  void sendsWhatWasAskedAndNamesItself() throws Exception {
    try (var server = LoopbackServer.answering(answer("200 OK", "X-A: b\r\n", "{\"a\":1}"))) {
      Outcome outcome =
          http().send(get(server).bearer("s3cr3t".getBytes(UTF_8)).query("limit", "1"));
      assertThat(outcome)
          .asInstanceOf(type(Answer.class))
          .extracting(Answer::status)
          .isEqualTo(200);
      assertThat(((Answer) outcome).value("a")).contains("1");
      assertThat(((Answer) outcome).header("x-A")).contains("b");
      assertThat(server.heads()).hasSize(1);
      assertThat(server.heads().getFirst())
          .startsWith("GET /me?limit=1 HTTP/1.1\r\n")
          .contains("User-Agent: stanch/1\r\n", "Authorization: Bearer s3cr3t\r\n")
          // neither another protocol nor a body that would have to be unpacked
          .doesNotContainIgnoringCase("upgrade", "accept-encoding", "content-length");
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    try (var other = LoopbackServer.answering(answer("200 OK", "", ""));
        var server =
            LoopbackServer.answering(
                answer("302 Found", "Location: " + other.url() + "/steal\r\n", ""))) {
      Outcome outcome = http().send(get(server).bearer("s3cr3t".getBytes(UTF_8)));
      assertThat(((Answer) outcome).status()).isEqualTo(302);
      assertThat(((Answer) outcome).header("location")).isPresent();
      assertThat(other.heads()).isEmpty();
    }
  }

  @Test
  void sendsNothingToAHostThatIsNotTheProviders() throws Exception {
    for (String url : List.of("https://evil.example", "https://10.0.0.1", "https://[fd00::1]")) {
      assertThat(http().send(Request.get(BaseUrl.of(url), "/me")))
          .isInstanceOf(Outcome.Refused.class);
    }
  }

  @Test
  void sendsNothingToAProvidersNameThatIsAPrivateAddress() throws Exception {
    Http http =
        new Http(
            transport,
            HostPolicy.of(List.of("10.20.30.40", "169.254.169.254"), List.of()),
            new Limiter(RateLimit.undocumented(), time),
            HttpSettings.usual());
    for (String host : List.of("10.20.30.40", "169.254.169.254")) {
      Outcome outcome = http.send(Request.get(BaseUrl.of("https://" + host), "/me"));
      assertThat(outcome).isInstanceOf(Outcome.Refused.class);
      assertThat(outcome.reason()).contains("not public");
    }
  }

  @Test
  void refusesWhatCannotBeSentSafely() throws Exception {
    try (var server = LoopbackServer.answering(answer("200 OK", "", ""))) {
      for (Request request :
          List.of(
              Request.get(server.url(), "/keys/{}", ".."),
              get(server).bearer("a\r\nb".getBytes(UTF_8)),
              get(server).header("Host", "other.example"))) {
        assertThat(http().send(request)).isInstanceOf(Outcome.Refused.class);
      }
      assertThat(server.heads()).isEmpty();
    }
  }

  @Test
  void waitsForSlowHeadersNoLongerThanTold() throws Exception {
    try (var server = new LoopbackServer((_, out, _) -> drip(out, "HTTP/1.1 200 OK\r\nX-Slow: "))) {
      assertThat(once(server)).isEqualTo(new Outcome.TimedOut(true));
    }
  }

  @Test
  void waitsForASlowBodyNoLongerThanTold() throws Exception {
    try (var server =
        new LoopbackServer(
            (_, out, _) -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"))) {
      assertThat(once(server)).isEqualTo(new Outcome.TimedOut(true));
    }
  }

  @Test
  void waitsForSlowChunksNoLongerThanTold() throws Exception {
    try (var server =
        new LoopbackServer(
            (_, out, _) ->
                drip(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x="))) {
      assertThat(once(server)).isEqualTo(new Outcome.TimedOut(true));
    }
  }

  @Test
  void waitsForASilentServerNoLongerThanTold() throws Exception {
    var never = new CountDownLatch(1);
    try (var server = new LoopbackServer((_, _, _) -> never.await())) {
      assertThat(once(server)).isEqualTo(new Outcome.TimedOut(true));
    }
  }

  @Test
  void waitsForAConnectionThatNobodyTakesUpNoLongerThanTold() throws Exception {
    // A listener with a queue of one, which is full: the kernel answers no more.
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var one = new Socket(listener.getInetAddress(), listener.getLocalPort());
        var two = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      assertThat(one.isConnected() && two.isConnected()).isTrue();
      var url = BaseUrl.of("http://127.0.0.1:" + listener.getLocalPort());
      assertThat(http(brief()).send(Request.get(url, "/me").once()))
          .isInstanceOf(Outcome.TimedOut.class);
    }
  }

  @Test
  void aBodyWithoutEndIsCutOff() throws Exception {
    long announced = 10L << 30;
    var cut = new CountDownLatch(1);
    try (var server =
        new LoopbackServer(
            (_, out, _) -> {
              out.write(
                  ("HTTP/1.1 200 OK\r\nContent-Length: " + announced + "\r\n\r\n")
                      .getBytes(ISO_8859_1));
              byte[] block = new byte[1 << 16];
              try {
                for (long sent = 0; sent < announced; sent += block.length) {
                  out.write(block);
                }
              } catch (java.io.IOException _) {
                cut.countDown();
              }
            })) {
      assertThat(http().send(get(server).once())).isEqualTo(new Outcome.TooLarge(200));
      cut.await(); // the client hung up long before the end
    }
  }

  @Test
  void chunksWithoutEndAreCutOff() throws Exception {
    try (var server =
        new LoopbackServer(
            (_, out, _) ->
                forever(
                    out,
                    "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "4000\r\n" + "x".repeat(0x4000) + "\r\n"))) {
      assertThat(http().send(get(server).once())).isEqualTo(new Outcome.TooLarge(500));
    }
  }

  @Test
  void headersWithoutEndAreCutOff() throws Exception {
    for (String bomb : List.of("X-Bomb: " + "x".repeat(8000) + "\r\n", "x".repeat(8000))) {
      try (var server =
          new LoopbackServer((_, out, _) -> forever(out, "HTTP/1.1 200 OK\r\nX-A: ", bomb))) {
        assertThat(http().send(get(server).once()))
            .isEqualTo(new Outcome.Unreachable(Cause.NOT_HTTP, true));
      }
    }
  }

  @Test
  void otherThingsWithoutEndEndInTime() throws Exception {
    for (String bomb :
        List.of("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Hints\r\nA: b\r\n\r\n")) {
      try (var server = new LoopbackServer((_, out, _) -> forever(out, "", bomb))) {
        assertThat(http(brief()).send(get(server).once()))
            .isNotInstanceOf(Answer.class)
            .extracting(Outcome::sent)
            .isEqualTo(true);
      }
    }
  }

  @Test
  void whatIsNotHttpIsNoAnswer() throws Exception {
    for (String text :
        List.of("SSH-2.0-x\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\r\n\r\n", "\u0000\u0001")) {
      try (var server = LoopbackServer.answering(text)) {
        assertThat(http().send(get(server).once()))
            .as(text)
            .isInstanceOf(Outcome.Unreachable.class)
            .extracting(Outcome::sent)
            .isEqualTo(true);
      }
    }
  }

  @Test
  void aResetInTheBodyIsNoAnswer() throws Exception {
    try (var server =
        new LoopbackServer(
            (socket, out, _) -> {
              out.write("HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\n{".getBytes(ISO_8859_1));
              out.flush();
              socket.setSoLinger(true, 0);
            })) {
      assertThat(http().send(get(server).once()))
          .isEqualTo(new Outcome.Unreachable(Cause.BROKEN, true));
    }
  }

  @Test
  void aBodyThatEndsEarlyIsNoAnswer() throws Exception {
    try (var server =
        LoopbackServer.answering("HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\n{}")) {
      assertThat(http().send(get(server).once()))
          .isEqualTo(new Outcome.Unreachable(Cause.BROKEN, true));
    }
  }

  @Test
  void nobodyListeningIsCertainNotToHaveSeenAnything() throws Exception {
    try (Socket held = held()) {
      assertThat(http().send(Request.post(url(held), "/x")))
          .isEqualTo(new Outcome.Unreachable(Cause.NO_CONNECTION, false));
    }
  }

  /// A port at which nobody listens, and at which nobody else can begin to.
  private static Socket held() throws Exception {
    var socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }

  private static BaseUrl url(Socket held) {
    return BaseUrl.of("http://127.0.0.1:" + held.getLocalPort());
  }

  @Test
  void aHostThatNobodyReachesIsNotTriedForEachQuestion() throws Exception {
    Http slow =
        new Http(
            transport,
            HostPolicy.of(List.of("api.example.com"), List.of()),
            new Limiter(RateLimit.undocumented(), time),
            HttpSettings.usual());
    try (Socket held = held();
        var server = LoopbackServer.answering(answer("200 OK", "", "here"))) {
      BaseUrl gone = url(held);
      for (int i = 0; i < 300; i++) {
        assertThat(slow.send(Request.get(gone, "/me")))
            .isEqualTo(new Outcome.Unreachable(Cause.NO_CONNECTION, false));
      }
      assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(30));
      assertThat(slow.send(get(server)))
          .isInstanceOfSatisfying(
              Answer.class, answer -> assertThat(answer.text()).isEqualTo("here"));
      assertThat(transport.reachability().known(gone.origin())).isPresent();
      time.sleep(Reachability.HOLDS);
      assertThat(transport.reachability().known(gone.origin())).as("worth a try again").isEmpty();
    }
  }

  @Test
  void repeatsWhatMayBeRepeatedUntilItGoesWell() throws Exception {
    var calls = new AtomicInteger();
    try (var server =
        new LoopbackServer(
            (socket, out, _) -> {
              switch (calls.incrementAndGet()) {
                case 1 -> out.write(answer("503 Busy", "", "").getBytes(ISO_8859_1));
                case 2 -> socket.setSoLinger(true, 0);
                case 3 ->
                    out.write(answer("429 Slow", "Retry-After: 20\r\n", "").getBytes(ISO_8859_1));
                default -> out.write(answer("200 OK", "", "fine").getBytes(ISO_8859_1));
              }
            })) {
      Outcome outcome = http().send(get(server));
      assertThat(((Answer) outcome).text()).isEqualTo("fine");
      assertThat(calls).hasValue(4);
      assertThat(time.elapsed()).isBetween(Duration.ofSeconds(20), Duration.ofMinutes(1));
    }
  }

  @Test
  void givesUpAfterSoManyAttempts() throws Exception {
    try (var server = LoopbackServer.answering(answer("500 Oops", "", ""))) {
      assertThat(((Answer) http().send(get(server))).status()).isEqualTo(500);
      assertThat(server.heads()).hasSize(HttpSettings.usual().attempts());
    }
  }

  @Test
  void sendsOnceWhatMayNotBeRepeated() throws Exception {
    for (String status : List.of("429 Slow", "500 Oops", "503 Busy")) {
      try (var server = LoopbackServer.answering(answer(status, "", ""))) {
        http().send(Request.post(server.url(), "/mint"));
        assertThat(server.heads()).hasSize(1);
      }
    }
    try (var server = new LoopbackServer((socket, _, _) -> socket.setSoLinger(true, 0))) {
      assertThat(http().send(Request.post(server.url(), "/mint")).sent()).isTrue();
      assertThat(http().send(get(server).once()).sent()).isTrue();
      assertThat(server.heads()).hasSize(2);
    }
  }

  @Test
  void aStormOf429sIsSatOut() throws Exception {
    var calls = new AtomicInteger();
    try (var server =
        new LoopbackServer(
            (_, out, _) ->
                out.write(
                    (calls.incrementAndGet() % 3 == 0
                            ? answer("200 OK", "", "")
                            : answer("429 Slow", "Retry-After: 30\r\n", ""))
                        .getBytes(ISO_8859_1)))) {
      Http http = http();
      for (int i = 0; i < 10; i++) {
        assertThat(((Answer) http.send(get(server))).status()).isEqualTo(200);
      }
      assertThat(calls).hasValue(30);
      assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    }
  }

  @Test
  void aLongWaitIsToldInsteadOfWaited() throws Exception {
    try (var server = LoopbackServer.answering(answer("429 Slow", "Retry-After: 3600\r\n", ""))) {
      Http http = http();
      Outcome first = http.send(get(server));
      assertThat(first).isEqualTo(new Outcome.Deferred(VirtualTime.START.plusSeconds(3600), true));
      // and nobody else asks until then
      assertThat(http.send(get(server)))
          .isEqualTo(new Outcome.Deferred(VirtualTime.START.plusSeconds(3600), false));
      assertThat(server.heads()).hasSize(1);
      assertThat(time.elapsed()).isZero();
    }
  }

  @Test
  void aCallThatMayNotBeRepeatedStillTellsTheOthersToWait() throws Exception {
    try (var server = LoopbackServer.answering(answer("429 Slow", "Retry-After: 3600\r\n", ""))) {
      Http http = http();
      assertThat(((Answer) http.send(Request.post(server.url(), "/x"))).status()).isEqualTo(429);
      assertThat(http.send(Request.post(server.url(), "/y"))).isInstanceOf(Outcome.Deferred.class);
    }
  }

  @Test
  void anInterruptedCallEndsAtOnce() throws Exception {
    var asked = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    try (var server =
        new LoopbackServer(
            (_, _, _) -> {
              asked.countDown();
              never.await();
            })) {
      var interrupted = new CountDownLatch(1);
      Thread call =
          Thread.startVirtualThread(
              () -> {
                try {
                  http().send(get(server));
                } catch (InterruptedException _) {
                  interrupted.countDown();
                }
              });
      asked.await();
      call.interrupt();
      interrupted.await();
      assertThat(server.heads()).hasSize(1);
    }
  }

  private Outcome once(LoopbackServer server) throws InterruptedException {
    return http(brief()).send(get(server).once());
  }

  private static HttpSettings brief() {
    return HttpSettings.usual().withExchange(SHORT);
  }

  private static void drip(OutputStream out, String beginning) throws Exception {
    out.write(beginning.getBytes(ISO_8859_1));
    while (true) {
      out.write('x');
      out.flush();
      Thread.sleep(50);
    }
  }

  private static void forever(OutputStream out, String beginning, String rest) throws Exception {
    out.write(beginning.getBytes(ISO_8859_1));
    while (true) {
      out.write(rest.getBytes(ISO_8859_1));
    }
  }
}
