package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Paces the requests of one run to one provider: share one object among all its clients.
///
/// It begins with one request a second and one at a time. As long as no 429 comes both double with
/// every round, up to what is documented; the first 429 halves them, and from there they rise by
/// one. A later 429 that says when to go on is obeyed to the moment, which is all it asks for, and
/// takes an eighth besides; one that says nothing, or comes right after another, halves again. What
/// was under way when a 429 came belongs to the same jam and counts once. No more requests than
/// documented begin in any window. Where each account has a limit of its own, a request counts
/// among everybody's until its credential was accepted, and to that credential from then on. Where
/// the provider tells when its own window ends, no more is waited for.
///
/// A pause that the provider asks for holds for everybody who goes the same way, the same method at
/// the same host: a call that is limited to a few an hour must not silence the proofs. Thread-safe.
public final class Limiter {
  /// How long a request that changes something may wait.
  static final Duration SOON = Duration.ofSeconds(20);

  private static final Duration PATIENT = Duration.ofDays(1);
  private static final double SLOWEST = 0.1;
  private static final double HALF = 0.5;
  private static final double LESS = 0.875;

  private final RateLimit limit;
  private final Time time;
  private final double fastest;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition freed = lock.newCondition();
  private final Condition freedForChanges = lock.newCondition();
  private final Window everybody;
  private final Map<String, Window> accounts = new HashMap<>(); // what was accepted, by payer
  private final Map<String, Long> closedUntil = new HashMap<>(); // by way

  private double rate = 1; // requests a second
  private double parallel = 1;
  private boolean calm = true; // until the first 429
  private boolean refused; // by the last answer that counts
  private int inFlight;
  private int changesWaiting;
  private long next;
  private long slowed;

  /// A limiter for a provider that documents `limit`.
  public Limiter(RateLimit limit, Time time) {
    this.limit = requireNonNull(limit, "limit");
    this.time = requireNonNull(time, "time");
    this.fastest = limit.fastest();
    this.everybody = new Window(limit.requests(), limit.window());
    this.next = time.nanos();
    this.slowed = next;
  }

  /// A limiter that begins at the limit: for a host of the caller's own, which nobody tried to save
  /// from strangers.
  public static Limiter atFullPace(RateLimit limit, Time time) {
    var limiter = new Limiter(limit, time);
    limiter.rate = limiter.fastest;
    limiter.parallel = limit.concurrent();
    return limiter;
  }

  /// What a request is for.
  enum Errand {
    /// Asks, and waits behind as many others as there are.
    ASKING,
    /// Changes something: decided on with what is known now, so it begins soon or not at all. A
    /// part of each long window is kept for these, or a thousand questions would crowd them out.
    CHANGING
  }

  /// The right to send one request, begun at a moment.
  record Turn(String way, String payer, long at) {}

  /// Waits for a turn; whoever gets one gives it back with [#done].
  ///
  /// @param way what a pause holds for
  /// @param payer names the credential that is shown, without telling it; empty for none
  /// @param longest the longest pause that is sat out
  /// @return null when the wait would be longer; nothing was waited for then but the others
  @Nullable Turn take(String way, String payer, Duration longest, Errand errand)
      throws InterruptedException {
    while (true) {
      long open = opens(way);
      if (open - time.nanos() > longest.toNanos()) {
        return null;
      }
      time.sleep(Duration.ofNanos(Math.max(0, open - time.nanos())));
      if (!enter(errand)) {
        return null;
      }
      boolean taken = false;
      try {
        long latest = time.nanos() + longest.toNanos();
        long at = reserve(payer, latest, errand);
        if (at > latest) {
          return null;
        }
        time.sleep(Duration.ofNanos(Math.max(0, at - time.nanos())));
        taken = keep(way, at);
        if (taken) {
          return new Turn(way, payer, at);
        }
      } finally {
        if (!taken) {
          done();
        }
      }
    }
  }

