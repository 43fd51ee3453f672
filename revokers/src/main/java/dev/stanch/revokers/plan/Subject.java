package dev.stanch.revokers.plan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The token that a step is about, and what was known of it when the plan was made. Holds no token
/// text.
///
/// @param rule the rule that found it
/// @param verdict what its provider says, as reports name it
/// @param detail why, in the verifier's words
/// @param identity what the provider told
/// @param places everywhere it stands: who uses it
/// @param due what a policy has against it; empty where none was asked
/// @param advice the replacement to create, where somebody knows one
public record Subject(
    TokenId token,
    String rule,
    ProviderId provider,
    String redacted,
    Severity severity,
    Group group,
    String verdict,
    @Nullable String detail,
    Identity identity,
    List<Place> places,
    List<String> due,
    @Nullable Advice advice) {
  public Subject {
    requireNonNull(token, "token");
    requireNonNull(rule, "rule");
    requireNonNull(provider, "provider");
    requireNonNull(redacted, "redacted");
    requireNonNull(severity, "severity");
    requireNonNull(group, "group");
    requireNonNull(verdict, "verdict");
    requireNonNull(identity, "identity");
    places = List.copyOf(places);
    due = List.copyOf(due);
  }

  /// Its owner, or what comes nearest to one, in words.
  public String owner() {
    return identity.ownerOrTenant().orElse("untold");
  }

  /// Since when somebody could have read it, as far as its places tell.
  public Optional<Instant> exposedSince() {
    return places.stream()
        .map(Place::provenance)
        .<Instant>mapMulti(
            (provenance, out) -> {
              switch (provenance) {
                case Provenance.Git git when git.date() != null -> out.accept(git.date());
                case Provenance.GitMessage git when git.date() != null -> out.accept(git.date());
                case Provenance.Git _,
                    Provenance.GitMessage _,
                    Provenance.GitConfig _,
                    Provenance.File _,
                    Provenance.Stream _,
                    Provenance.Layer _,
                    Provenance.Setting _,
                    Provenance.Elsewhere _ -> {}
              }
            })
        .min(Instant::compareTo);
  }
}
