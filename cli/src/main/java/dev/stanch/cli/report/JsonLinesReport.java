package dev.stanch.cli.report;

import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Skip;
import java.io.IOException;
import java.io.Writer;

/// One object a line: findings, the inventory of secrets that nobody shows, skips, then the
/// summary. The stable contract for programs.
public final class JsonLinesReport implements ReportWriter {
  @Override
  public void write(Report report, Writer out) throws IOException {
    try (var json = JsonFacts.on(out)) {
      json.setRootValueSeparator(null);
      for (ReportedFinding one : report.findings()) {
        JsonFacts.finding(one, Tokens.HIDDEN, json);
        json.writeRaw('\n');
      }
      for (InventoryEntry entry : report.entries()) {
        JsonFacts.entry(entry, json);
        json.writeRaw('\n');
      }
      for (Skip skip : report.skips()) {
        JsonFacts.skip(skip, json);
        json.writeRaw('\n');
      }
      JsonFacts.summary(report, json);
      json.writeRaw('\n');
    }
  }
}
