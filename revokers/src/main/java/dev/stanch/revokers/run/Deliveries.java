package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Replacement;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Looks at sinks, writes them and has them taken into use. Of one run; thread-safe. Sinks of one
/// kind are written one after another: two may lie in one file.
final class Deliveries {
  /// A clock of a store and ours may differ by so much.
  private static final Duration SKEW = Duration.ofMinutes(1);

  /// What was written so long after it was meant to be was written by somebody else.
  private static final Duration WRITING = Duration.ofMinutes(5);

  private static final int ATTEMPTS = 3;
  private static final String STOPPED = "the incident was paused, or another process has the step";
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final RevealPermit LOOK = RevealPermit.grant("look at a sink");

  private final Work work;
  private final Providers providers;
  private final Orders orders;
  private final Map<String, ReentrantLock> writing = new ConcurrentHashMap<>();

  Deliveries(Work work, Providers providers, Orders orders) {
    this.work = work;
    this.providers = providers;
    this.orders = orders;
  }

  Providers providers() {
    return providers;
  }

  /// Whether the sinks of a rotation can take a new value.
  sealed interface Ready {
    record Yes() implements Ready {}

    /// One is not as planned.
    record No(String why) implements Ready {}

    /// One does not say.
    record Later(String why) implements Ready {}
  }

  /// What came of a delivery.
  sealed interface Result {
    /// The sink holds the new value.
    ///
    /// @param at when it was written, where nobody can read it; else empty
    record Has(String at) implements Result {}

    /// It does not, and nothing was written.
    record Lacks(String why) implements Result {}

    /// Nobody knows.
    record Unknown(String why) implements Result {}

    /// It takes no calls for now; nothing was written.
    ///
    /// @param until when to ask again, where told
    record Busy(@Nullable Instant until) implements Result {}
  }

  private Sink.State look(
      Renewal renewal, Sink sink, @Nullable HeldFinding fresh, RevealPermit permit)
      throws InterruptedException {
    SinkAddress where = sink.address();
    Sink.Value old = Renewal.value(renewal.old(), where).orElse(null);
    if (old == null) {
      return new Sink.State.Missing("the token has no part '" + where.part() + "'");
    }
    return sink.look(old, fresh == null ? null : Renewal.value(fresh, where).orElse(null), permit);
  }

  /// Looks at every sink before a new key is minted.
  Ready rehearse(Renewal renewal) throws InterruptedException {
    for (Step.PlannedSink planned : renewal.step().sinks()) {
      String name = planned.address().text() + ": ";
      Instant written = renewal.written(planned);
      Sink sink;
      try {
        sink = providers.sink(planned.address());
      } catch (IllegalArgumentException e) {
        return new Ready.No(name + e.getMessage());
      }
      switch (look(renewal, sink, null, LOOK)) {
        case Sink.State.HoldsOld _ -> {}
        case Sink.State.WriteOnly(Instant at) when at.equals(written) -> {}
        case Sink.State.WriteOnly(Instant at) -> {
          return new Ready.No(name + "it was written since the plan was made, at " + at);
        }
        case Sink.State.HoldsNew _ -> {
          return new Ready.No(name + "it holds something new already");
        }
        case Sink.State.HoldsOther(List<Secret> values) -> {
          wipe(values);
          return new Ready.No(name + "it does not hold the token any more");
        }
        case Sink.State.Missing(String reason) -> {
          return new Ready.No(name + reason);
        }
        case Sink.State.Unclear(String reason) -> {
          return new Ready.Later(name + reason);
        }
      }
    }
    return new Ready.Yes();
  }

  private static void wipe(List<Secret> values) {
    values.forEach(Secret::close);
  }

