package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.cli.command.GitOracle.Row;
import dev.stanch.detectors.rule.BuiltInRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A generated history with planted tokens: found are exactly these, each where git says it stands,
/// however git keeps its objects.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExactHistoryTest {
  private static final long SEED = 20260301;
  private static final int RULES = 45;

  @TempDir private Path home;

  /// Made once, copied by each test.
  private Path origin = Path.of("");

  private List<Planted> planted = List.of();
  private Set<Row> expected = Set.of();

  @BeforeAll
  void makeHistory(@TempDir Path folder) throws IOException {
    origin = folder;
    var catalogue = BuiltInRules.load().rules();
    var single = Planted.some(catalogue, RULES, SEED);
    var pairs = Planted.pairs(catalogue, 4, SEED);
    var all = new ArrayList<>(single);
    for (Planted.Pair pair : pairs) {
      all.addAll(List.of(pair.one(), pair.two(), pair.joined()));
    }
    planted = List.copyOf(all);
    Path made = PlantedHistory.make(origin, "made", SEED, single, pairs);
    expected = GitOracle.rows(new GitRun(made), planted);
    assertThat(expected.stream().map(Row::token).distinct().count())
        .as("tokens that git knows")
        .isEqualTo(planted.size() - 1) // one stands in an object that nothing leads to
        .isGreaterThanOrEqualTo(100);
    assertThat(expected)
        .anyMatch(row -> row.path().contains("utf16le"))
        .anyMatch(row -> row.path().contains("utf16be.crlf"))
        .anyMatch(row -> row.path().contains("large.crlf"))
        .anyMatch(row -> row.inTips() && row.commit().isEmpty())
        .anyMatch(row -> !row.inTips())
        .anyMatch(row -> row.kind().equals("git-message"));
    assertThat(planted.stream().map(Planted::rule).distinct().count()).isGreaterThanOrEqualTo(40);
  }

  enum Layout {
    LOOSE {
      @Override
      void apply(GitRun git, Path folder) {}
    },
    AGGRESSIVE {
      @Override
      void apply(GitRun git, Path folder) {
        git.text("gc", "-q", "--aggressive", "--prune=never");
      }
    },
    BITMAP_AND_MULTI_PACK_INDEX {
      @Override
      void apply(GitRun git, Path folder) {
        git.text("repack", "-q", "-adk", "--write-bitmap-index", "--depth=200");
        git.text("multi-pack-index", "write", "--bitmap");
        git.text("pack-refs", "--all");
      }
    },
    SEVERAL_PACKS {
      @Override
      void apply(GitRun git, Path folder) throws IOException {
        List<String> ids =
            git.lines("rev-list", "--objects", "--all", "--reflog", "--no-object-names");
        Path packs = folder.resolve(".git/objects/pack/pack");
        for (int i = 0; i < 3; i++) {
          // They overlap: some objects stand in two packs.
          var part = ids.subList(i * ids.size() / 4, (i + 2) * ids.size() / 4);
          git.run(
              (String.join("\n", part) + "\n").getBytes(StandardCharsets.UTF_8),
              "pack-objects",
              "-q",
              packs.toString());
        }
        git.text("prune-packed");
      }
    };

    abstract void apply(GitRun git, Path folder) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void findsExactlyWhatWasPlanted(Layout layout) throws Exception {
    Path folder = copy();
    layout.apply(new GitRun(folder), folder);
    var report = scan(1, "scan", "git", "made");
    assertThat(told(rows(report))).isEqualTo(told(expected));
    assertThat(report.path("skips")).isEmpty();
  }

  /// Big blobs were not fetched: each is a skip, and everything else is as it was.
  @Test
  void listsWhatAPartialCloneLacks() throws Exception {
    copy();
    new GitRun(home)
        .text(
            "clone",
            "-q",
            "--mirror",
            "--filter=blob:limit=3k",
            "file://" + home.resolve("made"),
            "part");
    var git = new GitRun(home.resolve("part"));
    Set<Row> there = GitOracle.rows(git, planted);
    assertThat(there).isNotEmpty().hasSizeLessThan(expected.size());
    var report = scan(1, "scan", "git", "part");
    assertThat(told(rows(report))).isEqualTo(told(there));
    var missing = new TreeSet<String>();
    for (String line : git.lines("rev-list", "--objects", "--all", "--missing=print")) {
      if (line.startsWith("?")) {
        missing.add(line.substring(1));
      }
    }
    var skipped = new TreeSet<String>();
    report.path("skips").forEach(skip -> skipped.add(skip.path("place").path("path").asText()));
    assertThat(skipped).isEqualTo(missing).isNotEmpty();
    assertThat(report.path("summary").path("state").asText()).isEqualTo("incomplete");
    // Findings come first in the exit code; without one it tells that something was not read.
    assertThat(scan(3, "scan", "git", "--min-confidence", "1", "part").path("findings")).isEmpty();
  }

  @Test
  void givesForOneCommitWhatAScanOfItsCheckoutGives() throws Exception {
    copy();
    new GitRun(home).text("clone", "-q", "--depth=1", "file://" + home.resolve("made"), "one");
    new GitRun(home).text("clone", "-q", "one", "tree");
    deleteFolder(home.resolve("tree/.git"));
    var ofHistory = tokens(scan(1, "scan", "git", "one"));
    assertThat(ofHistory).hasSizeGreaterThan(10);
    assertThat(tokens(scan(1, "scan", "dir", "tree"))).isEqualTo(ofHistory);
  }

  private Path copy() throws IOException {
    Path from = origin.resolve("made");
    Path to = home.resolve("made");
    try (var paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
    return to;
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private JsonNode scan(int status, String... command) throws IOException {
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--format", "json", "--show-tokens"));
    CommandRun run = CommandRun.in(home).run(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(status);
    return new ObjectMapper().readTree(run.out());
  }

  private static Set<Row> rows(JsonNode report) {
    var rows = new HashSet<Row>();
    for (JsonNode finding : report.path("findings")) {
      for (JsonNode place : finding.path("places")) {
        rows.add(
            new Row(
                finding.path("secret").asText(),
                finding.path("rule").asText(),
                place.path("kind").asText(),
                place.path("path").asText(),
                place.path("commit").asText(),
                place.path("blob").asText(),
                place.path("line").asInt(),
                place.path("column").asInt(),
                place.path("offset").asLong(),
                place.path("inTips").asBoolean()));
      }
    }
    return rows;
  }

  /// Rows as text, sorted, tokens by number: no message of a failed test shows one.
  private String told(Set<Row> rows) {
    Map<String, Integer> numbers = new HashMap<>();
    planted.forEach(one -> numbers.put(one.token(), numbers.size()));
    var lines = new TreeSet<String>();
    for (Row row : rows) {
      lines.add(
          String.join(
              " ",
              row.rule(),
              "token " + numbers.getOrDefault(row.token(), -1),
              row.kind(),
              row.path(),
              row.line() + ":" + row.column() + "@" + row.offset(),
              "commit " + row.commit(),
              "blob " + row.blob(),
              row.inTips() ? "in tips" : "gone"));
    }
    return String.join("\n", lines);
  }

  private static Map<String, String> tokens(JsonNode report) {
    var tokens = new TreeMap<String, String>();
    for (JsonNode finding : report.path("findings")) {
      tokens.put(
          finding.path("token").asText(),
          finding.path("rule").asText() + " " + finding.path("confidence").asText());
    }
    return tokens;
  }
}
