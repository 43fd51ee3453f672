package dev.stanch.revokers.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.Fault;
import dev.stanch.fixtures.RecordedRequest;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What a provider must do on a fake that somebody else wrote from the provider's documentation. A
/// provider in Java extends this; the descriptors are run through [#cases].
///
/// The fake's contract names the roles: each key with a `verdict` is asked about; `live`, and every
/// role whose requests are documented, is revoked; `stranger` is a key of another tenant; `twin` a
/// key that another one of the same tenant looks like.
public abstract class ProviderContract {
  static final Set<Fault> UNTOLD =
      EnumSet.of(
          Fault.SERVER_ERROR,
          Fault.RATE_LIMITED,
          Fault.RESET,
          Fault.SILENCE,
          Fault.DRIP,
          Fault.ENDLESS,
          Fault.HEADERS,
          Fault.MALFORMED,
          Fault.REDIRECT);

  /// For the providers' own tests.
  protected ProviderContract() {}

  /// The provider.
  protected abstract Provider provider();

  /// Its fake, new each time.
  protected abstract FakeProvider fake() throws IOException;

  /// The variables that point the provider at the fake.
  protected abstract Map<String, String> environment(FakeProvider fake);

  @TestFactory
  Stream<DynamicTest> keepsTheContract() throws IOException {
    Provider provider = provider();
    try (FakeProvider fake = fake()) {
      return cases(
          provider,
          fake,
          () -> {
            FakeProvider fresh = fake();
            return new Bench(provider, fresh, environment(fresh));
          });
    }
  }

  /// A provider that is data, with the variables that point it at its fake.
  public static Stream<DynamicTest> casesOf(
      Provider provider, String fake, Function<FakeProvider, Map<String, String>> environment)
      throws IOException {
    try (var sample = new FakeProvider(fake)) {
      return cases(
          provider,
          sample,
          () -> {
            var fresh = new FakeProvider(fake);
            return new Bench(provider, fresh, environment.apply(fresh));
          });
    }
  }

  @FunctionalInterface
  private interface Case {
    void run(Bench bench) throws Exception;
  }

  private static Stream<DynamicTest> cases(
      Provider provider, FakeProvider sample, Bench.Maker maker) {
    var cases = new ArrayList<DynamicTest>();
    Map<String, Case> all = new LinkedHashMap<>();
    for (FakeKey key : sample.keys()) {
      if (!key.verdict().isEmpty()) {
        all.put("says " + key.verdict() + " of " + key.role(), bench -> verdict(bench, key.role()));
      }
    }
    all.put("asks as documented", ProviderContract::asks);
    all.put("says what cannot tell is unknown", ProviderContract::unknown);
    all.put("calls nothing dead that a portal refuses", ProviderContract::portal);
    all.put("calls nothing dead on an answer that is not documented", ProviderContract::others);
    all.put("gives every documented answer its verdict", ProviderContract::documentedAnswers);
    all.put("knows the provider from somebody else", ProviderContract::control);
    boolean revokes = sample.keys().stream().anyMatch(key -> acts(sample, key.role(), "revoke"));
    boolean disables = sample.keys().stream().anyMatch(key -> acts(sample, key.role(), "disable"));
    for (FakeKey key : sample.keys()) {
      String role = key.role();
      if (acts(sample, role, "revoke")) {
        all.put("locates " + role + " and changes nothing", bench -> dryRun(bench, role));
        all.put("revokes " + role + " as documented", bench -> ends(bench, Action.REVOKE, role));
        all.put("finds " + role + " already revoked", bench -> again(bench, role));
        all.put("waits until " + role + " is dead", bench -> lag(bench, role));
        all.put("never takes a fault for success with " + role, bench -> faults(bench, role));
      }
      if (acts(sample, role, "disable")) {
        all.put("disables and enables " + role, bench -> disables(bench, role));
      }
    }
    if (revokes || disables) {
      all.put("says which credential is missing", ProviderContract::missing);
      all.put("keeps its hands off strangers", ProviderContract::stranger);
      all.put("stops before two that look alike", ProviderContract::twins);
    } else {
      all.put("guides where it cannot act", ProviderContract::guides);
    }
    all.forEach(
        (name, run) ->
            cases.add(
                dynamicTest(
                    provider.id().value() + " " + name,
                    () -> {
                      try (Bench bench = maker.make()) {
                        run.run(bench);
                      } catch (AssertionError e) {
                        // Reports number the cases: name the one that failed.
                        throw new AssertionError(
                            provider.id().value() + " " + name + ": " + e.getMessage(), e);
                      }
                    })));
    return cases.stream();
  }

