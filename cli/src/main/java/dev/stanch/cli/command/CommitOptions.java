package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.detectors.scan.RangeScanner;
import dev.stanch.detectors.scan.RangeScanner.UnknownRevisionException;
import dev.stanch.detectors.source.git.GitRepository;
import dev.stanch.detectors.source.git.Problems;
import dev.stanch.detectors.source.git.Ref;
import dev.stanch.detectors.source.git.Refs;
import dev.stanch.detectors.source.git.Revisions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which commits `scan git` looks at, where not all of them are meant.
final class CommitOptions {
  /// More lines than any push has.
  private static final int MOST_LINES = 1_000_000;

  @Option(
      names = "--range",
      paramLabel = "A..B",
      description = "Only what the commits bring that B has and A has not: a pull request's.")
  private @Nullable String range;

  @Option(
      names = "--since",
      paramLabel = "REV",
      description = "Only what the commits bring that a ref has and REV has not.")
  private @Nullable String since;

  @Option(
      names = "--branch",
      paramLabel = "NAME",
      description = "Only the history of this branch, tag or other ref.")
  private @Nullable String branch;

  @Option(
      names = "--pre-receive",
      description =
          "Only what a push brings: reads the lines that git writes to a pre-receive hook.")
  private boolean preReceive;

  /// Whether only some commits' changes are meant.
  boolean ranged() {
    return range != null || since != null || preReceive;
  }

  boolean preReceive() {
    return preReceive;
  }

  /// Whether anything is chosen at all.
  boolean any() {
    return ranged() || branch != null;
  }

  /// The refs whose history is meant.
  Predicate<Ref> refs() {
    String wanted = branch;
    return wanted == null
        ? _ -> true
        : ref ->
            ref.name().equals(wanted)
                || ref.name().equals("refs/" + wanted)
                || ref.name().equals("refs/heads/" + wanted)
                || ref.name().equals("refs/tags/" + wanted)
                || ref.name().equals("refs/remotes/" + wanted);
  }

  /// Refuses a ref that is not there: nothing read must not pass for nothing found.
  void mustLeadSomewhere(GitRepository repository) throws UserFault {
    if (branch != null && Refs.read(repository, new Problems(0)).stream().noneMatch(refs())) {
      throw UserFault.of(
          ExitCode.USAGE, "no such branch: " + branch, "git branch --all lists them");
    }
  }

  /// The ends of the range.
  ///
  /// @param in what a pre-receive hook gets
  RangeScanner.Selection selection(InputStream in) throws UserFault {
    if (preReceive) {
      if (range != null || since != null || branch != null) {
        throw UserFault.of(
            ExitCode.USAGE,
            "--pre-receive excludes --range, --since and --branch",
            "git tells --pre-receive which commits are new: leave the others out");
      }
      return pushed(in);
    }
    String between = range;
    if (between != null) {
      if (since != null || branch != null) {
        throw UserFault.of(
            ExitCode.USAGE,
            "--range excludes --since and --branch",
            "A..B says both: leave the others out");
      }
      int dots = between.indexOf("..");
      if (dots < 0) {
        throw UserFault.of(
            ExitCode.USAGE, "--range has no two dots: " + between, "write --range A..B");
      }
      String from = between.substring(0, dots);
      String to = between.substring(between.startsWith("...", dots) ? dots + 3 : dots + 2);
      return (revisions, _) ->
          new RangeScanner.Ends(commit(revisions, to), commit(revisions, from));
    }
    String from = since == null ? "" : since;
    return (revisions, refs) -> {
      Set<String> tips = new HashSet<>();
      refs.stream()
          .filter(ref -> ref.kind().tip() && refs().test(ref))
          .forEach(ref -> tips.add(ref.id()));
      if (tips.isEmpty() && branch != null) {
        throw new UnknownRevisionException(branch);
      }
      return new RangeScanner.Ends(tips, commit(revisions, from));
    };
  }

  private static Set<String> commit(Revisions revisions, String word)
      throws UnknownRevisionException {
    String meant = word.isEmpty() ? "HEAD" : word;
    return Set.of(revisions.commit(meant).orElseThrow(() -> new UnknownRevisionException(meant)));
  }

  /// What is new in a push: not what any ref already has.
  private static RangeScanner.Selection pushed(InputStream in) throws UserFault {
    Set<String> included = new HashSet<>();
    Set<String> before = new HashSet<>();
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      int count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> words = List.of(line.split(" ", 3));
        if (words.size() < 3 || !isId(words.get(0)) || !isId(words.get(1))) {
          throw UserFault.of(
              ExitCode.USAGE,
              "standard input is not what git writes to a pre-receive hook",
              "each line has the old id, the new id and the ref");
        }
        if (++count > MOST_LINES) {
          throw UserFault.of(
              ExitCode.USAGE, "the push has too many refs", "push them in several goes");
        }
        before.add(words.get(0));
        included.add(words.get(1));
      }
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "standard input could not be read",
          "git pipes old, new and ref of each line into a pre-receive hook");
    }
    return (_, refs) -> {
      Set<String> excluded = new HashSet<>(before);
      refs.stream().filter(ref -> ref.kind().tip()).forEach(ref -> excluded.add(ref.id()));
      return new RangeScanner.Ends(included, excluded);
    };
  }

  private static boolean isId(String word) {
    return word.matches("[0-9a-f]{40}|[0-9a-f]{64}");
  }
}
