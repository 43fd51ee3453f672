package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Replacement;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Brings the rotations of one provider to where their old keys can go: mints, delivers, takes into
/// use, verifies. A trial of a few one after another, then the rest; keys of one owner never at
/// once, so that a key that appears in a listing is the one that was minted.
///
/// Before each call its intent is durable. What a dead run may have done is looked up first: a key
/// whose value is lost is ended before another one is minted, and a value that a sink holds already
/// is taken back from there.
final class RotationLane {
  private static final int AT_ONCE = 8;

  /// Mints of one step in one run: each after the key of the one before was ended.
  private static final int MINTS = 3;

  /// Digits that tell the keys of one step apart.
  private static final int RANDOM = 8;

  private static final Duration UNTOLD_PAUSE = Duration.ofMinutes(1);

  private static final RevealPermit LISTING = RevealPermit.grant("list keys");

  private final Work work;
  private final ProviderId provider;
  private final Prober prober;
  private final Revoker revoker;
  private final Optional<Rotator> rotator;
  private final Deliveries deliveries;
  private final NewKeyCheck check;
  private final InHand tokens;
  private final List<Renewal> renewals;
  private final Brakes brakes = new Brakes(0);
  private final Set<Integer> dead = ConcurrentHashMap.newKeySet();
  private final AtomicInteger unwanted;
  private volatile @Nullable Instant pauseUntil;

  RotationLane(
      Work work,
      ProviderId provider,
      Prober prober,
      Revoker revoker,
      Optional<Rotator> rotator,
      Deliveries deliveries,
      InHand tokens,
      List<Renewal> renewals,
      AtomicInteger unwanted) {
    this.work = work;
    this.provider = provider;
    this.prober = prober;
    this.revoker = revoker;
    this.rotator = rotator;
    this.deliveries = deliveries;
    this.check =
        new NewKeyCheck(work, provider, prober, revoker.propagation(), deliveries.providers());
    this.tokens = tokens;
    this.renewals = List.copyOf(renewals);
    this.unwanted = unwanted;
  }

  /// Works until nothing is left that can be done now.
  ///
  /// @return the steps whose old token was dead before anything was minted
  Set<Integer> run() throws InterruptedException, JournalException {
    Optional<String> doubt = prober.doubt();
    if (doubt.isPresent()) {
      work.note(provider.value(), "not begun: " + doubt.get());
      return Set.of();
    }
    int trial = Math.min(Planner.TRIAL, renewals.size());
    for (Renewal renewal : renewals.subList(0, trial)) {
      one(renewal);
    }
    rest(renewals.subList(trial, renewals.size()));
    if (brakes.reason() != null) {
      work.note(provider.value(), "stopped: " + brakes.reason());
    }
    return Set.copyOf(dead);
  }

