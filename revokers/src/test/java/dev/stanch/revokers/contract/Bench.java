package dev.stanch.revokers.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.http.TransportException;
import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.Fault;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Credentials;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A provider beside its fake, ready to be asked. Closing stops the fake.
final class Bench implements AutoCloseable {
  static final RevealPermit PERMIT = RevealPermit.grant("contract test");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration IMPATIENCE = Duration.ofMillis(100);

  private final Provider provider;
  private final FakeProvider fake;
  private final Map<String, String> environment;
  private final PatientTime time = new PatientTime();
  private final Transport transport;

  /// The one that every question goes to, as in a run.
  private @Nullable Verifier asked;

  /// @param environment base URLs that point at the fake
  Bench(Provider provider, FakeProvider fake, Map<String, String> environment)
      throws TransportException {
    this.provider = provider;
    this.fake = fake;
    this.environment = Map.copyOf(environment);
    this.transport = new Transport(Map.of(), "stanch-contract-test", time, new SplittableRandom(1));
  }

  Provider provider() {
    return provider;
  }

  FakeProvider fake() {
    return fake;
  }

  /// The credentials that the fake's contract gives the operator.
  private Map<String, String> operator() {
    var variables = new HashMap<String, String>();
    List<FakeKey> keys = fake.keys().stream().filter(key -> !key.variable().isEmpty()).toList();
    int next = 0;
    for (AdminVariable wanted : provider.adminVariables()) {
      Optional<FakeKey> named =
          keys.stream().filter(key -> key.variable().equals(wanted.name())).findFirst();
      if (named.isPresent()) {
        variables.put(wanted.name(), named.get().token());
      } else if (next < keys.size()) {
        variables.put(wanted.name(), keys.get(next).token());
      }
      next++;
    }
    return variables;
  }

  private ProviderContext context(Map<String, String> variables, Duration patience) {
    Credentials credentials =
        variable ->
            Optional.ofNullable(variables.get(variable.name()))
                .map(value -> new Secret(value.getBytes(ISO_8859_1)));
    var http =
        new Http(
            transport,
            HostPolicy.of(provider.hosts(), List.of()),
            new Limiter(provider.limit(), time),
            HttpSettings.usual().withAttempts(1).withExchange(patience));
    return new ProviderContext(http, environment, credentials, time::now);
  }

  Verifier verifier() {
    return provider.verifier(context(operator(), PATIENCE)).orElseThrow();
  }

  Revoker revoker() {
    return provider.revoker(context(operator(), PATIENCE)).orElseThrow();
  }

  /// A revoker for an operator without credentials.
  Revoker bareRevoker() {
    return provider.revoker(context(Map.of(), PATIENCE)).orElseThrow();
  }

  /// What replaces keys, where the provider has it.
  Optional<Rotator> rotator() {
    return provider.rotator(context(operator(), PATIENCE));
  }

  /// The same for an operator without credentials.
  Optional<Rotator> bareRotator() {
    return provider.rotator(context(Map.of(), PATIENCE));
  }

  Rotator.Mint mintDuring(Fault fault, FakeKey key, Target.Located where, String marker)
      throws InterruptedException {
    Rotator rotator = provider.rotator(context(operator(), patience(fault))).orElseThrow();
    fake.breakDown(fault);
    try {
      return rotator.mint(found(key), where, marker, PERMIT);
    } finally {
      fake.heal();
    }
  }

  Rotator.Orphan findDuring(Fault fault, FakeKey key, Target.Located where, String marker)
      throws InterruptedException {
    Rotator rotator = provider.rotator(context(operator(), patience(fault))).orElseThrow();
    fake.breakDown(fault);
    try {
      return rotator.find(found(key), where, marker, Set.of(), PERMIT);
    } finally {
      fake.heal();
    }
  }

  /// A new key as a run would ask about it.
  HeldFinding minted(FakeKey old, Rotator.Mint.Minted minted) {
    Finding like = found(old).finding();
    var parts = new HashMap<String, Part>();
    like.parts().forEach(part -> parts.put(part.name(), part));
    minted.parts().forEach(part -> parts.put(part.name(), part));
    return new HeldFinding(
        new Finding(
            like.rule(),
            like.ruleName(),
            like.provider(),
            like.evidence(),
            minted.secret().idUnder(new TokenKey(new byte[TokenKey.LENGTH])),
            "redacted",
            1,
            List.of(),
            like.severity(),
            "",
            List.copyOf(parts.values()),
            like.places(),
            like.status()),
        minted.secret());
  }

