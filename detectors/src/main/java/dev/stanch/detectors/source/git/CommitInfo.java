package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Who made a commit, and when.
///
/// @param id the commit's id in hexadecimal digits
/// @param author the author's name and mail address as the commit has them
/// @param authored the author's date
/// @param committed the committer's date
public record CommitInfo(String id, String author, Instant authored, Instant committed) {
  private static final long LATEST =
      253402300799L; // the end of the year 9999: what reports can print

  public CommitInfo {
    requireNonNull(id, "id");
    requireNonNull(author, "author");
    requireNonNull(authored, "authored");
    requireNonNull(committed, "committed");
  }

  /// Reads who made a commit from its bytes; what they do not say is empty or the epoch.
  static CommitInfo of(String id, byte[] commit) {
    String author = "";
    long authored = 0;
    long committed = 0;
    for (int at = 0; at < commit.length && commit[at] != '\n'; ) {
      int end = at;
      while (end < commit.length && commit[end] != '\n') {
        end++;
      }
      String line = new String(commit, at, end - at, StandardCharsets.UTF_8);
      if (line.startsWith("author ")) {
        int close = line.lastIndexOf('>');
        author = close < 0 ? line.substring(7) : line.substring(7, close + 1);
        authored = CommitTable.dateOf(commit, at, end);
      } else if (line.startsWith("committer ")) {
        committed = CommitTable.dateOf(commit, at, end);
        break;
      }
      at = end + 1;
    }
    return new CommitInfo(id, author, instant(authored), instant(committed));
  }

  private static Instant instant(long seconds) {
    return Instant.ofEpochSecond(Math.min(seconds, LATEST));
  }
}
