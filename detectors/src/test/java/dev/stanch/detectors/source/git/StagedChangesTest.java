package dev.stanch.detectors.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.StagedChanges.Change;
import dev.stanch.detectors.source.git.StagedChanges.Excluded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is staged, held against the real git's own comparison.
final class StagedChangesTest {
  @TempDir private Path folder;
  private Git git;

  @BeforeEach
  void begin() {
    git = new Git(folder);
  }

  /// A way to keep an index, as the commands that lead to it.
  record Kept(String name, List<String> begin, List<String> settle) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kept> waysToKeepAnIndex() {
    return Stream.of(
        new Kept("version 2", List.of("init -q"), List.of("update-index --index-version 2")),
        new Kept("version 4", List.of("init -q"), List.of("update-index --index-version 4")),
        new Kept("SHA-256", List.of("init -q --object-format=sha256"), List.of()),
        new Kept(
            "SHA-256, version 4, packed",
            List.of("init -q --object-format=sha256"),
            List.of("update-index --index-version 4", "gc -q")),
        new Kept("split", List.of("init -q"), List.of("update-index --split-index")),
        new Kept(
            "split, version 4",
            List.of("init -q"),
            List.of("update-index --index-version 4", "update-index --split-index")),
        new Kept("packed", List.of("init -q"), List.of("gc -q")),
        new Kept(
            "threads",
            List.of("init -q", "config index.threads 4"),
            List.of("update-index --index-version 4 --force-write-index")));
  }

  @ParameterizedTest
  @MethodSource("waysToKeepAnIndex")
  void agreesWithGitWhateverTheIndexIsKeptAs(Kept kept) throws IOException {
    kept.begin().forEach(this::run);
    var random = new Random(7);
    for (int i = 0; i < 120; i++) {
      write(path(random), "first " + i + "\n");
    }
    run("add .");
    run("commit -qm first");
    kept.settle().forEach(this::run);
    assertAgrees();
    for (int round = 0; round < 4; round++) {
      change(random, round);
      assertAgrees();
      run("commit -qm round" + round);
      assertAgrees();
      assertThat(staged().changes()).isEmpty();
    }
  }

