package dev.stanch.revokers.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.plan.Canaries;
import dev.stanch.revokers.plan.Owners;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.plan.Samples;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What holds for a journal in either database.
abstract class JournalContract {
  private static final byte[] KEY = new byte[TokenKey.LENGTH];

  /// Opens the journal, as another process would.
  abstract Journal open() throws Exception;

  /// Where it lies.
  abstract String url();

  static Plan plan(int tokens) {
    var all = new ArrayList<Planner.Verified>();
    for (int i = 0; i < tokens; i++) {
      all.add(
          new Planner.Verified(
              Samples.held("hub", i).finding(),
              new Verification.Live(Identity.of("acme", List.of("write"))),
              Target.byValue()));
    }
    var can =
        new Planner.Capabilities(
            Set.of(Action.REVOKE), 100, new Tenant.None(), Optional.empty(), Optional.empty());
    return new Planner(
            Map.of("hub", can), new Owners(List.of("acme")), Canaries.NONE, Set.of(), Map.of())
        .plan(Samples.NOW, List.of(), all);
  }

  static List<JournalEntry.Added> steps(Plan plan) {
    var steps = new ArrayList<JournalEntry.Added>();
    for (Step step : plan.steps()) {
      steps.add(
          new JournalEntry.Added(
              steps.size() + 1, step, step.subject().token(), new StepState.Planned()));
    }
    return steps;
  }

  private static Incident incident(Journal journal, int tokens) throws JournalException {
    Plan plan = plan(tokens);
    return journal.open(journal.name(), plan, "", KEY, steps(plan), null);
  }

  private static JournalEntry.Moved moved(int number, StepState state) {
    return new JournalEntry.Moved(number, state, null);
  }

  private static StepState.Intent intent() {
    return new StepState.Intent("call", Action.REVOKE, "by-value", 1);
  }

  @Test
  void anotherProcessFindsEverything() throws Exception {
    String id;
    try (Journal journal = open()) {
      Incident incident = incident(journal, 3);
      id = incident.id();
      incident.claim("me", List.of(1, 2));
      assertThat(incident.move("me", List.of(moved(1, intent()), moved(2, intent())))).isTrue();
      assertThat(
              incident.move(
                  "me",
                  List.of(moved(1, new StepState.Called("call", Action.REVOKE, "accepted", 1)))))
          .isTrue();
    }
    try (Journal journal = open()) {
      Standing standing = journal.find(id.substring(0, 5)).orElseThrow().standing();
      assertThat(standing.steps())
          .extracting(step -> step.state().kind())
          .containsExactly(StepState.Kind.CALLED, StepState.Kind.INTENT, StepState.Kind.PLANNED);
      assertThat(standing.steps().getFirst().step()).isEqualTo(plan(3).steps().getFirst());
      assertThat(standing.settled()).isFalse();
      assertThat(journal.list()).anyMatch(one -> one.id().equals(id) && one.left() == 3);
    }
  }

