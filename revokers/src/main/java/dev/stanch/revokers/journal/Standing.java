package dev.stanch.revokers.journal;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How an incident stands: its list of entries, folded.
///
/// @param operators who wrote in it
/// @param reasons why foreign tokens were released
/// @param notes what people should know, in order, each once however often it was noted
/// @param spools where encrypted copies of standard input lie
public record Standing(
    String id,
    Instant opened,
    String planHash,
    List<String> operators,
    List<String> reasons,
    List<String> notes,
    List<String> spools,
    List<Incident.StepStanding> steps,
    String head) {
  public Standing {
    requireNonNull(id, "id");
    requireNonNull(opened, "opened");
    requireNonNull(planHash, "planHash");
    requireNonNull(head, "head");
    operators = List.copyOf(operators);
    reasons = List.copyOf(reasons);
    notes = List.copyOf(notes);
    spools = List.copyOf(spools);
    steps = List.copyOf(steps);
  }

  /// Whether nothing is left for anybody to do.
  public boolean settled() {
    return steps.stream().allMatch(step -> step.state().kind().settled());
  }

  /// How many steps are in a state.
  public long count(StepState.Kind kind) {
    return steps.stream().filter(step -> step.state().kind() == kind).count();
  }

  /// From the beginning to the last proof; empty before the first one.
  public Optional<Duration> toLastProof() {
    return steps.stream()
        .<Instant>mapMulti(
            (step, out) -> {
              if (step.state() instanceof StepState.Dead dead && dead.last() != null
                  || step.state().kind() == StepState.Kind.CONTAINED) {
                out.accept(step.since());
              }
            })
        .max(Instant::compareTo)
        .map(last -> Duration.between(opened, last));
  }

  /// The list as far as it was read: a run asks often how things stand, and a list only grows.
  static final class Fold {
    private final TreeMap<Integer, Incident.StepStanding> steps = new TreeMap<>();
    private final List<String> operators = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> spools = new ArrayList<>();
    private @Nullable Instant opened;
    private String planHash = "";
    private String head = "";
    private long seq;

    /// The number of the last entry that was added.
    long seq() {
      return seq;
    }

    Standing standing(String id) throws JournalException {
      if (opened == null) {
        throw new JournalException("the journal of " + id + " has no beginning");
      }
      return new Standing(
          id,
          opened,
          planHash,
          operators,
          reasons,
          notes,
          spools,
          List.copyOf(steps.values()),
          head);
    }

    void add(JournalEntry.Recorded recorded) throws JournalException {
      remember(operators, withoutProcess(recorded.by()));
      seq = recorded.seq();
      head = recorded.hash();
      switch (recorded.entry()) {
        case JournalEntry.Opened(var plan, _, var reason) -> {
          opened = recorded.at();
          planHash = plan;
          remember(reasons, reason);
        }
        case JournalEntry.Added(var number, var step, var token, var state) ->
            steps.put(number, new Incident.StepStanding(number, step, token, state, recorded.at()));
        case JournalEntry.Moved(var number, var state, var token) -> {
          Incident.StepStanding before = steps.get(number);
          if (before == null) {
            throw new JournalException("entry " + recorded.seq() + " moves no step");
          }
          steps.put(number, before.in(state, latest(token, before.token()), recorded.at()));
        }
        case JournalEntry.Noted(var subject, var text) -> remember(notes, subject + ": " + text);
        case JournalEntry.Spooled(var file) -> spools.add(file);
        case JournalEntry.Resumed(var reason) -> remember(reasons, reason);
        case JournalEntry.Paused _, JournalEntry.Closed _ -> {}
      }
    }

    private static @Nullable TokenId latest(@Nullable TokenId now, @Nullable TokenId before) {
      return now == null ? before : now;
    }

    private static String withoutProcess(String by) {
      int slash = by.lastIndexOf('/');
      return slash >= 0 && by.substring(slash + 1).chars().allMatch(Character::isDigit)
          ? by.substring(0, slash)
          : by;
    }

    private static void remember(List<String> all, String one) {
      if (!one.isEmpty() && !all.contains(one)) {
        all.add(one);
      }
    }
  }
}
