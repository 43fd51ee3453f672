package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Replacement;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Rotator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Brings a new key into use in place of the old one: proves it to be live, delivers it to every
/// sink, has it taken into use and verifies it once more. Only then may the old key go.
///
/// The new value is in memory alone until a sink has it. Where a run died in between, it is taken
/// back from a sink, or the key is ended and another one minted.
final class Cutover {
  private final RotationWork shared;
  private final Work work;
  private final Optional<Rotator> rotator;
  private final Deliveries deliveries;
  private final NewKeyCheck check;
  private final InHand tokens;
  private final Minter minter;
  private final Orphans orphans;

  Cutover(
      RotationWork shared,
      Optional<Rotator> rotator,
      Deliveries deliveries,
      NewKeyCheck check,
      InHand tokens,
      Minter minter,
      Orphans orphans) {
    this.shared = shared;
    this.work = shared.work();
    this.rotator = rotator;
    this.deliveries = deliveries;
    this.check = check;
    this.tokens = tokens;
    this.minter = minter;
    this.orphans = orphans;
  }

  /// From a new key to one that is in use; what is lost of it is ended, and minted anew.
  boolean onward(Renewal renewal, Replacement made) throws InterruptedException, JournalException {
    if (complete(renewal)) {
      return activated(renewal, made);
    }
    return renewal.fresh().isPresent() || recovered(renewal, made)
        ? delivered(renewal, made)
        : anew(renewal, made);
  }

  /// Whether every sink has the new value: what is left to do does not need it.
  private static boolean complete(Renewal renewal) {
    return renewal.state() instanceof StepState.Delivered(_, var delivered)
        && renewal.step().sinks().stream()
            .allMatch(sink -> delivered.containsKey(sink.address().text()));
  }

  private boolean recovered(Renewal renewal, Replacement made) throws InterruptedException {
    HeldFinding read = tokens.known().get(made.token());
    Optional<Secret> value =
        read == null
            ? deliveries.takeBack(renewal, made)
            : Optional.of(read.secret().reveal(RevealPermit.grant("take back"), Secret::new));
    value.ifPresent(taken -> renewal.take(taken, made));
    return value.isPresent();
  }

  private boolean anew(Renewal renewal, Replacement made)
      throws InterruptedException, JournalException {
    if (!settled(renewal)) {
      return false;
    }
    if (renewal.byPerson()) {
      return shared.move(
          renewal,
          new StepState.HandedOver("the new value was lost with a run that died: supply it"));
    }
    return switch (renewal.step().minting()) {
      case Step.Minting.ByPerson _ -> false; // said above
      case Step.Minting.ByCall(Rotator.Manner manner, _) -> {
        if (rotator.isEmpty()) {
          yield shared.later(renewal, "nothing here mints at its provider");
        }
        yield switch (manner) {
          case CREATE ->
              orphans.discarded(renewal, renewal.key(made.keyId()))
                  && minter.mintAnew(renewal, renewal.key());
          case IN_PLACE -> minter.mintAnew(renewal, renewal.key(made.keyId()));
        };
      }
    };
  }

  /// Whether every sink can take another new value. From then on none counts as delivered: the key
  /// whose value they may hold is about to end.
  private boolean settled(Renewal renewal) throws InterruptedException, JournalException {
    var moves = new ArrayList<JournalEntry.Moved>();
    if (renewal.state() instanceof StepState.Delivering delivering) {
      Optional<StepState.Delivered> after = deliveries.settle(renewal, delivering);
      if (after.isEmpty()) {
        return shared.later(renewal, "somebody wrote " + delivering.sink());
      }
      moves.add(renewal.to(after.get()));
    }
    if (!(renewal.state() instanceof StepState.Minted)) {
      Replacement lost = renewal.state().replacement().orElseThrow();
      moves.add(renewal.to(new StepState.Delivered(lost, Collections.emptySortedMap())));
      if (!work.move(moves)) {
        return false;
      }
      renewal.now(shared.standing(renewal.number()));
    }
    return switch (deliveries.rehearse(renewal)) {
      case Deliveries.Ready.Yes _ -> true;
      case Deliveries.Ready.No(String why) -> shared.later(renewal, why);
      case Deliveries.Ready.Later(String why) -> shared.later(renewal, why);
    };
  }

