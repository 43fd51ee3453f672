package dev.stanch.revokers.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.Standing;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Canaries;
import dev.stanch.revokers.plan.Owners;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.PlanJson;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.plan.Samples;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.ProviderCatalogue;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verifier;
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
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT) // each waits for its journal and its proofs
class IncidentRunnerTest {
  private static final RunSettings QUICK =
      new RunSettings(Duration.ZERO, Duration.ofMinutes(10), RunSettings.LongPause.PARK);

  @TempDir Path folder;

  private Journal journal;
  private final List<HeldFinding> tokens = new ArrayList<>();
  private final List<JournalEntry.Moved> heard =
      java.util.Collections.synchronizedList(new ArrayList<>());
  private final List<String> bugs = java.util.Collections.synchronizedList(new ArrayList<>());
  private final List<String> notes = java.util.Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void openJournal() throws Exception {
    journal = Journal.inFile(folder.resolve("journal.db"), "ann@desk/1", new SecureRandom());
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  private ScriptedHub hub(String id, int largestBatch, int count) {
    var hub = new ScriptedHub(id, largestBatch);
    for (int i = 0; i < count; i++) {
      int number = tokens.size();
      tokens.add(Samples.held(id, number));
      hub.live.put(Samples.text(number), "acme");
    }
    return hub;
  }

  private Providers providers(ScriptedHub... hubs) throws Exception {
    return new Providers(
        new ProviderCatalogue(List.of(hubs)),
        Map.of(),
        List.of(),
        new Transport(Map.of(), "test", Time.system(), new SecureRandom()),
        (provider, bug) -> bugs.add(provider + " " + bug.getClass().getSimpleName()));
  }

  private Incident open(Providers providers, Set<TokenId> inUse) throws Exception {
    return open(providers, inUse, UnaryOperator.identity());
  }

  private Incident open(
      Providers providers, Set<TokenId> inUse, UnaryOperator<Planner.Verified> said)
      throws Exception {
    return open(providers, inUse, Inquiry.Depth.KEY, said);
  }

  private Incident open(
      Providers providers,
      Set<TokenId> inUse,
      Inquiry.Depth depth,
      UnaryOperator<Planner.Verified> said)
      throws Exception {
    var ids = new TreeSet<ProviderId>();
    tokens.forEach(token -> ids.add(token.finding().provider()));
    List<Planner.Verified> verified =
        new Inquiry(providers, Canaries.NONE)
            .ask(tokens, _ -> true, depth).stream().map(said).toList();
    Plan plan =
        new Planner(
                providers.capabilities(ids),
                new Owners(List.of("acme")),
                Canaries.NONE,
                inUse,
                Map.of())
            .plan(Samples.NOW, List.of(), verified);
    var steps = new ArrayList<JournalEntry.Added>();
    for (Step step : plan.steps()) {
      steps.add(
          new JournalEntry.Added(
              steps.size() + 1,
              step,
              step.subject().token(),
              switch (step) {
                case Step.Act _ -> new StepState.Planned();
                case Step.ByHand byHand -> new StepState.Guided(byHand.why());
                case Step.Rotate _, Step.Blocked _, Step.Nothing _ ->
                    new StepState.Dead("before", null, null);
              }));
    }
    return journal.open(journal.name(), plan, "", new byte[TokenKey.LENGTH], steps, null);
  }

  private Standing run(Providers providers, Incident incident) throws Exception {
    return run(providers, incident, QUICK);
  }

  private Standing run(Providers providers, Incident incident, RunSettings settings)
      throws Exception {
    return runner(providers, settings).run(incident, inHand(incident));
  }

  private IncidentRunner runner(Providers providers, RunSettings settings) {
    return new IncidentRunner(
        providers,
        settings,
        InstantSource.system(),
        new IncidentRunner.Listener() {
          @Override
          public void moved(JournalEntry.Moved move) {
            heard.add(move);
          }

          @Override
          public void noted(String subject, String text) {
            notes.add(subject + ": " + text);
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

  @Test
  void provesThreeBeforeItSendsTheRest() throws Exception {
    ScriptedHub hub = hub("hub", 1000, 50);
    try (Providers providers = providers(hub)) {
      Standing standing = run(providers, open(providers, Set.of()));
      assertThat(standing.settled()).isTrue();
      assertThat(hub.live).isEmpty();
      assertThat(hub.calls).containsExactly(3, 47);
      long called =
          heard.stream().limit(9).filter(move -> move.state() instanceof StepState.Dead).count();
      assertThat(called).as("three proofs stand before the fourth intent").isEqualTo(3);
    }
  }

  /// Whatever else was proven: a mistaken choice is found out before there is another.
  @Test
  void sendsChosenKeysOneByOneBehindProvenOnes() throws Exception {
    ScriptedHub hub = hub("hub", 1, 60);
    try (Providers providers = providers(hub)) {
      Set<TokenId> chosen =
          open(providers, Set.of()).standing().steps().stream()
              .skip(55)
              .map(step -> step.step().subject().token())
              .collect(Collectors.toSet());
      Set<String> texts =
          IntStream.range(0, tokens.size())
              .filter(i -> chosen.contains(tokens.get(i).finding().token()))
              .mapToObj(Samples::text)
              .collect(Collectors.toSet());
      var ended = new TreeSet<String>();
      hub.fault =
          (batch, _) -> {
            if (!texts.contains(batch.getFirst())) {
              return Optional.empty();
            }
            ended.add(batch.getFirst());
            hub.missingLocates.set(1); // the key that went was another token's
            return Optional.of(new ActionResult.Accepted());
          };
      Incident incident =
          open(
              providers,
              Set.of(),
              one ->
                  chosen.contains(one.finding().token())
                          && one.target() instanceof Target.Located key
                      ? one.as(new Target.Listed(key, "nightly build"))
                      : one);
      Standing standing = run(providers, incident);
      assertThat(ended).hasSize(1);
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(55);
      assertThat(notes).anyMatch(note -> note.contains("stopped: the key that a person chose"));
    }
  }

  @Test
  void intentIsDurableBeforeEachCallAndOutcomeAfter() throws Exception {
    ScriptedHub hub = hub("hub", 1, 4);
    var seen = new ArrayList<Long>();
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      hub.fault =
          (_, _) -> {
            try (Journal other =
                Journal.inFile(folder.resolve("journal.db"), "bob@desk/2", new SecureRandom())) {
              seen.add(
                  other.find(incident.id()).orElseThrow().standing().count(StepState.Kind.INTENT));
            } catch (dev.stanch.revokers.journal.JournalException e) {
              throw new IllegalStateException(e);
            }
            return Optional.empty();
          };
      assertThat(run(providers, incident).settled()).isTrue();
      assertThat(seen).hasSize(4).allMatch(intents -> intents >= 1);
      assertThat(incident.check(null)).isEmpty();
    }
  }

  @Test
  void runningAFinishedIncidentAgainCallsNothing() throws Exception {
    ScriptedHub hub = hub("hub", 10, 8);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      run(providers, incident);
      int calls = hub.calls.size();
      assertThat(run(providers, incident).settled()).isTrue();
      assertThat(hub.calls).hasSize(calls);
    }
  }

  @Test
  void halvesARefusedBatchUntilTheCulpritStandsAlone() throws Exception {
    ScriptedHub hub = hub("hub", 100, 40);
    String culprit = Samples.text(20);
    hub.fault =
        (batch, _) ->
            batch.contains(culprit)
                ? Optional.of(new ActionResult.Refused("malformed"))
                : Optional.empty();
    try (Providers providers = providers(hub)) {
      Standing standing = run(providers, open(providers, Set.of()));
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(39);
      assertThat(standing.count(StepState.Kind.REFUSED)).isEqualTo(1);
      assertThat(hub.live).containsOnlyKeys(culprit);
    }
  }

  @Test
  void sendsWhatStaysAliveOnceMoreAndAlone() throws Exception {
    ScriptedHub hub = hub("hub", 100, 10);
    String slow = Samples.text(7);
    hub.fault =
        (batch, _) -> {
          if (batch.size() > 1 && batch.contains(slow)) {
            batch.stream().filter(token -> !token.equals(slow)).forEach(hub.live::remove);
            return Optional.of(new ActionResult.Accepted());
          }
          return Optional.empty();
        };
    try (Providers providers = providers(hub)) {
      Standing standing = run(providers, open(providers, Set.of()));
      assertThat(standing.settled()).isTrue();
      assertThat(hub.calls).contains(1);
    }
  }

  @Test
  void sendsNothingOnceMoreThatIsAStrangersByThen() throws Exception {
    ScriptedHub hub = hub("hub", 1, 4);
    String sold = Samples.text(3);
    hub.fault =
        (batch, _) -> {
          if (batch.contains(sold)) {
            hub.live.put(sold, "a stranger");
            return Optional.of(new ActionResult.Accepted());
          }
          return Optional.empty();
        };
    try (Providers providers = providers(hub)) {
      Standing standing = run(providers, open(providers, Set.of()));
      assertThat(standing.count(StepState.Kind.REVOKED_UNPROVEN)).isEqualTo(1);
      assertThat(hub.calls).as("each once").hasSize(4);
    }
  }

  @Test
  void takesOnlyWaysThatWerePlanned() throws Exception {
    ScriptedHub hub = hub("hub", 1, 1);
    hub.otherwise = List.of("one", "two");
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      hub.otherwise = List.of("two", "three");
      assertThat(run(providers, incident).settled()).isTrue();
      assertThat(hub.ways).containsExactly("two");
    }
  }

  @Test
  void mixesInNoCallWhatTheProviderTakesApart() throws Exception {
    ScriptedHub hub = hub("hub", 1000, 60);
    Set<String> odd = new TreeSet<>();
    for (int i = 1; i < 60; i += 2) {
      odd.add(Samples.text(i));
    }
    hub.lot = token -> new Target.Lot(odd.contains(token) ? "odd" : "even", 20);
    hub.fault =
        (batch, _) ->
            batch.stream().map(odd::contains).distinct().count() > 1
                ? Optional.of(new ActionResult.Refused("two kinds"))
                : Optional.empty();
    try (Providers providers = providers(hub)) {
      assertThat(run(providers, open(providers, Set.of())).settled()).isTrue();
      assertThat(hub.calls)
          .as("two at most for the trial, two of each kind then")
          .hasSizeLessThan(7);
      assertThat(hub.calls).allMatch(size -> size <= 20);
    }
  }

  @Test
  void aMistakeInOneProviderStopsNoOther() throws Exception {
    ScriptedHub broken = hub("broken", 1, 3);
    ScriptedHub sound = hub("sound", 1, 3);
    try (Providers providers = providers(broken, sound)) {
      Incident incident = open(providers, Set.of());
      broken.bug = () -> new IllegalStateException(Samples.text(0));
      Standing standing = run(providers, incident);
      assertThat(sound.live).isEmpty();
      assertThat(broken.live).hasSize(3);
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(3);
      assertThat(bugs).contains("broken IllegalStateException");
      broken.bug = null;
      assertThat(run(providers, incident).settled()).isTrue();
    }
  }

  @Test
  void stopsAProviderWhoseProofsFailAndNoOther() throws Exception {
    ScriptedHub broken = hub("broken", 1, 10);
    broken.fault = (_, _) -> Optional.of(new ActionResult.Accepted());
    ScriptedHub sound = hub("sound", 1, 10);
    try (Providers providers = providers(broken, sound)) {
      Standing standing = run(providers, open(providers, Set.of()));
      assertThat(sound.live).isEmpty();
      assertThat(standing.count(StepState.Kind.REVOKED_UNPROVEN)).isBetween(1L, 3L);
      assertThat(standing.count(StepState.Kind.PLANNED)).isGreaterThanOrEqualTo(7);
      assertThat(notes).anyMatch(note -> note.startsWith("broken: stopped"));
      assertThat(standing.settled()).isFalse();
    }
  }

  @Test
  void nothingIsDeadWhereSomebodyElseAnswers() throws Exception {
    ScriptedHub hub = hub("hub", 10, 5);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      hub.live.clear(); // a proxy that refuses everything
      hub.control = new Verifier.Control.Suspect("a login page");
      Standing standing = run(providers, incident);
      assertThat(standing.count(StepState.Kind.DEAD)).isZero();
      assertThat(hub.calls).isEmpty();
      assertThat(notes).anyMatch(note -> note.contains("a login page"));
    }
  }

  @Test
  void believesNoProviderThatAcceptsAMadeUpToken() throws Exception {
    ScriptedHub hub = hub("hub", 10, 3);
    hub.acceptsAnything = true;
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      assertThat(incident.standing().steps())
          .allMatch(step -> step.step().subject().verdict().equals("unknown"));
    }
  }

