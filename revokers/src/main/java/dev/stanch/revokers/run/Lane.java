package dev.stanch.revokers.run;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Works off the steps of one provider: a trial of a few, then the rest in batches, while earlier
/// ones are being proven.
final class Lane {
  /// Steps that are worked on at once where a call takes one token.
  private static final int AT_ONCE = 20;

  /// Steps of a batch that are asked about at once, and for how long what was told is good.
  private static final int SLICE = 50;

  private static final Duration CHECK_HOLDS = Duration.ofMinutes(1);

  /// A call that did not get through is made again so often under one intent, and so much later.
  private static final List<Duration> AGAIN =
      List.of(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(5));

  private static final Duration UNTOLD_PAUSE = Duration.ofMinutes(1);
  private static final int LATER = 3;

  private final Work work;
  private final ProviderId provider;
  private final Prober prober;
  private final Revoker revoker;
  private final Brakes brakes;
  private final Prover prover;
  private final ConcurrentLinkedDeque<Job> queue;
  private final Map<Integer, Integer> postponed = new java.util.concurrent.ConcurrentHashMap<>();
  private @Nullable Instant pauseUntil;

  Lane(
      Work work,
      ProviderId provider,
      Prober prober,
      Revoker revoker,
      Collection<Job> jobs,
      int provenBefore) {
    this.work = work;
    this.provider = provider;
    this.prober = prober;
    this.revoker = revoker;
    this.brakes = new Brakes(provenBefore);
    this.queue = new ConcurrentLinkedDeque<>(jobs);
    this.prover = new Prover(work, prober, revoker, brakes, this::resend);
  }