  /// Delivers the new value to every sink that lacks it, once it is proven to be live, and has it
  /// taken into use.
  private boolean delivered(Renewal renewal, Replacement made)
      throws InterruptedException, JournalException {
    HeldFinding fresh = renewal.fresh().orElseThrow();
    String doubt = check.doubt(renewal, fresh);
    if (!doubt.isEmpty()) {
      shared.brakes().unexpected(doubt);
      return shared.later(renewal, doubt);
    }
    var done = new TreeMap<String, String>();
    if (renewal.state() instanceof StepState.Delivered(_, var before)) {
      done.putAll(before);
    } else if (renewal.state() instanceof StepState.Delivering(_, var before, _)) {
      done.putAll(before);
    }
    for (Step.PlannedSink sink : renewal.step().sinks()) {
      String address = sink.address().text();
      if (done.containsKey(address)) {
        continue;
      }
      boolean begun =
          renewal.state() instanceof StepState.Delivering(_, _, String written)
              && written.equals(address);
      if (!shared.mayCall(renewal)
          || !begun && !shared.move(renewal, new StepState.Delivering(made, done, address))) {
        return false;
      }
      switch (deliveries.deliver(renewal, sink)) {
        case Deliveries.Result.Has(String at) -> {
          done.put(address, at);
          if (!shared.move(renewal, new StepState.Delivered(made, done))) {
            return false;
          }
        }
        case Deliveries.Result.Lacks(String why) -> {
          shared.move(renewal, new StepState.Delivered(made, done));
          return shared.later(renewal, address + ": " + why);
        }
        case Deliveries.Result.Busy(Instant until) -> {
          shared.move(renewal, new StepState.Delivered(made, done));
          return shared.later(
              renewal,
              address
                  + ": it takes no more calls for now"
                  + (until == null ? "" : ", until " + until));
        }
        case Deliveries.Result.Unknown(String why) -> {
          return shared.later(renewal, address + ": " + why);
        }
      }
    }
    return activated(renewal, made);
  }

  private boolean activated(Renewal renewal, Replacement made)
      throws InterruptedException, JournalException {
    if (!shared.mayCall(renewal)) {
      return false;
    }
    List<String> left = deliveries.activate(renewal);
    return left.isEmpty()
        ? shared.move(renewal, new StepState.Activated(made, work.clock().instant()))
        : shared.later(renewal, String.join("; ", left));
  }

  /// Asks about the new key once more, now that it is in use. Where no sink can be read and the
  /// value is gone, what was asked before the delivery holds.
  boolean verified(Renewal renewal, Replacement made, Instant activated)
      throws InterruptedException, JournalException {
    if (renewal.fresh().isPresent() || recovered(renewal, made)) {
      String doubt = check.doubt(renewal, renewal.fresh().orElseThrow());
      if (!doubt.isEmpty()) {
        shared.brakes().unexpected(doubt);
        return shared.later(renewal, doubt);
      }
    } else if (!deliveries.unreadable(renewal)) {
      return shared.later(renewal, "a sink does not hold the new value any more");
    }
    var moves = new ArrayList<JournalEntry.Moved>();
    moves.add(renewal.to(new StepState.Verified(made, activated, work.clock().instant())));
    if (renewal.step().inPlace()) {
      // The old key died while the new one was minted: that is left to prove. One move, so that no
      // run finds the step where its old key would be called off.
      moves.add(
          renewal.to(
              new StepState.Called(
                  UUID.randomUUID().toString(), Action.REVOKE, "replaced in place", 1)));
    }
    renewal.revoked().ifPresent(first -> moves.add(renewal.to(first.end())));
    work.move(moves);
    return false;
  }
}