  /// Whether the fake documents an action on a role.
  public static boolean acts(FakeProvider fake, String role, String action) {
    return fake.documents(documented(action, role));
  }

  /// `revoke` is of the role `live`; of another it is `revoke ROLE`.
  static String documented(String action, String role) {
    return role.equals("live") ? action : action + " " + role;
  }

  private static void verdict(Bench bench, String role) throws InterruptedException {
    FakeKey key = bench.fake().key(role);
    Verification verdict = bench.verify(key);
    assertThat(verdict.verdict()).as("%s", verdict).isEqualTo(key.verdict());
    assertThat(verdict.toString()).doesNotContain(key.token());
  }

  private static void asks(Bench bench) throws InterruptedException {
    for (FakeKey key : bench.fake().keys()) {
      String name = documented("verify", key.role());
      if (bench.fake().documents(name)) {
        bench.fake().forget();
        bench.verify(key);
        assertAsDocumented(bench, name);
      }
    }
  }

  private static void assertAsDocumented(Bench bench, String name) {
    RecordedRequest documented = bench.fake().documented(name);
    List<RecordedRequest> sent = bench.fake().requests();
    List<RecordedRequest> calls =
        sent.stream().filter(each -> each.call().equals(documented.call())).toList();
    assertThat(calls)
        .as("%s among %s", documented.call(), sent.stream().map(RecordedRequest::call).toList())
        .isNotEmpty();
    assertThat(calls.getFirst().differencesFrom(documented)).isEmpty();
  }

  private static void unknown(Bench bench) throws InterruptedException {
    for (FakeKey key : firstOfEachVerdict(bench)) {
      for (Fault fault : UNTOLD) {
        Verification verdict = bench.verifyDuring(fault, key);
        assertThat(verdict.verdict()).as("%s during %s", key, fault).isEqualTo("unknown");
      }
    }
  }

  private static List<FakeKey> firstOfEachVerdict(Bench bench) {
    var first = new HashMap<String, FakeKey>();
    for (FakeKey key : bench.fake().keys()) {
      if (key.verdict().equals("live") || key.verdict().equals("dead")) {
        first.putIfAbsent(key.verdict(), key);
      }
    }
    return List.copyOf(first.values());
  }

  private static void portal(Bench bench) throws InterruptedException {
    for (FakeKey key : bench.fake().keys()) {
      if (!key.verdict().isEmpty()) {
        Verification verdict = bench.verifyDuring(Fault.PORTAL, key);
        assertThat(verdict.dead() || verdict.live()).as("%s: %s", key, verdict).isFalse();
      }
    }
  }

  /// Once, so that the provider itself answers the control questions after it: a slip of a gateway
  /// says nothing of a token. And as long as it lasts.
  private static void others(Bench bench) throws InterruptedException {
    for (FakeKey key : firstOfEachVerdict(bench)) {
      for (Fault fault : Verdicts.UNDOCUMENTED) {
        bench.fake().fault(fault);
        Verification once = bench.verifier().verify(bench.found(key), Bench.PERMIT);
        bench.fake().heal();
        assertThat(key.verdict().equals("live") ? once.dead() : once.live())
            .as("%s during one %s: %s", key, fault, once)
            .isFalse();
        Verification lasting = bench.verifyDuring(fault, key);
        assertThat(lasting.verdict()).as("%s during %s", key, fault).isEqualTo("unknown");
      }
    }
  }

  private static void documentedAnswers(Bench bench) throws InterruptedException {
    List<Verdicts.Row> rows = Verdicts.of(bench);
    var dead = new HashSet<List<String>>();
    for (Verdicts.Row row : rows) {
      if (row.documented().startsWith("dead")) {
        dead.add(row.answers());
      }
    }
    for (Verdicts.Row row : rows) {
      if (!row.who().isEmpty()) {
        assertThat(row.given()).as("%s", row).isEqualTo(row.documented());
      } else if (row.given().startsWith("dead")) {
        // Nobody's token gets it, as the answer to a question without one.
        assertThat(dead).as("%s", row).contains(row.answers());
      }
    }
  }

