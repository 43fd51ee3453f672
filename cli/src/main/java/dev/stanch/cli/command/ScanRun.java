package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.Report;
import dev.stanch.cli.report.ReportedFinding;
import dev.stanch.cli.report.ReportedVerification;
import dev.stanch.cli.report.Tokens;
import dev.stanch.detectors.baseline.Suppressor;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleTables;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.RepositoryFingerprints;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.revokers.run.Inquiry;
import dev.stanch.revokers.run.Providers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One scan from its source to its report and exit code.
final class ScanRun {
  private final Wiring wiring;
  private final ScanOptions options;
  private final ScanOnlyOptions only;
  private final ReportOptions reportOptions;
  private final List<Path> ownTrees;
  private final ExposureOptions exposure;
  private final Optional<ScanConfiguration.Agreed> agreed;
  private final Optional<Delivery> delivery;

  /// Takes a report in the place of the options' file and format.
  interface Delivery {
    void take(Report report) throws UserFault;
  }

  /// A run over text whose author is not to be believed about what is in it.
  ScanRun(Wiring wiring, ScanOptions options, ScanOnlyOptions only, ReportOptions reportOptions) {
    this(
        wiring,
        options,
        only,
        reportOptions,
        List.of(),
        new ExposureOptions(),
        Optional.empty(),
        Optional.empty());
  }

  private ScanRun(
      Wiring wiring,
      ScanOptions options,
      ScanOnlyOptions only,
      ReportOptions reportOptions,
      List<Path> ownTrees,
      ExposureOptions exposure,
      Optional<ScanConfiguration.Agreed> agreed,
      Optional<Delivery> delivery) {
    this.exposure = exposure;
    this.agreed = agreed;
    this.delivery = delivery;
    this.ownTrees = List.copyOf(ownTrees);
    this.wiring = wiring;
    this.options = options;
    this.only = only;
    this.reportOptions = reportOptions;
  }

  /// The same run over the caller's own files, where comments, the baseline and the ignore files of
  /// these folders count.
  ScanRun inOwn(List<Path> trees) {
    return new ScanRun(wiring, options, only, reportOptions, trees, exposure, agreed, delivery);
  }

  /// The same run, where secrets that nobody shows may have to be replaced all the same.
  ScanRun judging(ExposureOptions judge) {
    return new ScanRun(wiring, options, only, reportOptions, ownTrees, judge, agreed, delivery);
  }

  /// The same run under settings that were agreed on before, in the place of those that lie in the
  /// scanned folders.
  ScanRun under(ScanConfiguration.Agreed settings) {
    return new ScanRun(
        wiring, options, only, reportOptions, ownTrees, exposure, Optional.of(settings), delivery);
  }

  /// The same run, whose report goes to `taker` alone.
  ScanRun deliveredTo(Delivery taker) {
    return new ScanRun(
        wiring, options, only, reportOptions, ownTrees, exposure, agreed, Optional.of(taker));
  }

  /// Scans `source`, writes the report and says how it ended.
  int run(Source source) throws UserFault, InterruptedException {
    return run(
        (detector, progress) -> wiring.scanner(detector, options.threads()).scan(source, progress));
  }

  /// A scan to run.
  interface Scan {
    ScanResult run(Detector detector, ScanProgress progress)
        throws UserFault, SourceException, InterruptedException;
  }

  /// Why there is a scan.
  enum Occasion {
    /// Somebody asked for it and may watch. No text at all is a fault: a wrong path must not pass
    /// for a clean one.
    REQUEST,
    /// Somebody asked what some commits bring, which may be no text.
    CHANGE,
    /// A commit is about to be made: it is over before progress could be shown, and may bring no
    /// text.
    COMMIT
  }

  /// Runs `scan`, writes the report and says how it ended.
  int run(Scan scan) throws UserFault, InterruptedException {
    return run(scan, Occasion.REQUEST);
  }

