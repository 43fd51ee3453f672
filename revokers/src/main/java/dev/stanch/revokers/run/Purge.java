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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// Deletes keys that were only switched off, each by a call of its own, one after another at each
/// provider. A run that dies in the middle leaves a step that the next one finds contained, or
/// gone.
final class Purge {
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
          && step.step() instanceof Step.Act
          && step.state().kind() == StepState.Kind.CONTAINED) {
        byProvider
            .computeIfAbsent(step.step().subject().provider(), _ -> new ArrayList<>())
            .add(step);
      }
    }
    Parallel.map(
        List.copyOf(byProvider.values()),
        steps -> {
          for (StepStanding step : steps) {
            HeldFinding token = tokens.get(step.number());
            if (token == null) {
              kept(step, "the token does not stand any more where it was found: supply it");
            } else if (!work.stop().requested()) {
              one(step, token);
            }
          }
          return steps.size();
        });
  }

  private void kept(StepStanding step, String why) throws JournalException {
    work.note(
        step.step().subject().provider().value(),
        "step " + step.number() + " stays switched off: " + why);
  }

  private void one(StepStanding step, HeldFinding token)
      throws InterruptedException, JournalException {
    ProviderId provider = step.step().subject().provider();
    Prober prober = providers.prober(provider).orElse(null);
    Revoker revoker = providers.revoker(provider).orElse(null);
    if (prober == null || revoker == null || !revoker.actions().contains(Action.REVOKE)) {
      kept(step, "no call of its provider deletes a key");
      return;
    }
    if (work.incident().claim(work.holder(), List.of(step.number())).get(step.number())
        != StepState.Kind.CONTAINED) {
      return; // another process deletes it, or switched it on
    }
    prober.remember(step.step().subject());
    Verification now = prober.ask(token);
    if (!now.dead() && !(now instanceof Verification.LiveBlocked)) {
      kept(step, now.live() ? "it is accepted again" : now.why().orElse("nobody was asked"));
      return;
    }
    var job = new Job(step.number(), ((Step.Act) step.step()).deletion(), token, 0);
    switch (revoker.locate(token, RevealPermit.grant("locate"))) {
      case Target.Located key
          when key.keyId().equals(job.step().keyId())
              && Objects.equals(key.tenant(), job.step().tenant()) ->
          delete(step, job.again(), job.targeted(key), prober, revoker);
      case Target.Foreign _ when sameTenant(revoker, job.step()) -> prove(job, prober, revoker);
      case Target.Foreign(String reason) -> kept(step, reason);
      case Target.Unclear(String reason) -> kept(step, reason);
      case Target.Located _, Target.Ambiguous _, Target.NeedsCredential _, Target.ByHandOnly _ ->
          kept(step, "it is another key than was switched off, or cannot be told from others");
    }
  }

  /// Whether our credential still lists the keys of the account that the key was in: only then does
  /// a key that is not listed exist no more.
  private static boolean sameTenant(Revoker revoker, Step.Act act) throws InterruptedException {
    return revoker.tenant(RevealPermit.grant("tenant")) instanceof Tenant.Known(String id, _)
        && id.equals(act.tenant());
  }

  private void delete(
      StepStanding step, Job job, Revoker.Targeted target, Prober prober, Revoker revoker)
      throws InterruptedException, JournalException {
    String call = UUID.randomUUID().toString();
    if (!work.move(
        List.of(job.to(new StepState.Intent(call, Action.REVOKE, job.step().keyId(), 1))))) {
      return;
    }
    if (!work.incident().mayCall(work.holder(), List.of(job.number()))) {
      work.move(List.of(job.to(step.state())));
      return;
    }
    ActionResult result = work.act(revoker, Action.REVOKE, List.of(target));
    switch (result) {
      case ActionResult.Accepted _ -> called(job, call, "accepted", prober, revoker);
      case ActionResult.AlreadyDone(String detail) -> called(job, call, detail, prober, revoker);
      case ActionResult.Refused(String reason) -> back(step, job, reason);
      case ActionResult.Unclear(String reason) -> back(step, job, reason);
      case ActionResult.Limited _ -> back(step, job, "its provider takes no more calls for now");
    }
  }

  private void back(StepStanding step, Job job, String why) throws JournalException {
    work.move(List.of(job.to(step.state())));
    kept(step, why);
  }

  private void called(Job job, String call, String result, Prober prober, Revoker revoker)
      throws InterruptedException, JournalException {
    if (work.move(List.of(job.to(new StepState.Called(call, Action.REVOKE, result, 1))))) {
      prove(job, prober, revoker);
    }
  }

  private void prove(Job job, Prober prober, Revoker revoker)
      throws InterruptedException, JournalException {
    new Prover(work, prober, revoker, new Brakes(0), (_, _) -> Prover.Resent.UNCHANGED)
        .prove(List.of(job));
  }
}
