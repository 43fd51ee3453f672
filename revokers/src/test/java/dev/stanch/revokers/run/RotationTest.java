package dev.stanch.revokers.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Replacement;
import dev.stanch.revokers.journal.Standing;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Canaries;
import dev.stanch.revokers.plan.Owners;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.PlanJson;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.plan.Samples;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.ProviderCatalogue;
import dev.stanch.revokers.spi.Rotator.Manner;
import dev.stanch.revokers.spi.Rotator.Mint;
import dev.stanch.revokers.spi.Rotator.Offer;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rotations against a provider and stores in memory, killed wherever something is written or
/// called.
@Execution(ExecutionMode.CONCURRENT) // each waits for its journal and its proofs
class RotationTest {
  private static final RunSettings QUICK =
      new RunSettings(Duration.ZERO, Duration.ofMinutes(10), RunSettings.LongPause.PARK);
  private static final String HUB = "hub";
  private static final int RUNS = 6;

  @TempDir Path folder;

  private final Kill kill = new Kill();
  private final List<HeldFinding> tokens = new ArrayList<>();
  private final List<String> notes = java.util.Collections.synchronizedList(new ArrayList<>());
  private final List<StepState.Kind> kinds =
      java.util.Collections.synchronizedList(new ArrayList<>());
  private int journals;

  /// A hub with so many keys, each in an open store and in a blind one.
  private final class World implements AutoCloseable {
    final MintingHub hub;
    final MemorySinks open = new MemorySinks("open", MemorySinks.Reading.OPEN, kill);
    final MemorySinks blind = new MemorySinks("blind", MemorySinks.Reading.BLIND, kill);
    final Providers providers;
    final Journal journal;
    final List<String> kindsOfSinks;
    Duration soak = Duration.ZERO;
    String exposure = "";
    List<Step.Uncovered> uncovered = List.of();

    World(Manner manner, MintingHub.Naming naming, int count, List<String> kindsOfSinks)
        throws Exception {
      this.kindsOfSinks = kindsOfSinks;
      hub = new MintingHub(HUB, manner, naming, kill);
      tokens.clear();
      for (int i = 0; i < count; i++) {
        tokens.add(Samples.held(HUB, i));
        hub.issue(Samples.text(i), "acme", "");
        open.put("name-" + i, Samples.text(i));
        blind.put("name-" + i, Samples.text(i));
      }
      hub.issue("tok" + "_" + "somebodyelseskeyofacme", "acme", "");
      providers =
          new Providers(
              new ProviderCatalogue(List.of(hub)),
              List.of(open, blind),
              Map.of(),
              List.of(),
              new Transport(Map.of(), "test", Time.system(), new SecureRandom()),
              (provider, bug) -> notes.add("a bug at " + provider + ": " + bug));
      journal =
          Journal.inFile(
              folder.resolve("journal-" + ++journals + ".db"), "ann@desk/1", new SecureRandom());
    }

    Plan plan() throws Exception {
      var inquiry = new Inquiry(providers, Canaries.NONE);
      var verified = new ArrayList<Planner.Verified>();
      List<Planner.Verified> asked =
          inquiry.ask(tokens, _ -> true, Inquiry.Depth.KEY).stream().map(this::chosen).toList();
      for (int i = 0; i < tokens.size(); i++) {
        var seen = new ArrayList<Planner.SeenSink>();
        for (String kind : kindsOfSinks) {
          seen.add(inquiry.look(tokens.get(i), new SinkAddress(kind, "name-" + i, "")));
        }
        verified.add(
            asked
                .get(i)
                .rotated(
                    new Planner.Rotation(
                        inquiry.offer(tokens.get(i), (Target.Located) asked.get(i).target()),
                        seen,
                        soak,
                        Planner.Otherwise.LEAVE,
                        exposure,
                        uncovered)));
      }
      Plan plan =
          new Planner(
                  providers.capabilities(List.of(hub.id())),
                  new Owners(List.of("acme")),
                  Canaries.NONE,
                  Set.of(),
                  Map.of())
              .plan(Samples.NOW, List.of(), verified);
      assertThat(PlanJson.read(PlanJson.pretty(plan))).isEqualTo(plan);
      return plan;
    }

    /// Where nothing tells which key a token is, the test is the person who chooses.
    private Planner.Verified chosen(Planner.Verified one) {
      if (!(one.target() instanceof Target.Ambiguous(var keys))) {
        return one;
      }
      int number = one.finding().places().getFirst().location().line() - 1;
      String id = hub.of(Samples.text(number)).orElseThrow().id;
      return one.as(
          keys.stream().filter(key -> key.key().keyId().equals(id)).findFirst().orElseThrow());
    }

    Incident open(Plan plan) throws Exception {
      var steps = new ArrayList<JournalEntry.Added>();
      for (Step step : plan.steps()) {
        StepState begin =
            step instanceof Step.Rotate rotate
                    && !rotate.revokesFirst()
                    && rotate.minting() instanceof Step.Minting.ByPerson(String why)
                ? new StepState.HandedOver(why)
                : step instanceof Step.Blocked blocked
                    ? new StepState.Refused(blocked.why())
                    : new StepState.Planned();
        steps.add(new JournalEntry.Added(steps.size() + 1, step, step.subject().token(), begin));
      }
      return journal.open(journal.name(), plan, "", new byte[TokenKey.LENGTH], steps, null);
    }

