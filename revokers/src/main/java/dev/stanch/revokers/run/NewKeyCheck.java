package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Replacement;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether a new key is what it has to be before a sink gets it: accepted, and its owner's. One
/// that a person made must also be no token that this incident knows, and may do no more than was
/// advised.
final class NewKeyCheck {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Work work;
  private final ProviderId provider;
  private final Prober prober;
  private final Duration propagation;
  private final Providers providers;

  /// @param propagation how long a new key may be unknown to its provider
  NewKeyCheck(
      Work work, ProviderId provider, Prober prober, Duration propagation, Providers providers) {
    this.work = work;
    this.provider = provider;
    this.prober = prober;
    this.propagation = propagation;
    this.providers = providers;
  }

  /// Why a new key is not what it should be; empty where it is live and its owner's.
  String doubt(Renewal renewal, HeldFinding fresh) throws InterruptedException {
    Instant latest = work.clock().instant().plus(propagation);
    while (true) {
      Verification now = prober.ask(fresh);
      if (now.live()) {
        return stranger(renewal.step().subject().identity(), now.told());
      }
      if (!work.clock().instant().isBefore(latest) || !work.stop().sleep(POLL)) {
        return "the new key is not accepted: " + now.why().orElse(now.verdict());
      }
    }
  }

  /// What a value is that a person made.
  sealed interface Supplied {
    /// What was asked for.
    record Right(Replacement made) implements Supplied {}

    /// Something else.
    record Wrong(String why) implements Supplied {}
  }

  /// Looks at a value that a person made.
  Supplied supplied(Renewal renewal, HeldFinding value)
      throws InterruptedException, JournalException {
    if (value.secret().sameAs(renewal.old().secret())) {
      return new Supplied.Wrong("it is the old value");
    }
    String taken = taken(renewal, value);
    if (!taken.isEmpty()) {
      return new Supplied.Wrong(taken);
    }
    Verification now = prober.ask(value);
    if (!now.live()) {
      return new Supplied.Wrong("it is not accepted: " + now.why().orElse(now.verdict()));
    }
    Subject subject = renewal.step().subject();
    Identity told = now.told();
    String stranger = stranger(subject.identity(), told);
    if (!stranger.isEmpty()) {
      return new Supplied.Wrong(stranger);
    }
    List<String> more = providers.beyond(provider, allowed(subject), told.scopes());
    if (!more.isEmpty()) {
      return new Supplied.Wrong("it may do more than was advised: " + String.join(", ", more));
    }
    return new Supplied.Right(
        new Replacement(
            told.keyId() == null ? "" : told.keyId(),
            value.secret().idUnder(work.incident().key()),
            value.finding().parts(),
            told.scopes(),
            told.expiresAt()));
  }

  /// What a value is to another step of this incident: a token that leaked too, or one that takes
  /// the place of another already, which would tie two of them together. Empty where nothing.
  private String taken(Renewal renewal, HeldFinding value) throws JournalException {
    TokenId id = value.secret().idUnder(work.incident().key());
    for (StepStanding step : work.incident().standing().steps()) {
      Replacement made = step.replacement();
      if (step.number() == renewal.number()) {
        continue;
      }
      if (id.equals(step.token())) {
        return "it is the token of step " + step.number() + ", which leaked too";
      }
      if (made != null && id.equals(made.token())) {
        return "it replaces the token of step " + step.number() + " already";
      }
    }
    return "";
  }

  /// What a replacement may do: what was advised, and what the old token may where nobody can tell
  /// all that is needed. On which resources is not compared: providers name them in other ways.
  private static Set<String> allowed(Subject subject) {
    var allowed = new TreeSet<>(subject.identity().scopes());
    Advice advice = subject.advice();
    if (advice != null && !advice.permissions().isEmpty()) {
      if (advice.unclear().isEmpty()) {
        allowed.clear();
      }
      advice.permissions().forEach(permission -> allowed.add(permission.name()));
    }
    return allowed;
  }

  private static String stranger(Identity planned, Identity told) {
    boolean other =
        differ(planned.owner(), told.owner()) || differ(planned.tenant(), told.tenant());
    return other ? "the new key is another owner's: " + told.ownerOrTenant().orElse("") : "";
  }

  private static boolean differ(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !one.equals(other);
  }
}
