package dev.stanch.cli.report;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Provenance;

/// What to do first about a finding, in one sentence, by where the token stands: what others may
/// have copied is to be revoked, what only stands in the index is to be taken out.
final class NextStep {
  private NextStep() {}

  static String of(Finding finding) {
    boolean staged = false;
    boolean shared = false;
    for (var place : finding.places()) {
      var provenance = place.provenance();
      if (provenance instanceof Provenance.Git git && git.commit() == null) {
        staged = true;
      } else if (provenance instanceof Provenance.Git
          || provenance instanceof Provenance.GitMessage) {
        shared = true;
      }
    }
    if (shared) {
      return "revoke it and put a new one in its place: removing the line leaves it in the history";
    }
    return staged
        ? "take it out before you commit: a token in use belongs in the environment or a secret"
            + " store"
        : "revoke it if others could read this, then read it from the environment or a secret"
            + " store";
  }
}
