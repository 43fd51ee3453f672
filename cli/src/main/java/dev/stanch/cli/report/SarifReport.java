package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.revokers.spi.Advice;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// SARIF 2.1.0 (OASIS): one run, one result for each token, a location for each place.
///
/// Columns count bytes, which SARIF has no word for; on a line of ASCII they are what it expects.
/// Snippets show the redacted token alone.
public final class SarifReport implements ReportWriter {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final int LINKED = 5;

  private final String version;
  private final Function<ProviderId, Optional<Advice>> advice;

  /// A writer that names the tool's version.
  ///
  /// @param advice the replacement of a provider's tokens, whatever uses them
  public SarifReport(String version, Function<ProviderId, Optional<Advice>> advice) {
    this.version = requireNonNull(version, "version");
    this.advice = requireNonNull(advice, "advice");
  }

  @Override
  public void write(Report report, Writer out) throws IOException {
    try (var json = JsonFacts.indented(out)) {
      new Run(report, json).write();
    }
    out.write('\n');
  }

  /// The state of one writing: rule indexes and base ids.
  private final class Run {
    private final Report report;
    private final JsonGenerator json;
    private final Map<RuleId, Integer> rules = new LinkedHashMap<>();
    private final Map<String, String> bases = new LinkedHashMap<>();
    private final StableName names = new StableName();

    Run(Report report, JsonGenerator json) {
      this.report = report;
      this.json = json;
    }

