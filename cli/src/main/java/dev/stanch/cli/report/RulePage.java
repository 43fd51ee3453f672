package dev.stanch.cli.report;

import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleLoader;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// One rule as people read it: every field that says something. Examples stay templates.
public final class RulePage {
  private final RuleLoader.Authored authored;

  /// The page of a rule as it was written.
  public RulePage(RuleLoader.Authored authored) {
    this.authored = authored;
  }

  /// Writes the page; the caller flushes.
  public void write(Writer out) throws IOException {
    Rule rule = authored.rule();
    line(out, "rule", rule.id().value());
    line(out, "name", rule.name());
    line(out, "provider", rule.provider().value());
    line(out, "severity", rule.severity().label());
    line(out, "impact", rule.impact());
    line(out, "evidence", rule.evidence().label());
    line(out, "confidence", Amount.decimal(rule.confidence(), 2));
    line(out, "pattern", rule.pattern());
    line(out, "keywords", String.join(", ", rule.keywords()));
    Rule.Near near = rule.near();
    if (near != null) {
      line(
          out,
          "near",
          "up to "
              + near.after()
              + " bytes after a keyword, "
              + near.before()
              + " before, "
              + near.lines()
              + " line ends between");
    }
    if (rule.entropy() > 0) {
      line(out, "entropy", "at least " + Amount.decimal(rule.entropy(), 2) + " bits a character");
    }
    Rule.Search search = rule.search();
    if (search != null) {
      line(out, "runs", rule.pathOnly() ? "over paths alone" : "over whole texts");
      line(out, "path", search.path());
      for (Rule.Requirement needed : search.required()) {
        line(out, "requires", needed.rule().value());
      }
    }
    line(out, "checksum", rule.checksumName().orElse(""));
    line(out, "parser", rule.parserName().orElse(""));
    for (Rule.Companion part : rule.parts()) {
      line(
          out,
          "part",
          part.name()
              + " "
              + part.pattern()
              + " within "
              + part.lines()
              + " lines"
              + (part.required() ? ", required" : ""));
    }
    line(out, "aliases", String.join(", ", rule.aliases().stream().map(id -> id.value()).toList()));
    line(out, "format", rule.url());
    line(out, "written in", authored.file() + ":" + authored.line());
    examples(out, "match", authored.match());
    examples(out, "ignore", authored.ignore());
  }

  private static void examples(Writer out, String label, List<ExampleTemplate> examples)
      throws IOException {
    for (ExampleTemplate example : examples) {
      line(out, label, example.text());
    }
  }

  private static void line(Writer out, String label, String text) throws IOException {
    if (!text.isEmpty()) {
      out.write(label + " ".repeat(Math.max(1, 12 - label.length())) + Printable.of(text) + "\n");
    }
  }
}
