package dev.stanch.revokers.run;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Works off the steps of one provider: a trial of a few, then the rest in batches, while earlier
/// ones are being proven.
final class Lane {
  /// Steps that are worked on at once where a call takes one token.
  private static final int WAVE = 20;

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
        boolean on = true;
        while (on && !queue.isEmpty() && !halted()) {
          on = waves(background);
        }
      } finally {
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
  private boolean waves(ExecutorService background) throws InterruptedException, JournalException {
    var proofs = new ArrayList<Future<?>>();
    boolean on = true;
    while (!queue.isEmpty() && !halted()) {
      on = paused();
      if (!on) {
        break;
      }
      boolean trial = !brakes.trialled();
      List<Job> sent = wave(trial ? Planner.TRIAL : Math.max(WAVE, revoker.largestBatch()));
      Future<?> proof =
          background.submit(
              () -> {
                prover.prove(sent);
                return null;
              });
      proofs.add(proof);
      if (trial) {
        Parallel.await(proof);
      }
    }
    for (Future<?> proof : proofs) {
      Parallel.await(proof);
    }
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
      if (claimed.get(job.number()) == StepState.Kind.PLANNED) {
        moves.add(job.to(new StepState.Parked(until, "the provider takes no more calls")));
      }
    }
    work.move(moves);
    work.note(
        provider.value(),
        "parked until " + until + ": " + moves.size() + " steps wait for the provider");
  }

  /// Sends the next steps.
  ///
  /// @return those whose end is to be proven
  private List<Job> wave(int most) throws InterruptedException, JournalException {
    var jobs = new ArrayList<Job>();
    while (jobs.size() < most
        && !queue.isEmpty()
        && (jobs.isEmpty() || jobs.getFirst().step().action() == queue.element().step().action())) {
      jobs.add(queue.remove());
    }
    List<Ready> ready = new ArrayList<>();
    List<Job> toProve = new ArrayList<>();
    if (revoker.largestBatch() == 1) {
      // Each is asked about right before its own call.
      for (List<Job> sent : Parallel.map(jobs, job -> sendOne(job))) {
        toProve.addAll(sent);
      }
      return toProve;
    }
    check(jobs, ready, toProve);
    for (int from = 0; from < ready.size(); from += revoker.largestBatch()) {
      toProve.addAll(
          transmit(ready.subList(from, Math.min(ready.size(), from + revoker.largestBatch()))));
    }
    return toProve;
  }

  private List<Job> sendOne(Job job) throws InterruptedException, JournalException {
    var ready = new ArrayList<Ready>();
    var toProve = new ArrayList<Job>();
    check(List.of(job), ready, toProve);
    toProve.addAll(transmit(ready));
    return toProve;
  }

  /// A step that is as planned, this moment.
  private record Ready(Job job, Target.Located key) {}

  /// Claims steps and asks about each: is it still as planned?
  private void check(List<Job> jobs, List<Ready> ready, List<Job> toProve)
      throws InterruptedException, JournalException {
    if (halted()) {
      return;
    }
    Map<Integer, StepState.Kind> claimed =
        work.incident().claim(work.holder(), jobs.stream().map(Job::number).toList());
    var ours = new ArrayList<Claimed>();
    for (Job job : jobs) {
      StepState.Kind kind = claimed.get(job.number());
      if (kind != null && kind.open()) {
        ours.add(new Claimed(job, kind));
      }
    }
    List<Verification> answers = Parallel.map(ours, one -> prober.ask(one.job().token()));
    var asPlanned = new ArrayList<Job>();
    var moves = new ArrayList<JournalEntry.Moved>();
    for (int i = 0; i < ours.size(); i++) {
      judge(ours.get(i), answers.get(i), asPlanned, toProve, moves);
    }
    List<Target> targets =
        Parallel.map(asPlanned, job -> revoker.locate(job.token(), RevealPermit.grant("locate")));
    for (int i = 0; i < asPlanned.size(); i++) {
      Job job = asPlanned.get(i);
      if (targets.get(i) instanceof Target.Located key
          && key.keyId().equals(job.step().keyId())
          && Objects.equals(key.tenant(), job.step().tenant())) {
        ready.add(new Ready(job, key));
      } else if (targets.get(i) instanceof Target.Unclear) {
        later(job); // nobody answered; that says nothing about the key
      } else {
        moves.add(job.to(new StepState.Refused("it is another key than planned, or none")));
      }
    }
    // One that was found between intent and outcome, and lives: nothing of it happened.
    for (Ready one : ready) {
      if (claimed.get(one.job().number()) != StepState.Kind.PLANNED) {
        moves.add(one.job().to(new StepState.Planned()));
      }
    }
    if (!work.move(moves)) {
      ready.clear();
      toProve.clear();
    }
  }

  /// A step that this process holds, and the state in which it found it.
  private record Claimed(Job job, StepState.Kind kind) {}

  private void judge(
      Claimed claimed,
      Verification now,
      List<Job> asPlanned,
      List<Job> toProve,
      List<JournalEntry.Moved> moves) {
    Job job = claimed.job();
    StepState.Kind kind = claimed.kind();
    boolean called = kind == StepState.Kind.CALLED || kind == StepState.Kind.REVOKED_UNPROVEN;
    boolean off = now instanceof Verification.LiveBlocked && job.step().action() == Action.DISABLE;
    if (called || now.dead() || off && kind == StepState.Kind.INTENT) {
      toProve.add(job); // whoever called takes a while: the prover waits, and sends it again
    } else if (matches(job.step().subject(), now)) {
      asPlanned.add(job);
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

  private static boolean matches(Subject planned, Verification now) {
    Identity told = now.told();
    return planned.verdict().equals(now.verdict())
        && Objects.equals(planned.identity().owner(), told.owner())
        && Objects.equals(planned.identity().tenant(), told.tenant());
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
    if (!work.incident().mayCall(work.holder(), jobs.stream().map(Job::number).toList())) {
      back(jobs);
      return List.of();
    }
    ActionResult result =
        work.act(
            revoker,
            action,
            ready.stream().map(one -> new Revoker.Targeted(one.job().token(), one.key())).toList());
    return switch (result) {
      case ActionResult.Accepted _ -> called(jobs, call, action, "accepted");
      case ActionResult.AlreadyDone(String detail) -> called(jobs, call, action, detail);
      case ActionResult.Unclear(String reason) -> called(jobs, call, action, "unclear: " + reason);
      case ActionResult.Refused(String reason) -> refused(ready, jobs, reason);
      case ActionResult.Limited(Instant until) -> {
        back(jobs);
        limited(jobs, until);
        yield List.of();
      }
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
    work.move(jobs.stream().map(job -> job.to(new StepState.Planned())).toList());
  }

  private synchronized void limited(List<Job> jobs, @Nullable Instant until) {
    Instant told = until == null ? work.clock().instant().plus(UNTOLD_PAUSE) : until;
    queue.addAll(jobs);
    if (pauseUntil == null || told.isAfter(pauseUntil)) {
      pauseUntil = told;
    }
  }

  private synchronized @Nullable Instant pause() {
    Instant until = pauseUntil;
    pauseUntil = null;
    return until;
  }

  /// Sends a step once more, alone.
  private Prover.Resent resend(Job job) throws InterruptedException, JournalException {
    Target target = revoker.locate(job.token(), RevealPermit.grant("locate"));
    if (halted()
        || !(target instanceof Target.Located key)
        || !key.keyId().equals(job.step().keyId())) {
      return Prover.Resent.UNCHANGED;
    }
    back(List.of(job));
    return transmit(List.of(new Ready(job, key))).isEmpty()
        ? Prover.Resent.ELSEWHERE
        : Prover.Resent.SENT;
  }
}
