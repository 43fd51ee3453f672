package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Replaces keys by new ones of the same principal with the same rights. Thread-safe.
///
/// Whoever calls writes down what [#keys] listed before each [#mint], so that a key whose value was
/// lost with a dying process is found again and ended: no method here remembers anything.
public interface Rotator {
  /// Whether and how the key of a token can be replaced by a call. Changes nothing.
  ///
  /// @param key as [Revoker#locate] gave it
  Offer offer(HeldFinding token, Target.Located key, RevealPermit permit)
      throws InterruptedException;

  /// How a key can be replaced.
  sealed interface Offer {
    /// By a call.
    ///
    /// @param how which call, of whose key, in words for the plan
    /// @param collateral what else the call ends, in the provider's words
    record Possible(Manner manner, String how, List<String> collateral) implements Offer {
      public Possible {
        requireNonNull(manner, "manner");
        requireNonNull(how, "how");
        collateral = List.copyOf(collateral);
      }
    }

    /// Only a person can make a new one, or nobody now: a limit is reached.
    record ByHand(String reason) implements Offer {
      public ByHand {
        requireNonNull(reason, "reason");
      }
    }

    /// It takes a credential that is not here.
    record NeedsCredential(AdminVariable variable) implements Offer {
      public NeedsCredential {
        requireNonNull(variable, "variable");
      }
    }

    /// The provider did not say.
    record Unclear(String reason) implements Offer {
      public Unclear {
        requireNonNull(reason, "reason");
      }
    }
  }

  /// What becomes of the old key when a new one is minted.
  enum Manner {
    /// It lives on beside the new one until it is revoked.
    CREATE,
    /// It dies in the same call. Offered only where there is no other way, and only with a
    /// credential that works without the old key: a lost answer is resumed with it.
    IN_PLACE;

    /// The name in plans.
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The manner of a label.
    public static Manner of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /// The ids of the keys among which the new one will be listed, as [Mint.Minted#keyId] names them:
  /// those of the same principal. Changes nothing.
  Keys keys(HeldFinding token, Target.Located key, RevealPermit permit) throws InterruptedException;

  /// What a provider lists.
  sealed interface Keys {
    /// All of them.
    record Listed(Set<String> ids) implements Keys {
      public Listed {
        ids = Set.copyOf(ids);
      }
    }

    /// No complete listing: nothing is minted then.
    record Unclear(String reason) implements Keys {
      public Unclear {
        requireNonNull(reason, "reason");
      }
    }
  }

  /// Makes a new key, in one call that is sent once. Never throws for what a provider or a network
  /// may do: no answer, or one that says nothing, is [Mint.Unclear].
  ///
  /// @param key what is replaced: the old key, or, where an earlier call of manner
  ///   [Manner#IN_PLACE] got through and its answer was lost, the key that [#find] found; that one
  ///   is replaced with the operator's credential alone, never with the old token
  /// @param marker goes into the new key's name, tag or comment where it has one: at most 40
  ///   lower-case letters, digits and hyphens
  Mint mint(HeldFinding token, Target.Located key, String marker, RevealPermit permit)
      throws InterruptedException;

  /// How minting ended.
  sealed interface Mint {
    /// There is a new key.
    ///
    /// @param secret its value, which is told only now; whoever takes it closes it
    /// @param keyId enough to find and end it: what [#discard] takes
    /// @param parts its companions, under the names of the old finding's parts: a key id, a user
    /// @param scopes what it may do, as the provider spells it; empty where untold
    /// @param expiresAt when it ends by itself, where told
    record Minted(
        Secret secret,
        String keyId,
        List<Part> parts,
        List<String> scopes,
        @Nullable Instant expiresAt)
        implements Mint {
      public Minted {
        requireNonNull(secret, "secret");
        requireNonNull(keyId, "keyId");
        parts = List.copyOf(parts);
        scopes = List.copyOf(scopes);
      }
    }

    /// The provider refused; there is no new key.
    record Refused(String reason) implements Mint {
      public Refused {
        requireNonNull(reason, "reason");
      }
    }

    /// The call was not sent, since what it needs is not told; there is no new key.
    record NotMade(String reason) implements Mint {
      public NotMade {
        requireNonNull(reason, "reason");
      }
    }

    /// The provider takes no more calls for now; there is no new key.
    ///
    /// @param until when to ask again, where told
    record Limited(@Nullable Instant until) implements Mint {}

    /// There may or may not be a new key: [#find] tells.
    record Unclear(String reason) implements Mint {
      public Unclear {
        requireNonNull(reason, "reason");
      }
    }
  }

  /// Looks for the key of a [#mint] whose answer was lost: the one with this marker up to its last
  /// hyphen, behind which another process that came late may have had another text, or, where keys
  /// take none, the single one that is not in `before`, was made by the principal that would have
  /// made it and was never used. Where nothing tells whether it was used, a person decides. Changes
  /// nothing, and does not use the old token where that may be dead.
  ///
  /// @param before what [#keys] listed before the call
  Orphan find(
      HeldFinding token, Target.Located key, String marker, Set<String> before, RevealPermit permit)
      throws InterruptedException;

  /// What was found of a lost key.
  sealed interface Orphan {
    /// No key was made: the listing is complete and holds none that could be it.
    record None() implements Orphan {}

    /// Exactly one.
    record One(Target.Located key) implements Orphan {
      public One {
        requireNonNull(key, "key");
      }
    }

    /// Some that could be it, or one that bears another incident's marker or was used: a person
    /// decides.
    record Doubtful(List<String> keyIds, String reason) implements Orphan {
      public Doubtful {
        keyIds = List.copyOf(keyIds);
        requireNonNull(reason, "reason");
      }
    }

    /// The provider did not say.
    record Unclear(String reason) implements Orphan {
      public Unclear {
        requireNonNull(reason, "reason");
      }
    }
  }

  /// How long after a call that was cut off its key may still be missing in the listing.
  default Duration settling() {
    return Duration.ofSeconds(10);
  }

  /// Ends a key that nobody has the value of. Sent twice it does no more than once.
  ///
  /// @param token the old one
  /// @param orphan as [#find] gave it, or with the id of [Mint.Minted]
  ActionResult discard(HeldFinding token, Target.Located orphan, RevealPermit permit)
      throws InterruptedException;
}
