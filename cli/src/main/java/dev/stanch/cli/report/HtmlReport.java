package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Skip;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/// One HTML page that stands alone, the worst token first.
public final class HtmlReport implements ReportWriter {
  private final PlaceText places;

  /// A writer that shows paths relative to `folder`.
  public HtmlReport(Path folder) {
    this.places = new PlaceText(requireNonNull(folder, "folder"));
  }

  @Override
  public void write(Report report, Writer out) throws IOException {
    out.write(Html.begin("Stanch report"));
    out.write("<h1>" + Fact.headline(report) + "</h1>\n");
    Fact read = Fact.read(report);
    out.write(
        "<p>" + Html.text(read.text()) + ", under rules " + Html.code(read.code()) + ".</p>\n");
    for (ReportedFinding one : report.worstFirst()) {
      finding(one, out);
    }
    entries(report, out);
    skips(report, out);
    out.write(Html.END);
  }

  private void finding(ReportedFinding one, Writer out) throws IOException {
    Finding finding = one.finding();
    out.write(one.counts() ? "<details open>\n" : "<details class=\"quiet\">\n");
    out.write(
        "<summary><span class=\""
            + finding.severity().label()
            + "\">"
            + finding.severity().label()
            + "</span> "
            + Html.text(finding.ruleName())
            + " "
            + Html.code(finding.redacted())
            + (one.counts() ? "" : " (" + finding.status().label() + ")")
            + "</summary>\n");
    out.write(Html.list(Fact.of(one, places)) + "</details>\n");
  }

  private static void entries(Report report, Writer out) throws IOException {
    if (report.entries().isEmpty()) {
      return;
    }
    out.write("<h2>Secrets whose values nobody shows</h2>\n<ul>\n");
    for (InventoryEntry entry : report.entries()) {
      out.write(
          "<li>"
              + (entry.toReplace() ? "<b>replace</b> " : "")
              + Html.code(entry.container() + ":" + entry.name())
              + (entry.setAt() == null
                  ? ""
                  : ", set on " + entry.setAt().toString().substring(0, 10))
              + (entry.toReplace() ? ": " + Html.text(entry.exposed()) : "")
              + "</li>\n");
    }
    out.write("</ul>\n");
  }

  private void skips(Report report, Writer out) throws IOException {
    if (report.skips().isEmpty()) {
      return;
    }
    out.write("<h2>Not read</h2>\n<ul>\n");
    for (Skip skip : report.skips()) {
      out.write(
          "<li>"
              + (skip.kind() == Skip.Kind.SKIPPED ? "<b>skipped</b> " : "left out ")
              + Html.code(places.of(skip.container(), skip.path()))
              + ": "
              + Html.text(skip.reason())
              + "</li>\n");
    }
    out.write("</ul>\n");
  }
}
