package dev.stanch.revokers.plan;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Guidance;
import dev.stanch.revokers.spi.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Findings and capabilities to plan with.
public final class Samples {
  /// When everything happens.
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /// When the tokens came into the history.
  static final Instant LEAKED = Instant.parse("2026-02-01T00:00:00Z");

  /// The user's key.
  public static final TokenKey KEY = new TokenKey(new byte[TokenKey.LENGTH]);

  private Samples() {}

  /// The text of the token of a number: shaped like one, and nobody's.
  public static String text(int number) {
    return "tok" + "_" + "abcdefghijklmnopqrstu%06d".formatted(number);
  }

  /// A found token.
  public static HeldFinding held(String provider, int number) {
    byte[] bytes = text(number).getBytes(StandardCharsets.US_ASCII);
    return new HeldFinding(
        new Finding(
            new RuleId(provider + "-token"),
            "Token",
            new ProviderId(provider),
            Evidence.PREFIX,
            KEY.idOf(bytes, 0, bytes.length),
            "tok_…" + number,
            0.99,
            List.of("prefix"),
            Severity.HIGH,
            "acts as its owner",
            List.of(),
            List.of(
                new Place(
                    new Provenance.Git(
                        "file:///repository/", "app.env", "b10b", "c0ffee", "Ann", LEAKED, true),
                    new Location(number + 1, 1, number + 1, 30, number),
                    List.of())),
            Finding.Status.NEW),
        new Secret(bytes));
  }

  /// A provider that revokes by value.
  static Planner.Capabilities byValue(int batch) {
    return new Planner.Capabilities(
        Set.of(Action.REVOKE), batch, new Tenant.None(), Optional.empty(), guidance());
  }

  /// One that switches keys off and on for a tenant.
  static Planner.Capabilities byKey(Tenant tenant) {
    return new Planner.Capabilities(
        Set.of(Action.DISABLE, Action.ENABLE, Action.REVOKE),
        1,
        tenant,
        Optional.empty(),
        guidance());
  }

  private static Optional<Guidance> guidance() {
    return Optional.of(
        new Guidance("https://example.com/tokens", List.of("delete it"), "the token's owner"));
  }

  /// Capabilities of one provider.
  static Map<String, Planner.Capabilities> only(String provider, Planner.Capabilities can) {
    var map = new HashMap<String, Planner.Capabilities>();
    map.put(provider, can);
    return map;
  }
}
