package dev.stanch.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.Rule;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The rules as a list: for people, for programs, and as docs/RULES.md.
public final class RuleCatalogue {
  /// The forms of the list.
  public enum Format {
    /// A line for each rule.
    TEXT,
    /// All of them in one array.
    JSON,
    /// An object for each rule, one a line.
    JSONL,
    /// Tables by provider.
    MD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Comparator<Rule> ORDER =
      Comparator.comparing(Rule::provider).thenComparing(Rule::id);

  private final List<Rule> rules;

  /// A list of `rules`, by provider and id.
  public RuleCatalogue(List<Rule> rules) {
    this.rules = rules.stream().sorted(ORDER).toList();
  }

  /// Writes the list; the caller flushes.
  public void write(Format format, Writer out) throws IOException {
    switch (format) {
      case TEXT -> text(out);
      case JSON -> json(out);
      case JSONL -> jsonLines(out);
      case MD -> markdown(out);
    }
  }

  private void text(Writer out) throws IOException {
    int widest = rules.stream().mapToInt(rule -> rule.id().value().length()).max().orElse(0);
    for (Rule rule : rules) {
      out.write(padded(rule.id().value(), widest));
      out.write("  " + padded(rule.severity().label(), 8));
      out.write("  " + padded(rule.evidence().label(), 9));
      out.write("  " + Printable.of(rule.name()) + "\n");
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private void json(Writer out) throws IOException {
    try (var json = JsonFacts.indented(out)) {
      json.writeStartArray();
      for (Rule rule : rules) {
        object(rule, json);
      }
      json.writeEndArray();
    }
    out.write('\n');
  }

  private void jsonLines(Writer out) throws IOException {
    try (var json = JsonFacts.on(out)) {
      json.setRootValueSeparator(null);
      for (Rule rule : rules) {
        object(rule, json);
        json.writeRaw('\n');
      }
    }
  }

  private static void object(Rule rule, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "rule");
    json.writeStringField("schema", JsonFacts.SCHEMA);
    json.writeStringField("rule", rule.id().value());
    json.writeStringField("name", rule.name());
    json.writeStringField("provider", rule.provider().value());
    json.writeStringField("evidence", rule.evidence().label());
    json.writeStringField("severity", rule.severity().label());
    json.writeStringField("impact", rule.impact());
    if (!rule.url().isEmpty()) {
      json.writeStringField("url", rule.url());
    }
    json.writeEndObject();
  }

  private void markdown(Writer out) throws IOException {
    Map<ProviderId, List<Rule>> byProvider = new TreeMap<>();
    rules.forEach(
        rule -> byProvider.computeIfAbsent(rule.provider(), _ -> new ArrayList<>()).add(rule));
    out.write("# Rules\n\n");
    out.write(
        "Written by `stanch rules list --format md`, and compared with the rules by a test. How a"
            + " rule is made: [RULE-FORMAT.md](RULE-FORMAT.md).\n\n");
    out.write(rules.size() + " rules of " + byProvider.size() + " providers. Evidence: ");
    out.write(
        "`checksum` a check value inside the token fits, `prefix` the format has a beginning of its"
            + " own, `structure` the text parses, `context` a word beside it names the service,"
            + " `generic` a value assigned to a telling name.\n");
    for (var provider : byProvider.entrySet()) {
      out.write("\n## " + provider.getKey() + "\n\n");
      String url = provider.getValue().getFirst().url();
      if (!url.isEmpty() && provider.getValue().stream().allMatch(rule -> rule.url().equals(url))) {
        out.write("<" + url + ">\n\n");
      }
      out.write("| rule | finds | evidence | severity | what a stranger gains |\n");
      out.write("| --- | --- | --- | --- | --- |\n");
      for (Rule rule : provider.getValue()) {
        out.write(
            "| `"
                + rule.id()
                + "` | "
                + MarkdownReport.escape(rule.name())
                + " | "
                + evidence(rule)
                + " | "
                + rule.severity().label()
                + " | "
                + MarkdownReport.escape(rule.impact())
                + " |\n");
      }
    }
  }

  private static String evidence(Rule rule) {
    return rule.evidence() == Evidence.CHECKSUM
        ? "checksum" + rule.checksumName().map(name -> " (" + name + ")").orElse("")
        : rule.evidence().label();
  }
}
