package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Asks one provider, and believes it only as far as it shows itself: nothing is dead without a
/// control answer of the real provider within the minute, nothing is live where a made-up token is
/// accepted too. Thread-safe.
final class Prober {
  /// Shorter than the minute that a control answer is good for, by the time that a probe may take.
  private static final Duration CONTROL = Duration.ofSeconds(30);

  /// Time for another one, before the last does not hold any more.
  private static final Duration CONTROL_AGES = Duration.ofSeconds(15);

  private static final int CONTROL_ATTEMPTS = 2;

  private final Verifier verifier;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ReentrantLock controlLock = new ReentrantLock();
  private final Object trustLock = new Object();
  private volatile Shown shown = Shown.NOBODY;
  private @Nullable Boolean trusted;

  Prober(Verifier verifier, InstantSource clock, RandomGenerator random) {
    this.verifier = verifier;
    this.clock = clock;
    this.random = random;
  }

  /// The provider's verdict, as far as it can be believed.
  Verification ask(HeldFinding token) throws InterruptedException {
    Verification answer = withoutToken(verifier.verify(token, RevealPermit.grant("verify")), token);
    if (answer.live() && !trusted(token)) {
      return new Verification.Unknown(
          "its provider accepts a made-up token too", Verification.Retry.NEVER);
    }
    if (!answer.dead()) {
      return answer;
    }
    Optional<String> doubt = doubt();
    return doubt.isEmpty()
        ? answer
        : new Verification.Unknown("refused, but " + doubt.get(), Verification.Retry.LATER);
  }

  /// What was said without the token, which whoever answers may echo anywhere.
  private static Verification withoutToken(Verification said, HeldFinding token) {
    UnaryOperator<String> hide =
        text -> token.secret().replacedIn(text, token.finding().redacted());
    return switch (said) {
      case Verification.Live(var who) -> new Verification.Live(withoutToken(who, hide));
      case Verification.LiveRestricted(var who, var why) ->
          new Verification.LiveRestricted(withoutToken(who, hide), hide.apply(why));
      case Verification.LiveBlocked(var who, var why) ->
          new Verification.LiveBlocked(withoutToken(who, hide), hide.apply(why));
      case Verification.LiveNoCredit(var who) ->
          new Verification.LiveNoCredit(withoutToken(who, hide));
      case Verification.Dead(var why) -> new Verification.Dead(hide.apply(why));
      case Verification.DeadLeaked leaked -> leaked;
      case Verification.Unknown(var why, var retry) ->
          new Verification.Unknown(hide.apply(why), retry);
      case Verification.NotChecked(var why) -> new Verification.NotChecked(hide.apply(why));
    };
  }

  private static Identity withoutToken(Identity who, UnaryOperator<String> hide) {
    return new Identity(
        orNull(who.owner(), hide),
        orNull(who.tenant(), hide),
        orNull(who.keyId(), hide),
        who.scopes().stream().map(hide).toList(),
        who.createdAt(),
        who.expiresAt(),
        who.lastUsedAt());
  }

  private static @Nullable String orNull(@Nullable String text, UnaryOperator<String> hide) {
    return text == null ? null : hide.apply(text);
  }

  /// Tells the verifier what an earlier question showed.
  void remember(Subject planned) {
    if (planned.verdict().startsWith("live")) {
      verifier.acceptedBefore(planned.token());
    }
  }

  /// Why the other end may not be the provider; empty when it has just shown itself.
  Optional<String> doubt() throws InterruptedException {
    return switch (control()) {
      case Verifier.Control.Genuine _ -> Optional.empty();
      case Verifier.Control.Suspect(String reason) ->
          Optional.of("who answered is not the provider: " + reason);
      case Verifier.Control.NoAnswer(String reason) ->
          Optional.of("the provider did not show itself: " + reason);
    };
  }

  /// One asks; meanwhile the others go on with what still holds, or wait and take what comes.
  private Verifier.Control control() throws InterruptedException {
    Instant called = clock.instant();
    Shown before = shown;
    if (before.good() && before.at().plus(CONTROL_AGES).isAfter(called)) {
      return before.control();
    }
    if (!before.good() || !before.at().plus(CONTROL).isAfter(called)) {
      controlLock.lockInterruptibly();
    } else if (!controlLock.tryLock()) {
      return before.control();
    }
    try {
      Shown last = shown;
      Duration holds = last.good() ? CONTROL_AGES : Duration.ZERO;
      if (last.at().plus(holds).isAfter(called)) {
        return last.control();
      }
      Shown now = last;
      for (int i = 0; i < CONTROL_ATTEMPTS && (i == 0 || !now.good()); i++) {
        now = new Shown(verifier.control(), clock.instant());
      }
      shown = now;
      return now.control();
    } finally {
      controlLock.unlock();
    }
  }

  /// Who was at the other end, and when.
  private record Shown(Verifier.Control control, Instant at) {
    static final Shown NOBODY =
        new Shown(new Verifier.Control.NoAnswer("not asked"), Instant.EPOCH);

    boolean good() {
      return control instanceof Verifier.Control.Genuine;
    }
  }

  /// Tried once a run, with the first token that is said to be live.
  private boolean trusted(HeldFinding like) throws InterruptedException {
    synchronized (trustLock) {
      if (trusted == null) {
        HeldFinding madeUp =
            Lookalike.of(like, RevealPermit.grant("negative control"), random).orElse(null);
        if (madeUp == null) {
          return true;
        }
        try (madeUp) {
          trusted = !verifier.verify(madeUp, RevealPermit.grant("negative control")).live();
        }
      }
      return trusted;
    }
  }
}
