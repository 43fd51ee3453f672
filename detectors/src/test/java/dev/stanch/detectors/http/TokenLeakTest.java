package dev.stanch.detectors.http;

import static dev.stanch.detectors.http.LoopbackServer.answer;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every way in which a call can fail, with the credential in every place where it can stand:
/// nothing that could be printed may hold it.
@Timeout(60)
final class TokenLeakTest {
  private static final String TOKEN = "tok+en/" + Long.toHexString(0x5eed_f00d_cafeL) + "=&?";

  private final List<String> printed = Collections.synchronizedList(new ArrayList<>());
  private final Logger root = Logger.getLogger("");
  private final Level usual = root.getLevel();
  private final Handler log =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          var text = new StringWriter();
          if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(text));
          }
          printed.add(record.getMessage() + List.of(parameters(record)) + text);
        }

        private static Object[] parameters(LogRecord record) {
          return record.getParameters() == null ? new Object[0] : record.getParameters();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    log.setLevel(Level.ALL);
    root.setLevel(Level.ALL);
    root.addHandler(log);
  }

  @AfterEach
  void stopListening() {
    root.removeHandler(log);
    root.setLevel(usual);
  }

  private static List<Request> everyPlacement(BaseUrl url) {
    byte[] token = TOKEN.getBytes(UTF_8);
    Request me = Request.get(url, "/me").once();
    return List.of(
        me.bearer(token),
        me.credential(new Placement.BasicPassword("user"), token),
        me.credential(new Placement.BasicUser(), token),
        me.credential(new Placement.Header("X-Api-Key", "Key "), token),
        me.credential(new Placement.Query("key"), token),
        Request.get(url, "/bot{}/getMe", TOKEN).once(),
        Request.post(url, "/revoke").form(Map.of("token", TOKEN)),
        Request.post(url, "/revoke").body("text/plain", token),
        // with what no header may hold: the JDK's own complaint would repeat it
        me.bearer((TOKEN + "\r\nX: y").getBytes(UTF_8)),
        me.header("Host", TOKEN),
        me.header("Content-Length", TOKEN));
  }

  @Test
  void noFailureHoldsTheCredential() throws Exception {
    var never = new CountDownLatch(1);
    String echo = "{\"error\":\"bad key " + TOKEN + "\"}";
    List<LoopbackServer.Script> scripts =
        List.of(
            (_, out, _) ->
                out.write(answer("401 No", "X-Echo: " + TOKEN + "\r\n", echo).getBytes(UTF_8)),
            (_, out, _) ->
                out.write(answer("302 Go", "Location: /" + TOKEN + "\r\n", echo).getBytes(UTF_8)),
            (_, out, _) ->
                out.write(answer("429 Slow", "Retry-After: 9999\r\n", echo).getBytes(UTF_8)),
            (_, out, _) -> out.write(answer("407 Who", "", echo).getBytes(UTF_8)),
            (_, out, _) -> out.write(("HTTP/1.1 " + TOKEN + "\r\n\r\n").getBytes(UTF_8)),
            (_, out, _) -> out.write(("HTTP/1.1 200 OK\r\n" + TOKEN + "\r\n\r\n").getBytes(UTF_8)),
            (_, out, _) ->
                out.write(("HTTP/1.1 200 OK\r\nA: " + TOKEN.repeat(30_000)).getBytes(UTF_8)),
            (_, out, _) ->
                out.write(
                    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + TOKEN)
                        .getBytes(UTF_8)),
            (_, out, _) ->
                out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Length: " + TOKEN + "\r\n\r\n").getBytes(UTF_8)),
            (_, out, _) ->
                out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + TOKEN).getBytes(UTF_8)),
            (_, out, _) -> out.write(answer("200 OK", "", TOKEN.repeat(1000)).getBytes(UTF_8)),
            (socket, _, _) -> socket.setSoLinger(true, 0),
            (_, _, _) -> never.await());
    for (LoopbackServer.Script script : scripts) {
      try (var server = new LoopbackServer(script)) {
        for (Request request : everyPlacement(server.url())) {
          send(request, Map.of());
        }
      }
    }
    for (Request request : everyPlacement(BaseUrl.of("https://api.example.com"))) {
      send(request, Map.of()); // not a host of this provider
    }
    try (var proxy =
        new LoopbackServer(
            (_, out, _) -> out.write(answer("401 No", "", echo).getBytes(ISO_8859_1)))) {
      for (Request request : everyPlacement(BaseUrl.of("https://own.example.com"))) {
        send(request, Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()));
      }
    }

    assertThat(printed).hasSizeGreaterThan(scripts.size() * 10);
    String url = URLEncoder.encode(TOKEN, UTF_8);
    byte[] bytes = TOKEN.getBytes(UTF_8);
    assertThat(String.join("\n", printed))
        .doesNotContain(
            TOKEN,
            url,
            TOKEN.substring(0, 12),
            HexFormat.of().formatHex(bytes),
            Base64.getEncoder().encodeToString(bytes).substring(0, 12),
            Base64.getEncoder().encodeToString(("user:" + TOKEN).getBytes(UTF_8)).substring(8, 20));
  }

  private void send(Request request, Map<String, String> variables) throws Exception {
    try (var transport = new Transport(variables, "stanch/1", new VirtualTime(), new Random(1))) {
      HttpSettings settings =
          HttpSettings.usual().withExchange(Duration.ofMillis(250)).withLargestBody(9000);
      Http http =
          new Http(
              transport,
              HostPolicy.of(List.of("own.example.com"), List.of()),
              new Limiter(RateLimit.undocumented(), new VirtualTime()),
              settings);
      printed.add(request.toString());
      try {
        Outcome outcome = http.send(request);
        printed.add(outcome + " " + outcome.reason());
      } catch (RuntimeException e) {
        var text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        throw new AssertionError("a failure that is not an outcome: " + text);
      }
    }
  }
}
