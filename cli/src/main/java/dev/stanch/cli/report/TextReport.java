package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.scan.ScanResult;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// For people: a block per token, the worst first, then what was not read, then one line of sums.
/// In brief a line per token, as compilers write them: for hooks, and editors that go to places.
public final class TextReport implements ReportWriter {
  private static final int PLACES = 10;
  private final PlaceText places;
  private final boolean colour;
  private final Tokens tokens;
  private final Length length;

  /// How much is said. Both are of this one class, since a hook starts with the classes that it was
  /// trained with.
  private enum Length {
    FULL,
    BRIEF
  }

  /// A writer that shows paths relative to `folder`, and of the tokens what `tokens` gives.
  public TextReport(Path folder, boolean colour, Tokens tokens) {
    this(folder, colour, tokens, Length.FULL);
  }

  private TextReport(Path folder, boolean colour, Tokens tokens, Length length) {
    this.places = new PlaceText(folder);
    this.colour = colour;
    this.tokens = requireNonNull(tokens, "tokens");
    this.length = length;
  }

  /// A writer of a line for each token, secret to replace and skip, and of nothing where there is
  /// none.
  public static TextReport brief(Path folder, boolean colour) {
    return new TextReport(folder, colour, Tokens.HIDDEN, Length.BRIEF);
  }

  @Override
  public void write(Report report, Writer out) throws IOException {
    if (length == Length.BRIEF) {
      brief(report, out);
      return;
    }
    for (ReportedFinding one : report.worstFirst()) {
      finding(one, out);
      out.write('\n');
    }
    entries(report, out);
    skips(report, out);
    summary(report, out);
  }

  private void brief(Report report, Writer out) throws IOException {
    for (ReportedFinding one : report.worstFirst()) {
      Finding finding = one.finding();
      List<Place> where = finding.places();
      out.write(bold(places.of(where.getFirst())) + ": " + severity(finding.severity()) + ": ");
      out.write(Printable.of(finding.ruleName() + " " + finding.redacted()));
      out.write(" (" + finding.rule() + ")");
      if (where.size() > 1) {
        out.write(", and " + count(where.size() - 1, "more place"));
      }
      if (one.verification().checked()) {
        out.write(", " + Printable.of(one.verification().text()));
      }
      if (!one.counts()) {
        out.write(", " + finding.status().label());
      }
      out.write('\n');
    }
    for (InventoryEntry entry : report.entries()) {
      out.write(Printable.of(entry.container() + ":" + entry.name()) + ": secret");
      out.write(entry.toReplace() ? " to replace: " + Printable.of(entry.exposed()) : "");
      out.write('\n');
    }
    for (Skip skip : report.skips()) {
      if (skip.kind() == Skip.Kind.SKIPPED) {
        out.write(places.of(skip.container(), skip.path()) + ": ");
        out.write(paint(YELLOW, "skipped") + ": " + Printable.of(skip.reason()) + "\n");
      }
    }
  }

  private void finding(ReportedFinding one, Writer out) throws IOException {
    Finding finding = one.finding();
    out.write(severity(finding.severity()));
    out.write("  " + bold(Printable.of(finding.ruleName())) + "  " + finding.rule() + "\n");
    String status = one.counts() ? "" : "  (" + finding.status().label() + ")";
    line(out, "token", Printable.of(finding.redacted()) + "  " + finding.token() + status);
    var shownToken = tokens.text(finding.token());
    if (shownToken.isPresent()) {
      line(out, "secret", Printable.of(shownToken.get()));
    }
    for (var part : finding.parts()) {
      line(out, part.name(), Printable.of(part.value()));
    }
    var shown = finding.places().subList(0, Math.min(PLACES, finding.places().size()));
    for (Place place : shown) {
      String history = places.note(place);
      line(out, "at", bold(places.of(place)) + (history.isEmpty() ? "" : "  " + history));
    }
    if (finding.places().size() > PLACES) {
      line(out, "", "and " + (finding.places().size() - PLACES) + " more places");
    }
    line(
        out,
        "why",
        Amount.decimal(finding.confidence(), 2)
            + ": "
            + Printable.of(String.join(", ", finding.why())));
    if (one.verification().checked()) {
      line(out, "verdict", Printable.of(one.verification().text()));
    }
    line(out, "impact", Printable.of(finding.impact()));
    if (one.counts()) {
      line(out, "next", NextStep.of(finding));
    }
  }

