package dev.stanch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.stanch.cli.ActionTest.Steps.Done;
import dev.stanch.fixtures.TokenLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The steps of action.yml, run as the runner runs them, in the environment that it documents, on
/// checkouts as shallow as actions/checkout makes them, for each shape of event.
@Execution(ExecutionMode.CONCURRENT) // each waits for processes of its own
@Timeout(120)
final class ActionTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String CHECKOUT = "work/app/app";
  private static final String ZERO = "0".repeat(40);
  private static final String OLD = HookSetting.leak(1);
  private static final String LEAK = HookSetting.leak(2);

  /// A name that would end a line and then be a command, and one that is a command within a line.
  private static final String HOSTILE =
      "x\n::stop-commands::forged\n##[stop-commands]forged ::.env";

  @TempDir private Path folder;
  private HookSetting setting;
  private Path origin;
  private Path author;

  /// What a workflow is started by.
  enum Event {
    PULL_REQUEST("pull_request"),
    PULL_REQUEST_OF_FORK("pull_request"),
    PULL_REQUEST_TARGET("pull_request_target"),
    PUSH("push"),
    FORCED_PUSH("push"),
    NEW_BRANCH("push"),
    TAG("push"),
    MERGE_GROUP("merge_group"),
    SCHEDULE("schedule"),
    WORKFLOW_DISPATCH("workflow_dispatch");

    private final String name;

    Event(String name) {
      this.name = name;
    }

    boolean ofFork() {
      return this == PULL_REQUEST_OF_FORK || this == PULL_REQUEST_TARGET;
    }
  }

  /// What the head is like.
  enum Head {
    CLEAN,
    LEAKING,
    /// Leaking, with all that could hide it.
    MALICIOUS
  }

  static Stream<Arguments> everyShape() {
    return Stream.of(Event.values())
        .flatMap(event -> Stream.of(Head.values()).map(head -> Arguments.of(event, head)));
  }

  @BeforeEach
  void begin() throws Exception {
    setting = new HookSetting(folder);
    origin = Files.createDirectories(folder.resolve("origin.git"));
    setting.git(origin, "init", "-q", "--bare", "-b", "main");
    setting.git(origin, "config", "uploadpack.allowAnySHA1InWant", "true"); // as GitHub
    setting.git(folder, "clone", "-q", "origin.git", "author");
    author = folder.resolve("author");
    git("switch", "-q", "-c", "main");
    write("old.env", OLD);
    write("stanch.yml", "allow: [{reason: before our time, paths: [old.env]}]\n");
    commit("begin");
    write("readme", "more\n");
    commit("more");
    git("push", "-q", "origin", "main");
  }

  @ParameterizedTest
  @MethodSource("everyShape")
  void tellsTheRightVerdict(Event event, Head head) throws Exception {
    Path checkout = happen(event, head);
    String before = git(checkout, "rev-parse", "HEAD");
    Done done = steps(checkout).run(Map.of());

    var log = new Log(done.log());
    assertThat(done.status()).as(done.log()).isEqualTo(head == Head.CLEAN ? 0 : 1);
    assertThat(done.outputs()).containsEntry("exit", head == Head.CLEAN ? "0" : "1");
    assertThat(done.outputs()).containsEntry("worst", head == Head.CLEAN ? "none" : "critical");
    assertThat(done.outputs()).containsEntry("count", head == Head.CLEAN ? "0" : "1");
    for (String text : List.of(done.log(), done.summary(), done.sarif())) {
      assertThat(text).doesNotContain(token(OLD), token(LEAK));
    }
    var places = new TreeSet<String>();
    if (head != Head.CLEAN) {
      places.add("leak.env");
    }
    if (head == Head.MALICIOUS) {
      places.add(HOSTILE);
    }
    if (event == Event.SCHEDULE || event == Event.WORKFLOW_DISPATCH) {
      places.add("old.env"); // listed with who spoke for it
    }
    assertThat(paths(done.sarif())).isEqualTo(places);
    assertThat(log.commands())
        .allMatch(command -> command.equals("error") || command.equals("stop-commands"))
        .filteredOn("error"::equals)
        .hasSize(head == Head.CLEAN ? 0 : head == Head.LEAKING ? 1 : 2);
    if (head != Head.CLEAN) {
      assertThat(done.log())
          .contains(
              "::error file=leak.env,line=1,endLine=1,col=13,endColumn=50,title=Hugging Face");
      assertThat(done.summary()).contains("leaked token");
    }
    // Nothing of the change was run or checked out.
    assertThat(git(checkout, "rev-parse", "HEAD")).isEqualTo(before);
    assertThat(checkout.resolve("pwned")).doesNotExist();
    if (event == Event.PULL_REQUEST_TARGET) {
      assertThat(checkout.resolve("leak.env")).doesNotExist();
    }
  }

  /// What somebody who may write to the repository says about a single token counts, and is told.
  @Test
  void listsWhatAChangeOfOursAccepts() throws Exception {
    git("switch", "-q", "-c", "feature");
    write("leak.env", LEAK.stripTrailing() + " # stanch:allow: made up\n");
    write("other.env", HookSetting.leak(3));
    commit("feature");
    baseline("other.env is made up too");
    commit("accept");
    git("push", "-q", "origin", "feature");
    Path checkout = checkOut("feature", git("rev-parse", "feature"), 1);
    event("pull_request", pullRequest(git("rev-parse", "feature"), true));
    Done done = steps(checkout).run(Map.of());
    assertThat(done.status()).as(done.log()).isZero();
    assertThat(done.outputs()).containsEntry("count", "0");
    assertThat(done.log())
        .contains("::warning file=leak.env,line=1,")
        .contains("may stand, says stanch:allow of the change itself")
        .contains("::warning file=other.env,line=1,")
        .contains("says .stanch-baseline of the change itself: other.env is made up too")
        .doesNotContain("::error");

    event("pull_request", pullRequest(git("rev-parse", "feature"), false));
    Done ofFork = steps(checkout).run(Map.of());
    assertThat(ofFork.status()).isEqualTo(1);
    assertThat(ofFork.outputs()).containsEntry("count", "2");
  }

  @Test
  void doesAsItsInputsSay() throws Exception {
    Path checkout = happen(Event.PULL_REQUEST, Head.LEAKING);
    Done done =
        steps(checkout)
            .run(Map.of("fail-on-findings", "false", "sarif", "", "min-confidence", "0.1"));
    assertThat(done.status()).isZero();
    assertThat(done.outputs()).containsEntry("exit", "1").containsEntry("count", "1");
    assertThat(done.outputs()).doesNotContainKey("sarif");
    Done range =
        steps(checkout)
            .run(Map.of("range", git("rev-parse", "main~1") + ".." + git("rev-parse", "main")));
    assertThat(range.status()).as(range.log()).isZero();
  }

  /// Whose history cannot be had must not pass for clean.
  @Test
  void failsWhereTheHistoryCannotBeHad() throws Exception {
    Path checkout = happen(Event.PULL_REQUEST, Head.CLEAN);
    git(checkout, "remote", "set-url", "origin", folder.resolve("gone").toUri().toString());
    Done done = steps(checkout).run(Map.of());
    assertThat(done.status()).isEqualTo(3);
    assertThat(done.outputs()).containsEntry("exit", "3");
    assertThat(done.log()).contains("error: ", "fetch-depth: 0", "::error title=Stanch::");
  }

  @Test
  void passesWhenABranchGoes() throws Exception {
    Path checkout = checkOut("main", git("rev-parse", "main"), 1);
    ObjectNode payload = push("refs/heads/gone", git("rev-parse", "main"), ZERO);
    payload.put("deleted", true);
    event("push", payload);
    Done done = steps(checkout).run(Map.of());
    assertThat(done.status()).as(done.log()).isZero();
    assertThat(done.outputs()).containsEntry("count", "0").containsEntry("worst", "none");
  }

  @Test
  void runsTheArchiveOfItsRefAndNoOther() throws Exception {
    Path checkout = happen(Event.PULL_REQUEST, Head.LEAKING);
    Steps steps = steps(checkout);
    Path inside = Files.createDirectories(folder.resolve("packed/stanch-1"));
    HookSetting.executable(
        inside.resolve("stanch"),
        "#!/bin/sh\necho of the archive\nexec '" + quoted(setting.command()) + "' \"$@\"\n");
    Path archive = folder.resolve("stanch.tar.gz");
    setting.run(
        folder,
        "",
        "tar",
        "-czf",
        archive.toString(),
        "-C",
        folder.resolve("packed").toString(),
        "stanch-1");
    String sum =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive)));
    Path release = steps.home().resolve(".github/action/release");
    Files.writeString(
        release, "Windows-X64 00 nowhere\nLinux-X64 " + sum + " " + archive.toUri() + "\n");
    Done done = steps.run(Map.of());
    assertThat(done.log()).contains("of the archive");
    assertThat(done.status()).isEqualTo(1);
    assertThat(done.uses()).as("nothing is built").isEmpty();

    Files.writeString(release, "Linux-X64 " + "0".repeat(64) + " " + archive.toUri() + "\n");
    Done forged = steps.run(Map.of());
    assertThat(forged.status()).isEqualTo(1);
    assertThat(forged.log()).contains("nothing of it was run").doesNotContain("of the archive");
  }

  @Test
  void namesWhatItBuildsByAllOfItsSources() throws Exception {
    Steps steps = steps(happen(Event.PUSH, Head.CLEAN));
    Done first = steps.run(Map.of());
    assertThat(first.uses()).containsExactly("actions/setup-java", "actions/cache");
    assertThat(steps.run(Map.of()).keys()).isEqualTo(first.keys());
    Files.writeString(steps.home().resolve("cli/src/main/Main.java"), "changed");
    assertThat(steps.run(Map.of()).keys()).isNotEqualTo(first.keys());
  }

  // ---- events

  private Path happen(Event event, Head head) throws Exception {
    String main = git("rev-parse", "main");
    git("switch", "-q", "-c", "feature");
    write("readme", "feature\n");
    commit("feature");
    String first = git("rev-parse", "HEAD");
    change(event, head);
    String after = git("rev-parse", "HEAD");
    switch (event) {
      case PULL_REQUEST, PULL_REQUEST_OF_FORK -> {
        git("push", "-q", "origin", after + ":refs/pull/1/head");
        if (event == Event.PULL_REQUEST) {
          git("push", "-q", "origin", "feature");
        }
        git("switch", "-q", "--detach", "main");
        git("merge", "-q", "--no-ff", "-m", "merge", "feature");
        String merged = git("rev-parse", "HEAD");
        git("push", "-q", "origin", merged + ":refs/pull/1/merge");
        event(event.name, pullRequest(after, !event.ofFork()));
        return checkOut("pull/1/merge", merged, 1);
      }
      case PULL_REQUEST_TARGET -> {
        git("push", "-q", "origin", after + ":refs/pull/1/head");
        event(event.name, pullRequest(after, false));
        return checkOut("main", main, 1);
      }
      case PUSH -> {
        git("push", "-q", "origin", "feature");
        event(event.name, push("refs/heads/feature", first, after));
        return checkOut("feature", after, 1);
      }
      case FORCED_PUSH -> {
        git("push", "-q", "origin", "feature");
        git("commit", "-q", "--amend", "-m", "again");
        String amended = git("rev-parse", "HEAD");
        git("push", "-q", "-f", "origin", "feature");
        // What was there before is reachable by nobody any more.
        event(event.name, push("refs/heads/feature", after, amended));
        setting.git(origin, "gc", "-q", "--prune=now");
        return checkOut("feature", amended, 0);
      }
      case NEW_BRANCH -> {
        git("push", "-q", "origin", "feature", "feature:twin"); // each would hide the other
        event(event.name, push("refs/heads/feature", ZERO, after));
        return checkOut("feature", after, 0);
      }
      case TAG -> {
        git("tag", "-a", "v1", "-m", "first");
        git("push", "-q", "origin", "v1");
        event(event.name, push("refs/tags/v1", ZERO, git("rev-parse", "v1")));
        return checkOut("v1", after, 1);
      }
      case MERGE_GROUP -> {
        git("push", "-q", "origin", after + ":refs/heads/gh-readonly-queue/main/pr-1");
        ObjectNode payload = payload();
        payload
            .putObject("merge_group")
            .put("head_sha", after)
            .put("base_sha", main)
            .put("head_ref", "refs/heads/gh-readonly-queue/main/pr-1");
        event(event.name, payload);
        return checkOut("gh-readonly-queue/main/pr-1", after, 1);
      }
      case SCHEDULE, WORKFLOW_DISPATCH -> {
        git("push", "-q", "origin", "feature");
        event(event.name, payload());
        return checkOut("main", main, 1);
      }
    }
    throw new IllegalStateException();
  }

  private void change(Event event, Head head) throws Exception {
    if (head == Head.CLEAN) {
      write("clean.py", "a = 1\n");
      commit("clean");
      return;
    }
    write("leak.env", LEAK);
    if (head == Head.MALICIOUS) {
      write(HOSTILE, LEAK);
      if (event.ofFork()) {
        commit("before the baseline");
        baseline("mine");
        write("leak.env", LEAK.stripTrailing() + " # stanch:allow\n");
        write(".gitleaksignore", "leak.env:huggingface-user-token:1\n");
      }
      write(
          "stanch.yml",
          """
          min-confidence: 0.999
          disabled-rules: [huggingface-user-token]
          allow: [{reason: all of it, paths: ['*']}]
          """);
      write(".gitleaks.toml", "[allowlist]\npaths = ['.*']\n");
      write(".gitattributes", "* filter=evil diff=evil\n");
      write(".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = -u./pwned\n");
    }
    commit("leak");
  }

  private void baseline(String reason) {
    var run = CommandRun.in(author).run("baseline", "create", "git:.", "--reason", reason);
    assertThat(run.out()).as(run.err()).containsPattern(": [1-9]\\d* added");
  }

  private ObjectNode payload() {
    ObjectNode payload = new ObjectMapper().createObjectNode();
    payload.putObject("repository").put("default_branch", "main").put("full_name", "acme/app");
    return payload;
  }

  private ObjectNode push(String ref, String before, String after) {
    return payload()
        .put("ref", ref)
        .put("before", before)
        .put("after", after)
        .put("deleted", false);
  }

  private ObjectNode pullRequest(String head, boolean ours) throws Exception {
    ObjectNode payload = payload();
    ObjectNode request = payload.put("number", 1).putObject("pull_request");
    request.put("title", "$(touch pwned)`touch pwned`\"; touch pwned; #");
    ObjectNode headNode =
        request.putObject("head").put("sha", head).put("ref", "a;touch${IFS}pwned");
    headNode.putObject("repo").put("full_name", ours ? "acme/app" : "mallory/app");
    ObjectNode base =
        request.putObject("base").put("sha", git("rev-parse", "main")).put("ref", "main");
    base.putObject("repo").put("full_name", "acme/app");
    return payload;
  }

  private void event(String name, ObjectNode payload) throws IOException {
    Files.writeString(folder.resolve("event.json"), payload.toString());
    Files.writeString(folder.resolve("event-name"), name);
  }

  /// What actions/checkout does with the depth that it is told; 0 is all of the history.
  private Path checkOut(String ref, String commit, int depth) throws Exception {
    Path checkout = Files.createDirectories(folder.resolve(CHECKOUT));
    git(checkout, "init", "-q", "-b", "none");
    git(checkout, "remote", "add", "origin", origin.toUri().toString());
    if (depth == 0) {
      git(checkout, "fetch", "-q", "--no-tags", "origin", "+refs/heads/*:refs/remotes/origin/*");
    } else {
      git(
          checkout,
          "fetch",
          "-q",
          "--no-tags",
          "--depth=" + depth,
          "origin",
          "+" + commit + ":refs/remotes/" + (ref.startsWith("pull/") ? ref : "origin/" + ref));
    }
    git(checkout, "checkout", "-q", "--force", "--detach", commit);
    return checkout;
  }

  // ---- the runner

  private Steps steps(Path checkout) throws IOException {
    Path home = folder.resolve("actions/acme/stanch/v1");
    for (String file : List.of(".github/action/prepare", ".github/action/scan")) {
      Files.createDirectories(home.resolve(file).getParent());
      Files.copy(
          ROOT.resolve(file),
          home.resolve(file),
          java.nio.file.StandardCopyOption.COPY_ATTRIBUTES,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    for (String file :
        List.of(
            ".mvn/jvm.config",
            "pom.xml",
            "cli/pom.xml",
            "cli/picocli/pom.xml",
            "cli/src/main/Main.java")) {
      Files.createDirectories(home.resolve(file).getParent());
      Files.writeString(home.resolve(file), file);
    }
    HookSetting.executable(
        home.resolve("stanch"), "#!/bin/sh\nexec '" + quoted(setting.command()) + "' \"$@\"\n");
    return new Steps(home, checkout, folder);
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "'\\''");
  }

  /// Runs the steps of a composite action.
  record Steps(Path home, Path workspace, Path folder) {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*([^}]*?)\\s*}}");

    /// What a run of all steps came to.
    ///
    /// @param uses the other actions that were used
    /// @param keys what they were given
    record Done(
        int status,
        String log,
        Map<String, String> outputs,
        String summary,
        String sarif,
        List<String> uses,
        String keys) {}

    Done run(Map<String, String> given) throws Exception {
      JsonNode action =
          new ObjectMapper(new YAMLFactory()).readTree(ROOT.resolve("action.yml").toFile());
      var known = new HashMap<String, String>();
      known.put("github.action_path", home.toString());
      known.put("runner.os", "Linux");
      known.put("runner.arch", "X64");
      action
          .path("inputs")
          .properties()
          .forEach(
              input ->
                  known.put(
                      "inputs." + input.getKey(),
                      given.getOrDefault(
                          input.getKey(), input.getValue().path("default").asText())));
      var log = new StringBuilder();
      var uses = new ArrayList<String>();
      var keys = new StringBuilder();
      Path summary = folder.resolve("summary");
      Files.deleteIfExists(summary);
      Files.deleteIfExists(workspace.resolve("stanch.sarif"));
      int status = 0;
      for (JsonNode step : action.path("runs").path("steps")) {
        String id = step.path("id").asText();
        if (status != 0 || !holds(step.path("if").asText(), known)) {
          continue;
        }
        if (step.has("uses")) {
          uses.add(step.path("uses").asText().replaceFirst("@.*", ""));
          step.path("with")
              .properties()
              .forEach(
                  with -> keys.append(evaluated(with.getValue().asText(), known)).append('\n'));
          known.put("steps." + id + ".outputs.version", "25.0.1+8");
          continue;
        }
        Path output = Files.createTempFile(folder, "output", "");
        status = run(step, known, output, summary, log);
        for (String line : Files.readAllLines(output)) {
          known.put(
              "steps." + id + ".outputs." + line.substring(0, line.indexOf('=')),
              line.substring(line.indexOf('=') + 1));
        }
      }
      var outputs = new HashMap<String, String>();
      action
          .path("outputs")
          .properties()
          .forEach(
              each -> {
                String value = evaluated(each.getValue().path("value").asText(), known);
                if (!value.isEmpty()) {
                  outputs.put(each.getKey(), value);
                }
              });
      Path sarif = workspace.resolve("stanch.sarif");
      return new Done(
          status,
          log.toString(),
          outputs,
          Files.exists(summary) ? Files.readString(summary) : "",
          Files.exists(sarif) ? Files.readString(sarif) : "",
          uses,
          keys.toString());
    }

    private int run(
        JsonNode step, Map<String, String> known, Path output, Path summary, StringBuilder log)
        throws IOException, InterruptedException {
      Path script = Files.createTempFile(folder, "step", ".sh");
      Files.writeString(script, evaluated(step.path("run").asText(), known));
      var builder =
          new ProcessBuilder("bash", "--noprofile", "--norc", "-eo", "pipefail", script.toString())
              .directory(workspace.toFile())
              .redirectErrorStream(true);
      var environment = builder.environment();
      environment.keySet().retainAll(List.of("PATH"));
      environment.put("HOME", folder.toString());
      environment.put("CI", "true");
      environment.put("GITHUB_ACTIONS", "true");
      environment.put("GITHUB_EVENT_NAME", Files.readString(folder.resolve("event-name")));
      environment.put("GITHUB_EVENT_PATH", folder.resolve("event.json").toString());
      environment.put("GITHUB_WORKSPACE", workspace.toString());
      environment.put("GITHUB_ACTION_PATH", home.toString());
      environment.put("GITHUB_OUTPUT", output.toString());
      environment.put("GITHUB_STEP_SUMMARY", summary.toString());
      environment.put("RUNNER_OS", "Linux");
      environment.put("RUNNER_ARCH", "X64");
      environment.put("RUNNER_TEMP", Files.createDirectories(folder.resolve("runner")).toString());
      step.path("env")
          .properties()
          .forEach(
              each -> environment.put(each.getKey(), evaluated(each.getValue().asText(), known)));
      Process process = builder.start();
      process.getOutputStream().close();
      log.append(new String(process.getInputStream().readAllBytes(), UTF_8));
      return process.waitFor();
    }

    /// `A == 'text'`, the one form that action.yml has.
    private static boolean holds(String condition, Map<String, String> known) {
      if (condition.isEmpty()) {
        return true;
      }
      Matcher equal = Pattern.compile("(\\S+) == '([^']*)'").matcher(condition);
      assertThat(equal.matches()).as(condition).isTrue();
      return known.getOrDefault(equal.group(1), "").equals(equal.group(2));
    }

    private static String evaluated(String text, Map<String, String> known) {
      return EXPRESSION
          .matcher(text)
          .replaceAll(each -> Matcher.quoteReplacement(known.getOrDefault(each.group(1), "")));
    }
  }

  /// A log as the runner reads it: a line that begins with `::`, and one with `##[` anywhere, is a
  /// command, unless commands are stopped.
  private record Log(String text) {
    List<String> commands() {
      var commands = new ArrayList<String>();
      String stopped = "";
      for (String line : text.lines().toList()) {
        Matcher command =
            Pattern.compile("\\s*::([a-z-]+)(?: [^:]*)?::(.*)|.*##\\[([a-z-]+).*").matcher(line);
        if (!stopped.isEmpty()) {
          if (line.strip().equals("::" + stopped + "::")) {
            stopped = "";
          }
        } else if (command.matches()) {
          String name = command.group(1) == null ? command.group(3) : command.group(1);
          commands.add(name);
          if (name.equals("stop-commands")) {
            stopped = command.group(2);
          }
        }
      }
      assertThat(stopped).as("commands stay stopped").isEmpty();
      return commands;
    }
  }

  private static Set<String> paths(String sarif) throws IOException {
    var paths = new TreeSet<String>();
    new ObjectMapper()
        .readTree(sarif)
        .path("runs")
        .path(0)
        .path("results")
        .forEach(
            result ->
                Stream.of("locations", "relatedLocations")
                    .forEach(
                        field ->
                            result
                                .path(field)
                                .forEach(
                                    location ->
                                        paths.add(
                                            java.net.URLDecoder.decode(
                                                location
                                                    .at("/physicalLocation/artifactLocation/uri")
                                                    .asText()
                                                    .replace("+", "%2B"),
                                                UTF_8)))));
    return paths;
  }

  private static String token(String line) {
    return line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
  }

  private String git(String... arguments) throws Exception {
    return git(author, arguments);
  }

  private String git(Path where, String... arguments) throws Exception {
    var ended = setting.git(where, arguments);
    assertThat(ended.status()).as(ended.output()).isZero();
    return ended.output().strip();
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(author.resolve(path), text);
    TokenLedger.planted(author.resolve(path));
    TokenLedger.planted(folder.resolve(CHECKOUT).resolve(path));
  }

  private void commit(String message) throws Exception {
    git("add", ".");
    git("commit", "-q", "-m", message);
  }
}
