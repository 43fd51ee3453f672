package dev.stanch.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.JsonLinesReport;
import dev.stanch.cli.report.Report;
import dev.stanch.cli.report.ReportReader;
import dev.stanch.cli.report.ReportedFinding;
import dev.stanch.cli.report.ReportedVerification;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.RepositoryFingerprints;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What earlier scans found in things that come back unchanged: a report for each in the state
/// folder, without a token. One that was made under other rules, another key or by another version
/// is none.
final class ScanMemory {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_HEADER = 1 << 16;

  private final @Nullable Path folder;
  private final String made;
  private final String rules;
  private final Clock clock;

  private ScanMemory(@Nullable Path folder, String made, String rules, Clock clock) {
    this.folder = folder;
    this.made = made;
    this.rules = rules;
    this.clock = clock;
  }

  /// The user's, for one kind of source.
  static ScanMemory of(Wiring wiring, String kind, Detector detector) throws UserFault {
    var environment = wiring.console().environment();
    byte[] anything = kind.getBytes(UTF_8);
    TokenId key = wiring.tokenKey().idOf(anything, 0, anything.length);
    String rules = detector.tables().digest();
    return new ScanMemory(
        environment.stateFolder().resolve(kind),
        String.join(" ", Wiring.version(), rules, key.value()),
        rules,
        environment.clock());
  }

  /// One that remembers nothing, for scans that need the tokens in hand.
  static ScanMemory none() {
    return new ScanMemory(null, "", "", Clock.systemUTC());
  }

  /// The tag under which something was last kept; empty where nothing is.
  String lastTag(String name) {
    return file(name)
        .flatMap(
            file -> {
              try (var in = new BufferedInputStream(Files.newInputStream(file))) {
                return header(in).map(header -> header.path("tag").asText());
              } catch (IOException _) {
                return Optional.empty();
              }
            })
        .orElse("");
  }

  /// What was found under the same tag.
  Optional<ScanResult> find(String name, String tag) {
    if (tag.isEmpty()) {
      return Optional.empty();
    }
    return file(name)
        .flatMap(
            file -> {
              try (var in = new BufferedInputStream(Files.newInputStream(file))) {
                Optional<JsonNode> header = header(in);
                return header.isPresent() && header.get().path("tag").asText().equals(tag)
                    ? Optional.of(result(ReportReader.read(in)))
                    : Optional.empty();
              } catch (IOException _) {
                return Optional.empty(); // none, or cut short: it is scanned anew
              }
            });
  }

  private static ScanResult result(Report report) {
    var summary = report.summary();
    return new ScanResult(
        List.of(),
        report.findings().stream().map(ReportedFinding::finding).toList(),
        report.entries(),
        report.skips(),
        summary.state(),
        new ScanResult.Counts(summary.bytes(), summary.texts(), summary.commits(), 0));
  }

  /// Keeps what was found, in one step: a run that is killed leaves the old or the new.
  ///
  /// @param counts how much was read for it
  void keep(String name, String tag, ScanResult result, ScanResult.Counts counts) {
    Optional<Path> file = file(name);
    if (file.isEmpty()) {
      return;
    }
    var fingerprints = new RepositoryFingerprints();
    var findings = new ArrayList<ReportedFinding>();
    Stream.concat(result.findings().stream().map(HeldFinding::finding), result.known().stream())
        .forEach(
            (Finding one) ->
                findings.add(
                    new ReportedFinding(
                        one, fingerprints.of(one), ReportedVerification.NOT_CHECKED)));
    var report =
        new Report(
            findings,
            result.entries(),
            result.skips(),
            new Report.Summary(
                result.state(),
                counts.bytes(),
                counts.texts(),
                counts.commits(),
                rules,
                clock.instant(),
                0));
    try {
      Path target = file.get();
      Files.createDirectories(target.getParent());
      Path next = Files.createTempFile(target.getParent(), "next", ".tmp"); // ours alone to read
      try (var out = Files.newBufferedWriter(next, UTF_8)) {
        ObjectNode header = JSON.createObjectNode().put("name", name);
        out.write(header.put("tag", tag).put("made", made) + "\n");
        new JsonLinesReport().write(report, out);
      }
      Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException _) {
      // Nothing is remembered then, and nothing is lost: the next run scans it again.
    }
  }

  private Optional<JsonNode> header(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    int one = in.read();
    while (one >= 0 && one != '\n' && line.size() < LONGEST_HEADER) {
      line.write(one);
      one = in.read();
    }
    JsonNode header = JSON.readTree(line.toByteArray());
    return header != null && header.path("made").asText().equals(made)
        ? Optional.of(header)
        : Optional.empty();
  }

  private Optional<Path> file(String name) {
    Path parent = folder;
    if (parent == null) {
      return Optional.empty();
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      return Optional.of(parent.resolve(HexFormat.of().formatHex(digest, 0, 16) + ".jsonl"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
