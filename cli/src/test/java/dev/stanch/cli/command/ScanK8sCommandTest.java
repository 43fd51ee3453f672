package dev.stanch.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeCluster;
import dev.stanch.fixtures.TokenLedger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Scans of a cluster on loopback and of manifests, through the whole command line.
@Timeout(120)
final class ScanK8sCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRETS = "/api/v1/namespaces/web/secrets";
  private static final String PODS = "/api/v1/namespaces/web/pods";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/web/deployments";

  @TempDir private Path home;
  private FakeCluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = new FakeCluster();
    cluster.kubeconfig(home.resolve("config"), "prod", "web", "login-of-prod");
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private static String token(int seed) {
    return new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(seed);
  }

  private static String end(int seed) {
    String token = token(seed);
    return token.substring(token.length() - 4);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /// JSON or YAML in which `'` stands for a quote, `@1` for the first token and `#1` for it in
  /// base64.
  private static String filled(String text) {
    String filled = text.replace('\'', '"');
    for (int seed = 20; seed > 0; seed--) {
      filled = filled.replace("@" + seed, token(seed)).replace("#" + seed, base64(token(seed)));
    }
    return filled;
  }

  private CommandRun scan(String... options) {
    return scan(CommandRun.in(home).with("KUBECONFIG", home.resolve("config").toString()), options);
  }

  private static CommandRun scan(CommandRun.Setting setting, String... options) {
    var arguments = new ArrayList<String>(List.of("scan", "k8s", "-q", "-f", "jsonl"));
    arguments.addAll(List.of(options));
    CommandRun run = setting.run(arguments.toArray(String[]::new));
    for (int seed = 1; seed <= 20; seed++) {
      assertThat(run.out() + run.err()).doesNotContain(token(seed)).doesNotContain("login-of");
    }
    return run;
  }

  private static List<JsonNode> objects(CommandRun run, String type) throws IOException {
    var found = new ArrayList<JsonNode>();
    for (String line : run.out().lines().toList()) {
      JsonNode object = JSON.readTree(line);
      if (object.path("type").asText().equals(type)) {
        found.add(object);
      }
    }
    return found;
  }

  /// Where each token stands, by its last characters.
  private static Map<String, List<String>> places(CommandRun run) throws IOException {
    var places = new TreeMap<String, List<String>>();
    for (JsonNode finding : objects(run, "finding")) {
      String redacted = finding.path("redacted").asText();
      var where = new ArrayList<String>();
      for (JsonNode place : finding.path("places")) {
        JsonNode details = place.path("details");
        assertThat(place.path("kind").asText()).isEqualTo("k8s");
        where.add(
            place.path("container").asText().replaceFirst("file:.*/", "")
                + " "
                + place.path("path").asText()
                + (details.has("from") ? " from " + details.path("from").asText() : "")
                + (details.has("file") ? " " + details.path("file").asText() : ""));
      }
      places.put(redacted.substring(redacted.length() - 4), where);
    }
    return places;
  }

  private static List<String> skips(CommandRun run) throws IOException {
    return objects(run, "skip").stream()
        .map(
            skip ->
                skip.path("place").path("container").asText()
                    + " "
                    + skip.path("place").path("path").asText()
                    + ": "
                    + skip.path("reason").asText())
        .toList();
  }

  /// A release as Helm stores it.
  private static String release(ObjectNode release) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(JSON.writeValueAsBytes(release));
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  private static ObjectNode release() {
    ObjectNode release = JSON.createObjectNode().put("name", "shop");
    release.putObject("config").putObject("hub").put("token", token(11));
    ObjectNode chart = release.putObject("chart");
    chart.putObject("values").put("apiToken", token(12));
    chart
        .putArray("files")
        .addObject()
        .put("name", "init.sh")
        .put("data", base64("#!/bin/sh\nexport HF_TOKEN=" + token(13) + "\n"));
    release.put(
        "manifest",
        filled(
            """
            ---
            kind: Secret
            metadata: {name: hub}
            data: {token: '#14'}
            ---
            kind: ConfigMap
            metadata: {name: c}
            data: {t: '@15'}
            """));
    release
        .putArray("hooks")
        .addObject()
        .put("name", "migrate")
        .put("manifest", filled("kind: Job\nspec: {args: [run, --token, '@16']}\n"));
    return release;
  }

  @Test
  void readsWhatANamespaceHolds() throws Exception {
    cluster.create(
        SECRETS,
        filled(
            "{'kind':'Secret','apiVersion':'v1','type':'Opaque','metadata':{'name':'hub','namespace':"
                + "'web','annotations':{'note':'@1','kubectl.kubernetes.io/last-applied-configuration'"
                + ":'{\\'kind\\':\\'Secret\\',\\'metadata\\':{\\'name\\':\\'hub\\'},\\'data\\':"
                + "{\\'token\\':\\'#2\\'}}'}},'data':{'token':'#3'}}"));
    cluster.create(
        SECRETS,
        filled(
            "{'kind':'Secret','apiVersion':'v1','type':'kubernetes.io/dockerconfigjson','metadata':"
                + "{'name':'pull','namespace':'web'},'data':{'.dockerconfigjson':'"
                + base64(
                    "{\"auths\":{\"registry.example.com\":{\"password\":\"" + token(4) + "\"}}}")
                + "'}}"));
    cluster.create(
        "/api/v1/namespaces/web/configmaps",
        filled(
            "{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'settings','namespace':'web'},'data':{'app.ini':'[hub]\\n"
                + "token = @5\\n"
                + "','HF_TOKEN':'@6'}}"));
    cluster.create(
        DEPLOYMENTS,
        filled(
            "{'kind':'Deployment','apiVersion':'apps/v1','metadata':{'name':'shop','namespace':'web'},"
                + "'spec':{'template':{'spec':{'imagePullSecrets':[{'name':'pull'}],'containers':["
                + "{'name':'app','command':['serve','--token','@7'],'env':[{'name':'LITERAL','value':"
                + "'@8'},{'name':'HUB','valueFrom':{'secretKeyRef':{'name':'hub','key':'token'}}}],"
                + "'envFrom':[{'prefix':'C_','configMapRef':{'name':'settings'}}],'livenessProbe':{'httpGet':{'httpHeaders':[{'name':'Authorization','value':'Bearer"
                + " @9'}]}}}]}}}}"));
    cluster.create(
        PODS,
        filled(
            "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'shop-1','namespace':'web',"
                + "'ownerReferences':[{'controller':true,'kind':'ReplicaSet','name':'shop'}]},'spec':"
                + "{'containers':[{'name':'app','env':[{'name':'HUB','valueFrom':{'secretKeyRef':"
                + "{'name':'hub','key':'token'}}}]}]},'status':{'containerStatuses':[{'name':'app','lastState':{'terminated':{'message':'refused:"
                + " @10'}}}]}}"));
    cluster.create(
        SECRETS,
        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"type\":\"helm.sh/release.v1\",\"metadata\":"
            + "{\"name\":\"sh.helm.release.v1.shop.v1\",\"namespace\":\"web\"},\"data\":{\"release\":\""
            + base64(release(release()))
            + "\"}}");
    cluster.create(
        "/api/v1/namespaces/other/secrets",
        filled(
            "{'kind':'Secret','apiVersion':'v1','metadata':{'name':'far','namespace':'other'},"
                + "'data':{'token':'#17'}}"));
    var run = scan();
    assertThat(run.err()).isEmpty();
    String hub = "k8s:prod/web/Secret/hub ";
    String shop = "k8s:prod/web/Deployment/shop spec.template.spec.containers[app].";
    String helm = "k8s:prod/web/Secret/sh.helm.release.v1.shop.v1 data.release.";
    assertThat(places(run))
        .containsOnly(
            Map.entry(end(1), List.of(hub + "metadata.annotations.note")),
            Map.entry(
                end(2),
                List.of(
                    hub
                        + "metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]"
                        + ".data.token")),
            Map.entry(end(3), List.of(shop + "env[HUB] from Secret/hub token", hub + "data.token")),
            Map.entry(
                end(4),
                List.of(
                    "k8s:prod/web/Deployment/shop spec.template.spec.imagePullSecrets[pull]"
                        + "[.dockerconfigjson] from Secret/pull .dockerconfigjson",
                    "k8s:prod/web/Secret/pull data[.dockerconfigjson]")),
            Map.entry(
                end(5),
                List.of(
                    "k8s:prod/web/ConfigMap/settings data[app.ini]",
                    shop + "envFrom[settings][C_app.ini] from ConfigMap/settings app.ini")),
            Map.entry(
                end(6),
                List.of(
                    "k8s:prod/web/ConfigMap/settings data.HF_TOKEN",
                    shop + "envFrom[settings][C_HF_TOKEN] from ConfigMap/settings HF_TOKEN")),
            Map.entry(end(7), List.of(shop + "command")),
            Map.entry(end(8), List.of(shop + "env[LITERAL]")),
            Map.entry(end(9), List.of(shop + "livenessProbe.httpGet.httpHeaders[Authorization]")),
            Map.entry(
                end(10),
                List.of(
                    "k8s:prod/web/Pod/shop-1 status.containerStatuses[app].lastState.terminated"
                        + ".message")),
            Map.entry(end(11), List.of(helm + "config.hub.token")),
            Map.entry(end(12), List.of(helm + "chart.values.apiToken")),
            Map.entry(end(13), List.of(helm + "chart.files[init.sh]")),
            Map.entry(end(14), List.of(helm + "manifest[Secret/hub].data.token")),
            Map.entry(end(15), List.of(helm + "manifest[ConfigMap/c].data.t")),
            Map.entry(end(16), List.of(helm + "hooks[migrate].manifest[Job].spec.args")));
    assertThat(skips(run)).isEmpty();
    assertThat(run.status()).isEqualTo(1);
    assertThat(cluster.server().getLastRequest().getHeader("Authorization"))
        .isEqualTo("Bearer login-of-prod");
    assertThat(places(scan("--all-namespaces")).get(end(17)))
        .containsExactly("k8s:prod/other/Secret/far data.token");
  }

  private static String secret(String name, int seed) {
    return filled(
        "{'kind':'Secret','apiVersion':'v1','metadata':{'name':'"
            + name
            + "','namespace':'web'},'data':{'token':'#"
            + seed
            + "'}}");
  }

  private void answer(String path, int status, String body) {
    cluster.server().expect().get().withPath(path).andReturn(status, body).always();
  }

  private static String refused(int status, String reason) {
    return filled(
        "{'kind':'Status','apiVersion':'v1','status':'Failure','code':"
            + status
            + ",'reason':'"
            + reason
            + "','metadata':{}}");
  }

  @Test
  void readsEveryPage() throws Exception {
    answer(
        SECRETS + "?limit=250",
        200,
        "{\"metadata\":{\"continue\":\"next\"},\"items\":[" + secret("a", 1) + "]}");
    answer(
        SECRETS + "?continue=next&limit=250",
        410,
        refused(410, "Expired")
            .replace("\"metadata\":{}", "\"metadata\":{\"continue\":\"later\"}"));
    answer(
        SECRETS + "?continue=later&limit=250",
        200,
        "{\"metadata\":{},\"items\":[" + secret("b", 2) + "," + secret("c", 3) + "]}");
    var run = scan();
    assertThat(skips(run)).isEmpty();
    assertThat(places(run)).containsOnlyKeys(end(1), end(2), end(3));
  }

  @Test
  void takesSmallerPagesOfLargeObjects() throws Exception {
    answer(
        SECRETS + "?limit=250",
        200,
        "{\"items\":[" + secret("a", 1) + "],\"x\":\"" + "x".repeat(17 << 20) + "\"}");
    answer(SECRETS + "?limit=50", 200, "{\"items\":[" + secret("a", 1) + "]}");
    var run = scan();
    assertThat(skips(run)).isEmpty();
    assertThat(places(run)).containsOnlyKeys(end(1));
  }

  @Test
  void cutsAListWithoutAnEnd() throws Exception {
    String page = "{\"metadata\":{\"continue\":\"n\"},\"items\":[" + secret("a", 1) + "]}";
    answer(SECRETS + "?limit=250", 200, page);
    answer(SECRETS + "?continue=n&limit=250", 200, page);
    var run = scan();
    assertThat(skips(run)).containsExactly("k8s:prod/web secrets: not told: a list without an end");
    assertThat(places(run)).containsOnlyKeys(end(1));
  }

  @Test
  void saysWhatItMayNotList() throws Exception {
    answer(SECRETS + "?limit=250", 403, refused(403, "Forbidden"));
    answer("/apis/batch/v1/namespaces/web/cronjobs?limit=250", 404, refused(404, "NotFound"));
    cluster.create(
        PODS,
        filled(
            "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'p','namespace':'web'},"
                + "'spec':{'containers':[{'name':'a','args':['--token=@1']}]}}"));
    var run = scan();
    assertThat(places(run)).containsOnlyKeys(end(1));
    assertThat(skips(run))
        .containsExactlyInAnyOrder(
            "k8s:prod/web secrets: not shown to the user of context prod",
            "k8s:prod/web cronjobs: a kind that this cluster has not");
    assertThat(objects(run, "summary").getFirst().path("state").asText()).isEqualTo("incomplete");
    // Without a finding the exit code says so.
    answer(PODS + "?limit=250", 403, refused(403, "Forbidden"));
    assertThat(scan().status()).isEqualTo(3);
  }

  @Test
  void asksNamespaceByNamespaceWhereAllAtOnceIsForbidden() throws Exception {
    answer("/api/v1/secrets?limit=250", 403, refused(403, "Forbidden"));
    cluster.create(
        "/api/v1/namespaces",
        filled("{'kind':'Namespace','apiVersion':'v1','metadata':{'name':'web'}}"));
    cluster.create(
        "/api/v1/namespaces",
        filled("{'kind':'Namespace','apiVersion':'v1','metadata':{'name':'shut'}}"));
    answer("/api/v1/namespaces/shut/secrets?limit=250", 403, refused(403, "Forbidden"));
    cluster.create(SECRETS, secret("a", 1));
    var run = scan("-A");
    assertThat(places(run)).containsOnlyKeys(end(1));
    assertThat(skips(run))
        .containsExactly("k8s:prod/shut secrets: not shown to the user of context prod");
  }

  @Test
  void saysWhoIsNotAcceptedAndWhoDoesNotAnswer() throws Exception {
    answer(SECRETS + "?limit=250", 401, refused(401, "Unauthorized"));
    var refused = scan();
    assertThat(refused.err())
        .startsWith("error: the cluster does not accept the login of context prod")
        .contains("hint: log in again");
    assertThat(refused.status()).isEqualTo(3);
    Path closed = home.resolve("closed");
    try (var other = new FakeCluster()) {
      other.kubeconfig(closed, "gone", "web", "login-of-gone");
    }
    var gone = scan(CommandRun.in(home).with("KUBECONFIG", closed.toString()));
    assertThat(gone.err()).startsWith("error: no answer from the cluster of context gone");
    assertThat(gone.status()).isEqualTo(3);
    var none = scan(CommandRun.in(home).with("HOME", home.toString()));
    assertThat(none.err())
        .startsWith("error: no kubeconfig, and this is no pod of a cluster")
        .contains("hint: point KUBECONFIG");
    assertThat(scan(CommandRun.in(home).with("KUBECONFIG", "nowhere")).err())
        .startsWith("error: no file is where KUBECONFIG points");
  }

  @Test
  void choosesAmongTheContextsOfSeveralFiles() throws Exception {
    cluster.create(SECRETS, secret("a", 1));
    cluster.create(
        "/api/v1/namespaces/jobs/secrets",
        filled(
            "{'kind':'Secret','apiVersion':'v1','metadata':{'name':'b','namespace':'jobs'},"
                + "'data':{'token':'#2'}}"));
    Path other = home.resolve("other");
    cluster.kubeconfig(other, "arn:x/stage", "jobs", "login-of-stage");
    var setting =
        CommandRun.in(home)
            .with("KUBECONFIG", home.resolve("none") + ":" + home.resolve("config") + ":" + other);
    assertThat(places(scan(setting)))
        .containsOnly(Map.entry(end(1), List.of("k8s:prod/web/Secret/a data.token")));
    assertThat(places(scan(setting, "--context", "arn:x/stage")))
        .containsOnly(Map.entry(end(2), List.of("k8s:arn:x/stage/jobs/Secret/b data.token")));
    assertThat(cluster.server().getLastRequest().getHeader("Authorization"))
        .isEqualTo("Bearer login-of-stage");
    assertThat(scan(setting, "--context", "no").err())
        .contains(
            "error: no such context: no", "hint: use --context with one of arn:x/stage, prod");
    assertThat(scan(setting, "-A", "-n", "web").status()).isEqualTo(2);
    assertThat(scan(setting, "-n", "jobs").out()).contains("k8s:prod/jobs/Secret/b");
  }

  @Test
  void believesNoCertificateThatTheKubeconfigDoesNotVouchFor() throws Exception {
    try (var other = FakeCluster.overTls()) {
      other
          .server()
          .expect()
          .get()
          .withPath(SECRETS + "?limit=250")
          .andReturn(200, "{\"items\":[" + secret("a", 1) + "]}")
          .always();
      other.kubeconfig(home.resolve("config"), "prod", "web", "login-of-prod");
      var refused = scan();
      assertThat(refused.err())
          .startsWith("error: no answer from the cluster of context prod: no trusted TLS");
      assertThat(other.server().getRequestCount()).isZero();
      Files.writeString(
          home.resolve("config"),
          Files.readString(home.resolve("config"))
              .replace("\"server\"", "\"insecure-skip-tls-verify\":true,\"server\""));
      assertThat(places(scan())).containsOnlyKeys(end(1));
    }
  }

  @Test
  void runsTheProgramThatAKubeconfigNamesForItsCredential() throws Exception {
    cluster.create(SECRETS, secret("a", 1));
    Path plugin = home.resolve("login.sh");
    Files.writeString(
        plugin,
        filled(
            "#!/bin/sh\necho \"refused $2\" >&2\n[ \"$1 $2\" = \"get it for me\" ] || exit 7\n"
                + "echo \"{\\'kind\\':\\'ExecCredential\\',\\'status\\':"
                + "{\\'token\\':\\'login-of-$WHOM\\'}}\"\n"));
    assertThat(plugin.toFile().setExecutable(true)).isTrue();
    ObjectNode config = (ObjectNode) JSON.readTree(home.resolve("config").toFile());
    ObjectNode user = (ObjectNode) config.path("users").get(0).path("user");
    user.remove("token");
    ObjectNode exec = user.putObject("exec").put("command", "./login.sh");
    exec.put("apiVersion", "client.authentication.k8s.io/v1");
    exec.putArray("args").add("get").add("it for me");
    exec.putArray("env").addObject().put("name", "WHOM").put("value", "plugin");
    Files.writeString(home.resolve("config"), config.toString());
    assertThat(places(scan())).containsOnlyKeys(end(1));
    assertThat(cluster.server().getLastRequest().getHeader("Authorization"))
        .isEqualTo("Bearer login-of-plugin");
    exec.putArray("args");
    exec.put("installHint", "ask the platform team");
    Files.writeString(home.resolve("config"), config.toString());
    var failed = scan();
    assertThat(failed.err())
        .startsWith("error: the credential plugin ./login.sh fails")
        .contains("hint: ask the platform team");
    assertThat(failed.status()).isEqualTo(3);
  }

  @Test
  void readsManifestsAndDumps() throws Exception {
    Files.writeString(
        home.resolve("all.yaml"),
        filled(
            """
            # two documents
            apiVersion: v1
            kind: Secret
            metadata: {name: a, namespace: web}
            stringData:
              token: @1
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: b}
            spec:
              jobTemplate: {spec: {template: {spec: {containers: [{name: c, env: [
                {name: X, value: @2},
                {name: Y, valueFrom: {secretKeyRef: {name: d, key: k}}}]}]}}}}
            """));
    Files.writeString(
        home.resolve("dump.json"),
        filled(
            "{'apiVersion':'v1','items':[{'kind':'Secret','metadata':{'name':'d','namespace':'n'},"
                + "'data':{'k':'#3'}}],'kind':'List'}"));
    Files.writeString(
        home.resolve("list.yml"),
        filled(
            "kind: SecretList\nitems:\n- metadata: {name: e}\n  data: {f: '#4'}\n- metadata: {name:"
                + " g}\n  data:\n    h: not base64 @5\n"));
    var run = scan(CommandRun.in(home), "--file", "all.yaml", "dump.json", "list.yml");
    assertThat(skips(run)).isEmpty();
    assertThat(places(run))
        .containsOnly(
            Map.entry(end(1), List.of("k8s:all.yaml web/Secret/a:stringData.token all.yaml:6")),
            Map.entry(
                end(2),
                List.of(
                    "k8s:all.yaml CronJob/b:spec.jobTemplate.spec.template.spec.containers[c]"
                        + ".env[X] all.yaml:13")),
            Map.entry(end(3), List.of("k8s:dump.json n/Secret/d:data.k dump.json:1")),
            Map.entry(end(4), List.of("k8s:list.yml Secret/e:data.f list.yml:4")),
            Map.entry(end(5), List.of("k8s:list.yml Secret/g:data.h list.yml:7")));
    assertThat(scan(CommandRun.in(home), "--file", "none.yaml").err())
        .contains("no such file: ", "hint: name manifests");
  }

  /// Longer than a thing may be, and than YAML parsers let a document be.
  @Test
  void readsAListOfAnyLength() throws Exception {
    var list = new StringBuilder("items:\n");
    String filler = "x ".repeat(1 << 19);
    for (int i = 0; i < 17; i++) {
      list.append("- kind: Service\n  metadata: {name: s}\n  spec: ").append(filler).append('\n');
    }
    list.append(filled("- kind: Secret\n  metadata: {name: a}\n  data: {t: '#1'}\nkind: List\n"));
    Files.writeString(home.resolve("dump.yaml"), list);
    TokenLedger.planted(home.resolve("dump.yaml"));
    var run = scan(CommandRun.in(home), "--file", "dump.yaml");
    assertThat(skips(run)).isEmpty();
    assertThat(places(run))
        .containsOnly(Map.entry(end(1), List.of("k8s:dump.yaml Secret/a:data.t dump.yaml:55")));
  }

  @Test
  void endsWithHostileManifests() throws Exception {
    var bomb = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bomb)) {
      gzip.write("{\"config\":{\"a\":\"".getBytes(UTF_8));
      for (int i = 0; i < 64; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    String packed = Base64.getEncoder().encodeToString(bomb.toByteArray());
    Files.writeString(
        home.resolve("bomb.yaml"),
        "kind: Secret\nmetadata: {name: b}\ndata: {release: "
            + base64(packed)
            + "}\n---\n"
            + filled("kind: Secret\nmetadata: {name: c}\ndata: {t: '#1'}\n"));
    var aliases = new StringBuilder("kind: Pod\na0: &a0 [x]\n");
    for (int i = 1; i < 40; i++) {
      aliases.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    Files.writeString(home.resolve("aliases.yaml"), aliases);
    Files.writeString(home.resolve("self.yaml"), "kind: Pod\nspec: &a {b: *a}\n");
    Files.writeString(home.resolve("text.yaml"), "}{ " + token(2));
    var run = scan(CommandRun.in(home), "--file", ".");
    assertThat(places(run)).containsOnlyKeys(end(1));
    assertThat(skips(run))
        .hasSize(4)
        .anyMatch(skip -> skip.contains("a release of Helm that cannot be unpacked"))
        .anyMatch(skip -> skip.contains("aliases.yaml Pod:: holds more than 1000000 values"))
        .anyMatch(skip -> skip.contains("self.yaml: unreadable: an alias of nothing"))
        .anyMatch(skip -> skip.contains("text.yaml: unreadable: neither YAML nor JSON"));
  }

  @Test
  void isASourceWhosePlacesAreReadAgain() throws Exception {
    cluster.create(SECRETS, secret("a", 1));
    var here = CommandRun.in(home).with("KUBECONFIG", home.resolve("config").toString());
    Files.writeString(home.resolve("report.jsonl"), scan().out());
    for (String source : List.of("k8s:", "k8s:web", "k8s:*", "k8s:prod/web", "report.jsonl")) {
      var run = here.run("inventory", "-q", "-f", "json", source);
      assertThat(run.err()).as(source).isEmpty();
      assertThat(run.out()).as(source).contains("k8s:prod/web/Secret/a");
    }
  }
}
