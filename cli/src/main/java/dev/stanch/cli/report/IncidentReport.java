package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.Standing;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.PlanJson;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.spi.Guidance;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Prints how an incident stands: for each token what, whose, where, since when, what was done, the
/// proof, and what is left for people.
public final class IncidentReport {
  /// What a response should take at the most.
  private static final int GOAL_MINUTES = 60;

  private final PrintWriter out;

  /// A report on `out`.
  public IncidentReport(PrintWriter out) {
    this.out = requireNonNull(out, "out");
  }

  /// Writes it.
  public void write(Standing standing, PlanFormat format) {
    switch (format) {
      case TEXT -> text(standing);
      case JSON -> out.println(json(standing).toPrettyString());
      case MD -> markdown(standing);
    }
    out.flush();
  }

  /// One line a step: how it ended.
  public void lines(Standing standing) {
    for (StepStanding step : standing.steps()) {
      Subject subject = step.step().subject();
      out.println(
          step.state().kind().label()
              + "  "
              + subject.provider()
              + "  "
              + subject.redacted()
              + "  "
              + subject.token()
              + "  "
              + Printable.of(step.state().text()));
    }
    out.println();
    out.println(summary(standing));
    out.println("head " + standing.head());
    out.flush();
  }

  private void text(Standing standing) {
    out.println("incident " + standing.id() + ", opened " + standing.opened());
    out.println("plan " + standing.planHash());
    out.println("by " + Printable.of(String.join(", ", standing.operators())));
    standing.reasons().forEach(reason -> out.println("reason " + Printable.of(reason)));
    standing.notes().forEach(note -> out.println("note " + Printable.of(note)));
    for (StepStanding step : standing.steps()) {
      out.println();
      Subject subject = step.step().subject();
      out.println(
          step.number()
              + "  "
              + step.state().kind().label()
              + "  "
              + subject.provider()
              + "  "
              + subject.redacted()
              + "  "
              + subject.token());
      for (Map.Entry<String, String> fact : facts(step).entrySet()) {
        out.println(
            "  "
                + fact.getKey()
                + " ".repeat(Math.max(1, 10 - fact.getKey().length()))
                + Printable.of(fact.getValue()));
      }
    }
    left(standing)
        .ifPresent(
            lines -> {
              out.println();
              out.println("left for people:");
              lines.forEach(line -> out.println("  " + Printable.of(line)));
            });
    out.println();
    out.println(summary(standing));
    out.println("head " + standing.head());
  }

  private static Map<String, String> facts(StepStanding step) {
    var facts = new java.util.LinkedHashMap<String, String>();
    Subject subject = step.step().subject();
    facts.put("what", subject.rule() + ", " + subject.group().label());
    facts.put("whose", subject.owner());
    facts.put("where", String.join(", ", PlanReport.paths(subject)));
    subject.exposedSince().ifPresent(since -> facts.put("exposed", "since " + since));
    if (subject.identity().lastUsedAt() != null) {
      facts.put("used", "last " + subject.identity().lastUsedAt());
    }
    facts.put("found", subject.verdict());
    facts.put("decided", step.step().verb());
    facts.put("now", step.state().text());
    facts.put("since", step.since().toString());
    return facts;
  }

