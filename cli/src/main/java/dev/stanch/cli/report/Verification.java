package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a provider said about a token, as reports show it.
///
/// @param verdict one of live, live-restricted, live-blocked, live-no-credit, dead, dead-leaked,
///   unknown, not-checked
public record Verification(
    String verdict,
    @Nullable String identity,
    List<String> scopes,
    @Nullable Instant checkedAt,
    @Nullable String endpoint) {
  /// Nobody has asked.
  public static final Verification NOT_CHECKED =
      new Verification("not-checked", null, List.of(), null, null);

  public Verification {
    requireNonNull(verdict, "verdict");
    scopes = List.copyOf(scopes);
  }

  /// Whether the token works, as far as the provider says.
  boolean live() {
    return verdict.startsWith("live");
  }

  /// Whether the provider was asked.
  boolean checked() {
    return !verdict.equals(NOT_CHECKED.verdict);
  }
}
