package dev.stanch.revokers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.Fault;
import dev.stanch.fixtures.RecordedRequest;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// What a provider that replaces keys must do on a fake that somebody else wrote from the
/// provider's documentation: the key of the role `live`, or of another role that is named, is
/// replaced.
public final class RotatorContract {
  private static final String MARKER = "stanch-i23456789-7-0a1b2c3d";

  /// What fakes call what bounds a key, and when it ends.
  private static final Pattern BOUND =
      Pattern.compile("limit|budget|quota|scope|acl|permission|models|expire|restrict|polic|allow");

  private static final Pattern END = Pattern.compile("expire");
  private static final Instant LATE = Instant.parse("2031-01-01T00:00:00Z");

  private RotatorContract() {}

  @FunctionalInterface
  private interface Case {
    void run(Bench bench, String role) throws Exception;
  }

  /// The cases of one provider.
  ///
  /// @param role whose key is replaced
  /// @param fake makes its fake, new each time
  /// @param environment the variables that point the provider at the fake
  public static Stream<DynamicTest> casesOf(
      Provider provider,
      String role,
      Making fake,
      Function<FakeProvider, Map<String, String>> environment) {
    Map<String, Case> all = new LinkedHashMap<>();
    all.put("replaces", RotatorContract::replaces);
    all.put("bounds as before, or says what it lacks,", RotatorContract::bounds);
    all.put("finds and ends the lost key of", RotatorContract::finds);
    all.put("takes no fault for a new key of", RotatorContract::mintFaults);
    return all.entrySet().stream()
        .map(
            one -> {
              String name = provider.id().value() + " " + one.getKey() + " " + role;
              return dynamicTest(
                  name,
                  () -> {
                    FakeProvider fresh = fake.make();
                    try (var bench = new Bench(provider, fresh, environment.apply(fresh))) {
                      one.getValue().run(bench, role);
                    } catch (AssertionError e) {
                      throw new AssertionError(name + ": " + e.getMessage(), e);
                    }
                  });
            });
  }

  /// Makes a fake.
  @FunctionalInterface
  public interface Making {
    /// A new one.
    FakeProvider make() throws IOException;
  }

  private static Rotator rotator(Bench bench, FakeKey key, Target.Located where)
      throws InterruptedException {
    Rotator rotator = bench.rotator().orElseThrow();
    assertThat(rotator.offer(bench.found(key), where, Bench.PERMIT))
        .isInstanceOf(Rotator.Offer.Possible.class);
    return rotator;
  }

  private static Set<String> listed(Rotator rotator, Bench bench, FakeKey key, Target.Located where)
      throws InterruptedException {
    Rotator.Keys keys = rotator.keys(bench.found(key), where, Bench.PERMIT);
    assertThat(keys).isInstanceOf(Rotator.Keys.Listed.class);
    return ((Rotator.Keys.Listed) keys).ids();
  }

  private static Rotator.Manner manner(
      Rotator rotator, Bench bench, FakeKey key, Target.Located where) throws InterruptedException {
    return ((Rotator.Offer.Possible) rotator.offer(bench.found(key), where, Bench.PERMIT)).manner();
  }

  private static void replaces(Bench bench, String role) throws InterruptedException {
    FakeKey key = bench.fake().key(role);
    Target.Located where = ProviderContract.located(bench, key);
    Rotator rotator = rotator(bench, key, where);
    Set<String> before = listed(rotator, bench, key, where);
    Verification old = bench.verify(key);
    assertThat(rotator.find(bench.found(key), where, MARKER, before, Bench.PERMIT))
        .isEqualTo(new Rotator.Orphan.None());
    Rotator.Manner how = manner(rotator, bench, key, where);
    bench.fake().forget();
    Rotator.Mint mint = rotator.mint(bench.found(key), where, MARKER, Bench.PERMIT);
    assertThat(mint).isInstanceOf(Rotator.Mint.Minted.class);
    assertAsDocumented(bench, bench.fake().requests(), how, key);
    var minted = (Rotator.Mint.Minted) mint;
    assertThat(mint.toString()).doesNotContain(key.token());
    HeldFinding successor = bench.minted(key, minted);
    Verification fresh = bench.verify(successor);
    assertThat(fresh.live()).as("%s", fresh).isTrue();
    assertThat(fresh.told().owner()).isEqualTo(old.told().owner());
    assertThat(fresh.told().tenant()).isEqualTo(old.told().tenant());
    Set<String> after = listed(rotator, bench, key, where);
    assertThat(after).contains(minted.keyId());
    if (how == Rotator.Manner.CREATE || bench.verify(key).live()) {
      assertThat(before).doesNotContain(minted.keyId());
      assertThat(bench.verify(key).live()).isTrue();
      assertThat(after).as("the old one and the new one").containsAll(before);
    } else {
      assertThat(bench.verify(key).dead()).isTrue();
    }
    if (bench.bareRotator().orElseThrow().offer(bench.found(key), where, Bench.PERMIT)
        instanceof Rotator.Offer.Possible(var manner, _, _)) {
      assertThat(manner).as("without a credential").isEqualTo(Rotator.Manner.CREATE);
    }
    if (bench.verify(key).live()) {
      assertThat(bench.act(Action.REVOKE, key, where)).isEqualTo(new ActionResult.Accepted());
      assertThat(bench.verify(key).dead()).as("the old one").isTrue();
    }
    assertThat(bench.verify(successor).live()).as("the new one").isTrue();
  }

