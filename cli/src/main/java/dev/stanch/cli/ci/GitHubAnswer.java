package dev.stanch.cli.ci;

import static java.util.Objects.requireNonNull;

import dev.stanch.cli.Environment;
import dev.stanch.cli.report.MarkdownReport;
import dev.stanch.cli.report.Printable;
import dev.stanch.cli.report.Report;
import dev.stanch.cli.report.ReportWriter;
import dev.stanch.cli.report.ReportedFinding;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.Suppression;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Tells a report to GitHub Actions: annotations at file and line, the report in the log, the job's
/// summary, and what later steps may read. Whatever names in the report say, the runner takes
/// nothing of them for a command.
///
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
public final class GitHubAnswer {
  /// GitHub shows ten of a kind for a step; more are lines in the log that nobody reads.
  private static final int ANNOTATIONS = 50;

  /// What a step may add to its job's summary, which is lost as a whole beyond it.
  private static final int SUMMARY = 1 << 20;

  private final Environment environment;
  private final Path repository;
  private final RandomGenerator random;
  private final Writer out;

  /// @param repository the folder that was scanned
  /// @param out the log
  public GitHubAnswer(
      Environment environment, Path repository, RandomGenerator random, Writer out) {
    this.environment = requireNonNull(environment, "environment");
    this.repository = repository.toAbsolutePath().normalize();
    this.random = requireNonNull(random, "random");
    this.out = requireNonNull(out, "out");
  }

  /// Tells all of it.
  ///
  /// @param text the report for people
  public void tell(Report report, ReportWriter text) throws IOException {
    annotations(report);
    // No line in between is a command, wherever `::` or `##[` stands in it.
    String end =
        HexFormat.of().toHexDigits(random.nextLong())
            + HexFormat.of().toHexDigits(random.nextLong());
    out.write("::stop-commands::" + end + "\n");
    text.write(report, out);
    out.write("::" + end + "::\n");
    out.flush();
    summary(report);
    outputs(report.newFindings(), worst(report));
  }

  /// Tells later steps what came out where there was nothing to scan.
  public void tellNothing() throws IOException {
    outputs(0, Optional.empty());
  }

  private void outputs(long count, Optional<Severity> worst) throws IOException {
    append(
        "GITHUB_OUTPUT",
        "count=" + count + "\nworst=" + worst.map(Severity::label).orElse("none") + "\n");
  }

  private static Optional<Severity> worst(Report report) {
    return report.findings().stream()
        .filter(ReportedFinding::counts)
        .map(one -> one.finding().severity())
        .min(Severity::compareTo);
  }

  private void summary(Report report) throws IOException {
    var markdown = new StringWriter();
    new MarkdownReport(repository).write(report, markdown);
    byte[] whole = (markdown + "\n").getBytes(StandardCharsets.UTF_8);
    append(
        "GITHUB_STEP_SUMMARY",
        whole.length <= SUMMARY
            ? markdown + "\n"
            : "# "
                + report.newFindings()
                + " leaked tokens\n\nThe report is too long for a summary: it stands in the log and"
                + " in the SARIF file.\n");
  }

  private void append(String variable, String text) throws IOException {
    Optional<String> file = environment.variable(variable);
    if (file.isPresent()) {
      Files.writeString(
          Path.of(file.get()), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  // ---- annotations

  private void annotations(Report report) throws IOException {
    int written = 0;
    for (ReportedFinding one : report.worstFirst()) {
      for (Place place : one.finding().places()) {
        Suppression said = place.suppression();
        if (written < ANNOTATIONS
            && (said == null || said.said() == Suppression.Said.WITH_CHANGE)) {
          annotate(one.finding(), place, said == null ? "error" : "warning");
          written++;
        }
      }
    }
    for (Skip skip : report.skips()) {
      if (written < ANNOTATIONS && skip.kind() == Skip.Kind.SKIPPED) {
        command("error", "", "not read", skip.path() + ": " + skip.reason());
        written++;
      }
    }
  }

  private void annotate(Finding finding, Place place, String level) throws IOException {
    var message = new StringBuilder(finding.redacted() + " (" + finding.rule() + ") at ");
    message.append(place.displayPath()).append(':').append(place.location().line());
    place.provenance().commitId().ifPresent(commit -> message.append(", commit ").append(commit));
    Suppression said = place.suppression();
    if (said != null) {
      message.append("; may stand, says ").append(said.text());
    } else {
      message
          .append(". Revoke it and put a new one in its place; if it is no secret, say so with ")
          .append("stanch:allow and the reason on its line.");
    }
    command(level, where(place), finding.ruleName(), message.toString());
  }

  /// The properties that put an annotation to its line; of a file that is not as it was then, to
  /// the file alone.
  private String where(Place place) {
    if (!(place.provenance() instanceof Provenance.Git git)) {
      return "";
    }
    String path = inWorkspace(git.path());
    if (!Printable.of(path).equals(path)) {
      return "";
    }
    if (!git.inTips()) {
      return "file=" + property(path) + ",";
    }
    Location at = place.location();
    return "file="
        + property(path)
        + ",line="
        + at.line()
        + ",endLine="
        + at.endLine()
        + ",col="
        + at.column()
        + ",endColumn="
        + at.endColumn()
        + ",";
  }

  private String inWorkspace(String path) {
    Optional<Path> workspace = environment.variable("GITHUB_WORKSPACE").map(Path::of);
    if (workspace.isEmpty() || !repository.startsWith(workspace.get())) {
      return path;
    }
    String below = workspace.get().relativize(repository).toString();
    return below.isEmpty() ? path : below + "/" + path;
  }

  private void command(String level, String where, String title, String message)
      throws IOException {
    out.write(
        "::"
            + level
            + " "
            + where
            + "title="
            + property(Printable.of(title))
            + "::"
            + data(Printable.of(message))
            + "\n");
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
