package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Paces the requests of one run to one provider: share one object among all its clients.
///
/// It begins with one request a second and one at a time. As long as no 429 comes both double with
/// every round, up to what is documented; a 429 halves them, and from there they rise by one. No
/// more requests than documented begin in any window. A wait that the provider asks for holds for
/// everybody. Thread-safe.
public final class Limiter {
  private static final double SLOWEST = 0.1;

  private final RateLimit limit;
  private final Time time;
  private final double fastest;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition freed = lock.newCondition();
  private final ArrayDeque<Long> begun = new ArrayDeque<>(); // the last so many, in order

  private double rate = 1; // requests a second
  private double parallel = 1;
  private boolean calm = true; // until the first 429
  private int inFlight;
  private long next;
  private long closedUntil;
  private long slowed;

  /// A limiter for a provider that documents `limit`.
  public Limiter(RateLimit limit, Time time) {
    this.limit = requireNonNull(limit, "limit");
    this.time = requireNonNull(time, "time");
    this.fastest = limit.fastest();
    this.next = time.nanos();
    this.closedUntil = next;
    this.slowed = next;
  }

  /// The right to send one request, begun at a moment.
  record Turn(long at) {}

  /// Waits for a turn; whoever gets one gives it back with [#done].
  ///
  /// @return null when the wait would be longer than `longest`; nothing was waited for then
  @Nullable Turn take(Duration longest) throws InterruptedException {
    long latest = time.nanos() + longest.toNanos();
    lock.lockInterruptibly();
    try {
      while (inFlight >= (int) parallel) {
        freed.await();
      }
      inFlight++;
    } finally {
      lock.unlock();
    }
    boolean taken = false;
    try {
      long at = reserve(latest, null);
      while (at <= latest) {
        time.sleep(Duration.ofNanos(Math.max(0, at - time.nanos())));
        long again = reserve(latest, at);
        if (again == at) {
          taken = true;
          return new Turn(at);
        }
        at = again;
      }
      return null;
    } finally {
      if (!taken) {
        done();
      }
    }
  }

  /// The moment at which a request may begin: `held`, unless the provider asked for a pause that
  /// ends later. One after `latest` is told and not kept.
  private long reserve(long latest, @Nullable Long held) {
    lock.lock();
    try {
      if (held != null) {
        if (held >= closedUntil) {
          return held;
        }
        begun.removeLastOccurrence(held);
      }
      long at = earliest();
      if (at <= latest) {
        begun.addLast(at);
        while (begun.size() > limit.requests()) {
          begun.removeFirst();
        }
        next = at + (long) (1e9 / rate);
      }
      return at;
    } finally {
      lock.unlock();
    }
  }

  private long earliest() {
    long at = Math.max(time.nanos(), Math.max(next, closedUntil));
    return begun.size() < limit.requests()
        ? at
        : Math.max(at, begun.getFirst() + limit.window().toNanos());
  }

  /// How long the next request has to wait.
  Duration untilNext() {
    lock.lock();
    try {
      return Duration.ofNanos(Math.max(0, earliest() - time.nanos()));
    } finally {
      lock.unlock();
    }
  }

  /// Learns from an answer: rises after a good one, slows down after a 429, pauses when told to.
  void learn(Turn turn, int status, @Nullable Duration pause) {
    lock.lock();
    try {
      if (status == 429) {
        slowDown(turn);
      } else if (status < 500) {
        rise();
      }
      if (pause != null) {
        closedUntil = Math.max(closedUntil, time.nanos() + pause.toNanos());
        next = Math.max(next, closedUntil);
      }
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void slowDown(Turn turn) {
    calm = false;
    if (turn.at() < slowed) {
      return; // the same jam: this one was under way when the first 429 came
    }
    slowed = time.nanos();
    rate = Math.max(SLOWEST, rate / 2);
    parallel = Math.max(1, parallel / 2);
    next = Math.max(next, slowed + (long) (1e9 / rate));
  }

  private void rise() {
    // One more for each answer doubles in a round; one for a round's answers adds one.
    rate = Math.min(fastest, rate + (calm ? 1 : 1 / Math.max(1, rate)));
    parallel = Math.min(limit.concurrent(), parallel + (calm ? 1 : 1 / parallel));
  }

  /// Gives a turn back, whatever came of it.
  void done() {
    lock.lock();
    try {
      inFlight--;
      freed.signal();
    } finally {
      lock.unlock();
    }
  }
}
