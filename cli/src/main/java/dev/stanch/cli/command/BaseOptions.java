package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.command.ScanConfiguration.Agreed;
import dev.stanch.cli.command.ScanConfiguration.Markers;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.CommitFiles;
import dev.stanch.detectors.source.git.GitRepository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whose settings count, where a change is scanned that may bring settings of its own.
final class BaseOptions {
  @Option(
      names = "--base",
      paramLabel = "REV",
      description =
          "With --range: follows stanch.yml, .gitleaks.toml, baselines and ignore files as they"
              + " stand in REV, not in the work tree. What the change itself says may stand counts,"
              + " and is told as said by the change.")
  private @Nullable String base;

  @Option(
      names = "--from-fork",
      description =
          "With --base: the change comes from somebody else, and nothing that it says may stand"
              + " counts.")
  private boolean fromFork;

  /// A repository to be opened.
  interface Opening {
    GitRepository open() throws SourceException;
  }

  void mustFit(CommitOptions commits) throws UserFault {
    if (base != null && commits.end().isEmpty()) {
      throw UserFault.of(
          ExitCode.USAGE, "--base needs --range", "name the change: --range REV..HEAD");
    }
    if (fromFork && base == null) {
      throw UserFault.of(
          ExitCode.USAGE, "--from-fork needs --base", "name the commit whose settings count");
    }
  }

  void mustNotBeGiven() throws UserFault {
    if (base != null) {
      throw UserFault.of(
          ExitCode.USAGE,
          "--base needs a repository of this machine",
          "clone it first: nothing in a clone made for a scan has a say anyway");
    }
  }

  /// The run under these settings, or as it is where none are named.
  ScanRun governing(ScanRun run, Opening repository, CommitOptions commits) throws UserFault {
    String word = base;
    if (word == null) {
      return run;
    }
    try {
      GitRepository open = repository.open();
      var agreed = settings(open, word);
      var change = settings(open, commits.end().orElseThrow());
      return run.under(
          fromFork
              ? new Agreed(agreed, Optional.empty(), Markers.IGNORED)
              : new Agreed(agreed, Optional.of(change), Markers.COUNT_AS_CHANGE));
    } catch (SourceException e) {
      throw UserFault.of(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()), e.hint());
    }
  }

  private static CommitSettings settings(GitRepository repository, String word) throws UserFault {
    return new CommitSettings(
        CommitFiles.of(repository, word)
            .orElseThrow(
                () ->
                    UserFault.of(
                        ExitCode.USAGE,
                        "no such commit: " + word,
                        "git log lists them; a shallow clone may lack it (git fetch"
                            + " --unshallow)")));
  }
}
