package dev.stanch.revokers.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.http.TransportException;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.contract.PatientTime;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.Sink.Delivery;
import dev.stanch.revokers.spi.Sink.State;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.SinkKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A kind of sink before a store on loopback, as a run has it.
public final class SinkBench implements AutoCloseable {
  /// For every call of a test.
  public static final RevealPermit PERMIT = RevealPermit.grant("sink test");

  /// What is replaced: any text.
  public static final String OLD = word(1);

  /// What it is replaced by.
  public static final String NEW = word(2);

  private final SinkKind kind;
  private final Transport transport;
  private final ProviderContext context;

  /// @param environment variables, those of credentials too
  public SinkBench(SinkKind kind, Map<String, String> environment) throws TransportException {
    this.kind = kind;
    transport = new Transport(Map.of(), "stanch-test", Time.system(), new SplittableRandom(1));
    var http =
        new Http(
            transport,
            HostPolicy.of(kind.hosts(), List.of()),
            new Limiter(kind.limit(), new PatientTime()), // its pace is nobody's matter here
            HttpSettings.usual().withAttempts(1).withExchange(Duration.ofSeconds(20)));
    context =
        new ProviderContext(
            http,
            environment,
            variable ->
                Optional.ofNullable(environment.get(variable.name()))
                    .map(value -> new Secret(value.getBytes(UTF_8))),
            InstantSource.system());
  }

  private static String word(int seed) {
    var random = new SplittableRandom(seed);
    var word = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }

  /// A value without companions.
  public static Sink.Value value(String text) {
    return new Sink.Value(new Secret(text.getBytes(UTF_8)), List.of());
  }

  /// The sink of an address, as people write it.
  public Sink open(String address) {
    return kind.open(SinkAddress.parse(address, ""), context);
  }

  /// Looks for the old value, and for the new one where it is told.
  public static State look(Sink sink, @Nullable String fresh) throws InterruptedException {
    State state = sink.look(value(OLD), fresh == null ? null : value(fresh), PERMIT);
    silent(state.toString());
    return state;
  }

  /// Delivers the new value in the place of the old one.
  public static Delivery deliver(Sink sink, State seen) throws InterruptedException {
    Delivery delivery = sink.deliver(value(OLD), value(NEW), seen, PERMIT);
    silent(delivery.toString());
    return delivery;
  }

  /// What is said of a sink holds no value.
  private static void silent(String text) {
    assertThat(text).doesNotContain(OLD, NEW);
  }

  /// Whether a sink that holds something else names it.
  public static boolean names(State state, String text) {
    var key = new TokenKey(new byte[TokenKey.LENGTH]);
    return state instanceof State.HoldsOther(var values)
        && values.stream()
            .anyMatch(
                each -> each.idUnder(key).equals(new Secret(text.getBytes(UTF_8)).idUnder(key)));
  }

  @Override
  public void close() {
    transport.close();
  }
}
