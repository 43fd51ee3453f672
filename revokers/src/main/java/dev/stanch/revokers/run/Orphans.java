package dev.stanch.revokers.run;

import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds and ends orphans: keys that were minted and whose values are lost, because the run died or
/// the answer never came. No other key is minted before an orphan is ended, or else, where keys are
/// replaced in place, what the next mint replaces: a live key would be left that nobody holds.
final class Orphans {
  private final RotationWork shared;
  private final Work work;
  private final Optional<Rotator> rotator;
  private final Prober prober;
  private final Minter minter;

  Orphans(RotationWork shared, Optional<Rotator> rotator, Prober prober, Minter minter) {
    this.shared = shared;
    this.work = shared.work();
    this.rotator = rotator;
    this.prober = prober;
    this.minter = minter;
  }

  /// A mint of which nobody knows how it ended: the provider's listing says it.
  boolean lost(Renewal renewal, StepState.Minting minting)
      throws InterruptedException, JournalException {
    if (rotator.isEmpty()) {
      shared.note(renewal, "nothing here lists its provider's keys");
      return false;
    }
    Duration settled =
        Duration.between(work.clock().instant(), renewal.since().plus(rotator.get().settling()));
    if (settled.isPositive() && !work.stop().sleep(settled)) {
      return false;
    }
    return switch (lostKey(renewal, minting)) {
      case Rotator.Orphan.None _ -> {
        if (renewal.step().inPlace()) {
          yield replacedUnseen(renewal, minting);
        }
        yield minting.replaces().isEmpty()
            ? shared.move(renewal, renewal.unminted())
            : minter.mintAnew(renewal, renewal.key(minting.replaces()));
      }
      case Rotator.Orphan.One(Target.Located key) ->
          renewal.step().inPlace()
              ? minter.mintAnew(renewal, key)
              : discarded(renewal, key)
                  && gone(renewal, minting)
                  && shared.move(renewal, renewal.unminted());
      case Rotator.Orphan.Doubtful(List<String> keys, String reason) -> {
        shared.note(
            renewal,
            "a person decides which key is the lost one, and ends it: "
                + String.join(", ", keys)
                + ": "
                + reason);
        yield false;
      }
      case Rotator.Orphan.Unclear(String reason) -> {
        shared.note(renewal, "whether a key was minted is not told: " + reason);
        yield false;
      }
    };
  }

  /// Which key a lost mint made. None that another step minted meanwhile, of which the listing
  /// before the mint knew nothing.
  private Rotator.Orphan lostKey(Renewal renewal, StepState.Minting minting)
      throws InterruptedException, JournalException {
    var known = new TreeSet<>(minting.before());
    known.addAll(minter.others(renewal));
    return rotator
        .orElseThrow()
        .find(
            renewal.old(),
            renewal.key(),
            minting.marker(),
            known,
            RevealPermit.grant("find a lost key"));
  }

  /// No new key is listed. Where the old one lives on, none was made; where it is dead and still
  /// listed, keys keep their ids at this provider, and it is its new value that was lost.
  private boolean replacedUnseen(Renewal renewal, StepState.Minting minting)
      throws InterruptedException, JournalException {
    Target.Located key =
        minting.replaces().isEmpty() ? renewal.key() : renewal.key(minting.replaces());
    if (minting.replaces().isEmpty()) {
      Verification now = prober.ask(renewal.old());
      if (now.live()) {
        return shared.move(renewal, renewal.unminted());
      }
      if (!now.dead()) {
        return shared.later(renewal, "whether a key was minted is not told: " + now.verdict());
      }
    }
    return switch (rotator
        .orElseThrow()
        .keys(renewal.old(), key, RevealPermit.grant("list keys"))) {
      case Rotator.Keys.Listed(Set<String> ids) ->
          ids.contains(key.keyId())
              ? minter.mintAnew(renewal, key)
              : shared.later(renewal, "the old key is dead, and no new one is listed yet");
      case Rotator.Keys.Unclear(String reason) ->
          shared.later(renewal, "whether a key was minted is not told: " + reason);
    };
  }

  /// Whether the listing holds the lost key no more.
  private boolean gone(Renewal renewal, StepState.Minting minting)
      throws InterruptedException, JournalException {
    Instant latest = work.clock().instant().plus(rotator.orElseThrow().settling());
    while (true) {
      if (lostKey(renewal, minting) instanceof Rotator.Orphan.None) {
        return true;
      }
      if (!work.clock().instant().isBefore(latest) || !work.stop().sleep(Duration.ofMillis(500))) {
        shared.note(renewal, "a lost key was ended and is still listed");
        return false;
      }
    }
  }

  /// Ends a key whose value is lost.
  ///
  /// @return whether it ended
  boolean discarded(Renewal renewal, Target.Located key)
      throws InterruptedException, JournalException {
    if (!shared.mayCall(renewal)) {
      return false;
    }
    ActionResult result =
        work.uncut(
            () ->
                rotator
                    .orElseThrow()
                    .discard(renewal.old(), key, RevealPermit.grant("end a lost key")));
    return switch (result) {
      case ActionResult.Accepted _, ActionResult.AlreadyDone _ -> {
        shared.note(renewal, "ended a key whose value was lost: " + key.keyId());
        yield true;
      }
      case ActionResult.Refused(String reason) -> undiscarded(renewal, key, reason);
      case ActionResult.Unclear(String reason) -> undiscarded(renewal, key, reason);
      case ActionResult.Limited(Instant until) ->
          shared.paused(renewal, until) && discarded(renewal, key) || shared.parked(renewal, until);
    };
  }

  private boolean undiscarded(Renewal renewal, Target.Located key, String why)
      throws JournalException {
    shared.note(renewal, "a key whose value was lost is not ended: " + key.keyId() + ": " + why);
    return false;
  }
}