  /// Reads a new value back from a sink that holds it.
  Optional<Secret> takeBack(Renewal renewal, Replacement made) throws InterruptedException {
    for (Step.PlannedSink planned : renewal.step().sinks()) {
      if (!planned.address().part().isEmpty()) {
        continue;
      }
      Sink sink = providers.sink(planned.address());
      if (look(renewal, sink, null, LOOK) instanceof Sink.State.HoldsOther(List<Secret> values)) {
        Optional<Secret> ours =
            values.stream()
                .filter(value -> value.idUnder(work.incident().key()).equals(made.token()))
                .findFirst();
        values.stream().filter(value -> value != ours.orElse(null)).forEach(Secret::close);
        if (ours.isPresent()) {
          return ours;
        }
      }
    }
    return Optional.empty();
  }

  /// Whether no sink tells what it holds, and each is as we left it.
  boolean unreadable(Renewal renewal) throws InterruptedException {
    for (Step.PlannedSink planned : renewal.step().sinks()) {
      Sink.State state = look(renewal, providers.sink(planned.address()), null, LOOK);
      if (!(state instanceof Sink.State.WriteOnly(Instant at))
          || !at.equals(renewal.written(planned))) {
        return false;
      }
    }
    return true;
  }

  /// How a delivery ended whose run died; empty where somebody else may have written the sink.
  Optional<StepState.Delivered> settle(Renewal renewal, StepState.Delivering begun)
      throws InterruptedException {
    var done = new TreeMap<>(begun.delivered());
    for (Step.PlannedSink planned : renewal.step().sinks()) {
      if (!planned.address().text().equals(begun.sink())) {
        continue;
      }
      switch (look(renewal, providers.sink(planned.address()), null, LOOK)) {
        case Sink.State.HoldsOld _ -> {}
        case Sink.State.WriteOnly(Instant at) when at.equals(renewal.written(planned)) -> {}
        case Sink.State.WriteOnly(Instant at) when ours(renewal, at) ->
            done.put(begun.sink(), at.toString());
        case Sink.State.WriteOnly _,
            Sink.State.HoldsNew _,
            Sink.State.Missing _,
            Sink.State.Unclear _ -> {
          return Optional.empty();
        }
        case Sink.State.HoldsOther(List<Secret> values) -> {
          wipe(values);
          return Optional.empty();
        }
      }
    }
    return Optional.of(new StepState.Delivered(begun.made(), done));
  }

  /// Whether a sink was written when we meant to write it.
  private static boolean ours(Renewal renewal, Instant at) {
    return !at.isBefore(renewal.since().minus(SKEW)) && !at.isAfter(renewal.since().plus(WRITING));
  }

