package dev.stanch.cli.command;

import dev.stanch.cli.ConfigurationText;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.Report;
import dev.stanch.cli.report.ReportReader;
import dev.stanch.cli.report.ReportedFinding;
import dev.stanch.cli.report.ReportedVerification;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleTables;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.RepositoryFingerprints;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.directory.DirectorySource;
import dev.stanch.detectors.source.stream.StreamSource;
import dev.stanch.revokers.run.Listed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Tokens in hand, of whatever origin. Closing wipes them.
final class Gathered implements AutoCloseable {
  /// What standard input may hold.
  private static final int LARGEST_INPUT = 1 << 28;

  private final Wiring wiring;
  private final ScanConfiguration configuration;
  private final double least;
  private final Detector detector;
  private final ScanProgress progress = new ScanProgress();
  private final SourceReader reader;
  private final Rereading rereading;
  private final List<ScanResult> results = new ArrayList<>();
  private final Map<TokenId, HeldFinding> tokens = new LinkedHashMap<>();
  private final Set<InventoryEntry> entries = new TreeSet<>();

  /// What reports say of secrets that nobody shows.
  private final Set<InventoryEntry> reported = new TreeSet<>();

  private byte[] standardInput = {};

  /// How many tokens were left out because somebody spoke for them.
  private int suppressed;

  /// How many were left out because only a rule of the scanned tree says that they are some.
  private int unvouched;

  private Gathered(Wiring wiring, ScanOptions options, ScanConfiguration configuration)
      throws UserFault {
    this.wiring = wiring;
    this.configuration = configuration;
    this.least = configuration.minConfidence(options);
    this.detector = configuration.detector(wiring, options);
    this.reader = new SourceReader(wiring, options, detector, progress, this::add);
    this.rereading = new Rereading(wiring, reader);
    wiring.console().environment().interruption().onRequest(progress::stop);
  }

  /// Everything in the sources that a person named; whoever calls closes.
  static Gathered of(Wiring wiring, InputOptions input) throws UserFault, InterruptedException {
    return of(wiring, input, input.sources());
  }