  /// What bounds the old key bounds the new one, as far as the fake knows of it and its provider
  /// tells; of what the call cannot set the plan says that the new one lacks it.
  private static void bounds(Bench bench, String role) throws InterruptedException {
    FakeKey key = bench.fake().key(role);
    narrow(key.fields());
    Target.Located where = ProviderContract.located(bench, key);
    Rotator rotator = rotator(bench, key, where);
    var offer = (Rotator.Offer.Possible) rotator.offer(bench.found(key), where, Bench.PERMIT);
    Verification old = bench.verify(key);
    ObjectNode before = key.fields().deepCopy();
    var minted = (Rotator.Mint.Minted) rotator.mint(bench.found(key), where, MARKER, Bench.PERMIT);
    String token =
        minted
            .secret()
            .reveal(Bench.PERMIT, bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    var lacks = new TreeSet<String>();
    bench.fake().keys().stream()
        .filter(made -> made.token().equals(token))
        .forEach(
            made ->
                before
                    .properties()
                    .forEach(
                        bound -> {
                          if (BOUND.matcher(bound.getKey()).find()
                              && isWider(bound.getValue(), made.fields().path(bound.getKey()))) {
                            lacks.add(bound.getKey());
                          }
                        }));
    Verification fresh = bench.verify(bench.minted(key, minted));
    if (!old.told().scopes().isEmpty() && !old.told().scopes().containsAll(fresh.told().scopes())) {
      lacks.add("scopes");
    }
    if (old.told().expiresAt() != null
        && minted.expiresAt() == null
        && fresh.told().expiresAt() == null) {
      lacks.add("end");
    }
    if (!lacks.isEmpty()) {
      assertThat(offer.how()).as("the new one lacks %s", lacks).contains("lacks of the old one: ");
    }
  }

  /// Sets bounds that no new key has by itself.
  private static void narrow(ObjectNode fields) {
    for (String name : names(fields)) {
      JsonNode value = fields.path(name);
      if (END.matcher(name).find() && value.isNull()) {
        if (fields.path("created").isNumber()) {
          fields.put(name, LATE.getEpochSecond());
        } else {
          fields.put(name, LATE.toString());
        }
      } else if (BOUND.matcher(name).find() && value.isInt() && value.asInt() > 1) {
        fields.put(name, value.asInt() - 1);
      }
    }
  }

  private static List<String> names(ObjectNode fields) {
    return fields.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static boolean isWider(JsonNode old, JsonNode fresh) {
    boolean bounded = !old.isNull() && !(old.isContainerNode() && old.isEmpty());
    if (!bounded) {
      return false;
    }
    if (fresh.isNull() || fresh.isMissingNode()) {
      return true;
    }
    return old.isNumber() && fresh.isNumber() && fresh.asLong() < LATE.getEpochSecond()
        ? fresh.asLong() > old.asLong()
        : old.isContainerNode() && !old.equals(fresh);
  }

  /// `mint` makes a key beside the old one, `replace` in its place.
  private static void assertAsDocumented(
      Bench bench, List<RecordedRequest> sent, Rotator.Manner how, FakeKey key) {
    boolean inPlace = how == Rotator.Manner.IN_PLACE;
    String name = ProviderContract.documented(inPlace ? "replace" : "mint", key.role());
    assertThat(bench.fake().documents(name)).as("the fake documents '%s'", name).isTrue();
    // One URL may take every question: the call is the one that comes nearest to a documented one.
    assertThat(
            bench.fake().documented(name, Map.of("marker", MARKER)).stream()
                .flatMap(
                    documented ->
                        sent.stream()
                            .filter(each -> each.call().equals(documented.call()))
                            .map(each -> each.differencesFrom(documented)))
                .min(Comparator.comparingInt(List::size)))
        .as("%s among %s", name, sent.stream().map(RecordedRequest::call).toList())
        .contains(List.of());
  }

  /// A mint that got through while its answer was lost.
  private static void finds(Bench bench, String role) throws InterruptedException {
    FakeKey key = bench.fake().key(role);
    Target.Located where = ProviderContract.located(bench, key);
    Rotator rotator = rotator(bench, key, where);
    Set<String> before = listed(rotator, bench, key, where);
    var lost = (Rotator.Mint.Minted) rotator.mint(bench.found(key), where, MARKER, Bench.PERMIT);
    // Another process may look for it, which wrote another ending down.
    Rotator.Orphan found =
        rotator.find(bench.found(key), where, MARKER + "9", before, Bench.PERMIT);
    if (lost.keyId().equals(where.keyId())) {
      // It keeps its id: nothing is found, and it is replaced once more.
      assertThat(found).isEqualTo(new Rotator.Orphan.None());
      found = new Rotator.Orphan.One(where);
    }
    if (found instanceof Rotator.Orphan.Doubtful(var ids, String reason)) {
      // Neither a marker nor a use: a stranger's key of the same minute looks the same.
      assertThat(reason).isEqualTo("nothing tells whether it is ours");
      assertThat(ids).containsExactly(lost.keyId());
      return;
    }
    assertThat(found).isInstanceOf(Rotator.Orphan.One.class);
    Target.Located orphan = ((Rotator.Orphan.One) found).key();
    assertThat(orphan.keyId()).isEqualTo(lost.keyId());
    if (bench.verify(key).dead()) {
      // In place: resumed from the key that was found, without the old token.
      var again =
          (Rotator.Mint.Minted) rotator.mint(bench.found(key), orphan, MARKER, Bench.PERMIT);
      assertThat(bench.verify(bench.minted(key, again)).live()).isTrue();
      assertThat(bench.verify(bench.minted(key, lost)).dead()).isTrue();
      return;
    }
    assertThat(rotator.discard(bench.found(key), orphan, Bench.PERMIT))
        .isEqualTo(new ActionResult.Accepted());
    assertThat(rotator.find(bench.found(key), where, MARKER, before, Bench.PERMIT))
        .isEqualTo(new Rotator.Orphan.None());
    assertThat(bench.verify(bench.minted(key, lost)).live()).isFalse();
    assertThat(bench.verify(key).live()).as("the old one").isTrue();
    assertThat(rotator.discard(bench.found(key), orphan, Bench.PERMIT))
        .isInstanceOfAny(ActionResult.AlreadyDone.class, ActionResult.Accepted.class);
  }

  private static void mintFaults(Bench bench, String role) throws InterruptedException {
    FakeKey key = bench.fake().key(role);
    Target.Located where = ProviderContract.located(bench, key);
    List<String> before = ProviderContract.states(bench);
    var faults = EnumSet.copyOf(ProviderContract.UNTOLD);
    faults.add(Fault.PORTAL);
    for (Fault fault : faults) {
      Rotator.Mint mint = bench.mintDuring(fault, key, where, MARKER);
      assertThat(mint).as("during %s", fault).isNotInstanceOf(Rotator.Mint.Minted.class);
      if (fault == Fault.RATE_LIMITED) {
        assertThat(mint).isInstanceOf(Rotator.Mint.Limited.class);
      } else {
        assertThat(mint).as("during %s", fault).isNotInstanceOf(Rotator.Mint.Limited.class);
      }
      assertThat(bench.findDuring(fault, key, where, MARKER))
          .as("finding during %s", fault)
          .isInstanceOf(Rotator.Orphan.Unclear.class);
    }
    assertThat(ProviderContract.states(bench)).isEqualTo(before);
  }
}
