package dev.stanch.detectors.baseline;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Suppression;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lines of a `.gitleaksignore`: `path:rule:line`, with or without a commit in front. The rule
/// is that of another scanner, so commit, path and line decide alone.
public final class GitleaksIgnore implements Suppressor.Judge {
  private static final Pattern ENTRY =
      Pattern.compile("(?:([0-9a-f]{40}(?:[0-9a-f]{24})?):)?(.+):([^:]*):([0-9]{1,9})");

  /// By path and line: the commits named, the empty one standing for all.
  private final Map<String, Set<String>> commits = new HashMap<>();

  private final String name;

  private GitleaksIgnore(String name) {
    this.name = requireNonNull(name, "name");
  }

  /// Reads a file that reports call `name`; lines of any other form are passed over.
  public static GitleaksIgnore parse(String text, String name) {
    var ignore = new GitleaksIgnore(name);
    for (String line : text.lines().toList()) {
      Matcher entry = ENTRY.matcher(line.strip());
      if (!line.startsWith("#") && entry.matches()) {
        String commit = entry.group(1);
        ignore
            .commits
            .computeIfAbsent(
                PeerPath.of(entry.group(2)) + ":" + Integer.parseInt(entry.group(4)),
                _ -> new HashSet<>())
            .add(commit == null ? "" : commit);
      }
    }
    return ignore;
  }

  @Override
  public Optional<Suppression> judge(HeldFinding held, Place place, String path) {
    Set<String> named = commits.get(path + ":" + place.location().line());
    if (named == null
        || !named.contains("") && !named.contains(place.provenance().commitId().orElse("-"))) {
      return Optional.empty();
    }
    return Optional.of(new Suppression(Suppression.Kind.IGNORE_FILE, name, ""));
  }
}
