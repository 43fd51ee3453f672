package dev.stanch.revokers.run;

import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Replacement;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Has new keys made at one provider, by a call or by a person. Before a call the intent is
/// durable, and with it the ids of the keys that are there: of what a later listing holds besides,
/// one may be the key of a mint whose answer was lost.
final class Minter {
  /// Mints of one step in one run: each after the key of the one before was ended.
  private static final int MINTS = 3;

  /// Digits that tell the keys of one step apart.
  private static final int RANDOM = 8;

  private final RotationWork shared;
  private final Work work;
  private final Optional<Rotator> rotator;
  private final Deliveries deliveries;

  Minter(RotationWork shared, Optional<Rotator> rotator, Deliveries deliveries) {
    this.shared = shared;
    this.work = shared.work();
    this.rotator = rotator;
    this.deliveries = deliveries;
  }

  /// Has a new key made by whoever can.
  boolean replaced(Renewal renewal) throws InterruptedException, JournalException {
    return switch (renewal.step().minting()) {
      case Step.Minting.ByPerson(String why) -> shared.move(renewal, new StepState.HandedOver(why));
      case Step.Minting.ByCall(Rotator.Manner manner, _) ->
          offered(renewal, manner) && rehearsed(renewal) && mintAnew(renewal, renewal.key());
    };
  }

  private boolean offered(Renewal renewal, Rotator.Manner manner)
      throws InterruptedException, JournalException {
    if (rotator.isEmpty()) {
      return shared.refuse(renewal, "nothing here mints at its provider");
    }
    return switch (rotator.get().offer(renewal.old(), renewal.key(), RevealPermit.grant("offer"))) {
      case Rotator.Offer.Possible(Rotator.Manner now, _, List<String> collateral) ->
          now == manner && renewal.step().revocation().collateral().containsAll(collateral)
              || shared.refuse(renewal, "it would be replaced in another way than planned");
      case Rotator.Offer.ByHand(String reason) -> shared.refuse(renewal, reason);
      case Rotator.Offer.NeedsCredential(var variable) ->
          shared.refuse(renewal, Planner.missing(variable));
      case Rotator.Offer.Unclear(String reason) -> {
        shared.note(renewal, "nothing was minted: " + reason);
        yield false;
      }
    };
  }

  /// Whether every sink is as planned, before anything is minted.
  private boolean rehearsed(Renewal renewal) throws InterruptedException, JournalException {
    return switch (deliveries.rehearse(renewal)) {
      case Deliveries.Ready.Yes _ -> true;
      case Deliveries.Ready.No(String why) when renewal.revoked().isPresent() ->
          shared.later(renewal, "nothing was minted: " + why);
      case Deliveries.Ready.No(String why) -> shared.refuse(renewal, why);
      case Deliveries.Ready.Later(String why) ->
          shared.later(renewal, "nothing was minted: " + why);
    };
  }

  /// Mints once: the listing and the intent are durable before the call.
  ///
  /// @param key what is replaced: the old key, or in place the one that a lost call made
  /// @return whether to go on
  boolean mintAnew(Renewal renewal, Target.Located key)
      throws InterruptedException, JournalException {
    Rotator maker = rotator.orElseThrow();
    Set<String> before;
    switch (maker.keys(renewal.old(), renewal.key(), RevealPermit.grant("list keys"))) {
      case Rotator.Keys.Listed(Set<String> ids) -> before = new TreeSet<>(ids);
      case Rotator.Keys.Unclear(String reason) -> {
        shared.note(renewal, "nothing was minted: its keys are not listed: " + reason);
        return false;
      }
    }
    before.addAll(others(renewal));
    // What dies while it is replaced is dead by then; at some providers the new key has its id.
    boolean again = renewal.step().inPlace() && renewal.state().kind() != StepState.Kind.PLANNED;
    String marker =
        "stanch-"
            + work.incident().id()
            + "-"
            + renewal.number()
            + "-"
            + UUID.randomUUID().toString().substring(0, RANDOM);
    if (!renewal.mayMint(MINTS)) {
      shared.note(
          renewal,
          "minted " + MINTS + " times, and each time the new key was lost: resume mints again");
      return false;
    }
    if (!shared.mayCall(renewal)
        || !shared.move(renewal, new StepState.Minting(marker, before, again ? key.keyId() : ""))) {
      return false;
    }
    Optional<Integer> other = minting(renewal);
    if (other.isPresent()) {
      shared.note(
          renewal,
          "waits for step "
              + other.get()
              + ", which mints for the same owner: which new key is whose could not be told");
      if (!again) {
        shared.move(renewal, renewal.unminted()); // nothing was sent
      }
      return false;
    }
    if (!shared.mayCall(renewal)) {
      // Nothing was sent; whoever finds it looks anyway.
      return false;
    }
    Rotator.Mint mint =
        work.uncut(() -> maker.mint(renewal.old(), key, marker, RevealPermit.grant("mint")));
    return switch (mint) {
      case Rotator.Mint.Minted minted -> minted(renewal, minted);
      case Rotator.Mint.Refused(String reason) -> {
        shared.brakes().unexpected(reason);
        yield again
            ? shared.later(renewal, "the lost key is not replaced: " + reason)
            : shared.refuse(renewal, "the provider refused to mint: " + reason);
      }
      case Rotator.Mint.Limited(Instant until) -> {
        boolean waits = shared.paused(renewal, until);
        // A key that was lost stays the one to replace.
        yield (again || shared.move(renewal, renewal.unminted())) && waits
            || shared.parked(renewal, until);
      }
      case Rotator.Mint.NotMade(String reason) when renewal.revoked().isPresent() ->
          shared.refuse(renewal, "no call makes it any more: " + reason);
      case Rotator.Mint.NotMade(String reason) -> {
        shared.note(renewal, "nothing was minted: " + reason);
        renewal.mintedNothing();
        if (!again) {
          shared.move(renewal, renewal.unminted());
        }
        yield false;
      }
      case Rotator.Mint.Unclear(String reason) -> { // the state is still Minting: it is looked for
        shared.note(renewal, "whether a key was minted is not told: " + reason);
        yield true;
      }
    };
  }

  /// Another step that may have a key of the same owner on its way, from this process or another
  /// one. Whoever asks is in the same state already, so that of two at least one sees the other.
  private Optional<Integer> minting(Renewal renewal) throws JournalException {
    String owner = renewal.step().subject().owner();
    return work.incident().standing().steps().stream()
        .filter(step -> step.state().kind() == StepState.Kind.MINTING)
        .filter(step -> step.number() != renewal.number())
        .filter(step -> step.step().subject().provider().equals(shared.provider()))
        .filter(step -> step.step().subject().owner().equals(owner))
        .map(StepStanding::number)
        .findFirst();
  }

  /// The keys that other steps of this incident minted: whatever lost key is looked for, it is none
  /// of them.
  Set<String> others(Renewal renewal) throws JournalException {
    var ids = new TreeSet<String>();
    for (StepStanding step : work.incident().standing().steps()) {
      Replacement made = step.replacement();
      if (step.number() != renewal.number() && made != null && !made.keyId().isEmpty()) {
        ids.add(made.keyId());
      }
    }
    return ids;
  }

  private boolean minted(Renewal renewal, Rotator.Mint.Minted minted) throws JournalException {
    Secret value = minted.secret();
    var made =
        new Replacement(
            minted.keyId(),
            value.idUnder(work.incident().key()),
            minted.parts(),
            minted.scopes(),
            minted.expiresAt());
    renewal.take(value, made);
    return shared.move(renewal, new StepState.Minted(made));
  }
}