  /// Those to replace one by one, the others by their number: a list of them all is the
  /// inventory's.
  private void entries(Report report, Writer out) throws IOException {
    if (report.entries().isEmpty()) {
      return;
    }
    for (InventoryEntry entry : report.entries()) {
      if (entry.toReplace()) {
        out.write(
            paint(RED, "replace")
                + "  "
                + bold(Printable.of(entry.container() + ":" + entry.name()))
                + "  "
                + Printable.of(entry.exposed())
                + "\n");
      }
    }
    long quiet = report.entries().size() - report.toReplace();
    if (quiet > 0) {
      out.write(
          "inventory  "
              + count(quiet, "secret")
              + " whose values nobody shows (stanch inventory lists them)\n");
    }
    out.write('\n');
  }

  private void skips(Report report, Writer out) throws IOException {
    var excluded = new TreeMap<String, Integer>();
    boolean any = false;
    for (Skip skip : report.skips()) {
      switch (skip.kind()) {
        case SKIPPED -> {
          out.write(
              paint(YELLOW, "skipped")
                  + "  "
                  + places.of(skip.container(), skip.path())
                  + ": "
                  + Printable.of(skip.reason())
                  + "\n");
          any = true;
        }
        case EXCLUDED -> excluded.merge(skip.reason(), 1, Integer::sum);
      }
    }
    if (!excluded.isEmpty()) {
      var reasons = new ArrayList<String>();
      excluded.forEach((reason, count) -> reasons.add(count + " " + Printable.of(reason)));
      out.write("left out  " + String.join(", ", reasons) + "\n");
      any = true;
    }
    if (any) {
      out.write('\n');
    }
  }

  private void summary(Report report, Writer out) throws IOException {
    var parts = new ArrayList<String>();
    long found = report.newFindings();
    parts.add(found == 0 ? "no findings" : bold(count(found, "finding") + worst(report)));
    long quiet = report.findings().size() - found;
    if (quiet > 0) {
      parts.add(quiet + " accepted or suppressed");
    }
    if (report.toReplace() > 0) {
      parts.add(bold(count(report.toReplace(), "secret") + " to replace"));
    }
    long skipped = report.skips(Skip.Kind.SKIPPED);
    if (skipped > 0) {
      parts.add(paint(YELLOW, count(skipped, "skip")));
    }
    var sum = report.summary();
    String read = count(sum.texts(), "text") + ", " + Amount.bytes(sum.bytes());
    if (sum.commits() > 0) {
      read = count(sum.commits(), "commit") + ", " + read;
    }
    out.write(
        String.join(", ", parts)
            + " in "
            + read
            + " ("
            + Amount.decimal(sum.seconds(), 1)
            + " s)"
            + (sum.state() == ScanResult.State.INTERRUPTED ? ", interrupted" : "")
            + "\n");
  }

  private static String worst(Report report) {
    var bySeverity = new TreeMap<Severity, Integer>();
    for (ReportedFinding one : report.findings()) {
      if (one.counts()) {
        bySeverity.merge(one.finding().severity(), 1, Integer::sum);
      }
    }
    List<String> parts = new ArrayList<>();
    bySeverity.forEach((severity, count) -> parts.add(count + " " + severity.label()));
    return " (" + String.join(", ", parts) + ")";
  }

  private static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  private static void line(Writer out, String label, String text) throws IOException {
    out.write("  ");
    out.write(label);
    out.write(" ".repeat(Math.max(1, 8 - label.length())));
    out.write(text);
    out.write('\n');
  }

  // ---- colour

  private static final String RED = "31";
  private static final String YELLOW = "33";

  private String severity(Severity severity) {
    String name = severity.label();
    return switch (severity) {
      case CRITICAL -> paint("1;" + RED, name);
      case HIGH -> paint(RED, name);
      case MEDIUM -> paint(YELLOW, name);
      case LOW -> paint("2", name);
    };
  }

  private String bold(String text) {
    return paint("1", text);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
