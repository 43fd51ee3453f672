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
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which commits `scan git` looks at, where not all of them are meant.
final class CommitOptions {
  /// More lines than any push has.
  private static final int MOST_LINES = 1_000_000;

  private static final Pattern NO_OBJECT = Pattern.compile("0+");
  private static final String ID = "[0-9a-f]{40}|[0-9a-f]{64}";

  /// What git writes to a pre-receive hook: old id, new id, ref.
  private static final Pattern RECEIVED =
      Pattern.compile("(?<before>" + ID + ") (?<after>" + ID + ") .+");

  /// What git writes to a pre-push hook: the local ref as a person wrote it, which may have spaces,
  /// its id, the remote's ref and its id.
  private static final Pattern PUSHED =
      Pattern.compile(".* (?<after>" + ID + ") [^ ]+ (?<before>" + ID + ")");

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

  @Option(
      names = "--pre-push",
      paramLabel = "REMOTE",
      description =
          "Only what a push brings that REMOTE has not: reads the lines that git writes to a"
              + " pre-push hook.")
  private @Nullable String prePush;

  /// Whether only some commits' changes are meant.
  boolean ranged() {
    return range != null || since != null || preReceive || prePush != null;
  }

  /// The word for the newest commit of `--range`; empty where it is not given.
  Optional<String> end() throws UserFault {
    String between = range;
    return between == null ? Optional.empty() : Optional.of(Between.of(between).to());
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
  /// @param in what the hook gets that this is run by
  RangeScanner.Selection selection(InputStream in) throws UserFault {
    String remote = prePush;
    if (preReceive || remote != null) {
      if (range != null || since != null || branch != null || preReceive && remote != null) {
        throw UserFault.of(
            ExitCode.USAGE,
            "--pre-receive and --pre-push exclude each other, --range, --since and --branch",
            "git tells the hook which commits are new: leave the others out");
      }
      return remote == null ? received(in) : pushed(in, remote);
    }
    String between = range;
    if (between != null) {
      if (since != null || branch != null) {
        throw UserFault.of(
            ExitCode.USAGE,
            "--range excludes --since and --branch",
            "A..B says both: leave the others out");
      }
      return between(between);
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

  /// The ends of a range `A..B`.
  static RangeScanner.Selection between(String range) throws UserFault {
    Between words = Between.of(range);
    return (revisions, _) ->
        new RangeScanner.Ends(commit(revisions, words.to()), commit(revisions, words.from()));
  }

  /// The words of a range.
  private record Between(String from, String to) {
    static Between of(String range) throws UserFault {
      int dots = range.indexOf("..");
      if (dots < 0) {
        throw UserFault.of(
            ExitCode.USAGE, "--range has no two dots: " + range, "write --range A..B");
      }
      int behind = range.startsWith("...", dots) ? dots + 3 : dots + 2;
      return new Between(meant(range.substring(0, dots)), meant(range.substring(behind)));
    }

    private static String meant(String word) {
      return word.isEmpty() ? "HEAD" : word;
    }
  }

  private static Set<String> commit(Revisions revisions, String word)
      throws UnknownRevisionException {
    String meant = word.isEmpty() ? "HEAD" : word;
    return Set.of(revisions.commit(meant).orElseThrow(() -> new UnknownRevisionException(meant)));
  }

  /// What is new in a push to this repository: not what any ref already has.
  private static RangeScanner.Selection received(InputStream in) throws UserFault {
    Pushed pushed = Pushed.read(in, "pre-receive", RECEIVED);
    return (_, refs) ->
        pushed.without(refs.stream().filter(ref -> ref.kind().tip()).map(Ref::id).toList());
  }

  /// What is new to a remote in a push to it: not what one of its refs had when it was last asked,
  /// nor what it says now of those that are to change.
  private static RangeScanner.Selection pushed(InputStream in, String remote) throws UserFault {
    Pushed pushed = Pushed.read(in, "pre-push", PUSHED);
    String theirs = "refs/remotes/" + remote + "/";
    return (_, refs) ->
        pushed.without(
            refs.stream()
                .filter(ref -> ref.kind() == Ref.Kind.REF && ref.name().startsWith(theirs))
                .map(Ref::id)
                .toList());
  }

  /// What the refs of a push lead to, and led to before. The id of nothing, which stands for a ref
  /// that is made or that goes, is in neither.
  private record Pushed(Set<String> after, Set<String> before) {
    RangeScanner.Ends without(List<String> known) {
      Set<String> excluded = new HashSet<>(before);
      excluded.addAll(known);
      return new RangeScanner.Ends(after, excluded);
    }

    /// Reads the lines that git writes to a hook.
    static Pushed read(InputStream in, String hook, Pattern shape) throws UserFault {
      Set<String> after = new HashSet<>();
      Set<String> before = new HashSet<>();
      try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        int count = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Matcher words = shape.matcher(line);
          if (!words.matches()) {
            throw UserFault.of(
                ExitCode.USAGE,
                "standard input is not what git writes to a " + hook + " hook",
                "each line names a ref with its old and its new id (git help hooks)");
          }
          if (++count > MOST_LINES) {
            throw UserFault.of(
                ExitCode.USAGE, "the push has too many refs", "push them in several goes");
          }
          add(words.group("after"), after);
          add(words.group("before"), before);
        }
      } catch (IOException e) {
        throw UserFault.of(
            ExitCode.INCOMPLETE,
            "standard input could not be read",
            "git pipes a line for each ref into a " + hook + " hook");
      }
      return new Pushed(after, before);
    }

    private static void add(String id, Set<String> ids) {
      if (!NO_OBJECT.matcher(id).matches()) {
        ids.add(id);
      }
    }
  }
}
