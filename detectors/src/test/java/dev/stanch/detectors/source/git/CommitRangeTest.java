package dev.stanch.detectors.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitRangeTest {
  private static final byte[] NOTHING = {};

  @TempDir Path temp;

  record Brought(String commit, String path, String blob, Set<String> before, boolean inTips) {}

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void agreesWithGitOnRandomRanges(boolean packed) throws Exception {
    Git git = RandomHistory.init(temp.resolve("r"));
    git.run(NOTHING, "config", "fastimport.unpackLimit", "100000");
    RandomHistory.into(git, 3, 60);
    if (packed) {
      git.run(NOTHING, "repack", "-q", "-adfk", "--depth=50", "--window=60");
    }
    GitRepository repository = GitRepository.find(temp.resolve("r"), Map.of());
    Oracle oracle = new Oracle(git, repository.commonFolder(), 20);
    List<String> all = git.lines("rev-list", "--all");
    Problems problems = new Problems(10);
    try (ObjectStore store = repository.openObjects(problems)) {
      Random random = new Random(5);
      for (int i = 0; i < 60; i++) {
        String from = all.get(random.nextInt(all.size()));
        String to = all.get(random.nextInt(all.size()));
        CommitRange range =
            CommitRange.of(repository, store, new ObjectLookup(store), List.of(to), List.of(from));
        assertThat(range.commits())
            .as(from + ".." + to)
            .containsExactlyInAnyOrderElementsOf(git.lines("rev-list", to, "^" + from));
        List<Brought> brought = new ArrayList<>();
        int order = 0;
        for (CommitRange.Change change : range.changes()) {
          assertThat(change.order()).isGreaterThanOrEqualTo(order);
          order = change.order();
          brought.add(
              new Brought(
                  change.commit(),
                  change.path(),
                  change.blob(),
                  new HashSet<>(change.before()),
                  change.inTips()));
        }
        assertThat(brought).containsExactlyInAnyOrderElementsOf(expected(oracle, range, to));
      }
    }
    assertThat(problems.listed()).isEmpty();
  }

  private static List<Brought> expected(Oracle oracle, CommitRange range, String tip) {
    List<Brought> brought = new ArrayList<>();
    for (String commit : range.commits()) {
      for (var placed : oracle.files(commit).entrySet()) {
        Set<String> before = new HashSet<>();
        for (String parent : oracle.parents(commit)) {
          String old = oracle.files(parent).get(placed.getKey());
          if (old != null) {
            before.add(old);
          }
        }
        if (!before.contains(placed.getValue())) {
          boolean inTip = placed.getValue().equals(oracle.files(tip).get(placed.getKey()));
          brought.add(new Brought(commit, placed.getKey(), placed.getValue(), before, inTip));
        }
      }
    }
    return brought;
  }

  @Test
  void understandsTheWordsForCommits() throws Exception {
    Git git = RandomHistory.init(temp.resolve("r"));
    RandomHistory.into(git, 4, 30);
    git.run(NOTHING, "update-ref", "refs/remotes/origin/main", "b1");
    git.run(NOTHING, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    git.run(NOTHING, "branch", "dash-9", "b2");
    GitRepository repository = GitRepository.find(temp.resolve("r"), Map.of());
    Problems problems = new Problems(10);
    try (ObjectStore store = repository.openObjects(problems)) {
      Revisions revisions =
          new Revisions(Refs.read(repository, problems), new ObjectLookup(store), 20);
      List<String> words =
          new ArrayList<>(
              List.of(
                  "HEAD",
                  "@",
                  "b1",
                  "heads/b2",
                  "refs/heads/b3",
                  "origin",
                  "origin/main",
                  "commit-tag",
                  "nested-tag",
                  "dash-9",
                  "HEAD~1",
                  "b1~2",
                  "b1^",
                  "b2^^",
                  "b2~1^1",
                  "HEAD^0",
                  "b0^2",
                  "b3^2",
                  "b3~1^2",
                  "stash",
                  "none",
                  "blob-tag"));
      String id = git.lines("rev-parse", "b1").getFirst();
      words.add(id);
      words.add(id.substring(0, 9));
      for (String word : words) {
        List<String> expected;
        try {
          expected = git.lines("rev-parse", "-q", "--verify", word + "^{commit}");
        } catch (IllegalStateException e) {
          expected = List.of();
        }
        assertThat(revisions.commit(word).stream().toList()).as(word).isEqualTo(expected);
      }
    }
  }
}
