package dev.stanch.revokers.journal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.plan.PlanJson;
import dev.stanch.revokers.plan.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing that the journal remembers. Holds no token.
public sealed interface JournalEntry {
  /// The incident began.
  ///
  /// @param reason why foreign tokens were released, or empty
  record Opened(String planHash, Instant planned, String reason) implements JournalEntry {
    public Opened {
      requireNonNull(planHash, "planHash");
      requireNonNull(planned, "planned");
      requireNonNull(reason, "reason");
    }
  }

  /// A step of the plan.
  ///
  /// @param token under the incident's key; null where the token could not be read
  record Added(int number, Step step, @Nullable TokenId token, StepState state)
      implements JournalEntry {
    public Added {
      requireNonNull(step, "step");
      requireNonNull(state, "state");
    }
  }

  /// A step came into another state.
  ///
  /// @param token under the incident's key, where it became known only now
  record Moved(int number, StepState state, @Nullable TokenId token) implements JournalEntry {
    public Moved {
      requireNonNull(state, "state");
    }
  }

  /// Something people should know: a brake, a provider that is not itself.
  record Noted(String subject, String text) implements JournalEntry {
    public Noted {
      requireNonNull(subject, "subject");
      requireNonNull(text, "text");
    }
  }

  /// Where the encrypted copy of standard input lies.
  record Spooled(String file) implements JournalEntry {
    public Spooled {
      requireNonNull(file, "file");
    }
  }

  /// Somebody asked every process to stop.
  record Paused() implements JournalEntry {}

  /// A run began to work on it.
  record Resumed(String reason) implements JournalEntry {
    public Resumed {
      requireNonNull(reason, "reason");
    }
  }

  /// Nothing is left.
  record Closed() implements JournalEntry {}

  /// An entry as it stands in the list.
  ///
  /// @param by operator, machine and process
  /// @param hash of it and of all before it
  record Recorded(long seq, Instant at, String by, JournalEntry entry, String hash) {
    public Recorded {
      requireNonNull(at, "at");
      requireNonNull(by, "by");
      requireNonNull(entry, "entry");
      requireNonNull(hash, "hash");
    }
  }

  /// It as JSON (docs/schema/journal-entry.json), without what the list adds.
  default ObjectNode json() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    switch (this) {
      case Opened(var hash, var planned, var reason) -> {
        tree.put("kind", "opened").put("plan", hash).put("planned", planned.toString());
        if (!reason.isEmpty()) {
          tree.put("reason", reason);
        }
      }
      case Added(var number, var step, var token, var state) -> {
        tree.put("kind", "added").put("step", number);
        put(tree, token);
        tree.set("to", StateJson.tree(state));
        tree.set("planned", PlanJson.step(step));
      }
      case Moved(var number, var state, var token) -> {
        tree.put("kind", "moved").put("step", number);
        put(tree, token);
        tree.set("to", StateJson.tree(state));
      }
      case Noted(var subject, var text) ->
          tree.put("kind", "noted").put("subject", subject).put("text", text);
      case Spooled(var file) -> tree.put("kind", "spooled").put("file", file);
      case Paused _ -> tree.put("kind", "paused");
      case Resumed(var reason) -> {
        tree.put("kind", "resumed");
        if (!reason.isEmpty()) {
          tree.put("reason", reason);
        }
      }
      case Closed _ -> tree.put("kind", "closed");
    }
    return tree;
  }

  private static void put(ObjectNode tree, @Nullable TokenId token) {
    if (token != null) {
      tree.put("token", token.value());
    }
  }

  /// Reads what [#json] wrote.
  static JournalEntry of(JsonNode tree) {
    int number = tree.path("step").asInt();
    TokenId token = tree.has("token") ? new TokenId(tree.path("token").asText()) : null;
    return switch (tree.path("kind").asText()) {
      case "opened" ->
          new Opened(
              tree.path("plan").asText(),
              Instant.parse(tree.path("planned").asText()),
              tree.path("reason").asText());
      case "added" ->
          new Added(
              number, PlanJson.step(tree.path("planned")), token, StateJson.state(tree.path("to")));
      case "moved" -> new Moved(number, StateJson.state(tree.path("to")), token);
      case "noted" -> new Noted(tree.path("subject").asText(), tree.path("text").asText());
      case "spooled" -> new Spooled(tree.path("file").asText());
      case "paused" -> new Paused();
      case "resumed" -> new Resumed(tree.path("reason").asText());
      case "closed" -> new Closed();
      default -> throw new IllegalArgumentException("an entry of an unknown kind");
    };
  }
}
