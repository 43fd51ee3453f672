package dev.stanch.revokers.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {
  private static final Verification LIVE =
      new Verification.Live(Identity.of("acme-bot", List.of("write")));
  private static final Owners ACME = new Owners(List.of("acme-bot"));

  private static Planner.Verified verified(int number, Verification answer, Target target) {
    return new Planner.Verified(Samples.held("hub", number).finding(), answer, target);
  }

  private static Plan plan(
      Planner.Capabilities can, Set<TokenId> inUse, List<Planner.Verified> all) {
    return new Planner(
            Samples.only("hub", can), ACME, new Canaries(List.of("decoy")), inUse, Map.of())
        .plan(Samples.NOW, List.of(), all);
  }

  private static Step single(Planner.Capabilities can, Verification answer, Target target) {
    return plan(can, Set.of(), List.of(verified(1, answer, target))).steps().getFirst();
  }

  @Test
  void givesOneStepForEachTokenWhateverTheirOrder() {
    var all = new ArrayList<Planner.Verified>();
    for (int i = 0; i < 30; i++) {
      all.add(verified(i, i % 3 == 0 ? new Verification.Dead("revoked") : LIVE, Target.byValue()));
    }
    Plan plan = plan(Samples.byValue(10), Set.of(), all);
    Collections.reverse(all);
    assertThat(plan(Samples.byValue(10), Set.of(), all)).isEqualTo(plan);
    assertThat(plan.steps()).hasSize(30);
    assertThat(plan.acts()).hasSize(20);
  }

  @Test
  void sendsATrialOfThreeFirst() {
    var all = new ArrayList<Planner.Verified>();
    for (int i = 0; i < 15; i++) {
      all.add(verified(i, LIVE, Target.byValue()));
    }
    assertThat(plan(Samples.byValue(10), Set.of(), all).acts())
        .extracting(Step.Act::batch)
        .containsExactly(1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3);
  }

  @Test
  void putsInOneCallWhatTheProviderTakesTogether() {
    var all = new ArrayList<Planner.Verified>();
    for (int i = 0; i < 12; i++) {
      var lot = new Target.Lot(i % 2 == 0 ? "even" : "odd", 4);
      all.add(
          verified(
              i,
              LIVE,
              new Target.Located(
                  Target.BY_VALUE, null, null, null, List.of(), Set.of(), List.of(), lot)));
    }
    var sizes = new TreeMap<Integer, Integer>();
    var kinds = new HashMap<Integer, Set<Boolean>>();
    for (Step.Act act : plan(Samples.byValue(10), Set.of(), all).acts()) {
      sizes.merge(act.batch(), 1, Integer::sum);
      int number = act.subject().places().getFirst().location().line() - 1;
      kinds.computeIfAbsent(act.batch(), _ -> new HashSet<>()).add(number % 2 == 0);
    }
    assertThat(kinds.values()).allMatch(kind -> kind.size() == 1);
    assertThat(sizes.get(1)).isEqualTo(3);
    assertThat(sizes.values()).hasSize(4).allMatch(size -> size <= 4);
  }

  @Test
  void putsTokensBehindThoseThatDieWithThem() {
    var takes = Map.of("hub-token", Set.of("hub-token"));
    var can =
        new Planner.Capabilities(
            Set.of(Action.REVOKE),
            10,
            new Tenant.None(),
            takes,
            Optional.empty(),
            Optional.empty());
    // Each older than the one before; the last of another tenant, and one of which no age is told.
    var all =
        List.of(
            verified(1, born("one", 30), Target.byValue()),
            verified(2, born("one", 20), Target.byValue()),
            verified(3, born("one", 10), Target.byValue()),
            verified(4, born("two", 5), Target.byValue()),
            verified(5, LIVE, Target.byValue()));
    List<TokenId> order = new ArrayList<>();
    plan(can, Set.of(), all).steps().forEach(step -> order.add(step.subject().token()));
    List<TokenId> family =
        List.of(
            Samples.held("hub", 1).finding().token(),
            Samples.held("hub", 2).finding().token(),
            Samples.held("hub", 3).finding().token());
    assertThat(order.stream().filter(family::contains)).containsExactlyElementsOf(family);
    // Those that are no relatives stand as they would without.
    List<TokenId> plain = new ArrayList<>();
    plan(Samples.byValue(10), Set.of(), all.subList(3, 5))
        .steps()
        .forEach(step -> plain.add(step.subject().token()));
    assertThat(order.stream().filter(token -> !family.contains(token)))
        .containsExactlyElementsOf(plain);
    assertThat(plan(can, Set.of(), all).acts()).allMatch(act -> act.after().isEmpty());
  }

  private static Verification born(String tenant, int second) {
    return new Verification.Live(
        new Identity(
            "acme-bot",
            tenant,
            null,
            List.of("write"),
            Samples.NOW.plusSeconds(second),
            null,
            null));
  }

  @Test
  void leavesCredentialsInUseForTheEndAndAlone() {
    var all =
        List.of(
            verified(1, LIVE, Target.byValue()),
            verified(2, LIVE, Target.byValue()),
            verified(3, LIVE, Target.byValue()));
    TokenId used = Samples.held("hub", 2).finding().token();
    Plan plan = plan(Samples.byValue(10), Set.of(used), all);
    Step.Act last = plan.acts().getLast();
    assertThat(last.subject().token()).isEqualTo(used);
    assertThat(last.subject().group()).isEqualTo(Group.IN_USE);
    assertThat(last.batch()).isEqualTo(2);
  }

  @Test
  void prefersToSwitchOffWhereThatCanBeUndone() {
    var key = new Target.Located("k1", "t1", null, null, List.of("the job nightly"));
    Step step = single(Samples.byKey(new Tenant.Known("t1", "acme")), LIVE, key);
    assertThat(step)
        .isInstanceOfSatisfying(
            Step.Act.class,
            act -> {
              assertThat(act.verb()).isEqualTo("disable");
              assertThat(act.irreversible()).isFalse();
              assertThat(act.collateral()).containsExactly("the job nightly");
            });
  }

  static List<Tenant> strangers() {
    return List.of(
        new Tenant.Known("t2", "another company"),
        new Tenant.Unknown("no answer"),
        new Tenant.Missing(new AdminVariable("HUB_ADMIN", "keys:write")));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void stopsAtTheKeyOfAnotherTenant(Tenant acting) {
    var key = new Target.Located("k1", "t1", null, null, List.of());
    assertThat(single(Samples.byKey(acting), LIVE, key)).isInstanceOf(Step.Blocked.class);
  }

  /// Another kind of token of the same provider may need the operator's credential; one that acts
  /// for itself does not.
  @Test
  void needsNoCredentialForWhatWasFoundWithoutOne() {
    var key = new Target.Located("k1", null, null, null, List.of());
    var missing = new Tenant.Missing(new AdminVariable("HUB_ADMIN", "keys:write"));
    assertThat(single(Samples.byKey(missing), LIVE, key)).isInstanceOf(Step.Act.class);
  }

  private static Target.Listed listed(String id) {
    return new Target.Listed(new Target.Located(id, "t1", null, null, List.of()), "ci");
  }

  static List<Target> doubtful() {
    return List.of(
        new Target.Foreign("no key of this tenant"),
        new Target.Ambiguous(List.of(listed("k1"), listed("k2"))),
        new Target.Unclear("no answer"),
        new Target.Located("k1", "t1", Samples.LEAKED.plusSeconds(60), null, List.of()));
  }

  @ParameterizedTest
  @MethodSource("doubtful")
  void stopsWhereTheKeyIsNotCertain(Target target) {
    assertThat(single(Samples.byKey(new Tenant.Known("t1", "acme")), LIVE, target))
        .isInstanceOf(Step.Blocked.class);
  }

  @Test
  void listsTheKeysThatAPersonChoosesFromOnceForAllTokens() throws Exception {
    var can = Samples.byKey(new Tenant.Known("t1", "acme"));
    var two = new Target.Ambiguous(List.of(listed("k1"), listed("k2")));
    var one = new Target.Ambiguous(List.of(listed("k9")));
    Plan plan =
        plan(
            can,
            Set.of(),
            List.of(
                verified(1, LIVE, two),
                verified(2, LIVE, one),
                verified(3, LIVE, two),
                verified(4, new Verification.Dead("revoked"), two)));
    assertThat(plan.choices()).hasSize(2);
    assertThat(plan.choices())
        .anySatisfy(
            choice -> {
              assertThat(choice.tokens()).hasSize(2);
              assertThat(choice.keys()).extracting(ListedKey::id).containsExactly("k1", "k2");
            });
    assertThat(plan.keys(Samples.held("hub", 2).finding().token()))
        .extracting(ListedKey::name)
        .containsExactly("ci");
    assertThat(PlanJson.read(PlanJson.pretty(plan))).isEqualTo(plan);
  }

  @Test
  void aChosenKeyIsInThePlanAndItsHash() throws Exception {
    var can = Samples.byKey(new Tenant.Known("t1", "acme"));
    Plan found = plan(can, Set.of(), List.of(verified(1, LIVE, listed("k1").key())));
    Plan chosen = plan(can, Set.of(), List.of(verified(1, LIVE, null).as(listed("k1"))));
    assertThat(chosen.acts().getFirst().chosen()).isEqualTo(new ListedKey("k1", "ci", null, null));
    assertThat(chosen.hash()).isNotEqualTo(found.hash());
    assertThat(PlanJson.read(PlanJson.pretty(chosen))).isEqualTo(chosen);
    var elsewhere = new Target.Listed(new Target.Located("k1", "t2", null, null, List.of()), "ci");
    assertThat(plan(can, Set.of(), List.of(verified(1, LIVE, null).as(elsewhere))).steps())
        .singleElement()
        .isInstanceOf(Step.Blocked.class);
  }

  @Test
  void aChosenKeyIsTheOneThatWasChosenOrNone() {
    var can = Samples.byKey(new Tenant.Known("t1", "acme"));
    Step.Act act =
        plan(can, Set.of(), List.of(verified(1, LIVE, null).as(listed("k1")))).acts().getFirst();
    Target.Located key = listed("k1").key();
    var used = new Target.Located("k1", "t1", null, Samples.NOW, List.of());
    var later = new Target.Located("k1", "t1", Samples.NOW, null, List.of());
    assertThat(act.found(among(listed("k2"), listed("k1")))).isEqualTo(key);
    assertThat(act.found(among(new Target.Listed(used, "ci")))).isEqualTo(used);
    assertThat(act.found(among(listed("k2")))).isInstanceOf(Target.Foreign.class);
    assertThat(act.found(among(new Target.Listed(key, "other"))))
        .isInstanceOf(Target.Ambiguous.class);
    assertThat(act.found(among(new Target.Listed(later, "ci"))))
        .isInstanceOf(Target.Ambiguous.class);
    var unclear = new Target.Unclear("no answer");
    assertThat(act.found(unclear)).isEqualTo(unclear);
  }

  private static Target among(Target.Listed... keys) {
    return new Target.Ambiguous(List.of(keys));
  }

  static List<Target> byHand() {
    return List.of(
        new Target.ByHandOnly("classic tokens"),
        new Target.NeedsCredential(new AdminVariable("HUB_ADMIN", "keys:write")));
  }

  @ParameterizedTest
  @MethodSource("byHand")
  void guidesWhereOnlyPeopleCan(Target target) {
    assertThat(single(Samples.byValue(1), LIVE, target))
        .isInstanceOfSatisfying(Step.ByHand.class, step -> assertThat(step.guidance()).isPresent());
  }

  record Grouped(Verification answer, Group group) {}

  static List<Grouped> groups() {
    return List.of(
        new Grouped(LIVE, Group.OURS),
        new Grouped(new Verification.Live(Identity.of("ACME-Bot", List.of())), Group.OURS),
        new Grouped(new Verification.Live(Identity.of("acme", List.of())), Group.THIRD_PARTY),
        new Grouped(new Verification.Live(Identity.UNTOLD), Group.THIRD_PARTY),
        new Grouped(new Verification.Live(Identity.of("decoy", List.of())), Group.CANARY),
        new Grouped(
            new Verification.Unknown("no answer", Verification.Retry.LATER), Group.UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void tellsWhoseTokenItIs(Grouped expected) {
    assertThat(single(Samples.byValue(1), expected.answer(), Target.byValue()).subject().group())
        .isEqualTo(expected.group());
  }

  @Test
  void knowsOwnersByDomainAndByProvider() {
    var owners = new Owners(List.of("@example.com", "hub:acme"));
    assertThat(owners.include("hub", Identity.of("ann@example.com", List.of()))).isTrue();
    assertThat(owners.include("hub", Identity.of("ann@evil-example.com", List.of()))).isFalse();
    assertThat(owners.include("hub", Identity.of("acme", List.of()))).isTrue();
    assertThat(owners.include("other", Identity.of("acme", List.of()))).isFalse();
    assertThat(owners.include("hub", Identity.UNTOLD)).isFalse();
  }

  @Test
  void comesBackFromJsonAsItWas() throws Exception {
    var all =
        List.of(
            verified(1, LIVE, Target.byValue()),
            verified(2, new Verification.Dead("revoked"), Target.byValue()),
            verified(3, LIVE, new Target.ByHandOnly("classic")),
            verified(4, LIVE, new Target.Foreign("not ours")));
    Plan plan = plan(Samples.byValue(10), Set.of(), all);
    String json = PlanJson.pretty(plan);
    assertThat(PlanJson.read(json)).isEqualTo(plan);
    assertThat(json).doesNotContain(Samples.text(1));
  }

  @Test
  void refusesAPlanThatWasChanged() {
    String json =
        PlanJson.pretty(
            plan(Samples.byValue(10), Set.of(), List.of(verified(1, LIVE, Target.byValue()))));
    assertThatThrownBy(() -> PlanJson.read(json.replace("acme-bot", "somebody")))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("hash");
    assertThatThrownBy(
            () -> PlanJson.read(json.replace("2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z")))
        .isInstanceOf(PlanException.class);
  }

  @Test
  void expiresAfterAnHour() {
    Plan plan = plan(Samples.byValue(1), Set.of(), List.of());
    assertThat(plan.expired(Samples.NOW.plusSeconds(3600))).isFalse();
    assertThat(plan.expired(Samples.NOW.plusSeconds(3601))).isTrue();
    assertThat(plan.expired(Samples.NOW.minusSeconds(3600))).isTrue();
  }

  @Test
  void readsTheAccountInAnAwsKeyId() {
    // 123456789012 written into a key id of the current scheme.
    long bits = 123_456_789_012L << 9 | 1L << 49;
    var text = new StringBuilder("AKIA");
    for (int i = 9; i >= 0; i--) {
      text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt((int) (bits >> 5 * i & 31)));
    }
    assertThat(Canaries.awsAccount(text + "ABCDEF")).contains("123456789012");
    assertThat(Canaries.awsAccount("AKIA" + "I".repeat(16))).isEmpty();
  }
}
