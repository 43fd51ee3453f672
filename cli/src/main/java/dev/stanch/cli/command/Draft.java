package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserConfiguration;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.run.Inquiry;
import dev.stanch.revokers.run.Providers;
import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tokens, what their providers say about them, and what to do.
///
/// @param nobodyIsUs whether the user's configuration names no owner, so that nothing counts as
///   ours
record Draft(List<Planner.Verified> verified, Plan plan, Ours ours, boolean nobodyIsUs) {
  Draft {
    verified = List.copyOf(verified);
  }

  /// Asks and plans.
  ///
  /// @param keys which keys a person says tokens are
  /// @param rotation what is wanted of replacements; null where none are
  /// @param due what chooses among the tokens, and takes in what nobody shows; null where all of
  ///   them count
  static Draft of(
      Wiring wiring,
      Gathered gathered,
      InputOptions input,
      Providers providers,
      ChosenKeys keys,
      @Nullable Rotation rotation,
      @Nullable Due due)
      throws UserFault, InterruptedException {
    if (rotation != null && keys.depth() == Inquiry.Depth.ACCESS) {
      throw UserFault.of(
          ExitCode.USAGE,
          "--withdraw with a replacement: what lives on is not replaced",
          "'stanch revoke --withdraw', or a rotation without it");
    }
    UserConfiguration configuration = wiring.userConfiguration();
    Set<ProviderId> ids = new TreeSet<>();
    for (HeldFinding one : gathered.tokens().values()) {
      ids.add(one.finding().provider());
    }
    boolean nobodyIsUs = configuration.owners().names().isEmpty();
    if (nobodyIsUs) {
      wiring.messages().warning("no owner is configured: nobody's token counts as ours");
      wiring.messages().hint("name yourselves under 'owners' in " + wiring.userConfigurationFile());
    }
    providers.missing(ids).forEach(wiring.messages()::warning);
    List<Planner.Verified> verified =
        new Questions(wiring, input.scan())
            .ask(gathered, gathered.verifiable(input), providers, keys.depth());
    var inquiry = new Inquiry(providers, configuration.canaries());
    verified = keys.with(verified, gathered, inquiry, wiring);
    Map<TokenId, Code> code =
        new CodeAround(wiring, null)
            .each(verified.stream().map(Planner.Verified::finding).toList());
    List<Planner.Unshown> unshown = List.of();
    if (due != null) {
      verified = due.tokens(verified, code);
      unshown = due.unshown(gathered.entries(), wiring.tokenKey());
    }
    if (rotation != null) {
      verified = rotation.with(verified, gathered, providers, inquiry);
    }
    Ours ours = Ours.of(wiring, providers);
    var planner =
        new Planner(
            providers.capabilities(ids), ours.owners(), ours.canaries(), ours.inUse(), code);
    var warnings = new ArrayList<>(providers.redirections(ids));
    warnings.addAll(providers.skews());
    warnings.addAll(ChosenKeys.warnings(verified, gathered, inquiry));
    if (rotation != null) {
      rotation.exposed().strange(places(verified)).stream()
          .map(text -> "--public " + text + ": no token stands there, so none ends first for it")
          .forEach(warnings::add);
    }
    if (!gathered.complete()) {
      warnings.add("not everything could be read: there may be more tokens");
    }
    return new Draft(
        verified,
        planner.plan(wiring.console().environment().clock().instant(), warnings, verified, unshown),
        ours,
        nobodyIsUs);
  }

  private static List<Place> places(List<Planner.Verified> verified) {
    return verified.stream().flatMap(one -> one.finding().places().stream()).toList();
  }
}
