package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.provider.plain.DescriptorReader.Unconfirmed;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a descriptor may say of a rotation beside one call: steps to the old key, rights that it
/// may have, and a token that is read after it was made.
final class RenewalTest {
  private static final RevealPermit PERMIT = RevealPermit.grant("test");
  private static final String DESCRIPTOR =
      """
      id: acme
      name: Acme
      documentation: https://acme.example/docs
      bases:
        api: {url: https://api.acme.example}
      admin:
        - {variable: ACME_ADMIN_KEY, right: keys}
      tokens:
        kind: key
        tenant: {id: '{admin}'}
        revoke:
          delete: /own
          headers: {X-Key: '{token}', X-Admin: '{admin}'}
          answers:
            - {status: 204, result: accepted}
        rotate:
          manner: create
          how: POST /keys
          key: [account, key]
          old:
            get: /keys
            bearer: '{admin}'
            items: /keys
            match: {suffix: /end}
            take: {account: /account}
          carry: {scopes: /scopes, limit: /limit}
          listing:
            get: '/keys/{account}'
            bearer: '{admin}'
            items: /keys
            take: {key: /id}
          marker: /name
          mint:
            post: '/keys/{account}'
            bearer: '{admin}'
            json: '{"name": "{marker}", "scopes": "{scopes|raw}", "limit?": "{limit|raw}"}'
            take: {key: /id}
            parts: {id: '{answer:/id|last:1}', hash: '{secret|sha256}'}
            value:
              get: '/values/{key}'
              bearer: '{admin}'
              absent: 404
              take: {secret: /value}
            answers:
              - {status: 201, json: {/id: {present: true}}, result: accepted}
          discard:
            delete: '/keys/{account}/{key}'
            bearer: '{admin}'
            answers:
              - {status: 204, result: accepted}
      """;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger missing = new AtomicInteger();
  private final List<Duration> slept = new ArrayList<>();
  private String keys =
      "{\"keys\": [{\"account\": \"a1\", \"end\": \"wxyz\", \"scopes\": [\"read\"]}]}";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    asked.add(call + (body.isEmpty() ? "" : " " + body));
    boolean absent = call.startsWith("GET /values/") && missing.getAndDecrement() > 0;
    String answer =
        switch (call) {
          case "GET /keys" -> keys;
          case "POST /keys/a1" -> "{\"id\": \"k7\"}";
          case "GET /values/k7" -> absent ? "{}" : "{\"value\": \"fresh\"}";
          default -> "{\"keys\": []}";
        };
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(absent ? 404 : call.startsWith("POST") ? 201 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /// A clock on which nobody waits.
  private final class Swift implements Time {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) {
      slept.add(duration);
    }
  }

  private interface Use {
    void of(Rotator rotator, HeldFinding token) throws Exception;
  }

  private void rotate(Use use) throws Exception {
    Descriptor descriptor = DescriptorReader.read("acme.yml", DESCRIPTOR, Unconfirmed.LEFT_OUT);
    var provider = new PlainProvider(_ -> descriptor);
    Time time = new Swift();
    try (var transport = new Transport(Map.of(), "test", time, new SplittableRandom(1));
        HeldFinding token = PlainBench.found("acme", "acme-key", "abcdwxyz", Map.of())) {
      var http =
          new Http(
              transport,
              HostPolicy.of(provider.hosts(), List.of()),
              new Limiter(RateLimit.of(1000, Duration.ofSeconds(1)), time),
              HttpSettings.usual().withAttempts(1));
      var context =
          new ProviderContext(
              http,
              Map.of("STANCH_ACME_URL", "http://127.0.0.1:" + server.getAddress().getPort()),
              _ -> Optional.of(new Secret("operator".getBytes(ISO_8859_1))),
              InstantSource.system());
      use.of(provider.rotator(context).orElseThrow(), token);
    }
  }

  private static Target.Located byValue() {
    return new Target.Located(Target.BY_VALUE, "operator", null, null, List.of());
  }

