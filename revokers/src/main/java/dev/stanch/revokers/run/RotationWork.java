package dev.stanch.revokers.run;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the rotations of one provider share: the ways in which one comes into its next state or
/// stays where it is, and what halts all of them. Thread-safe.
///
/// Each part of a rotation answers whether to go on; [#later], [#refuse] and [#parked] answer
/// false, for the caller to hand on.
final class RotationWork {
  private static final Duration UNTOLD_PAUSE = Duration.ofMinutes(1);

  private final Work work;
  private final ProviderId provider;
  private final Brakes brakes = new Brakes(0);
  private volatile @Nullable Instant pauseUntil;

  RotationWork(Work work, ProviderId provider) {
    this.work = work;
    this.provider = provider;
  }

  Work work() {
    return work;
  }

  ProviderId provider() {
    return provider;
  }

  Brakes brakes() {
    return brakes;
  }

  /// Whether no rotation of this provider goes on in this run.
  boolean halted() {
    return brakes.pulled() || work.stop().requested() || pauseUntil != null;
  }

  /// Whether a call may be made for a rotation this moment: the journal says that it is still ours
  /// and nobody paused the incident.
  boolean mayCall(Renewal renewal) throws JournalException {
    return !halted() && work.incident().mayCall(work.holder(), List.of(renewal.number()));
  }

  StepStanding standing(int number) throws JournalException {
    return work.incident().standing().steps().get(number - 1);
  }

  /// Brings a rotation into its next state; false where another process holds it by now.
  boolean move(Renewal renewal, StepState next) throws JournalException {
    if (!work.move(List.of(renewal.to(next)))) {
      return false;
    }
    renewal.now(standing(renewal.number()));
    return true;
  }

  /// Tells people something about a rotation.
  void note(Renewal renewal, String text) throws JournalException {
    work.note(provider.value(), "step " + renewal.number() + ": " + text);
  }

  /// Leaves a rotation in its state for another run, and says why.
  boolean later(Renewal renewal, String why) throws JournalException {
    note(renewal, why);
    return false;
  }

  /// Nothing is done about it any more; where the old key ended first, a person is asked for what
  /// no call makes now.
  boolean refuse(Renewal renewal, String why) throws JournalException {
    StepState next =
        renewal.revoked().isPresent() ? new StepState.HandedOver(why) : new StepState.Refused(why);
    if (!next.equals(renewal.state())) {
      move(renewal, next);
    }
    return false;
  }

  /// Waits for a provider that takes no more calls, where it is not for long.
  ///
  /// @return whether the time passed
  boolean paused(Renewal renewal, @Nullable Instant until) throws InterruptedException {
    Duration wait = Duration.between(work.clock().instant(), told(until));
    boolean waits =
        wait.compareTo(work.settings().longestPause()) <= 0
            || work.settings().longPause() == RunSettings.LongPause.WAIT;
    renewal.mintedNothing();
    return waits && work.stop().sleep(wait);
  }

  private Instant told(@Nullable Instant until) {
    return until == null ? work.clock().instant().plus(UNTOLD_PAUSE) : until;
  }

  /// Leaves the rest for another run.
  boolean parked(Renewal renewal, @Nullable Instant until) throws JournalException {
    Instant told = told(until);
    pauseUntil = told;
    if (renewal.state().kind() == StepState.Kind.PLANNED) {
      move(renewal, new StepState.Parked(told, "the provider takes no more calls"));
    }
    work.note(provider.value(), "parked until " + told + ": the provider mints no more for now");
    return false;
  }
}