  private static void control(Bench bench) throws InterruptedException {
    boolean asked = bench.fake().keys().stream().anyMatch(key -> key.verdict().equals("dead"));
    if (!asked) {
      return; // its documentation shows no way to tell
    }
    assertThat(bench.verifier().control()).isEqualTo(new Verifier.Control.Genuine());
    for (Fault fault : List.of(Fault.PORTAL, Fault.MALFORMED, Fault.REDIRECT)) {
      bench.fake().breakDown(fault);
      // Where the host is the finding's, verify asks instead: the case of the portal holds it.
      Verifier.Control control = bench.verifier().control();
      assertThat(control instanceof Verifier.Control.Genuine && !bench.fake().requests().isEmpty())
          .as("%s during %s", control, fault)
          .isFalse();
      bench.fake().heal();
    }
  }

  static Target.Located located(Bench bench, FakeKey key) throws InterruptedException {
    Target target = bench.locate(key);
    if (target instanceof Target.Ambiguous(var keys) && !bench.fake().has("twin")) {
      // A listing that shows nothing of its keys: here the test is the person who chooses.
      String own = key.fields().path("id").asText();
      return keys.stream()
          .map(Target.Listed::key)
          .filter(
              each -> {
                String plain = URLDecoder.decode(each.keyId(), UTF_8);
                return plain.equals(own) || plain.endsWith("/" + own);
              })
          .findFirst()
          .orElseThrow();
    }
    assertThat(target).isInstanceOf(Target.Located.class);
    return (Target.Located) target;
  }

  private static void dryRun(Bench bench, String role) throws InterruptedException {
    FakeKey key = bench.fake().key(role);
    List<String> before = states(bench);
    Target.Located where = located(bench, key);
    assertThat(states(bench)).isEqualTo(before);
    assertThat(where.toString()).doesNotContain(key.token());
    Tenant tenant = bench.tenant();
    if (bench.locateBare(key) instanceof Target.NeedsCredential) {
      assertThat(tenant).isInstanceOf(Tenant.Known.class);
      assertThat(where.tenant()).isEqualTo(((Tenant.Known) tenant).id());
    } else {
      assertThat(tenant).isNotInstanceOf(Tenant.Unknown.class);
    }
  }

  static List<String> states(Bench bench) {
    return bench.fake().keys().stream().map(FakeKey::toString).toList();
  }

  private static void ends(Bench bench, Action action, String role) throws InterruptedException {
    FakeKey key = bench.fake().key(role);
    assertThat(bench.verify(key).verdict()).isEqualTo("live");
    Target.Located where = located(bench, key);
    List<String> before = states(bench);
    bench.fake().forget();
    assertThat(bench.act(action, key, where)).isEqualTo(new ActionResult.Accepted());
    assertAsDocumented(bench, documented(label(action), role));
    assertThat(bench.verify(key).dead()).isTrue();
    // Nobody else's; what ends a key may make another one.
    assertThat(states(bench).subList(0, before.size()).stream())
        .filteredOn(state -> !before.contains(state))
        .hasSize(1);
  }

