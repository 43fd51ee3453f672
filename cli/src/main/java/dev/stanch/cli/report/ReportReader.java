package dev.stanch.cli.report;

import static dev.stanch.revokers.plan.JsonFields.count;
import static dev.stanch.revokers.plan.JsonFields.flag;
import static dev.stanch.revokers.plan.JsonFields.instant;
import static dev.stanch.revokers.plan.JsonFields.list;
import static dev.stanch.revokers.plan.JsonFields.number;
import static dev.stanch.revokers.plan.JsonFields.oneOf;
import static dev.stanch.revokers.plan.JsonFields.optional;
import static dev.stanch.revokers.plan.JsonFields.text;
import static dev.stanch.revokers.plan.JsonFields.texts;
import static dev.stanch.revokers.plan.JsonFields.time;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Fingerprint;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.Suppression;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.revokers.plan.JsonFields;
import dev.stanch.revokers.plan.PlaceJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a report back from JSON or JSON Lines. Tokens that `--show-tokens` left in one are not
/// taken over.
public final class ReportReader {
  private final List<ReportedFinding> findings = new ArrayList<>();
  private final List<InventoryEntry> entries = new ArrayList<>();
  private final List<Skip> skips = new ArrayList<>();
  private Report.@Nullable Summary summary;

  private ReportReader() {}

  /// A report that cannot be read; the message says where and why, and quotes nothing.
  public static final class Malformed extends IOException {
    private static final long serialVersionUID = 1;

    private Malformed(int line, String message) {
      super("line " + line + ": " + message);
    }
  }

  /// Reads all of `in`.
  ///
  /// @throws Malformed when it is no report, of another version, or cut short
  public static Report read(InputStream in) throws IOException {
    var reader = new ReportReader();
    var mapper =
        JsonMapper.builder()
            .disable(com.fasterxml.jackson.core.StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    int line = 1;
    try (MappingIterator<JsonNode> values = mapper.readerFor(JsonNode.class).readValues(in)) {
      JsonParser parser = values.getParser();
      while (values.hasNextValue()) {
        line = parser.currentTokenLocation().getLineNr();
        reader.value(values.nextValue());
      }
      line = parser.currentLocation().getLineNr();
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw new Malformed(at == null ? line : at.getLineNr(), "not JSON");
    } catch (IllegalArgumentException e) {
      throw new Malformed(line, String.valueOf(e.getMessage()));
    }
    if (reader.summary == null) {
      throw new Malformed(line, "no summary: the report is cut short");
    }
    return new Report(reader.findings, reader.entries, reader.skips, reader.summary);
  }

  private void value(JsonNode value) {
    if (value.has("findings") && !value.has("type")) {
      version(value);
      list(value, "findings", this::object);
      list(value, "inventory", this::object);
      list(value, "skips", this::object);
      JsonFields.object(value, "summary", this::object);
    } else {
      object(value);
    }
  }

  /// @return the object, which is taken in
  private JsonNode object(JsonNode object) {
    switch (object.path("type").asText()) {
      case "finding" -> {
        version(object);
        findings.add(finding(object));
      }
      case "inventory" -> entries.add(entry(object));
      case "skip" -> skips.add(skip(object));
      case "summary" -> {
        version(object);
        summary = summary(object);
      }
      default -> throw new IllegalArgumentException("not an object of a report");
    }
    return object;
  }

  private static void version(JsonNode object) {
    if (!text(object, "schema").equals(JsonFacts.SCHEMA)) {
      throw new IllegalArgumentException("a report of another version");
    }
  }

  private static ReportedFinding finding(JsonNode object) {
    var parts = new ArrayList<Part>();
    object
        .path("parts")
        .properties()
        .forEach(part -> parts.add(new Part(part.getKey(), part.getValue().asText())));
    return new ReportedFinding(
        new Finding(
            new RuleId(text(object, "rule")),
            text(object, "name"),
            new ProviderId(text(object, "provider")),
            oneOf(object, "evidence", Evidence.class),
            new TokenId(text(object, "token")),
            text(object, "redacted"),
            number(object, "confidence"),
            texts(object, "why"),
            oneOf(object, "severity", Severity.class),
            text(object, "impact"),
            parts,
            list(object, "places", ReportReader::place),
            oneOf(object, "status", Finding.Status.class)),
        texts(object, "fingerprints").stream().map(Fingerprint::new).toList(),
        JsonFields.object(object, "verification", ReportReader::verification));
  }

  private static ReportedVerification verification(JsonNode object) {
    return new ReportedVerification(
        text(object, "verdict"),
        optional(object, "identity"),
        texts(object, "scopes"),
        optional(object, "detail"),
        instant(object, "checkedAt"),
        optional(object, "endpoint"));
  }

  private static Place place(JsonNode object) {
    Place place = PlaceJson.place(object);
    return object.has("suppression")
        ? place.suppressed(JsonFields.object(object, "suppression", ReportReader::suppression))
        : place;
  }

  private static Suppression suppression(JsonNode object) {
    return new Suppression(
        oneOf(object, "kind", Suppression.Kind.class),
        text(object, "source"),
        object.has("reason") ? text(object, "reason") : "",
        object.has("withChange") && flag(object, "withChange")
            ? Suppression.Said.WITH_CHANGE
            : Suppression.Said.BEFORE);
  }

  private static InventoryEntry entry(JsonNode object) {
    return new InventoryEntry(
        text(object, "kind"),
        text(object, "container"),
        text(object, "name"),
        instant(object, "setAt"),
        text(object, "exposed"));
  }

  private static Skip skip(JsonNode object) {
    Skip.Kind kind = oneOf(object, "kind", Skip.Kind.class);
    String reason = text(object, "reason");
    return JsonFields.object(
        object,
        "place",
        place -> new Skip(kind, text(place, "container"), text(place, "path"), reason));
  }

  private static Report.Summary summary(JsonNode object) {
    return new Report.Summary(
        oneOf(object, "state", ScanResult.State.class),
        count(object, "bytes"),
        count(object, "blobs"),
        count(object, "commits"),
        text(object, "rules"),
        time(object, "started"),
        number(object, "seconds"));
  }
}
