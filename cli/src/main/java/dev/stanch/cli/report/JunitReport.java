package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Skip;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;

/// JUnit XML, as build servers read it: a failed test for each new token, a skipped one for each
/// accepted or suppressed, an error for each thing that should have been read and was not.
public final class JunitReport implements ReportWriter {
  private final PlaceText places;

  /// A writer that shows paths relative to `folder`.
  public JunitReport(Path folder) {
    this.places = new PlaceText(requireNonNull(folder, "folder"));
  }

  @Override
  public void write(Report report, Writer out) throws IOException {
    var sum = report.summary();
    long failures = report.newFindings() + report.toReplace();
    long errors = report.skips(Skip.Kind.SKIPPED);
    long quiet = report.findings().size() - report.newFindings();
    long tests = Math.max(1, failures + quiet + errors);
    String counts =
        " tests=\""
            + tests
            + "\" failures=\""
            + failures
            + "\" errors=\""
            + errors
            + "\" skipped=\""
            + quiet
            + "\" time=\""
            + Amount.decimal(sum.seconds(), 3)
            + "\"";
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.write("<testsuites name=\"stanch\"" + counts + ">\n");
    out.write(
        "  <testsuite name=\"stanch\""
            + counts
            + " timestamp=\""
            + sum.started().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "")
            + "\">\n");
    properties(report, out);
    for (ReportedFinding one : report.findings()) {
      finding(one, out);
    }
    for (InventoryEntry entry : report.entries()) {
      if (entry.toReplace()) {
        open("secret to replace", Printable.of(entry.container() + ":" + entry.name()), out);
        out.write("      <failure message=\"" + text(entry.exposed()) + "\"/>\n    </testcase>\n");
      }
    }
    for (Skip skip : report.skips()) {
      if (skip.kind() == Skip.Kind.SKIPPED) {
        open("not read", places.of(skip.container(), skip.path()), out);
        out.write("      <error message=\"" + text(skip.reason()) + "\"/>\n    </testcase>\n");
      }
    }
    if (report.findings().isEmpty() && failures + errors == 0) {
      out.write("    <testcase name=\"no token found\" classname=\"stanch\"/>\n");
    }
    out.write("  </testsuite>\n</testsuites>\n");
  }

  private void properties(Report report, Writer out) throws IOException {
    var sum = report.summary();
    out.write("    <properties>\n");
    property("state", sum.state().name().toLowerCase(java.util.Locale.ROOT), out);
    property("bytes", Long.toString(sum.bytes()), out);
    property("blobs", Long.toString(sum.texts()), out);
    property("commits", Long.toString(sum.commits()), out);
    property("rules", sum.rules(), out);
    for (InventoryEntry entry : report.entries()) {
      if (!entry.toReplace()) {
        property("inventory", SarifReport.notice(entry), out);
      }
    }
    for (Skip skip : report.skips()) {
      if (skip.kind() == Skip.Kind.EXCLUDED) {
        property("excluded", places.of(skip.container(), skip.path()) + ": " + skip.reason(), out);
      }
    }
    out.write("    </properties>\n");
  }

  private static void property(String name, String value, Writer out) throws IOException {
    out.write("      <property name=\"" + name + "\" value=\"" + text(value) + "\"/>\n");
  }

  private void finding(ReportedFinding one, Writer out) throws IOException {
    Finding finding = one.finding();
    open(finding.rule() + " " + finding.redacted(), places.of(finding.places().getFirst()), out);
    String title = finding.ruleName() + " " + finding.redacted() + ". " + finding.impact();
    if (one.counts()) {
      out.write(
          "      <failure type=\""
              + finding.severity().label()
              + "\" message=\""
              + text(title)
              + "\">");
      out.write(escaped(body(one)));
      out.write("</failure>\n");
    } else {
      out.write(
          "      <skipped message=\"" + text(finding.status().label() + ": " + title) + "\"/>\n");
    }
    out.write("    </testcase>\n");
  }

  private String body(ReportedFinding one) {
    Finding finding = one.finding();
    var body = new StringBuilder("\n");
    body.append("token ").append(finding.token()).append('\n');
    for (Place place : finding.places()) {
      String history = places.note(place);
      body.append("at ")
          .append(places.of(place))
          .append(history.isEmpty() ? "" : " " + history)
          .append('\n');
    }
    if (!finding.parts().isEmpty()) {
      body.append("parts ").append(Printable.of(CsvReport.parts(finding))).append('\n');
    }
    body.append("confidence ").append(Amount.decimal(finding.confidence(), 2));
    body.append(": ").append(Printable.of(String.join(", ", finding.why()))).append('\n');
    body.append("verdict ").append(Printable.of(one.verification().text())).append('\n');
    one.fingerprints().forEach(print -> body.append("fingerprint ").append(print).append('\n'));
    body.append("next ").append(NextStep.of(finding)).append('\n');
    return body.toString();
  }

  private static void open(String name, String group, Writer out) throws IOException {
    out.write("    <testcase name=\"" + text(name) + "\" classname=\"" + text(group) + "\">\n");
  }

  /// Somebody's text for an element or an attribute.
  private static String text(String raw) {
    return escaped(Printable.of(raw));
  }

  private static String escaped(String safe) {
    return safe.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
