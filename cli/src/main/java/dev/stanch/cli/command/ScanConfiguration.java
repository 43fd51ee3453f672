package dev.stanch.cli.command;

import dev.stanch.cli.ConfigurationText;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.RuleSets;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.baseline.Allowlist;
import dev.stanch.detectors.baseline.Baseline;
import dev.stanch.detectors.baseline.BaselineException;
import dev.stanch.detectors.baseline.BaselineJudge;
import dev.stanch.detectors.baseline.Configuration;
import dev.stanch.detectors.baseline.GitleaksIgnore;
import dev.stanch.detectors.baseline.PeerBaseline;
import dev.stanch.detectors.baseline.Suppressor;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.source.RepositoryFingerprints;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is in force in one run, which rules run and what counts: what the caller names always, what
/// the scanned trees say only where they are the caller's own.
final class ScanConfiguration {
  static final String BASELINE = ".stanch-baseline";
  static final String CONFIGURATION = "stanch.yml";
  static final String GITLEAKS_CONFIGURATION = ".gitleaks.toml";
  private static final String GITLEAKS_IGNORE = ".gitleaksignore";
  private static final String SECRETS_BASELINE = ".secrets.baseline";

  private final Suppressor suppressor;
  private final boolean everything;
  private final boolean markers;
  private final List<RuleSets.Configured> rules;
  private final Configuration named;

  private ScanConfiguration(
      List<Suppressor.Judge> judges,
      boolean everything,
      boolean markers,
      List<RuleSets.Configured> rules,
      Configuration named) {
    this.rules = List.copyOf(rules);
    this.named = named;
    this.suppressor = new Suppressor(judges);
    this.everything = everything;
    this.markers = markers;
  }

  static ScanConfiguration of(
      Wiring wiring, ScanOptions options, SuppressionOptions asked, List<Path> ownTrees)
      throws UserFault {
    return of(wiring, options, asked, ownTrees, null);
  }

  /// What is in force where a baseline is written, which has no say itself.
  static ScanConfiguration beside(
      Path baseline, Wiring wiring, ScanOptions options, List<Path> ownTrees) throws UserFault {
    return of(wiring, options, new SuppressionOptions(), ownTrees, baseline);
  }

  private static ScanConfiguration of(
      Wiring wiring,
      ScanOptions options,
      SuppressionOptions asked,
      List<Path> ownTrees,
      @Nullable Path written)
      throws UserFault {
    LocalDate today = BaselineFile.today(wiring);
    Path folder = wiring.console().environment().folder();
    var judges = new ArrayList<Suppressor.Judge>();
    var rules = new ArrayList<RuleSets.Configured>();
    Configuration named = Configuration.none();
    Optional<RuleSets.Configured> config = NamedConfiguration.of(options, wiring);
    if (config.isPresent()) {
      named = configuration(config.get(), rules, wiring);
      judges.addAll(allowlists(named, today, config.get().name(), wiring));
    }
    for (Path file : asked.baselines()) {
      judges.add(baseline(folder.resolve(file), file.toString(), today, wiring));
    }
    for (Path root : roots(ownTrees)) {
      if (config.isEmpty() && isFile(root.resolve(CONFIGURATION))) {
        Configuration found =
            configuration(inTree(root, CONFIGURATION, RuleSets.Form.STANCH), rules, wiring);
        judges.addAll(allowlists(found, today, CONFIGURATION, wiring));
        if (!found.disabledRules().isEmpty() || found.minConfidence().isPresent()) {
          wiring
              .messages()
              .warning(
                  CONFIGURATION + ": disabled-rules and min-confidence count only with --config");
        }
      }
      if (config.isEmpty() && isFile(root.resolve(GITLEAKS_CONFIGURATION))) {
        rules.add(inTree(root, GITLEAKS_CONFIGURATION, RuleSets.Form.GITLEAKS));
      }
      for (String name : List.of(BASELINE, SECRETS_BASELINE)) {
        if (isFile(root.resolve(name)) && !root.resolve(name).equals(written)) {
          judges.add(baseline(root.resolve(name), name, today, wiring));
        }
      }
      if (isFile(root.resolve(GITLEAKS_IGNORE))) {
        judges.add(
            GitleaksIgnore.parse(
                ConfigurationText.of(root.resolve(GITLEAKS_IGNORE), GITLEAKS_IGNORE),
                GITLEAKS_IGNORE));
      }
    }
    boolean suppress = asked.suppress();
    return new ScanConfiguration(
        suppress ? judges : List.of(), !suppress, suppress && !ownTrees.isEmpty(), rules, named);
  }

