package dev.stanch.revokers.run;

import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks about called steps until two refusals, some time apart, prove each; sends what still lives
/// once more.
final class Prover {
  private static final Duration FIRST_POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(30);

  private final Work work;
  private final Prober prober;
  private final Revoker revoker;
  private final Brakes brakes;
  private final Resend resend;

  Prover(Work work, Prober prober, Revoker revoker, Brakes brakes, Resend resend) {
    this.work = work;
    this.prober = prober;
    this.revoker = revoker;
    this.brakes = brakes;
    this.resend = resend;
  }

  /// Sends a step once more.
  @FunctionalInterface
  interface Resend {
    Resent send(Job job) throws InterruptedException, JournalException;
  }

  /// What became of a step that was to be sent again.
  enum Resent {
    /// The call was made.
    SENT,
    /// Nothing happened.
    UNCHANGED,
    /// It stands in another state now, and is not this prover's any more.
    ELSEWHERE
  }

  /// A step on its way to proof.
  private static final class Pending {
    private Job job;
    private Instant deadline;
    private @Nullable Instant firstRefusal;
    private Instant due;
    private Duration poll = FIRST_POLL;
    private boolean resent;

    Pending(Job job, Instant now, Instant deadline) {
      this.job = job;
      this.due = now;
      this.deadline = deadline;
    }

    Instant due() {
      return due;
    }
  }

  /// Asks until each is settled, or a stop is requested.
  void prove(List<Job> jobs) throws InterruptedException, JournalException {
    var pending = new LinkedHashMap<Integer, Pending>();
    for (Job job : jobs) {
      Instant now = work.clock().instant();
      pending.put(job.number(), new Pending(job, now, deadline(now)));
    }
    while (!pending.isEmpty()) {
      Instant next =
          pending.values().stream().map(Pending::due).min(Instant::compareTo).orElseThrow();
      if (!work.stop().sleep(Duration.between(work.clock().instant(), next))) {
        return;
      }
      round(pending);
    }
  }

  private Instant deadline(Instant now) {
    return now.plus(revoker.propagation()).plus(work.settings().proofInterval()).plusSeconds(5);
  }

  private void round(Map<Integer, Pending> pending) throws InterruptedException, JournalException {
    Instant now = work.clock().instant();
    List<Pending> due = pending.values().stream().filter(one -> !one.due.isAfter(now)).toList();
    List<Verification> answers = Parallel.map(due, one -> prober.ask(one.job.token()));
    var moves = new ArrayList<JournalEntry.Moved>();
    var overdue = new ArrayList<Pending>();
    for (int i = 0; i < due.size(); i++) {
      Pending one = due.get(i);
      StepState settled = settled(one, answers.get(i));
      if (settled != null) {
        moves.add(one.job.to(settled));
      } else if (one.firstRefusal == null && !work.clock().instant().isBefore(one.deadline)) {
        overdue.add(one);
      }
    }
    settle(moves, pending);
    for (Pending one : overdue) {
      overdue(one, pending);
    }
  }

  private void settle(Collection<JournalEntry.Moved> moves, Map<Integer, Pending> pending)
      throws JournalException {
    boolean kept = work.move(List.copyOf(moves));
    for (JournalEntry.Moved move : moves) {
      pending.remove(move.number());
      if (kept) {
        brakes.proven();
      }
    }
  }

  /// The state that an answer proves; null while it proves none.
  private @Nullable StepState settled(Pending one, Verification answer) {
    Instant now = work.clock().instant();
    boolean disabling = one.job.step().action() == Action.DISABLE;
    if (answer.dead() || disabling && answer instanceof Verification.LiveBlocked) {
      Instant first = one.firstRefusal;
      if (first == null) {
        one.firstRefusal = now;
        one.due = now.plus(work.settings().proofInterval());
        return null;
      }
      boolean ours = one.job.attempts() > 0;
      return disabling && ours
          ? new StepState.Contained(now)
          : new StepState.Dead(
              answer.why().orElse("refused") + (ours ? "" : ", before anything was called"),
              first,
              now);
    }
    if (answer.live()) {
      one.firstRefusal = null; // a refusal that does not last proves nothing
    }
    one.due = now.plus(one.poll);
    Duration next = one.poll.multipliedBy(2);
    one.poll = next.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : next;
    return null;
  }

  /// What is still accepted when it should not be is sent once more, alone.
  private void overdue(Pending one, Map<Integer, Pending> pending)
      throws InterruptedException, JournalException {
    boolean again = !one.resent && one.job.attempts() < 2 && !brakes.pulled();
    switch (again ? resend.send(one.job) : Resent.UNCHANGED) {
      case SENT -> {
        Instant now = work.clock().instant();
        one.resent = true;
        one.job = one.job.again();
        one.deadline = deadline(now);
        one.due = now;
        one.poll = FIRST_POLL;
      }
      case ELSEWHERE -> pending.remove(one.job.number());
      case UNCHANGED -> unproven(one, pending);
    }
  }

  private void unproven(Pending one, Map<Integer, Pending> pending) throws JournalException {
    pending.remove(one.job.number());
    if (work.stop().requested()) {
      return;
    }
    work.move(
        List.of(
            one.job.to(
                new StepState.RevokedUnproven(
                    "the call was made, and the provider still does not refuse the token"))));
    brakes.failed();
  }
}