  Verification verify(HeldFinding token) throws InterruptedException {
    return verifier().verify(token, PERMIT);
  }

  private static Duration patience(Fault fault) {
    return switch (fault) {
      case SILENCE, DRIP -> IMPATIENCE;
      case SERVER_ERROR,
          RATE_LIMITED,
          RESET,
          ENDLESS,
          HEADERS,
          MALFORMED,
          REDIRECT,
          PORTAL,
          FORBIDDEN_PAGE,
          GATEWAY_PAGE,
          EMPTY,
          EMPTY_REFUSAL,
          EMPTY_ABSENCE,
          OTHER_JSON,
          OTHER_COMPLAINT,
          OTHER_REFUSAL,
          OTHER_PROHIBITION,
          OTHER_ABSENCE ->
          PATIENCE;
    };
  }

  /// The verdict while every answer is a fault.
  Verification verifyDuring(Fault fault, FakeKey key) throws InterruptedException {
    Verifier verifier = provider.verifier(context(operator(), patience(fault))).orElseThrow();
    fake.breakDown(fault);
    try {
      return verifier.verify(found(key), PERMIT);
    } finally {
      fake.heal();
    }
  }

  Verification verify(FakeKey key) throws InterruptedException {
    Verifier verifier = asked == null ? verifier() : asked;
    asked = verifier;
    return verifier.verify(found(key), PERMIT);
  }

  Target locate(FakeKey key) throws InterruptedException {
    return revoker().locate(found(key), PERMIT);
  }

  Target locateBare(FakeKey key) throws InterruptedException {
    return bareRevoker().locate(found(key), PERMIT);
  }

  Target locateDuring(Fault fault, FakeKey key) throws InterruptedException {
    Revoker revoker = provider.revoker(context(operator(), patience(fault))).orElseThrow();
    fake.breakDown(fault);
    try {
      return revoker.locate(found(key), PERMIT);
    } finally {
      fake.heal();
    }
  }

  Tenant tenant() throws InterruptedException {
    return revoker().tenant(PERMIT);
  }

  ActionResult act(Action action, FakeKey key, Target.Located where) throws InterruptedException {
    return revoker().act(action, List.of(new Revoker.Targeted(found(key), where)), PERMIT);
  }

  ActionResult actDuring(Fault fault, Action action, FakeKey key, Target.Located where)
      throws InterruptedException {
    Revoker revoker = provider.revoker(context(operator(), patience(fault))).orElseThrow();
    fake.breakDown(fault);
    try {
      return revoker.act(action, List.of(new Revoker.Targeted(found(key), where)), PERMIT);
    } finally {
      fake.heal();
    }
  }

  /// The key as a scan would have found it.
  HeldFinding found(FakeKey key) {
    byte[] bytes = key.token().getBytes(ISO_8859_1);
    String rule = key.rule().isEmpty() ? provider.id().value() + "-" + key.kind() : key.rule();
    var finding =
        new Finding(
            new RuleId(rule),
            rule,
            provider.id(),
            Evidence.PREFIX,
            new TokenKey(new byte[TokenKey.LENGTH]).idOf(bytes, 0, bytes.length),
            "redacted",
            1,
            List.of(),
            Severity.HIGH,
            "",
            key.parts().entrySet().stream()
                .map(part -> new Part(part.getKey(), part.getValue()))
                .toList(),
            List.of(
                new Place(
                    new Provenance.File("contract", "contract"),
                    new Location(1, 1, 1, 1 + bytes.length, 0),
                    List.of())),
            Finding.Status.NEW);
    return new HeldFinding(finding, new Secret(bytes));
  }

  @Override
  public void close() {
    transport.close();
    fake.close();
  }

  /// Makes a bench anew for each case.
  @FunctionalInterface
  interface Maker {
    Bench make() throws IOException, TransportException;
  }
}
