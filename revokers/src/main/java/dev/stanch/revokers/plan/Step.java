package dev.stanch.revokers.plan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Guidance;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing to do about one token. Holds no token text.
public sealed interface Step {
  /// The token and what is known of it.
  Subject subject();

  /// The name of what is done, as plans print it.
  String verb();

  /// The call that ends the token, alone or as the end of a rotation; empty where none is made.
  default Optional<Act> act() {
    return switch (this) {
      case Act act -> Optional.of(act);
      case Rotate rotate -> Optional.of(rotate.revocation());
      case ByHand _, Blocked _, Nothing _ -> Optional.empty();
    };
  }

  /// A call to the provider.
  ///
  /// @param keyId the provider's name of the key, or `by-value`
  /// @param tenant whose key it is; null where the call takes the token itself
  /// @param collateral what else stops working with it
  /// @param otherwise the provider's names of the same key in other ways, taken where it refuses
  ///   the first
  /// @param batch which call of its provider it goes with
  /// @param chosen the key as a person saw it who chose it, where the provider's listing does not
  ///   tell which key the token is; null where it does
  /// @param after tokens that die with it: what takes their place must be live first
  record Act(
      Subject subject,
      Action action,
      String keyId,
      @Nullable String tenant,
      List<String> collateral,
      List<String> otherwise,
      int batch,
      @Nullable ListedKey chosen,
      List<TokenId> after)
      implements Step {
    public Act {
      requireNonNull(subject, "subject");
      requireNonNull(action, "action");
      requireNonNull(keyId, "keyId");
      collateral = List.copyOf(collateral);
      otherwise = List.copyOf(otherwise);
      after = List.copyOf(after);
      if (chosen != null && !chosen.id().equals(keyId)) {
        throw new IllegalArgumentException("another key than was chosen");
      }
    }

    /// What a provider's answer to which key the token is means for this step: of several keys the
    /// one that a person chose, if it is there as it was. One that went is nobody's key.
    public Target found(Target answer) {
      if (chosen == null || !(answer instanceof Target.Ambiguous(var keys))) {
        return answer;
      }
      for (Target.Listed each : keys) {
        if (each.key().keyId().equals(chosen.id())) {
          return chosen.stillIs(each) ? each.key() : answer;
        }
      }
      return new Target.Foreign("the key that a person chose is not listed any more");
    }

    /// Whether nothing brings the token back.
    public boolean irreversible() {
      return action != Action.DISABLE;
    }

    @Override
    public String verb() {
      return action.label();
    }

    /// The deletion of the same key.
    public Act deletion() {
      return with(Action.REVOKE, collateral, batch, after);
    }

    /// The same where more dies with it.
    Act withCollateral(List<String> more) {
      var all = new ArrayList<>(collateral);
      more.stream().filter(each -> !all.contains(each)).forEach(all::add);
      return with(action, all, batch, after);
    }

    Act inBatch(int number) {
      return with(action, collateral, number, after);
    }

    Act after(List<TokenId> tokens) {
      return with(action, collateral, batch, tokens);
    }

    private Act with(Action how, List<String> also, int number, List<TokenId> tokens) {
      return new Act(subject, how, keyId, tenant, also, otherwise, number, chosen, tokens);
    }
  }

  /// A new key in the place of the old one: minted, delivered to every sink, taken into use,
  /// verified; then the old one is ended and proven dead.
  ///
  /// @param revocation how the old key ends
  /// @param minting how the new key comes to be
  /// @param sinks what it is delivered to, in this order
  /// @param soak how long the old key may go on being used after the new one was taken into use; it
  ///   ends earlier where its last use lies before that
  /// @param first why the old key ends before a new one is made; empty where it ends last
  /// @param uncovered the places that no sink writes
  record Rotate(
      Act revocation,
      Minting minting,
      List<PlannedSink> sinks,
      Duration soak,
      String first,
      List<Uncovered> uncovered)
      implements Step {
    public Rotate {
      requireNonNull(revocation, "revocation");
      requireNonNull(minting, "minting");
      sinks = List.copyOf(sinks);
      requireNonNull(soak, "soak");
      requireNonNull(first, "first");
      uncovered = List.copyOf(uncovered);
      if (sinks.isEmpty()) {
        throw new IllegalArgumentException("a rotation has a sink");
      }
      if (soak.isNegative()) {
        throw new IllegalArgumentException("a soak is no negative time");
      }
    }

    @Override
    public Subject subject() {
      return revocation.subject();
    }

    /// Whether the old key ends before a new one is made.
    public boolean revokesFirst() {
      return !first.isEmpty();
    }

    /// What a person must have changed before the old key ends: places that no sink writes and that
    /// something reads. None where it ends before there is anything to change them to.
    public List<Place> byHandFirst() {
      return revokesFirst() || inPlace()
          ? List.of()
          : uncovered.stream().filter(Uncovered::inUse).map(Uncovered::place).toList();
    }

    /// Whether the old key dies while the new one is minted.
    public boolean inPlace() {
      return minting instanceof Minting.ByCall(Rotator.Manner manner, _)
          && manner == Rotator.Manner.IN_PLACE;
    }

    @Override
    public String verb() {
      return "rotate";
    }

    Rotate inBatch(int number) {
      return ending(revocation.inBatch(number));
    }

    Rotate after(List<TokenId> tokens) {
      return ending(revocation.after(tokens));
    }

    private Rotate ending(Act how) {
      return new Rotate(how, minting, sinks, soak, first, uncovered);
    }
  }

  /// How a new key comes to be.
  sealed interface Minting {
    /// A call makes it.
    ///
    /// @param how which call, of whose key
    record ByCall(Rotator.Manner manner, String how) implements Minting {
      public ByCall {
        requireNonNull(manner, "manner");
        requireNonNull(how, "how");
      }
    }

    /// A person makes it, as the subject's advice says, and supplies its value.
    record ByPerson(String why) implements Minting {
      public ByPerson {
        requireNonNull(why, "why");
      }
    }
  }

  /// A sink as it was when the plan was made.
  ///
  /// @param updatedAt when it was written last, where nobody can read it; null where it holds the
  ///   old token
  record PlannedSink(SinkAddress address, @Nullable Instant updatedAt) {
    public PlannedSink {
      requireNonNull(address, "address");
    }
  }

  /// A place of a token that no sink writes: a person changes it.
  ///
  /// @param inUse whether something may read the token there; nothing does in the history of a
  ///   repository or in a log
  record Uncovered(Place place, boolean inUse) {
    public Uncovered {
      requireNonNull(place, "place");
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
