package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Skip;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;

/// One HTML page that stands alone: no script, nothing fetched, the worst token first. Its policy
/// forbids both, should something slip through.
public final class HtmlReport implements ReportWriter {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Stanch report</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
      details { border: 1px solid #8884; border-radius: .4rem; margin: .6rem 0; padding: .5rem .8rem; }
      summary { cursor: pointer; }
      dl { display: grid; grid-template-columns: 8rem 1fr; gap: .2rem .8rem; }
      dt { font-weight: 600; }
      dd { margin: 0; overflow-wrap: anywhere; }
      code { font: 13px ui-monospace, monospace; }
      .critical, .high { color: #b3261e; font-weight: 700; }
      .medium { color: #8a5a00; font-weight: 700; }
      .quiet { opacity: .6; }
      @media (prefers-color-scheme: dark) { body { background: #16181c; color: #e6e6e6; }
        .critical, .high { color: #ff8a80; } .medium { color: #ffcc80; } }
      </style>
      </head>
      <body>
      """;

  private final PlaceText places;

  /// A writer that shows paths relative to `folder`.
  public HtmlReport(Path folder) {
    this.places = new PlaceText(requireNonNull(folder, "folder"));
  }

  @Override
  public void write(Report report, Writer out) throws IOException {
    long found = report.newFindings();
    out.write(HEAD);
    out.write(
        "<h1>"
            + (found == 0
                ? "No leaked token found"
                : found + (found == 1 ? " leaked token" : " leaked tokens"))
            + "</h1>\n");
    summary(report, out);
    for (ReportedFinding one : report.worstFirst()) {
      finding(one, out);
    }
    skips(report, out);
    out.write("</body>\n</html>\n");
  }

  private static void summary(Report report, Writer out) throws IOException {
    var sum = report.summary();
    out.write(
        "<p>Read "
            + sum.texts()
            + " texts, "
            + Amount.bytes(sum.bytes())
            + (sum.commits() > 0 ? ", " + sum.commits() + " commits" : "")
            + " in "
            + Amount.decimal(sum.seconds(), 1)
            + " s on "
            + sum.started()
            + "; "
            + sum.state().name().toLowerCase(Locale.ROOT)
            + "; rules "
            + code(sum.rules())
            + ".</p>\n");
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
            + text(finding.ruleName())
            + " "
            + code(finding.redacted())
            + (one.counts() ? "" : " (" + finding.status().label() + ")")
            + "</summary>\n<dl>\n");
    item("Impact", text(finding.impact()), out);
    if (one.counts()) {
      item("Next", text(Advice.of(finding)), out);
    }
    for (Place place : finding.places()) {
      String history = places.note(place);
      item("At", code(places.of(place)) + (history.isEmpty() ? "" : " " + text(history)), out);
    }
    item(
        "Why",
        Amount.decimal(finding.confidence(), 2) + ": " + text(String.join(", ", finding.why())),
        out);
    item("Verdict", text(one.verification().text()), out);
    for (var part : finding.parts()) {
      item(text(part.name()), code(part.value()), out);
    }
    item("Rule", code(finding.rule().value()) + " of " + text(finding.provider().value()), out);
    item("Token id", code(finding.token().value()), out);
    for (var print : one.fingerprints()) {
      item("Fingerprint", code(print.value()), out);
    }
    out.write("</dl>\n</details>\n");
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
              + code(places.of(skip.container(), skip.path()))
              + ": "
              + text(skip.reason())
              + "</li>\n");
    }
    out.write("</ul>\n");
  }

  private static void item(String label, String html, Writer out) throws IOException {
    out.write("<dt>" + label + "</dt><dd>" + html + "</dd>\n");
  }

  private static String code(String raw) {
    return "<code>" + text(raw) + "</code>";
  }

  private static String text(String raw) {
    return Printable.of(raw)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
