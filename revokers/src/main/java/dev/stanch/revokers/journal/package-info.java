/// What was meant, done and proven: durable, chained, shared by processes, free of tokens.
///
/// A [dev.stanch.revokers.journal.Journal] holds incidents, in one of two databases (`Database`,
/// `Session`). An [dev.stanch.revokers.journal.Incident] is a list of
/// [dev.stanch.revokers.journal.JournalEntry] records, hashed into a `Chain`; folded they are its
/// [dev.stanch.revokers.journal.Standing]. Each step of it is in a
/// [dev.stanch.revokers.journal.StepState], which says what may follow it;
/// [dev.stanch.revokers.journal.StateJson] is how one is written down, and
/// [dev.stanch.revokers.journal.Replacement] what a state knows of a new key.
@NullMarked
package dev.stanch.revokers.journal;

import org.jspecify.annotations.NullMarked;
