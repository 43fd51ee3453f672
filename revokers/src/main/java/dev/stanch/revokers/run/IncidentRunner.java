package dev.stanch.revokers.run;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Standing;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Group;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Brings an incident forward: acts, proves, keeps the journal. One run of one process; others may
/// work on the same incident.
public final class IncidentRunner {
  private static final Duration WATCH = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int RENEW_EVERY = 15;

  /// How long proofs and waits may take to end after a stop; a call under way is never cut.
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Providers providers;
  private final RunSettings settings;
  private final InstantSource clock;
  private final Listener listener;
  private final Stop stop = new Stop();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger unwanted = new AtomicInteger();
  private final String holder;

  /// A runner.
  public IncidentRunner(
      Providers providers, RunSettings settings, InstantSource clock, Listener listener) {
    this(providers, settings, clock, listener, Holder.own());
  }

  private IncidentRunner(
      Providers providers,
      RunSettings settings,
      InstantSource clock,
      Listener listener,
      String holder) {
    this.holder = holder;
    this.providers = requireNonNull(providers, "providers");
    this.settings = requireNonNull(settings, "settings");
    this.clock = requireNonNull(clock, "clock");
    this.listener = requireNonNull(listener, "listener");
  }

  /// The same runner as if it were another process.
  IncidentRunner as(String other) {
    return new IncidentRunner(providers, settings, clock, listener, other);
  }

  /// Who hears what happens, on any thread.
  public interface Listener {
    /// A step came into another state, durably.
    void moved(JournalEntry.Moved move);

    /// Something that people should know.
    void noted(String subject, String text);
  }

  /// Ends the run after the calls under way.
  public void stop(String why) {
    stop.request(why);
  }

  /// Why the run ended early, if it did.
  public Optional<String> stopped() {
    return stop.reason();
  }

  /// Works on every open step whose token is in hand; without one a step needs its token.
  ///
  /// @param tokens by step
  public Standing run(Incident incident, Map<Integer, HeldFinding> tokens)
      throws InterruptedException, JournalException {
    return run(incident, tokens, Orders.NONE);
  }

  /// The same, with what a person decided since.
  public Standing run(Incident incident, Map<Integer, HeldFinding> tokens, Orders orders)
      throws InterruptedException, JournalException {
    return run(incident, InHand.of(tokens), orders);
  }

