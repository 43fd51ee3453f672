package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import java.util.List;
import java.util.Objects;

/// A step to work on, with its token in hand.
///
/// @param attempts calls that were made or meant so far
/// @param begin the state that it goes back to where nothing of a call happened
/// @param sending whether a call may be made for it
/// @param end what its proof is brought to
record Job(
    int number,
    Step.Act step,
    HeldFinding token,
    int attempts,
    StepState begin,
    Sending sending,
    End end) {
  /// Whether a call may be made.
  enum Sending {
    ALLOWED,
    /// None, whatever the provider says of the token: it is only proven dead.
    NEVER
  }

  /// What comes behind a proof.
  enum End {
    /// Nothing.
    SETTLED,
    /// A new key.
    REPLACED
  }

  /// One that stands for itself.
  Job(int number, Step.Act step, HeldFinding token, int attempts, StepState begin) {
    this(number, step, token, attempts, begin, Sending.ALLOWED, End.SETTLED);
  }

  /// The revocation of a step that stands there.
  static Job of(StepStanding step, Step.Act act, HeldFinding token) {
    boolean first = step.step() instanceof Step.Rotate rotate && rotate.revokesFirst();
    return new Job(
        step.number(),
        act,
        token,
        attempts(step.state()),
        step.unrevoked(),
        sending(step, first),
        first ? End.REPLACED : End.SETTLED);
  }

  private static Sending sending(StepStanding step, boolean first) {
    boolean never =
        step.step() instanceof Step.Rotate rotate
            // A key that is replaced in place may keep its id: the call would end the new one. And
            // what was dead before it could be replaced is not revoked without a replacement.
            && (rotate.inPlace() || !first && step.state().kind() == StepState.Kind.PLANNED);
    return never ? Sending.NEVER : Sending.ALLOWED;
  }

  private static int attempts(StepState state) {
    return switch (state) {
      case StepState.Intent intent -> intent.attempt();
      case StepState.Called called -> called.attempt();
      // Another run is a person's wish: it may be sent once more.
      case StepState.RevokedUnproven _ -> 1;
      case StepState.Planned _,
          StepState.HandedOver _,
          StepState.Minting _,
          StepState.Minted _,
          StepState.Delivering _,
          StepState.Delivered _,
          StepState.Activated _,
          StepState.Verified _,
          StepState.Revoked _,
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
          0;
    };
  }

  /// Whether a call may be made for it.
  boolean maySend() {
    return sending == Sending.ALLOWED;
  }

  /// What it is brought to when its end is proven.
  StepState proven(StepState state) {
    return switch (end) {
      case SETTLED -> state;
      case REPLACED -> new StepState.Revoked(state);
    };
  }

  JournalEntry.Moved to(StepState state) {
    return new JournalEntry.Moved(number, state, null);
  }

  /// What its provider says now of the key that the plan is about.
  Target target(Revoker revoker) throws InterruptedException {
    RevealPermit permit = RevealPermit.grant("locate");
    return step.found(
        switch (step.action()) {
          case WITHDRAW -> revoker.access(token, permit);
          case DISABLE, ENABLE, REVOKE -> revoker.locate(token, permit);
        });
  }

  /// Whether the token lives on where the call was heeded.
  boolean withdraws() {
    return step.action() == Action.WITHDRAW;
  }

  /// Whether a key is the one of the plan.
  boolean isOf(Target.Located key) {
    return key.keyId().equals(step.keyId()) && Objects.equals(key.tenant(), step.tenant());
  }

  /// Why a key that is not the plan's is left alone.
  String mismatch() {
    return step.chosen() == null
        ? "it is another key than planned, or none"
        : "the key that a person chose is not listed any more, or not as it was: plan again";
  }

  /// What dies with a key and was not planned to.
  List<String> unplanned(Target.Located key) {
    return key.collateral().stream().filter(each -> !step.collateral().contains(each)).toList();
  }

  /// The key with no more ways to act on it than were planned.
  Revoker.Targeted targeted(Target.Located key) {
    return new Revoker.Targeted(
        token,
        key.withOtherwise(key.otherwise().stream().filter(step.otherwise()::contains).toList()));
  }

  Job again() {
    return new Job(number, step, token, attempts + 1, begin, sending, end);
  }
}
