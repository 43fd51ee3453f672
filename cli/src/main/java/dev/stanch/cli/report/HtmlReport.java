package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Skip;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// One HTML page that stands alone, the worst token first: searched, filtered and sorted by its
/// script, whole without it.
public final class HtmlReport implements ReportWriter {
  private static final List<String> FILTERS =
      List.of("severity", "verdict", "status", "provider", "owner");
  private static final List<Map.Entry<String, String>> ORDERS =
      List.of(
          Map.entry("since", "oldest first"),
          Map.entry("places", "most places first"),
          Map.entry("provider", "by provider"),
          Map.entry("owner", "by owner"));

  private static final int MONTHS = 24;

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
    timeline(report, out);
    if (!report.findings().isEmpty()) {
      out.write(Html.tools(FILTERS, ORDERS) + "<section>\n");
      var items = new Html.Items();
      for (ReportedFinding one : report.worstFirst()) {
        out.write(items.next(item(one)));
      }
      out.write("</section>\n");
    }
    entries(report, out);
    skips(report, out);
    out.write(Html.END);
  }

  /// When the tokens were first written down that somebody has to do something about: by month, or
  /// by year where that gives a shorter list.
  private static void timeline(Report report, Writer out) throws IOException {
    var months = new TreeMap<String, Integer>();
    var years = new TreeMap<String, Integer>();
    for (ReportedFinding one : report.findings()) {
      String since = one.counts() ? since(one.finding()) : "";
      if (!since.isEmpty()) {
        months.merge(since.substring(0, 7), 1, Integer::sum);
        years.merge(since.substring(0, 4), 1, Integer::sum);
      }
    }
    if (!months.isEmpty()) {
      out.write("<details>\n<summary>When they were first written down</summary>\n");
      out.write(Html.bars("timeline", months.size() > MONTHS ? years : months) + "</details>\n");
    }
  }

  /// The day on which a token was first written down, or nothing where no history tells.
  private static String since(Finding finding) {
    return finding.places().stream()
        .map(place -> PlaceText.date(place.provenance()))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(date -> date.toString().substring(0, 10))
        .orElse("");
  }

  private Html.Item item(ReportedFinding one) {
    Finding finding = one.finding();
    String severity = finding.severity().label();
    String owner = one.verification().identity();
    return new Html.Item(
        new Html.Tag(severity, severity),
        Html.text(finding.ruleName())
            + " "
            + Html.code(finding.redacted())
            + (one.verification().checked() ? " " + verdict(one) : "")
            + (one.counts() ? "" : " (" + finding.status().label() + ")"),
        one.counts() ? Html.Attention.WANTED : Html.Attention.NONE,
        Map.of(
            "severity", severity,
            "verdict", one.verification().verdict(),
            "status", finding.status().label(),
            "provider", finding.provider().value(),
            "owner", owner == null ? "" : owner,
            "since", since(finding),
            "places", Integer.toString(finding.places().size())),
        Fact.of(one, places));
  }

  private static String verdict(ReportedFinding one) {
    String verdict = one.verification().verdict();
    String look =
        one.verification().live() ? "bad" : verdict.startsWith("dead") ? "good" : "unsure";
    return "<b class=\"" + look + "\">" + Html.text(verdict) + "</b>";
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
