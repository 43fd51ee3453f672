package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.PlanJson;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a command would do: its plan, and which steps of it are withheld.
///
/// @param triage whether the leak is real; null where nobody asks
/// @param withheld the steps that are not taken, by their number, each with why
public record DryRun(@Nullable TriageReport triage, Plan plan, Map<Integer, String> withheld) {
  /// A longer plan is summed up on a screen.
  private static final int SHOWN = 100;

  /// Where it is read.
  public enum On {
    /// There and then.
    SCREEN,
    /// Later, in a file that was asked for.
    FILE
  }

  public DryRun {
    requireNonNull(plan, "plan");
    withheld = new TreeMap<>(withheld);
  }

  /// Writes it.
  public void write(PrintWriter out, PlanFormat format, On on) {
    switch (format) {
      case TEXT -> text(out, on);
      case JSON -> out.println(json().toPrettyString());
      case MD -> markdown(out);
      case HTML -> new PlanReport(out).html(plan, html());
    }
    out.flush();
  }

  private void text(PrintWriter out, On on) {
    if (triage != null) {
      triage.text(out);
      if (triage.ends()) {
        return;
      }
    }
    var report = new PlanReport(out);
    if (on == On.SCREEN && plan.steps().size() > SHOWN) {
      report.brief(plan);
    } else {
      report.write(plan, PlanFormat.TEXT);
    }
    notTaken().forEach(line -> out.println("not taken: " + line));
  }

  private ObjectNode json() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("type", "dry-run").put("schema", JsonFacts.SCHEMA);
    if (triage != null) {
      tree.set("triage", triage.json());
    }
    tree.set("plan", PlanJson.document(plan));
    ArrayNode steps = tree.putArray("withheld");
    withheld.forEach((number, why) -> steps.addObject().put("step", number).put("why", why));
    return tree;
  }

  private void markdown(PrintWriter out) {
    if (triage != null) {
      triage.markdown(out);
    }
    new PlanReport(out).write(plan, PlanFormat.MD);
    if (!withheld.isEmpty()) {
      out.println("\n## Not taken\n");
      notTaken().forEach(line -> out.println("- " + PlanReport.cell(line)));
    }
  }

  private String html() {
    var facts = new ArrayList<Fact>();
    notTaken().forEach(line -> facts.add(Fact.text("not taken", line)));
    return (triage == null ? "" : triage.html()) + (facts.isEmpty() ? "" : Html.list(facts));
  }

  /// The steps that have one reason not to be taken, on one line.
  private List<String> notTaken() {
    var reasons = new TreeMap<String, List<Integer>>();
    withheld.forEach(
        (number, why) -> reasons.computeIfAbsent(why, _ -> new ArrayList<>()).add(number));
    var lines = new ArrayList<String>();
    reasons.forEach((why, numbers) -> lines.add(IncidentReport.numbers(numbers) + ", " + why));
    return lines;
  }
}
