package dev.stanch.revokers.journal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.revokers.spi.Action;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a step stands. The one table of what may follow what is [Kind#next].
public sealed interface StepState {
  /// The states by name.
  enum Kind {
    PLANNED,
    INTENT,
    CALLED,
    REVOKED_UNPROVEN,
    CONTAINED,
    DEAD,
    REFUSED,
    NEEDS_TOKEN,
    GUIDED,
    PARKED,
    WITHHELD,
    SPARED,
    RESTORED;

    /// The name in the journal and in reports.
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Kind of(String label) {
      return valueOf(label.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    /// What may follow. A call may have been made in `INTENT` and later; whoever finds a step there
    /// asks the provider before anything else.
    Set<Kind> next() {
      return switch (this) {
        case PLANNED -> EnumSet.of(INTENT, DEAD, CONTAINED, REFUSED, NEEDS_TOKEN, PARKED, WITHHELD);
        case INTENT -> EnumSet.of(CALLED, PLANNED, REFUSED, NEEDS_TOKEN, DEAD, CONTAINED, RESTORED);
        case CALLED ->
            EnumSet.of(DEAD, CONTAINED, REVOKED_UNPROVEN, PLANNED, NEEDS_TOKEN, RESTORED);
        case REVOKED_UNPROVEN ->
            EnumSet.of(DEAD, CONTAINED, REVOKED_UNPROVEN, PLANNED, NEEDS_TOKEN);
        case CONTAINED -> EnumSet.of(INTENT, DEAD);
        case PARKED -> EnumSet.of(PLANNED, WITHHELD);
        case NEEDS_TOKEN -> EnumSet.of(PLANNED, WITHHELD);
        case GUIDED -> EnumSet.of(DEAD);
        case WITHHELD -> EnumSet.of(PLANNED, DEAD);
        case DEAD, REFUSED, SPARED, RESTORED -> EnumSet.noneOf(Kind.class);
      };
    }

    /// Whether a run works on it.
    public boolean open() {
      return switch (this) {
        case PLANNED, INTENT, CALLED, REVOKED_UNPROVEN, PARKED -> true;
        case CONTAINED, DEAD, REFUSED, NEEDS_TOKEN, GUIDED, WITHHELD, SPARED, RESTORED -> false;
      };
    }

    /// Whether nothing is left for anybody to do.
    public boolean settled() {
      return switch (this) {
        case DEAD, SPARED, RESTORED -> true;
        case PLANNED,
            INTENT,
            CALLED,
            REVOKED_UNPROVEN,
            CONTAINED,
            REFUSED,
            NEEDS_TOKEN,
            GUIDED,
            PARKED,
            WITHHELD ->
            false;
      };
    }
  }

  /// Its name.
  Kind kind();

  /// It in words, for people.
  default String text() {
    return switch (this) {
      case Planned _ -> "not begun";
      case Intent(_, var action, _, var attempt) ->
          "about to " + action.label() + (attempt > 1 ? ", attempt " + attempt : "");
      case Called(_, var action, var result, _) -> action.label() + " called: " + result;
      case RevokedUnproven(var why) -> why;
      case Contained(var at) -> "switched off, proven " + seconds(at);
      case Dead(var detail, var first, var last) ->
          detail
              + (first == null || last == null
                  ? ""
                  : ", refused " + seconds(first) + " and " + seconds(last));
      case Refused(var why) -> why;
      case NeedsToken(var why) -> why;
      case Guided(var why) -> why;
      case Parked(var until, var why) -> why + ", until " + seconds(until);
      case Withheld(var why) -> why;
      case Spared(var why) -> why;
      case Restored(var at) -> "switched on again " + seconds(at);
    };
  }

  private static Instant seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  /// Nothing was sent.
  record Planned() implements StepState {
    @Override
    public Kind kind() {
      return Kind.PLANNED;
    }
  }

  /// A call is about to be made, or was: nobody knows.
  ///
  /// @param call the same for all steps that go in one call
  record Intent(String call, Action action, String keyId, int attempt) implements StepState {
    public Intent {
      requireNonNull(call, "call");
      requireNonNull(action, "action");
      requireNonNull(keyId, "keyId");
    }

    @Override
    public Kind kind() {
      return Kind.INTENT;
    }
  }

  /// The call was made.
  ///
  /// @param result how it ended, in words
  record Called(String call, Action action, String result, int attempt) implements StepState {
    public Called {
      requireNonNull(call, "call");
      requireNonNull(action, "action");
      requireNonNull(result, "result");
    }

    @Override
    public Kind kind() {
      return Kind.CALLED;
    }
  }

  /// The provider took the call, and still accepts the token or does not say.
  record RevokedUnproven(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.REVOKED_UNPROVEN;
    }
  }

  /// Switched off and proven so; it can be switched on again.
  record Contained(Instant at) implements StepState {
    @Override
    public Kind kind() {
      return Kind.CONTAINED;
    }
  }

  /// Refused by its provider for good.
  ///
  /// @param first when the first of two refusals came; null where it was dead before the incident
  /// @param last when the second came
  record Dead(String detail, @Nullable Instant first, @Nullable Instant last) implements StepState {
    @Override
    public Kind kind() {
      return Kind.DEAD;
    }
  }

  /// A guard or the provider said no.
  record Refused(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.REFUSED;
    }
  }

  /// The token does not stand any more where it was found.
  record NeedsToken(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.NEEDS_TOKEN;
    }
  }

  /// A person has to act.
  record Guided(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.GUIDED;
    }
  }

  /// The provider takes no more calls for a while.
  record Parked(Instant until, String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.PARKED;
    }
  }

  /// Nobody released it.
  record Withheld(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.WITHHELD;
    }
  }

  /// Not to be touched.
  record Spared(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.SPARED;
    }
  }

  /// Switched on again on demand.
  record Restored(Instant at) implements StepState {
    @Override
    public Kind kind() {
      return Kind.RESTORED;
    }
  }

  /// It as JSON.
  default ObjectNode json() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("state", kind().label());
    switch (this) {
      case Planned _ -> {}
      case Intent(var call, var action, var keyId, var attempt) ->
          tree.put("call", call)
              .put("action", action.label())
              .put("key", keyId)
              .put("attempt", attempt);
      case Called(var call, var action, var result, var attempt) ->
          tree.put("call", call)
              .put("action", action.label())
              .put("result", result)
              .put("attempt", attempt);
      case RevokedUnproven(var why) -> tree.put("why", why);
      case Contained(var at) -> tree.put("at", at.toString());
      case Dead(var detail, var first, var last) -> {
        tree.put("why", detail);
        if (first != null && last != null) {
          tree.put("first", first.toString()).put("last", last.toString());
        }
      }
      case Refused(var why) -> tree.put("why", why);
      case NeedsToken(var why) -> tree.put("why", why);
      case Guided(var why) -> tree.put("why", why);
      case Parked(var until, var why) -> tree.put("why", why).put("until", until.toString());
      case Withheld(var why) -> tree.put("why", why);
      case Spared(var why) -> tree.put("why", why);
      case Restored(var at) -> tree.put("at", at.toString());
    }
    return tree;
  }

  /// Reads what [#json] wrote.
  static StepState of(JsonNode tree) {
    String why = tree.path("why").asText();
    return switch (Kind.of(tree.path("state").asText())) {
      case PLANNED -> new Planned();
      case INTENT ->
          new Intent(
              tree.path("call").asText(),
              Action.of(tree.path("action").asText()),
              tree.path("key").asText(),
              tree.path("attempt").asInt());
      case CALLED ->
          new Called(
              tree.path("call").asText(),
              Action.of(tree.path("action").asText()),
              tree.path("result").asText(),
              tree.path("attempt").asInt());
      case REVOKED_UNPROVEN -> new RevokedUnproven(why);
      case CONTAINED -> new Contained(Instant.parse(tree.path("at").asText()));
      case DEAD ->
          tree.has("first")
              ? new Dead(
                  why,
                  Instant.parse(tree.path("first").asText()),
                  Instant.parse(tree.path("last").asText()))
              : new Dead(why, null, null);
      case REFUSED -> new Refused(why);
      case NEEDS_TOKEN -> new NeedsToken(why);
      case GUIDED -> new Guided(why);
      case PARKED -> new Parked(Instant.parse(tree.path("until").asText()), why);
      case WITHHELD -> new Withheld(why);
      case SPARED -> new Spared(why);
      case RESTORED -> new Restored(Instant.parse(tree.path("at").asText()));
    };
  }
}
