package dev.stanch.cli.command;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a history of one commit holds is what its clean checkout holds: the same tokens under the
/// same rules, as sure, at the same places.
final class CheckoutEqualsHistoryTest {
  private static final List<String> TEMPLATES =
      List.of(
          "HF_TOKEN=\"{{\"hf_\"}}{{alpha:34}}\"\n",
          "password = \"{{alnum:14}}\"\n",
          "MISTRAL_API_KEY={{alnum:32}}\n",
          "url: postgres://app:{{alnum:18}}@db.acme-corp.io/x\n",
          "{\"client_secret\": \"{{alnum:40}}\"}\n",
          "curl -u admin:{{alnum:15}} https://intern.acme-corp.io/\n",
          "t={{\"hf\"}}%5F{{alpha:34}}&x=1\n",
          "int main(void) { return 0; }\n",
          "# nothing to see, move on\n");

  private static final List<String> NAMES =
      List.of(
          "a.py",
          "b.env",
          "c.json",
          "test/d.java",
          "docs/e.md",
          "vendor/f.min.js",
          "g.lock",
          "ä ö.yml");

  @TempDir private Path home;

  @Test
  void findsTheSameInBoth() throws Exception {
    long seed = Long.getLong("stanch.fuzz.seed", 1);
    var random = new Random(seed);
    Path tree = Files.createDirectories(home.resolve("tree"));
    for (int i = 0; i < 120; i++) {
      Path file =
          tree.resolve("m" + random.nextInt(12) + "/" + NAMES.get(random.nextInt(NAMES.size())));
      Files.createDirectories(file.getParent());
      var text = new StringBuilder();
      for (int line = random.nextInt(12); line >= 0; line--) {
        text.append(
            new ExampleTemplate(TEMPLATES.get(random.nextInt(TEMPLATES.size())))
                .expand(random.nextInt(40)));
      }
      Files.write(file, encoded(text.toString(), random));
    }
    var git = new GitRun(tree);
    git.text("init", "--quiet", "--initial-branch=main", ".");
    git.text("add", ".");
    git.text("commit", "--quiet", "-m", "all");
    // What is ignored later is still committed.
    Files.writeString(tree.resolve(".git/info/exclude"), "*.env\n");
    var inHistory = places("git");
    assertThat(inHistory).as("seed " + seed).hasSizeGreaterThan(200);
    assertThat(places("dir")).as("seed " + seed).isEqualTo(inHistory);
    git.text("gc", "--quiet", "--aggressive");
    assertThat(places("git")).as("packed, seed " + seed).isEqualTo(inHistory);
  }

  private static byte[] encoded(String text, Random random) throws IOException {
    return switch (random.nextInt(8)) {
      case 0 -> text.replace("\n", "\r\n").getBytes(UTF_8);
      case 1 -> ("\ufeff" + text).getBytes(UTF_16LE);
      case 2 -> {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
          out.write(text.getBytes(UTF_8));
        }
        yield bytes.toByteArray();
      }
      case 3 ->
          ("data: " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "\n")
              .getBytes(UTF_8);
      case 4 -> ("\0" + text).getBytes(UTF_8);
      default -> text.getBytes(UTF_8);
    };
  }

  private Set<String> places(String source) throws IOException {
    var run =
        CommandRun.in(home)
            .run("scan", source, "-q", "--min-confidence", "0", "-f", "jsonl", "tree");
    assertThat(run.status()).isEqualTo(1);
    var places = new TreeSet<String>();
    for (String line : run.out().lines().toList()) {
      JsonNode one = new ObjectMapper().readTree(line);
      for (JsonNode place : one.path("places")) {
        places.add(
            String.join(
                " ",
                place.path("path").asText(),
                place.path("line").asText(),
                place.path("column").asText(),
                place.path("endColumn").asText(),
                place.path("via").toString(),
                one.path("rule").asText(),
                one.path("token").asText(),
                one.path("confidence").asText(),
                one.path("fingerprints").toString()));
      }
    }
    return places;
  }
}
