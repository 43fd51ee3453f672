package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An inventory in one of its formats; what is to be done first stands first.
///
/// @param now what ages are counted to
public record InventoryReport(Format format, Instant now) {
  /// The formats.
  public enum Format {
    /// For people.
    TEXT,
    /// One document.
    JSON,
    /// A row for each.
    CSV,
    /// A page that stands alone.
    HTML;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<String> FILTERS =
      List.of("policy", "verdict", "provider", "owner", "what");
  private static final List<Map.Entry<String, String>> ORDERS =
      List.of(
          Map.entry("since", "oldest first"),
          Map.entry("places", "most places first"),
          Map.entry("owner", "by owner"));

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "what",
          "provider",
          "redacted",
          "since",
          "days",
          "expires",
          "owner",
          "verdict",
          "shared_by",
          "places",
          "faults",
          "next");

  public InventoryReport {
    requireNonNull(format, "format");
    requireNonNull(now, "now");
  }

  /// Writes all of it; the caller flushes and closes.
  public void write(Inventory inventory, Writer out) throws IOException {
    switch (format) {
      case TEXT -> text(inventory, out);
      case JSON -> json(inventory, out);
      case CSV -> csv(inventory, out);
      case HTML -> html(inventory, out);
    }
  }

  private void text(Inventory inventory, Writer out) throws IOException {
    for (Inventory.Item item : inventory.items()) {
      out.write(
          Printable.of(item.what() + (item.redacted().isEmpty() ? "" : "  " + item.redacted())));
      out.write("  " + Printable.of(item.id()) + "\n");
      line("age", age(item), out);
      line("whose", item.owner(), out);
      line("verdict", item.verdict(), out);
      for (String place : item.places()) {
        line("at", place, out);
      }
      for (String fault : item.faults()) {
        line("against", fault, out);
      }
      if (!item.faults().isEmpty()) {
        line("next", item.next(), out);
      }
      out.write('\n');
    }
    out.write(headline(inventory) + "\n");
  }

  private static String headline(Inventory inventory) {
    return inventory.items().size()
        + (inventory.items().size() == 1 ? " token" : " tokens")
        + ", "
        + inventory.faulty()
        + " against the policy";
  }

  private String age(Inventory.Item item) {
    Instant since = item.since();
    Instant expires = item.expires();
    return (since == null
            ? "untold"
            : item.days(now) + " days, since " + since.toString().substring(0, 10))
        + (expires == null ? "" : ", ends on " + expires.toString().substring(0, 10));
  }

  private static void line(String label, String text, Writer out) throws IOException {
    if (!text.isEmpty()) {
      out.write("  " + label + " ".repeat(9 - label.length()) + Printable.of(text) + "\n");
    }
  }

  private void json(Inventory inventory, Writer out) throws IOException {
    try (var json = JsonFacts.indented(out)) {
      json.writeStartObject();
      json.writeStringField("schema", JsonFacts.SCHEMA);
      json.writeStringField("state", inventory.state().name().toLowerCase(Locale.ROOT));
      json.writeNumberField("faulty", inventory.faulty());
      json.writeArrayFieldStart("items");
      for (Inventory.Item item : inventory.items()) {
        item(item, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write('\n');
  }

  private void item(Inventory.Item item, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", item.id());
    json.writeStringField("what", item.what());
    json.writeStringField("provider", item.provider());
    json.writeStringField("redacted", item.redacted());
    Instant since = item.since();
    if (since != null) {
      json.writeStringField("since", since.toString());
      json.writeNumberField("days", item.days(now));
    }
    Instant expires = item.expires();
    if (expires != null) {
      json.writeStringField("expires", expires.toString());
    }
    json.writeStringField("owner", item.owner());
    json.writeStringField("verdict", item.verdict());
    JsonFacts.strings("sharedBy", item.holders(), json);
    JsonFacts.strings("places", item.places(), json);
    JsonFacts.strings("faults", item.faults(), json);
    json.writeStringField("next", item.next());
    json.writeEndObject();
  }

  private void csv(Inventory inventory, Writer out) throws IOException {
    row(COLUMNS, out);
    for (Inventory.Item item : inventory.items()) {
      Instant since = item.since();
      Instant expires = item.expires();
      row(
          List.of(
              item.id(),
              item.what(),
              item.provider(),
              item.redacted(),
              since == null ? "" : since.toString(),
              since == null ? "" : Long.toString(item.days(now)),
              expires == null ? "" : expires.toString(),
              item.owner(),
              item.verdict(),
              Integer.toString(item.holders().size()),
              String.join("; ", item.places()),
              String.join("; ", item.faults()),
              item.next()),
          out);
    }
  }

  private static void row(List<String> cells, Writer out) throws IOException {
    var safe = new ArrayList<String>();
    cells.forEach(cell -> safe.add(CsvReport.cell(cell)));
    out.write(String.join(",", safe) + "\r\n");
  }

  private void html(Inventory inventory, Writer out) throws IOException {
    out.write(Html.begin("Stanch inventory"));
    out.write("<h1>" + headline(inventory) + "</h1>\n");
    out.write(Html.tools(FILTERS, ORDERS) + "<section>\n");
    var items = new Html.Items();
    for (Inventory.Item item : inventory.items()) {
      out.write(items.next(htmlItem(item)));
    }
    out.write("</section>\n" + Html.END);
  }

  private Html.Item htmlItem(Inventory.Item item) {
    boolean faulty = !item.faults().isEmpty();
    var facts = new ArrayList<Fact>();
    item.faults().forEach(fault -> facts.add(Fact.text("Against", fault)));
    if (faulty) {
      facts.add(Fact.text("Next", item.next()));
    }
    facts.add(Fact.text("Age", age(item)));
    facts.add(Fact.text("Whose", item.owner().isEmpty() ? "untold" : item.owner()));
    facts.add(Fact.text("Verdict", item.verdict()));
    item.places().forEach(place -> facts.add(Fact.code("At", place)));
    facts.add(Fact.code("Id", item.id()));
    Instant since = item.since();
    return new Html.Item(
        new Html.Tag(faulty ? "against" : "fine", faulty ? "bad" : "good"),
        Html.text(item.what())
            + (item.redacted().isEmpty() ? "" : " " + Html.code(item.redacted())),
        faulty ? Html.Attention.WANTED : Html.Attention.NONE,
        Map.of(
            "policy", faulty ? "against" : "fine",
            "what", item.what(),
            "provider", item.provider(),
            "owner", item.owner(),
            "verdict", item.verdict(),
            "since", since == null ? "" : since.toString(),
            "places", Integer.toString(item.places().size())),
        facts);
  }
}
