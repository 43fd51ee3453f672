package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// Deletes keys that were only switched off, each by a call of its own, one after another at each
/// provider. That a key is refused proves nothing then: it was before. Its provider must not know
/// it any more. A run that dies in the middle leaves a step that the next one finds contained, or
/// gone.
final class Purge {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration LATENESS = Duration.ofSeconds(5);

  private final Work work;
  private final Providers providers;

  Purge(Work work, Providers providers) {
    this.work = work;
    this.providers = providers;
  }

  /// Deletes the keys of these steps, as far as their tokens are in hand and they are contained.
  void run(Set<Integer> numbers, Map<Integer, HeldFinding> tokens)
      throws InterruptedException, JournalException {
    var byProvider = new TreeMap<ProviderId, List<StepStanding>>();
    for (StepStanding step : work.incident().standing().steps()) {
      if (numbers.contains(step.number())
          && step.step().act().filter(act -> !act.irreversible()).isPresent()
          && step.state().kind() == StepState.Kind.CONTAINED) {
        byProvider
            .computeIfAbsent(step.step().subject().provider(), _ -> new ArrayList<>())
            .add(step);
      }
    }
    Parallel.map(
        List.copyOf(byProvider.values()),
        steps -> {
          var deleted = new ArrayList<Deleted>();
          for (StepStanding step : steps) {
            HeldFinding token = tokens.get(step.number());
            if (token == null) {
              kept(step, "the token does not stand any more where it was found: supply it");
            } else if (!work.stop().requested()) {
              one(step, token).ifPresent(deleted::add);
            }
          }
          prove(deleted);
          return steps.size();
        });
  }

  /// A key on its way to proof.
  ///
  /// @param before what its provider said of the token just before
  private record Deleted(
      StepStanding step,
      Stage stage,
      Job job,
      Verification before,
      Prober prober,
      Revoker revoker) {
    Deleted called() {
      return new Deleted(step, Stage.CALLED, job.again(), before, prober, revoker);
    }
  }

  private enum Stage {
    /// Its account does not list it, whoever deleted it.
    GONE,
    /// Its provider took our call.
    CALLED
  }

  private void kept(StepStanding step, String why) throws JournalException {
    work.note(
        step.step().subject().provider().value(),
        "step " + step.number() + " stays switched off: " + why);
  }

  private Optional<Deleted> one(StepStanding step, HeldFinding token)
      throws InterruptedException, JournalException {
    ProviderId provider = step.step().subject().provider();
    Prober prober = providers.prober(provider).orElse(null);
    Revoker revoker = providers.revoker(provider).orElse(null);
    if (prober == null || revoker == null || !revoker.actions().contains(Action.REVOKE)) {
      kept(step, "no call of its provider deletes a key");
      return Optional.empty();
    }
    if (work.incident().claim(work.holder(), List.of(step.number())).get(step.number())
        != StepState.Kind.CONTAINED) {
      return Optional.empty(); // another process deletes it, or switched it on
    }
    prober.remember(step.step().subject());
    Verification now = prober.ask(token);
    if (!now.dead() && !(now instanceof Verification.LiveBlocked)) {
      kept(step, now.live() ? "it is accepted again" : now.why().orElse("nobody was asked"));
      return Optional.empty();
    }
    String owner = now.told().owner();
    if (owner != null && !owner.equals(step.step().subject().identity().owner())) {
      kept(step, "it belongs to somebody else by now");
      return Optional.empty();
    }
    Step.Act act = step.step().act().orElseThrow();
    var job = new Job(step.number(), act.deletion(), token, 0, step.state());
    var gone = new Deleted(step, Stage.GONE, job, now, prober, revoker);
    switch (act.found(revoker.locate(token, RevealPermit.grant("locate")))) {
      case Target.Located key when job.isOf(key) && job.unplanned(key).isEmpty() -> {
        return delete(gone, key) ? Optional.of(gone.called()) : Optional.empty();
      }
      case Target.Foreign _ when sameTenant(revoker, job.step()) -> {
        return Optional.of(gone);
      }
      case Target.Foreign(String reason) -> kept(step, reason);
      case Target.Unclear(String reason) -> kept(step, reason);
      case Target.Located _, Target.Ambiguous _, Target.NeedsCredential _, Target.ByHandOnly _ ->
          kept(step, "it is another key than was switched off, or cannot be told from others");
    }
    return Optional.empty();
  }