  /// Writes one sink, unless it holds the new value already, and reads it back.
  Result deliver(Renewal renewal, Step.PlannedSink planned)
      throws InterruptedException, JournalException {
    ReentrantLock lock =
        writing.computeIfAbsent(planned.address().kind(), _ -> new ReentrantLock());
    lock.lockInterruptibly();
    try {
      Result result = new Result.Unknown("nobody was asked");
      for (int i = 0; i < ATTEMPTS; i++) {
        // Whoever waited, for another delivery or for a store, may have waited for long.
        if (!work.incident().mayCall(work.holder(), List.of(renewal.number()))) {
          return new Result.Unknown(STOPPED);
        }
        result = once(renewal, planned, providers.sink(planned.address()));
        boolean again =
            switch (result) {
              case Result.Has _, Result.Lacks _ -> false;
              case Result.Unknown _ -> work.stop().sleep(PAUSE);
              // To give up costs the new value, where it is in no sink yet.
              case Result.Busy(Instant until) -> waited(until);
            };
        if (!again) {
          return result;
        }
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a store that takes no calls, where it is not for long.
  ///
  /// @return whether the time passed
  private boolean waited(@Nullable Instant until) throws InterruptedException {
    Duration wait =
        until == null ? PAUSE : Duration.between(work.clock().instant(), until).plusMillis(1);
    boolean waits =
        wait.compareTo(work.settings().longestPause()) <= 0
            || work.settings().longPause() == RunSettings.LongPause.WAIT;
    return waits && work.stop().sleep(wait);
  }

  private Result once(Renewal renewal, Step.PlannedSink planned, Sink sink)
      throws InterruptedException {
    HeldFinding fresh = renewal.fresh().orElseThrow();
    Instant written = renewal.written(planned);
    Sink.State seen = look(renewal, sink, fresh, LOOK);
    switch (seen) {
      case Sink.State.HoldsNew _ -> {
        return new Result.Has("");
      }
      case Sink.State.HoldsOld _ -> {}
      case Sink.State.WriteOnly(Instant at) -> {
        if (!at.equals(written)) {
          boolean again = renewal.state() instanceof StepState.Delivering && ours(renewal, at);
          if (!again) {
            return new Result.Lacks("it was written since the plan was made, at " + at);
          }
        }
      }
      case Sink.State.HoldsOther(List<Secret> values) -> {
        wipe(values);
        return new Result.Lacks("somebody changed it: it holds neither the old nor the new token");
      }
      case Sink.State.Missing(String reason) -> {
        return new Result.Lacks(reason);
      }
      case Sink.State.Unclear(String reason) -> {
        return new Result.Unknown(reason);
      }
    }
    Sink.Value from = Renewal.value(renewal.old(), sink.address()).orElse(null);
    Sink.Value to = Renewal.value(fresh, sink.address()).orElse(null);
    if (from == null || to == null) {
      return new Result.Lacks("the token has no part '" + sink.address().part() + "'");
    }
    Sink.Delivery delivery =
        work.uncut(() -> sink.deliver(from, to, seen, RevealPermit.grant("deliver")));
    return switch (delivery) {
      case Sink.Delivery.Delivered _ -> readBack(renewal, sink, fresh);
      case Sink.Delivery.Changed(String reason) -> new Result.Lacks(reason);
      case Sink.Delivery.Refused(String reason) -> new Result.Lacks(reason);
      case Sink.Delivery.Limited(Instant until) -> new Result.Busy(until);
      case Sink.Delivery.Unclear(String reason) -> new Result.Unknown(reason);
    };
  }

  private Result readBack(Renewal renewal, Sink sink, HeldFinding fresh)
      throws InterruptedException {
    return switch (look(renewal, sink, fresh, RevealPermit.grant("read a sink back"))) {
      case Sink.State.HoldsNew _ -> new Result.Has("");
      case Sink.State.WriteOnly(Instant at) -> new Result.Has(at.toString());
      case Sink.State.HoldsOther(List<Secret> values) -> {
        wipe(values);
        yield new Result.Unknown("it took the new value and holds another one");
      }
      case Sink.State.HoldsOld _ -> new Result.Unknown("it took the new value and holds the old");
      case Sink.State.Missing(String reason) -> new Result.Unknown(reason);
      case Sink.State.Unclear(String reason) -> new Result.Unknown(reason);
    };
  }

  private static String words(Place place) {
    String path = place.displayPath();
    return place.provenance().container() + (path.isEmpty() ? "" : " " + path);
  }

  /// Has the new value taken into use.
  ///
  /// @return what is left to be done for it, in words; empty where nothing is
  ///
  ///   What is waited for here may take minutes, so a stop cuts it: to have something taken into
  ///   use twice does no harm, and another run does.
  List<String> activate(Renewal renewal) throws InterruptedException, JournalException {
    if (orders.activated().contains(renewal.number())) {
      return List.of();
    }
    var left = new ArrayList<String>();
    for (Step.PlannedSink planned : renewal.step().sinks()) {
      if (!work.incident().mayCall(work.holder(), List.of(renewal.number()))) {
        left.add(planned.address().text() + ": " + STOPPED);
        break;
      }
      Sink sink = providers.sink(planned.address());
      switch (sink.activate(RevealPermit.grant("activate"))) {
        case Sink.Activation.Active _ -> {}
        case Sink.Activation.ByHand(List<String> steps) -> left.addAll(steps);
        case Sink.Activation.Unclear(String reason) ->
            left.add(planned.address().text() + ": " + reason);
      }
    }
    for (Place place : renewal.step().byHandFirst()) {
      left.add("no sink writes " + words(place) + ": change it by hand");
    }
    return left;
  }
}