  /// Everything in some of the sources that a person named; whoever calls closes.
  static Gathered of(Wiring wiring, InputOptions input, List<String> sources)
      throws UserFault, InterruptedException {
    var gathered =
        new Gathered(
            wiring,
            input.scan(),
            ScanConfiguration.of(
                wiring,
                input.scan(),
                input.suppression(),
                input.trees(wiring.console().environment().folder())));
    try (var _ = wiring.progressDisplay(gathered.progress, input.scan().quiet())) {
      for (String source : sources) {
        gathered.source(source);
      }
      gathered.sayLeftOut();
    } catch (SourceException e) {
      gathered.close();
      throw UserFault.of(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()), e.hint());
    } catch (UserFault | InterruptedException | RuntimeException e) {
      gathered.close();
      throw e;
    }
    return gathered;
  }

  /// What stands at these places still; a place that is gone gives nothing. Whoever calls closes.
  ///
  /// @param standardInput what it was once, for places in it
  static Gathered again(
      Wiring wiring, ScanOptions options, Collection<Place> places, List<byte[]> standardInput)
      throws UserFault, InterruptedException {
    var gathered =
        new Gathered(
            wiring,
            options,
            ScanConfiguration.of(wiring, options, new SuppressionOptions(), List.of()));
    gathered.rereading.places(places, _ -> true);
    for (byte[] text : standardInput) {
      gathered.text(text);
    }
    return gathered;
  }

  /// Takes what a text holds besides.
  void add(byte[] text) throws UserFault, InterruptedException {
    text(text);
  }

  private void text(byte[] text) throws UserFault, InterruptedException {
    try {
      reader.scan(new StreamSource("standard input", new ByteArrayInputStream(text)), _ -> true);
    } catch (SourceException e) {
      throw UserFault.of(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()), e.hint());
    }
  }

  private void source(String source) throws UserFault, SourceException, InterruptedException {
    Path folder = wiring.console().environment().folder();
    if (source.equals(InputOptions.STDIN)) {
      read();
      return;
    }
    if (source.contains("://")
        && !source.matches(
            "(?:image|compose|k8s):file://.*")) { // not repeated: it may hold a login
      throw UserFault.of(
          ExitCode.USAGE,
          "an address is no source here: tokens are read again from where they stand",
          "clone it with git and name the folder: git:FOLDER; stanch scan git takes addresses");
    }
    if (source.startsWith(InputOptions.GIT)) {
      reader.history(folder.resolve(source.substring(4)), this::counts);
    } else if (source.startsWith(InputOptions.DIR)) {
      reader.scan(
          new DirectorySource(
              folder.resolve(source.substring(4)), DirectorySource.Ignored.EXCLUDED),
          this::counts);
    } else if (source.startsWith("env:")) {
      reader.scan(reader.process(source.substring(4)), _ -> true);
    } else if (source.startsWith("container:") || source.startsWith("image:")) {
      reader.contained(source, _ -> true); // an image has no say about what counts
    } else if (source.startsWith(InputOptions.COMPOSE)) {
      String files = source.substring(InputOptions.COMPOSE.length());
      reader.scan(ScanContainerCommand.compose(files, wiring.console().environment()), _ -> true);
    } else if (Hosted.isSource(source)) {
      try (var hosted = reader.hosted()) {
        add(hosted.everything(source), _ -> true); // nor has a host
      }
    } else if (Files.isRegularFile(folder.resolve(source))) {
      report(folder.resolve(source), source);
    } else {
      throw UserFault.of(
          ExitCode.USAGE,
          "no such source: " + source,
          "use git:REPO, dir:PATH, env:, env:PID, env:all, container:NAME, image:NAME,"
              + " compose:FILE, k8s:NAMESPACE, k8s:FILE, space:OWNER, space:OWNER/NAME,"
              + " github:OWNER, github:OWNER/REPO, a report file, or - for standard input");
    }
  }

  /// Whether nobody has spoken for a finding of a source that is the caller's own.
  private boolean counts(HeldFinding held) {
    return counts(configuration.apply(held));
  }

  private boolean counts(Finding finding) {
    if (configuration.counts(finding)) {
      return true;
    }
    suppressed++;
    return false;
  }

  private void sayLeftOut() {
    if (suppressed > 0) {
      wiring
          .messages()
          .warning(
              suppressed
                  + " tokens are suppressed and left out (--no-suppress takes them in, stanch scan"
                  + " names them)");
    }
    if (unvouched > 0) {
      wiring
          .messages()
          .warning(
              unvouched
                  + " tokens are left out: the rules that find them came with the scanned tree"
                  + " (--config or --rules makes such rules yours)");
    }
  }

  private void read() throws UserFault, SourceException, InterruptedException {
    var console = wiring.console();
    try (var in = new PumpedInput(console.in(), console.environment().interruption()::requested)) {
      byte[] text = in.readNBytes(LARGEST_INPUT + 1);
      if (text.length > LARGEST_INPUT) {
        throw UserFault.of(
            ExitCode.INCOMPLETE,
            "standard input is larger than " + LARGEST_INPUT + " bytes",
            "write it to a file and name it with dir:FILE");
      }
      standardInput = text;
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "cannot read standard input: " + e.getClass().getSimpleName(),
          "write it to a file and name that");
    }
    if (!own(standardInput)) {
      reader.scan(
          new StreamSource("standard input", new ByteArrayInputStream(standardInput)), _ -> true);
      named(standardInput);
    }
  }

  private void report(Path file, String name)
      throws UserFault, SourceException, InterruptedException {
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (IOException e) {
      throw ConfigurationText.unreadable(file, name, e);
    }
    if (!own(text)) {
      reader.scan(SourceReader.file(file), _ -> true);
      named(text);
    }
  }

  /// A report of our own holds no token: they are read again from their places.
  ///
  /// @return whether it is one
  private boolean own(byte[] text) throws UserFault, InterruptedException {
    Report report;
    try {
      report = ReportReader.read(new ByteArrayInputStream(text));
    } catch (IOException _) {
      return false;
    }
    reported.addAll(report.entries());
    var wanted = new HashSet<TokenId>();
    var places = new ArrayList<Place>();
    for (ReportedFinding one : report.findings()) {
      if (counts(one.finding())) {
        wanted.add(one.finding().token());
        places.addAll(one.finding().places());
      }
    }
    rereading.places(places, held -> wanted.contains(held.finding().token()));
    wanted.removeAll(tokens.keySet());
    int missing = wanted.size();
    if (missing > 0) {
      wiring
          .messages()
          .warning(
              missing
                  + " tokens of the report do not stand any more where it says, or were named"
                  + " under another key");
    }
    return true;
  }

  /// What another scanner's report points to, where it can be read: it may have left the tokens
  /// out.
  private void named(byte[] text) throws UserFault, SourceException, InterruptedException {
    Path folder = wiring.console().environment().folder();
    ForeignReport report;
    try {
      report = ForeignReport.read(text, folder);
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE, "cannot read " + folder + ": " + e.getClass().getSimpleName());
    }
    for (var entry : report.files().entrySet()) {
      reader.scan(
          SourceReader.file(entry.getKey()),
          held ->
              entry.getValue().isEmpty()
                  || held.finding().places().stream()
                      .anyMatch(place -> entry.getValue().contains(place.location().line())));
    }
    Set<String> paths = report.inHistory();
    if (!paths.isEmpty()
        && RepositoryFingerprints.checkoutAround(folder.toAbsolutePath()).isPresent()) {
      reader.history(
          folder,
          held ->
              held.finding().places().stream()
                  .anyMatch(
                      place ->
                          place.provenance() instanceof Provenance.Git git
                              && paths.contains(git.path())));
    }
  }

  private void add(ScanResult result, Predicate<HeldFinding> wanted) {
    results.add(result);
    entries.addAll(result.entries());
    Set<RuleId> ofTree = rules(Rule.Origin.SCANNED_TREE);
    for (HeldFinding held : result.findings()) {
      if (held.finding().confidence() < least || !wanted.test(held)) {
        continue;
      }
      if (ofTree.contains(held.finding().rule())) {
        unvouched++;
      } else {
        tokens.merge(held.finding().token(), held, Gathered::joined);
      }
    }
  }

  /// One token that two sources hold.
  private static HeldFinding joined(HeldFinding one, HeldFinding other) {
    var places = new TreeSet<>(one.finding().places());
    places.addAll(other.finding().places());
    Finding surer =
        one.finding().confidence() >= other.finding().confidence()
            ? one.finding()
            : other.finding();
    return new HeldFinding(surer.at(List.copyOf(places)), one.secret());
  }

  /// The tokens by their ids under the user's key.
  Map<TokenId, HeldFinding> tokens() {
    return java.util.Collections.unmodifiableMap(tokens);
  }

  /// Secrets that nobody shows, of the sources and of reports. What a source says now counts more
  /// than what a report said of the same secret once.
  List<InventoryEntry> entries() {
    var all = new TreeSet<>(entries);
    all.addAll(reported);
    return List.copyOf(all);
  }

  /// The same as sources list them now.
  Listed listed() {
    return new Listed(List.copyOf(entries), rereading.whole());
  }

  /// What standard input held; nothing where it was not read.
  byte[] standardInput() {
    return standardInput.clone();
  }

  /// Whether everything named could be read.
  boolean complete() {
    return results.stream().allMatch(result -> result.state() == ScanResult.State.COMPLETE);
  }

  /// A value that is said to be a token like `like`, as a finding of the rule that finds it alone;
  /// empty where only rules of other providers do. What no rule finds is taken at its word.
  Optional<HeldFinding> as(byte[] text, Finding like) throws UserFault, InterruptedException {
    var value = new Secret(text);
    try {
      ScanResult alone =
          wiring
              .scanner(detector, 1)
              .scan(new StreamSource("a supplied value", new ByteArrayInputStream(text)), progress);
      results.add(alone);
      HeldFinding other = null;
      for (HeldFinding held : alone.findings()) {
        if (!held.secret().sameAs(value)) {
          continue;
        }
        if (held.finding().provider().equals(like.provider())) {
          return Optional.of(held);
        }
        other = held;
      }
      return other == null || !other.finding().evidence().provesProvider()
          ? Optional.of(new HeldFinding(like, value))
          : Optional.empty();
    } catch (SourceException e) {
      throw UserFault.of(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()), e.hint());
    }
  }

  /// Everything as a report, with what providers said.
  Report report(Map<TokenId, ReportedVerification> answers, Instant started) {
    var fingerprints = new RepositoryFingerprints();
    var findings = new ArrayList<ReportedFinding>();
    for (HeldFinding held : tokens.values()) {
      findings.add(
          new ReportedFinding(
              held.finding(),
              fingerprints.of(held.finding()),
              answers.getOrDefault(held.finding().token(), ReportedVerification.NOT_CHECKED)));
    }
    ScanResult.State state = ScanResult.State.COMPLETE;
    var skips = new ArrayList<Skip>();
    long bytes = 0;
    long texts = 0;
    long commits = 0;
    double seconds = 0;
    for (ScanResult result : results) {
      state = state.compareTo(result.state()) < 0 ? result.state() : state; // from good to bad
      skips.addAll(result.skips());
      bytes += result.counts().bytes();
      texts += result.counts().texts();
      commits += result.counts().commits();
      seconds += result.counts().seconds();
    }
    return new Report(
        findings,
        entries(),
        skips,
        new Report.Summary(
            state, bytes, texts, commits, detector.tables().digest(), started, seconds));
  }

  /// Which tokens may be shown to a provider.
  Predicate<HeldFinding> verifiable(InputOptions input) {
    Set<RuleId> builtIn = rules(Rule.Origin.BUILT_IN);
    return held ->
        input.verifyContext()
            || held.finding().evidence().provesProvider()
                && builtIn.contains(held.finding().rule());
  }

  private Set<RuleId> rules(Rule.Origin origin) {
    RuleTables tables = detector.tables();
    var rules = new HashSet<RuleId>();
    for (int i = 0; i < tables.ruleCount(); i++) {
      if (tables.rule(i).origin() == origin) {
        rules.add(tables.rule(i).id());
      }
    }
    return rules;
  }

  @Override
  public void close() {
    results.forEach(ScanResult::close);
    Arrays.fill(standardInput, (byte) 0);
  }
}
