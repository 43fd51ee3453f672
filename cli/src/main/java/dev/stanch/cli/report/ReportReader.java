package dev.stanch.cli.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Fingerprint;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.Suppression;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.scan.ScanResult;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads a report back from JSON or JSON Lines. Tokens that `--show-tokens` left in one are not
/// taken over.
public final class ReportReader {
  private final List<ReportedFinding> findings = new ArrayList<>();
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
    } catch (IllegalArgumentException | NullPointerException | DateTimeException e) {
      throw new Malformed(line, String.valueOf(e.getMessage()));
    }
    if (reader.summary == null) {
      throw new Malformed(line, "no summary: the report is cut short");
    }
    return new Report(reader.findings, reader.skips, reader.summary);
  }

  private void value(JsonNode value) {
    if (value.has("findings") && !value.has("type")) {
      version(value);
      value.path("findings").forEach(this::object);
      value.path("skips").forEach(this::object);
      object(value.path("summary"));
    } else {
      object(value);
    }
  }

  private void object(JsonNode object) {
    switch (object.path("type").asText()) {
      case "finding" -> {
        version(object);
        findings.add(finding(object));
      }
      case "skip" -> skips.add(skip(object));
      case "summary" -> {
        version(object);
        summary = summary(object);
      }
      default -> throw new IllegalArgumentException("not an object of a report");
    }
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
    var places = new ArrayList<Place>();
    object.path("places").forEach(place -> places.add(place(place)));
    return new ReportedFinding(
        new Finding(
            new RuleId(text(object, "rule")),
            text(object, "name"),
            new ProviderId(text(object, "provider")),
            Evidence.valueOf(upper(object, "evidence")),
            new TokenId(text(object, "token")),
            text(object, "redacted"),
            object.path("confidence").asDouble(),
            texts(object, "why"),
            Severity.valueOf(upper(object, "severity")),
            text(object, "impact"),
            parts,
            places,
            Finding.Status.valueOf(upper(object, "status"))),
        texts(object, "fingerprints").stream().map(Fingerprint::new).toList(),
        verification(object.path("verification")));
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
    String container = text(object, "container");
    String path = text(object, "path");
    String author = optional(object, "author");
    Instant date = instant(object, "date");
    boolean inTips = object.path("inTips").asBoolean();
    String kind = text(object, "kind");
    Provenance provenance =
        switch (kind) {
          case "git" ->
              new Provenance.Git(
                  container,
                  path,
                  text(object, "blob"),
                  optional(object, "commit"),
                  author,
                  date,
                  inTips);
          case "git-message" ->
              new Provenance.GitMessage(container, text(object, "commit"), author, date, inTips);
          case "git-config" -> new Provenance.GitConfig(container, path);
          case "file" -> new Provenance.File(container, path);
          case "stdin" -> new Provenance.Stream(container);
          default -> new Provenance.Elsewhere(kind, container, path);
        };
    return new Place(
        provenance,
        new Location(
            object.path("line").asInt(),
            object.path("column").asInt(),
            object.path("endLine").asInt(),
            object.path("endColumn").asInt(),
            object.path("offset").asLong()),
        texts(object, "via"),
        object.has("suppression") ? suppression(object.path("suppression")) : null);
  }

  private static Suppression suppression(JsonNode object) {
    return new Suppression(
        Suppression.Kind.valueOf(upper(object, "kind").replace('-', '_')),
        text(object, "source"),
        object.path("reason").asText(""));
  }

  private static Skip skip(JsonNode object) {
    JsonNode place = object.path("place");
    return new Skip(
        Skip.Kind.valueOf(upper(object, "kind")),
        text(place, "container"),
        text(place, "path"),
        text(object, "reason"));
  }

  private static Report.Summary summary(JsonNode object) {
    return new Report.Summary(
        ScanResult.State.valueOf(upper(object, "state")),
        object.path("bytes").asLong(),
        object.path("blobs").asLong(),
        object.path("commits").asLong(),
        text(object, "rules"),
        Instant.parse(text(object, "started")),
        object.path("seconds").asDouble());
  }

  private static String text(JsonNode object, String field) {
    JsonNode value = object.get(field);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("no '" + field + "'");
    }
    return value.textValue();
  }

  private static String upper(JsonNode object, String field) {
    return text(object, field).toUpperCase(Locale.ROOT);
  }

  private static @Nullable String optional(JsonNode object, String field) {
    return object.hasNonNull(field) ? text(object, field) : null;
  }

  private static @Nullable Instant instant(JsonNode object, String field) {
    String text = optional(object, field);
    return text == null ? null : Instant.parse(text);
  }

  private static List<String> texts(JsonNode object, String field) {
    var texts = new ArrayList<String>();
    object.path(field).forEach(value -> texts.add(value.asText()));
    return texts;
  }
}