    Incident open() throws Exception {
      return open(plan());
    }

    Standing run(Incident incident) throws Exception {
      return run(incident, Orders.NONE, Map.of());
    }

    Standing run(Incident incident, Orders orders, Map<Integer, HeldFinding> supplied)
        throws Exception {
      return runner().run(incident, new InHand(inHand(incident), supplied, Map.of()), orders);
    }

    private IncidentRunner runner() {
      return new IncidentRunner(
          providers,
          QUICK,
          InstantSource.system(),
          new IncidentRunner.Listener() {
            @Override
            public void moved(JournalEntry.Moved move) {
              kinds.add(move.state().kind());
              kill.here();
            }

            @Override
            public void noted(String subject, String text) {
              notes.add(text);
            }
          });
    }

    private Map<Integer, HeldFinding> inHand(Incident incident) throws Exception {
      var byId = new HashMap<TokenId, HeldFinding>();
      tokens.forEach(token -> byId.put(token.finding().token(), token));
      var held = new HashMap<Integer, HeldFinding>();
      incident
          .standing()
          .steps()
          .forEach(step -> held.put(step.number(), byId.get(step.step().subject().token())));
      return held;
    }

    /// Runs once.
    ///
    /// @return whether it was not killed
    boolean once(Incident incident) throws Exception {
      try {
        run(incident);
        return true;
      } catch (Kill.Killed _) {
        return false;
      } finally {
        incident.release(Holder.own());
      }
    }

    /// Runs until it is over, or for so many times.
    Standing runAgain(Incident incident) throws Exception {
      Standing standing = incident.standing();
      for (int i = 0; i < RUNS && !standing.settled(); i++) {
        try {
          standing = run(incident);
        } catch (Kill.Killed _) {
          kill.never();
          standing = incident.standing();
        }
        incident.release(Holder.own()); // a process that ends lets go
      }
      return standing;
    }

    /// Each new value in every sink, active and live; each old one dead; no orphan.
    void whole(String how) {
      assertThat(hub.live()).as(how).hasSize(tokens.size() + 1);
      for (int i = 0; i < tokens.size(); i++) {
        String old = Samples.text(i);
        assertThat(hub.live()).as(how).noneMatch(key -> key.token.equals(old));
        for (MemorySinks sinks : List.of(open, blind)) {
          if (kindsOfSinks.contains(sinks.name())) {
            String value = sinks.value("name-" + i).orElseThrow();
            assertThat(hub.live()).as(how).anyMatch(key -> key.token.equals(value));
          }
        }
        if (kindsOfSinks.size() > 1) {
          assertThat(open.value("name-" + i)).as(how).isEqualTo(blind.value("name-" + i));
        }
      }
    }

    @Override
    public void close() {
      providers.close();
      journal.close();
    }
  }

  private static Stream<Arguments> manners() {
    return Stream.of(
        arguments(Manner.CREATE, MintingHub.Naming.MARKED, List.of("open", "blind")),
        arguments(Manner.CREATE, MintingHub.Naming.BARE, List.of("blind", "open")),
        arguments(Manner.CREATE, MintingHub.Naming.BARE, List.of("blind")),
        arguments(Manner.IN_PLACE, MintingHub.Naming.MARKED, List.of("open", "blind")),
        arguments(Manner.IN_PLACE, MintingHub.Naming.BARE, List.of("blind")),
        arguments(Manner.IN_PLACE, MintingHub.Naming.KEPT, List.of("blind", "open")),
        arguments(Manner.IN_PLACE, MintingHub.Naming.KEPT, List.of("blind")));
  }

  @ParameterizedTest
  @MethodSource("manners")
  void replacesEachTokenEverywhereAndEndsTheOldOne(
      Manner manner, MintingHub.Naming naming, List<String> sinks) throws Exception {
    try (var world = new World(manner, naming, 8, sinks)) {
      Incident incident = world.open();
      Standing standing = world.run(incident);
      assertThat(standing.settled()).as(notes.toString()).isTrue();
      world.whole("a run");
      assertThat(world.hub.mints).isEqualTo(8);
      assertThat(incident.check(null)).isEmpty();
      int mints = world.hub.mints;
      world.run(incident);
      assertThat(world.hub.mints).as("a finished incident run again").isEqualTo(mints);
    }
  }

  /// Killed at every instant at which something is written or called, one run for each.
  @ParameterizedTest
  @MethodSource("manners")
  void losesNothingWhereverItIsKilled(Manner manner, MintingHub.Naming naming, List<String> sinks)
      throws Exception {
    losesNothing(manner, naming, sinks, false);
  }

  /// The same where the listing tells nothing, and a person said which keys the tokens are: a run
  /// that goes on has it from the journal.
  @ParameterizedTest
  @MethodSource("manners")
  void losesNothingOfChosenKeysWhereverItIsKilled(
      Manner manner, MintingHub.Naming naming, List<String> sinks) throws Exception {
    losesNothing(manner, naming, sinks, true);
  }

