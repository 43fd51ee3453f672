package dev.stanch.revokers.sink.vault;

import static dev.stanch.revokers.sink.SinkBench.NEW;
import static dev.stanch.revokers.sink.SinkBench.OLD;
import static dev.stanch.revokers.sink.SinkBench.PERMIT;
import static dev.stanch.revokers.sink.SinkBench.deliver;
import static dev.stanch.revokers.sink.SinkBench.look;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stanch.fixtures.FakeVault;
import dev.stanch.fixtures.FakeVault.Right;
import dev.stanch.revokers.sink.SinkBench;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.Sink.Activation;
import dev.stanch.revokers.spi.Sink.Delivery;
import dev.stanch.revokers.spi.Sink.State;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
final class VaultSinkTest {
  private static final String OPERATOR = "token of the operator";

  private FakeVault vault;
  private SinkBench bench;
  private Sink sink;

  @BeforeEach
  void start() throws Exception {
    vault = new FakeVault();
    vault.mount("secret", 2);
    vault.mount("team/kv", 2);
    vault.mount("old", 1);
    vault.allow(OPERATOR, Right.READ, Right.PATCH, Right.MOUNTS);
    vault.put("secret/app/prod", "{\"KEY\":\"" + OLD + "\",\"other\":\"kept\",\"n\":1.10}");
    bench = bench(Map.of());
    sink = bench.open("vault:secret/app/prod#KEY");
  }

  private SinkBench bench(Map<String, String> more) throws Exception {
    var environment = new HashMap<>(more);
    environment.putIfAbsent("VAULT_ADDR", vault.address());
    environment.putIfAbsent("VAULT_TOKEN", OPERATOR);
    return new SinkBench(new VaultSinks(), environment);
  }

  @AfterEach
  void stop() {
    bench.close();
    vault.close();
  }

  private static String written(String value) {
    return "{\"KEY\":\"" + value + "\",\"other\":\"kept\",\"n\":1.10}";
  }

  @Test
  void writesTheOneFieldAndReadsItBack() throws Exception {
    State seen = look(sink, NEW);

    assertThat(seen).isEqualTo(new State.HoldsOld("1"));
    assertThat(deliver(sink, seen)).isEqualTo(new Delivery.Delivered("version 2"));
    assertThat(vault.data("secret/app/prod")).isEqualTo(written(NEW));
    assertThat(look(sink, NEW)).isEqualTo(new State.HoldsNew());
    assertThat(SinkBench.names(look(sink, null), NEW)).isTrue();
  }