  private void rest(List<Renewal> left) throws InterruptedException, JournalException {
    var byOwner = new LinkedHashMap<String, List<Renewal>>();
    for (Renewal renewal : left) {
      byOwner
          .computeIfAbsent(renewal.step().subject().owner(), _ -> new ArrayList<>())
          .add(renewal);
    }
    var room = new Semaphore(AT_ONCE);
    var running = new ArrayList<Future<?>>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<Renewal> owned : byOwner.values()) {
        room.acquire();
        running.add(
            threads.submit(
                () -> {
                  try {
                    for (Renewal renewal : owned) {
                      one(renewal);
                    }
                  } catch (JournalException e) {
                    work.stop().request(String.valueOf(e.getMessage()));
                    throw e;
                  } finally {
                    room.release();
                  }
                  return null;
                }));
      }
      try {
        for (Future<?> each : running) {
          Parallel.await(each);
        }
      } catch (InterruptedException e) { // only a stop does that, once no call is under way
        threads.shutdownNow();
        throw e;
      }
    }
  }

  private boolean halted() {
    return brakes.pulled() || work.stop().requested() || pauseUntil != null;
  }

  private void note(Renewal renewal, String text) throws JournalException {
    work.note(provider.value(), "step " + renewal.number() + ": " + text);
  }

  /// Takes one rotation as far as it goes.
  private void one(Renewal renewal) throws InterruptedException, JournalException {
    if (halted()) {
      return;
    }
    StepState.Kind found =
        work.incident().claim(work.holder(), List.of(renewal.number())).get(renewal.number());
    if (found == null) {
      return; // another process has it
    }
    renewal.now(standing(renewal.number()));
    try (renewal) {
      boolean on = true;
      while (on && !halted()) {
        on =
            switch (renewal.state()) {
              case StepState.Planned _ -> begin(renewal);
              case StepState.Revoked _ -> replaced(renewal);
              case StepState.HandedOver _ -> supplied(renewal);
              case StepState.Minting minting -> lost(renewal, minting);
              case StepState.Minted(var made) -> onward(renewal, made);
              case StepState.Delivering(var made, _, _) -> onward(renewal, made);
              case StepState.Delivered(var made, _) -> onward(renewal, made);
              case StepState.Activated(var made, var at) -> verified(renewal, made, at);
              case StepState.Verified _,
                  StepState.Intent _,
                  StepState.Called _,
                  StepState.RevokedUnproven _,
                  StepState.Contained _,
                  StepState.Dead _,
                  StepState.Refused _,
                  StepState.NeedsToken _,
                  StepState.Guided _,
                  StepState.Parked _,
                  StepState.Withheld _,
                  StepState.Spared _,
                  StepState.Restored _,
                  StepState.Replaced _ ->
                  false;
            };
      }
    }
  }

  private StepStanding standing(int number) throws JournalException {
    return work.incident().standing().steps().get(number - 1);
  }

  /// Brings a rotation into its next state; false where another process holds it by now.
  private boolean move(Renewal renewal, StepState next) throws JournalException {
    if (!work.move(List.of(renewal.to(next)))) {
      return false;
    }
    renewal.now(standing(renewal.number()));
    return true;
  }

  private boolean mayCall(Renewal renewal) throws JournalException {
    return !halted() && work.incident().mayCall(work.holder(), List.of(renewal.number()));
  }

  /// Nothing is done about it any more; where the old key ended first, a person is asked for what
  /// no call makes now.
  private boolean refuse(Renewal renewal, String why) throws JournalException {
    StepState next =
        renewal.revoked().isPresent() ? new StepState.HandedOver(why) : new StepState.Refused(why);
    if (!next.equals(renewal.state())) {
      move(renewal, next);
    }
    return false;
  }

  /// Whether everything is as planned; then mints.
  ///
  /// @return whether to go on
  private boolean begin(Renewal renewal) throws InterruptedException, JournalException {
    if (renewal.step().minting() instanceof Step.Minting.ByPerson(String why)) {
      return move(renewal, new StepState.HandedOver(why));
    }
    Verification now = prober.ask(renewal.old());
    if (now.dead()) {
      dead.add(renewal.number());
      return false;
    }
    if (now instanceof Verification.Unknown(String why, _)) {
      note(renewal, "nothing was minted: " + why);
      return false;
    }
    if (!Lane.matches(renewal.step().subject(), now)) {
      return refuse(renewal, "not as planned any more: " + now.verdict());
    }
    Step.Act act = renewal.step().revocation();
    switch (act.found(revoker.locate(renewal.old(), RevealPermit.grant("locate")))) {
      case Target.Located key -> {
        if (!key.keyId().equals(act.keyId()) || !Objects.equals(key.tenant(), act.tenant())) {
          return refuse(renewal, "it is another key than planned");
        }
        List<String> more = new ArrayList<>(key.collateral());
        more.removeAll(act.collateral());
        if (!more.isEmpty()) {
          return refuse(renewal, "more dies with it than was planned: " + String.join(", ", more));
        }
      }
      case Target.Unclear(String reason) -> {
        note(renewal, "nothing was minted: " + reason);
        return false;
      }
      case Target.Foreign _, Target.Ambiguous _, Target.NeedsCredential _, Target.ByHandOnly _ -> {
        return refuse(
            renewal, new Job(renewal.number(), act, renewal.old(), 0, renewal.state()).mismatch());
      }
    }
    return replaced(renewal);
  }

  /// Has a new key made by whoever can.
  private boolean replaced(Renewal renewal) throws InterruptedException, JournalException {
    return switch (renewal.step().minting()) {
      case Step.Minting.ByPerson(String why) -> move(renewal, new StepState.HandedOver(why));
      case Step.Minting.ByCall(Rotator.Manner manner, _) ->
          offered(renewal, manner) && rehearsed(renewal) && mintAnew(renewal, renewal.key());
    };
  }

  private boolean offered(Renewal renewal, Rotator.Manner manner)
      throws InterruptedException, JournalException {
    if (rotator.isEmpty()) {
      return refuse(renewal, "nothing here mints at its provider");
    }
    return switch (rotator.get().offer(renewal.old(), renewal.key(), RevealPermit.grant("offer"))) {
      case Rotator.Offer.Possible(Rotator.Manner now, _, List<String> collateral) ->
          now == manner && renewal.step().revocation().collateral().containsAll(collateral)
              || refuse(renewal, "it would be replaced in another way than planned");
      case Rotator.Offer.ByHand(String reason) -> refuse(renewal, reason);
      case Rotator.Offer.NeedsCredential(var variable) ->
          refuse(renewal, Planner.missing(variable));
      case Rotator.Offer.Unclear(String reason) -> {
        note(renewal, "nothing was minted: " + reason);
        yield false;
      }
    };
  }

  /// Whether every sink is as planned, before anything is minted.
  private boolean rehearsed(Renewal renewal) throws InterruptedException, JournalException {
    return switch (deliveries.rehearse(renewal)) {
      case Deliveries.Ready.Yes _ -> true;
      case Deliveries.Ready.No(String why) when renewal.revoked().isPresent() ->
          later(renewal, "nothing was minted: " + why);
      case Deliveries.Ready.No(String why) -> refuse(renewal, why);
      case Deliveries.Ready.Later(String why) -> later(renewal, "nothing was minted: " + why);
    };
  }

  /// Mints once: the listing and the intent are durable before the call.
  ///
  /// @param key what is replaced: the old key, or in place the one that a lost call made
  /// @return whether to go on
  private boolean mintAnew(Renewal renewal, Target.Located key)
      throws InterruptedException, JournalException {
    Rotator minter = rotator.orElseThrow();
    Set<String> before;
    switch (minter.keys(renewal.old(), renewal.key(), LISTING)) {
      case Rotator.Keys.Listed(Set<String> ids) -> before = new TreeSet<>(ids);
      case Rotator.Keys.Unclear(String reason) -> {
        note(renewal, "nothing was minted: its keys are not listed: " + reason);
        return false;
      }
    }
    before.addAll(others(renewal));
    // What dies while it is replaced is dead by then; at some providers the new key has its id.
    boolean again = renewal.step().inPlace() && renewal.state().kind() != StepState.Kind.PLANNED;
    String marker =
        "stanch-"
            + work.incident().id()
            + "-"
            + renewal.number()
            + "-"
            + UUID.randomUUID().toString().substring(0, RANDOM);
    if (!renewal.mayMint(MINTS)) {
      note(
          renewal,
          "minted " + MINTS + " times, and each time the new key was lost: resume mints again");
      return false;
    }
    if (!mayCall(renewal)
        || !move(renewal, new StepState.Minting(marker, before, again ? key.keyId() : ""))) {
      return false;
    }
    Optional<Integer> other = minting(renewal);
    if (other.isPresent()) {
      note(
          renewal,
          "waits for step "
              + other.get()
              + ", which mints for the same owner: which new key is whose could not be told");
      if (!again) {
        move(renewal, renewal.unminted()); // nothing was sent
      }
      return false;
    }
    if (!mayCall(renewal)) {
      // Nothing was sent; whoever finds it looks anyway.
      return false;
    }
    Rotator.Mint mint =
        work.uncut(() -> minter.mint(renewal.old(), key, marker, RevealPermit.grant("mint")));
    return switch (mint) {
      case Rotator.Mint.Minted minted -> minted(renewal, minted);
      case Rotator.Mint.Refused(String reason) -> {
        brakes.unexpected(reason);
        yield again
            ? later(renewal, "the lost key is not replaced: " + reason)
            : refuse(renewal, "the provider refused to mint: " + reason);
      }
      case Rotator.Mint.Limited(Instant until) -> {
        boolean waits = paused(renewal, until);
        // A key that was lost stays the one to replace.
        yield (again || move(renewal, renewal.unminted())) && waits || parked(renewal, until);
      }
      case Rotator.Mint.NotMade(String reason) when renewal.revoked().isPresent() ->
          refuse(renewal, "no call makes it any more: " + reason);
      case Rotator.Mint.NotMade(String reason) -> {
        note(renewal, "nothing was minted: " + reason);
        renewal.mintedNothing();
        if (!again) {
          move(renewal, renewal.unminted());
        }
        yield false;
      }
      case Rotator.Mint.Unclear(String reason) -> { // the state is still Minting: it is looked for
        note(renewal, "whether a key was minted is not told: " + reason);
        yield true;
      }
    };
  }

  /// Waits for a provider that takes no more calls, where it is not for long.
  ///
  /// @return whether the time passed
  private boolean paused(Renewal renewal, @Nullable Instant until) throws InterruptedException {
    Duration wait = Duration.between(work.clock().instant(), told(until));
    boolean waits =
        wait.compareTo(work.settings().longestPause()) <= 0
            || work.settings().longPause() == RunSettings.LongPause.WAIT;
    renewal.mintedNothing();
    return waits && work.stop().sleep(wait);
  }

  private Instant told(@Nullable Instant until) {
    return until == null ? work.clock().instant().plus(UNTOLD_PAUSE) : until;
  }

  /// Leaves the rest for another run.
  private boolean parked(Renewal renewal, @Nullable Instant until) throws JournalException {
    Instant told = told(until);
    pauseUntil = told;
    if (renewal.state().kind() == StepState.Kind.PLANNED) {
      move(renewal, new StepState.Parked(told, "the provider takes no more calls"));
    }
    work.note(provider.value(), "parked until " + told + ": the provider mints no more for now");
    return false;
  }

  /// Another step that may have a key of the same owner on its way, from this process or another
  /// one. Whoever asks is in the same state already, so that of two at least one sees the other.
  private Optional<Integer> minting(Renewal renewal) throws JournalException {
    String owner = renewal.step().subject().owner();
    return work.incident().standing().steps().stream()
        .filter(step -> step.state().kind() == StepState.Kind.MINTING)
        .filter(step -> step.number() != renewal.number())
        .filter(step -> step.step().subject().provider().equals(provider))
        .filter(step -> step.step().subject().owner().equals(owner))
        .map(StepStanding::number)
        .findFirst();
  }

  /// The keys that other steps of this incident minted: whatever lost key is looked for, it is none
  /// of them.
  private Set<String> others(Renewal renewal) throws JournalException {
    var ids = new TreeSet<String>();
    for (StepStanding step : work.incident().standing().steps()) {
      Replacement made = step.replacement();
      if (step.number() != renewal.number() && made != null && !made.keyId().isEmpty()) {
        ids.add(made.keyId());
      }
    }
    return ids;
  }

  private boolean minted(Renewal renewal, Rotator.Mint.Minted minted) throws JournalException {
    Secret value = minted.secret();
    var made =
        new Replacement(
            minted.keyId(),
            value.idUnder(work.incident().key()),
            minted.parts(),
            minted.scopes(),
            minted.expiresAt());
    renewal.take(value, made);
    return move(renewal, new StepState.Minted(made));
  }

  /// A mint of which nobody knows how it ended: the provider's listing says it.
  private boolean lost(Renewal renewal, StepState.Minting minting)
      throws InterruptedException, JournalException {
    if (rotator.isEmpty()) {
      note(renewal, "nothing here lists its provider's keys");
      return false;
    }
    Duration settled =
        Duration.between(work.clock().instant(), renewal.since().plus(rotator.get().settling()));
    if (settled.isPositive() && !work.stop().sleep(settled)) {
      return false;
    }
    return switch (lostKey(renewal, minting)) {
      case Rotator.Orphan.None _ -> {
        if (renewal.step().inPlace()) {
          yield replacedUnseen(renewal, minting);
        }
        yield minting.replaces().isEmpty()
            ? move(renewal, renewal.unminted())
            : mintAnew(renewal, renewal.key(minting.replaces()));
      }
      case Rotator.Orphan.One(Target.Located key) ->
          renewal.step().inPlace()
              ? mintAnew(renewal, key)
              : discarded(renewal, key)
                  && gone(renewal, minting)
                  && move(renewal, renewal.unminted());
      case Rotator.Orphan.Doubtful(List<String> keys, String reason) -> {
        note(
            renewal,
            "a person decides which key is the lost one, and ends it: "
                + String.join(", ", keys)
                + ": "
                + reason);
        yield false;
      }
      case Rotator.Orphan.Unclear(String reason) -> {
        note(renewal, "whether a key was minted is not told: " + reason);
        yield false;
      }
    };
  }

  /// Which key a lost mint made. None that another step minted meanwhile, of which the listing
  /// before the mint knew nothing.
  private Rotator.Orphan lostKey(Renewal renewal, StepState.Minting minting)
      throws InterruptedException, JournalException {
    var known = new TreeSet<>(minting.before());
    known.addAll(others(renewal));
    return rotator
        .orElseThrow()
        .find(
            renewal.old(),
            renewal.key(),
            minting.marker(),
            known,
            RevealPermit.grant("find a lost key"));
  }

  /// No new key is listed. Where the old one lives on, none was made; where it is dead and still
  /// listed, keys keep their ids at this provider, and it is its new value that was lost.
  private boolean replacedUnseen(Renewal renewal, StepState.Minting minting)
      throws InterruptedException, JournalException {
    Target.Located key =
        minting.replaces().isEmpty() ? renewal.key() : renewal.key(minting.replaces());
    if (minting.replaces().isEmpty()) {
      Verification now = prober.ask(renewal.old());
      if (now.live()) {
        return move(renewal, renewal.unminted());
      }
      if (!now.dead()) {
        return later(renewal, "whether a key was minted is not told: " + now.verdict());
      }
    }
    return switch (rotator.orElseThrow().keys(renewal.old(), key, LISTING)) {
      case Rotator.Keys.Listed(Set<String> ids) ->
          ids.contains(key.keyId())
              ? mintAnew(renewal, key)
              : later(renewal, "the old key is dead, and no new one is listed yet");
      case Rotator.Keys.Unclear(String reason) ->
          later(renewal, "whether a key was minted is not told: " + reason);
    };
  }

  /// Whether the listing holds the lost key no more.
  private boolean gone(Renewal renewal, StepState.Minting minting)
      throws InterruptedException, JournalException {
    Rotator minter = rotator.orElseThrow();
    Instant latest = work.clock().instant().plus(minter.settling());
    while (true) {
      if (lostKey(renewal, minting) instanceof Rotator.Orphan.None) {
        return true;
      }
      if (!work.clock().instant().isBefore(latest) || !work.stop().sleep(Duration.ofMillis(500))) {
        note(renewal, "a lost key was ended and is still listed");
        return false;
      }
    }
  }

  private boolean discarded(Renewal renewal, Target.Located key)
      throws InterruptedException, JournalException {
    if (!mayCall(renewal)) {
      return false;
    }
    ActionResult result =
        work.uncut(
            () ->
                rotator
                    .orElseThrow()
                    .discard(renewal.old(), key, RevealPermit.grant("end a lost key")));
    return switch (result) {
      case ActionResult.Accepted _, ActionResult.AlreadyDone _ -> {
        note(renewal, "ended a key whose value was lost: " + key.keyId());
        yield true;
      }
      case ActionResult.Refused(String reason) -> undiscarded(renewal, key, reason);
      case ActionResult.Unclear(String reason) -> undiscarded(renewal, key, reason);
      case ActionResult.Limited(Instant until) ->
          paused(renewal, until) && discarded(renewal, key) || parked(renewal, until);
    };
  }

  private boolean undiscarded(Renewal renewal, Target.Located key, String why)
      throws JournalException {
    note(renewal, "a key whose value was lost is not ended: " + key.keyId() + ": " + why);
    return false;
  }

  /// From a new key to one that is in use; what is lost of it is ended, and minted anew.
  private boolean onward(Renewal renewal, Replacement made)
      throws InterruptedException, JournalException {
    if (complete(renewal)) {
      return activated(renewal, made);
    }
    return renewal.fresh().isPresent() || recovered(renewal, made)
        ? delivered(renewal, made)
        : anew(renewal, made);
  }

  /// Whether every sink has the new value: what is left to do does not need it.
  private static boolean complete(Renewal renewal) {
    return renewal.state() instanceof StepState.Delivered(_, var delivered)
        && renewal.step().sinks().stream()
            .allMatch(sink -> delivered.containsKey(sink.address().text()));
  }

  private boolean activated(Renewal renewal, Replacement made)
      throws InterruptedException, JournalException {
    if (!mayCall(renewal)) {
      return false;
    }
    List<String> left = deliveries.activate(renewal);
    return left.isEmpty()
        ? move(renewal, new StepState.Activated(made, work.clock().instant()))
        : later(renewal, String.join("; ", left));
  }

  private boolean anew(Renewal renewal, Replacement made)
      throws InterruptedException, JournalException {
    if (!settled(renewal)) {
      return false;
    }
    if (renewal.byPerson()) {
      return move(
          renewal,
          new StepState.HandedOver("the new value was lost with a run that died: supply it"));
    }
    return switch (renewal.step().minting()) {
      case Step.Minting.ByPerson _ -> false; // said above
      case Step.Minting.ByCall(Rotator.Manner manner, _) -> {
        if (rotator.isEmpty()) {
          yield later(renewal, "nothing here mints at its provider");
        }
        yield switch (manner) {
          case CREATE ->
              discarded(renewal, renewal.key(made.keyId())) && mintAnew(renewal, renewal.key());
          case IN_PLACE -> mintAnew(renewal, renewal.key(made.keyId()));
        };
      }
    };
  }

  /// Whether every sink can take another new value. From then on none counts as delivered: the key
  /// whose value they may hold is about to end.
  private boolean settled(Renewal renewal) throws InterruptedException, JournalException {
    var moves = new ArrayList<JournalEntry.Moved>();
    if (renewal.state() instanceof StepState.Delivering delivering) {
      Optional<StepState.Delivered> after = deliveries.settle(renewal, delivering);
      if (after.isEmpty()) {
        return later(renewal, "somebody wrote " + delivering.sink());
      }
      moves.add(renewal.to(after.get()));
    }
    if (!(renewal.state() instanceof StepState.Minted)) {
      Replacement lost = renewal.state().replacement().orElseThrow();
      moves.add(renewal.to(new StepState.Delivered(lost, Collections.emptySortedMap())));
      if (!work.move(moves)) {
        return false;
      }
      renewal.now(standing(renewal.number()));
    }
    return switch (deliveries.rehearse(renewal)) {
      case Deliveries.Ready.Yes _ -> true;
      case Deliveries.Ready.No(String why) -> later(renewal, why);
      case Deliveries.Ready.Later(String why) -> later(renewal, why);
    };
  }

  private boolean later(Renewal renewal, String why) throws JournalException {
    note(renewal, why);
    return false;
  }

  private boolean recovered(Renewal renewal, Replacement made) throws InterruptedException {
    HeldFinding read = tokens.known().get(made.token());
    Optional<Secret> value =
        read == null
            ? deliveries.takeBack(renewal, made)
            : Optional.of(read.secret().reveal(RevealPermit.grant("take back"), Secret::new));
    value.ifPresent(taken -> renewal.take(taken, made));
    return value.isPresent();
  }

  /// Delivers the new value to every sink that lacks it, once it is proven to be live, and has it
  /// taken into use.
  private boolean delivered(Renewal renewal, Replacement made)
      throws InterruptedException, JournalException {
    HeldFinding fresh = renewal.fresh().orElseThrow();
    String doubt = check.doubt(renewal, fresh);
    if (!doubt.isEmpty()) {
      brakes.unexpected(doubt);
      return later(renewal, doubt);
    }
    var done = new TreeMap<String, String>();
    if (renewal.state() instanceof StepState.Delivered(_, var before)) {
      done.putAll(before);
    } else if (renewal.state() instanceof StepState.Delivering(_, var before, _)) {
      done.putAll(before);
    }
    for (Step.PlannedSink sink : renewal.step().sinks()) {
      String address = sink.address().text();
      if (done.containsKey(address)) {
        continue;
      }
      boolean begun =
          renewal.state() instanceof StepState.Delivering(_, _, String written)
              && written.equals(address);
      if (!mayCall(renewal)
          || !begun && !move(renewal, new StepState.Delivering(made, done, address))) {
        return false;
      }
      switch (deliveries.deliver(renewal, sink)) {
        case Deliveries.Result.Has(String at) -> {
          done.put(address, at);
          if (!move(renewal, new StepState.Delivered(made, done))) {
            return false;
          }
        }
        case Deliveries.Result.Lacks(String why) -> {
          move(renewal, new StepState.Delivered(made, done));
          return later(renewal, address + ": " + why);
        }
        case Deliveries.Result.Busy(Instant until) -> {
          move(renewal, new StepState.Delivered(made, done));
          return later(
              renewal,
              address
                  + ": it takes no more calls for now"
                  + (until == null ? "" : ", until " + until));
        }
        case Deliveries.Result.Unknown(String why) -> {
          return later(renewal, address + ": " + why);
        }
      }
    }
    return activated(renewal, made);
  }

  /// Takes the value that a person made, if it is what was asked for; without one asks the provider
  /// again for what it did not make in an earlier run.
  private boolean supplied(Renewal renewal) throws InterruptedException, JournalException {
    HeldFinding value = tokens.supplied().get(renewal.number());
    if (value == null) {
      return renewal.mintsAgain() && replaced(renewal);
    }
    return switch (check.supplied(renewal, value)) {
      case NewKeyCheck.Supplied.Wrong(String why) -> unwanted(renewal, why);
      case NewKeyCheck.Supplied.Right(Replacement made) -> {
        renewal.take(value.secret().reveal(RevealPermit.grant("take over"), Secret::new), made);
        yield move(renewal, new StepState.Minted(made));
      }
    };
  }

  private boolean unwanted(Renewal renewal, String why) throws JournalException {
    unwanted.incrementAndGet();
    note(renewal, "the value that was supplied is refused: " + why);
    return false;
  }

  /// Asks about the new key once more, now that it is in use. Where no sink can be read and the
  /// value is gone, what was asked before the delivery holds.
  private boolean verified(Renewal renewal, Replacement made, Instant activated)
      throws InterruptedException, JournalException {
    if (renewal.fresh().isPresent() || recovered(renewal, made)) {
      String doubt = check.doubt(renewal, renewal.fresh().orElseThrow());
      if (!doubt.isEmpty()) {
        brakes.unexpected(doubt);
        return later(renewal, doubt);
      }
    } else if (!deliveries.unreadable(renewal)) {
      return later(renewal, "a sink does not hold the new value any more");
    }
    var moves = new ArrayList<JournalEntry.Moved>();
    moves.add(renewal.to(new StepState.Verified(made, activated, work.clock().instant())));
    if (renewal.step().inPlace()) {
      // The old key died while the new one was minted: that is left to prove. One move, so that no
      // run finds the step where its old key would be called off.
      moves.add(
          renewal.to(
              new StepState.Called(
                  UUID.randomUUID().toString(), Action.REVOKE, "replaced in place", 1)));
    }
    renewal.revoked().ifPresent(first -> moves.add(renewal.to(first.end())));
    work.move(moves);
    return false;
  }
}
