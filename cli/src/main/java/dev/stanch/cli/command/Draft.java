package dev.stanch.cli.command;

import dev.stanch.cli.UserConfiguration;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.run.Asker;
import dev.stanch.revokers.run.Providers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Tokens, what their providers say about them, and what to do.
record Draft(List<Planner.Verified> verified, Plan plan) {
  Draft {
    verified = List.copyOf(verified);
  }

  /// Asks and plans.
  static Draft of(Wiring wiring, Gathered gathered, InputOptions input, Providers providers)
      throws UserFault, InterruptedException {
    UserConfiguration configuration = wiring.userConfiguration();
    var held = List.copyOf(gathered.tokens().values());
    List<Planner.Verified> verified =
        new Asker(providers, configuration.canaries())
            .ask(held, gathered.verifiable(input), Asker.Depth.KEY);
    Set<ProviderId> ids = new TreeSet<>();
    for (HeldFinding one : held) {
      ids.add(one.finding().provider());
    }
    var planner =
        new Planner(
            providers.capabilities(ids),
            configuration.owners(),
            configuration.canaries(),
            inUse(wiring, providers));
    var warnings = new ArrayList<>(providers.redirections(ids));
    warnings.addAll(providers.skews());
    if (!gathered.complete()) {
      warnings.add("not everything could be read: there may be more tokens");
    }
    return new Draft(
        verified,
        planner.plan(wiring.console().environment().clock().instant(), warnings, verified));
  }

  /// The ids of what this machine works with.
  private static Set<TokenId> inUse(Wiring wiring, Providers providers) throws UserFault {
    var ids = new HashSet<TokenId>();
    for (Secret secret : providers.credentialsInUse()) {
      try (secret) {
        ids.add(secret.idUnder(wiring.tokenKey()));
      }
    }
    return ids;
  }

  /// Whether a token works, as far as anybody knows.
  boolean anyLive() {
    return verified.stream().anyMatch(one -> !one.verification().dead());
  }
}