  private void losesNothing(
      Manner manner, MintingHub.Naming naming, List<String> sinks, boolean blind) throws Exception {
    int instants = 0;
    boolean struck = true;
    for (int instant = 1; struck; instant++) {
      try (var world = new World(manner, naming, 2, sinks)) {
        world.hub.blind = blind;
        Incident incident = world.open();
        kill.after(instant);
        Standing standing = world.runAgain(incident);
        struck = kill.struckOnce();
        kill.never();
        String how = "killed at instant " + instant + ": " + notes;
        assertThat(standing.settled()).as(how).isTrue();
        world.whole(how);
        assertThat(incident.check(null)).as(how).isEmpty();
        instants++;
        notes.clear();
      }
    }
    assertThat(instants).isGreaterThan(20);
    assertThat(kinds)
        .contains(
            StepState.Kind.MINTING,
            StepState.Kind.MINTED,
            StepState.Kind.DELIVERING,
            StepState.Kind.DELIVERED,
            StepState.Kind.ACTIVATED,
            StepState.Kind.VERIFIED,
            StepState.Kind.DEAD);
  }

  /// Killed twice, at every pair of instants of which the second comes soon after the first.
  @ParameterizedTest
  @MethodSource("manners")
  void losesNothingWhereItIsKilledAgainWhileItRecovers(
      Manner manner, MintingHub.Naming naming, List<String> sinks) throws Exception {
    boolean struck = true;
    for (int first = 1; struck; first++) {
      for (int second = 1; second <= 4; second++) {
        try (var world = new World(manner, naming, 1, sinks)) {
          Incident incident = world.open();
          kill.after(first);
          boolean done = world.once(incident);
          struck = kill.struckOnce();
          if (!done) {
            kill.after(second);
          }
          Standing standing = world.runAgain(incident);
          kill.never();
          String how = "killed at instant " + first + ", then " + second + ": " + notes;
          assertThat(standing.settled()).as(how).isTrue();
          world.whole(how);
          notes.clear();
        }
      }
    }
  }

  @Test
  void mintsNothingForAKeyThatIsNotAsItWasWhenAPersonChoseIt() throws Exception {
    for (boolean gone : List.of(true, false)) {
      try (var world =
          new World(Manner.CREATE, MintingHub.Naming.MARKED, 1, List.of("open", "blind"))) {
        world.hub.blind = true;
        Plan plan = world.plan();
        String id = plan.acts().getFirst().keyId();
        Incident incident = world.open(plan);
        if (gone) {
          world.hub.hidden.add(id); // its token lives on: it was the key of another one
        } else {
          world.hub.names.put(id, "renamed");
        }
        Standing standing = world.run(incident);
        assertThat(standing.count(StepState.Kind.REFUSED)).as("%s", notes).isEqualTo(1);
        assertThat(standing.steps().getFirst().state().text()).contains("that a person chose");
        assertThat(world.hub.mints).isZero();
        assertThat(world.hub.live()).hasSize(2);
      }
    }
  }

