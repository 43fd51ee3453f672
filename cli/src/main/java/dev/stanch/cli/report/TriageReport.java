package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.plan.Group;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.spi.Verification;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Is this claimed leak real? Counts by provider, before anything else is said.
public final class TriageReport {
  private static final List<String> HEAD =
      List.of("provider", "tokens", "ours", "live", "dead", "unknown", "canary", "known", "new");
  private static final int OWNERS = 5;

  private final Map<String, Row> rows = new TreeMap<>();
  private final Map<String, Integer> others = new TreeMap<>();
  private final Row all = new Row();
  private final Outcome outcome;

  /// What follows from it.
  public enum Outcome {
    /// There is something to decide on.
    GOES_ON,
    /// Nothing of it is ours and live.
    ENDS
  }

  /// Counts answers.
  ///
  /// @param groups whose each token is
  /// @param earlier the tokens that an earlier incident was about
  public TriageReport(
      List<Planner.Verified> answers,
      Map<TokenId, Group> groups,
      Set<TokenId> earlier,
      Outcome outcome) {
    this.outcome = requireNonNull(outcome, "outcome");
    for (Planner.Verified answer : answers) {
      TokenId token = answer.finding().token();
      Group group = groups.getOrDefault(token, Group.UNKNOWN);
      Row row = rows.computeIfAbsent(answer.finding().provider().value(), _ -> new Row());
      for (Row each : List.of(all, row)) {
        each.add(answer.verification(), group);
        if (earlier.contains(token)) {
          each.addKnown();
        }
      }
      if (group == Group.THIRD_PARTY && answer.verification().live()) {
        others.merge(
            answer.verification().told().ownerOrTenant().orElse("untold"), 1, Integer::sum);
      }
    }
  }

  /// Whether nothing is left to decide on.
  public boolean ends() {
    return outcome == Outcome.ENDS;
  }

  /// Writes it for people.
  public void text(PrintWriter out) {
    int widest = "provider".length();
    for (String provider : rows.keySet()) {
      widest = Math.max(widest, provider.length());
    }
    for (List<String> cells : table()) {
      out.println(line(cells, widest));
    }
    out.println();
    sentences().forEach(out::println);
    out.println();
    out.flush();
  }

  /// Writes it for tickets and wikis.
  void markdown(PrintWriter out) {
    out.println("# Triage");
    out.println();
    List<List<String>> table = table();
    out.println("| " + String.join(" | ", table.getFirst()) + " |");
    out.println("| --- |" + " ---: |".repeat(HEAD.size() - 1));
    table.stream().skip(1).forEach(cells -> out.println("| " + String.join(" | ", cells) + " |"));
    out.println();
    sentences().forEach(sentence -> out.println("- " + PlanReport.cell(sentence)));
    out.println();
  }

  /// It as a part of a page.
  String html() {
    var facts = new ArrayList<Fact>();
    List<List<String>> table = table();
    for (List<String> cells : table.subList(1, table.size())) {
      var counts = new ArrayList<String>();
      for (int i = 1; i < cells.size(); i++) {
        counts.add(cells.get(i) + " " + HEAD.get(i));
      }
      facts.add(Fact.text(cells.getFirst(), String.join(", ", counts)));
    }
    sentences().forEach(sentence -> facts.add(Fact.text("so", sentence)));
    return Html.list(facts);
  }

  /// It as a part of a document.
  ObjectNode json() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("oursAndLive", all.oursAndLive);
    ArrayNode providers = tree.putArray("providers");
    rows.forEach(
        (name, row) -> {
          ObjectNode one = providers.addObject().put("provider", name);
          List<Integer> counts = row.counts();
          for (int i = 0; i < counts.size(); i++) {
            one.put(HEAD.get(i + 1), counts.get(i));
          }
        });
    ArrayNode owners = tree.putArray("others");
    others.forEach((owner, live) -> owners.addObject().put("owner", owner).put("live", live));
    return tree;
  }

  private List<String> sentences() {
    var sentences = new ArrayList<String>();
    sentences.add(all.oursAndLive + " of " + all.tokens + " tokens are ours and live");
    if (!others.isEmpty()) {
      sentences.add("live and not ours: " + owners());
    }
    if (all.unknown > 0) {
      sentences.add(all.unknown + " could not be asked about, or got no answer that tells");
    }
    if (ends()) {
      sentences.add("nothing of it is ours and live");
    }
    return sentences;
  }

  private String owners() {
    var names = new ArrayList<String>();
    others.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(OWNERS)
        .forEach(owner -> names.add(Printable.of(owner.getKey()) + " (" + owner.getValue() + ")"));
    if (others.size() > OWNERS) {
      names.add(others.size() - OWNERS + " more owners");
    }
    return String.join(", ", names);
  }

  private List<List<String>> table() {
    var table = new ArrayList<List<String>>();
    table.add(HEAD);
    rows.forEach((name, row) -> table.add(row.cells(name)));
    if (rows.size() > 1) {
      table.add(all.cells("all"));
    }
    return table;
  }

  private static String line(List<String> cells, int first) {
    var line = new StringBuilder(cells.getFirst());
    line.append(" ".repeat(first - cells.getFirst().length()));
    for (int i = 1; i < cells.size(); i++) {
      String cell = cells.get(i);
      line.append(" ".repeat(Math.max(2, HEAD.get(i).length() + 2 - cell.length()))).append(cell);
    }
    return line.toString();
  }

  /// The counts of one provider.
  private static final class Row {
    private int tokens;
    private int ours;
    private int live;
    private int oursAndLive;
    private int dead;
    private int unknown;
    private int canary;
    private int known;

    void add(Verification said, Group group) {
      boolean us = group == Group.OURS || group == Group.IN_USE;
      tokens++;
      ours += us ? 1 : 0;
      live += said.live() ? 1 : 0;
      oursAndLive += us && said.live() ? 1 : 0;
      dead += said.dead() ? 1 : 0;
      canary += group == Group.CANARY ? 1 : 0;
      unknown += said.live() || said.dead() || group == Group.CANARY ? 0 : 1;
    }

    /// Of the last one: an earlier incident was about it.
    void addKnown() {
      known++;
    }

    /// As [#HEAD] calls them.
    List<Integer> counts() {
      return List.of(tokens, ours, live, dead, unknown, canary, known, tokens - known);
    }

    List<String> cells(String name) {
      var cells = new ArrayList<String>();
      cells.add(name);
      counts().forEach(count -> cells.add(String.valueOf(count)));
      return cells;
    }
  }
}