  /// Somebody else's write between looking and writing is never undone.
  @Test
  void doesNotUndoAnotherWrite() throws Exception {
    State seen = look(sink, NEW);
    String theirs = "{\"KEY\":\"" + OLD + "\",\"other\":\"new of somebody\"}";
    vault.put("secret/app/prod", theirs);

    assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Changed.class);
    assertThat(vault.data("secret/app/prod")).isEqualTo(theirs);
  }

  @Test
  void writesTheWholeSecretWhereThePolicyLetsNobodyPatch() throws Exception {
    vault.allow(OPERATOR, Right.READ, Right.UPDATE, Right.MOUNTS);
    vault.requireCas("secret/app/prod");
    State seen = look(sink, NEW);

    assertThat(deliver(sink, seen)).isEqualTo(new Delivery.Delivered("version 2"));
    assertThat(vault.data("secret/app/prod")).isEqualTo(written(NEW));

    assertThat(deliver(sink, seen)).as("once more").isInstanceOf(Delivery.Changed.class);
    assertThat(vault.version("secret/app/prod")).isEqualTo(2);
  }

  @Test
  void writesWhatItMayNotReadByTheVersionThatItsMetadataNames() throws Exception {
    vault.allow(OPERATOR, Right.PATCH, Right.METADATA);
    State seen = look(sink, NEW);
    assertThat(seen).isInstanceOf(State.WriteOnly.class);

    assertThat(deliver(sink, seen)).isEqualTo(new Delivery.Delivered("version 2"));
    assertThat(vault.data("secret/app/prod")).isEqualTo(written(NEW));
    State after = look(sink, NEW);
    assertThat(((State.WriteOnly) after).updatedAt()).isAfter(((State.WriteOnly) seen).updatedAt());
    assertThat(deliver(sink, seen)).as("as seen before").isInstanceOf(Delivery.Changed.class);
  }

  @Test
  void findsAnEngineAtAPathOfSeveralSegments() throws Exception {
    vault.put("team/kv/app", "{\"a b\":\"" + OLD + "\"}");
    Sink deep = bench.open("vault:team/kv/app#a b");

    assertThat(deliver(deep, look(deep, NEW))).isEqualTo(new Delivery.Delivered("version 2"));
    assertThat(vault.data("team/kv/app")).isEqualTo("{\"a b\":\"" + NEW + "\"}");
  }

  @Test
  void takesTheFirstSegmentWhereNobodyIsToldWhereEnginesAre() throws Exception {
    vault.allow(OPERATOR, Right.READ, Right.PATCH);
    assertThat(deliver(sink, look(sink, NEW))).isEqualTo(new Delivery.Delivered("version 2"));
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    assertThat(look(bench.open("vault:secret/app/test#KEY"), null))
        .isInstanceOf(State.Missing.class);
    assertThat(look(bench.open("vault:secret/app/prod#key"), null))
        .isEqualTo(new State.Missing("the secret has no field 'key'"));
    assertThat(SinkBench.names(look(bench.open("vault:secret/app/prod#other"), null), "kept"))
        .isTrue();
    assertThat(look(bench.open("vault:secret/app/prod#n"), null))
        .isInstanceOf(State.HoldsOther.class);
    vault.delete("secret/app/prod");
    assertThat(look(sink, null))
        .isEqualTo(new State.Missing("the newest version of the secret was deleted"));
  }

  @Test
  void leavesTheFirstVersionOfTheEngineToPeople() throws Exception {
    State state = look(bench.open("vault:old/app#KEY"), null);
    assertThat(((State.Unclear) state).reason()).contains("version 2");
  }

  @Test
  void saysWhichCredentialItNeeds() throws Exception {
    for (var missing : Map.of("VAULT_TOKEN", "nobody", "VAULT_ADDR", "").entrySet()) {
      try (SinkBench poor = bench(Map.of(missing.getKey(), missing.getValue()))) {
        State state = look(poor.open("vault:secret/app/prod#KEY"), null);
        assertThat(((State.Unclear) state).reason()).contains(missing.getKey());
      }
    }
    try (var poor = new SinkBench(new VaultSinks(), Map.of("VAULT_ADDR", vault.address()))) {
      State state = look(poor.open("vault:secret/app/prod#KEY"), null);
      assertThat(((State.Unclear) state).reason()).contains("VAULT_TOKEN", "MOUNT/data/PATH");
    }
    vault.allow(OPERATOR, Right.READ);
    assertThat(deliver(sink, look(sink, null))).isInstanceOf(Delivery.Refused.class);
    assertThat(vault.data("secret/app/prod")).isEqualTo(written(OLD));
  }

  @Test
  void whatBecameOfALostAnswerShowsWhenOneLooks() throws Exception {
    State seen = look(sink, NEW);
    vault.lose(1);
    assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Unclear.class);
    assertThat(look(sink, NEW)).isEqualTo(new State.HoldsNew());
    assertThat(vault.version("secret/app/prod")).isEqualTo(2);
  }

  @Test
  void speaksOfItsNamespace() throws Exception {
    try (SinkBench inside = bench(Map.of("VAULT_NAMESPACE", "team-a"))) {
      look(inside.open("vault:secret/app/prod#KEY"), null);
    }
    assertThat(vault.requests()).contains("GET secret/data/app/prod in team-a");
  }

  @Test
  void saysThatOlderVersionsHoldTheOldValue() throws Exception {
    assertThat(((Activation.ByHand) sink.activate(PERMIT)).steps())
        .anyMatch(step -> step.contains("destroy"));
  }

  @Test
  void takesNoAddressWithoutAField() {
    for (String address :
        new String[] {"vault:secret/app", "vault:secret#KEY", "vault:secret/a#"}) {
      assertThatThrownBy(() -> bench.open(address)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /// The same against a Vault or OpenBao of the developer's, with its engine at `secret`.
  @Test
  void writesToARealServer() throws Exception {
    String address = System.getenv("STANCH_TEST_VAULT_ADDR");
    String root = System.getenv("STANCH_TEST_VAULT_TOKEN");
    assumeTrue(address != null && root != null, "STANCH_TEST_VAULT_ADDR and …_TOKEN are not set");
    try (SinkBench real =
        new SinkBench(new VaultSinks(), Map.of("VAULT_ADDR", address, "VAULT_TOKEN", root))) {
      Sink there = real.open("vault:secret/stanch-test#KEY");
      put(address, root, "{\"data\":{\"KEY\":\"" + OLD + "\"}}");
      assertThat(look(there, null)).isInstanceOf(State.HoldsOld.class);
      assertThat(deliver(there, look(there, null))).isInstanceOf(Delivery.Delivered.class);
      assertThat(look(there, NEW)).isEqualTo(new State.HoldsNew());
    }
  }

  private static void put(String address, String root, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address + "/v1/secret/data/stanch-test"))
            .header("X-Vault-Token", root)
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }
}