  /// What changes something goes before what asks.
  private boolean enter(Errand errand) throws InterruptedException {
    boolean asks = errand == Errand.ASKING;
    Condition turn = asks ? freed : freedForChanges;
    long left = (asks ? PATIENT : SOON).toNanos();
    lock.lockInterruptibly();
    try {
      changesWaiting += asks ? 0 : 1;
      try {
        while (inFlight >= (int) parallel || asks && changesWaiting > 0) {
          if (left <= 0) {
            return false;
          }
          left = turn.awaitNanos(left);
        }
        inFlight++;
        return true;
      } finally {
        changesWaiting -= asks ? 0 : 1;
        signal(); // there may be room for one more
      }
    } finally {
      lock.unlock();
    }
  }

  /// Wakes the next who may have a turn, if there is room.
  private void signal() {
    if (inFlight < (int) parallel) {
      (changesWaiting > 0 ? freedForChanges : freed).signal();
    }
  }

  private long opens(String way) {
    lock.lock();
    try {
      return closedUntil.getOrDefault(way, time.nanos());
    } finally {
      lock.unlock();
    }
  }

  /// The moment at which the next request may begin; one after `latest` is told and not kept.
  private long reserve(String payer, long latest, Errand errand) {
    lock.lock();
    try {
      long at = earliest(payer, errand);
      if (at <= latest) {
        everybody.add(at);
        next = at + (long) (1e9 / rate);
      }
      return at;
    } finally {
      lock.unlock();
    }
  }

  /// Whether a moment can still be used: the provider may have asked for a pause since.
  private boolean keep(String way, long at) {
    lock.lock();
    try {
      boolean kept = at >= closedUntil.getOrDefault(way, at);
      if (!kept) {
        everybody.drop(at);
      }
      return kept;
    } finally {
      lock.unlock();
    }
  }

  private long earliest(String payer, Errand errand) {
    long at = Math.max(Math.max(time.nanos(), next), everybody.room(errand));
    Window own = accounts.get(payer);
    return own == null ? at : Math.max(at, own.room(errand));
  }

  /// How long the next request that goes this way has to wait.
  Duration untilNext(String way, String payer) {
    lock.lock();
    try {
      long at =
          Math.max(earliest(payer, Errand.ASKING), closedUntil.getOrDefault(way, time.nanos()));
      return Duration.ofNanos(Math.max(0, at - time.nanos()));
    } finally {
      lock.unlock();
    }
  }

  /// Takes a turn out of the count: nothing was sent.
  void notSent(Turn turn) {
    lock.lock();
    try {
      everybody.drop(turn.at());
      next = Math.min(next, time.nanos());
    } finally {
      lock.unlock();
    }
  }

  /// Learns from an answer: rises after a good one, slows down after a 429, pauses when told to.
  ///
  /// @param windowLeft how long the provider's fixed window still lasts, where it says so
  void learn(Turn turn, int status, @Nullable Duration pause, @Nullable Duration windowLeft) {
    lock.lock();
    try {
      if (status == 429) {
        slowDown(turn, pause);
      } else if (status < 500) {
        refused = false;
        rise();
      }
      boolean paid = status / 100 == 2 && limit.perAccount() > 0 && !turn.payer().isEmpty();
      Window counts = everybody;
      if (paid) {
        counts = accounts.computeIfAbsent(turn.payer(), _ -> own());
        everybody.drop(turn.at());
        counts.add(turn.at());
      }
      if (windowLeft != null) {
        counts.endsIn(windowLeft, time.nanos());
      }
      if (pause != null) {
        closedUntil.merge(turn.way(), time.nanos() + pause.toNanos(), Math::max);
      }
      signal();
    } finally {
      lock.unlock();
    }
  }

  private Window own() {
    return new Window(limit.perAccount(), limit.window());
  }

  private void slowDown(Turn turn, @Nullable Duration pause) {
    if (turn.at() < slowed) {
      return; // the same jam: this one was under way when the first 429 came
    }
    slowed = time.nanos();
    double left = pause == null || calm || refused ? HALF : LESS;
    calm = false;
    refused = true;
    rate = Math.max(SLOWEST, rate * left);
    parallel = Math.max(1, parallel * left);
    if (pause == null) {
      next = Math.max(next, slowed + (long) (1e9 / rate));
    }
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
      signal();
    } finally {
      lock.unlock();
    }
  }
}
