package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Skip;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/// Markdown, for pull requests and job summaries: a table of tokens, the worst first, then each
/// with its places, then what was not read.
public final class MarkdownReport implements ReportWriter {
  private final PlaceText places;

  /// A writer that shows paths relative to `folder`.
  public MarkdownReport(Path folder) {
    this.places = new PlaceText(requireNonNull(folder, "folder"));
  }

  @Override
  public void write(Report report, Writer out) throws IOException {
    out.write("# " + Fact.headline(report) + "\n\n");
    List<ReportedFinding> sorted = report.worstFirst();
    if (!sorted.isEmpty()) {
      out.write("| severity | what | token | first place | confidence | verdict | status |\n");
      out.write("| --- | --- | --- | --- | --- | --- | --- |\n");
      for (ReportedFinding one : sorted) {
        row(one, out);
      }
      out.write('\n');
      for (ReportedFinding one : sorted) {
        details(one, out);
      }
    }
    entries(report, out);
    skips(report, out);
    summary(report, out);
  }

  private void row(ReportedFinding one, Writer out) throws IOException {
    Finding finding = one.finding();
    String more = finding.places().size() > 1 ? " +" + (finding.places().size() - 1) : "";
    out.write(
        "| "
            + finding.severity().label()
            + " | "
            + escape(finding.ruleName())
            + " | "
            + code(finding.redacted())
            + " | "
            + code(places.of(finding.places().getFirst()))
            + more
            + " | "
            + Amount.decimal(finding.confidence(), 2)
            + " | "
            + escape(one.verification().verdict())
            + " | "
            + finding.status().label()
            + " |\n");
  }

  private void details(ReportedFinding one, Writer out) throws IOException {
    Finding finding = one.finding();
    out.write("### " + escape(finding.ruleName()) + " " + code(finding.redacted()) + "\n\n");
    for (Fact fact : Fact.of(one, places)) {
      String code = fact.code().isEmpty() ? "" : code(fact.code());
      String gap = code.isEmpty() || fact.text().isEmpty() ? "" : " ";
      out.write("- " + escape(fact.label()) + ": " + code + gap + escape(fact.text()) + "\n");
    }
    out.write('\n');
  }

  private static void entries(Report report, Writer out) throws IOException {
    if (report.entries().isEmpty()) {
      return;
    }
    out.write("## Secrets whose values nobody shows\n\n");
    out.write("| where | name | set | replace because |\n| --- | --- | --- | --- |\n");
    for (InventoryEntry entry : report.entries()) {
      out.write(
          "| "
              + code(entry.container())
              + " | "
              + code(entry.name())
              + " | "
              + (entry.setAt() == null ? "" : entry.setAt().toString().substring(0, 10))
              + " | "
              + escape(entry.exposed())
              + " |\n");
    }
    out.write('\n');
  }

  private void skips(Report report, Writer out) throws IOException {
    if (report.skips().isEmpty()) {
      return;
    }
    out.write("## Not read\n\n");
    for (Skip skip : report.skips()) {
      out.write(
          "- "
              + (skip.kind() == Skip.Kind.SKIPPED ? "**skipped** " : "left out ")
              + code(places.of(skip.container(), skip.path()))
              + ": "
              + escape(skip.reason())
              + "\n");
    }
    out.write('\n');
  }

  private static void summary(Report report, Writer out) throws IOException {
    Fact read = Fact.read(report);
    out.write(escape(read.text()) + ", under rules " + code(read.code()) + ".\n");
  }

  /// Text that stays text: no markup, no link, no mention, no HTML.
  static String escape(String raw) {
    String text = Printable.of(raw);
    var safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '@' -> safe.append("&#64;");
        case '\\', '`', '*', '_', '[', ']', '|', '#', '~', '!', '$' -> safe.append('\\').append(c);
        default -> safe.append(c);
      }
    }
    // Addresses are made into links without any markup.
    return safe.toString().replace("://", "&#58;//").replace("www.", "www&#46;");
  }

  /// Text in a code span, in a table or out of it: nothing in it is markup, and it cannot end it.
  static String code(String raw) {
    String text = Printable.of(raw).replace("|", "\\u{7c}");
    int run = 0;
    int longest = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    String pad = text.startsWith("`") || text.endsWith("`") || text.isEmpty() ? " " : "";
    return fence + pad + text + pad + fence;
  }
}
