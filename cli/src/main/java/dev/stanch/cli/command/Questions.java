package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.run.Inquiry;
import dev.stanch.revokers.run.Providers;
import java.util.List;
import java.util.function.Predicate;

/// Asks providers about everything that was gathered, and shows how far it has come.
final class Questions {
  private final Wiring wiring;
  private final ScanOptions options;

  Questions(Wiring wiring, ScanOptions options) {
    this.wiring = wiring;
    this.options = options;
  }

  List<Planner.Verified> ask(
      Gathered gathered, Predicate<HeldFinding> allowed, Providers providers, Inquiry.Depth depth)
      throws UserFault, InterruptedException {
    var held = List.copyOf(gathered.tokens().values());
    var progress = new ProviderProgress("asked", wiring.console().environment().clockOnTheWall());
    for (HeldFinding one : held) {
      if (allowed.test(one)) {
        progress.expect(one.finding().provider());
      }
    }
    var inquiry = new Inquiry(providers, wiring.userConfiguration().canaries());
    try (var _ = wiring.progressDisplay(progress, options.quiet())) {
      return inquiry.ask(
          held, allowed, depth, answer -> progress.done(answer.finding().provider()));
    }
  }
}
