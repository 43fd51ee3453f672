package dev.stanch.revokers.plan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.TokenId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// What would be done, in which order. Printable, hashable; holds no token.
///
/// @param acting whom our own credentials act for, by provider
/// @param warnings what whoever agrees to it must know first
/// @param choices the keys that a person must choose from before more can be done
public record Plan(
    Instant createdAt,
    List<Acting> acting,
    List<String> warnings,
    List<Step> steps,
    List<Choice> choices) {
  /// How long what a plan says may be believed.
  public static final Duration VALID = Duration.ofMinutes(60);

  public Plan {
    requireNonNull(createdAt, "createdAt");
    acting = List.copyOf(acting);
    warnings = List.copyOf(warnings);
    steps = List.copyOf(steps);
    choices = List.copyOf(choices);
  }

  /// Tokens of which nothing tells which of the keys each is, if any.
  ///
  /// @param tokens those that have the same keys to choose from
  public record Choice(List<TokenId> tokens, List<ListedKey> keys) {
    public Choice {
      tokens = List.copyOf(tokens);
      keys = List.copyOf(keys);
    }
  }

  /// The keys that may be a token; none where nobody has to choose.
  public List<ListedKey> keys(TokenId token) {
    return choices.stream()
        .filter(choice -> choice.tokens().contains(token))
        .findFirst()
        .map(Choice::keys)
        .orElse(List.of());
  }

  /// Whom the operator's credential for a provider acts for.
  ///
  /// @param tenant the account's id, or empty where there is none or nobody told
  /// @param text the same for people
  public record Acting(String provider, String tenant, String text) {
    public Acting {
      requireNonNull(provider, "provider");
      requireNonNull(tenant, "tenant");
      requireNonNull(text, "text");
    }
  }

  /// The calls that end tokens, those at the end of rotations too.
  public List<Step.Act> acts() {
    return steps.stream().flatMap(step -> step.act().stream()).toList();
  }

  /// Whether it is too old, or from the future, at `now`.
  public boolean expired(Instant now) {
    return now.isAfter(createdAt.plus(VALID)) || createdAt.isAfter(now.plusSeconds(60));
  }

  /// A name for exactly this plan, of exactly this time: whoever agreed to it agreed to this.
  public String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(PlanJson.line(this).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
