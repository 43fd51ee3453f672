package dev.stanch.cli.command;

import dev.stanch.cli.UserConfiguration;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.plan.Canaries;
import dev.stanch.revokers.plan.Group;
import dev.stanch.revokers.plan.Owners;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.run.Providers;
import java.util.HashSet;
import java.util.Set;

/// What is ours by the user's own configuration and this machine's logins of now. A plan says what
/// was ours when it was made, and by whose configuration.
///
/// @param inUse what this machine works with, under the user's key
record Ours(Owners owners, Canaries canaries, Set<TokenId> inUse) {
  Ours {
    inUse = Set.copyOf(inUse);
  }

  static Ours of(Wiring wiring, Providers providers) throws UserFault {
    UserConfiguration configuration = wiring.userConfiguration();
    var inUse = new HashSet<TokenId>();
    for (Secret secret : providers.credentialsInUse()) {
      try (secret) {
        inUse.add(secret.idUnder(wiring.tokenKey()));
      }
    }
    return new Ours(configuration.owners(), configuration.canaries(), inUse);
  }

  /// Whether its verified owner is one of us.
  boolean owns(Subject subject) {
    return owners.include(subject.provider().value(), subject.identity());
  }

  /// Why a token is not in the group that its plan says; empty where it is.
  String objection(Subject subject) {
    return objection(subject, subject.token());
  }

  /// The same, of a plan under another user's key.
  ///
  /// @param token its name under this user's key
  String objection(Subject subject, TokenId token) {
    return canaries.include(subject.identity())
        ? "a canary by your configuration"
        : inUse.contains(token) && subject.group() != Group.IN_USE
            ? "this machine works with it by now: plan again"
            : subject.group() == Group.OURS && !owns(subject)
                ? "not ours by your configuration: plan again"
                : "";
  }
}