  @Test
  void touchesNothingThatIsNotAsPlanned() throws Exception {
    ScriptedHub hub = hub("hub", 10, 5);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      hub.live.put(Samples.text(2), "a stranger");
      Standing standing = run(providers, incident);
      assertThat(standing.count(StepState.Kind.REFUSED)).isEqualTo(1);
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(4);
      assertThat(hub.acted).doesNotContain(Samples.text(2));
    }
  }

  @Test
  void leavesNoTokenOutForAnswersThatDidNotCome() throws Exception {
    ScriptedHub hub = hub("hub", 1, 5);
    hub.silentProbes.set(2);
    hub.silentLocates.set(2);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      assertThat(incident.standing().steps()).allMatch(step -> step.step() instanceof Step.Act);
      hub.silentLocates.set(2);
      assertThat(run(providers, incident).settled()).isTrue();
      assertThat(hub.live).isEmpty();
    }
  }

  @Test
  void leavesForAnotherRunWhatNobodyTellsAbout() throws Exception {
    ScriptedHub hub = hub("hub", 1, 3);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      hub.silentLocates.set(Integer.MAX_VALUE);
      assertThat(run(providers, incident).count(StepState.Kind.PLANNED)).isEqualTo(3);
      hub.silentLocates.set(0);
      assertThat(run(providers, incident).settled()).isTrue();
    }
  }

  @Test
  void parksAProviderThatWantsALongPause() throws Exception {
    ScriptedHub hub = hub("hub", 1, 9);
    Instant until = Instant.now().plusSeconds(3600);
    hub.fault =
        (_, number) -> number > 4 ? Optional.of(new ActionResult.Limited(until)) : Optional.empty();
    try (Providers providers = providers(hub)) {
      Standing standing = run(providers, open(providers, Set.of()));
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(4);
      assertThat(standing.count(StepState.Kind.PARKED)).isEqualTo(5);
      assertThat(notes).anyMatch(note -> note.contains(until.toString()));
    }
  }

  @Test
  void waitsForAShortPause() throws Exception {
    ScriptedHub hub = hub("hub", 10, 9);
    hub.fault =
        (_, number) ->
            number == 2
                ? Optional.of(new ActionResult.Limited(Instant.now().plusMillis(200)))
                : Optional.empty();
    try (Providers providers = providers(hub)) {
      assertThat(run(providers, open(providers, Set.of())).settled()).isTrue();
    }
  }

  @Test
  void makesACallAgainThatDidNotGetThroughUnderOneIntent() throws Exception {
    ScriptedHub hub = hub("hub", 10, 3);
    hub.fault =
        (_, number) ->
            switch (number) {
              case 1 -> Optional.of(new ActionResult.Unclear("answer 503"));
              case 2 -> Optional.of(new ActionResult.Limited(Instant.now().plusMillis(100)));
              default -> Optional.empty();
            };
    try (Providers providers = providers(hub)) {
      assertThat(run(providers, open(providers, Set.of())).settled()).isTrue();
      assertThat(hub.calls).containsExactly(3, 3, 3);
      assertThat(heard.stream().filter(move -> move.state() instanceof StepState.Intent))
          .hasSize(3);
    }
  }

  @Test
  void refusesNoStepForAKeyThatIsMissingInOneListing() throws Exception {
    ScriptedHub hub = hub("hub", 1, 3);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      hub.missingLocates.set(2);
      assertThat(run(providers, incident).settled()).isTrue();
      assertThat(hub.live).isEmpty();
    }
  }

  @Test
  void closesWhatAPersonDidAndAsksForATokenThatIsGoneFromItsPlace() throws Exception {
    ScriptedHub hub = hub("hub", 1, 2);
    hub.actions = Set.of();
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      assertThat(run(providers, incident).count(StepState.Kind.GUIDED)).isEqualTo(2);
      hub.live.clear();
      Map<Integer, HeldFinding> held = inHand(incident);
      held.remove(2);
      Standing standing = runner(providers, QUICK).run(incident, held);
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(1);
      assertThat(notes).anyMatch(note -> note.contains("step 2: ") && note.contains("supply it"));
      assertThat(run(providers, incident).settled()).as("supplied").isTrue();
    }
  }

  /// What nobody shows is listed again.
  @Test
  void closesStepsAboutSecretsThatWereSetAnewOrAreGone() throws Exception {
    Instant old = Instant.parse("2024-03-01T10:00:00Z");
    var entries = new ArrayList<InventoryEntry>();
    for (String name : List.of("SAME", "ANEW", "GONE", "EXPOSED")) {
      entries.add(new InventoryEntry("space-secret", "space:acme/chat", name, old, ""));
    }
    try (Providers providers = providers()) {
      Plan plan =
          new Planner(Map.of(), new Owners(List.of()), Canaries.NONE, Set.of(), Map.of())
              .plan(
                  Samples.NOW,
                  List.of(),
                  List.of(),
                  entries.stream()
                      .map(
                          entry ->
                              new Planner.Unshown(
                                  entry,
                                  new TokenId("v1:" + entry.name()),
                                  "https://example.com/settings",
                                  List.of("old")))
                      .toList());
      assertThat(PlanJson.read(PlanJson.pretty(plan))).isEqualTo(plan);
      var steps = new ArrayList<JournalEntry.Added>();
      for (Step step : plan.steps()) {
        steps.add(
            new JournalEntry.Added(steps.size() + 1, step, null, new StepState.Guided("by hand")));
      }
      Incident incident =
          journal.open(journal.name(), plan, "", new byte[TokenKey.LENGTH], steps, null);
      Instant now = old.plusSeconds(1_000_000);
      List<InventoryEntry> again =
          List.of(
              entries.getFirst(),
              new InventoryEntry("space-secret", "space:acme/chat", "ANEW", now, ""),
              new InventoryEntry("space-secret", "space:acme/chat", "EXPOSED", now, "static"),
              new InventoryEntry("space-secret", "space:acme/other", "SAME", now, ""));
      var part = new Listed(again, Set.of());
      assertThat(resumed(providers, incident, part)).containsExactly("ANEW of space:acme/chat");
      var whole = new Listed(again, Set.of("space:acme/chat"));
      assertThat(resumed(providers, incident, whole))
          .containsExactlyInAnyOrder("ANEW of space:acme/chat", "GONE of space:acme/chat");
    }
  }

  private List<String> resumed(Providers providers, Incident incident, Listed listed)
      throws Exception {
    return runner(providers, QUICK)
        .run(incident, new InHand(Map.of(), Map.of(), Map.of(), listed), Orders.NONE)
        .steps()
        .stream()
        .filter(step -> step.state().kind() == StepState.Kind.REPLACED)
        .map(step -> step.step().subject().redacted())
        .toList();
  }

  @Test
  void credentialsInUseGoLast() throws Exception {
    ScriptedHub one = hub("one", 10, 4);
    ScriptedHub other = hub("other", 10, 4);
    TokenId used = tokens.get(1).finding().token();
    try (Providers providers = providers(one, other)) {
      Standing standing = run(providers, open(providers, Set.of(used)));
      assertThat(standing.settled()).isTrue();
      List<JournalEntry.Moved> intents =
          heard.stream().filter(move -> move.state() instanceof StepState.Intent).toList();
      int last = intents.getLast().number();
      assertThat(standing.steps().get(last - 1).step().subject().token()).isEqualTo(used);
    }
  }

  @Test
  void aTokenThatIsGoneIsNeitherSkippedNorDone() throws Exception {
    ScriptedHub hub = hub("hub", 10, 4);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      Map<Integer, HeldFinding> held = inHand(incident);
      held.remove(2);
      Standing standing = runner(providers, QUICK).run(incident, held);
      assertThat(standing.count(StepState.Kind.NEEDS_TOKEN)).isEqualTo(1);
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(3);
      assertThat(run(providers, incident).settled()).as("supplied").isTrue();
      assertThat(hub.live).isEmpty();
    }
  }

  @Test
  void switchesOffProvesItAndSwitchesOnAgain() throws Exception {
    ScriptedHub hub = hub("hub", 1, 1);
    hub.actions = Set.of(Action.DISABLE, Action.ENABLE);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      Standing standing = run(providers, incident);
      assertThat(standing.count(StepState.Kind.CONTAINED)).isEqualTo(1);
      assertThat(standing.settled()).isFalse();
      assertThat(
              runner(providers, QUICK)
                  .undo(incident, standing.steps().getFirst(), tokens.getFirst()))
          .isEmpty();
      assertThat(hub.off).isEmpty();
      assertThat(incident.standing().settled()).isTrue();
    }
  }

  @Test
  void takesFromTokensWhatTheyReachAndLeavesThemAlive() throws Exception {
    ScriptedHub hub = hub("hub", 10, 2);
    hub.reached.addAll(hub.live.keySet());
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of(), Inquiry.Depth.ACCESS, UnaryOperator.identity());
      // One that was withdrawn before its process died: its token tells nothing of it.
      incident.claim("dead process", List.of(1));
      incident.move(
          "dead process",
          List.of(
              new JournalEntry.Moved(
                  1, new StepState.Intent("c", Action.WITHDRAW, "grant", 1), null)));
      incident.release("dead process");
      String first = Samples.text(number(incident.standing().steps().getFirst()));
      hub.reached.remove(first);
      Standing standing = run(providers, incident);
      assertThat(standing.count(StepState.Kind.CONTAINED)).isEqualTo(2);
      assertThat(standing.settled()).isFalse();
      assertThat(hub.reached).isEmpty();
      assertThat(hub.live).hasSize(2);
      assertThat(hub.acted).hasSize(1).doesNotContain(first);
      assertThat(
              runner(providers, QUICK)
                  .undo(incident, standing.steps().getFirst(), tokens.getFirst()))
          .isPresent();
    }
  }

  @Test
  void saysThatATokenStillReachesWhatWasWithdrawn() throws Exception {
    ScriptedHub hub = hub("hub", 1, 1);
    hub.reached.addAll(hub.live.keySet());
    hub.fault = (_, _) -> Optional.of(new ActionResult.Accepted());
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of(), Inquiry.Depth.ACCESS, UnaryOperator.identity());
      assertThat(run(providers, incident).count(StepState.Kind.REVOKED_UNPROVEN)).isEqualTo(1);
    }
  }

  @Test
  void takesNoAnotherOrganizationsListingForAProof() throws Exception {
    ScriptedHub hub = hub("hub", 1, 1);
    hub.reached.addAll(hub.live.keySet());
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of(), Inquiry.Depth.ACCESS, UnaryOperator.identity());
      hub.organization = "another";
      assertThat(run(providers, incident).count(StepState.Kind.REVOKED_UNPROVEN)).isEqualTo(1);
    }
  }

  private static int number(Incident.StepStanding step) {
    return Integer.parseInt(step.step().subject().redacted().replaceAll("\\D", ""));
  }

  @Test
  void deletesWhatWasSwitchedOffAndUndoesItNoMore() throws Exception {
    ScriptedHub hub = hub("hub", 1, 3);
    hub.actions = Set.of(Action.DISABLE, Action.ENABLE, Action.REVOKE);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      run(providers, incident);
      Standing standing =
          runner(providers, QUICK)
              .run(incident, inHand(incident), new Orders(Set.of(), Set.of(1, 2)));
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(2);
      assertThat(standing.count(StepState.Kind.CONTAINED)).isEqualTo(1);
      assertThat(hub.off).hasSize(1);
      assertThat(incident.check(null)).isEmpty();
      HeldFinding deleted = inHand(incident).get(1);
      assertThat(runner(providers, QUICK).undo(incident, standing.steps().getFirst(), deleted))
          .hasValueSatisfying(why -> assertThat(why).contains("dead"));
      assertThat(hub.live).hasSize(1);
    }
  }

  @Test
  void keepsWhatItMayNotDelete() throws Exception {
    ScriptedHub hub = hub("hub", 1, 2);
    hub.actions = Set.of(Action.DISABLE, Action.ENABLE, Action.REVOKE);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      run(providers, incident);
      hub.off.remove(Samples.text(0)); // somebody switched it on again
      hub.fault = (_, _) -> Optional.of(new ActionResult.Refused("no right"));
      Standing standing =
          runner(providers, QUICK)
              .run(incident, inHand(incident), new Orders(Set.of(), Set.of(1, 2)));
      assertThat(standing.count(StepState.Kind.CONTAINED)).isEqualTo(2);
      assertThat(notes)
          .anyMatch(note -> note.contains("it is accepted again"))
          .anyMatch(note -> note.contains("no right"));
    }
  }

  @Test
  void takesNoRefusalForADeletionOfWhatWasRefusedBefore() throws Exception {
    ScriptedHub hub = hub("hub", 1, 2);
    hub.actions = Set.of(Action.DISABLE, Action.ENABLE, Action.REVOKE);
    hub.listed = true;
    hub.offIsDead = true;
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      assertThat(run(providers, incident).count(StepState.Kind.CONTAINED)).isEqualTo(2);
      hub.fault =
          (batch, _) ->
              batch.contains(Samples.text(0))
                  ? Optional.of(new ActionResult.Accepted())
                  : Optional.empty();
      Standing standing =
          runner(providers, QUICK)
              .run(incident, inHand(incident), new Orders(Set.of(), Set.of(1, 2)));
      assertThat(standing.count(StepState.Kind.CONTAINED)).isEqualTo(1);
      assertThat(standing.count(StepState.Kind.DEAD)).isEqualTo(1);
      assertThat(hub.live).containsOnlyKeys(Samples.text(0));
      assertThat(notes).anyMatch(note -> note.contains("nothing shows that the key is gone"));
      hub.fault = (_, _) -> Optional.empty();
      assertThat(
              runner(providers, QUICK)
                  .run(incident, inHand(incident), new Orders(Set.of(), Set.of(1, 2)))
                  .settled())
          .isTrue();
    }
  }

  @Test
  void takesWhatIsReleasedLater() throws Exception {
    ScriptedHub hub = hub("hub", 10, 4);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      assertThat(incident.claim("ann", List.of(1, 2))).hasSize(2);
      incident.move(
          "ann",
          List.of(
              new JournalEntry.Moved(1, new StepState.Withheld("not ours"), null),
              new JournalEntry.Moved(2, new StepState.Withheld("not ours"), null)));
      incident.release("ann");
      run(providers, incident);
      assertThat(hub.live).hasSize(2);
      Standing standing =
          runner(providers, QUICK).run(incident, inHand(incident), new Orders(Set.of(2), Set.of()));
      assertThat(standing.count(StepState.Kind.WITHHELD)).isEqualTo(1);
      assertThat(hub.live).hasSize(1);
    }
  }

  @Test
  void goesOnWhereAKilledProcessStoodInTheMiddleOfACall() throws Exception {
    ScriptedHub hub = hub("hub", 10, 6);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      // One that was called before the process died, one that was not.
      incident.claim("dead process", List.of(1, 2));
      incident.move(
          "dead process",
          List.of(
              new JournalEntry.Moved(
                  1, new StepState.Intent("c", Action.REVOKE, "by-value", 1), null),
              new JournalEntry.Moved(
                  2, new StepState.Intent("c", Action.REVOKE, "by-value", 1), null)));
      incident.release("dead process");
      String first = Samples.text(number(incident.standing().steps().getFirst()));
      hub.live.remove(first);
      Standing standing = run(providers, incident);
      assertThat(standing.settled()).isTrue();
      assertThat(hub.acted).doesNotContain(first).hasSize(5).doesNotHaveDuplicates();
    }
  }

  @Test
  void aStopEndsTheRunBetweenCalls() throws Exception {
    ScriptedHub hub = hub("hub", 1, 30);
    try (Providers providers = providers(hub)) {
      Incident incident = open(providers, Set.of());
      IncidentRunner runner = runner(providers, QUICK);
      hub.fault =
          (_, number) -> {
            if (number == 5) {
              runner.stop("somebody pressed a key");
            }
            return Optional.empty();
          };
      Standing standing = runner.run(incident, inHand(incident));
      assertThat(hub.live).hasSizeGreaterThan(0);
      assertThat(standing.settled()).isFalse();
      assertThat(run(providers, incident).settled()).isTrue();
      assertThat(hub.acted).doesNotHaveDuplicates().hasSize(30);
    }
  }

  @Test
  void twoProcessesDoNothingTwice() throws Exception {
    ScriptedHub hub = hub("hub", 1, 40);
    try (Providers providers = providers(hub);
        Journal other =
            Journal.inFile(folder.resolve("journal.db"), "bob@desk/2", new SecureRandom())) {
      Incident incident = open(providers, Set.of());
      Incident same = other.find(incident.id()).orElseThrow();
      var mine = runner(providers, QUICK);
      var yours = runner(providers, QUICK).as("another process");
      Map<Integer, HeldFinding> held = inHand(incident);
      var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor();
      try (threads) {
        var one = threads.submit(() -> mine.run(incident, held));
        var two = threads.submit(() -> yours.run(same, held));
        one.get();
        two.get();
      }
      assertThat(hub.acted).hasSize(40).doesNotHaveDuplicates();
      assertThat(hub.live).isEmpty();
      assertThat(incident.check(null)).isEmpty();
    }
  }
}
