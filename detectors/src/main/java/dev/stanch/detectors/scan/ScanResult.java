package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Skip;
import java.util.List;

/// What a scan gives: findings with their tokens in hand, what was not read, and how much was.
public record ScanResult(List<HeldFinding> findings, List<Skip> skips, State state, Counts counts)
    implements AutoCloseable {
  /// Whether everything was read.
  public enum State {
    /// Everything.
    COMPLETE,
    /// Something was skipped.
    INCOMPLETE,
    /// The caller stopped it.
    INTERRUPTED
  }

  /// How much was read.
  public record Counts(long bytes, long texts, long commits, double seconds) {}

  public ScanResult {
    findings = List.copyOf(findings);
    skips = List.copyOf(skips);
  }

  /// Wipes the tokens.
  @Override
  public void close() {
    findings.forEach(HeldFinding::close);
  }
}
