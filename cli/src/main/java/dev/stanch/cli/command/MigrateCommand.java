package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.migrate.Migration;
import dev.stanch.cli.migrate.PeerSetup;
import dev.stanch.detectors.baseline.Baseline;
import dev.stanch.detectors.baseline.GitleaksIgnore;
import dev.stanch.detectors.baseline.PeerBaseline;
import dev.stanch.detectors.baseline.Suppressor;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.rule.RuleTables;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.HistoryScanner;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.RepositoryFingerprints;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.directory.DirectorySource;
import dev.stanch.detectors.source.git.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Turns the set-up of another scanner into ours.
@Command(
    name = "migrate",
    description = {
      "Turns a set-up of gitleaks, trufflehog or detect-secrets into ours.",
      "Writes stanch.yml, the baseline, the commit hook's entry and the lines of CI; without",
      "--write it only shows what would change."
    },
    footer = {
      "",
      "What has no counterpart is listed. Exit code 1 means that there are changes to write.",
      "",
      "Examples:",
      "  stanch migrate",
      "  stanch migrate --write ../project",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class MigrateCommand implements Callable<Integer> {
  private static final String GITLEAKS_IGNORE = ".gitleaksignore";

  private final Wiring wiring;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Where the other set-up lies (default: this folder).")
  private Path folder;

  @Option(names = "--write", description = "Changes the files.")
  private boolean write;

  /// The command.
  public MigrateCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    Path where =
        wiring.console().environment().folder().resolve(folder).toAbsolutePath().normalize();
    if (!Files.isDirectory(where)) {
      throw UserFault.of(ExitCode.USAGE, "no such folder: " + folder, "check the path");
    }
    var migration = new Migration(where);
    try {
      new PeerSetup(migration).move();
      accepted(migration);
      return tell(migration);
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "cannot migrate " + folder + ": " + e.getClass().getSimpleName(),
          "check the files in it and their permissions");
    } catch (SourceException e) {
      throw UserFault.of(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()), e.hint());
    }
  }

  private int tell(Migration migration) throws IOException {
    var out = wiring.console().out();
    if (migration.empty()) {
      wiring.messages().warning("nothing of gitleaks, trufflehog or detect-secrets in " + folder);
      return ExitCode.CLEAN.value();
    }
    String diff = migration.diff();
    if (write) {
      migration.apply();
    } else {
      out.print(diff);
    }
    migration.changes().forEach(change -> out.println("changed: " + change));
    migration.leftovers().forEach(one -> out.println("not carried over: " + one));
    out.flush();
    if (!write && !diff.isEmpty()) {
      wiring.messages().hint("stanch migrate --write changes the files");
      return ExitCode.FINDINGS.value();
    }
    return ExitCode.CLEAN.value();
  }

  /// Turns what was accepted elsewhere into entries of our baseline: every file has another way of
  /// naming a token, so the tokens are looked for.
  private void accepted(Migration migration)
      throws IOException, UserFault, SourceException, InterruptedException {
    Map<String, Suppressor.Judge> judges = new LinkedHashMap<>();
    migration
        .text(GITLEAKS_IGNORE)
        .ifPresent(
            text -> judges.put(GITLEAKS_IGNORE, GitleaksIgnore.parse(text, GITLEAKS_IGNORE)));
    migration
        .text(PeerSetup.SECRETS_BASELINE)
        .flatMap(text -> PeerBaseline.parse(text, PeerSetup.SECRETS_BASELINE))
        .ifPresent(judge -> judges.put(PeerSetup.SECRETS_BASELINE, judge));
    if (judges.isEmpty()) {
      return;
    }
    Baseline old =
        migration.text(ScanConfiguration.BASELINE).isPresent()
            ? ScanConfiguration.read(
                migration.folder().resolve(ScanConfiguration.BASELINE), ScanConfiguration.BASELINE)
            : Baseline.empty(new SecureRandom());
    var entries = new ArrayList<>(old.entries());
    var counts = new LinkedHashMap<String, Integer>();
    var known = new LinkedHashSet<String>();
    var repositories = new RepositoryFingerprints();
    var matcher = new Baseline.Matcher(old);
    for (ScanResult scanned : results(migration.folder())) {
      try (ScanResult result = scanned) {
        for (HeldFinding held : result.findings()) {
          for (Place place : held.finding().places()) {
            String path = repositories.path(place);
            for (var judge : judges.entrySet()) {
              if (judge.getValue().judge(held, place, path).isPresent()
                  && known.add(held.finding().token() + " " + path)) {
                counts.merge(judge.getKey(), 1, Integer::sum);
                if (matcher.of(held, path).isEmpty()) {
                  entries.add(
                      old.entry(
                          held,
                          path,
                          "accepted in " + judge.getKey(),
                          "",
                          null,
                          BaselineFile.today(wiring)));
                }
              }
            }
          }
        }
      }
    }
    if (entries.size() > old.entries().size()) {
      migration.write(ScanConfiguration.BASELINE, old.with(entries).text());
    }
    for (String name : judges.keySet()) {
      int count = counts.getOrDefault(name, 0);
      migration.changed(
          name
              + ": "
              + count
              + " accepted places are in "
              + ScanConfiguration.BASELINE
              + "; the file stays and is read as it is, until you delete it");
    }
  }

  /// What stands in the folder, and in its history where it has one.
  private List<ScanResult> results(Path where)
      throws UserFault, SourceException, InterruptedException {
    var detector = new Detector(RuleTables.builtIn());
    int threads = Runtime.getRuntime().availableProcessors();
    var results = new ArrayList<ScanResult>();
    results.add(
        wiring
            .scanner(detector, threads)
            .scan(new DirectorySource(where, DirectorySource.Ignored.EXCLUDED)));
    if (Files.exists(where.resolve(".git"))) {
      GitRepository repository = GitRepository.find(where, Map.of());
      results.add(
          wiring
              .historyScanner(detector, threads)
              .scan(
                  repository,
                  Repositories.container(repository),
                  HistoryScanner.Scope.REACHABLE,
                  new ScanProgress()));
    }
    return results;
  }
}
