package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Skip;
import java.io.IOException;
import java.io.Writer;

/// One document with the objects of JSON Lines: `findings`, `skips`, `summary`.
public final class JsonReport implements ReportWriter {
  private final Tokens tokens;

  /// A writer that shows of the tokens what `tokens` gives.
  public JsonReport(Tokens tokens) {
    this.tokens = requireNonNull(tokens, "tokens");
  }

  @Override
  public void write(Report report, Writer out) throws IOException {
    try (var json = JsonFacts.indented(out)) {
      json.writeStartObject();
      json.writeStringField("schema", JsonFacts.SCHEMA);
      json.writeArrayFieldStart("findings");
      for (ReportedFinding one : report.findings()) {
        JsonFacts.finding(one, tokens, json);
      }
      json.writeEndArray();
      if (!report.entries().isEmpty()) {
        json.writeArrayFieldStart("inventory");
        for (InventoryEntry entry : report.entries()) {
          JsonFacts.entry(entry, json);
        }
        json.writeEndArray();
      }
      json.writeArrayFieldStart("skips");
      for (Skip skip : report.skips()) {
        JsonFacts.skip(skip, json);
      }
      json.writeEndArray();
      json.writeFieldName("summary");
      JsonFacts.summary(report, json);
      json.writeEndObject();
    }
    out.write('\n');
  }
}
