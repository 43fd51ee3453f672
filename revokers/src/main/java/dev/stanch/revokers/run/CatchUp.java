package dev.stanch.revokers.run;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.spi.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings a journal up to date with what happened since the last run, before this one acts: pauses
/// that are over, tokens that are gone or came back, what people did by hand.
final class CatchUp {
  private final Work work;
  private final Providers providers;

  CatchUp(Work work, Providers providers) {
    this.work = work;
    this.providers = providers;
  }

  /// Steps whose pause is over, that were released, or whose token came back, are open again; those
  /// whose token is gone are not.
  void reopen(Map<Integer, HeldFinding> tokens, Orders orders) throws JournalException {
    var opened = new ArrayList<JournalEntry.Moved>();
    var lost = new ArrayList<JournalEntry.Moved>();
    for (Incident.StepStanding step : work.incident().standing().steps()) {
      if (step.step().act().isEmpty()) {
        continue;
      }
      boolean held = tokens.containsKey(step.number());
      StepState.Kind kind = step.state().kind();
      boolean due =
          step.state() instanceof StepState.Parked parked
              && !parked.until().isAfter(work.clock().instant());
      boolean released =
          kind == StepState.Kind.WITHHELD && orders.released().contains(step.number());
      if (due || released || kind == StepState.Kind.NEEDS_TOKEN && held) {
        opened.add(
            new JournalEntry.Moved(step.number(), begin(step), id(tokens.get(step.number()))));
      } else if (!held && kind.rotating()) {
        work.note(
            step.step().subject().provider().value(),
            "step "
                + step.number()
                + " waits: the old token does not stand any more where it was found; supply it");
      } else if (!held && kind.open() && kind != StepState.Kind.PARKED) {
        lost.add(
            new JournalEntry.Moved(
                step.number(),
                new StepState.NeedsToken("the token does not stand any more where it was found"),
                null));
      }
    }
    work.moveHeld(opened);
    work.moveHeld(lost);
  }

  /// Where a step begins, or begins again.
  private static StepState begin(Incident.StepStanding step) {
    return step.verified() == null
            && step.step() instanceof Step.Rotate rotate
            && !rotate.revokesFirst()
            && rotate.minting() instanceof Step.Minting.ByPerson(String why)
        ? new StepState.HandedOver(why)
        : step.unrevoked();
  }

  private @Nullable TokenId id(@Nullable HeldFinding token) {
    return token == null ? null : token.secret().idUnder(work.incident().key());
  }

  /// Whether people did what only they can do.
  void recheckGuided(Map<Integer, HeldFinding> tokens)
      throws InterruptedException, JournalException {
    var guided = new ArrayList<Incident.StepStanding>();
    for (Incident.StepStanding step : work.incident().standing().steps()) {
      Subject subject = step.step().subject();
      if (step.state().kind() != StepState.Kind.GUIDED) {
        continue;
      }
      if (tokens.containsKey(step.number())) {
        guided.add(step);
      } else if (!Listed.isOf(subject) && providers.prober(subject.provider()).isPresent()) {
        work.note(
            subject.provider().value(),
            "step "
                + step.number()
                + ": the token does not stand any more where it was found; supply it, so that its"
                + " provider can be asked whether it is dead");
      }
    }
    List<Optional<StepState.Dead>> answers =
        Parallel.map(
            guided,
            step -> refusedTwice(step.step().subject(), requireNonNull(tokens.get(step.number()))));
    var moves = new ArrayList<JournalEntry.Moved>();
    for (int i = 0; i < guided.size(); i++) {
      int number = guided.get(i).number();
      answers.get(i).ifPresent(dead -> moves.add(new JournalEntry.Moved(number, dead, null)));
    }
    work.moveHeld(moves);
  }

  /// Whether people replaced what nobody can read.
  void recheckUnshown(Listed listed) throws JournalException {
    var moves = new ArrayList<JournalEntry.Moved>();
    for (Incident.StepStanding step : work.incident().standing().steps()) {
      if (step.state().kind() == StepState.Kind.GUIDED) {
        listed
            .change(step.step().subject())
            .ifPresent(
                how ->
                    moves.add(
                        new JournalEntry.Moved(step.number(), new StepState.Replaced(how), null)));
      }
    }
    work.moveHeld(moves);
  }

  private Optional<StepState.Dead> refusedTwice(Subject planned, HeldFinding token)
      throws InterruptedException {
    Prober prober = providers.prober(token.finding().provider()).orElse(null);
    if (prober == null || !token.finding().evidence().provesProvider()) {
      return Optional.empty();
    }
    prober.remember(planned);
    if (!prober.ask(token).dead()) {
      return Optional.empty();
    }
    var first = work.clock().instant();
    if (!work.stop().sleep(work.settings().proofInterval())) {
      return Optional.empty();
    }
    Verification second = prober.ask(token);
    return second.dead()
        ? Optional.of(
            new StepState.Dead(second.why().orElse("refused"), first, work.clock().instant()))
        : Optional.empty();
  }
}
