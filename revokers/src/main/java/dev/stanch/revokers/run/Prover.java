package dev.stanch.revokers.run;

import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Asks about the called steps of one provider until two refusals, some time apart, prove each;
/// sends what still lives once more. What is nearly proven goes first, and each proof is written
/// when it is there: a process that dies loses the answers that it waited for and no others.
final class Prover {
  private static final Duration FIRST_POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(30);

  /// More than a provider takes at once; its limiter holds the rest back.
  private static final int AT_ONCE = 16;

  private static final Duration LOOK = Duration.ofMillis(200);

  /// How often one key is ended.
  private static final int MOST_ATTEMPTS = 2;

  private final Work work;
  private final Prober prober;
  private final Revoker revoker;
  private final Brakes brakes;
  private final Resend resend;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Pending> fresh = new ArrayDeque<>();
  private final PriorityQueue<Pending> timed =
      new PriorityQueue<>(Comparator.comparing(Pending::due));
  private int open;
  private int calling;
  private final CompletableFuture<Boolean> failure = new CompletableFuture<>();

  Prover(Work work, Prober prober, Revoker revoker, Brakes brakes, Resend resend) {
    this.work = work;
    this.prober = prober;
    this.revoker = revoker;
    this.brakes = brakes;
    this.resend = resend;
  }

  /// Sends a step once more, of which the provider has just said this.
  @FunctionalInterface
  interface Resend {
    Resent send(Job job, Verification now) throws InterruptedException, JournalException;
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

  /// Takes steps over that were called.
  void add(Collection<Job> jobs) {
    lock.lock();
    try {
      for (Job job : jobs) {
        Instant now = work.clock().instant();
        fresh.add(new Pending(job, now, deadline(now)));
        open++;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Instant deadline(Instant now) {
    return now.plus(revoker.propagation()).plus(work.settings().proofInterval()).plusSeconds(5);
  }

  /// Waits until every step is settled, or a stop is requested.
  void await() throws InterruptedException, JournalException {
    lock.lock();
    try {
      while (open > 0 && !failure.isDone() && !work.stop().requested()) {
        changed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
    if (failure.isDone()) {
      Parallel.await(failure);
    }
  }

  /// Takes steps over and works until each is settled, or a stop is requested.
  void prove(Collection<Job> jobs) throws InterruptedException, JournalException {
    add(jobs);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        threads.execute(() -> run(threads));
        await();
      } finally {
        endCalls();
        threads.shutdownNow();
      }
    }
  }

  /// Works until it is interrupted or a stop is requested; each question on a thread of its own.
  void run(ExecutorService threads) {
    var room = new Semaphore(AT_ONCE);
    try {
      while (true) {
        room.acquire();
        Pending one = next();
        if (one == null) {
          return;
        }
        threads.execute(
            () -> {
              asked(one);
              room.release();
            });
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException _) {
      // the run ended just now
    }
  }

  private void asked(Pending one) {
    try {
      ask(one);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (JournalException e) {
      work.stop().request(String.valueOf(e.getMessage()));
      failure.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      failure.completeExceptionally(e);
    }
  }

  /// The next step to ask about: one whose time has come, or else one that was not asked about yet.
  private @Nullable Pending next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!work.stop().requested()) {
        Pending first = timed.peek();
        if (first != null && !first.due.isAfter(work.clock().instant())) {
          return timed.remove();
        }
        if (!fresh.isEmpty()) {
          return fresh.remove();
        }
        Duration wait = first == null ? LOOK : Duration.between(work.clock().instant(), first.due);
        changed.await(Math.clamp(wait.toMillis(), 1, LOOK.toMillis()), TimeUnit.MILLISECONDS);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void ask(Pending one) throws InterruptedException, JournalException {
    Verification answer = prober.ask(one.job.token());
    StepState settled = settled(one, answer, withdrawn(one.job, answer));
    if (settled != null) {
      if (work.move(List.of(one.job.to(settled)))) {
        brakes.proven(one.job);
      }
      done();
    } else if (one.firstRefusal == null && overdue(one, answer)) {
      sendAgain(one, answer);
    } else {
      later(one);
    }
  }

  /// Whether it should be refused by now. No answer is none: one more question may tell.
  private boolean overdue(Pending one, Verification answer) {
    Instant latest = answer.live() ? one.deadline : one.deadline.plus(LONGEST_POLL);
    return !work.clock().instant().isBefore(latest);
  }

  private void later(Pending one) {
    lock.lock();
    try {
      timed.add(one);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void done() {
    lock.lock();
    try {
      open--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether a token that lives on has lost what was to be taken from it.
  private boolean withdrawn(Job job, Verification answer) throws InterruptedException {
    return job.withdraws()
        && !answer.dead()
        && revoker.organization(RevealPermit.grant("prove")) instanceof Tenant.Known(String id, _)
        && id.equals(job.step().tenant())
        && job.target(revoker) instanceof Target.Foreign;
  }

  /// The state that an answer proves; null while it proves none.
  private @Nullable StepState settled(Pending one, Verification answer, boolean withdrawn) {
    Instant now = work.clock().instant();
    boolean disabling = one.job.step().action() == Action.DISABLE;
    if (answer.dead() || withdrawn || disabling && answer instanceof Verification.LiveBlocked) {
      Instant first = one.firstRefusal;
      if (first == null) {
        one.firstRefusal = now;
        one.due = now.plus(work.settings().proofInterval());
        return null;
      }
      boolean ours = one.job.attempts() > 0;
      return one.job.proven(
          (disabling || withdrawn) && ours
              ? new StepState.Contained(now)
              : new StepState.Dead(
                  answer.why().orElse("refused") + (ours ? "" : ", before anything was called"),
                  first,
                  now));
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
  private void sendAgain(Pending one, Verification now)
      throws InterruptedException, JournalException {
    boolean again =
        !one.resent && one.job.maySend() && one.job.attempts() < MOST_ATTEMPTS && !brakes.pulled();
    switch (again ? resent(one.job, now) : Resent.UNCHANGED) {
      case SENT -> {
        Instant sent = work.clock().instant();
        one.resent = true;
        one.job = one.job.again();
        one.deadline = deadline(sent);
        one.due = sent;
        one.poll = FIRST_POLL;
        later(one);
      }
      case ELSEWHERE -> done();
      case UNCHANGED -> unproven(one);
    }
  }

  private Resent resent(Job job, Verification now) throws InterruptedException, JournalException {
    count(1);
    try {
      return resend.send(job, now);
    } finally {
      count(-1);
    }
  }

  private void count(int change) {
    lock.lock();
    try {
      calling += change;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for calls that change something: none is cut while it is under way.
  void endCalls() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (calling > 0) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void unproven(Pending one) throws JournalException {
    if (!work.stop().requested()) {
      work.move(
          List.of(
              one.job.to(
                  new StepState.RevokedUnproven(
                      one.job.withdraws()
                          ? "the call was made, and the token still reaches the organization"
                          : "the call was made, and the provider still does not refuse the"
                              + " token"))));
      brakes.failed(one.job);
    }
    done();
  }
}