  /// The same, with new values besides.
  public Standing run(Incident incident, InHand all, Orders orders)
      throws InterruptedException, JournalException {
    Map<Integer, HeldFinding> tokens = all.old();
    Work work = work(incident);
    work.releaseTheDead();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> watch = threads.submit(() -> watch(incident));
      try {
        var catchUp = new CatchUp(work, providers);
        catchUp.reopen(tokens, orders);
        new Undo(work, providers).settle(tokens);
        catchUp.recheckGuided(tokens);
        catchUp.recheckUnshown(all.listed());
        var deliveries = new Deliveries(work, providers, orders);
        for (Phase phase : Phase.values()) {
          lanes(work, tokens, orders, Turn.BEFORE, Set.of(), threads, phase);
          Set<Integer> dead = rotations(work, all, orders, deliveries, threads, phase);
          lanes(work, tokens, orders, Turn.AFTER, dead, threads, phase);
        }
        new Purge(work, providers).run(orders.purged(), tokens);
      } finally {
        watch.cancel(true);
        threads.shutdownNow();
      }
    }
    incident.release(holder);
    Standing standing = incident.standing();
    if (standing.settled()) {
      incident.close();
      standing = incident.standing();
    }
    return standing;
  }

  /// How many supplied values were refused.
  public int unwanted() {
    return unwanted.get();
  }

  /// Credentials that this machine works with come after everything else.
  private enum Phase {
    OTHERS,
    IN_USE;

    boolean has(Step step) {
      return (step.subject().group() == Group.IN_USE) == (this == IN_USE);
    }
  }

  /// When keys end.
  private enum Turn {
    /// Those that end before their replacements are made.
    BEFORE,
    /// All others.
    AFTER
  }

  /// Keeps the leases, and hears when somebody pauses the incident or the journal is lost.
  private void watch(Incident incident) {
    try {
      for (int second = 0; !Thread.currentThread().isInterrupted(); second++) {
        if (incident.paused()) {
          stop.request("the incident was paused");
        }
        if (second % RENEW_EVERY == 0) {
          incident.renew(holder);
        }
        Thread.sleep(WATCH);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (JournalException e) {
      stop.request(String.valueOf(e.getMessage()));
    }
  }

  /// Brings replacements into use, all providers at once.
  ///
  /// @return the steps whose old token was dead before anything was minted
  private Set<Integer> rotations(
      Work work,
      InHand tokens,
      Orders orders,
      Deliveries deliveries,
      ExecutorService threads,
      Phase phase)
      throws InterruptedException, JournalException {
    var renewals = new TreeMap<ProviderId, List<Renewal>>();
    for (Incident.StepStanding step : work.incident().standing().steps()) {
      StepState.Kind kind = step.state().kind();
      HeldFinding old = tokens.old().get(step.number());
      boolean due =
          kind.rotating()
              || kind == StepState.Kind.PLANNED && !goesFirst(step)
              || kind == StepState.Kind.HANDED_OVER && tokens.supplied().containsKey(step.number())
              || step.mintsAgain();
      boolean left = orders.left().contains(step.number());
      if (due
          && !left
          && old != null
          && step.step() instanceof Step.Rotate rotate
          && phase.has(rotate)) {
        renewals
            .computeIfAbsent(rotate.subject().provider(), _ -> new ArrayList<>())
            .add(new Renewal(step, rotate, old));
      }
    }
    Set<Integer> dead = ConcurrentHashMap.newKeySet();
    var running = new ArrayList<Future<?>>();
    for (var entry : renewals.entrySet()) {
      Prober prober = providers.prober(entry.getKey()).orElse(null);
      Revoker revoker = providers.revoker(entry.getKey()).orElse(null);
      if (prober == null || revoker == null || stop.requested()) {
        continue;
      }
      var lane =
          new RotationLane(
              work,
              entry.getKey(),
              prober,
              revoker,
              providers.rotator(entry.getKey()),
              deliveries,
              tokens,
              entry.getValue(),
              unwanted);
      running.add(threads.submit(() -> dead.addAll(lane.run())));
    }
    finish(running);
    return dead;
  }

  /// Whether the old key of a rotation can go: its last use lies before the new one was taken into
  /// use, or it had its time.
  private boolean soaked(
      Incident.StepStanding step, StepState.Verified verified, Step.Rotate rotate, HeldFinding old)
      throws InterruptedException, JournalException {
    Instant ends = verified.activated().plus(rotate.soak());
    if (!ends.isAfter(clock.instant())) {
      return true;
    }
    Revoker revoker = providers.revoker(rotate.subject().provider()).orElse(null);
    Instant used =
        revoker != null
                && rotate.revocation().found(revoker.locate(old, RevealPermit.grant("locate")))
                    instanceof Target.Located key
            ? key.lastUsedAt()
            : null;
    if (used != null && used.isBefore(verified.activated())) {
      return true;
    }
    listener.noted(
        rotate.subject().provider().value(),
        "step " + step.number() + " waits until " + ends + ": the old token may be in use");
    return false;
  }

  private void lanes(
      Work work,
      Map<Integer, HeldFinding> tokens,
      Orders orders,
      Turn turn,
      Set<Integer> dead,
      ExecutorService threads,
      Phase phase)
      throws InterruptedException, JournalException {
    if (stop.requested()) {
      return;
    }
    var jobs = new TreeMap<ProviderId, List<Job>>();
    var proven = new TreeMap<ProviderId, Integer>();
    List<Incident.StepStanding> steps = work.incident().standing().steps();
    for (Incident.StepStanding step : steps) {
      Step.Act act = step.step().act().orElse(null);
      if (act != null) {
        ProviderId provider = act.subject().provider();
        StepState.Kind kind = step.state().kind();
        HeldFinding token = tokens.get(step.number());
        if (token != null
            && !orders.left().contains(step.number())
            && phase.has(act)
            && (turn == Turn.BEFORE
                ? goesFirst(step)
                : revocable(step, token, dead) && !waits(step, act, steps, orders))) {
          jobs.computeIfAbsent(provider, _ -> new ArrayList<>()).add(Job.of(step, act, token));
        }
        if (kind == StepState.Kind.DEAD
            || kind == StepState.Kind.CONTAINED
            || kind == StepState.Kind.REVOKED) {
          proven.merge(provider, 1, Integer::sum);
        }
      }
    }
    var running = new ArrayList<Future<?>>();
    for (var entry : jobs.entrySet()) {
      Prober prober = providers.prober(entry.getKey()).orElse(null);
      Revoker revoker = providers.revoker(entry.getKey()).orElse(null);
      if (prober != null && revoker != null) {
        entry.getValue().forEach(job -> prober.remember(job.step().subject()));
        var lane =
            new Lane(
                work,
                entry.getKey(),
                prober,
                revoker,
                entry.getValue(),
                proven.getOrDefault(entry.getKey(), 0));
        running.add(
            threads.submit(
                () -> {
                  lane.run();
                  return null;
                }));
      }
    }
    finish(running);
  }

  /// Whether the call that ends a token comes before everything else, and is not made yet.
  private static boolean goesFirst(Incident.StepStanding step) {
    StepState.Kind kind = step.state().kind();
    return step.step() instanceof Step.Rotate rotate
        && rotate.revokesFirst()
        && step.revoked() == null
        && kind.open()
        && kind != StepState.Kind.PARKED;
  }

  /// Whether the call that ends a token is all that is left to do.
  private boolean revocable(Incident.StepStanding step, HeldFinding token, Set<Integer> dead)
      throws InterruptedException, JournalException {
    StepState.Kind kind = step.state().kind();
    if (!kind.open() || kind == StepState.Kind.PARKED || kind.rotating()) {
      return false;
    }
    if (!(step.step() instanceof Step.Rotate rotate)) {
      return true;
    }
    if (rotate.revokesFirst()) {
      return false;
    }
    return step.state() instanceof StepState.Verified verified
        ? soaked(step, verified, rotate, token)
        : kind != StepState.Kind.PLANNED || dead.contains(step.number());
  }

  /// Whether tokens would die with this one before what takes their place is live. One that its
  /// person leaves as it is, or that nothing replaces any more, is not waited for.
  private boolean waits(
      Incident.StepStanding step, Step.Act act, List<Incident.StepStanding> all, Orders orders) {
    StepState.Kind kind = step.state().kind();
    if (act.after().isEmpty()
        || kind != StepState.Kind.PLANNED && kind != StepState.Kind.VERIFIED) {
      return false; // what was called is proven
    }
    List<Integer> open =
        all.stream()
            .filter(other -> act.after().contains(other.step().subject().token()))
            .filter(other -> other.step() instanceof Step.Rotate)
            .filter(other -> other.state().kind().awaitsReplacement())
            .map(Incident.StepStanding::number)
            .filter(number -> !orders.left().contains(number))
            .toList();
    if (!open.isEmpty()) {
      listener.noted(
          act.subject().provider().value(),
          "step "
              + step.number()
              + " waits for step "
              + open.getFirst()
              + ", whose token dies with it and is not replaced yet");
    }
    return !open.isEmpty();
  }

  /// Waits for lanes. After a stop their waits are cut, once no call is under way.
  private void finish(List<Future<?>> running) throws InterruptedException, JournalException {
    JournalException lost = null;
    RuntimeException bug = null;
    for (Future<?> lane : running) {
      try {
        if (ended(lane)) {
          Parallel.await(lane);
        }
      } catch (JournalException e) {
        stop.request(String.valueOf(e.getMessage()));
        lost = e;
      } catch (RuntimeException e) { // of one lane: the others go on
        bug = e;
      }
    }
    if (lost != null) {
      throw lost;
    }
    if (bug != null) {
      throw bug;
    }
  }

  /// Waits for one lane.
  ///
  /// @return whether it ended by itself
  private boolean ended(Future<?> lane) throws InterruptedException {
    long graceEnds = Long.MAX_VALUE;
    while (true) {
      try {
        lane.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (ExecutionException _) {
        return true;
      } catch (TimeoutException _) {
        if (stop.requested()) {
          graceEnds = Math.min(graceEnds, System.nanoTime() + GRACE.toNanos());
          if (System.nanoTime() - graceEnds >= 0 && calls.get() == 0) {
            lane.cancel(true);
            return false;
          }
        }
      }
    }
  }

  /// Switches a contained token on again; one that was switched off first, as long as nothing was
  /// made to replace it.
  ///
  /// @param token null where it is not in hand
  /// @return what came of it, in words; empty when it is live again
  public Optional<String> undo(
      Incident incident, Incident.StepStanding step, @Nullable HeldFinding token)
      throws InterruptedException, JournalException {
    return new Undo(work(incident), providers).undo(step, token);
  }

  private Work work(Incident incident) {
    return new Work(incident, holder, settings, clock, stop, calls, listener);
  }
}
