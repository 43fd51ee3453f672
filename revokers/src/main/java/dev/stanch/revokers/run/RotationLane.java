package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Replacement;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Brings the rotations of one provider to where their old keys can go, each through its own
/// states: the [Minter] mints, [Orphans] looks after a mint of which nobody knows how it ended, the
/// [Cutover] delivers the new key, has it taken into use and verifies it. A trial of a few one
/// after another, then the rest; keys of one owner never at once, so that a key that appears in a
/// listing is the one that was minted.
///
/// Before each call its intent is durable. What a dead run may have done is looked up first: a key
/// whose value is lost is ended before another one is minted, and a value that a sink holds already
/// is taken back from there.
final class RotationLane {
  private static final int AT_ONCE = 8;

  private final RotationWork shared;
  private final Work work;
  private final ProviderId provider;
  private final Prober prober;
  private final Revoker revoker;
  private final NewKeyCheck check;
  private final Minter minter;
  private final Orphans orphans;
  private final Cutover cutover;
  private final InHand tokens;
  private final List<Renewal> renewals;
  private final Set<Integer> dead = ConcurrentHashMap.newKeySet();
  private final AtomicInteger unwanted;

  RotationLane(
      Work work,
      ProviderId provider,
      Prober prober,
      Revoker revoker,
      Optional<Rotator> rotator,
      Deliveries deliveries,
      InHand tokens,
      List<Renewal> renewals,
      AtomicInteger unwanted) {
    this.shared = new RotationWork(work, provider);
    this.work = work;
    this.provider = provider;
    this.prober = prober;
    this.revoker = revoker;
    this.check =
        new NewKeyCheck(work, provider, prober, revoker.propagation(), deliveries.providers());
    this.minter = new Minter(shared, rotator, deliveries);
    this.orphans = new Orphans(shared, rotator, prober, minter);
    this.cutover = new Cutover(shared, rotator, deliveries, check, tokens, minter, orphans);
    this.tokens = tokens;
    this.renewals = List.copyOf(renewals);
    this.unwanted = unwanted;
  }

  /// Works until nothing is left that can be done now.
  ///
  /// @return the steps whose old token was dead before anything was minted
  Set<Integer> run() throws InterruptedException, JournalException {
    Optional<String> doubt = prober.doubt();
    if (doubt.isPresent()) {
      work.note(provider.value(), "not begun: " + doubt.get());
      return Set.of();
    }
    int trial = Math.min(Planner.TRIAL, renewals.size());
    for (Renewal renewal : renewals.subList(0, trial)) {
      one(renewal);
    }
    rest(renewals.subList(trial, renewals.size()));
    if (shared.brakes().reason() != null) {
      work.note(provider.value(), "stopped: " + shared.brakes().reason());
    }
    return Set.copyOf(dead);
  }

