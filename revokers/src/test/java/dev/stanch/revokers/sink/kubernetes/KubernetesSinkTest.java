package dev.stanch.revokers.sink.kubernetes;

import static dev.stanch.revokers.sink.SinkBench.NEW;
import static dev.stanch.revokers.sink.SinkBench.OLD;
import static dev.stanch.revokers.sink.SinkBench.PERMIT;
import static dev.stanch.revokers.sink.SinkBench.deliver;
import static dev.stanch.revokers.sink.SinkBench.look;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.http.Time;
import dev.stanch.fixtures.FakeCluster;
import dev.stanch.revokers.sink.SinkBench;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.Sink.Activation;
import dev.stanch.revokers.spi.Sink.Delivery;
import dev.stanch.revokers.spi.Sink.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
final class KubernetesSinkTest {
  private static final String SECRETS = "/api/v1/namespaces/web/secrets";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/web/deployments";
  private static final String PODS = "/api/v1/namespaces/web/pods";

  @TempDir private Path home;
  private FakeCluster cluster;
  private SinkBench bench;
  private Sink sink;
  private final List<Runnable> whileWaiting = new ArrayList<>();

  /// A clock that runs as it is slept by; what a cluster does meanwhile is done then.
  private final Time time =
      new Time() {
        private long slept;

        @Override
        public Instant now() {
          return Instant.parse("2026-03-01T12:00:00Z");
        }

        @Override
        public long nanos() {
          return slept;
        }

        @Override
        public void sleep(Duration duration) {
          slept += duration.toNanos();
          whileWaiting.forEach(Runnable::run);
        }
      };

  @BeforeEach
  void start() throws Exception {
    cluster = new FakeCluster();
    cluster.kubeconfig(home.resolve("config"), "prod", "web", "login-of-prod");
    cluster.create(SECRETS, secret("hub", base64(OLD + "\n"), ""));
    bench =
        new SinkBench(
            new KubernetesSinks(time), Map.of("KUBECONFIG", home.resolve("config").toString()));
    sink = bench.open("k8s:prod/web/Secret/hub#token");
  }

