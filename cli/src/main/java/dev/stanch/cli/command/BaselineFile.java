package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.baseline.Baseline;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.source.RepositoryFingerprints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which baseline a command works on.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class BaselineFile {
  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "The baseline (default: .stanch-baseline where the scanned tree begins).")
  private @Nullable Path named;

  /// Where the file is, or belongs: at the top of the checkout, so that every scan of it finds it.
  Path path(Wiring wiring, SourceOptions source) {
    if (named != null) {
      return wiring.console().environment().folder().resolve(named);
    }
    Path tree = source.folder(wiring).toAbsolutePath().normalize();
    return RepositoryFingerprints.checkoutAround(tree)
        .orElse(Files.isDirectory(tree) ? tree : tree.resolveSibling(""))
        .resolve(ScanConfiguration.BASELINE);
  }

  static LocalDate today(Wiring wiring) {
    return LocalDate.ofInstant(wiring.console().environment().clock().instant(), ZoneOffset.UTC);
  }

  static void write(Baseline baseline, Path file) throws UserFault {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      try {
        Files.writeString(fresh, baseline.text());
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "cannot write " + file + ": " + e.getClass().getSimpleName(),
          "check the folder, its permissions and the space left");
    }
  }

  /// Where a finding counts that nobody speaks for: each path once.
  static Set<String> openPaths(HeldFinding held, RepositoryFingerprints repositories) {
    var paths = new LinkedHashSet<String>();
    for (Place place : held.finding().places()) {
      if (place.suppression() == null) {
        paths.add(repositories.path(place));
      }
    }
    return paths;
  }
}