    void write() throws IOException {
      json.writeStartObject();
      json.writeStringField("$schema", SCHEMA);
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      json.writeStartObject();
      tool();
      bases();
      invocation();
      json.writeStringField("columnKind", "utf16CodeUnits");
      json.writeArrayFieldStart("results");
      for (ReportedFinding one : report.findings()) {
        result(one);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("properties");
      var sum = report.summary();
      json.writeNumberField("bytes", sum.bytes());
      json.writeNumberField("blobs", sum.texts());
      json.writeNumberField("commits", sum.commits());
      json.writeStringField("rules", sum.rules());
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }

    private void tool() throws IOException {
      json.writeObjectFieldStart("tool");
      json.writeObjectFieldStart("driver");
      json.writeStringField("name", "Stanch");
      json.writeStringField("version", version);
      json.writeArrayFieldStart("rules");
      var byId = new TreeMap<RuleId, Finding>();
      report.findings().forEach(one -> byId.putIfAbsent(one.finding().rule(), one.finding()));
      for (Finding finding : byId.values()) {
        rules.put(finding.rule(), rules.size());
        rule(finding);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    }

    private void rule(Finding finding) throws IOException {
      String remedy =
          "Revoke the token at its provider, put a new one with the least rights in its place, and"
              + " read it from the environment or a secret store. Removing the line does not make a"
              + " token safe that others could read.";
      json.writeStartObject();
      json.writeStringField("id", finding.rule().value());
      message("shortDescription", finding.ruleName());
      message("fullDescription", finding.ruleName() + ". " + finding.impact());
      json.writeObjectFieldStart("help");
      Optional<Advice> replacement = advice.apply(finding.provider());
      json.writeStringField(
          "text",
          finding.impact()
              + "\n"
              + remedy
              + replacement.map(each -> "\nInstead: " + inWords(each)).orElse(""));
      json.writeStringField(
          "markdown",
          "**Impact:** "
              + MarkdownReport.escape(finding.impact())
              + "\n\n**What to do:** "
              + remedy
              + replacement
                  .map(each -> "\n\n**Instead:** " + MarkdownReport.escape(inWords(each)))
                  .orElse(""));
      json.writeEndObject();
      json.writeObjectFieldStart("defaultConfiguration");
      json.writeStringField("level", level(finding.severity()));
      json.writeEndObject();
      json.writeObjectFieldStart("properties");
      json.writeArrayFieldStart("tags");
      json.writeString("security");
      json.writeString("secret");
      json.writeString(finding.provider().value());
      json.writeEndArray();
      json.writeStringField("precision", precision(finding));
      json.writeStringField("security-severity", score(finding.severity()));
      json.writeEndObject();
      json.writeEndObject();
    }

    private void bases() throws IOException {
      for (ReportedFinding one : report.findings()) {
        for (Place place : one.finding().places()) {
          baseOf(place.provenance());
        }
      }
      if (bases.isEmpty()) {
        return;
      }
      json.writeObjectFieldStart("originalUriBaseIds");
      for (var base : bases.entrySet()) {
        json.writeObjectFieldStart(base.getValue());
        json.writeStringField("uri", base.getKey());
        json.writeEndObject();
      }
      json.writeEndObject();
    }

    /// The base id of what holds a place; null where its path is no address below another.
    private @Nullable String baseOf(Provenance provenance) {
      String container =
          switch (provenance) {
            case Provenance.File file -> file.container();
            case Provenance.Git git -> git.container();
            case Provenance.GitConfig config -> config.container();
            case Provenance.GitMessage _,
                Provenance.Stream _,
                Provenance.Layer _,
                Provenance.Setting _,
                Provenance.Elsewhere _ ->
                "";
          };
      if (!isAddress(container)) {
        return null;
      }
      String path = encode(provenance.path());
      String base =
          container.endsWith("/")
              ? container
              : provenance instanceof Provenance.File && container.endsWith("/" + path)
                  ? container.substring(0, container.length() - path.length())
                  : container + "/";
      return bases.computeIfAbsent(
          base, _ -> bases.isEmpty() ? "%SRCROOT%" : "ROOT" + (bases.size() + 1));
    }

    private void invocation() throws IOException {
      var sum = report.summary();
      json.writeArrayFieldStart("invocations");
      json.writeStartObject();
      json.writeBooleanField("executionSuccessful", sum.state() == ScanResult.State.COMPLETE);
      json.writeStringField("startTimeUtc", sum.started().toString());
      json.writeStringField("endTimeUtc", end(sum).toString());
      json.writeArrayFieldStart("toolExecutionNotifications");
      for (InventoryEntry entry : report.entries()) {
        json.writeStartObject();
        json.writeStringField("level", entry.toReplace() ? "warning" : "note");
        message("message", notice(entry));
        json.writeEndObject();
      }
      for (Skip skip : report.skips()) {
        json.writeStartObject();
        boolean skipped = skip.kind() == Skip.Kind.SKIPPED;
        json.writeStringField("level", skipped ? "warning" : "note");
        message(
            "message",
            (skipped ? "skipped " : "left out ")
                + Printable.of(skip.path())
                + ": "
                + Printable.of(skip.reason()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
    }

    private void result(ReportedFinding one) throws IOException {
      Finding finding = one.finding();
      List<Place> places = finding.places();
      json.writeStartObject();
      json.writeStringField("ruleId", finding.rule().value());
      json.writeNumberField("ruleIndex", rules.getOrDefault(finding.rule(), 0));
      json.writeStringField("level", level(finding.severity()));
      json.writeNumberField("rank", Math.round(finding.confidence() * 1000) / 10.0);
      message("message", text(one));
      json.writeArrayFieldStart("locations");
      for (Place place : places) {
        location(finding, place, 0);
      }
      json.writeEndArray();
      if (places.size() > 1) {
        json.writeArrayFieldStart("relatedLocations");
        for (int i = 1; i < places.size(); i++) {
          location(finding, places.get(i), i);
        }
        json.writeEndArray();
      }
      json.writeObjectFieldStart("partialFingerprints");
      json.writeStringField("stanchPlace/v1", names.of(one, places.getFirst()));
      json.writeEndObject();
      if (!one.fingerprints().isEmpty()) {
        json.writeObjectFieldStart("fingerprints");
        for (int i = 0; i < one.fingerprints().size(); i++) {
          json.writeStringField(
              i == 0 ? "stanch/v1" : "stanch" + (i + 1) + "/v1", one.fingerprints().get(i).value());
        }
        json.writeEndObject();
      }
      status(finding);
      json.writeFieldName("properties");
      JsonFacts.shortFinding(one, json);
      json.writeEndObject();
    }

    private void status(Finding finding) throws IOException {
      String kind =
          switch (finding.status()) {
            case NEW -> "";
            case ACCEPTED -> "external";
            case SUPPRESSED -> "inSource";
          };
      if (!kind.isEmpty()) {
        json.writeArrayFieldStart("suppressions");
        json.writeStartObject();
        json.writeStringField("kind", kind);
        json.writeStringField("status", "accepted");
        json.writeEndObject();
        json.writeEndArray();
      }
    }

    private String text(ReportedFinding one) {
      Finding finding = one.finding();
      var text = new StringBuilder();
      text.append(escape(finding.ruleName())).append(' ').append(escape(finding.redacted()));
      if (one.verification().checked()) {
        text.append(" (").append(one.verification().verdict()).append(')');
      }
      text.append(". ").append(escape(finding.impact()));
      text.append(" Next: ").append(NextStep.of(finding)).append('.');
      List<Place> places = finding.places();
      if (places.size() > 1) {
        var links = new ArrayList<String>();
        for (int i = 1; i < Math.min(places.size(), LINKED + 1); i++) {
          links.add("[" + escape(places.get(i).displayPath()) + "](" + i + ")");
        }
        text.append(" Also at ").append(String.join(", ", links));
        if (places.size() > LINKED + 1) {
          text.append(" and ").append(places.size() - LINKED - 1).append(" more places");
        }
        text.append('.');
      }
      return text.toString();
    }

    private void location(Finding finding, Place place, int id) throws IOException {
      Provenance provenance = place.provenance();
      Location at = place.location();
      json.writeStartObject();
      if (id > 0) {
        json.writeNumberField("id", id);
      }
      json.writeObjectFieldStart("physicalLocation");
      json.writeObjectFieldStart("artifactLocation");
      json.writeStringField(
          "uri",
          switch (provenance) {
            case Provenance.File file -> encode(file.path());
            case Provenance.Git git -> encode(git.path());
            case Provenance.GitConfig config -> encode(config.path());
            case Provenance.GitMessage message -> "git-message/" + encode(message.object());
            case Provenance.Stream _ -> "stdin";
            case Provenance.Layer _, Provenance.Setting _, Provenance.Elsewhere _ ->
                encode(provenance.kind() + "/" + provenance.container() + "/" + provenance.path());
          });
      String base = baseOf(provenance);
      if (base != null) {
        json.writeStringField("uriBaseId", base);
      }
      json.writeEndObject();
      json.writeObjectFieldStart("region");
      json.writeNumberField("startLine", at.line());
      json.writeNumberField("startColumn", at.column());
      json.writeNumberField("endLine", at.endLine());
      json.writeNumberField("endColumn", at.endColumn());
      json.writeObjectFieldStart("snippet");
      json.writeStringField("text", finding.redacted());
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
      if (id > 0) {
        message("message", Printable.of(place.displayPath()));
      }
      json.writeEndObject();
    }

    private void message(String field, String text) throws IOException {
      json.writeObjectFieldStart(field);
      json.writeStringField("text", text);
      json.writeEndObject();
    }
  }

  /// A replacement that stands for all tokens of a provider, in a few words.
  private static String inWords(Advice advice) {
    return advice.summary()
        + (advice.link().isEmpty() ? "" : ": " + advice.link())
        + advice.tokenless().map(way -> "; without a token: " + way.summary()).orElse("");
  }

  /// A secret that nobody shows, in a sentence.
  static String notice(InventoryEntry entry) {
    return Printable.of(
        (entry.toReplace() ? "replace " : "not shown: ")
            + entry.container()
            + ":"
            + entry.name()
            + (entry.setAt() == null ? "" : ", set at " + entry.setAt())
            + (entry.toReplace() ? ": " + entry.exposed() : ""));
  }

  static Instant end(Report.Summary sum) {
    return sum.started().plusMillis(Math.round(sum.seconds() * 1000));
  }

  /// Brackets make links in SARIF messages.
  private static String escape(String text) {
    return Printable.of(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
  }

  private static boolean isAddress(String container) {
    try {
      return new URI(container).isAbsolute();
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /// A path as a relative reference: what URIs give a meaning is percent-encoded.
  private static String encode(String path) {
    try {
      String encoded = new URI(null, null, "/" + path, null).toASCIIString().substring(1);
      // A colon in the first segment would read as a scheme.
      return encoded.replace(":", "%3A");
    } catch (URISyntaxException _) {
      return "unnamed";
    }
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "note";
    };
  }

  /// In the bands of code scanning: over 9 critical, over 7 high, over 4 medium.
  private static String score(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "9.5";
      case HIGH -> "8.0";
      case MEDIUM -> "5.5";
      case LOW -> "2.0";
    };
  }

  private static String precision(Finding finding) {
    return switch (finding.evidence()) {
      case CHECKSUM -> "very-high";
      case PREFIX, STRUCTURE -> "high";
      case CONTEXT, GENERIC -> "medium";
    };
  }
}