  @Test
  void refusesWhatMayNotFollow() throws Exception {
    try (Journal journal = open()) {
      Incident incident = incident(journal, 1);
      incident.claim("me", List.of(1));
      incident.move("me", List.of(moved(1, new StepState.Dead("revoked", null, null))));
      String head = incident.head();
      assertThatThrownBy(() -> incident.move("me", List.of(moved(1, intent()))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("dead to intent");
      assertThat(incident.head()).isEqualTo(head);
      assertThat(incident.check(head)).isEmpty();
    }
  }

  @Test
  void movesAllOrNone() throws Exception {
    try (Journal journal = open()) {
      Incident incident = incident(journal, 2);
      incident.claim("me", List.of(1));
      incident.claim("you", List.of(2));
      assertThat(incident.move("me", List.of(moved(1, intent()), moved(2, intent())))).isFalse();
      assertThat(incident.standing().count(StepState.Kind.PLANNED)).isEqualTo(2);
    }
  }

  @Test
  void givesAStepToOneHolderOnly() throws Exception {
    try (Journal journal = open()) {
      Incident incident = incident(journal, 1);
      assertThat(incident.claim("me", List.of(1))).containsKey(1);
      assertThat(incident.claim("you", List.of(1))).isEmpty();
      assertThat(incident.mayCall("you", List.of(1))).isFalse();
      assertThat(incident.mayCall("me", List.of(1))).isTrue();
      assertThat(incident.holders()).containsExactly("me");
      incident.release("me");
      assertThat(incident.claim("you", List.of(1))).containsKey(1);
      assertThat(incident.mayCall("me", List.of(1))).isFalse();
    }
  }

  @Test
  void takesOverALeaseThatRanOutAndNeverGivesItBack() throws Exception {
    try (Journal journal = open()) {
      Incident incident = incident(journal, 1);
      incident.claim("me", List.of(1));
      sql("UPDATE stanch_step SET lease = 1 WHERE incident = '" + incident.id() + "'");
      assertThat(incident.mayCall("me", List.of(1))).isFalse();
      incident.renew("me");
      assertThat(incident.mayCall("me", List.of(1))).isFalse();
      assertThat(incident.claim("you", List.of(1))).containsKey(1);
      assertThat(incident.move("me", List.of(moved(1, intent())))).isFalse();
    }
  }

  @Test
  void aPauseForbidsCallsAtOnce() throws Exception {
    try (Journal mine = open();
        Journal yours = open()) {
      Incident incident = incident(mine, 1);
      incident.claim("me", List.of(1));
      yours.find(incident.id()).orElseThrow().pause();
      assertThat(incident.paused()).isTrue();
      assertThat(incident.mayCall("me", List.of(1))).isFalse();
      incident.resume("");
      assertThat(incident.mayCall("me", List.of(1))).isTrue();
    }
  }

  @Test
  void tellsWhenAnEntryWasChangedOrTakenOut() throws Exception {
    for (String tamper :
        List.of(
            "UPDATE stanch_entry SET body = replace(body, 'acme', 'evil') WHERE seq = 2",
            "DELETE FROM stanch_entry WHERE seq = 3",
            "DELETE FROM stanch_entry WHERE seq = 4",
            "UPDATE stanch_step SET state = 'dead' WHERE number = 2",
            "UPDATE stanch_incident SET head_seq = head_seq - 1")) {
      try (Journal journal = open()) {
        Incident incident = incident(journal, 3);
        assertThat(incident.check(incident.head())).isEmpty();
        String where =
            tamper.startsWith("UPDATE stanch_incident") ? " WHERE id = '" : " AND incident = '";
        sql(tamper + where + incident.id() + "'");
        assertThat(incident.check(null)).as(tamper).isPresent();
      }
    }
  }

  @Test
  void tellsWhenTheWholeListWasRewritten() throws Exception {
    try (Journal journal = open()) {
      Incident incident = incident(journal, 1);
      assertThat(incident.check("0".repeat(64))).isPresent();
    }
  }

  @Test
  void keepsOneOrderAmongManyWriters() throws Exception {
    try (Journal journal = open()) {
      Incident incident = incident(journal, 40);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var writers = new ArrayList<Callable<Integer>>();
        for (int writer = 0; writer < 4; writer++) {
          String holder = "writer " + writer;
          writers.add(() -> claimAndMove(incident.id(), holder));
        }
        int moves = 0;
        for (Future<Integer> future : threads.invokeAll(writers)) {
          moves += future.get();
        }
        assertThat(moves).isEqualTo(40);
      }
      assertThat(incident.check(null)).isEmpty();
      assertThat(incident.standing().count(StepState.Kind.INTENT)).isEqualTo(40);
    }
  }

  private int claimAndMove(String id, String holder) throws Exception {
    int moves = 0;
    try (Journal journal = open()) {
      Incident incident = journal.find(id).orElseThrow();
      for (int number = 1; number <= 40; number++) {
        var claimed = incident.claim(holder, List.of(number));
        if (claimed.get(number) == StepState.Kind.PLANNED
            && incident.move(holder, List.of(moved(number, intent())))) {
          moves++;
        }
      }
    }
    return moves;
  }

  @Test
  void everyStateComesBackAsItWasWritten() {
    var made =
        new Replacement(
            "key-7",
            new TokenId("v1:id"),
            List.of(new Part("id", "AKIA")),
            List.of("read"),
            Samples.NOW.plusSeconds(3600));
    var bare = new Replacement("", new TokenId("v1:id"), List.of(), List.of(), null);
    var delivered = new TreeMap<>(Map.of("vault:a#b", "", "ci:c", Samples.NOW.toString()));
    List<StepState> states =
        List.of(
            new StepState.Planned(),
            new StepState.HandedOver("no API"),
            new StepState.Minting("stanch-i1-1-0a", Set.of("key-1", "key-2"), ""),
            new StepState.Minting("stanch-i1-1-0b", Set.of("key-1", "key-3"), "key-3"),
            new StepState.Minted(made),
            new StepState.Minted(bare),
            new StepState.Delivering(made, delivered, "file:/x"),
            new StepState.Delivered(made, delivered),
            new StepState.Activated(made, Samples.NOW),
            new StepState.Verified(made, Samples.NOW, Samples.NOW.plusSeconds(1)),
            intent(),
            new StepState.Called("call", Action.DISABLE, "accepted", 2),
            new StepState.RevokedUnproven("still accepted"),
            new StepState.Revoked(new StepState.Contained(Samples.NOW)),
            new StepState.Revoked(
                new StepState.Dead("revoked", Samples.NOW, Samples.NOW.plusSeconds(30))),
            new StepState.Contained(Samples.NOW),
            new StepState.Dead("revoked", Samples.NOW, Samples.NOW.plusSeconds(30)),
            new StepState.Dead("revoked", null, null),
            new StepState.Refused("another owner"),
            new StepState.NeedsToken("gone"),
            new StepState.Guided("no API"),
            new StepState.Parked(Samples.NOW, "limited"),
            new StepState.Withheld("not ours"),
            new StepState.Spared("canary"),
            new StepState.Restored(Samples.NOW),
            new StepState.Replaced("set anew"));
    assertThat(states).extracting(StepState::kind).contains(StepState.Kind.values());
    for (StepState state : states) {
      assertThat(StateJson.state(StateJson.tree(state))).isEqualTo(state);
    }
  }

  private void sql(String text) throws Exception {
    try (Connection connection = DriverManager.getConnection(url());
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(text)).as(text).isPositive();
    }
  }
}
