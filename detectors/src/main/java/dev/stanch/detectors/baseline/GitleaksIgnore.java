package dev.stanch.detectors.baseline;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Suppression;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lines of a `.gitleaksignore`: `path:rule:line`, with or without a commit in front. The rule
/// is that of another scanner, so commit, path and line decide alone.
public final class GitleaksIgnore implements Suppressor.Judge {
  private static final Pattern ENTRY =
      Pattern.compile("(?!#)(?:([0-9a-f]{40}(?:[0-9a-f]{24})?):)?(.+):([^:]*):([0-9]{1,9})");

  private final String text;
  private final String name;

  /// The entries, sorted: the hash of path and line above, where the entry begins in the text
  /// below. A file may have a million of them, of which a scan asks for few.
  private final long[] entries;

  private GitleaksIgnore(String text, String name, long[] entries) {
    this.text = text;
    this.name = requireNonNull(name, "name");
    this.entries = entries;
  }

  /// Reads a file that reports call `name`; lines of any other form are passed over.
  public static GitleaksIgnore parse(String text, String name) {
    long[] entries = new long[64];
    int count = 0;
    for (int start = 0; start < text.length(); start = end(text, start) + 1) {
      Matcher entry = entry(text, start);
      if (entry.matches()) {
        if (count == entries.length) {
          entries = Arrays.copyOf(entries, 2 * count);
        }
        entries[count++] = key(PeerPath.of(entry.group(2)), line(entry)) | start;
      }
    }
    entries = Arrays.copyOf(entries, count);
    Arrays.sort(entries);
    return new GitleaksIgnore(text, name, entries);
  }

  private static long key(String path, int line) {
    return (31L * path.hashCode() + line) << Integer.SIZE;
  }

  private static int end(String text, int start) {
    int end = text.indexOf('\n', start);
    return end < 0 ? text.length() : end;
  }

  private static Matcher entry(String text, int start) {
    return ENTRY.matcher(text.substring(start, end(text, start)).strip());
  }

  private static int line(Matcher entry) {
    return Integer.parseInt(entry.group(4));
  }

  @Override
  public Optional<Suppression> judge(HeldFinding held, Place place, String path) {
    int line = place.location().line();
    long key = key(path, line);
    int at = Arrays.binarySearch(entries, key);
    String commit = place.provenance().commitId().orElse("-");
    boolean named = false;
    for (int i = at < 0 ? -at - 1 : at;
        i < entries.length && entries[i] >>> 32 == key >>> 32;
        i++) {
      Matcher entry = entry(text, (int) entries[i]);
      named |=
          entry.matches()
              && PeerPath.of(entry.group(2)).equals(path)
              && line(entry) == line
              && (entry.group(1) == null || entry.group(1).equals(commit));
    }
    if (!named) {
      return Optional.empty();
    }
    return Optional.of(new Suppression(Suppression.Kind.IGNORE_FILE, name, ""));
  }
}
