package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Fingerprint;
import java.util.List;

/// A finding with what is known about it beyond the scan.
public record ReportedFinding(
    Finding finding, List<Fingerprint> fingerprints, ReportedVerification verification) {
  public ReportedFinding {
    requireNonNull(finding, "finding");
    requireNonNull(verification, "verification");
    fingerprints = List.copyOf(fingerprints);
  }

  /// Whether somebody has to do something about it.
  public boolean counts() {
    return finding.status() == Finding.Status.NEW;
  }
}
