package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// Who made a commit, and when.
///
/// @param id the commit's id in hexadecimal digits
/// @param author the author's name and mail address as the commit has them
/// @param authored the author's date
/// @param committed the committer's date
public record CommitInfo(String id, String author, Instant authored, Instant committed) {
  public CommitInfo {
    requireNonNull(id, "id");
    requireNonNull(author, "author");
    requireNonNull(authored, "authored");
    requireNonNull(committed, "committed");
  }
}