  /// Runs `scan`, writes the report and says how it ended.
  int run(Scan scan, Occasion occasion) throws UserFault, InterruptedException {
    var environment = wiring.console().environment();
    if (only.showTokens()) {
      reportOptions.mayShowTokens(environment);
    }
    var configuration =
        agreed.isPresent()
            ? ScanConfiguration.of(wiring, options, only.suppression(), agreed.get())
            : ScanConfiguration.of(wiring, options, only.suppression(), ownTrees);
    double least = configuration.minConfidence(options);
    Detector detector = configuration.detector(wiring, options);
    var progress = new ScanProgress();
    environment.interruption().onRequest(progress::stop);
    var started = environment.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    try (ScanResult result = watched(scan, detector, progress, occasion)) {
      var findings = new ArrayList<Finding>();
      for (HeldFinding held : result.findings()) {
        findings.add(configuration.apply(held));
      }
      for (Finding known : result.known()) {
        findings.add(Suppressor.withoutMarkers(known));
      }
      var answers =
          only.verify()
              ? ask(result, least, detector.tables())
              : Map.<TokenId, ReportedVerification>of();
      var report = report(result, findings, least, answers, detector, started);
      if (delivery.isPresent()) {
        delivery.get().take(report);
      } else {
        reportOptions.write(
            report, only.showTokens() ? new ShowTokens(result.findings()) : Tokens.HIDDEN, wiring);
      }
      return ending(report, occasion).value();
    }
  }

  private ScanResult watched(Scan scan, Detector detector, ScanProgress progress, Occasion occasion)
      throws UserFault, InterruptedException {
    try (var _ = wiring.progressDisplay(progress, options.quiet() || occasion == Occasion.COMMIT)) {
      return scan.run(detector, progress);
    } catch (SourceException e) {
      throw UserFault.of(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()), e.hint());
    }
  }

  /// Asks providers about tokens that are sure enough and whose form names their provider; nobody
  /// else is ever shown one.
  private Map<TokenId, ReportedVerification> ask(ScanResult result, double least, RuleTables tables)
      throws UserFault, InterruptedException {
    var environment = wiring.console().environment();
    var answers = new HashMap<TokenId, ReportedVerification>();
    // A rule that came with the scanned tree may find, never send anything anywhere.
    var unvouched = new HashSet<RuleId>();
    for (int i = 0; i < tables.ruleCount(); i++) {
      if (tables.rule(i).origin() == Rule.Origin.SCANNED_TREE) {
        unvouched.add(tables.rule(i).id());
      }
    }
    try (Providers providers = wiring.providers()) {
      var inquiry = new Inquiry(providers, wiring.userConfiguration().canaries());
      for (HeldFinding held : result.findings()) {
        var finding = held.finding();
        if (environment.interruption().requested()) {
          break;
        }
        if (finding.confidence() >= least
            && finding.evidence().provesProvider()
            && !unvouched.contains(finding.rule())) {
          answers.put(
              finding.token(),
              ReportedVerification.of(
                  inquiry.verify(held),
                  environment.clock().instant().truncatedTo(ChronoUnit.SECONDS)));
        }
      }
    }
    return answers;
  }

  private Report report(
      ScanResult result,
      List<Finding> findings,
      double least,
      Map<TokenId, ReportedVerification> answers,
      Detector detector,
      Instant started) {
    var fingerprints = new RepositoryFingerprints();
    var reported = new ArrayList<ReportedFinding>();
    for (Finding finding : findings) {
      if (finding.confidence() >= least) {
        reported.add(
            new ReportedFinding(
                finding,
                fingerprints.of(finding),
                answers.getOrDefault(finding.token(), ReportedVerification.NOT_CHECKED)));
      }
    }
    var counts = result.counts();
    return new Report(
        reported,
        exposure.judged(result.entries()),
        result.skips(),
        new Report.Summary(
            result.state(),
            counts.bytes(),
            counts.texts(),
            counts.commits(),
            detector.tables().digest(),
            started,
            counts.seconds()));
  }

  /// Interrupted is told first: a partial report says little about what it did not come to.
  private ExitCode ending(Report report, Occasion occasion) {
    if (report.summary().state() == ScanResult.State.INTERRUPTED) {
      wiring.messages().warning("interrupted: the report holds what was found so far");
      return ExitCode.INCOMPLETE;
    }
    if (report.newFindings() > 0 || report.toReplace() > 0) {
      return ExitCode.FINDINGS;
    }
    if (report.summary().texts() == 0
        && (occasion == Occasion.REQUEST
            || report.summary().state() != ScanResult.State.COMPLETE)) {
      wiring.messages().error("nothing was read");
      wiring.messages().hint("the report lists what was skipped or left out; name something else");
      return ExitCode.INCOMPLETE;
    }
    return report.summary().state() == ScanResult.State.COMPLETE
        ? ExitCode.CLEAN
        : ExitCode.INCOMPLETE;
  }
}