  /// Whether our credential still lists the keys of the account that the key was in: only then does
  /// a key that is not listed exist no more.
  private static boolean sameTenant(Revoker revoker, Step.Act act) throws InterruptedException {
    return revoker.tenant(RevealPermit.grant("tenant")) instanceof Tenant.Known(String id, _)
        && id.equals(act.tenant());
  }

  /// Makes the call.
  ///
  /// @return whether its provider took it
  private boolean delete(Deleted one, Target.Located key)
      throws InterruptedException, JournalException {
    Job job = one.job();
    String call = UUID.randomUUID().toString();
    if (!work.move(
        List.of(job.to(new StepState.Intent(call, Action.REVOKE, job.step().keyId(), 1))))) {
      return false;
    }
    if (!work.incident().mayCall(work.holder(), List.of(job.number()))) {
      work.move(List.of(job.to(one.step().state())));
      return false;
    }
    ActionResult result = work.act(one.revoker(), Action.REVOKE, List.of(job.targeted(key)));
    switch (result) {
      case ActionResult.Accepted _ -> {
        return called(job, call, "accepted");
      }
      case ActionResult.AlreadyDone(String detail) -> {
        return called(job, call, detail);
      }
      case ActionResult.Refused(String reason) -> back(one, reason);
      case ActionResult.Unclear(String reason) -> back(one, reason);
      case ActionResult.Limited _ -> back(one, "its provider takes no more calls for now");
    }
    return false;
  }

  private void back(Deleted one, String why) throws JournalException {
    work.move(List.of(one.job().to(one.step().state())));
    kept(one.step(), why);
  }

  private boolean called(Job job, String call, String result) throws JournalException {
    return work.move(List.of(job.to(new StepState.Called(call, Action.REVOKE, result, 1))));
  }

  /// Waits until their provider knows none of the keys any more, and has each token refused twice.
  private void prove(List<Deleted> deleted) throws InterruptedException, JournalException {
    if (deleted.isEmpty()) {
      return;
    }
    Deleted any = deleted.getFirst();
    Instant latest =
        work.clock()
            .instant()
            .plus(any.revoker().propagation())
            .plus(work.settings().proofInterval())
            .plus(LATENESS);
    var gone = new ArrayList<Job>();
    for (Deleted one : deleted) {
      if (one.stage() == Stage.GONE || gone(one, latest)) {
        gone.add(one.job());
      } else if (!work.stop().requested()) {
        back(one, "its provider took the deletion, and nothing shows that the key is gone");
      }
    }
    new Prover(work, any.prober(), any.revoker(), new Brakes(0), (_, _) -> Prover.Resent.UNCHANGED)
        .prove(gone);
  }

  /// Whether a key is gone: its account lists it no more, or, where the call took the token itself,
  /// it was known to be switched off and is refused by now.
  private boolean gone(Deleted one, Instant latest) throws InterruptedException {
    do {
      Target now = one.revoker().locate(one.job().token(), RevealPermit.grant("locate"));
      switch (one.job().step().found(now)) {
        case Target.Foreign _ when sameTenant(one.revoker(), one.job().step()) -> {
          return true;
        }
        case Target.Located key when key.tenant() == null -> {
          return one.before() instanceof Verification.LiveBlocked;
        }
        case Target.Located _,
            Target.Foreign _,
            Target.Ambiguous _,
            Target.NeedsCredential _,
            Target.ByHandOnly _,
            Target.Unclear _ -> {}
      }
    } while (work.clock().instant().isBefore(latest) && work.stop().sleep(POLL));
    return false;
  }
}