  @Test
  void readsATokenThatIsThereLater() throws Exception {
    missing.set(3);
    rotate(
        (rotator, token) -> {
          Rotator.Mint mint = rotator.mint(token, byValue(), "stanch-1", PERMIT);
          assertThat(mint).isInstanceOf(Rotator.Mint.Minted.class);
          var minted = (Rotator.Mint.Minted) mint;
          String fresh = minted.secret().reveal(PERMIT, bytes -> new String(bytes, UTF_8));
          assertThat(fresh).isEqualTo("fresh");
          assertThat(minted.keyId()).isEqualTo("a1/k7");
          assertThat(minted.parts()).contains(new Part("id", "7")).hasSize(2);
        });
    assertThat(slept).filteredOn(Duration.ofSeconds(1)::equals).hasSize(3);
    // What the old key has not is not sent.
    assertThat(asked)
        .contains("POST /keys/a1 {\"name\":\"stanch-1\",\"scopes\":[\"read\"]}")
        .filteredOn(call -> call.startsWith("POST"))
        .hasSize(1);
  }

  @Test
  void carriesWhatTheOldKeyHas() throws Exception {
    keys = keys.replace("\"scopes\"", "\"limit\": 10, \"scopes\"");
    rotate((rotator, token) -> rotator.mint(token, byValue(), "stanch-1", PERMIT));
    assertThat(asked)
        .contains("POST /keys/a1 {\"name\":\"stanch-1\",\"scopes\":[\"read\"],\"limit\":10}");
  }

  @Test
  void givesUpOnATokenThatNobodyTells() throws Exception {
    missing.set(1000);
    rotate(
        (rotator, token) ->
            assertThat(rotator.mint(token, byValue(), "stanch-1", PERMIT))
                .isInstanceOf(Rotator.Mint.Unclear.class));
  }

  @Test
  void leavesToAPersonWhatIsNoneOfTheKeys() throws Exception {
    keys = keys.replace("wxyz", "stuv");
    rotate(
        (rotator, token) -> {
          assertThat(rotator.offer(token, byValue(), PERMIT))
              .isInstanceOf(Rotator.Offer.ByHand.class);
          assertThat(rotator.mint(token, byValue(), "stanch-1", PERMIT))
              .isInstanceOf(Rotator.Mint.NotMade.class);
        });
    assertThat(asked).noneMatch(call -> call.startsWith("POST"));
  }

  @Test
  void doesNotChooseBetweenTwo() throws Exception {
    keys = keys.replace("]}]", "]}, {\"account\": \"a2\", \"end\": \"wxyz\", \"scopes\": []}]");
    rotate(
        (rotator, token) ->
            assertThat(rotator.offer(token, byValue(), PERMIT))
                .isInstanceOf(Rotator.Offer.Unclear.class));
  }

  @Test
  void unpacksAFieldAsItsJsonSpellsIt() {
    String packed = Base64.getEncoder().encodeToString("{\"pem\": \"a\\nb\"}".getBytes(UTF_8));
    Values values = name -> name.equals("x") ? Optional.of(packed) : Optional.empty();
    assertThat(Template.of("{x|unpack:pem}").fill(values)).contains("a\\nb");
    assertThat(Template.of("{x|unpack:key}").fill(values)).isEmpty();
    assertThat(Template.of("{x|then:restricted}").fill(values)).contains("restricted");
    assertThat(Template.of("{y|then:restricted}").fill(values)).isEmpty();
    assertThat(Template.of("{x|unpack:pem}").fill(_ -> Optional.of("no Base64"))).isEmpty();
  }

  @Test
  void aKeyOfItsOwnWantsADiscard() {
    String wrong = DESCRIPTOR.substring(0, DESCRIPTOR.indexOf("    discard:"));
    assertThatThrownBy(() -> DescriptorReader.read("acme.yml", wrong, Unconfirmed.LEFT_OUT))
        .hasMessageContaining("no 'discard', which takes this 'key'");
  }
}
