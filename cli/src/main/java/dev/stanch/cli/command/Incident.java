package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.run.PlanRunner;
import dev.stanch.revokers.run.Providers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What `verify`, `plan`, `revoke` and `suggest` begin with: a source scanned, its tokens asked
/// about, a plan made.
record Incident(List<Planner.Verified> verified, Plan plan, Map<TokenId, HeldFinding> tokens) {
  /// Scans, asks and plans. The tokens live as long as `result` is open.
  static Incident of(
      ScanResult result, double minConfidence, Providers providers, PlanRunner runner)
      throws InterruptedException {
    var verified = new ArrayList<Planner.Verified>();
    var tokens = new HashMap<TokenId, HeldFinding>();
    for (HeldFinding held : result.findings()) {
      if (held.finding().confidence() >= minConfidence) {
        // Context and generic findings say nothing sure about whose token it is: nobody is asked
        // about them.
        var verification =
            held.finding().evidence().provesProvider()
                ? runner.verify(held)
                : new dev.stanch.revokers.spi.Verification.NotChecked(
                    "nothing proves its provider");
        verified.add(new Planner.Verified(held.finding(), verification));
        tokens.put(held.finding().token(), held);
      }
    }
    return new Incident(
        List.copyOf(verified),
        Planner.plan(verified, providers.capabilities()),
        Map.copyOf(tokens));
  }

  /// Something to do with an incident.
  interface Work {
    int run(Incident incident, PlanRunner runner) throws UserFault, InterruptedException;
  }

  /// Opens everything an incident needs, does `work`, closes it.
  static int run(Wiring wiring, SourceOptions source, Work work)
      throws UserFault, InterruptedException {
    try (Providers providers = wiring.providers();
        ScanResult result = source.scan(wiring)) {
      var runner = new PlanRunner(providers);
      return work.run(of(result, source.minConfidence(), providers, runner), runner);
    }
  }
}
