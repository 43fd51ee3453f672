package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Makes tokens useless. Thread-safe.
public interface Revoker {
  /// What this provider can do. Where it holds [Action#DISABLE] it holds [Action#ENABLE] too.
  Set<Action> actions();

  /// Which key a token is, whose, and what dies with it. Changes nothing.
  Target locate(HeldFinding token, RevealPermit permit) throws InterruptedException;

  /// What the operator's organization lets a token reach: that which [Action#WITHDRAW] takes from
  /// it, by the name that [#act] takes. Nothing of it left is [Target.Foreign]. Changes nothing.
  default Target access(HeldFinding token, RevealPermit permit) throws InterruptedException {
    return new Target.ByHandOnly("no call of its provider takes from it one organization alone");
  }

  /// Whose organization [#access] is about: what another one lets a token reach says nothing of it.
  default Tenant organization(RevealPermit permit) throws InterruptedException {
    return new Tenant.None();
  }

  /// Does `action` to these keys in one call. Never throws for what a provider or a network may do:
  /// no answer, or one that says nothing, is [ActionResult.Unclear].
  ///
  /// @param batch not more than [#largestBatch] keys, each as [#locate] or [#access] gave it
  ActionResult act(Action action, List<Targeted> batch, RevealPermit permit)
      throws InterruptedException;

  /// A token and the key that it is.
  record Targeted(HeldFinding token, Target.Located key) {}

  /// How many keys one call takes at the most.
  default int largestBatch() {
    return 1;
  }

  /// How long the provider documents that a revoked token may still be accepted.
  default Duration propagation() {
    return Duration.ofSeconds(30);
  }

  /// Who the acting credential is, asked before anything is planned. Empty where the calls take the
  /// token itself and no credential besides.
  default Tenant tenant(RevealPermit permit) throws InterruptedException {
    return new Tenant.None();
  }

  /// The keys that the provider lists to the operator, whatever tokens they belong to: what is left
  /// to look at when neither the tokens nor a journal are. Changes nothing.
  default Listing listing(RevealPermit permit) throws InterruptedException {
    return new Listing.None("it lists no keys, or only to who holds the token");
  }

  /// What a provider lists.
  sealed interface Listing {
    /// The ids of all its keys, as [#locate] gives them.
    record Keys(Set<String> ids) implements Listing {
      public Keys {
        ids = Set.copyOf(ids);
      }
    }

    /// Nothing that can be looked through.
    record None(String why) implements Listing {
      public None {
        requireNonNull(why, "why");
      }
    }
  }
}
