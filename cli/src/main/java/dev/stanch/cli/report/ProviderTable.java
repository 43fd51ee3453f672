package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stanch.revokers.spi.AdminVariable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What each provider lets us do, and every host that a token may be sent to: for people, for
/// programs, and as docs/PROVIDERS.md.
public final class ProviderTable {
  /// The forms of the table.
  public enum Format {
    /// A line for each provider, and its hosts.
    TEXT,
    /// An array with an object for each provider.
    JSON,
    /// One table.
    MD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How something is done.
  public enum Way {
    /// By a call.
    API("yes"),
    /// By a person who is told how.
    GUIDED("guided"),
    /// Not at all.
    NONE("-");

    private final String label;

    Way(String label) {
      this.label = label;
    }
  }

  /// One provider.
  ///
  /// @param name the id that rules and options name it by
  /// @param title the name that it gives itself
  public record Row(
      String name,
      String title,
      Way verify,
      Way revoke,
      Way rotate,
      Way suggest,
      Set<String> hosts,
      Optional<String> baseUrlVariable,
      List<AdminVariable> adminVariables) {
    public Row {
      requireNonNull(name, "name");
      requireNonNull(title, "title");
      hosts = new TreeSet<>(hosts);
      adminVariables = List.copyOf(adminVariables);
    }
  }

  private final List<Row> rows;

  /// A table of `rows`, in their order.
  public ProviderTable(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /// Writes the table; the caller flushes.
  public void write(Format format, Writer out) throws IOException {
    switch (format) {
      case TEXT -> text(out);
      case JSON -> json(out);
      case MD -> markdown(out);
    }
  }

  private void text(Writer out) throws IOException {
    int widest = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    out.write(padded("", widest) + "  verify  revoke  rotate  suggest  hosts\n");
    for (Row row : rows) {
      out.write(padded(row.name(), widest));
      out.write("  " + padded(row.verify().label, 6));
      out.write("  " + padded(row.revoke().label, 6));
      out.write("  " + padded(row.rotate().label, 6));
      out.write("  " + padded(row.suggest().label, 7));
      out.write("  " + String.join(" ", row.hosts()) + "\n");
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private void json(Writer out) throws IOException {
    try (var json = JsonFacts.indented(out)) {
      json.writeStartArray();
      for (Row row : rows) {
        json.writeStartObject();
        json.writeStringField("name", row.name());
        way(json, "verify", row.verify());
        way(json, "revoke", row.revoke());
        way(json, "rotate", row.rotate());
        way(json, "suggest", row.suggest());
        json.writeArrayFieldStart("hosts");
        for (String host : row.hosts()) {
          json.writeString(host);
        }
        json.writeEndArray();
        json.writeStringField("baseUrlVariable", row.baseUrlVariable().orElse(null));
        json.writeArrayFieldStart("adminVariables");
        for (AdminVariable variable : row.adminVariables()) {
          json.writeString(variable.name());
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    out.write('\n');
  }

  private static void way(JsonGenerator json, String name, Way way) throws IOException {
    switch (way) {
      case API -> json.writeBooleanField(name, true);
      case GUIDED -> json.writeStringField(name, way.label);
      case NONE -> json.writeBooleanField(name, false);
    }
  }

  private void markdown(Writer out) throws IOException {
    out.write("# Providers\n\n");
    out.write(
        "Written by `stanch providers list --format md`, and compared with the providers by a test."
            + " How one is added: [PROVIDER-FORMAT.md](PROVIDER-FORMAT.md).\n\n");
    out.write(
        "| provider | verify | revoke | rotate | suggest | hosts | operator's credential |\n");
    out.write("| --- | --- | --- | --- | --- | --- | --- |\n");
    for (Row row : rows) {
      out.write("| " + MarkdownReport.escape(row.title()) + " (`" + row.name() + "`) | ");
      out.write(row.verify().label + " | " + row.revoke().label + " | " + row.rotate().label);
      out.write(" | " + row.suggest().label);
      out.write(" | " + hosts(row) + " | ");
      out.write(
          String.join(
              "<br>",
              row.adminVariables().stream()
                  .map(
                      variable ->
                          "`" + variable.name() + "`: " + MarkdownReport.escape(variable.right()))
                  .toList()));
      out.write(" |\n");
    }
  }

  private static String hosts(Row row) {
    return row.hosts().isEmpty()
        ? row.baseUrlVariable().map(variable -> "what `" + variable + "` says").orElse("")
        : String.join(" ", row.hosts().stream().map(host -> "`" + host + "`").toList());
  }
}
