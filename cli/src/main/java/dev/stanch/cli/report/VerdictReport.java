package dev.stanch.cli.report;

import dev.stanch.detectors.model.Finding;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.TreeMap;

/// What providers said, for people: a line for each token, the live ones first, then the counts.
public final class VerdictReport implements ReportWriter {
  /// A writer.
  public VerdictReport() {}

  @Override
  public void write(Report report, Writer out) throws IOException {
    var counts = new TreeMap<String, Integer>();
    for (ReportedFinding one : report.worstFirst()) {
      if (one.verification().live()) {
        out.write(line(one));
      }
    }
    for (ReportedFinding one : report.worstFirst()) {
      if (!one.verification().live()) {
        out.write(line(one));
      }
      counts.merge(one.verification().verdict(), 1, Integer::sum);
    }
    var parts = new ArrayList<String>();
    counts.forEach((verdict, count) -> parts.add(count + " " + verdict));
    int tokens = report.findings().size();
    out.write(
        (tokens == 0 ? "no tokens" : tokens + (tokens == 1 ? " token: " : " tokens: "))
            + String.join(", ", parts)
            + "\n");
  }

  private static String line(ReportedFinding one) {
    Finding finding = one.finding();
    ReportedVerification said = one.verification();
    var line =
        new StringBuilder(
            String.join(
                "  ",
                said.verdict(),
                finding.provider().value(),
                Printable.of(finding.redacted()),
                finding.token().value()));
    if (said.detail() != null) {
      line.append("  ").append(Printable.of(said.detail()));
    }
    if (said.live()) {
      line.append("  ")
          .append(said.identity() == null ? "owner untold" : Printable.of(said.identity()));
      if (!said.scopes().isEmpty()) {
        line.append(" (").append(Printable.of(String.join(", ", said.scopes()))).append(')');
      }
    }
    return line.append('\n').toString();
  }
}