  private void change(Random random, int round) throws IOException {
    List<String> known = git.lines("ls-files");
    for (int i = 0; i < 6; i++) {
      String file = known.get(random.nextInt(known.size()));
      switch (random.nextInt(5)) {
        case 0 -> run("rm -q -f --cached --ignore-unmatch " + file);
        case 1 -> {
          run("rm -q -f --ignore-unmatch " + file);
          write(file + "/inner.txt", "a folder now " + round + i); // a file becomes a folder
          run("add " + file);
        }
        case 2 -> {
          if (Files.isRegularFile(folder.resolve(file))) {
            run("update-index --chmod=+x --add " + file);
          }
        }
        case 3 -> {
          Files.deleteIfExists(folder.resolve(file));
          if (!Files.isDirectory(folder.resolve(file))) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.createSymbolicLink(folder.resolve(file), Path.of("somewhere" + round));
            run("add " + file);
          }
        }
        default -> {
          String fresh = path(random);
          write(fresh, "round " + round + " " + i + "\n");
          run("add " + fresh);
        }
      }
    }
  }

  private static String path(Random random) {
    var path = new StringBuilder();
    for (int depth = random.nextInt(4); depth > 0; depth--) {
      path.append("d").append(random.nextInt(4)).append(random.nextBoolean() ? "-x/" : "/");
    }
    return path.append("f").append(random.nextInt(60)).append(".txt").toString();
  }

  @Test
  void takesEverythingForNewBeforeTheFirstCommit() throws IOException {
    run("init -q");
    assertThat(staged().changes()).isEmpty();
    write("a/b.txt", "one");
    write("c.txt", "two");
    run("add a c.txt");
    assertThat(staged().changes())
        .extracting(Change::path, Change::before)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a/b.txt", null),
            org.assertj.core.groups.Tuple.tuple("c.txt", null));
  }

  @Test
  void leavesOutWhatIsAnnouncedOnlyAndSubmodules() throws IOException {
    run("init -q");
    write("a.txt", "one");
    run("add a.txt");
    run("commit -qm first");
    write("later.txt", "not yet");
    run("add -N later.txt");
    run(
        "update-index --add --cacheinfo 160000,"
            + git.lines("rev-parse", "HEAD").getFirst()
            + ",sub");
    StagedChanges staged = staged();
    assertThat(staged.changes()).isEmpty();
    assertThat(staged.excluded())
        .containsExactly(
            new Excluded("later.txt", "announced only (git add -N)"),
            new Excluded("sub", "submodule"));
  }

  @Test
  void givesBothSidesOfAConflict() throws IOException {
    run("init -q -b main");
    write("a.txt", "base\n");
    run("add .");
    run("commit -qm base");
    run("checkout -q -b side");
    write("a.txt", "theirs\n");
    run("commit -qam theirs");
    run("checkout -q main");
    write("a.txt", "ours\n");
    run("commit -qam ours");
    assertThatThrownBy(() -> run("merge -q side")).isInstanceOf(IllegalStateException.class);
    String theirs = git.lines("rev-parse", "side:a.txt").getFirst();
    String ours = git.lines("rev-parse", "main:a.txt").getFirst();
    assertThat(staged().changes()).containsExactly(new Change(theirs, "a.txt", ours));
  }

  @Test
  void readsASparseIndex() throws IOException {
    run("init -q");
    for (int i = 0; i < 40; i++) {
      write("d" + i % 4 + "/in" + i % 3 + "/f" + i + ".txt", "file " + i);
    }
    run("add .");
    run("commit -qm first");
    String first = git.lines("rev-parse", "HEAD").getFirst();
    write("d2/in1/f99.txt", "outside of the cone later");
    run("add .");
    run("commit -qm second");
    run("sparse-checkout set --cone --sparse-index d1");
    write("d1/new.txt", "inside");
    run("add d1/new.txt");
    assertAgrees();
    // HEAD goes back: folders that stand in the index as one entry now differ from it.
    run("update-ref HEAD " + first);
    assertAgrees();
    assertThat(staged().changes())
        .extracting(Change::path)
        .contains("d1/new.txt", "d2/in1/f99.txt");
  }

  @Test
  void readsTheIndexAndTheObjectsThatGitNames() throws Exception {
    run("init -q");
    write("a.txt", "one");
    run("add .");
    run("commit -qm first");
    Files.copy(folder.resolve(".git/index"), folder.resolve(".git/other-index"));
    write("b.txt", "two");
    run("add b.txt");
    assertThat(staged(Map.of("GIT_INDEX_FILE", ".git/other-index")).changes()).isEmpty();
    assertThat(staged(Map.of("GIT_INDEX_FILE", folder.resolve(".git/index").toString())).changes())
        .hasSize(1);
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    assertThat(
            changes(
                    GitRepository.here(
                        elsewhere, Map.of("GIT_DIR", "../.git", "GIT_WORK_TREE", "..")))
                .changes())
        .extracting(Change::path)
        .containsExactly("b.txt");
  }

  @Test
  void readsALinkedWorkTreeThroughItsGitFile() throws Exception {
    run("init -q");
    write("a.txt", "one");
    run("add .");
    run("commit -qm first");
    run("worktree add -q -b other linked");
    Files.writeString(folder.resolve("linked/b.txt"), "two");
    new Git(folder.resolve("linked")).lines("add", "b.txt");
    assertThat(changes(GitRepository.here(folder.resolve("linked"), Map.of())).changes())
        .extracting(Change::path)
        .containsExactly("b.txt");
    assertThat(staged().changes()).isEmpty();
  }

  @Test
  void namesWhatRenamesComeFrom() throws IOException {
    run("init -q");
    write("old/a.txt", "one");
    write("old/deep/b.txt", "two");
    write("c.txt", "three");
    run("add .");
    run("commit -qm first");
    var gone = new ArrayList<String>();
    for (String path : List.of("old/a.txt", "old/deep/b.txt", "c.txt")) {
      gone.addAll(git.lines("rev-parse", "HEAD:" + path));
    }
    run("mv old new");
    run("rm -q --cached c.txt");
    assertThat(staged().removed()).containsExactlyInAnyOrderElementsOf(gone);
  }

  @Test
  void survivesDamagedIndexes() throws Exception {
    run("init -q");
    for (int i = 0; i < 30; i++) {
      write("d" + i % 5 + "/f" + i + ".txt", "file " + i);
    }
    run("add .");
    run("commit -qm first");
    write("d1/f1.txt", "changed");
    run("add .");
    for (String version : List.of("2", "4")) {
      run("update-index --index-version " + version);
      run("update-index --split-index");
      damage(folder.resolve(".git/index"));
      run("update-index --no-split-index");
      damage(folder.resolve(".git/index"));
    }
  }

  private void damage(Path index) throws IOException {
    byte[] whole = Files.readAllBytes(index);
    var random = new Random(11);
    for (int i = 0; i < 1500; i++) {
      byte[] damaged = whole.clone();
      if (i % 10 == 0) {
        damaged = java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
      } else {
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
      }
      Path copy = folder.resolve(".git/damaged");
      Files.write(copy, damaged);
      try {
        staged(Map.of("GIT_INDEX_FILE", copy.toString())).removed();
      } catch (SourceException e) {
        assertThat(e).hasMessageContaining("index"); // told, and never a crash or a hang
      }
    }
  }

  // ---- against git

  private void assertAgrees() {
    var expected = new ArrayList<Change>();
    String raw =
        new String(
            git.run(
                new byte[0],
                "diff-index",
                "--cached",
                "--raw",
                "-z",
                "--no-renames",
                "--no-abbrev",
                "HEAD"),
            StandardCharsets.UTF_8);
    String[] fields = raw.split("\0", -1);
    for (int i = 0; i + 1 < fields.length; i += 2) {
      String[] parts = fields[i].split(" ", -1);
      if (!parts[4].equals("D") && !parts[2].equals(parts[3])) {
        expected.add(new Change(parts[3], fields[i + 1], parts[2].matches("0+") ? null : parts[2]));
      }
    }
    assertThat(staged().changes().stream().sorted(Comparator.comparing(Change::path)).toList())
        .containsExactlyElementsOf(
            expected.stream().sorted(Comparator.comparing(Change::path)).toList());
  }

  private StagedChanges staged() {
    try {
      return staged(Map.of());
    } catch (SourceException e) {
      throw new AssertionError(e);
    }
  }

  private StagedChanges staged(Map<String, String> environment) throws SourceException {
    var problems = new Problems(10);
    return changes(GitRepository.here(folder, environment), problems);
  }

  private static StagedChanges changes(GitRepository repository) {
    var problems = new Problems(10);
    try {
      StagedChanges changes = changes(repository, problems);
      assertThat(problems.listed()).isEmpty();
      return changes;
    } catch (SourceException e) {
      throw new AssertionError(e);
    }
  }

  private static StagedChanges changes(GitRepository repository, Problems problems)
      throws SourceException {
    try (var store = repository.openObjects(problems)) {
      var changes = StagedChanges.of(repository, new ObjectLookup(store), problems);
      changes.removed();
      return changes;
    }
  }

  private void run(String command) {
    git.lines(command.split(" ", -1));
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    for (Path parent = file.getParent(); !parent.equals(folder); parent = parent.getParent()) {
      if (Files.isRegularFile(parent) || Files.isSymbolicLink(parent)) {
        Files.delete(parent);
      }
    }
    if (Files.isDirectory(file)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.writeString(file, text);
  }
}
