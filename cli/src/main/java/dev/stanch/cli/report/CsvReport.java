package dev.stanch.cli.report;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Fingerprint;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import java.io.IOException;
import java.io.Writer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Comma-separated values (RFC 4180): a row for each place of each token, then one for each secret
/// that nobody shows, for each skip and for the summary; the first column says which.
///
/// A spreadsheet runs what begins with `=`, `+`, `-` or `@`; such text gets an apostrophe in front.
public final class CsvReport implements ReportWriter {
  private enum Column {
    TYPE,
    RULE,
    NAME,
    PROVIDER,
    SEVERITY,
    CONFIDENCE,
    STATUS,
    VERDICT,
    IDENTITY,
    SCOPES,
    DETAIL,
    TOKEN,
    REDACTED,
    EVIDENCE,
    WHY,
    IMPACT,
    PARTS,
    KIND,
    CONTAINER,
    PATH,
    VIA,
    LINE,
    COLUMN,
    END_LINE,
    END_COLUMN,
    OFFSET,
    BLOB,
    COMMIT,
    AUTHOR,
    DATE,
    IN_TIPS,
    FINGERPRINTS,
    REASON
  }

  private static final Column[] COLUMNS = Column.values();

  /// Makes a writer.
  public CsvReport() {}

  @Override
  public void write(Report report, Writer out) throws IOException {
    for (int i = 0; i < COLUMNS.length; i++) {
      out.write((i == 0 ? "" : ",") + COLUMNS[i].name().toLowerCase(Locale.ROOT));
    }
    out.write("\r\n");
    for (ReportedFinding one : report.findings()) {
      for (Place place : one.finding().places()) {
        row(place(one, place), out);
      }
    }
    for (InventoryEntry entry : report.entries()) {
      var row = new EnumMap<Column, String>(Column.class);
      row.put(Column.TYPE, "inventory");
      row.put(Column.KIND, entry.kind());
      row.put(Column.CONTAINER, entry.container());
      row.put(Column.PATH, entry.name());
      row.put(Column.DATE, entry.setAt() == null ? "" : entry.setAt().toString());
      row.put(Column.STATUS, entry.toReplace() ? "replace" : "");
      row.put(Column.REASON, entry.exposed());
      row(row, out);
    }
    for (Skip skip : report.skips()) {
      var row = new EnumMap<Column, String>(Column.class);
      row.put(Column.TYPE, "skip");
      row.put(Column.KIND, skip.kind().name().toLowerCase(Locale.ROOT));
      row.put(Column.CONTAINER, skip.container());
      row.put(Column.PATH, skip.path());
      row.put(Column.REASON, skip.reason());
      row(row, out);
    }
    var row = new EnumMap<Column, String>(Column.class);
    row.put(Column.TYPE, "summary");
    row.put(Column.STATUS, report.summary().state().name().toLowerCase(Locale.ROOT));
    row.put(Column.REASON, summary(report));
    row(row, out);
  }

  private static String summary(Report report) {
    var sum = report.summary();
    return report.findings().size()
        + " findings; "
        + report.newFindings()
        + " new; "
        + report.skips(Skip.Kind.SKIPPED)
        + " skips; "
        + report.skips(Skip.Kind.EXCLUDED)
        + " excluded; "
        + sum.bytes()
        + " bytes; "
        + sum.texts()
        + " blobs; "
        + sum.commits()
        + " commits; rules "
        + sum.rules()
        + "; started "
        + sum.started()
        + "; "
        + Amount.decimal(sum.seconds(), 3)
        + " seconds";
  }

  private static Map<Column, String> place(ReportedFinding one, Place place) {
    Finding finding = one.finding();
    var row = new EnumMap<Column, String>(Column.class);
    row.put(Column.TYPE, "finding");
    row.put(Column.RULE, finding.rule().value());
    row.put(Column.NAME, finding.ruleName());
    row.put(Column.PROVIDER, finding.provider().value());
    row.put(Column.SEVERITY, finding.severity().label());
    row.put(Column.CONFIDENCE, Amount.decimal(finding.confidence(), 3));
    row.put(Column.STATUS, finding.status().label());
    row.put(Column.VERDICT, one.verification().verdict());
    String identity = one.verification().identity();
    row.put(Column.IDENTITY, identity == null ? "" : identity);
    row.put(Column.SCOPES, String.join("; ", one.verification().scopes()));
    String detail = one.verification().detail();
    row.put(Column.DETAIL, detail == null ? "" : detail);
    row.put(Column.TOKEN, finding.token().value());
    row.put(Column.REDACTED, finding.redacted());
    row.put(Column.EVIDENCE, finding.evidence().label());
    row.put(Column.WHY, String.join("; ", finding.why()));
    row.put(Column.IMPACT, finding.impact());
    row.put(Column.PARTS, parts(finding));
    Provenance provenance = place.provenance();
    row.put(Column.KIND, provenance.kind());
    row.put(Column.CONTAINER, provenance.container());
    row.put(Column.PATH, provenance.path());
    row.put(Column.VIA, String.join("!", place.via()));
    Location at = place.location();
    row.put(Column.LINE, Integer.toString(at.line()));
    row.put(Column.COLUMN, Integer.toString(at.column()));
    row.put(Column.END_LINE, Integer.toString(at.endLine()));
    row.put(Column.END_COLUMN, Integer.toString(at.endColumn()));
    row.put(Column.OFFSET, Long.toString(at.offset()));
    row.put(Column.COMMIT, provenance.commitId().orElse(""));
    switch (provenance) {
      case Provenance.Git git -> {
        row.put(Column.BLOB, git.blob());
        row.put(Column.AUTHOR, git.author() == null ? "" : git.author());
        row.put(Column.DATE, git.date() == null ? "" : git.date().toString());
        row.put(Column.IN_TIPS, Boolean.toString(git.inTips()));
      }
      case Provenance.GitMessage message -> {
        row.put(Column.AUTHOR, message.author() == null ? "" : message.author());
        row.put(Column.DATE, message.date() == null ? "" : message.date().toString());
        row.put(Column.IN_TIPS, Boolean.toString(message.inTips()));
      }
      case Provenance.GitConfig _,
          Provenance.File _,
          Provenance.Stream _,
          Provenance.Layer _,
          Provenance.Setting _,
          Provenance.Elsewhere _ -> {}
    }
    row.put(
        Column.FINGERPRINTS,
        one.fingerprints().stream().map(Fingerprint::value).collect(Collectors.joining(" ")));
    return row;
  }

  static String parts(Finding finding) {
    return finding.parts().stream()
        .map((Part part) -> part.name() + "=" + part.value())
        .collect(Collectors.joining("; "));
  }

  private static void row(Map<Column, String> row, Writer out) throws IOException {
    for (int i = 0; i < COLUMNS.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(cell(row.getOrDefault(COLUMNS[i], "")));
    }
    out.write("\r\n");
  }

  static String cell(String text) {
    String safe = Printable.of(text);
    String start = safe.stripLeading();
    if (!start.isEmpty() && "=+-@".indexOf(start.charAt(0)) >= 0) {
      safe = "'" + safe;
    }
    return safe.contains(",") || safe.contains("\"") || !safe.equals(safe.strip())
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
