package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Place;
import dev.stanch.revokers.plan.AdviceJson;
import dev.stanch.revokers.plan.PlaceJson;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Advice.Permission;
import dev.stanch.revokers.spi.Advice.Unclear;
import dev.stanch.revokers.spi.Advice.Use;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Prints replacements. Plans and incident reports say them in the same words.
public final class AdviceReport {
  private static final int SHOWN = 3;

  private final PrintWriter out;

  /// A report on `out`.
  public AdviceReport(PrintWriter out) {
    this.out = requireNonNull(out, "out");
  }

  /// Writes them.
  public void write(List<Suggestion> suggestions, PlanFormat format) {
    switch (format) {
      case TEXT -> suggestions.forEach(this::text);
      case JSON -> out.println(tree(suggestions).toPrettyString());
      case MD -> suggestions.forEach(this::markdown);
      case HTML -> html(suggestions);
    }
    out.flush();
  }

  /// What there is to say about a replacement, in order. A text of several lines is several facts,
  /// of which the first alone has a label.
  static List<Fact> facts(Advice advice) {
    var facts = new ArrayList<Fact>();
    facts.add(Fact.text("instead", advice.summary()));
    for (Permission each : advice.permissions()) {
      facts.add(new Fact("with", each.text(), because(each.evidence())));
    }
    for (Unclear each : advice.unclear()) {
      facts.add(Fact.text("unclear", "cannot tell " + each.what() + because(each.evidence())));
    }
    if (!advice.link().isEmpty()) {
      facts.add(Fact.text("at", advice.link()));
    }
    if (!advice.expiry().isEmpty()) {
      facts.add(Fact.text("expiry", advice.expiry()));
    }
    lines("policy", advice.policy(), facts);
    advice.steps().forEach(step -> facts.add(Fact.text("then", step)));
    advice
        .tokenless()
        .ifPresent(
            way -> {
              facts.add(Fact.text("or", "without a token: " + way.summary()));
              facts.add(Fact.text("see", way.link()));
              lines("write", way.snippet(), facts);
            });
    return facts;
  }

  private static void lines(String label, String text, List<Fact> facts) {
    String first = label;
    for (String line : text.lines().toList()) {
      facts.add(Fact.code(first, line));
      first = "";
    }
  }

  /// The uses that something rests on.
  private static String because(List<Use> uses) {
    if (uses.isEmpty()) {
      return "";
    }
    String shown = uses.stream().limit(SHOWN).map(Use::text).collect(Collectors.joining(", "));
    int more = uses.size() - SHOWN;
    return " (" + shown + (more > 0 ? " and " + more + " more" : "") + ")";
  }

  /// The lines of a text report.
  static void print(List<Fact> facts, PrintWriter out) {
    for (Fact fact : facts) {
      String label = fact.label();
      out.println(
          "  "
              + label
              + " ".repeat(Math.max(1, 9 - label.length()))
              + Printable.of(fact.code() + fact.text()));
    }
  }

  private void text(Suggestion one) {
    Finding finding = one.finding();
    out.println(
        "replace  "
            + finding.provider()
            + "  "
            + Printable.of(finding.redacted())
            + "  "
            + finding.token());
    var facts = new ArrayList<Fact>();
    paths(finding).stream().limit(SHOWN).forEach(path -> facts.add(Fact.code("in", path)));
    int more = paths(finding).size() - SHOWN;
    if (more > 0) {
      facts.add(Fact.text("in", more + " more places"));
    }
    facts.addAll(facts(one.advice()));
    print(facts, out);
  }

  private static List<String> paths(Finding finding) {
    return PlanReport.paths(finding.places());
  }

  /// Advice in Markdown, below a heading.
  static void markdown(String heading, Advice advice, PrintWriter out) {
    out.println("\n### " + heading + "\n");
    boolean code = false;
    for (Fact fact : facts(advice)) {
      boolean block =
          fact.label().isEmpty() || fact.label().equals("policy") || fact.label().equals("write");
      if (block != code) {
        out.println(code ? "```" : "\n```");
        code = block;
      }
      if (block) {
        out.println(Printable.of(fact.code()));
      } else {
        String value =
            (fact.code().isEmpty() ? "" : MarkdownReport.code(fact.code()))
                + PlanReport.cell(fact.text());
        out.println("- " + fact.label() + ": " + value);
      }
    }
    if (code) {
      out.println("```");
    }
  }

  private void markdown(Suggestion one) {
    Finding finding = one.finding();
    markdown(finding.provider() + " " + MarkdownReport.code(finding.redacted()), one.advice(), out);
  }

  private void html(List<Suggestion> suggestions) {
    out.print(Html.begin("Replacements"));
    out.println("<h1>Replacements</h1>");
    for (Suggestion one : suggestions) {
      Finding finding = one.finding();
      out.println(
          "<details open>\n<summary>"
              + Html.text(finding.provider().value())
              + " "
              + Html.code(finding.redacted())
              + "</summary>");
      var facts = new ArrayList<Fact>();
      paths(finding).forEach(path -> facts.add(Fact.code("in", path)));
      facts.addAll(facts(one.advice()));
      out.println(Html.list(facts) + "</details>");
    }
    out.print(Html.END);
  }

  private static ObjectNode tree(List<Suggestion> suggestions) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("type", "suggestions");
    tree.put("schema", JsonFacts.SCHEMA);
    var all = tree.putArray("suggestions");
    for (Suggestion each : suggestions) {
      Finding finding = each.finding();
      ObjectNode one = all.addObject();
      one.put("token", finding.token().value());
      one.put("redacted", finding.redacted());
      one.put("provider", finding.provider().value());
      one.put("rule", finding.rule().value());
      one.put("verdict", each.verification().verdict());
      var scopes = one.putArray("scopes");
      each.verification().told().scopes().forEach(scopes::add);
      var places = one.putArray("places");
      for (Place place : finding.places()) {
        places.add(PlaceJson.tree(place));
      }
      one.set("replacement", AdviceJson.tree(each.advice()));
    }
    return tree;
  }
}
