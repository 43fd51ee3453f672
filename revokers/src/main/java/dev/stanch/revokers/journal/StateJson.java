package dev.stanch.revokers.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.revokers.spi.Action;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// States of steps as JSON (docs/schema/journal-entry.json), as journals keep them and reports of
/// incidents show them.
public final class StateJson {
  private StateJson() {}

  /// A state.
  public static ObjectNode tree(StepState state) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("state", state.kind().label());
    switch (state) {
      case StepState.Planned _ -> {}
      case StepState.HandedOver(var why) -> tree.put("why", why);
      case StepState.Minting(var marker, var before, var replaces) -> {
        tree.put("marker", marker);
        ArrayNode keys = tree.putArray("before");
        before.forEach(keys::add);
        if (!replaces.isEmpty()) {
          tree.put("replaces", replaces);
        }
      }
      case StepState.Minted(var made) -> tree.set("made", made.json());
      case StepState.Delivering(var made, var delivered, var sink) -> {
        tree.set("made", made.json());
        tree.set("delivered", delivered(delivered));
        tree.put("sink", sink);
      }
      case StepState.Delivered(var made, var delivered) -> {
        tree.set("made", made.json());
        tree.set("delivered", delivered(delivered));
      }
      case StepState.Activated(var made, var at) -> {
        tree.set("made", made.json());
        tree.put("at", at.toString());
      }
      case StepState.Verified(var made, var activated, var at) -> {
        tree.set("made", made.json());
        tree.put("activated", activated.toString()).put("at", at.toString());
      }
      case StepState.Intent(var call, var action, var keyId, var attempt) ->
          tree.put("call", call)
              .put("action", action.label())
              .put("key", keyId)
              .put("attempt", attempt);
      case StepState.Called(var call, var action, var result, var attempt) ->
          tree.put("call", call)
              .put("action", action.label())
              .put("result", result)
              .put("attempt", attempt);
      case StepState.RevokedUnproven(var why) -> tree.put("why", why);
      case StepState.Revoked(var end) -> tree.set("end", tree(end));
      case StepState.Contained(var at) -> tree.put("at", at.toString());
      case StepState.Dead(var detail, var first, var last) -> {
        tree.put("why", detail);
        if (first != null && last != null) {
          tree.put("first", first.toString()).put("last", last.toString());
        }
      }
      case StepState.Refused(var why) -> tree.put("why", why);
      case StepState.NeedsToken(var why) -> tree.put("why", why);
      case StepState.Guided(var why) -> tree.put("why", why);
      case StepState.Parked(var until, var why) ->
          tree.put("why", why).put("until", until.toString());
      case StepState.Withheld(var why) -> tree.put("why", why);
      case StepState.Spared(var why) -> tree.put("why", why);
      case StepState.Restored(var at) -> tree.put("at", at.toString());
      case StepState.Replaced(var how) -> tree.put("why", how);
    }
    return tree;
  }

  private static ObjectNode delivered(SortedMap<String, String> delivered) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    delivered.forEach(tree::put);
    return tree;
  }

  private static Set<String> before(JsonNode tree) {
    var before = new TreeSet<String>();
    tree.path("before").forEach(id -> before.add(id.asText()));
    return before;
  }

  private static SortedMap<String, String> delivered(JsonNode tree) {
    var delivered = new TreeMap<String, String>();
    for (var sink : tree.path("delivered").properties()) {
      delivered.put(sink.getKey(), sink.getValue().asText());
    }
    return delivered;
  }

  /// Reads what [#tree] wrote.
  ///
  /// @throws IllegalArgumentException where it is no state
  /// @throws java.time.format.DateTimeParseException where it lacks a time; quotes the text
  public static StepState state(JsonNode tree) {
    String why = tree.path("why").asText();
    return switch (StepState.Kind.of(tree.path("state").asText())) {
      case PLANNED -> new StepState.Planned();
      case HANDED_OVER -> new StepState.HandedOver(why);
      case MINTING ->
          new StepState.Minting(
              tree.path("marker").asText(), before(tree), tree.path("replaces").asText());
      case MINTED -> new StepState.Minted(Replacement.of(tree.path("made")));
      case DELIVERING ->
          new StepState.Delivering(
              Replacement.of(tree.path("made")), delivered(tree), tree.path("sink").asText());
      case DELIVERED -> new StepState.Delivered(Replacement.of(tree.path("made")), delivered(tree));
      case ACTIVATED ->
          new StepState.Activated(
              Replacement.of(tree.path("made")), Instant.parse(tree.path("at").asText()));
      case VERIFIED ->
          new StepState.Verified(
              Replacement.of(tree.path("made")),
              Instant.parse(tree.path("activated").asText()),
              Instant.parse(tree.path("at").asText()));
      case INTENT ->
          new StepState.Intent(
              tree.path("call").asText(),
              Action.of(tree.path("action").asText()),
              tree.path("key").asText(),
              tree.path("attempt").asInt());
      case CALLED ->
          new StepState.Called(
              tree.path("call").asText(),
              Action.of(tree.path("action").asText()),
              tree.path("result").asText(),
              tree.path("attempt").asInt());
      case REVOKED_UNPROVEN -> new StepState.RevokedUnproven(why);
      case REVOKED -> new StepState.Revoked(state(tree.path("end")));
      case CONTAINED -> new StepState.Contained(Instant.parse(tree.path("at").asText()));
      case DEAD ->
          tree.has("first")
              ? new StepState.Dead(
                  why,
                  Instant.parse(tree.path("first").asText()),
                  Instant.parse(tree.path("last").asText()))
              : new StepState.Dead(why, null, null);
      case REFUSED -> new StepState.Refused(why);
      case NEEDS_TOKEN -> new StepState.NeedsToken(why);
      case GUIDED -> new StepState.Guided(why);
      case PARKED -> new StepState.Parked(Instant.parse(tree.path("until").asText()), why);
      case WITHHELD -> new StepState.Withheld(why);
      case SPARED -> new StepState.Spared(why);
      case RESTORED -> new StepState.Restored(Instant.parse(tree.path("at").asText()));
      case REPLACED -> new StepState.Replaced(why);
    };
  }
}
