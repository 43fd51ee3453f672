package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.scan.ScanResult;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// GitLab's secret detection report, schema 15.0.4: a vulnerability for each place of each new
/// token. What is accepted or suppressed is told as a message, because the schema has no field for
/// it.
public final class GitlabReport implements ReportWriter {
  private static final String VERSION = "15.0.4";

  /// The schema demands a commit; GitLab's own analyzer writes this one for files without history.
  private static final String NO_COMMIT = "0".repeat(40);

  private final String toolVersion;

  /// A writer that names the tool's version.
  public GitlabReport(String toolVersion) {
    this.toolVersion = requireNonNull(toolVersion, "toolVersion");
  }

  @Override
  public void write(Report report, Writer out) throws IOException {
    try (var json = JsonFacts.indented(out)) {
      json.writeStartObject();
      json.writeStringField("version", VERSION);
      scan(report, json);
      json.writeArrayFieldStart("vulnerabilities");
      var names = new StableName();
      for (ReportedFinding one : report.findings()) {
        if (one.counts()) {
          for (Place place : one.finding().places()) {
            vulnerability(one, place, names.of(one, place), json);
          }
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write('\n');
  }

  private void scan(Report report, JsonGenerator json) throws IOException {
    var sum = report.summary();
    json.writeObjectFieldStart("scan");
    tool("analyzer", json);
    tool("scanner", json);
    json.writeStringField("type", "secret_detection");
    json.writeStringField("start_time", time(sum.started()));
    json.writeStringField("end_time", time(SarifReport.end(sum)));
    json.writeStringField(
        "status", sum.state() == ScanResult.State.COMPLETE ? "success" : "failure");
    json.writeArrayFieldStart("messages");
    for (InventoryEntry entry : report.entries()) {
      message(entry.toReplace() ? "warn" : "info", SarifReport.notice(entry), json);
    }
    for (Skip skip : report.skips()) {
      boolean skipped = skip.kind() == Skip.Kind.SKIPPED;
      message(
          skipped ? "warn" : "info",
          (skipped ? "skipped " : "left out ") + skip.path() + ": " + skip.reason(),
          json);
    }
    for (ReportedFinding one : report.findings()) {
      if (!one.counts()) {
        Finding finding = one.finding();
        message(
            "info",
            finding.status().label()
                + ": "
                + finding.rule()
                + " "
                + finding.redacted()
                + " at "
                + finding.places().getFirst().displayPath(),
            json);
      }
    }
    message(
        "info",
        "read "
            + sum.bytes()
            + " bytes, "
            + sum.texts()
            + " blobs, "
            + sum.commits()
            + " commits under rules "
            + sum.rules(),
        json);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void message(String level, String value, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("level", level);
    json.writeStringField("value", Printable.of(value));
    json.writeEndObject();
  }

  private void tool(String field, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("id", "stanch");
    json.writeStringField("name", "Stanch");
    json.writeStringField("version", toolVersion);
    json.writeObjectFieldStart("vendor");
    json.writeStringField("name", "Stanch");
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void vulnerability(ReportedFinding one, Place place, String id, JsonGenerator json)
      throws IOException {
    Finding finding = one.finding();
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("name", shortened(finding.ruleName(), 255));
    json.writeStringField("description", MarkdownReport.escape(description(one, place)));
    json.writeStringField("severity", severity(finding.severity()));
    json.writeStringField("solution", NextStep.of(finding));
    json.writeArrayFieldStart("identifiers");
    json.writeStartObject();
    json.writeStringField("type", "stanch_rule_id");
    json.writeStringField("name", "Stanch rule " + finding.rule());
    json.writeStringField("value", finding.rule().value());
    json.writeEndObject();
    json.writeEndArray();
    location(place, json);
    json.writeEndObject();
  }

  private static String description(ReportedFinding one, Place place) {
    Finding finding = one.finding();
    var text = new StringBuilder();
    text.append(finding.redacted()).append(" (").append(finding.token()).append("). ");
    text.append(finding.impact());
    text.append(" Confidence ").append(Amount.decimal(finding.confidence(), 2));
    text.append(": ").append(String.join(", ", finding.why())).append('.');
    if (one.verification().checked()) {
      text.append(" Verdict: ").append(one.verification().text()).append('.');
    }
    if (!finding.parts().isEmpty()) {
      text.append(" Parts: ").append(CsvReport.parts(finding)).append('.');
    }
    if (!place.via().isEmpty()) {
      text.append(" Inside ").append(String.join("!", place.via())).append('.');
    }
    one.fingerprints().forEach(print -> text.append(" Fingerprint ").append(print).append('.'));
    return text.toString();
  }

  private static void location(Place place, JsonGenerator json) throws IOException {
    Provenance provenance = place.provenance();
    json.writeObjectFieldStart("location");
    json.writeStringField(
        "file", provenance.path().isEmpty() ? provenance.container() : provenance.path());
    json.writeNumberField("start_line", place.location().line());
    json.writeNumberField("end_line", place.location().endLine());
    json.writeObjectFieldStart("commit");
    json.writeStringField("sha", provenance.commitId().orElse(NO_COMMIT));
    switch (provenance) {
      case Provenance.Git git -> author(git.author(), git.date(), json);
      case Provenance.GitMessage message -> author(message.author(), message.date(), json);
      case Provenance.GitConfig _,
          Provenance.File _,
          Provenance.Stream _,
          Provenance.Layer _,
          Provenance.Setting _,
          Provenance.Elsewhere _ -> {}
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void author(@Nullable String name, @Nullable Instant date, JsonGenerator json)
      throws IOException {
    if (name != null) {
      json.writeStringField("author", Printable.of(name));
    }
    if (date != null) {
      json.writeStringField("date", date.toString());
    }
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "Critical";
      case HIGH -> "High";
      case MEDIUM -> "Medium";
      case LOW -> "Low";
    };
  }
}
