package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;

/// A step to work on, with its token in hand.
///
/// @param attempts calls that were made or meant so far
record Job(int number, Step.Act step, HeldFinding token, int attempts) {
  JournalEntry.Moved to(StepState state) {
    return new JournalEntry.Moved(number, state, null);
  }

  Job again() {
    return new Job(number, step, token, attempts + 1);
  }
}
