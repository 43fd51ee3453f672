package dev.stanch.revokers.run;

import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Revoker;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What all lanes of a run share. Thread-safe.
record Work(
    Incident incident,
    String holder,
    RunSettings settings,
    InstantSource clock,
    Stop stop,
    AtomicInteger calls,
    IncidentRunner.Listener listener) {
  /// Makes a call that changes something: it is never cut while it is under way.
  ActionResult act(Revoker revoker, Action action, List<Revoker.Targeted> batch)
      throws InterruptedException {
    return uncut(() -> revoker.act(action, batch, RevealPermit.grant(action.label())));
  }

  /// Does something that changes something and is never cut while it is under way.
  <T> T uncut(Uncut<T> call) throws InterruptedException {
    calls.incrementAndGet();
    try {
      return call.make();
    } finally {
      calls.decrementAndGet();
    }
  }

  /// A call.
  @FunctionalInterface
  interface Uncut<T> {
    T make() throws InterruptedException;
  }

  /// Brings steps into new states; false where another process holds one by now.
  boolean move(List<JournalEntry.Moved> moves) throws JournalException {
    if (moves.isEmpty()) {
      return true;
    }
    boolean moved = incident.move(holder, moves);
    if (moved) {
      moves.forEach(listener::moved);
    }
    return moved;
  }

  /// The same for those that no other process holds.
  void moveHeld(List<JournalEntry.Moved> moves) throws JournalException {
    var claimed = incident.claim(holder, moves.stream().map(JournalEntry.Moved::number).toList());
    move(moves.stream().filter(move -> claimed.containsKey(move.number())).toList());
  }

  /// Nobody has to wait for the leases of processes that are no more.
  void releaseTheDead() throws JournalException {
    for (String other : incident.holders()) {
      if (Holder.dead(other)) {
        incident.release(other);
      }
    }
  }

  /// Tells people something. What many runs say is written down once.
  void note(String subject, String text) throws JournalException {
    if (!incident.standing().notes().contains(subject + ": " + text)) {
      incident.note(new JournalEntry.Noted(subject, text));
    }
    listener.noted(subject, text);
  }
}
