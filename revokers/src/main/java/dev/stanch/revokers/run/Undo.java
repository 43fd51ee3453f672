package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Switches contained tokens on again, each on a person's demand.
final class Undo {
  private final Work work;
  private final Providers providers;

  Undo(Work work, Providers providers) {
    this.work = work;
    this.providers = providers;
  }

  /// Switches a contained token on again; one that was switched off first, as long as nothing was
  /// made to replace it.
  ///
  /// @param token null where it is not in hand
  /// @return what came of it, in words; empty when it is live again
  Optional<String> undo(Incident.StepStanding step, @Nullable HeldFinding token)
      throws InterruptedException, JournalException {
    Optional<String> hindrance = hindrance(step);
    if (hindrance.isPresent()) {
      return hindrance;
    }
    Step.Act act = step.step().act().orElseThrow(); // nothing else switches a token off
    if (token == null) {
      return Optional.of("the token does not stand any more where it was found");
    }
    ProviderId provider = act.subject().provider();
    Revoker revoker = providers.revoker(provider).orElse(null);
    Prober prober = providers.prober(provider).orElse(null);
    if (revoker == null || prober == null || !revoker.actions().contains(Action.ENABLE)) {
      return Optional.of("its provider cannot switch a token on again");
    }
    var job = new Job(step.number(), act, token, 1, step.state());
    if (!(act.found(revoker.locate(token, RevealPermit.grant("locate")))
            instanceof Target.Located key)
        || !job.isOf(key)) {
      return Optional.of("it is another key than was switched off");
    }
    Incident incident = work.incident();
    work.releaseTheDead();
    StepState.Kind claimed =
        incident.claim(work.holder(), List.of(step.number())).get(step.number());
    String call = UUID.randomUUID().toString();
    if (claimed != step.state().kind()
        || !work.move(List.of(job.to(new StepState.Intent(call, Action.ENABLE, act.keyId(), 1))))) {
      return Optional.of("somebody else works on the step");
    }
    if (!incident.mayCall(work.holder(), List.of(step.number()))) {
      work.move(List.of(job.to(stillOff(step))));
      return Optional.of("the incident is paused, or somebody else works on the step");
    }
    ActionResult result = work.act(revoker, Action.ENABLE, List.of(job.targeted(key)));
    boolean live = accepted(act.subject(), prober.ask(token));
    work.move(
        List.of(job.to(live ? new StepState.Restored(work.clock().instant()) : stillOff(step))));
    incident.release(work.holder());
    return live
        ? Optional.empty()
        : Optional.of("the provider does not accept the token again: " + words(result));
  }

  /// A process died while it switched a token on again: the provider says whether it came to that.
  void settle(Map<Integer, HeldFinding> tokens) throws InterruptedException, JournalException {
    var moves = new ArrayList<JournalEntry.Moved>();
    for (Incident.StepStanding step : work.incident().standing().steps()) {
      HeldFinding token = tokens.get(step.number());
      if (!undoing(step.state()) || token == null) {
        continue;
      }
      Prober prober = providers.prober(token.finding().provider()).orElse(null);
      Verification now =
          prober == null ? new Verification.NotChecked("no provider") : prober.ask(token);
      if (now instanceof Verification.LiveBlocked || now.dead()) {
        moves.add(new JournalEntry.Moved(step.number(), stillOff(step), null));
      } else if (now.live()) {
        moves.add(
            new JournalEntry.Moved(
                step.number(), new StepState.Restored(work.clock().instant()), null));
      }
    }
    work.moveHeld(moves);
  }

  private static boolean undoing(StepState state) {
    return state instanceof StepState.Intent intent && intent.action() == Action.ENABLE;
  }

  /// Why a step cannot be undone; empty where its token is switched off and no new key of it is on
  /// its way.
  private static Optional<String> hindrance(Incident.StepStanding step) {
    StepState.Kind kind = step.state().kind();
    Optional<StepState.Revoked> first = step.unreplaced();
    StepState off = first.map(StepState.Revoked::end).orElse(step.state());
    if (off.kind() != StepState.Kind.CONTAINED) {
      return Optional.of("it is " + off.kind().label() + "; only what is contained can be undone");
    }
    if (step.step().act().filter(Step.Act::irreversible).isPresent()) {
      return Optional.of("no call gives back what was withdrawn: its owner asks for it again");
    }
    return first.isPresent() && kind != StepState.Kind.REVOKED && kind != StepState.Kind.HANDED_OVER
        ? Optional.of(
            "its new key is on its way (" + kind.label() + "); stanch incident resume takes it on")
        : Optional.empty();
  }

  /// Whether a token works, or is blocked no more than it was when the plan was made.
  private static boolean accepted(Subject planned, Verification now) {
    return now.live()
        && (!(now instanceof Verification.LiveBlocked) || now.verdict().equals(planned.verdict()));
  }

  /// The state of a step whose token was not switched on again: contained, or so first, with its
  /// replacement to come.
  private StepState stillOff(Incident.StepStanding step) {
    var contained = new StepState.Contained(work.clock().instant());
    return step.unreplaced().isPresent() ? new StepState.Revoked(contained) : contained;
  }

  private static String words(ActionResult result) {
    return switch (result) {
      case ActionResult.Accepted _ -> "it took the call";
      case ActionResult.AlreadyDone(String detail) -> detail;
      case ActionResult.Refused(String reason) -> reason;
      case ActionResult.Unclear(String reason) -> reason;
      case ActionResult.Limited _ -> "it takes no more calls for now";
    };
  }
}
