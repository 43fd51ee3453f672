package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Scans of Compose projects through the whole command line.
@Timeout(120)
final class ScanComposeTest {
  @TempDir private Path home;
  private Path project;

  @BeforeEach
  void makeFolder() throws IOException {
    project = Files.createDirectory(home.resolve("shop"));
  }

  private static String token(int seed) {
    return new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(seed);
  }

  private static String end(int seed) {
    String token = token(seed);
    return token.substring(token.length() - 4);
  }

  /// Writes a file; `@1` stands for the first token.
  private void write(String name, String... lines) throws IOException {
    var text = new StringBuilder();
    for (String line : lines) {
      String with = line;
      for (int seed = 20; seed > 0; seed--) {
        with = with.replace("@" + seed, token(seed));
      }
      text.append(with).append('\n');
    }
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text.toString());
  }

  private CommandRun scan(String... files) {
    return scan(CommandRun.in(project), files);
  }

  private static CommandRun scan(CommandRun.Setting setting, String... files) {
    var arguments =
        new ArrayList<String>(List.of("scan", "container", "-q", "-f", "jsonl", "--compose"));
    arguments.addAll(List.of(files));
    CommandRun run = setting.run(arguments.toArray(String[]::new));
    for (int seed = 1; seed <= 20; seed++) {
      assertThat(run.out() + run.err()).doesNotContain(token(seed));
    }
    return run;
  }

  /// Where each token stands and which file tells so, by its last characters.
  private static Map<String, List<String>> places(CommandRun run) throws IOException {
    var places = new TreeMap<String, List<String>>();
    for (String line : run.out().lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      if (object.path("type").asText().equals("finding")) {
        String redacted = object.path("redacted").asText();
        var where = new ArrayList<String>();
        for (JsonNode place : object.path("places")) {
          JsonNode details = place.path("details");
          assertThat(place.path("kind").asText()).isEqualTo("compose");
          where.add(
              place.path("path").asText()
                  + " "
                  + details.path("file").asText()
                  + (details.has("replaced") ? " by " + details.path("replaced").asText() : ""));
        }
        places.put(redacted.substring(redacted.length() - 4), where);
      }
    }
    return places;
  }

  private static List<String> skips(CommandRun run) throws IOException {
    var skips = new ArrayList<String>();
    for (String line : run.out().lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      if (object.path("type").asText().equals("skip")) {
        skips.add(
            object.path("place").path("path").asText() + ": " + object.path("reason").asText());
      }
    }
    return skips;
  }

  @Test
  void readsWhatContainersAreGiven() throws Exception {
    write(
        "compose.yaml",
        "services:",
        "  web:",
        "    image: shop/web",
        "    command: [serve, --token, @1]",
        "    environment:",
        "      HF_TOKEN: @2",
        "      FROM_DOTENV: ${DOTENV_TOKEN}",
        "      FROM_SHELL: ${SHELL_TOKEN:-@3}",
        "      DEFAULT: ${NOT_SET:-@4}",
        "      PASSED_ON:",
        "    env_file: web.env",
        "    labels:",
        "      - hf.token=@5",
        "    build:",
        "      context: .",
        "      args: [\"HF_TOKEN=@6\"]",
        "    healthcheck:",
        "      test: [CMD, curl, -H, 'Authorization: Bearer @7', http://localhost]",
        "    logging: {driver: splunk, options: {splunk-token: @8}}",
        "    secrets: [model]",
        "secrets:",
        "  model: {file: ./secrets/model.txt}",
        "  other: {environment: SHELL_TOKEN}",
        "configs:",
        "  inline: {content: 'token = \"@9\"'}",
        "  kept: {file: ./conf.ini}",
        "x-unused: {token: @10}");
    write(".env", "# the project's", "DOTENV_TOKEN='@11'", "PASSED_ON=@12");
    write("web.env", "export A=1", "HF_TOKEN=\"@13\" # ours");
    write("secrets/model.txt", "@14");
    write("conf.ini", "[hub]", "token=@15");
    var run = scan(CommandRun.in(project).with("SHELL_TOKEN", token(16)), "compose.yaml");
    assertThat(run.err()).isEmpty();
    assertThat(skips(run)).isEmpty();
    assertThat(places(run))
        .containsOnly(
            Map.entry(end(1), List.of("services.web.command compose.yaml:4")),
            Map.entry(end(2), List.of("services.web.environment.HF_TOKEN compose.yaml:6")),
            Map.entry(
                end(3), List.of("services.web.environment.FROM_SHELL (default) compose.yaml:8")),
            Map.entry(end(4), List.of("services.web.environment.DEFAULT compose.yaml:9")),
            Map.entry(end(5), List.of("services.web.labels[hf.token] compose.yaml:13")),
            Map.entry(end(6), List.of("services.web.build.args.HF_TOKEN compose.yaml:16")),
            Map.entry(end(7), List.of("services.web.healthcheck.test compose.yaml:18")),
            Map.entry(end(8), List.of("services.web.logging.options.splunk-token compose.yaml:19")),
            Map.entry(end(9), List.of("configs.inline.content compose.yaml:25")),
            Map.entry(end(10), List.of("x-unused.token compose.yaml:27")),
            Map.entry(
                end(11),
                List.of(
                    "[.env].DOTENV_TOKEN .env:2",
                    "services.web.environment.FROM_DOTENV compose.yaml:7")),
            Map.entry(
                end(12),
                List.of(
                    "[.env].PASSED_ON .env:3",
                    "services.web.environment.PASSED_ON compose.yaml:10")),
            Map.entry(end(13), List.of("services.web.env_file[web.env].HF_TOKEN web.env:2")),
            Map.entry(end(14), List.of("secrets.model secrets/model.txt")),
            Map.entry(end(15), List.of("configs.kept conf.ini")),
            Map.entry(
                end(16),
                List.of(
                    "secrets.other compose.yaml:23",
                    "services.web.environment.FROM_SHELL compose.yaml:8")));
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void laysLaterFilesOverEarlierOnes() throws Exception {
    write(
        "base.yml",
        "x-common: &common",
        "  environment: &variables {SHARED: @1}",
        "services:",
        "  web:",
        "    <<: *common",
        "    command: run --token @2",
        "  worker:",
        "    environment:",
        "      <<: *variables",
        "      OWN: @3",
        "  gone:",
        "    environment: [KEY=@4]");
    write(
        "prod.yml",
        "services:",
        "  web:",
        "    command: run --token @5",
        "    environment: [\"EXTRA=@6\"]",
        "  worker:",
        "    extends: {file: common/base.yml, service: based}",
        "  gone:",
        "    environment: !reset {}");
    write(
        "common/base.yml",
        "services:",
        "  root: {environment: {ROOT: @7}}",
        "  based: {extends: root, env_file: [{path: more.env}, {path: none.env, required:"
            + " false}]}");
    write("common/more.env", "MORE=@8");
    var run = scan("base.yml", "prod.yml");
    assertThat(skips(run)).isEmpty();
    assertThat(places(run))
        .containsOnly(
            Map.entry(
                end(1),
                List.of(
                    "services.web.environment.SHARED base.yml:2",
                    "services.worker.environment.SHARED base.yml:2",
                    "x-common.environment.SHARED base.yml:2")),
            Map.entry(end(2), List.of("services.web.command base.yml:6 by prod.yml:3")),
            Map.entry(end(3), List.of("services.worker.environment.OWN base.yml:10")),
            Map.entry(end(4), List.of("services.gone.environment.KEY base.yml:12 by prod.yml:8")),
            Map.entry(end(5), List.of("services.web.command prod.yml:3")),
            Map.entry(end(6), List.of("services.web.environment.EXTRA prod.yml:4")),
            Map.entry(end(7), List.of("services.worker.environment.ROOT common/base.yml:2")),
            Map.entry(
                end(8), List.of("services.worker.env_file[more.env].MORE common/more.env:1")));
  }

  @Test
  void findsTheFilesOfAFolderAndWhatTheyInclude() throws Exception {
    write("docker-compose.yml", "include: [part/compose.yaml]", "services: {a: {image: b}}");
    write("docker-compose.override.yml", "services: {a: {environment: {A: @1}}}");
    write(
        "part/compose.yaml",
        "include: [../docker-compose.yml]",
        "services: {c: {environment: {C: $PART}}}");
    write("part/.env", "PART=@2");
    var run = scan(".");
    assertThat(skips(run)).isEmpty();
    assertThat(places(run))
        .containsOnly(
            Map.entry(end(1), List.of("services.a.environment.A docker-compose.override.yml:1")),
            Map.entry(
                end(2),
                List.of(
                    "[part/.env].PART part/.env:1",
                    "services.c.environment.C part/compose.yaml:2")));
  }

  @Test
  void readsPlacesAgainFromAReport() throws Exception {
    write("compose.yaml", "services: {web: {env_file: [a.env]}}");
    write("a.env", "HF_TOKEN=@1");
    var report = scan("compose.yaml");
    Files.writeString(project.resolve("report.jsonl"), report.out());
    var inventory =
        CommandRun.in(project).run("inventory", "-q", "-f", "json", "report.jsonl", "compose:.");
    assertThat(inventory.err()).isEmpty();
    JsonNode tokens = new ObjectMapper().readTree(inventory.out()).path("tokens");
    assertThat(inventory.out()).contains("services.web.env_file[a.env].HF_TOKEN");
    assertThat(tokens.size()).isLessThanOrEqualTo(1);
  }

  @Test
  void saysWhatIsMissingAndReadsTheRest() throws Exception {
    write(
        "compose.yaml",
        "services:",
        "  a: {env_file: none.env, extends: {file: none.yml, service: x}, environment: {T: @1}}",
        "  b: {extends: c}",
        "  c: {extends: b}",
        "secrets: {s: {file: /dev/zero}, t: {file: none}, u: {file: /proc/kmsg}}");
    var run = scan("compose.yaml");
    assertThat(places(run)).containsOnlyKeys(end(1));
    assertThat(skips(run))
        .containsExactlyInAnyOrder(
            "services.a.env_file[none.env]: no such file",
            project.resolve("none.yml") + ": no such file",
            project.resolve("compose.yaml") + ": a service that extends itself",
            project.resolve("compose.yaml") + ": a service that extends itself",
            "secrets.s: no file",
            "secrets.t: no such file");
    assertThat(scan("none.yaml").err()).contains("no such file: ", "hint: name Compose files");
  }

  @Test
  void endsWithHostileFiles() throws Exception {
    var aliases = new StringBuilder("a0: &a0 [\"@\"]\n".replace("@", "x".repeat(100)));
    for (int i = 1; i < 40; i++) {
      aliases.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    Files.writeString(project.resolve("bomb.yml"), aliases + "services: {a: {x: *a39}}\n");
    Files.writeString(
        project.resolve("self.yml"), "a: &a {b: *a}\nservices: {web: {environment: {A: 1}}}\n");
    Files.writeString(project.resolve("deep.yml"), "[".repeat(100_000));
    Files.writeString(project.resolve("tagged.yml"), "a: !!java.io.File [/etc/passwd]\n");
    var variables = new StringBuilder("V0=" + "x".repeat(100) + "\n");
    for (int i = 1; i < 60; i++) {
      variables.append("V%d=$V%d$V%d\n".formatted(i, i - 1, i - 1));
    }
    Files.writeString(project.resolve(".env"), variables);
    for (String file : List.of("bomb.yml", "self.yml", "deep.yml")) {
      var run = scan(file);
      assertThat(skips(run)).as(file).anyMatch(skip -> skip.startsWith(project + "/" + file));
      assertThat(skips(run)).as(file).anyMatch(skip -> skip.contains(".env: unreadable: its var"));
      assertThat(run.status()).as(file).isEqualTo(3);
    }
    assertThat(scan("tagged.yml").err()).doesNotContain("internal");
  }
}
