package dev.stanch.revokers.provider.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.http.TransportException;
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
import dev.stanch.revokers.spi.ProviderContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// A client for somebody on loopback who plays AWS.
final class AwsBench implements AutoCloseable {
  private final Transport transport;

  AwsBench() throws TransportException {
    transport = new Transport(Map.of(), "stanch-test", Time.system(), new SplittableRandom(1));
  }

  Http http() {
    return new Http(
        transport,
        HostPolicy.of(Partition.hosts(), List.of()),
        new Limiter(new RateLimit(1000, Duration.ofSeconds(1), 8), Time.system()),
        HttpSettings.usual());
  }

  /// @param endpoints variables that point at it
  ProviderContext context(Map<String, String> endpoints, Optional<AccessKey> operator) {
    var environment = new HashMap<>(endpoints);
    operator.ifPresent(key -> environment.put("AWS_ACCESS_KEY_ID", key.id()));
    return new ProviderContext(
        http(),
        environment,
        variable ->
            operator
                .filter(_ -> variable.equals(AwsProvider.SECRET))
                .map(key -> new Secret(key.secret())),
        InstantSource.system());
  }

  static HeldFinding found(String id, String secret) {
    byte[] bytes = secret.getBytes(ISO_8859_1);
    var finding =
        new Finding(
            new RuleId("aws-access-key"),
            "aws-access-key",
            new ProviderId("aws"),
            Evidence.PREFIX,
            new TokenKey(new byte[TokenKey.LENGTH]).idOf(bytes, 0, bytes.length),
            "redacted",
            1,
            List.of(),
            Severity.HIGH,
            "",
            List.of(new Part("id", id)),
            List.of(
                new Place(
                    new Provenance.File("test", "test"), new Location(1, 1, 1, 2, 0), List.of())),
            Finding.Status.NEW);
    return new HeldFinding(finding, new Secret(bytes));
  }

  static HeldFinding found(AccessKey key) {
    return found(key.id(), new String(key.secret(), ISO_8859_1));
  }

  @Override
  public void close() {
    transport.close();
  }
}
