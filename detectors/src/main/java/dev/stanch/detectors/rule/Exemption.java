package dev.stanch.detectors.rule;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a configuration says is no finding, by its text, its path and its commit: the allowlist of
/// a gitleaks configuration.
///
/// @param source the file and line
/// @param reason the words of its author; empty when there are none
/// @param rules the rules it speaks of; empty for all
/// @param paths patterns of which one must stand in the path
/// @param commits commits of which the place must name one; in lower case
/// @param regexes patterns of which one must stand in the target
/// @param stopwords texts of which the secret must hold one; in lower case
public record Exemption(
    String source,
    String reason,
    Condition condition,
    Target target,
    Set<String> rules,
    List<String> paths,
    Set<String> commits,
    List<String> regexes,
    List<String> stopwords) {

  /// How many of the kinds of criteria must hold.
  public enum Condition {
    /// One of them.
    ANY,
    /// Each that is given.
    ALL
  }

  /// What the patterns are held against.
  public enum Target {
    /// The secret alone.
    SECRET,
    /// All that the rule matched.
    MATCH,
    /// The lines on which the match stands.
    LINE
  }

  public Exemption {
    requireNonNull(source, "source");
    requireNonNull(reason, "reason");
    requireNonNull(condition, "condition");
    requireNonNull(target, "target");
    rules = Set.copyOf(rules);
    paths = List.copyOf(paths);
    commits = Set.copyOf(commits.stream().map(commit -> commit.toLowerCase(Locale.ROOT)).toList());
    regexes = List.copyOf(regexes);
    stopwords = stopwords.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    if (paths.isEmpty() && commits.isEmpty() && regexes.isEmpty() && stopwords.isEmpty()) {
      throw new IllegalArgumentException("an allowlist that names nothing would allow everything");
    }
  }

  /// Whether it needs to know where a match stands.
  public boolean asksForPlace() {
    return !paths.isEmpty() || !commits.isEmpty();
  }

  /// The same list for these rules alone.
  public Exemption of(Set<String> only) {
    return new Exemption(
        source, reason, condition, target, only, paths, commits, regexes, stopwords);
  }
}