  /// Works until nothing is left that can be done now.
  void run() throws InterruptedException, JournalException {
    Optional<String> doubt = prober.doubt();
    if (doubt.isPresent()) {
      work.note(provider.value(), "not begun: " + doubt.get());
      return;
    }
    try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        background.execute(() -> prover.run(background));
        boolean on = true;
        while (on && !queue.isEmpty() && !halted()) {
          on = waves();
        }
      } finally {
        prover.endCalls();
        background.shutdownNow();
      }
    }
    if (brakes.reason() != null) {
      work.note(provider.value(), "stopped: " + brakes.reason());
    }
  }

  /// Sends what is in the queue, and waits until all of it is proven or cannot be: a step may come
  /// back into the queue by then.
  ///
  /// @return whether to go on
  private boolean waves() throws InterruptedException, JournalException {
    boolean on = true;
    while (!queue.isEmpty() && !halted()) {
      on = paused();
      if (!on) {
        break;
      }
      boolean alone = brakes.alone(queue.element());
      boolean trial = alone || !brakes.trialled();
      if (revoker.largestBatch() == 1) {
        singly(alone ? 1 : trial ? Planner.TRIAL : Integer.MAX_VALUE);
      } else {
        batch(trial ? Planner.TRIAL : revoker.largestBatch());
      }
      if (trial) {
        prover.await();
      }
    }
    prover.await();
    return on;
  }

  private boolean halted() {
    return brakes.pulled() || work.stop().requested();
  }

  /// Waits as long as the provider wants, or parks what is left.
  ///
  /// @return whether to go on
  private boolean paused() throws InterruptedException, JournalException {
    Instant until = pause();
    if (until == null) {
      return true;
    }
    Duration wait = Duration.between(work.clock().instant(), until);
    if (wait.compareTo(work.settings().longestPause()) > 0
        && work.settings().longPause() == RunSettings.LongPause.PARK) {
      park(until);
      return false;
    }
    return work.stop().sleep(wait);
  }

  private void park(Instant until) throws JournalException {
    var claimed = work.incident().claim(work.holder(), queue.stream().map(Job::number).toList());
    var moves = new ArrayList<JournalEntry.Moved>();
    for (Job job : queue) {
      if (claimed.get(job.number()) == job.begin().kind()) {
        moves.add(job.to(new StepState.Parked(until, "the provider takes no more calls")));
      }
    }
    work.move(moves);
    work.note(
        provider.value(),
        "parked until " + until + ": " + moves.size() + " steps wait for the provider");
  }

  /// Sends so many steps, each asked about right before its own call, until the provider wants a
  /// pause.
  private void singly(int most) throws InterruptedException, JournalException {
    var room = new Semaphore(AT_ONCE);
    var sent = new ArrayList<Future<?>>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (sent.size() < most && !queue.isEmpty() && !halted() && !pausing()) {
        room.acquire();
        Job job = queue.peek();
        if (job == null || !sent.isEmpty() && brakes.alone(job)) {
          break;
        }
        queue.remove();
        sent.add(
            threads.submit(
                () -> {
                  try {
                    prover.add(sendOne(job));
                  } catch (JournalException e) {
                    work.stop().request(String.valueOf(e.getMessage()));
                    throw e;
                  } finally {
                    room.release();
                  }
                  return null;
                }));
      }
      for (Future<?> one : sent) {
        Parallel.await(one);
      }
    }
  }

  /// Sends a batch of steps that were asked about within the minute: of fewer where the provider
  /// answers slowly, so that what is sent is as it was planned.
  private void batch(int most) throws InterruptedException, JournalException {
    List<Ready> ready = new ArrayList<>();
    Instant latest = work.clock().instant().plus(CHECK_HOLDS);
    Action action = queue.element().step().action();
    while (ready.size() < most && !halted() && work.clock().instant().isBefore(latest)) {
      List<Job> jobs = next(Math.min(SLICE, most - ready.size()), action);
      if (jobs.isEmpty()) {
        break;
      }
      Checked checked = check(jobs);
      ready.addAll(checked.ready());
      prover.add(checked.toProve());
    }
    List<List<Ready>> calls = calls(ready);
    for (int i = 0; i < calls.size(); i++) {
      if (i == 0 || work.clock().instant().isBefore(latest)) {
        prover.add(transmit(calls.get(i)));
      } else {
        calls.get(i).forEach(one -> queue.add(one.job()));
      }
    }
  }

  /// Those that go in one call each: none mixes what a provider takes apart.
  private List<List<Ready>> calls(List<Ready> ready) {
    var lots = new LinkedHashMap<Target.Lot, List<Ready>>();
    ready.forEach(one -> lots.computeIfAbsent(one.key().lot(), _ -> new ArrayList<>()).add(one));
    var calls = new ArrayList<List<Ready>>();
    lots.forEach(
        (lot, all) -> {
          int largest = Math.min(lot.largest(), revoker.largestBatch());
          for (int i = 0; i < all.size(); i += largest) {
            calls.add(all.subList(i, Math.min(i + largest, all.size())));
          }
        });
    return calls;
  }

  private List<Job> next(int most, Action action) {
    var jobs = new ArrayList<Job>();
    for (Job first = queue.peek();
        jobs.size() < most && first != null && first.step().action() == action;
        first = queue.peek()) {
      jobs.add(queue.remove());
    }
    return jobs;
  }

  private List<Job> sendOne(Job job) throws InterruptedException, JournalException {
    Checked checked = check(List.of(job));
    var toProve = new ArrayList<>(checked.toProve());
    toProve.addAll(transmit(checked.ready()));
    return toProve;
  }

  /// A step that is as planned, this moment.
  private record Ready(Job job, Target.Located key) {}

  /// Steps that were asked about.
  ///
  /// @param toProve those that were called before, or that are dead
  private record Checked(List<Ready> ready, List<Job> toProve) {
    static final Checked NOTHING = new Checked(List.of(), List.of());
  }

  /// Claims steps and asks about each: is it still as planned?
  private Checked check(List<Job> jobs) throws InterruptedException, JournalException {
    if (halted()) {
      return Checked.NOTHING;
    }
    Map<Integer, StepState.Kind> claimed =
        work.incident().claim(work.holder(), jobs.stream().map(Job::number).toList());
    var toProve = new ArrayList<Job>();
    var unsure = new ArrayList<Claimed>();
    for (Job job : jobs) {
      StepState.Kind kind = claimed.get(job.number());
      if (kind == StepState.Kind.CALLED || kind == StepState.Kind.REVOKED_UNPROVEN) {
        toProve.add(job); // whoever called takes a while: the prover waits, and sends it again
      } else if (kind != null && kind.open()) {
        unsure.add(new Claimed(job, kind));
      }
    }
    List<Verification> answers = Parallel.map(unsure, one -> prober.ask(one.job().token()));
    var asPlanned = new ArrayList<Claimed>();
    var moves = new ArrayList<JournalEntry.Moved>();
    for (int i = 0; i < unsure.size(); i++) {
      judge(unsure.get(i), answers.get(i), asPlanned, toProve, moves);
    }
    List<Ready> ready = locate(asPlanned, toProve, moves);
    return work.move(moves) ? new Checked(ready, toProve) : Checked.NOTHING;
  }

  /// Those whose key is the planned one.
  private List<Ready> locate(
      List<Claimed> asPlanned, List<Job> toProve, List<JournalEntry.Moved> moves)
      throws InterruptedException, JournalException {
    List<Target> targets = Parallel.map(asPlanned, one -> one.job().target(revoker));
    var ready = new ArrayList<Ready>();
    for (int i = 0; i < asPlanned.size(); i++) {
      Job job = asPlanned.get(i).job();
      boolean begun = asPlanned.get(i).kind() == StepState.Kind.INTENT;
      switch (targets.get(i)) {
        case Target.Located key when job.isOf(key) && !job.unplanned(key).isEmpty() ->
            moves.add(
                job.to(
                    new StepState.Refused(
                        "more dies with it than was planned: "
                            + String.join(", ", job.unplanned(key)))));
        case Target.Located key when job.isOf(key) -> {
          ready.add(new Ready(job, key));
          if (asPlanned.get(i).kind() != job.begin().kind()) {
            // Found between intent and outcome, and lives: nothing of it happened.
            moves.add(job.to(job.begin()));
          }
        }
        // A run died behind its call: that the token lives tells nothing of what was taken from it.
        case Target.Foreign _ when job.withdraws() && begun -> toProve.add(job);
        // Nobody answered, or keys went while they were listed: that says nothing about this one.
        case Target.Unclear _ -> later(job);
        case Target.Foreign _ when !postponedBefore(job) -> later(job);
        case Target.Located _,
            Target.Foreign _,
            Target.Ambiguous _,
            Target.NeedsCredential _,
            Target.ByHandOnly _ ->
            moves.add(job.to(new StepState.Refused(job.mismatch())));
      }
    }
    return ready;
  }

  /// A step that this process holds, and the state in which it found it.
  private record Claimed(Job job, StepState.Kind kind) {}

  private void judge(
      Claimed claimed,
      Verification now,
      List<Claimed> asPlanned,
      List<Job> toProve,
      List<JournalEntry.Moved> moves) {
    Job job = claimed.job();
    boolean off = now instanceof Verification.LiveBlocked && job.step().action() == Action.DISABLE;
    if (now.dead() || off && claimed.kind() == StepState.Kind.INTENT) {
      toProve.add(job);
    } else if (!job.maySend()) {
      later(job); // the provider may come to say that it is dead
    } else if (matches(job.step().subject(), now)) {
      asPlanned.add(claimed);
    } else if (now instanceof Verification.Unknown(var why, var retry)) {
      if (retry == Verification.Retry.NEVER) {
        brakes.unexpected(why);
      } else {
        later(job);
      }
    } else {
      moves.add(job.to(new StepState.Refused("not as planned any more: " + now.verdict())));
    }
  }

  static boolean matches(Subject planned, Verification now) {
    Identity told = now.told();
    return planned.verdict().equals(now.verdict())
        && Objects.equals(planned.identity().owner(), told.owner())
        && Objects.equals(planned.identity().tenant(), told.tenant())
        && Objects.equals(planned.identity().keyId(), told.keyId());
  }

  private boolean postponedBefore(Job job) {
    return postponed.containsKey(job.number());
  }

  /// Puts a step back into the queue; after a few times it is left for another run.
  private void later(Job job) {
    if (postponed.merge(job.number(), 1, Integer::sum) < LATER) {
      queue.add(job);
    }
  }

  /// Sends one call for steps that are as planned: intent, call, outcome.
  ///
  /// @return those whose end is to be proven
  private List<Job> transmit(List<Ready> ready) throws InterruptedException, JournalException {
    if (ready.isEmpty() || halted()) {
      return List.of();
    }
    String call = UUID.randomUUID().toString();
    Action action = ready.getFirst().job().step().action();
    List<Job> jobs = ready.stream().map(one -> one.job().again()).toList();
    if (!work.move(
        jobs.stream()
            .map(
                job ->
                    job.to(new StepState.Intent(call, action, job.step().keyId(), job.attempts())))
            .toList())) {
      return List.of();
    }
    ActionResult result = callPatiently(action, ready, jobs);
    if (result == null) {
      back(jobs);
      return List.of();
    }
    return switch (result) {
      case ActionResult.Accepted _ -> called(jobs, call, action, "accepted");
      case ActionResult.AlreadyDone(String detail) -> called(jobs, call, action, detail);
      case ActionResult.Unclear(String reason) -> {
        brakes.unexpected(reason);
        yield called(jobs, call, action, "unclear: " + reason);
      }
      case ActionResult.Refused(String reason) -> refused(ready, jobs, reason);
      case ActionResult.Limited(Instant until) -> {
        back(jobs);
        limited(jobs, until);
        yield List.of();
      }
    };
  }

  /// Makes the call; again where it did not get through, or where nobody knows whether it did: to
  /// send it twice does no harm. Whether it may be made is asked right before each.
  ///
  /// @return null where no call may be made; none was then
  private @Nullable ActionResult callPatiently(Action action, List<Ready> ready, List<Job> jobs)
      throws InterruptedException, JournalException {
    List<Integer> numbers = jobs.stream().map(Job::number).toList();
    var batch = ready.stream().map(one -> one.job().targeted(one.key())).toList();
    ActionResult last = null;
    for (int i = 0; i <= AGAIN.size(); i++) {
      if (!work.incident().mayCall(work.holder(), numbers)) {
        return last;
      }
      last = work.act(revoker, action, batch);
      Duration pause = i < AGAIN.size() ? pauseAfter(last, AGAIN.get(i)) : null;
      if (pause == null || !work.stop().sleep(pause)) {
        return last;
      }
    }
    return last;
  }

  /// How long to wait before a call is made again; null where it is not.
  private @Nullable Duration pauseAfter(ActionResult result, Duration least) {
    return switch (result) {
      case ActionResult.Limited(Instant until) -> {
        Duration told = until == null ? least : Duration.between(work.clock().instant(), until);
        yield told.compareTo(AGAIN.getLast()) > 0 ? null : told.compareTo(least) > 0 ? told : least;
      }
      case ActionResult.Unclear _ -> least;
      case ActionResult.Accepted _, ActionResult.AlreadyDone _, ActionResult.Refused _ -> null;
    };
  }

  private List<Job> called(List<Job> jobs, String call, Action action, String result)
      throws JournalException {
    return work.move(
            jobs.stream()
                .map(job -> job.to(new StepState.Called(call, action, result, job.attempts())))
                .toList())
        ? jobs
        : List.of();
  }

  /// A refused batch is halved until the culprits stand alone.
  private List<Job> refused(List<Ready> ready, List<Job> jobs, String reason)
      throws InterruptedException, JournalException {
    if (jobs.size() == 1) {
      work.move(
          List.of(jobs.getFirst().to(new StepState.Refused("the provider refused it: " + reason))));
      return List.of();
    }
    back(jobs);
    int half = ready.size() / 2;
    var sent = new ArrayList<>(transmit(ready.subList(0, half)));
    sent.addAll(transmit(ready.subList(half, ready.size())));
    return sent;
  }

  private void back(List<Job> jobs) throws JournalException {
    work.move(jobs.stream().map(job -> job.to(job.begin())).toList());
  }

  private synchronized void limited(List<Job> jobs, @Nullable Instant until) {
    Instant told = until == null ? work.clock().instant().plus(UNTOLD_PAUSE) : until;
    queue.addAll(jobs);
    if (pauseUntil == null || told.isAfter(pauseUntil)) {
      pauseUntil = told;
    }
  }

  private synchronized boolean pausing() {
    return pauseUntil != null;
  }

  private synchronized @Nullable Instant pause() {
    Instant until = pauseUntil;
    pauseUntil = null;
    return until;
  }

  /// Sends a step once more, alone, where it still is as it was planned.
  private Prover.Resent resend(Job job, Verification now)
      throws InterruptedException, JournalException {
    if (halted() || !matches(job.step().subject(), now)) {
      return Prover.Resent.UNCHANGED;
    }
    Target target = job.target(revoker);
    if (halted()
        || !(target instanceof Target.Located key)
        || !job.isOf(key)
        || !job.unplanned(key).isEmpty()) {
      return Prover.Resent.UNCHANGED;
    }
    back(List.of(job));
    return transmit(List.of(new Ready(job, key))).isEmpty()
        ? Prover.Resent.ELSEWHERE
        : Prover.Resent.SENT;
  }
}