  private void rest(List<Renewal> left) throws InterruptedException, JournalException {
    var byOwner = new LinkedHashMap<String, List<Renewal>>();
    for (Renewal renewal : left) {
      byOwner
          .computeIfAbsent(renewal.step().subject().owner(), _ -> new ArrayList<>())
          .add(renewal);
    }
    var room = new Semaphore(AT_ONCE);
    var running = new ArrayList<Future<?>>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<Renewal> owned : byOwner.values()) {
        room.acquire();
        running.add(
            threads.submit(
                () -> {
                  try {
                    for (Renewal renewal : owned) {
                      one(renewal);
                    }
                  } catch (JournalException e) {
                    work.stop().request(String.valueOf(e.getMessage()));
                    throw e;
                  } finally {
                    room.release();
                  }
                  return null;
                }));
      }
      try {
        for (Future<?> each : running) {
          Parallel.await(each);
        }
      } catch (InterruptedException e) { // only a stop does that, once no call is under way
        threads.shutdownNow();
        throw e;
      }
    }
  }

  /// Takes one rotation as far as it goes.
  private void one(Renewal renewal) throws InterruptedException, JournalException {
    if (shared.halted()) {
      return;
    }
    StepState.Kind found =
        work.incident().claim(work.holder(), List.of(renewal.number())).get(renewal.number());
    if (found == null) {
      return; // another process has it
    }
    renewal.now(shared.standing(renewal.number()));
    try (renewal) {
      boolean on = true;
      while (on && !shared.halted()) {
        on =
            switch (renewal.state()) {
              case StepState.Planned _ -> begin(renewal);
              case StepState.Revoked _ -> minter.replaced(renewal);
              case StepState.HandedOver _ -> supplied(renewal);
              case StepState.Minting minting -> orphans.lost(renewal, minting);
              case StepState.Minted(var made) -> cutover.onward(renewal, made);
              case StepState.Delivering(var made, _, _) -> cutover.onward(renewal, made);
              case StepState.Delivered(var made, _) -> cutover.onward(renewal, made);
              case StepState.Activated(var made, var at) -> cutover.verified(renewal, made, at);
              case StepState.Verified _,
                  StepState.Intent _,
                  StepState.Called _,
                  StepState.RevokedUnproven _,
                  StepState.Contained _,
                  StepState.Dead _,
                  StepState.Refused _,
                  StepState.NeedsToken _,
                  StepState.Guided _,
                  StepState.Parked _,
                  StepState.Withheld _,
                  StepState.Spared _,
                  StepState.Restored _,
                  StepState.Replaced _ ->
                  false;
            };
      }
    }
  }

  /// Whether everything is as planned; then mints.
  ///
  /// @return whether to go on
  private boolean begin(Renewal renewal) throws InterruptedException, JournalException {
    if (renewal.step().minting() instanceof Step.Minting.ByPerson(String why)) {
      return shared.move(renewal, new StepState.HandedOver(why));
    }
    Verification now = prober.ask(renewal.old());
    if (now.dead()) {
      dead.add(renewal.number());
      return false;
    }
    if (now instanceof Verification.Unknown(String why, _)) {
      shared.note(renewal, "nothing was minted: " + why);
      return false;
    }
    if (!Lane.matches(renewal.step().subject(), now)) {
      return shared.refuse(renewal, "not as planned any more: " + now.verdict());
    }
    Step.Act act = renewal.step().revocation();
    switch (act.found(revoker.locate(renewal.old(), RevealPermit.grant("locate")))) {
      case Target.Located key -> {
        if (!key.keyId().equals(act.keyId()) || !Objects.equals(key.tenant(), act.tenant())) {
          return shared.refuse(renewal, "it is another key than planned");
        }
        List<String> more = new ArrayList<>(key.collateral());
        more.removeAll(act.collateral());
        if (!more.isEmpty()) {
          return shared.refuse(
              renewal, "more dies with it than was planned: " + String.join(", ", more));
        }
      }
      case Target.Unclear(String reason) -> {
        shared.note(renewal, "nothing was minted: " + reason);
        return false;
      }
      case Target.Foreign _, Target.Ambiguous _, Target.NeedsCredential _, Target.ByHandOnly _ -> {
        return shared.refuse(
            renewal, new Job(renewal.number(), act, renewal.old(), 0, renewal.state()).mismatch());
      }
    }
    return minter.replaced(renewal);
  }

  /// Takes the value that a person made, if it is what was asked for; without one asks the provider
  /// again for what it did not make in an earlier run.
  private boolean supplied(Renewal renewal) throws InterruptedException, JournalException {
    HeldFinding value = tokens.supplied().get(renewal.number());
    if (value == null) {
      return renewal.mintsAgain() && minter.replaced(renewal);
    }
    return switch (check.supplied(renewal, value)) {
      case NewKeyCheck.Supplied.Wrong(String why) -> unwanted(renewal, why);
      case NewKeyCheck.Supplied.Right(Replacement made) -> {
        renewal.take(value.secret().reveal(RevealPermit.grant("take over"), Secret::new), made);
        yield shared.move(renewal, new StepState.Minted(made));
      }
    };
  }

  private boolean unwanted(Renewal renewal, String why) throws JournalException {
    unwanted.incrementAndGet();
    shared.note(renewal, "the value that was supplied is refused: " + why);
    return false;
  }
}