  @AfterEach
  void stop() {
    bench.close();
    cluster.close();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String secret(String name, String token, String more) {
    return """
    {"kind":"Secret","apiVersion":"v1","metadata":{"name":"%s","namespace":"web"},%s
     "data":{"token":"%s","other":"a2VwdA=="}}\
    """
        .formatted(name, more, token);
  }

  private String held(String key) throws IOException {
    return new String(
        Base64.getDecoder().decode(cluster.get(SECRETS + "/hub").path("data").path(key).asText()),
        UTF_8);
  }

  private static String workload(String kind, String api, String name, String more, String pod) {
    return """
    {"kind":"%s","apiVersion":"%s","metadata":{"name":"%s","namespace":"web"},
     "spec":{%s"template":{"spec":%s}}}\
    """
        .formatted(kind, api, name, more, pod);
  }

  private static final String BY_VARIABLE =
      """
      {"containers":[{"name":"a","env":[{"name":"T","valueFrom":
       {"secretKeyRef":{"name":"hub","key":"token"}}}]}]}\
      """;

  /// What a controller tells of a deployment whose pods are replaced.
  private void rolledOut(String name, int available) {
    try {
      ObjectNode deployment = (ObjectNode) cluster.get(DEPLOYMENTS + "/" + name);
      deployment
          .putObject("status")
          .put("observedGeneration", deployment.path("metadata").path("generation").asLong())
          .put("replicas", 1)
          .put("updatedReplicas", 1)
          .put("availableReplicas", available);
      cluster.replace(DEPLOYMENTS + "/" + name + "/status", deployment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void writesTheOneKeyAndReadsItBack() throws Exception {
    State seen = look(sink, NEW);
    assertThat(seen).isInstanceOf(State.HoldsOld.class);
    assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Delivered.class);
    assertThat(held("token")).isEqualTo(NEW + "\n");
    assertThat(held("other")).isEqualTo("kept");
    assertThat(look(sink, NEW)).isEqualTo(new State.HoldsNew());
    assertThat(SinkBench.names(look(sink, null), NEW)).isTrue();
    assertThat(cluster.server().getLastRequest().getHeader("Authorization"))
        .isEqualTo("Bearer login-of-prod");
  }

  /// Somebody else's write between looking and writing is never undone.
  @Test
  void doesNotUndoAnotherWrite() throws Exception {
    State seen = look(sink, NEW);
    ObjectNode theirs = (ObjectNode) cluster.get(SECRETS + "/hub");
    ((ObjectNode) theirs.path("data")).put("other", base64("theirs"));
    cluster.replace(SECRETS + "/hub", theirs);
    assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Changed.class);
    assertThat(held("token")).isEqualTo(OLD + "\n");
    assertThat(held("other")).isEqualTo("theirs");
    assertThat(deliver(sink, look(sink, NEW))).isInstanceOf(Delivery.Delivered.class);
    assertThat(held("other")).isEqualTo("theirs");
  }

  @Test
  void saysWhyItCannotBeWritten() throws Exception {
    cluster.create(SECRETS, secret("fixed", base64(OLD), "\"immutable\":true,"));
    assertThat(look(bench.open("k8s:prod/web/Secret/fixed#token"), NEW).toString())
        .contains("immutable");
    assertThat(look(bench.open("k8s:prod/web/Secret/none#token"), NEW))
        .isEqualTo(new State.Missing("there is no such Secret"));
    assertThat(look(bench.open("k8s:prod/web/Secret/hub#none"), NEW))
        .isEqualTo(new State.Missing("the Secret has no key none"));
    assertThat(look(bench.open("k8s:stage/web/Secret/hub#token"), NEW))
        .isEqualTo(new State.Unclear("no such context: stage"));
    cluster.server().expect().get().withPath(SECRETS + "/hub").andReturn(403, "{}").always();
    assertThat(look(sink, NEW).toString()).contains("context prod lacks a right: get and patch");
    assertThatThrownBy(() -> bench.open("k8s:web/hub"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("k8s:CONTEXT/NAMESPACE/Secret/NAME#KEY");
  }

  @Test
  void sendsNothingToAHostThatTheConfigurationDoesNotAllow() throws Exception {
    ObjectNode config =
        (ObjectNode)
            new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(home.resolve("config").toFile());
    ((ObjectNode) config.path("clusters").get(0).path("cluster"))
        .put("server", "https://cluster.example");
    java.nio.file.Files.writeString(home.resolve("config"), config.toString());
    assertThat(look(sink, NEW))
        .isEqualTo(new State.Unclear("add cluster.example to allowed-hosts in the configuration"));
  }

  @Test
  void rollsOutWhatIsGivenTheSecretAndWaits() throws Exception {
    cluster.create(
        DEPLOYMENTS, workload("Deployment", "apps/v1", "shop", "\"replicas\":1,", BY_VARIABLE));
    cluster.create(
        DEPLOYMENTS,
        workload(
            "Deployment", "apps/v1", "far", "", BY_VARIABLE.replace("\"hub\"", "\"another\"")));
    cluster.create(
        PODS,
        """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"shop-1","namespace":"web",
         "ownerReferences":[{"controller":true}]},
         "spec":{"volumes":[{"name":"v","secret":{"secretName":"hub"}}]}}\
        """);
    rolledOut("shop", 1); // before it is restarted: of the old template
    whileWaiting.add(() -> rolledOut("shop", whileWaiting.size() > 1 ? 1 : 0));
    var waits = new ArrayList<String>();
    whileWaiting.add(() -> waits.add("slept"));
    assertThat(sink.activate(PERMIT))
        .isEqualTo(new Activation.Active("rolled out: deployment/shop"));
    assertThat(waits).isNotEmpty();
    JsonNode annotations =
        cluster
            .get(DEPLOYMENTS + "/shop")
            .path("spec")
            .path("template")
            .path("metadata")
            .path("annotations");
    assertThat(annotations.path("kubectl.kubernetes.io/restartedAt").asText())
        .isEqualTo("2026-03-01T12:00:00Z");
    assertThat(cluster.get(DEPLOYMENTS + "/far").toString()).doesNotContain("restartedAt");
  }

  @Test
  void saysWhatAPersonHasToRestart() throws Exception {
    cluster.create(
        DEPLOYMENTS, workload("Deployment", "apps/v1", "halted", "\"paused\":true,", BY_VARIABLE));
    cluster.create(
        PODS,
        """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"lone","namespace":"web"},
         "spec":{"volumes":[{"name":"v","projected":{"sources":[{"secret":{"name":"hub"}}]}}]}}\
        """);
    cluster.create(
        PODS,
        """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"done","namespace":"web"},
         "spec":{"imagePullSecrets":[{"name":"hub"}]},"status":{"phase":"Succeeded"}}\
        """);
    assertThat(sink.activate(PERMIT))
        .isEqualTo(
            new Activation.ByHand(
                List.of(
                    "resume deployment/halted, which is paused, and restart it",
                    "start Pod lone anew")));
  }

  @Test
  void doesNotCallActiveWhatDoesNotComeUp() throws Exception {
    cluster.create(
        DEPLOYMENTS, workload("Deployment", "apps/v1", "shop", "\"replicas\":1,", BY_VARIABLE));
    whileWaiting.add(() -> rolledOut("shop", 0));
    assertThat(sink.activate(PERMIT).toString())
        .contains("deployment/shop does not become available");
  }
}