  /// The rules that run.
  Detector detector(Wiring wiring, ScanOptions options) throws UserFault {
    return wiring
        .ruleSets()
        .ready(options.ruleFiles(), rules, Set.copyOf(named.disabledRules()))
        .detector();
  }

  /// How sure a finding must be.
  double minConfidence(ScanOptions options) throws UserFault {
    return options.minConfidence(named.minConfidence());
  }

  private static RuleSets.Configured inTree(Path root, String name, RuleSets.Form form)
      throws UserFault {
    return new RuleSets.Configured(
        name, ConfigurationText.of(root.resolve(name), name), Rule.Origin.SCANNED_TREE, form, root);
  }

  private static Configuration configuration(
      RuleSets.Configured written, List<RuleSets.Configured> rules, Wiring wiring)
      throws UserFault {
    if (written.form() != RuleSets.Form.STANCH) {
      rules.add(written);
      return Configuration.none();
    }
    Configuration configuration = Configuration.parse(written.text(), written.name());
    boolean fatal = written.origin() == Rule.Origin.USER && !configuration.problems().isEmpty();
    for (var problem : configuration.problems()) {
      if (fatal) {
        wiring.messages().error(problem.toString());
      } else {
        wiring.messages().warning(problem.toString());
      }
    }
    if (fatal) {
      throw UserFault.of(
          ExitCode.USAGE,
          written.name() + " has mistakes",
          "correct the lines named above; docs/GUIDE.md lists what may stand there");
    }
    if (configuration.hasRules()) {
      rules.add(written);
    }
    return configuration;
  }

  private static List<Suppressor.Judge> allowlists(
      Configuration configuration, LocalDate today, String name, Wiring wiring) {
    var judges = new ArrayList<Suppressor.Judge>();
    int expired = 0;
    for (Allowlist list : configuration.allowlists()) {
      if (list.expired(today)) {
        expired++;
      } else {
        judges.add(list.judge());
      }
    }
    sayExpired(expired, name, wiring);
    return judges;
  }

  private static void sayExpired(long expired, String name, Wiring wiring) {
    if (expired > 0) {
      wiring
          .messages()
          .warning(
              name
                  + ": "
                  + expired
                  + (expired == 1
                      ? " entry has expired and counts"
                      : " entries have expired and count")
                  + " no more");
    }
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /// The scanned folders and the checkouts round them.
  static Set<Path> roots(List<Path> trees) {
    var roots = new LinkedHashSet<Path>();
    for (Path tree : trees) {
      Path full = tree.toAbsolutePath().normalize();
      roots.add(full);
      RepositoryFingerprints.checkoutAround(full).ifPresent(roots::add);
    }
    return roots;
  }

  private static Suppressor.Judge baseline(Path file, String name, LocalDate today, Wiring wiring)
      throws UserFault {
    String text = ConfigurationText.of(file, name);
    Optional<PeerBaseline> peer = PeerBaseline.parse(text, name);
    if (peer.isPresent()) {
      return peer.get();
    }
    Baseline baseline = parsed(text, name);
    sayExpired(
        baseline.entries().stream().filter(entry -> entry.expired(today)).count(), name, wiring);
    return new BaselineJudge(baseline, name, today);
  }

  private static Baseline parsed(String text, String name) throws UserFault {
    try {
      return Baseline.parse(text);
    } catch (BaselineException e) {
      throw UserFault.of(
          ExitCode.USAGE, name + ": " + e.getMessage(), "stanch baseline create makes a new one");
    }
  }

  /// Reads a baseline of our own form.
  static Baseline read(Path file, String name) throws UserFault {
    if (!Files.exists(file)) {
      throw UserFault.of(
          ExitCode.USAGE,
          "there is no baseline: " + name,
          "stanch baseline create --reason TEXT makes one");
    }
    return parsed(ConfigurationText.of(file, name), name);
  }

  /// Whether nobody who is listened to has spoken for a finding.
  boolean counts(Finding finding) {
    return everything || finding.status() == Finding.Status.NEW;
  }

  /// A finding with what was said about it.
  Finding apply(HeldFinding held) {
    if (everything) {
      return Suppressor.bare(held.finding());
    }
    return suppressor.apply(
        markers ? held : new HeldFinding(Suppressor.withoutMarkers(held.finding()), held.secret()));
  }
}
