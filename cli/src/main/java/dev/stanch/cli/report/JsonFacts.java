package dev.stanch.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Fingerprint;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.Suppression;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The objects of the JSON contract (docs/schema/), written field by field.
final class JsonFacts {
  /// The version of the contract, as every finding and summary names it.
  static final String SCHEMA = "1";

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .characterEscapes(new HarmlessEscapes())
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private JsonFacts() {}

  /// A generator whose closing leaves `out` open.
  static JsonGenerator on(Writer out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  /// The same, a line for each field.
  static JsonGenerator indented(Writer out) throws IOException {
    var indenter = new DefaultIndenter("  ", "\n");
    var printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    return FACTORY.createGenerator(out).setPrettyPrinter(printer);
  }

  static void finding(ReportedFinding one, Tokens tokens, JsonGenerator json) throws IOException {
    Finding finding = one.finding();
    json.writeStartObject();
    json.writeStringField("type", "finding");
    json.writeStringField("schema", SCHEMA);
    json.writeStringField("rule", finding.rule().value());
    json.writeStringField("name", finding.ruleName());
    json.writeStringField("provider", finding.provider().value());
    json.writeStringField("token", finding.token().value());
    json.writeStringField("redacted", finding.redacted());
    optional("secret", tokens.text(finding.token()).orElse(null), json);
    json.writeStringField("evidence", finding.evidence().label());
    json.writeNumberField("confidence", rounded(finding.confidence()));
    strings("why", finding.why(), json);
    json.writeStringField("severity", finding.severity().label());
    json.writeStringField("impact", finding.impact());
    parts(finding, json);
    verification(one.verification(), json);
    json.writeArrayFieldStart("places");
    for (Place place : finding.places()) {
      place(place, json);
    }
    json.writeEndArray();
    strings("fingerprints", one.fingerprints().stream().map(Fingerprint::value).toList(), json);
    json.writeStringField("status", finding.status().label());
    json.writeEndObject();
  }

  /// What formats with fields of their own for rule and place have no field for.
  static void shortFinding(ReportedFinding one, JsonGenerator json) throws IOException {
    Finding finding = one.finding();
    json.writeStartObject();
    json.writeStringField("provider", finding.provider().value());
    json.writeStringField("token", finding.token().value());
    json.writeStringField("redacted", finding.redacted());
    json.writeStringField("evidence", finding.evidence().label());
    json.writeNumberField("confidence", rounded(finding.confidence()));
    strings("why", finding.why(), json);
    json.writeStringField("severity", finding.severity().label());
    parts(finding, json);
    verification(one.verification(), json);
    json.writeArrayFieldStart("places");
    for (Place place : finding.places()) {
      place(place, json);
    }
    json.writeEndArray();
    json.writeStringField("status", finding.status().label());
    json.writeEndObject();
  }

  private static void parts(Finding finding, JsonGenerator json) throws IOException {
    if (!finding.parts().isEmpty()) {
      json.writeObjectFieldStart("parts");
      for (Part part : finding.parts()) {
        json.writeStringField(part.name(), part.value());
      }
      json.writeEndObject();
    }
  }

  private static void verification(ReportedVerification verification, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart("verification");
    json.writeStringField("verdict", verification.verdict());
    optional("identity", verification.identity(), json);
    if (!verification.scopes().isEmpty()) {
      strings("scopes", verification.scopes(), json);
    }
    optional("detail", verification.detail(), json);
    instant("checkedAt", verification.checkedAt(), json);
    optional("endpoint", verification.endpoint(), json);
    json.writeEndObject();
  }

  private static void place(Place place, JsonGenerator json) throws IOException {
    Provenance provenance = place.provenance();
    Location location = place.location();
    json.writeStartObject();
    json.writeStringField("kind", provenance.kind());
    json.writeStringField("container", provenance.container());
    json.writeStringField("path", provenance.path());
    json.writeNumberField("line", location.line());
    json.writeNumberField("column", location.column());
    json.writeNumberField("endLine", location.endLine());
    json.writeNumberField("endColumn", location.endColumn());
    json.writeNumberField("offset", location.offset());
    if (!place.via().isEmpty()) {
      strings("via", place.via(), json);
    }
    switch (provenance) {
      case Provenance.Git git -> {
        json.writeStringField("blob", git.blob());
        optional("commit", git.commit(), json);
        optional("author", git.author(), json);
        instant("date", git.date(), json);
        json.writeBooleanField("inTips", git.inTips());
      }
      case Provenance.GitMessage message -> {
        json.writeStringField("commit", message.object());
        optional("author", message.author(), json);
        instant("date", message.date(), json);
        json.writeBooleanField("inTips", message.inTips());
      }
      case Provenance.Layer layer -> {
        json.writeStringField("layer", layer.layer());
        json.writeStringField("step", layer.step());
        json.writeBooleanField("inImage", layer.inImage());
      }
      case Provenance.Setting setting -> {
        json.writeObjectFieldStart("details");
        for (var detail : setting.details().entrySet()) {
          json.writeStringField(detail.getKey(), detail.getValue());
        }
        json.writeEndObject();
      }
      case Provenance.GitConfig _,
          Provenance.File _,
          Provenance.Stream _,
          Provenance.Elsewhere _ -> {}
    }
    Suppression suppression = place.suppression();
    if (suppression != null) {
      json.writeObjectFieldStart("suppression");
      json.writeStringField("kind", suppression.kind().label());
      json.writeStringField("source", suppression.source());
      if (!suppression.reason().isEmpty()) {
        json.writeStringField("reason", suppression.reason());
      }
      if (suppression.said() == Suppression.Said.WITH_CHANGE) {
        json.writeBooleanField("withChange", true);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  static void entry(InventoryEntry entry, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "inventory");
    json.writeStringField("kind", entry.kind());
    json.writeStringField("container", entry.container());
    json.writeStringField("name", entry.name());
    instant("setAt", entry.setAt(), json);
    json.writeStringField("exposed", entry.exposed());
    json.writeEndObject();
  }

  static void skip(Skip skip, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "skip");
    json.writeStringField("kind", skip.kind().name().toLowerCase(Locale.ROOT));
    json.writeObjectFieldStart("place");
    json.writeStringField("container", skip.container());
    json.writeStringField("path", skip.path());
    json.writeEndObject();
    json.writeStringField("reason", skip.reason());
    json.writeEndObject();
  }

  static void summary(Report report, JsonGenerator json) throws IOException {
    var summary = report.summary();
    json.writeStartObject();
    json.writeStringField("type", "summary");
    json.writeStringField("schema", SCHEMA);
    json.writeStringField("state", summary.state().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("bytes", summary.bytes());
    json.writeNumberField("blobs", summary.texts());
    json.writeNumberField("commits", summary.commits());
    json.writeNumberField("findings", report.findings().size());
    json.writeNumberField("new", report.newFindings());
    if (!report.entries().isEmpty()) {
      json.writeNumberField("inventory", report.entries().size());
      json.writeNumberField("replace", report.toReplace());
    }
    json.writeNumberField("skips", report.skips(Skip.Kind.SKIPPED));
    json.writeNumberField("excluded", report.skips(Skip.Kind.EXCLUDED));
    json.writeStringField("rules", summary.rules());
    json.writeStringField("started", summary.started().toString());
    json.writeNumberField("seconds", rounded(summary.seconds()));
    json.writeEndObject();
  }

  /// A list of texts.
  static void strings(String field, List<String> values, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static void optional(String field, @Nullable String value, JsonGenerator json)
      throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }

  private static void instant(String field, @Nullable Instant value, JsonGenerator json)
      throws IOException {
    optional(field, value == null ? null : value.toString(), json);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /// Escapes what acts on a terminal besides what JSON demands: the text stays exact for a parser
  /// and harmless for `cat`.
  private static final class HarmlessEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[0x7f] = ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return Printable.acts(c)
          ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", c))
          : null;
    }
  }
}
