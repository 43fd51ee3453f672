package dev.stanch.cli.report;

import dev.stanch.revokers.journal.Journal;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/// Incidents as a list, the newest first.
public final class IncidentList {
  private final List<Journal.Listed> incidents;

  /// A list of `incidents`, in their order.
  public IncidentList(List<Journal.Listed> incidents) {
    this.incidents = List.copyOf(incidents);
  }

  /// Writes the list; the caller flushes.
  public void write(ListFormat format, Writer out) throws IOException {
    switch (format) {
      case TEXT -> text(out);
      case JSON -> json(out);
    }
  }

  private static String status(Journal.Listed one) {
    return one.status().name().toLowerCase(Locale.ROOT);
  }

  private void text(Writer out) throws IOException {
    for (Journal.Listed one : incidents) {
      out.write(one.id() + "  " + one.created() + "  " + status(one));
      out.write("  " + one.left() + " of " + one.steps() + " left\n");
    }
  }

  private void json(Writer out) throws IOException {
    try (var json = JsonFacts.indented(out)) {
      json.writeStartObject();
      json.writeStringField("type", "incidents");
      json.writeStringField("schema", JsonFacts.SCHEMA);
      json.writeArrayFieldStart("incidents");
      for (Journal.Listed one : incidents) {
        json.writeStartObject();
        json.writeStringField("id", one.id());
        json.writeStringField("created", one.created().toString());
        json.writeStringField("status", status(one));
        json.writeNumberField("steps", one.steps());
        json.writeNumberField("left", one.left());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write('\n');
  }
}