  private static String label(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  private static void again(Bench bench, String role) throws InterruptedException {
    FakeKey key = bench.fake().key(role);
    Target.Located where = located(bench, key);
    assertThat(bench.act(Action.REVOKE, key, where)).isEqualTo(new ActionResult.Accepted());
    assertThat(bench.act(Action.REVOKE, key, where))
        .isInstanceOfAny(ActionResult.AlreadyDone.class, ActionResult.Accepted.class);
  }

  private static void lag(Bench bench, String role) throws InterruptedException {
    FakeKey key = bench.fake().key(role);
    bench.fake().lag(1);
    assertThat(bench.act(Action.REVOKE, key, located(bench, key)))
        .isEqualTo(new ActionResult.Accepted());
    assertThat(bench.verify(key).live()).isTrue();
    assertThat(bench.verify(key).dead()).isTrue();
  }

  private static void faults(Bench bench, String role) throws InterruptedException {
    FakeKey key = bench.fake().key(role);
    Target.Located where = located(bench, key);
    String before = key.state();
    var faults = EnumSet.copyOf(UNTOLD);
    faults.add(Fault.PORTAL);
    for (Fault fault : faults) {
      ActionResult result = bench.actDuring(fault, Action.REVOKE, key, where);
      assertThat(result)
          .as("during %s", fault)
          .isNotInstanceOfAny(ActionResult.Accepted.class, ActionResult.AlreadyDone.class);
      if (fault == Fault.RATE_LIMITED) {
        assertThat(result).isInstanceOf(ActionResult.Limited.class);
        if (bench.fake().saysHowLongToWait()) {
          assertThat(((ActionResult.Limited) result).until()).as("Retry-After").isNotNull();
        }
      }
      if (!where.keyId().equals(Target.BY_VALUE)) {
        assertThat(bench.locateDuring(fault, key))
            .as("locating during %s", fault)
            .isInstanceOf(Target.Unclear.class);
      }
    }
    assertThat(key.state()).isEqualTo(before);
  }

  private static void disables(Bench bench, String role) throws InterruptedException {
    FakeKey key = bench.fake().key(role);
    assertThat(bench.verify(key).verdict()).isEqualTo("live");
    Target.Located where = located(bench, key);
    bench.fake().forget();
    assertThat(bench.act(Action.DISABLE, key, where)).isEqualTo(new ActionResult.Accepted());
    assertAsDocumented(bench, documented("disable", role));
    assertThat(bench.verify(key).verdict()).isIn("dead", "live-blocked");
    bench.fake().forget();
    assertThat(bench.act(Action.ENABLE, key, where)).isEqualTo(new ActionResult.Accepted());
    assertAsDocumented(bench, documented("enable", role));
    assertThat(bench.verify(key).verdict()).isEqualTo("live");
  }

  private static void missing(Bench bench) throws InterruptedException {
    for (FakeKey key : bench.fake().keys()) {
      if (!acts(bench.fake(), key.role(), "revoke")) {
        continue;
      }
      bench.fake().forget();
      Target target = bench.locateBare(key);
      boolean needs = !located(bench, key).keyId().equals(Target.BY_VALUE);
      if (needs && !bench.provider().adminVariables().isEmpty()) {
        // A key that may call for itself is found without.
        assertThat(target)
            .isInstanceOfAny(
                Target.NeedsCredential.class, Target.Located.class, Target.Ambiguous.class);
      }
    }
  }

  private static void stranger(Bench bench) throws InterruptedException {
    Target mine = bench.locate(bench.fake().key(anyActing(bench)));
    boolean byAdmin =
        mine instanceof Target.Located where
            && !where.keyId().equals(Target.BY_VALUE)
            && !bench.provider().adminVariables().isEmpty()
            && bench.locateBare(bench.fake().key(anyActing(bench)))
                instanceof Target.NeedsCredential;
    if (byAdmin) {
      assertThat(bench.fake().has("stranger"))
          .as("the fake has a key of another tenant, 'stranger'")
          .isTrue();
    }
    if (bench.fake().has("stranger")) {
      FakeKey stranger = bench.fake().key("stranger");
      Target theirs = bench.locate(stranger);
      assertThat(theirs).isInstanceOfAny(Target.Foreign.class, Target.Ambiguous.class);
      if (theirs instanceof Target.Ambiguous(var keys)) {
        assertThat(keys)
            .noneMatch(each -> each.key().keyId().endsWith(stranger.fields().path("id").asText()));
      }
    }
  }

  private static String anyActing(Bench bench) {
    return bench.fake().keys().stream()
        .map(FakeKey::role)
        .filter(role -> acts(bench.fake(), role, "revoke") || acts(bench.fake(), role, "disable"))
        .findFirst()
        .orElseThrow();
  }

  private static void twins(Bench bench) throws InterruptedException {
    if (bench.fake().has("twin")) {
      assertThat(bench.locate(bench.fake().key("twin"))).isInstanceOf(Target.Ambiguous.class);
    }
  }

  private static void guides(Bench bench) {
    assertThat(bench.provider().guidance()).isPresent();
    assertThat(bench.provider().guidance().orElseThrow().steps()).isNotEmpty();
  }
}
