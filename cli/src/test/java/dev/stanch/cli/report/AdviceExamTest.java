package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Sample projects, each with the replacement that its token should get: see the README beside
/// them.
@Execution(ExecutionMode.CONCURRENT) // the longest of all, and each case has a folder of its own
final class AdviceExamTest {
  private static final Path PROJECTS = Path.of("src/test/resources/advice");
  private static final Pattern MARKER = Pattern.compile("@@([a-z-]+)(?:\\.(\\d+))?@@");

  /// What a marker stands for, as a template.
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("huggingface", "{{\"hf_\"}}{{alnum:34}}"),
          Map.entry("github", "{{checked:crc32-base62:ghp_}}"),
          Map.entry("github-fine", "{{\"github_pat_\"}}{{alnum:22}}_{{alnum:59}}"),
          Map.entry("gitlab", "{{\"glpat-\"}}{{alnum:20}}"),
          Map.entry("openai", "{{\"sk-proj-\"}}{{base64url:74}}{{\"T3BlbkFJ\"}}{{base64url:74}}"),
          Map.entry("anthropic", "{{\"sk-ant-api03-\"}}{{base64url:93}}{{\"AA\"}}"),
          Map.entry("aws-id", "{{\"AKIA\"}}{{base32:16}}"),
          Map.entry("aws", "{{base64:40}}"),
          Map.entry(
              "gcp",
              """
              {
                "type": "service_account",
                "project_id": "acme-prod",
                "private_key_id": "{{hex:40}}",
                "private_key": "{{json({{pem:PKCS8}})}}",
                "client_email": "ci@acme-prod.iam.gserviceaccount.com",
                "token_uri": "https://oauth2.googleapis.com/token"
              }
              """),
          Map.entry("google-key", "{{\"AIza\"}}{{base64url:35}}"),
          Map.entry("azure", "{{alnum:3}}{{\"8Q~\"}}{{alnum+\"_~.-\":33}}{{alnum:1}}"),
          Map.entry("azure-storage", "{{base64:86}}=="),
          Map.entry("azure-openai", "{{hex:32}}"),
          Map.entry("npm", "{{checked:crc32-base62:npm_}}"),
          Map.entry("pypi", "{{\"pypi-AgEIcHlwaS5vcmc\"}}{{base64url:150}}"),
          Map.entry("slack", "{{\"xoxb-\"}}{{digit:12}}-{{digit:13}}-{{alnum:24}}"),
          Map.entry("docker", "{{\"dckr_pat_\"}}{{base64url:27}}"),
          Map.entry("cloudflare", "{{\"cfut_\"}}{{alnum:40}}{{hex:8}}"));

  /// Where each provider's tokens are made, as far as a link can be filled in.
  private static final Map<String, String> PAGES =
      Map.of(
          "huggingface", "https://huggingface.co/settings/tokens/new",
          "github", "https://github.com/settings/personal-access-tokens/new",
          "gitlab", "https://gitlab.com/-/user_settings/personal_access_tokens");

  private static final Set<String> NAMES = Set.of("name", "description");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = new JsonMapper();

  private static final Set<String> MISSED = missed();

  @TempDir Path folder;

  private static Set<String> missed() {
    try {
      return Set.copyOf(Files.readAllLines(PROJECTS.resolve("missed.txt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> advisesAsExpected() throws IOException {
    return tests(each -> !MISSED.contains(each), this::exam);
  }

  /// What is not advised as expected yet: whatever changes that takes it out of the list.
  @TestFactory
  Stream<DynamicTest> missesNoMoreThanItIsKnownToMiss() throws IOException {
    return tests(
        MISSED::contains,
        project -> assertThatThrownBy(() -> exam(project)).isInstanceOf(AssertionError.class));
  }

  private static Stream<DynamicTest> tests(Predicate<String> which, ThrowingConsumer<Path> exam)
      throws IOException {
    return projects().stream()
        .filter(project -> which.test(project.getFileName().toString()))
        .map(
            project ->
                DynamicTest.dynamicTest(
                    project.getFileName().toString(), () -> exam.accept(project)));
  }

  private static List<Path> projects() throws IOException {
    try (Stream<Path> all = Files.list(PROJECTS)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private void exam(Path project) throws IOException {
    JsonNode expected = YAML.readTree(project.resolve("expected.yml").toFile());
    Path home = Files.createDirectories(folder.resolve(project.getFileName()));
    Map<String, String> tokens = plant(project.resolve("tree"), home.resolve("tree"));
    JsonNode report = report(home, tokens, expected);
    Files.writeString(home.resolve("report.json"), report.toString());
    CommandRun run =
        CommandRun.in(home)
            .alone()
            .run("suggest", "report.json", "--root", "tree", "--format", "json");
    assertThat(run.status()).as(run.err()).isZero();
    new Schemas().valid("suggestions", run.out());
    JsonNode suggestions = JSON.readTree(run.out()).path("suggestions");
    int number = 0;
    for (JsonNode token : expected.path("tokens")) {
      JsonNode suggestion = suggestions.get(number++);
      assertThat(suggestion).as("advice for %s", token.path("token")).isNotNull();
      compare(token, suggestion.path("provider").asText(), suggestion.path("replacement"));
    }
  }

  /// Copies a tree with tokens in place of the markers.
  private static Map<String, String> plant(Path from, Path to) throws IOException {
    var tokens = new HashMap<String, String>();
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        Matcher marker = MARKER.matcher(Files.readString(file));
        String planted =
            marker.replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        tokens.computeIfAbsent(
                            found.group(), _ -> token(found.group(1), found.group(2)))));
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, planted);
      }
    }
    return tokens;
  }

  private static String token(String kind, String number) {
    String template = KINDS.get(kind);
    assertThat(template).as("the marker @@%s@@", kind).isNotNull();
    return new ExampleTemplate(template).expand(number == null ? 41 : Long.parseLong(number));
  }

  /// What the scan finds, with what the providers are said to tell of it, in the order expected.
  private static JsonNode report(Path home, Map<String, String> tokens, JsonNode expected)
      throws IOException {
    CommandRun scan =
        CommandRun.in(home)
            .alone()
            .run("scan", "dir", "tree", "--format", "json", "--show-tokens", "-q");
    ObjectNode report = (ObjectNode) JSON.readTree(scan.out());
    var found = new ArrayList<JsonNode>();
    for (JsonNode token : expected.path("tokens")) {
      String text = tokens.get("@@" + token.path("token").asText() + "@@");
      assertThat(text).as("the marker of %s in the tree", token.path("token")).isNotNull();
      JsonNode finding = finding(report.path("findings"), text);
      assertThat(finding).as("the scan finds %s: %s", token.path("token"), scan.err()).isNotNull();
      found.add(told((ObjectNode) finding, token));
    }
    report.putArray("findings").addAll(found);
    return report;
  }

  private static JsonNode finding(JsonNode findings, String text) {
    for (JsonNode each : findings) {
      String secret = each.path("secret").asText();
      if (!secret.isEmpty()
          && (text.contains(secret) || text.replace("\\n", "\n").contains(secret.strip()))) {
        return each;
      }
    }
    return null;
  }

  private static JsonNode told(ObjectNode finding, JsonNode token) {
    finding.remove("secret");
    if (token.has("scopes") || token.has("owner")) {
      ObjectNode verification = finding.putObject("verification");
      verification.put("verdict", "live");
      verification.put("identity", token.path("owner").asText("acme"));
      verification.set(
          "scopes", token.path("scopes").isArray() ? token.path("scopes") : JSON.createArrayNode());
    }
    return finding;
  }

  private static void compare(JsonNode expected, String provider, JsonNode advice) {
    var wanted = new TreeSet<String>();
    var places = new TreeMap<String, Set<String>>();
    for (JsonNode each : expected.path("permissions")) {
      String permission = permission(each);
      wanted.add(permission);
      if (each.has("at")) {
        var at = new TreeSet<String>();
        each.path("at").forEach(place -> at.add(place.asText()));
        places.put(permission, at);
      }
    }
    var got = new TreeSet<String>();
    for (JsonNode each : advice.path("permissions")) {
      String permission = permission(each);
      got.add(permission);
      var at = new TreeSet<String>();
      each.path("evidence")
          .forEach(use -> at.add(use.path("path").asText() + ":" + use.path("line").asInt()));
      assertThat(at).as("evidence for %s", permission).isNotEmpty();
      if (places.containsKey(permission)) {
        assertThat(at).as("evidence for %s", permission).isEqualTo(places.get(permission));
      }
    }
    assertThat(got).as("permissions").isEqualTo(wanted);
    assertThat(!advice.path("cannotTell").isEmpty())
        .as("cannot tell: %s", advice.path("cannotTell"))
        .isEqualTo(expected.path("cannot-tell").asBoolean());
    if (expected.has("link")) {
      link(expected.path("link"), provider, advice.path("link").asText());
    }
    assertThat(advice.path("withoutToken").path("id").asText("none"))
        .as("without a token")
        .isEqualTo(expected.path("without-token").asText("none"));
    if (advice.has("withoutToken")) {
      assertThat(advice.path("withoutToken").path("snippet").asText()).isNotBlank();
    }
  }

  /// A permission that takes no resource is on `*`, or on nothing.
  private static String permission(JsonNode permission) {
    String on = permission.path("on").asText();
    return permission.path("name").asText() + (on.isEmpty() || on.equals("*") ? "" : " on " + on);
  }

  private static void link(JsonNode expected, String provider, String link) {
    URI address = URI.create(link);
    if (PAGES.containsKey(provider)) {
      assertThat(link.replaceFirst("\\?.*", "")).isEqualTo(PAGES.get(provider));
    }
    var wanted = new TreeMap<String, Set<String>>();
    for (var each : expected.properties()) {
      var values = new TreeSet<String>();
      if (each.getValue().isArray()) {
        each.getValue().forEach(value -> values.add(value.asText()));
      } else {
        values.add(each.getValue().asText());
      }
      wanted.put(each.getKey(), values);
    }
    var got = new TreeMap<String, Set<String>>();
    String query = address.getRawQuery() == null ? "" : address.getRawQuery();
    for (String each : query.split("&", -1)) {
      String name = decoded(each.replaceFirst("=.*", ""));
      if (!each.isEmpty() && !NAMES.contains(name)) {
        got.computeIfAbsent(name, _ -> new TreeSet<>())
            .add(decoded(each.replaceFirst("[^=]*=", "")));
      }
    }
    assertThat(got).as("parameters of %s", link).isEqualTo(wanted);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
