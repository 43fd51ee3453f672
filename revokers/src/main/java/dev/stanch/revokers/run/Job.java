package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import java.util.List;
import java.util.Objects;

/// A step to work on, with its token in hand.
///
/// @param attempts calls that were made or meant so far
/// @param begin the state that it goes back to where nothing of a call happened
record Job(int number, Step.Act step, HeldFinding token, int attempts, StepState begin) {
  JournalEntry.Moved to(StepState state) {
    return new JournalEntry.Moved(number, state, null);
  }

  /// Whether a key is the one of the plan.
  boolean isOf(Target.Located key) {
    return key.keyId().equals(step.keyId()) && Objects.equals(key.tenant(), step.tenant());
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
    return new Job(number, step, token, attempts + 1, begin);
  }
}