  @Test
  void keepsAKeyInUseWhoseValueIsGone() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.MARKED, 1, List.of("blind"))) {
      world.blind.byHand = true;
      Incident incident = world.open();
      world.run(incident);
      String delivered = world.blind.value("name-0").orElseThrow();
      world.run(incident);
      assertThat(world.hub.mints).as("nothing is minted anew").isEqualTo(1);
      assertThat(
              world
                  .run(incident, new Orders(Set.of(), Set.of(), Set.of(1), Set.of()), Map.of())
                  .settled())
          .as(notes.toString())
          .isTrue();
      assertThat(world.blind.value("name-0")).contains(delivered);
      world.whole("a person restarted it later");
    }
  }

  @Test
  void waitsForAProviderThatMintsNoMoreForNow() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.MARKED, 2, List.of("open"))) {
      Incident incident = world.open();
      world.hub.fault =
          number ->
              number == 1
                  ? Optional.of(new Mint.Limited(Instant.now()))
                  : number == 3
                      ? Optional.of(new Mint.Limited(Instant.now().plusSeconds(3600)))
                      : Optional.empty();
      Standing standing = world.run(incident);
      assertThat(standing.count(StepState.Kind.DEAD)).as(notes.toString()).isEqualTo(1);
      assertThat(standing.count(StepState.Kind.PARKED)).isEqualTo(1);
    }
  }

  @Test
  void looksForNoKeyWhereTheCallWasNotMade() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.BARE, 1, List.of("open"))) {
      Incident incident = world.open();
      world.hub.fault =
          number -> {
            if (number > 1) {
              return Optional.empty();
            }
            // Somebody else's, which must not be taken for the lost one.
            world.hub.made(new Target.Located("key-1", null, null, null, List.of()), "");
            return Optional.of(new Mint.NotMade("its rights are not told"));
          };
      Standing standing = world.run(incident);
      assertThat(standing.count(StepState.Kind.PLANNED)).as(notes.toString()).isEqualTo(1);
      assertThat(notes).anyMatch(note -> note.contains("its rights are not told"));
      assertThat(notes).noneMatch(note -> note.contains("ended a key"));
      assertThat(world.run(incident).settled()).as(notes.toString()).isTrue();
      assertThat(notes).noneMatch(note -> note.contains("ended a key"));
    }
  }

  @Test
  void waitsForASinkThatTakesNoCallsForAMoment() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.MARKED, 1, List.of("blind"))) {
      Incident incident = world.open();
      world.blind.once.put("name-0", new Sink.Delivery.Limited(Instant.now().plusMillis(50)));
      assertThat(world.run(incident).settled()).as(notes.toString()).isTrue();
      world.whole("a sink that was busy");
      assertThat(world.hub.mints).as("the value was kept in hand").isEqualTo(1);
    }
  }

  @Test
  void mintsAnewWhereTheAnswerWasLostAndTheKeyIsFound() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.BARE, 1, List.of("open"))) {
      Incident incident = world.open();
      world.hub.fault =
          number -> {
            if (number > 1) {
              return Optional.empty();
            }
            world.hub.made(new Target.Located("key-1", null, null, null, List.of()), "");
            return Optional.of(new Mint.Unclear("no answer"));
          };
      assertThat(world.run(incident).settled()).as(notes.toString()).isTrue();
      world.whole("a lost answer");
      assertThat(notes).anyMatch(note -> note.contains("ended a key whose value was lost"));
    }
  }

  @Test
  void mintsNoneForAnOwnerOfWhomOneIsNotFoundYet() throws Exception {
    try (var world = new World(Manner.IN_PLACE, MintingHub.Naming.BARE, 2, List.of("open"))) {
      Incident incident = world.open();
      world.hub.fault =
          number -> {
            if (number > 1) {
              return Optional.empty();
            }
            world.hub.silent = true;
            String first = incidentsFirst(incident);
            world.hub.made(new Target.Located(first, null, null, null, List.of()), "");
            return Optional.of(new Mint.Unclear("no answer"));
          };
      Standing standing = world.run(incident);
      assertThat(standing.count(StepState.Kind.MINTING)).as(notes.toString()).isEqualTo(1);
      assertThat(standing.count(StepState.Kind.PLANNED)).isEqualTo(1);
      assertThat(world.hub.mints).isEqualTo(1);
      assertThat(notes).anyMatch(note -> note.contains("which mints for the same owner"));
      world.hub.silent = false;
      assertThat(world.run(incident).settled()).as(notes.toString()).isTrue();
      world.whole("a listing that did not answer");
    }
  }

  /// The key of the step that is begun first.
  private static String incidentsFirst(Incident incident) {
    try {
      return incident.standing().steps().getFirst().step().act().orElseThrow().keyId();
    } catch (JournalException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void stopsForAPersonWhereTwoKeysCouldBeTheLostOne() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.BARE, 1, List.of("open"))) {
      Incident incident = world.open();
      world.hub.fault =
          _ -> {
            var old = new Target.Located("key-1", null, null, null, List.of());
            world.hub.made(old, "");
            world.hub.made(old, "");
            return Optional.of(new Mint.Unclear("no answer"));
          };
      Standing standing = world.run(incident);
      assertThat(standing.count(StepState.Kind.MINTING)).isEqualTo(1);
      assertThat(notes).anyMatch(note -> note.contains("a person decides"));
      assertThat(world.hub.live()).hasSize(4);
      assertThat(world.open.value("name-0")).contains(Samples.text(0));
    }
  }

  @Test
  void mintsNothingWhereASinkIsNotAsPlanned() throws Exception {
    try (var world =
        new World(Manner.IN_PLACE, MintingHub.Naming.MARKED, 3, List.of("open", "blind"))) {
      Incident incident = world.open();
      world.open.put("name-0", "something" + "-else");
      world.blind.written.put("name-1", Instant.parse("2026-02-02T00:00:00Z"));
      Standing standing = world.run(incident);
      assertThat(standing.count(StepState.Kind.REFUSED)).isEqualTo(2);
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(1);
      assertThat(world.hub.mints).isEqualTo(1);
    }
  }

  @Test
  void goesOnWithASinkThatTookNothing() throws Exception {
    try (var world =
        new World(Manner.CREATE, MintingHub.Naming.MARKED, 1, List.of("open", "blind"))) {
      Incident incident = world.open();
      world.blind.faults.put("name-0", new Sink.Delivery.Refused("no right to write"));
      Standing standing = world.run(incident);
      assertThat(standing.count(StepState.Kind.DELIVERED)).isEqualTo(1);
      assertThat(world.hub.live()).as("the old one lives on").hasSize(3);
      world.blind.faults.clear();
      assertThat(world.run(incident).settled()).as(notes.toString()).isTrue();
      world.whole("a sink that refused once");
      assertThat(world.hub.mints).as("the value was taken back from the open sink").isEqualTo(1);
    }
  }

  @Test
  void revokesNothingBeforeAPersonSaysThatTheNewOneIsInUse() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.MARKED, 2, List.of("open"))) {
      world.open.byHand = true;
      Incident incident = world.open();
      Standing standing = world.run(incident);
      assertThat(standing.count(StepState.Kind.DELIVERED)).isEqualTo(2);
      assertThat(notes).anyMatch(note -> note.contains("restart name-0"));
      assertThat(world.hub.live()).hasSize(5);
      standing = world.run(incident, new Orders(Set.of(), Set.of(), Set.of(1), Set.of()), Map.of());
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(1);
      assertThat(world.hub.live()).hasSize(4);
      assertThat(world.hub.mints).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("manners")
  void endsNoOldKeyTwiceThatDiedInPlace(Manner manner, MintingHub.Naming naming, List<String> sinks)
      throws Exception {
    try (var world = new World(manner, naming, 2, sinks)) {
      Incident incident = world.open();
      world.run(incident);
      List<StepState.Kind> second =
          incident.entries().stream()
              .map(JournalEntry.Recorded::entry)
              .filter(entry -> entry instanceof JournalEntry.Moved move && move.number() == 2)
              .map(entry -> ((JournalEntry.Moved) entry).state().kind())
              .toList();
      int verified = second.indexOf(StepState.Kind.VERIFIED);
      assertThat(second.get(verified + 1))
          .as("%s", second)
          .isEqualTo(manner == Manner.IN_PLACE ? StepState.Kind.CALLED : StepState.Kind.INTENT);
      assertThat(world.hub.acts).isEqualTo(manner == Manner.IN_PLACE ? 0 : 2);
    }
  }

  /// A run of an earlier version may have died where the old key seemed to be left to end.
  @Test
  void endsNothingWhereAKeyWasReplacedInPlaceAndTheProviderIsSlowToSaySo() throws Exception {
    try (var world = new World(Manner.IN_PLACE, MintingHub.Naming.KEPT, 1, List.of("open"))) {
      Incident incident = world.open();
      String old = Samples.text(0);
      String fresh = "tok" + "_" + "madeinplace00000000001";
      var made =
          new Replacement(
              "key-1",
              new Secret(fresh.getBytes(StandardCharsets.US_ASCII)).idUnder(incident.key()),
              List.of(),
              List.of(),
              null);
      incident.claim("other", List.of(1));
      Instant now = Instant.now();
      for (StepState state :
          List.of(
              new StepState.Minting("m", Set.of("key-1"), ""),
              new StepState.Minted(made),
              new StepState.Delivering(made, new TreeMap<>(), "open:name-0"),
              new StepState.Delivered(made, new TreeMap<>(Map.of("open:name-0", ""))),
              new StepState.Activated(made, now),
              new StepState.Verified(made, now, now))) {
        incident.move("other", List.of(new JournalEntry.Moved(1, state, null)));
      }
      incident.release("other");
      world.open.put("name-0", fresh);
      world.run(incident);
      assertThat(world.hub.acts).as("the old one is accepted for a while: %s", old).isZero();
      assertThat(incident.standing().steps().getFirst().state().kind())
          .isEqualTo(StepState.Kind.VERIFIED);
      world.hub.keys.get("key-1").live = false;
      assertThat(world.run(incident).count(StepState.Kind.DEAD)).as(notes.toString()).isEqualTo(1);
      assertThat(world.hub.acts).isZero();
    }
  }

  private World exposed(int count) throws Exception {
    var world = new World(Manner.CREATE, MintingHub.Naming.MARKED, count, List.of("open", "blind"));
    world.exposure = "everybody can read it";
    return world;
  }

  @Test
  void endsAPublicTokenBeforeItIsReplaced() throws Exception {
    try (var world = exposed(4)) {
      world.hub.disables = true;
      Incident incident = world.open();
      Standing standing = world.run(incident);
      assertThat(standing.count(StepState.Kind.CONTAINED)).as(notes.toString()).isEqualTo(4);
      assertThat(kinds.indexOf(StepState.Kind.REVOKED)).isPositive();
      assertThat(kinds.lastIndexOf(StepState.Kind.REVOKED))
          .as("%s", kinds)
          .isLessThan(kinds.indexOf(StepState.Kind.MINTING));
      world.whole("revoked first");
      assertThat(world.hub.mints).isEqualTo(4);
    }
  }

  @Test
  void aTokenLivesUntilWhatDiesWithItIsReplaced() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.MARKED, 2, List.of("open"))) {
      world.hub.families = true;
      world.hub.byHand = true;
      world.hub.born.put(
          world.hub.of(Samples.text(0)).orElseThrow().id, Samples.NOW.minusSeconds(9));
      world.hub.born.put(
          world.hub.of(Samples.text(1)).orElseThrow().id, Samples.NOW.minusSeconds(1));
      Plan plan = world.plan();
      TokenId parent = tokens.get(0).finding().token();
      TokenId child = tokens.get(1).finding().token();
      assertThat(plan.steps())
          .extracting(step -> step.subject().token())
          .containsExactly(child, parent);
      assertThat(plan.acts())
          .extracting(Step.Act::after)
          .containsExactly(List.of(), List.of(child));
      Incident incident = world.open(plan);
      String made = "tok" + "_" + "madebyhand000000000031";
      world.hub.issue(made, "acme", "");
      Standing standing = world.run(incident, Orders.NONE, Map.of(2, value(0, made)));
      assertThat(standing.steps().get(1).state().kind()).isEqualTo(StepState.Kind.VERIFIED);
      assertThat(notes).anyMatch(note -> note.contains("step 2 waits for step 1"));
      String more = "tok" + "_" + "madebyhand000000000032";
      world.hub.issue(more, "acme", "");
      standing = world.run(incident, Orders.NONE, Map.of(1, value(1, more)));
      assertThat(standing.settled()).as(notes.toString()).isTrue();
      world.whole("parent and child");
    }
  }

  @Test
  void waitsForNoChildThatAPersonLeaves() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.MARKED, 2, List.of("open"))) {
      world.hub.families = true;
      world.hub.byHand = true;
      world.hub.born.put(
          world.hub.of(Samples.text(0)).orElseThrow().id, Samples.NOW.minusSeconds(9));
      world.hub.born.put(
          world.hub.of(Samples.text(1)).orElseThrow().id, Samples.NOW.minusSeconds(1));
      Incident incident = world.open();
      String made = "tok" + "_" + "madebyhand000000000041";
      world.hub.issue(made, "acme", "");
      Orders orders = Orders.NONE.leaving(Set.of(1));
      Standing standing = world.run(incident, orders, Map.of(2, value(0, made)));
      assertThat(standing.steps().get(1).state().kind()).isEqualTo(StepState.Kind.DEAD);
    }
  }

  @Test
  void asksAPersonForWhatReplacesAPublicTokenThatIsDeleted() throws Exception {
    try (var world = exposed(2)) {
      Incident incident = world.open();
      Standing standing = world.run(incident);
      assertThat(standing.count(StepState.Kind.HANDED_OVER)).as(notes.toString()).isEqualTo(2);
      assertThat(world.hub.live()).as("the stranger's alone").hasSize(1);
      String made = "tok" + "_" + "madebyhand000000000011";
      String more = "tok" + "_" + "madebyhand000000000012";
      world.hub.issue(made, "acme", "");
      world.hub.issue(more, "acme", "");
      standing = world.run(incident, Orders.NONE, Map.of(1, value(0, made), 2, value(1, more)));
      assertThat(standing.count(StepState.Kind.DEAD)).as(notes.toString()).isEqualTo(2);
      world.whole("supplied after it was revoked");
      assertThat(world.hub.mints).isZero();
    }
  }

  /// Killed at every instant: never without its end, and with its replacement in the end.
  @Test
  void losesNothingOfAPublicTokenWhereverItIsKilled() throws Exception {
    boolean struck = true;
    for (int instant = 1; struck; instant++) {
      try (var world = exposed(2)) {
        world.hub.disables = true;
        Incident incident = world.open();
        kill.after(instant);
        boolean done = world.once(incident);
        struck = kill.struckOnce();
        kill.never();
        String how = "killed at instant " + instant + ": " + notes;
        assertThat(done).as(how).isEqualTo(!struck);
        world.runAgain(incident);
        assertThat(incident.standing().count(StepState.Kind.CONTAINED)).as(how).isEqualTo(2);
        world.whole(how);
        assertThat(incident.check(null)).as(how).isEmpty();
        notes.clear();
      }
    }
  }

  @Test
  void asksAPersonWhereTheProviderMakesNoMore() throws Exception {
    try (var world = exposed(1)) {
      world.hub.disables = true;
      Incident incident = world.open();
      world.hub.fault = _ -> Optional.of(new Mint.Refused("no right to"));
      assertThat(world.run(incident).count(StepState.Kind.HANDED_OVER)).isEqualTo(1);
      String made = "tok" + "_" + "madebyhand000000000021";
      world.hub.issue(made, "acme", "");
      world.blind.byHand = true;
      Standing standing = world.run(incident, Orders.NONE, Map.of(1, value(0, made)));
      assertThat(standing.count(StepState.Kind.DELIVERED)).as(notes.toString()).isEqualTo(1);
      world.open.put("name-0", "something" + "-else");
      world.run(incident);
      assertThat(world.hub.live()).as("a person's key is not ended").hasSize(2);
      assertThat(world.hub.mints).isEqualTo(1);
    }
  }

  /// What the provider refused once it may do later: a right was missing, a limit was reached.
  @Test
  void mintsByCallWhatAPersonWasAskedFor() throws Exception {
    try (var world = exposed(2)) {
      world.hub.disables = true;
      Incident incident = world.open();
      world.hub.fault = _ -> Optional.of(new Mint.Refused("no right to"));
      assertThat(world.run(incident).count(StepState.Kind.HANDED_OVER)).isEqualTo(2);
      world.hub.offer = new Offer.ByHand("its plan allows no more keys");
      int mints = world.hub.mints;
      Standing standing = world.run(incident);
      assertThat(standing.count(StepState.Kind.HANDED_OVER)).isEqualTo(2);
      assertThat(standing.steps().getFirst().state().text())
          .isEqualTo("its plan allows no more keys");
      assertThat(world.hub.mints).as("the provider says that it will not").isEqualTo(mints);
      world.hub.offer = null;
      world.hub.fault = _ -> Optional.empty();
      assertThat(world.run(incident).count(StepState.Kind.CONTAINED))
          .as(notes.toString())
          .isEqualTo(2);
      world.whole("minted by call after all");
      assertThat(incident.check(null)).isEmpty();
    }
  }

  /// A person's key is not ended by a run that mints by call, nor is one made beside it.
  @Test
  void endsWhatACallMadeAfterAPersonWasAskedAndItsValueWasLost() throws Exception {
    try (var world = exposed(1)) {
      world.hub.disables = true;
      Incident incident = world.open();
      world.hub.fault = _ -> Optional.of(new Mint.Refused("no right to"));
      world.run(incident);
      world.hub.fault = _ -> Optional.empty();
      world.open.once.put("name-0", new Sink.Delivery.Refused("not now"));
      world.blind.once.put("name-0", new Sink.Delivery.Refused("not now"));
      assertThat(world.run(incident).count(StepState.Kind.DELIVERED)).isEqualTo(1);
      world.open.once.clear();
      world.blind.once.clear();
      assertThat(world.runAgain(incident).count(StepState.Kind.CONTAINED))
          .as(notes.toString())
          .isEqualTo(1);
      world.whole("its value was lost with a run that ended");
      assertThat(notes).anyMatch(note -> note.contains("ended a key whose value was lost"));
    }
  }

  /// While its replacement is to come, from a call or from a person.
  @ParameterizedTest
  @ValueSource(strings = {"revoked", "handed-over"})
  void switchesAPublicTokenOnAgainOfWhichNoNewOneWasMade(String waits) throws Exception {
    try (var world = exposed(1)) {
      world.hub.disables = true;
      Incident incident = world.open();
      if (waits.equals("revoked")) {
        world.open.put("name-0", "something" + "-else");
      } else {
        world.hub.fault = _ -> Optional.of(new Mint.Refused("no right to"));
      }
      Incident.StepStanding step = world.run(incident).steps().getFirst();
      assertThat(step.state().kind().label()).as(notes.toString()).isEqualTo(waits);
      world.hub.keepsOff = true;
      assertThat(world.runner().undo(incident, step, tokens.getFirst()))
          .hasValueSatisfying(why -> assertThat(why).contains("does not accept the token again"));
      step = incident.standing().steps().getFirst();
      assertThat(step.state().kind()).isEqualTo(StepState.Kind.REVOKED);
      world.hub.keepsOff = false;
      assertThat(world.runner().undo(incident, step, tokens.getFirst())).isEmpty();
      Standing standing = incident.standing();
      assertThat(standing.count(StepState.Kind.RESTORED)).isEqualTo(1);
      assertThat(standing.settled()).isTrue();
      int mints = world.hub.mints;
      world.run(incident);
      assertThat(world.hub.mints).as("it is not replaced any more").isEqualTo(mints);
      assertThat(world.hub.live()).anyMatch(key -> key.token.equals(Samples.text(0)));
      assertThat(incident.check(null)).isEmpty();
    }
  }

  @Test
  void goesOnWithAPublicTokenThatADyingRunMeantToSwitchOnAgain() throws Exception {
    try (var world = exposed(1)) {
      world.hub.disables = true;
      Incident incident = world.open();
      world.hub.fault = number -> Optional.of(new Mint.Refused("no right to"));
      Incident.StepStanding step = world.run(incident).steps().getFirst();
      kill.after(1); // before the call, whose intent is written
      assertThatThrownBy(() -> world.runner().undo(incident, step, tokens.getFirst()))
          .isInstanceOf(Kill.Killed.class);
      kill.never();
      incident.release(Holder.own());
      world.hub.fault = _ -> Optional.empty();
      assertThat(world.run(incident).count(StepState.Kind.CONTAINED))
          .as(notes.toString())
          .isEqualTo(1);
      world.whole("it stayed switched off, and was replaced");
    }
  }

  @Test
  void switchesNoPublicTokenOnAgainWhoseNewOneIsOnItsWay() throws Exception {
    try (var world = exposed(1)) {
      world.hub.disables = true;
      world.open.byHand = true;
      Incident incident = world.open();
      Incident.StepStanding step = world.run(incident).steps().getFirst();
      assertThat(step.state().kind()).isEqualTo(StepState.Kind.DELIVERED);
      assertThat(world.runner().undo(incident, step, tokens.getFirst()))
          .hasValueSatisfying(why -> assertThat(why).contains("its new key is on its way"));
      Standing standing =
          world.run(incident, new Orders(Set.of(), Set.of(), Set.of(1), Set.of()), Map.of());
      step = standing.steps().getFirst();
      assertThat(world.runner().undo(incident, step, tokens.getFirst())).isEmpty();
      assertThat(world.hub.live()).as("the old one, the new one, the stranger's").hasSize(3);
    }
  }

  @Test
  void revokesNothingBeforeAPersonChangedWhatNoSinkWrites() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.MARKED, 1, List.of("open"))) {
      Place place = tokens.getFirst().finding().places().getFirst();
      world.uncovered = List.of(new Step.Uncovered(place, true), new Step.Uncovered(place, false));
      Incident incident = world.open();
      assertThat(world.run(incident).count(StepState.Kind.DELIVERED)).isEqualTo(1);
      assertThat(notes).anyMatch(note -> note.contains("change it by hand"));
      assertThat(world.hub.live()).as("the old one lives on").hasSize(3);
      assertThat(
              world
                  .run(incident, new Orders(Set.of(), Set.of(), Set.of(1), Set.of()), Map.of())
                  .settled())
          .isTrue();
      world.whole("changed by hand");
    }
  }

  /// While it waits for what uses a store, or for a store that takes no calls for a while.
  @ParameterizedTest
  @ValueSource(strings = {"restart", "busy"})
  void stopsWithinFiveSecondsOfAPause(String waiting) throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.MARKED, 5, List.of("open"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Incident incident = world.open();
      int first = 0;
      if (waiting.equals("restart")) {
        world.open.restart = Duration.ofMinutes(5);
      } else {
        world.open.restarting.countDown();
        for (int i = 0; i < 5; i++) {
          world.open.once.put(
              "name-" + i, new Sink.Delivery.Limited(Instant.now().plusSeconds(300)));
        }
        first = 1;
      }
      Future<Standing> run = threads.submit(() -> world.run(incident));
      assertThat(world.open.restarting.await(20, TimeUnit.SECONDS)).isTrue();
      StepState.Kind waits = first == 0 ? StepState.Kind.DELIVERED : StepState.Kind.DELIVERING;
      while (!kinds.contains(waits)) {
        Thread.sleep(10);
      }
      Instant paused = Instant.now();
      incident.pause();
      run.get(30, TimeUnit.SECONDS);
      assertThat(Duration.between(paused, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(world.hub.acts).as("no old one is ended").isZero();
      world.open.restart = Duration.ZERO;
      world.open.once.clear();
      incident.resume("");
      assertThat(world.runAgain(incident).settled()).as(notes.toString()).isTrue();
      world.whole("paused while it waited for " + waiting);
    }
  }

  @Test
  void waitsUntilTheOldOneIsUsedNoMore() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.MARKED, 2, List.of("open"))) {
      world.soak = Duration.ofHours(1);
      Incident incident = world.open();
      world.hub.keys.get("key-1").used = Instant.parse("2026-01-01T00:00:00Z");
      world.hub.keys.get("key-2").used = Instant.now().plusSeconds(3600);
      Standing standing = world.run(incident);
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(1);
      assertThat(standing.count(StepState.Kind.VERIFIED)).isEqualTo(1);
      assertThat(world.hub.keys.get("key-1").live).isFalse();
      assertThat(world.hub.keys.get("key-2").live).isTrue();
    }
  }

  private HeldFinding value(int like, String text) {
    return new HeldFinding(
        tokens.get(like).finding(), new Secret(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void takesFromPeopleOnlyWhatWasAskedFor() throws Exception {
    try (var world =
        new World(Manner.CREATE, MintingHub.Naming.BARE, 4, List.of("open", "blind"))) {
      world.hub.byHand = true;
      Incident incident = world.open();
      assertThat(world.run(incident).count(StepState.Kind.HANDED_OVER)).isEqualTo(4);
      var steps = new HashMap<TokenId, Integer>();
      incident
          .standing()
          .steps()
          .forEach(step -> steps.put(step.step().subject().token(), step.number()));
      int[] number = new int[4];
      for (int i = 0; i < 4; i++) {
        number[i] = steps.get(tokens.get(i).finding().token());
      }
      String right = "tok" + "_" + "madebyhand000000000001";
      String strangers = "tok" + "_" + "madebyhand000000000002";
      world.hub.issue(right, "acme", "");
      world.hub.issue(strangers, "someone-else", "");
      var supplied =
          Map.of(
              number[0], value(0, right),
              number[1], value(1, Samples.text(1)),
              number[2], value(2, strangers),
              number[3], value(3, "tok" + "_" + "neverissued00000000001"));
      IncidentRunner runner = world.runner();
      Standing standing =
          runner.run(incident, new InHand(world.inHand(incident), supplied, Map.of()), Orders.NONE);
      assertThat(standing.count(StepState.Kind.DEAD)).as(notes.toString()).isEqualTo(1);
      assertThat(standing.count(StepState.Kind.HANDED_OVER)).isEqualTo(3);
      assertThat(runner.unwanted()).isEqualTo(3);
      assertThat(notes)
          .anyMatch(note -> note.contains("it is the old value"))
          .anyMatch(note -> note.contains("another owner's"))
          .anyMatch(note -> note.contains("not accepted"));
      assertThat(world.open.value("name-0")).contains(right);
      assertThat(world.blind.value("name-0")).contains(right);
      assertThat(world.open.value("name-1")).contains(Samples.text(1));
    }
  }

  @Test
  void takesNoTokenOfAnotherStepAndNoneTwice() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.BARE, 3, List.of("open"))) {
      world.hub.byHand = true;
      Incident incident = world.open();
      String made = "tok" + "_" + "madebyhand000000000004";
      world.hub.issue(made, "acme", "");
      Map<Integer, HeldFinding> held = world.inHand(incident);
      Standing standing =
          world.run(
              incident, Orders.NONE, Map.of(1, value(0, made), 2, value(0, made), 3, held.get(2)));
      assertThat(standing.count(StepState.Kind.DEAD)).as(notes.toString()).isEqualTo(1);
      assertThat(standing.count(StepState.Kind.HANDED_OVER)).isEqualTo(2);
      assertThat(notes)
          .anyMatch(note -> note.contains("it replaces the token of step 1 already"))
          .anyMatch(note -> note.contains("it is the token of step 2, which leaked too"));
    }
  }

  @Test
  void refusesAValueThatMayDoMore() throws Exception {
    try (var world = new World(Manner.CREATE, MintingHub.Naming.BARE, 1, List.of("open"))) {
      world.hub.byHand = true;
      Incident incident = world.open();
      String broad = "tok" + "_" + "madebyhand000000000003";
      world.hub.issue(broad, "acme", "");
      world.hub.scopes = List.of("admin", "write");
      Standing standing = world.run(incident, Orders.NONE, Map.of(1, value(0, broad)));
      assertThat(standing.count(StepState.Kind.HANDED_OVER)).isEqualTo(1);
      assertThat(notes).anyMatch(note -> note.contains("more than was advised: admin"));
    }
  }
}
