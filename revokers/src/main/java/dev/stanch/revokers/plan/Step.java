package dev.stanch.revokers.plan;

import static java.util.Objects.requireNonNull;

import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Guidance;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing to do about one token. Holds no token text.
public sealed interface Step {
  /// The token and what is known of it.
  Subject subject();

  /// The name of what is done, as plans print it.
  String verb();

  /// A call to the provider.
  ///
  /// @param keyId the provider's name of the key, or `by-value`
  /// @param tenant whose key it is; null where the call takes the token itself
  /// @param collateral what else stops working with it
  /// @param otherwise the provider's names of the same key in other ways, taken where it refuses
  ///   the first
  /// @param batch which call of its provider it goes with
  record Act(
      Subject subject,
      Action action,
      String keyId,
      @Nullable String tenant,
      List<String> collateral,
      List<String> otherwise,
      int batch)
      implements Step {
    public Act {
      requireNonNull(subject, "subject");
      requireNonNull(action, "action");
      requireNonNull(keyId, "keyId");
      collateral = List.copyOf(collateral);
      otherwise = List.copyOf(otherwise);
    }

    /// Whether nothing brings the token back.
    public boolean irreversible() {
      return action == Action.REVOKE;
    }

    @Override
    public String verb() {
      return action == Action.DISABLE ? "disable" : "revoke";
    }

    /// The deletion of the same key.
    public Act deletion() {
      return new Act(subject, Action.REVOKE, keyId, tenant, collateral, otherwise, batch);
    }

    Act inBatch(int number) {
      return new Act(subject, action, keyId, tenant, collateral, otherwise, number);
    }
  }

  /// Something that a person has to do.
  record ByHand(Subject subject, String why, @Nullable Guidance guide) implements Step {
    public ByHand {
      requireNonNull(subject, "subject");
      requireNonNull(why, "why");
    }

    @Override
    public String verb() {
      return "by hand";
    }

    /// Where and how, if somebody knows.
    public Optional<Guidance> guidance() {
      return Optional.ofNullable(guide);
    }
  }

  /// Something that a guard forbids: the key of another tenant, or one that cannot be told apart.
  record Blocked(Subject subject, String why) implements Step {
    public Blocked {
      requireNonNull(subject, "subject");
      requireNonNull(why, "why");
    }

    @Override
    public String verb() {
      return "blocked";
    }
  }

  /// Nothing to do: dead already, or not to be touched.
  record Nothing(Subject subject, String why) implements Step {
    public Nothing {
      requireNonNull(subject, "subject");
      requireNonNull(why, "why");
    }

    @Override
    public String verb() {
      return "nothing";
    }
  }
}
