package dev.stanch.revokers.journal;

import static java.util.Objects.requireNonNull;

import dev.stanch.revokers.spi.Action;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where a step stands. The one table of what may follow what is [Kind#next]; in the journal it is
/// written as [StateJson] has it.
public sealed interface StepState {
  /// The states by name.
  enum Kind {
    PLANNED,
    HANDED_OVER,
    MINTING,
    MINTED,
    DELIVERING,
    DELIVERED,
    ACTIVATED,
    VERIFIED,
    INTENT,
    CALLED,
    REVOKED_UNPROVEN,
    REVOKED,
    CONTAINED,
    DEAD,
    REFUSED,
    NEEDS_TOKEN,
    GUIDED,
    PARKED,
    WITHHELD,
    SPARED,
    RESTORED,
    REPLACED;

    /// The name in the journal and in reports.
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Kind of(String label) {
      return valueOf(label.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    /// What may follow. A call may have been made in `INTENT` and later; whoever finds a step there
    /// asks the provider before anything else. A rotation goes from `PLANNED`, or from
    /// `HANDED_OVER` where a person mints, through its own states to `VERIFIED`, where a revocation
    /// begins that never goes back behind it. One that revokes first goes from `PLANNED` through a
    /// revocation to `REVOKED`, where its minting begins, and from `VERIFIED` to its end; a person
    /// is asked where no call makes the new key, and the call is made again in a later run. A token
    /// that was switched off is switched on again, by an `INTENT` too, where no new key of it is on
    /// its way.
    Set<Kind> next() {
      return switch (this) {
        case PLANNED ->
            EnumSet.of(
                INTENT,
                MINTING,
                HANDED_OVER,
                REVOKED,
                DEAD,
                CONTAINED,
                REFUSED,
                NEEDS_TOKEN,
                PARKED,
                WITHHELD);
        case HANDED_OVER -> EnumSet.of(MINTED, MINTING, HANDED_OVER, INTENT, DEAD, REFUSED);
        case MINTING -> EnumSet.of(MINTED, MINTING, PLANNED, REVOKED, HANDED_OVER, REFUSED);
        case MINTED -> EnumSet.of(DELIVERING, MINTING, HANDED_OVER);
        case DELIVERING -> EnumSet.of(DELIVERED, MINTING, HANDED_OVER);
        case DELIVERED -> EnumSet.of(DELIVERING, DELIVERED, ACTIVATED, MINTING, HANDED_OVER);
        case ACTIVATED -> EnumSet.of(VERIFIED);
        case VERIFIED -> EnumSet.of(INTENT, CALLED, DEAD, CONTAINED, REFUSED, NEEDS_TOKEN, PARKED);
        case INTENT ->
            EnumSet.of(
                CALLED,
                PLANNED,
                VERIFIED,
                REVOKED,
                REFUSED,
                NEEDS_TOKEN,
                DEAD,
                CONTAINED,
                RESTORED);
        case CALLED ->
            EnumSet.of(
                DEAD,
                CONTAINED,
                REVOKED_UNPROVEN,
                REVOKED,
                PLANNED,
                VERIFIED,
                NEEDS_TOKEN,
                RESTORED);
        case REVOKED_UNPROVEN ->
            EnumSet.of(DEAD, CONTAINED, REVOKED_UNPROVEN, REVOKED, PLANNED, VERIFIED, NEEDS_TOKEN);
        case REVOKED -> EnumSet.of(MINTING, HANDED_OVER, INTENT);
        case CONTAINED -> EnumSet.of(INTENT, DEAD);
        case PARKED -> EnumSet.of(PLANNED, VERIFIED, WITHHELD);
        case NEEDS_TOKEN -> EnumSet.of(PLANNED, VERIFIED, WITHHELD);
        case GUIDED -> EnumSet.of(DEAD, REPLACED);
        case WITHHELD -> EnumSet.of(PLANNED, HANDED_OVER, DEAD);
        case DEAD, REFUSED, SPARED, RESTORED, REPLACED -> EnumSet.noneOf(Kind.class);
      };
    }

    /// Whether a run works on it.
    public boolean open() {
      return switch (this) {
        case PLANNED,
            MINTING,
            MINTED,
            DELIVERING,
            DELIVERED,
            ACTIVATED,
            VERIFIED,
            INTENT,
            CALLED,
            REVOKED_UNPROVEN,
            REVOKED,
            PARKED ->
            true;
        case HANDED_OVER,
            CONTAINED,
            DEAD,
            REFUSED,
            NEEDS_TOKEN,
            GUIDED,
            WITHHELD,
            SPARED,
            RESTORED,
            REPLACED ->
            false;
      };
    }

    /// Whether a replacement is on its way, and the old token not yet called off, or so first.
    public boolean rotating() {
      return switch (this) {
        case MINTING, MINTED, DELIVERING, DELIVERED, ACTIVATED, REVOKED -> true;
        case PLANNED,
            HANDED_OVER,
            VERIFIED,
            INTENT,
            CALLED,
            REVOKED_UNPROVEN,
            CONTAINED,
            DEAD,
            REFUSED,
            NEEDS_TOKEN,
            GUIDED,
            PARKED,
            WITHHELD,
            SPARED,
            RESTORED,
            REPLACED ->
            false;
      };
    }

    /// Whether a replacement may still come, and is not live yet.
    public boolean awaitsReplacement() {
      return switch (this) {
        case PLANNED,
            HANDED_OVER,
            MINTING,
            MINTED,
            DELIVERING,
            DELIVERED,
            ACTIVATED,
            NEEDS_TOKEN,
            PARKED ->
            true;
        case VERIFIED,
            INTENT,
            CALLED,
            REVOKED_UNPROVEN,
            REVOKED,
            CONTAINED,
            DEAD,
            REFUSED,
            GUIDED,
            WITHHELD,
            SPARED,
            RESTORED,
            REPLACED ->
            false;
      };
    }

    /// Whether nothing is left for anybody to do.
    public boolean settled() {
      return switch (this) {
        case DEAD, SPARED, RESTORED, REPLACED -> true;
        case PLANNED,
            HANDED_OVER,
            MINTING,
            MINTED,
            DELIVERING,
            DELIVERED,
            ACTIVATED,
            VERIFIED,
            INTENT,
            CALLED,
            REVOKED_UNPROVEN,
            REVOKED,
            CONTAINED,
            REFUSED,
            NEEDS_TOKEN,
            GUIDED,
            PARKED,
            WITHHELD ->
            false;
      };
    }
  }

  /// Its name.
  Kind kind();

  /// The new key that it is about, where there is one.
  default Optional<Replacement> replacement() {
    return switch (this) {
      case Minted(var made) -> Optional.of(made);
      case Delivering(var made, _, _) -> Optional.of(made);
      case Delivered(var made, _) -> Optional.of(made);
      case Activated(var made, _) -> Optional.of(made);
      case Verified(var made, _, _) -> Optional.of(made);
      case Planned _,
          HandedOver _,
          Minting _,
          Intent _,
          Called _,
          RevokedUnproven _,
          Revoked _,
          Contained _,
          Dead _,
          Refused _,
          NeedsToken _,
          Guided _,
          Parked _,
          Withheld _,
          Spared _,
          Restored _,
          Replaced _ ->
          Optional.empty();
    };
  }

  /// It in words, for people.
  default String text() {
    return switch (this) {
      case Planned _ -> "not begun";
      case HandedOver(var why) -> why;
      case Minting(var marker, _, _) -> "about to mint " + marker;
      case Minted(var made) -> "minted " + made.words();
      case Delivering(var made, var delivered, var sink) ->
          "about to deliver " + made.words() + " to " + sink + after(delivered);
      case Delivered(var made, var delivered) ->
          "delivered " + made.words() + " to " + String.join(", ", delivered.keySet());
      case Activated(var made, var at) -> made.words() + " taken into use " + seconds(at);
      case Verified(var made, _, var at) -> made.words() + " proven live " + seconds(at);
      case Intent(_, var action, _, var attempt) ->
          "about to " + action.label() + (attempt > 1 ? ", attempt " + attempt : "");
      case Called(_, var action, var result, _) -> action.label() + " called: " + result;
      case RevokedUnproven(var why) -> why;
      case Revoked(var end) -> "ended first, its replacement is to come: " + end.text();
      case Contained(var at) -> "contained, proven " + seconds(at);
      case Dead(var detail, var first, var last) ->
          detail
              + (first == null || last == null
                  ? ""
                  : ", refused " + seconds(first) + " and " + seconds(last));
      case Refused(var why) -> why;
      case NeedsToken(var why) -> why;
      case Guided(var why) -> why;
      case Parked(var until, var why) -> why + ", until " + seconds(until);
      case Withheld(var why) -> why;
      case Spared(var why) -> why;
      case Restored(var at) -> "switched on again " + seconds(at);
      case Replaced(var how) -> how;
    };
  }

  private static String after(SortedMap<String, String> delivered) {
    return delivered.isEmpty() ? "" : ", after " + String.join(", ", delivered.keySet());
  }

  private static Instant seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  /// Nothing was sent.
  record Planned() implements StepState {
    @Override
    public Kind kind() {
      return Kind.PLANNED;
    }
  }

  /// The link and the permissions are with a person, whose new value is to come.
  record HandedOver(String why) implements StepState {
    public HandedOver {
      requireNonNull(why, "why");
    }

    @Override
    public Kind kind() {
      return Kind.HANDED_OVER;
    }
  }

  /// A new key is about to be minted, or was: nobody knows.
  ///
  /// @param marker what it is called
  /// @param before the ids of the keys that were there before
  /// @param replaces the key that it takes the place of, where that is one whose value was lost;
  ///   empty for the old one
  record Minting(String marker, Set<String> before, String replaces) implements StepState {
    public Minting {
      requireNonNull(marker, "marker");
      requireNonNull(replaces, "replaces");
      before = Collections.unmodifiableSortedSet(new TreeSet<>(before));
    }

    @Override
    public Kind kind() {
      return Kind.MINTING;
    }
  }

  /// There is a new key, and its value in memory alone.
  record Minted(Replacement made) implements StepState {
    public Minted {
      requireNonNull(made, "made");
    }

    @Override
    public Kind kind() {
      return Kind.MINTED;
    }
  }

  /// A sink is about to be written, or was: nobody knows.
  ///
  /// @param delivered the sinks that have it, each with when it was written as the store says;
  ///   empty where it can be read instead
  /// @param sink which one
  record Delivering(Replacement made, SortedMap<String, String> delivered, String sink)
      implements StepState {
    public Delivering {
      requireNonNull(made, "made");
      delivered = Collections.unmodifiableSortedMap(new TreeMap<>(delivered));
      requireNonNull(sink, "sink");
    }

    @Override
    public Kind kind() {
      return Kind.DELIVERING;
    }
  }

  /// These sinks have the new value.
  ///
  /// @param delivered as in [Delivering]
  record Delivered(Replacement made, SortedMap<String, String> delivered) implements StepState {
    public Delivered {
      requireNonNull(made, "made");
      delivered = Collections.unmodifiableSortedMap(new TreeMap<>(delivered));
    }

    @Override
    public Kind kind() {
      return Kind.DELIVERED;
    }
  }

  /// Whatever uses the sinks has the new value.
  record Activated(Replacement made, Instant at) implements StepState {
    public Activated {
      requireNonNull(made, "made");
      requireNonNull(at, "at");
    }

    @Override
    public Kind kind() {
      return Kind.ACTIVATED;
    }
  }

  /// The new key is live and in use; the old one is to go.
  ///
  /// @param activated when it was taken into use
  record Verified(Replacement made, Instant activated, Instant at) implements StepState {
    public Verified {
      requireNonNull(made, "made");
      requireNonNull(activated, "activated");
      requireNonNull(at, "at");
    }

    @Override
    public Kind kind() {
      return Kind.VERIFIED;
    }
  }

  /// A call is about to be made, or was: nobody knows.
  ///
  /// @param call the same for all steps that go in one call
  record Intent(String call, Action action, String keyId, int attempt) implements StepState {
    public Intent {
      requireNonNull(call, "call");
      requireNonNull(action, "action");
      requireNonNull(keyId, "keyId");
    }

    @Override
    public Kind kind() {
      return Kind.INTENT;
    }
  }

  /// The call was made.
  ///
  /// @param result how it ended, in words
  record Called(String call, Action action, String result, int attempt) implements StepState {
    public Called {
      requireNonNull(call, "call");
      requireNonNull(action, "action");
      requireNonNull(result, "result");
    }

    @Override
    public Kind kind() {
      return Kind.CALLED;
    }
  }

  /// The provider took the call, and still accepts the token or does not say.
  record RevokedUnproven(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.REVOKED_UNPROVEN;
    }
  }

  /// Ended and proven so before a new key is made, which is to come.
  ///
  /// @param end how it ended: what the step is brought to once it is replaced
  record Revoked(StepState end) implements StepState {
    public Revoked {
      if (!(end instanceof Dead || end instanceof Contained)) {
        throw new IllegalArgumentException("a token ends dead or contained");
      }
    }

    @Override
    public Kind kind() {
      return Kind.REVOKED;
    }
  }

  /// Switched off and proven so; it can be switched on again.
  record Contained(Instant at) implements StepState {
    @Override
    public Kind kind() {
      return Kind.CONTAINED;
    }
  }

  /// Refused by its provider for good.
  ///
  /// @param first when the first of two refusals came; null where it was dead before the incident
  /// @param last when the second came
  record Dead(String detail, @Nullable Instant first, @Nullable Instant last) implements StepState {
    @Override
    public Kind kind() {
      return Kind.DEAD;
    }
  }

  /// A guard or the provider said no.
  record Refused(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.REFUSED;
    }
  }

  /// The token does not stand any more where it was found.
  record NeedsToken(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.NEEDS_TOKEN;
    }
  }

  /// A person has to act.
  record Guided(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.GUIDED;
    }
  }

  /// The provider takes no more calls for a while.
  record Parked(Instant until, String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.PARKED;
    }
  }

  /// Nobody released it.
  record Withheld(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.WITHHELD;
    }
  }

  /// Not to be touched.
  record Spared(String why) implements StepState {
    @Override
    public Kind kind() {
      return Kind.SPARED;
    }
  }

  /// Switched on again on demand.
  record Restored(Instant at) implements StepState {
    @Override
    public Kind kind() {
      return Kind.RESTORED;
    }
  }

  /// A secret that nobody shows holds something else by now; what it held may live on.
  record Replaced(String how) implements StepState {
    public Replaced {
      requireNonNull(how, "how");
    }

    @Override
    public Kind kind() {
      return Kind.REPLACED;
    }
  }
}
