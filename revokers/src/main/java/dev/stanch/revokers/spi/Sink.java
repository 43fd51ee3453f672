package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One place that a replacement is written to. Thread-safe. No method throws for what a store or a
/// network may do, and none keeps a value longer than the call lasts; texts are for people, in
/// lower case, and hold no token.
///
/// The order of calls is [#look] for the plan, [#look] again right before the new key is minted,
/// [#deliver] with what that look gave, [#look] to read it back, [#activate]. A run that died
/// begins again with [#look].
public interface Sink {
  /// Which one it is.
  SinkAddress address();

  /// What the store holds now. Changes nothing.
  ///
  /// A store that can be read says which of the two values it holds; one that cannot says when it
  /// was written last. Answers of no, and answers that say nothing, are told apart: [State.Missing]
  /// is documented by the store, all else is [State.Unclear].
  ///
  /// @param old what should be replaced
  /// @param fresh the replacement, where it is in hand
  State look(Value old, @Nullable Value fresh, RevealPermit permit) throws InterruptedException;

  /// A token and the companions that stand beside it.
  ///
  /// @param secret what a store of one value holds
  /// @param parts key ids and users, by name, that a sink of free text (a file) replaces wherever
  ///   they stand in the same text; a store of one value leaves them alone
  record Value(Secret secret, List<Part> parts) {
    public Value {
      requireNonNull(secret, "secret");
      parts = List.copyOf(parts);
    }

    /// A token as it was found.
    public static Value of(HeldFinding held) {
      return new Value(held.secret(), held.finding().parts());
    }
  }

  /// What a store holds.
  sealed interface State {
    /// The old value; in a file, in at least one place.
    ///
    /// @param version what [#deliver] compares: a version number, an ETag, a digest of the file. It
    ///   is never shown nor stored; empty where there is none
    record HoldsOld(String version) implements State {
      public HoldsOld {
        requireNonNull(version, "version");
      }
    }

    /// The new value, and the old one nowhere.
    record HoldsNew() implements State {}

    /// Neither: somebody changed it.
    ///
    /// @param values what it may hold in the place of the old one, so that a value that a dead run
    ///   delivered is recognised by its token id: the one value of a store, the words of a text;
    ///   whoever takes them closes them
    record HoldsOther(List<Secret> values) implements State {
      public HoldsOther {
        values = List.copyOf(values);
      }
    }

    /// Something that nobody can read.
    ///
    /// @param updatedAt when it was written last, as the store says
    record WriteOnly(Instant updatedAt) implements State {
      public WriteOnly {
        requireNonNull(updatedAt, "updatedAt");
      }
    }

    /// Nothing of that name.
    record Missing(String reason) implements State {
      public Missing {
        requireNonNull(reason, "reason");
      }
    }

    /// The store did not say, or refuses: a credential is missing, no right, no answer.
    record Unclear(String reason) implements State {
      public Unclear {
        requireNonNull(reason, "reason");
      }
    }
  }

  /// Puts the new value in the place of the old one, and changes nothing besides. Writes only if
  /// the store is still as `seen`: by its own means where it has some (compare-and-set, a resource
  /// version), else by looking right before it writes. Durable when it returns
  /// [Delivery.Delivered]; all or nothing, whenever the process dies. Delivering once more where
  /// the new value is already there is [Delivery.Delivered].
  ///
  /// @param seen what [#look] gave: [State.HoldsOld] or [State.WriteOnly]
  Delivery deliver(Value old, Value fresh, State seen, RevealPermit permit)
      throws InterruptedException;

  /// How a delivery ended.
  sealed interface Delivery {
    /// The store took it.
    ///
    /// @param detail what the store calls the new state, in words; empty where it does not say
    record Delivered(String detail) implements Delivery {
      public Delivered {
        requireNonNull(detail, "detail");
      }
    }

    /// It is not as it was seen, so nothing was written.
    record Changed(String reason) implements Delivery {
      public Changed {
        requireNonNull(reason, "reason");
      }
    }

    /// The store refused; nothing was written.
    record Refused(String reason) implements Delivery {
      public Refused {
        requireNonNull(reason, "reason");
      }
    }

    /// The store takes no more calls for now; nothing was written.
    ///
    /// @param until when to ask again, where told
    record Limited(@Nullable Instant until) implements Delivery {}

    /// It may or may not have been written: [#look] tells.
    record Unclear(String reason) implements Delivery {
      public Unclear {
        requireNonNull(reason, "reason");
      }
    }
  }

  /// Makes whatever uses the place take the new value, and waits until it does: restarts a Space
  /// until it runs, rolls a deployment out until it is available. Done twice it does no harm. The
  /// old value is revoked only after every sink is [Activation.Active] or a person said so.
  default Activation activate(RevealPermit permit) throws InterruptedException {
    return new Activation.ByHand(List.of("restart what uses " + address().text()));
  }

  /// How taking the new value into use ended.
  sealed interface Activation {
    /// Everything that uses the place has the new value.
    record Active(String detail) implements Activation {
      public Active {
        requireNonNull(detail, "detail");
      }
    }

    /// Only a person can do it.
    ///
    /// @param steps what to do, in order
    record ByHand(List<String> steps) implements Activation {
      public ByHand {
        steps = List.copyOf(steps);
      }
    }

    /// It did not come to that, or nobody knows: asking again may help.
    record Unclear(String reason) implements Activation {
      public Unclear {
        requireNonNull(reason, "reason");
      }
    }
  }
}
