package dev.stanch.cli.report;

import static dev.stanch.revokers.plan.JsonFields.integer;
import static dev.stanch.revokers.plan.JsonFields.list;
import static dev.stanch.revokers.plan.JsonFields.text;
import static dev.stanch.revokers.plan.JsonFields.texts;
import static dev.stanch.revokers.plan.JsonFields.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.Replacement;
import dev.stanch.revokers.journal.Standing;
import dev.stanch.revokers.journal.StateJson;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.JsonFields;
import dev.stanch.revokers.plan.PlanJson;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;

/// Incident reports as JSON (docs/schema/incident.json).
public final class IncidentJson {
  /// What a response should take at the most.
  static final Duration GOAL = Duration.ofMinutes(60);

  private static final String SCHEMA = "1";

  private IncidentJson() {}

  static ObjectNode tree(Standing standing) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("type", "incident");
    tree.put("schema", SCHEMA);
    tree.put("id", standing.id());
    tree.put("opened", standing.opened().toString());
    tree.put("plan", standing.planHash());
    tree.put("head", standing.head());
    standing
        .toLastProof()
        .ifPresent(took -> tree.put("secondsToLastProof", took.toMillis() / 1000.0));
    tree.put("goalSeconds", GOAL.toSeconds());
    tree.put("settled", standing.settled());
    var operators = tree.putArray("operators");
    standing.operators().forEach(operators::add);
    var reasons = tree.putArray("reasons");
    standing.reasons().forEach(reasons::add);
    var notes = tree.putArray("notes");
    standing.notes().forEach(notes::add);
    var steps = tree.putArray("steps");
    for (StepStanding step : standing.steps()) {
      ObjectNode one = steps.addObject();
      one.put("number", step.number());
      if (step.token() != null) {
        one.put("token", step.token().value());
      }
      one.put("since", step.since().toString());
      one.set("now", StateJson.tree(step.state()));
      if (step.replacement() != null) {
        one.set("replacement", step.replacement().json());
      }
      one.set("planned", PlanJson.step(step.step()));
      String todo = IncidentReport.todo(step);
      if (!todo.isEmpty()) {
        one.put("left", todo);
      }
    }
    return tree;
  }

  /// Whether a document claims to be one.
  public static boolean is(JsonNode tree) {
    return tree.path("type").asText().equals("incident");
  }

  /// Reads one back.
  ///
  /// @throws IllegalArgumentException when it is none of this version; quotes nothing
  public static Standing read(JsonNode tree) {
    if (!is(tree) || !text(tree, "schema").equals(SCHEMA)) {
      throw new IllegalArgumentException("not an incident of this version");
    }
    return new Standing(
        text(tree, "id"),
        time(tree, "opened"),
        text(tree, "plan"),
        texts(tree, "operators"),
        texts(tree, "reasons"),
        texts(tree, "notes"),
        List.of(),
        list(tree, "steps", IncidentJson::step),
        text(tree, "head"));
  }

  private static StepStanding step(JsonNode one) {
    return new StepStanding(
        integer(one, "number"),
        JsonFields.object(one, "planned", PlanJson::step),
        one.has("token") ? new TokenId(text(one, "token")) : null,
        JsonFields.object(one, "now", IncidentJson::state),
        time(one, "since"),
        one.has("replacement") ? JsonFields.object(one, "replacement", Replacement::of) : null);
  }

  private static StepState state(JsonNode tree) {
    try {
      return StateJson.state(tree);
    } catch (DateTimeException _) { // its message repeats the text
      throw new IllegalArgumentException("a state without its time");
    }
  }
}