  /// What people have to do, by person where it is known whom.
  private static Optional<List<String>> left(Standing standing) {
    var lines = new ArrayList<String>();
    Map<String, Integer> guided = new TreeMap<>();
    for (StepStanding step : standing.steps()) {
      if (!step.state().kind().settled()) {
        String todo = todo(step);
        if (!todo.isEmpty()) {
          lines.add(step.number() + ": " + todo);
        }
        if (step.state().kind() == StepState.Kind.GUIDED) {
          guided.merge(step.step().subject().owner(), 1, Integer::sum);
        }
      }
    }
    guided.forEach((owner, count) -> lines.add(owner + " has not acted on " + count));
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  private static String todo(StepStanding step) {
    return switch (step.state().kind()) {
      case GUIDED -> "revoke it by hand" + guidance(step.step());
      case NEEDS_TOKEN -> "supply the token: stanch incident supply --from FILE";
      case REFUSED -> "look at it: " + step.state().text();
      case WITHHELD -> "decide: " + step.state().text();
      case REVOKED_UNPROVEN -> "ask again: stanch incident resume";
      case CONTAINED -> "delete it when nothing misses it, or stanch incident undo";
      case PARKED, PLANNED, INTENT, CALLED -> "go on: stanch incident resume";
      case DEAD, SPARED, RESTORED -> "";
    };
  }

  private static String guidance(Step step) {
    return step instanceof Step.ByHand byHand
        ? byHand.guidance().map(IncidentReport::words).orElse("")
        : "";
  }

  private static String words(Guidance guidance) {
    return " (" + guidance.who() + "): " + guidance.link();
  }

  /// How many steps stand how, and how long it took.
  public static String summary(Standing standing) {
    var counts = new TreeMap<StepState.Kind, Integer>();
    standing.steps().forEach(step -> counts.merge(step.state().kind(), 1, Integer::sum));
    var parts = new ArrayList<String>();
    counts.forEach((kind, count) -> parts.add(count + " " + kind.label()));
    return "incident "
        + standing.id()
        + ": "
        + String.join(", ", parts)
        + standing
            .toLastProof()
            .map(
                took ->
                    "; "
                        + minutes(took)
                        + " minutes from start to last proof (goal "
                        + GOAL_MINUTES
                        + ")")
            .orElse("");
  }

  private static String minutes(Duration took) {
    return "%.1f".formatted(took.toMillis() / 60_000.0);
  }

  private static ObjectNode json(Standing standing) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("type", "incident");
    tree.put("schema", "1");
    tree.put("id", standing.id());
    tree.put("opened", standing.opened().toString());
    tree.put("plan", standing.planHash());
    tree.put("head", standing.head());
    standing
        .toLastProof()
        .ifPresent(took -> tree.put("secondsToLastProof", took.toMillis() / 1000.0));
    tree.put("goalSeconds", GOAL_MINUTES * 60);
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
      one.set("now", step.state().json());
      one.set("planned", PlanJson.step(step.step()));
      String todo = todo(step);
      if (!todo.isEmpty()) {
        one.put("left", todo);
      }
    }
    return tree;
  }

  private void markdown(Standing standing) {
    out.println("# Incident " + standing.id());
    out.println();
    out.println(
        "Opened "
            + standing.opened()
            + " by "
            + PlanReport.cell(String.join(", ", standing.operators()))
            + ", plan "
            + standing.planHash()
            + ".");
    out.println();
    out.println(summary(standing) + ".");
    for (String reason : standing.reasons()) {
      out.println("\n**Reason:** " + PlanReport.cell(reason));
    }
    for (String note : standing.notes()) {
      out.println("\n**Note:** " + PlanReport.cell(note));
    }
    out.println();
    out.println(
        "| # | state | provider | token | owner | exposed | places | decided | proof or reason |");
    out.println("| ---: | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (StepStanding step : standing.steps()) {
      Subject subject = step.step().subject();
      out.println(
          "| "
              + String.join(
                  " | ",
                  String.valueOf(step.number()),
                  step.state().kind().label(),
                  subject.provider().value(),
                  "`" + subject.redacted() + "`",
                  PlanReport.cell(subject.owner()),
                  subject.exposedSince().map(Object::toString).orElse(""),
                  PlanReport.cell(String.join(", ", PlanReport.paths(subject))),
                  step.step().verb(),
                  PlanReport.cell(step.state().text()))
              + " |");
    }
    left(standing)
        .ifPresent(
            lines -> {
              out.println("\n## Left for people\n");
              lines.forEach(line -> out.println("- " + PlanReport.cell(line)));
            });
    out.println("\nHead of the journal: `" + standing.head() + "`");
  }
}
