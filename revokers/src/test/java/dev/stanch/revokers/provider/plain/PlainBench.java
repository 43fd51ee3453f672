package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.revokers.contract.PatientTime;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// Plain providers beside their fakes, for tests that need more than the contract.
final class PlainBench {
  private PlainBench() {}

  static Revoker revoker(FakeProvider fake, Transport transport, Map<String, String> admin) {
    return provider(fake).revoker(context(fake, transport, admin)).orElseThrow();
  }

  static Provider provider(FakeProvider fake) {
    return new PlainProviders().find(new ProviderId(fake.id())).orElseThrow();
  }

  static ProviderContext context(
      FakeProvider fake, Transport transport, Map<String, String> admin) {
    Provider provider = provider(fake);
    var http =
        new Http(
            transport,
            HostPolicy.of(provider.hosts(), List.of()),
            new Limiter(provider.limit(), new PatientTime()), // its pace is nobody's matter here
            HttpSettings.usual().withAttempts(1));
    return new ProviderContext(
        http,
        PlainProvidersTest.environment(fake.id(), fake),
        variable ->
            Optional.ofNullable(admin.get(variable.name()))
                .map(value -> new Secret(value.getBytes(ISO_8859_1))),
        InstantSource.system());
  }

  static Transport transport() throws Exception {
    return new Transport(Map.of(), "test", Time.system(), new SplittableRandom(1));
  }

  /// The key as a scan would have found it.
  static HeldFinding found(FakeProvider fake, FakeKey key) {
    return found(fake.id(), key.rule(), key.token(), key.parts());
  }

  static HeldFinding found(String provider, String rule, String token, Map<String, String> parts) {
    byte[] bytes = token.getBytes(ISO_8859_1);
    return new HeldFinding(
        new Finding(
            new RuleId(rule),
            rule,
            new ProviderId(provider),
            Evidence.PREFIX,
            new TokenKey(new byte[TokenKey.LENGTH]).idOf(bytes, 0, bytes.length),
            "redacted",
            1,
            List.of(),
            Severity.HIGH,
            "",
            parts.entrySet().stream()
                .map(part -> new Part(part.getKey(), part.getValue()))
                .toList(),
            List.of(
                new Place(
                    new Provenance.File("test", "test"), new Location(1, 1, 1, 2, 0), List.of())),
            Finding.Status.NEW),
        new Secret(bytes));
  }
}
