package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.baseline.Baseline;
import dev.stanch.detectors.baseline.BaselineException;
import dev.stanch.detectors.baseline.BaselineJudge;
import dev.stanch.detectors.baseline.Suppressor;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.source.RepositoryFingerprints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What counts as suppressed in one run: what the caller names always, what the scanned trees say
/// only where they are the caller's own.
final class TreeSuppression {
  static final String BASELINE = ".stanch-baseline";

  private final List<Suppressor.Judge> judges;
  private final boolean everything;
  private final boolean markers;

  private TreeSuppression(List<Suppressor.Judge> judges, boolean everything, boolean markers) {
    this.judges = List.copyOf(judges);
    this.everything = everything;
    this.markers = markers;
  }

  static TreeSuppression of(Wiring wiring, ScanOnlyOptions only, List<Path> ownTrees)
      throws UserFault {
    if (!only.suppress()) {
      return new TreeSuppression(List.of(), true, false);
    }
    LocalDate today =
        LocalDate.ofInstant(wiring.console().environment().clock().instant(), ZoneOffset.UTC);
    Path folder = wiring.console().environment().folder();
    var judges = new ArrayList<Suppressor.Judge>();
    for (Path named : only.baselines()) {
      judges.add(baseline(folder.resolve(named), named.toString(), today, wiring));
    }
    for (Path root : roots(ownTrees)) {
      Path file = root.resolve(BASELINE);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        judges.add(baseline(file, BASELINE, today, wiring));
      }
    }
    return new TreeSuppression(judges, false, !ownTrees.isEmpty());
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
    Baseline baseline = read(file, name);
    long expired = baseline.entries().stream().filter(entry -> entry.expired(today)).count();
    if (expired > 0) {
      wiring
          .messages()
          .warning(
              name
                  + ": "
                  + expired
                  + (expired == 1 ? " entry has" : " entries have")
                  + " expired and count no more");
    }
    return new BaselineJudge(baseline, name, today);
  }

  static Baseline read(Path file, String name) throws UserFault {
    try {
      return Baseline.parse(Files.readString(file));
    } catch (BaselineException e) {
      throw UserFault.of(
          ExitCode.USAGE, name + ": " + e.getMessage(), "stanch baseline create makes a new one");
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.USAGE, "cannot read " + name + ": " + e.getClass().getSimpleName());
    }
  }

  /// The findings with what was said about them.
  List<Finding> apply(List<HeldFinding> findings) {
    var suppressor = new Suppressor(judges);
    return findings.stream()
        .map(
            held -> {
              if (everything) {
                return Suppressor.bare(held.finding());
              }
              return suppressor.apply(
                  markers ? held : new HeldFinding(Suppressor.bare(held.finding()), held.secret()));
            })
        .toList();
  }
}
