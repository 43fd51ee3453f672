package dev.stanch.revokers.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.Replacement;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A rotation that a run works on: the old token in hand, the new one too as soon as there is one.
/// Of one thread. Closing wipes the new value.
final class Renewal implements AutoCloseable {
  private final int number;
  private final Step.Rotate step;
  private final HeldFinding old;
  private StepStanding standing;
  private @Nullable HeldFinding fresh;
  private int mints;

  Renewal(StepStanding standing, Step.Rotate step, HeldFinding old) {
    this.number = standing.number();
    this.step = step;
    this.old = old;
    this.standing = standing;
  }

  int number() {
    return number;
  }

  Step.Rotate step() {
    return step;
  }

  HeldFinding old() {
    return old;
  }

  StepState state() {
    return standing.state();
  }

  /// How its old key ended, where that came first.
  Optional<StepState.Revoked> revoked() {
    return Optional.ofNullable(standing.revoked());
  }

  /// The state in which nothing of a new key was made.
  StepState unminted() {
    return standing.unminted();
  }

  /// Whether a person made the new key.
  boolean byPerson() {
    return standing.byPerson();
  }

  /// Whether a person was asked for what a call may make now.
  boolean mintsAgain() {
    return standing.mintsAgain();
  }

  /// Since when it is in its state.
  Instant since() {
    return standing.since();
  }

  /// When a sink that nobody can read was last known to be written by us, or else when the plan was
  /// made; null where it can be read.
  @Nullable Instant written(Step.PlannedSink sink) {
    Instant ours = standing.written().get(sink.address().text());
    return ours == null ? sink.updatedAt() : ours;
  }

  /// Whether one more key may be minted in this run.
  boolean mayMint(int most) {
    return mints++ < most;
  }

  /// The last mint made nothing.
  void mintedNothing() {
    mints--;
  }

  void now(StepStanding next) {
    standing = next;
  }

  JournalEntry.Moved to(StepState state) {
    return new JournalEntry.Moved(number, state, null);
  }

  /// The key that the plan is about.
  Target.Located key() {
    Step.Act act = step.revocation();
    return new Target.Located(act.keyId(), act.tenant(), null, null, act.collateral());
  }

  /// A key of which only the id is known.
  Target.Located key(String id) {
    return new Target.Located(id, step.revocation().tenant(), null, null, List.of());
  }

  Optional<HeldFinding> fresh() {
    return Optional.ofNullable(fresh);
  }

  /// Takes a new value; it is wiped with this.
  void take(Secret value, Replacement made) {
    forget();
    fresh = new HeldFinding(renewed(old.finding(), made), value);
  }

  /// Wipes the new value.
  void forget() {
    if (fresh != null) {
      fresh.close();
      fresh = null;
    }
  }

  /// What belongs into a sink: the token, or the part that its address names.
  static Optional<Sink.Value> value(HeldFinding of, SinkAddress where) {
    if (where.part().isEmpty()) {
      return Optional.of(Sink.Value.of(of));
    }
    return of.finding().parts().stream()
        .filter(part -> part.name().equals(where.part()))
        .findFirst()
        .map(part -> new Sink.Value(new Secret(part.value().getBytes(ISO_8859_1)), List.of()));
  }

  private static Finding renewed(Finding old, Replacement made) {
    var parts = new ArrayList<Part>();
    for (Part part : old.parts()) {
      parts.add(
          made.parts().stream()
              .filter(each -> each.name().equals(part.name()))
              .findFirst()
              .orElse(part));
    }
    return new Finding(
        old.rule(),
        old.ruleName(),
        old.provider(),
        old.evidence(),
        made.token(),
        "(new)",
        old.confidence(),
        old.why(),
        old.severity(),
        old.impact(),
        parts,
        old.places(),
        old.status());
  }

  @Override
  public void close() {
    forget();
  }
}
