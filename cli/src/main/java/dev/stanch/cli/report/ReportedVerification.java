package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a provider said about a token, as reports show it.
///
/// @param verdict one of live, live-restricted, live-blocked, live-no-credit, dead, dead-leaked,
///   unknown, not-checked
/// @param detail why, in the verifier's words
public record ReportedVerification(
    String verdict,
    @Nullable String identity,
    List<String> scopes,
    @Nullable String detail,
    @Nullable Instant checkedAt,
    @Nullable String endpoint) {
  /// Nobody has asked.
  public static final ReportedVerification NOT_CHECKED =
      new ReportedVerification("not-checked", null, List.of(), null, null, null);

  public ReportedVerification {
    requireNonNull(verdict, "verdict");
    scopes = List.copyOf(scopes);
  }

  /// An answer that came at `now`, or why none was asked for.
  public static ReportedVerification of(Verification answer, Instant now) {
    Identity told = answer.told();
    return new ReportedVerification(
        answer.verdict(),
        told.ownerOrTenant().orElse(null),
        told.scopes(),
        answer.why().orElse(null),
        answer instanceof Verification.NotChecked ? null : now,
        null);
  }

  /// The answer that this was made of, as far as reports keep it.
  public Verification answer() {
    var told = new Identity(identity, null, null, scopes, null, null, null);
    String why = detail == null ? verdict : detail;
    return switch (verdict) {
      case "live" -> new Verification.Live(told);
      case "live-restricted" -> new Verification.LiveRestricted(told, why);
      case "live-blocked" -> new Verification.LiveBlocked(told, why);
      case "live-no-credit" -> new Verification.LiveNoCredit(told);
      case "dead" -> new Verification.Dead(why);
      case "dead-leaked" -> new Verification.DeadLeaked();
      case "unknown" -> new Verification.Unknown(why, Verification.Retry.NEVER);
      default -> new Verification.NotChecked(why);
    };
  }

  /// Whether the token works, as far as the provider says.
  boolean live() {
    return verdict.startsWith("live");
  }

  /// Whether the provider was asked.
  boolean checked() {
    return !verdict.equals(NOT_CHECKED.verdict);
  }

  /// All of it in one line, for people.
  String text() {
    var text = new StringBuilder(verdict);
    if (identity != null) {
      text.append(", belongs to ").append(identity);
    }
    if (!scopes.isEmpty()) {
      text.append(", may ").append(String.join(", ", scopes));
    }
    if (detail != null) {
      text.append(": ").append(detail);
    }
    return text.toString();
  }
}
