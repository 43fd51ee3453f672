package dev.stanch.cli.command;

import static java.util.Objects.requireNonNull;

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
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Suppression;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.source.RepositoryFingerprints;
import java.nio.file.Files;
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
  private static final List<String> BASELINES = List.of(BASELINE, ".secrets.baseline");

  private final Suppressor suppressor;
  private final Markers markers;
  private final List<RuleSets.Configured> rules;
  private final Configuration named;

  /// Whose say the comments beside tokens are.
  enum Markers {
    /// Nobody's: nothing that anybody said counts.
    NOTHING_COUNTS,
    /// Nobody's: whoever wrote them has no say.
    IGNORED,
    /// That of whoever runs this.
    COUNT,
    /// That of the change which brings the tokens.
    COUNT_AS_CHANGE
  }

  /// Settings that were agreed on before a change, in the place of those in the scanned folders.
  ///
  /// @param base what was agreed on
  /// @param change what the change itself says; empty where it has no say
  /// @param markers whose say comments are
  record Agreed(SettingsTree base, Optional<SettingsTree> change, Markers markers) {
    Agreed {
      requireNonNull(base, "base");
      requireNonNull(change, "change");
      requireNonNull(markers, "markers");
    }
  }

  private ScanConfiguration(
      List<Suppressor.Judge> judges,
      Markers markers,
      List<RuleSets.Configured> rules,
      Configuration named) {
    this.rules = List.copyOf(rules);
    this.named = named;
    this.suppressor = new Suppressor(judges);
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
    var gathering = new Gathering(wiring, options, asked);
    for (Path root : roots(ownTrees)) {
      gathering.tree(new FolderSettings(root, written), Say.ADDS);
    }
    return gathering.configuration(ownTrees.isEmpty() ? Markers.IGNORED : Markers.COUNT);
  }

  /// What is in force where a change is looked at that may bring settings of its own.
  static ScanConfiguration of(
      Wiring wiring, ScanOptions options, SuppressionOptions asked, Agreed agreed)
      throws UserFault {
    var gathering = new Gathering(wiring, options, asked);
    gathering.tree(agreed.base(), Say.DECIDES);
    if (agreed.change().isPresent()) {
      gathering.tree(agreed.change().get(), Say.ALLOWS);
    }
    return gathering.configuration(agreed.markers());
  }

  /// What a tree of settings may do.
  private enum Say {
    /// Add rules and allow.
    ADDS,
    /// Switch off as well.
    DECIDES,
    /// Accept findings one by one, as a say of the change.
    ALLOWS
  }

  /// Settings put together from several places.
  private static final class Gathering {
    private final Wiring wiring;
    private final boolean suppress;
    private final LocalDate today;
    private final List<Suppressor.Judge> judges = new ArrayList<>();
    private final List<RuleSets.Configured> rules = new ArrayList<>();

    /// Whether the caller names a configuration, in the place of all that lie in trees.
    private final boolean follows;

    private Configuration named = Configuration.none();

    Gathering(Wiring wiring, ScanOptions options, SuppressionOptions asked) throws UserFault {
      this.wiring = wiring;
      this.suppress = asked.suppress();
      this.today = BaselineFile.today(wiring);
      Optional<RuleSets.Configured> config = NamedConfiguration.of(options, wiring);
      this.follows = config.isPresent();
      if (config.isPresent()) {
        named = ScanConfiguration.configuration(config.get(), rules, wiring);
        judges.addAll(allowlists(named, today, config.get().name(), wiring));
      }
      for (Path file : asked.baselines()) {
        String name = file.toString();
        Path folder = wiring.console().environment().folder();
        judges.add(baseline(ConfigurationText.of(folder.resolve(file), name), name, today, wiring));
      }
    }

    /// Takes what a tree of settings may say. A change adds no rules and has no `stanch.yml`: that
    /// is agreed on before.
    void tree(SettingsTree tree, Say say) throws UserFault {
      if (!follows && say != Say.ALLOWS) {
        configuration(tree, say);
      }
      var said = new ArrayList<Suppressor.Judge>();
      for (String name : BASELINES) {
        Optional<String> text = tree.text(name);
        if (text.isPresent()) {
          said.add(baseline(text.get(), name, today, wiring));
        }
      }
      Optional<String> ignore = tree.text(GITLEAKS_IGNORE);
      if (ignore.isPresent()) {
        said.add(GitleaksIgnore.parse(ignore.get(), GITLEAKS_IGNORE));
      }
      for (Suppressor.Judge judge : said) {
        judges.add(say == Say.ALLOWS ? new OfChange(judge) : judge);
      }
    }

    private void configuration(SettingsTree tree, Say say) throws UserFault {
      Optional<String> own = tree.text(CONFIGURATION);
      if (own.isPresent()) {
        Configuration found =
            ScanConfiguration.configuration(
                inTree(tree, CONFIGURATION, own.get(), RuleSets.Form.STANCH), rules, wiring);
        judges.addAll(allowlists(found, today, CONFIGURATION, wiring));
        if (say == Say.DECIDES) {
          named = found;
        } else if (!found.disabledRules().isEmpty() || found.minConfidence().isPresent()) {
          wiring
              .messages()
              .warning(
                  CONFIGURATION + ": disabled-rules and min-confidence count only with --config");
        }
      }
      Optional<String> gitleaks = tree.text(GITLEAKS_CONFIGURATION);
      if (gitleaks.isPresent()) {
        rules.add(inTree(tree, GITLEAKS_CONFIGURATION, gitleaks.get(), RuleSets.Form.GITLEAKS));
      }
    }

    ScanConfiguration configuration(Markers markers) {
      return new ScanConfiguration(
          suppress ? judges : List.of(), suppress ? markers : Markers.NOTHING_COUNTS, rules, named);
    }
  }

  /// What a change says of itself.
  private record OfChange(Suppressor.Judge judge) implements Suppressor.Judge {
    @Override
    public Optional<Suppression> judge(HeldFinding held, Place place, String path) {
      return judge.judge(held, place, path).map(Suppression::withChange);
    }
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

  private static RuleSets.Configured inTree(
      SettingsTree tree, String name, String text, RuleSets.Form form) {
    return new RuleSets.Configured(name, text, Rule.Origin.SCANNED_TREE, form, tree.neighbours());
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

  private static Suppressor.Judge baseline(String text, String name, LocalDate today, Wiring wiring)
      throws UserFault {
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
    return markers == Markers.NOTHING_COUNTS || finding.status() == Finding.Status.NEW;
  }

  /// A finding with what was said about it.
  Finding apply(HeldFinding held) {
    Finding finding = held.finding();
    return switch (markers) {
      case NOTHING_COUNTS -> Suppressor.bare(finding);
      case COUNT -> suppressor.apply(held);
      case IGNORED ->
          suppressor.apply(new HeldFinding(Suppressor.withoutMarkers(finding), held.secret()));
      case COUNT_AS_CHANGE ->
          suppressor.apply(new HeldFinding(Suppressor.withMarkersOfChange(finding), held.secret()));
    };
  }
}
