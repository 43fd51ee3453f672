package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

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

  private final PrintWriter out;
  private final Map<String, Row> rows = new TreeMap<>();
  private final Map<String, Integer> others = new TreeMap<>();
  private final Row all = new Row();

  /// A report on `out`.
  public TriageReport(PrintWriter out) {
    this.out = requireNonNull(out, "out");
  }

  /// Writes it.
  ///
  /// @param groups whose each token is
  /// @param earlier the tokens that an earlier incident was about
  public void write(
      List<Planner.Verified> answers, Map<TokenId, Group> groups, Set<TokenId> earlier) {
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
    table();
    out.println();
    out.println(all.oursAndLive + " of " + all.tokens + " tokens are ours and live");
    if (!others.isEmpty()) {
      out.println("live and not ours: " + owners());
    }
    if (all.unknown > 0) {
      out.println(all.unknown + " could not be asked about, or got no answer that tells");
    }
    out.println();
    out.flush();
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

  private void table() {
    int widest = "provider".length();
    for (String provider : rows.keySet()) {
      widest = Math.max(widest, provider.length());
    }
    line(HEAD, widest);
    for (var row : rows.entrySet()) {
      line(row.getValue().cells(row.getKey()), widest);
    }
    if (rows.size() > 1) {
      line(all.cells("all"), widest);
    }
  }

  private void line(List<String> cells, int first) {
    var line = new StringBuilder(cells.getFirst());
    line.append(" ".repeat(first - cells.getFirst().length()));
    for (int i = 1; i < cells.size(); i++) {
      String cell = cells.get(i);
      line.append(" ".repeat(Math.max(2, HEAD.get(i).length() + 2 - cell.length()))).append(cell);
    }
    out.println(line);
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

    List<String> cells(String name) {
      var cells = new ArrayList<String>();
      cells.add(name);
      for (int count :
          new int[] {tokens, ours, live, dead, unknown, canary, known, tokens - known}) {
        cells.add(String.valueOf(count));
      }
      return cells;
    }
  }
}
