package dev.stanch.detectors.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Repositories in all their shapes on disk, and the names they have for objects.
class RefsTest {
  private static final byte[] NOTHING = {};

  @TempDir Path temp;
  private Path folder;
  private Git git;

  @BeforeEach
  void makeRepository() throws IOException {
    folder = temp.resolve("r");
    git = RandomHistory.init(folder);
    commit("one");
    commit("two");
  }

  private String commit(String message) {
    git.run(NOTHING, "commit", "-q", "--allow-empty", "-m", message);
    return git.lines("rev-parse", "HEAD").getFirst();
  }

  private static List<Ref> refs(Path where, Problems problems) throws SourceException {
    return Refs.read(GitRepository.find(where, Map.of()), problems);
  }

  private static List<Ref> refs(Path where) throws SourceException {
    Problems problems = new Problems(10);
    List<Ref> refs = refs(where, problems);
    assertThat(problems.listed()).isEmpty();
    return refs;
  }

  @Test
  void readsLooseAndPackedRefsLooseFirst() throws Exception {
    git.run(NOTHING, "tag", "-a", "-m", "tag", "v1");
    git.run(NOTHING, "branch", "deep/er/branch");
    git.run(NOTHING, "pack-refs", "--all");
    String newest = commit("three");
    git.run(NOTHING, "branch", "later");
    List<Ref> refs = refs(folder);
    assertThat(refs)
        .contains(
            new Ref("HEAD", Ref.Kind.HEAD, newest),
            new Ref("refs/heads/b0", Ref.Kind.REF, newest),
            new Ref("refs/heads/later", Ref.Kind.REF, newest));
    assertThat(named(refs)).isEqualTo(forEachRef());
  }

  private Map<String, String> forEachRef() {
    return git.lines("for-each-ref", "--format=%(refname) %(objectname)").stream()
        .map(line -> line.split(" ", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }

  private static Map<String, String> named(List<Ref> refs) {
    return refs.stream()
        .filter(ref -> ref.name().startsWith("refs/"))
        .collect(Collectors.toMap(Ref::name, Ref::id));
  }

  @Test
  void readsRefsKeptInReftables() throws Exception {
    git.run(NOTHING, "tag", "v1");
    Map<String, String> before = forEachRef();
    String head = git.lines("rev-parse", "HEAD").getFirst();
    try (var repository = new FileRepository(folder.resolve(".git").toFile())) {
      repository.convertRefStorage("reftable", true, false);
    }
    List<Ref> refs = refs(folder);
    assertThat(named(refs)).isEqualTo(before);
    assertThat(refs).contains(new Ref("HEAD", Ref.Kind.HEAD, head));
  }

  @Test
  void readsWhatGitNotesForItself() throws Exception {
    String lost = commit("lost");
    git.run(NOTHING, "reset", "-q", "--hard", "HEAD~1");
    String stashed = stash("first");
    String stashedLater = stash("second");
    String fetched = "1234567890123456789012345678901234567890";
    Files.writeString(
        folder.resolve(".git/FETCH_HEAD"), fetched + "\tnot-for-merge\tbranch 'x' of elsewhere\n");
    List<Ref> refs = refs(folder);
    assertThat(refs)
        .contains(
            new Ref("FETCH_HEAD", Ref.Kind.NOTED, fetched),
            new Ref("refs/stash", Ref.Kind.REF, stashedLater),
            new Ref("logs/refs/stash", Ref.Kind.REF, stashed));
    assertThat(refs).anyMatch(ref -> ref.name().equals("ORIG_HEAD"));
    assertThat(refs).anyMatch(ref -> ref.kind() == Ref.Kind.NOTED && ref.id().equals(lost));
  }

  private String stash(String text) throws IOException {
    Files.writeString(folder.resolve("file"), text);
    git.run(NOTHING, "add", "file");
    git.run(NOTHING, "stash", "-q");
    return git.lines("rev-parse", "refs/stash").getFirst();
  }

  @Test
  void findsARepositoryFromFoldersWorkTreesAndSubmodules() throws Exception {
    Files.createDirectories(folder.resolve("some/folder"));
    assertThat(GitRepository.find(folder.resolve("some/folder"), Map.of()).gitFolder())
        .isEqualTo(folder.resolve(".git"));
    git.run(NOTHING, "worktree", "add", "-q", "-b", "other", "../linked");
    String other = new Git(temp.resolve("linked")).lines("rev-parse", "HEAD").getFirst();
    assertThat(refs(temp.resolve("linked"))).contains(new Ref("HEAD", Ref.Kind.HEAD, other));
    assertThat(refs(folder)).contains(new Ref("worktrees/linked/HEAD", Ref.Kind.REF, other));
    Git outer = RandomHistory.init(temp.resolve("outer"));
    outer.run(
        NOTHING,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        folder.toString(),
        "sub");
    GitRepository submodule = GitRepository.find(temp.resolve("outer/sub"), Map.of());
    assertThat(submodule.gitFolder()).isEqualTo(temp.resolve("outer/.git/modules/sub"));
    assertThat(refs(temp.resolve("outer/sub"))).isNotEmpty();
  }

  @Test
  void refusesWhatIsNoRepository() throws Exception {
    Path none = Files.createDirectory(temp.resolve("none"));
    assertThatThrownBy(() -> GitRepository.find(none, Map.of()))
        .isInstanceOf(SourceException.class);
    Files.writeString(none.resolve(".git"), "gitdir: " + temp.resolve("none"));
    assertThatThrownBy(() -> GitRepository.find(none, Map.of()))
        .isInstanceOf(SourceException.class);
    Files.writeString(none.resolve(".git"), "gitdir: \0");
    assertThatThrownBy(() -> GitRepository.find(none, Map.of()))
        .isInstanceOf(SourceException.class);
  }

  @Test
  void listsBrokenRefsAndReadsTheOthers() throws Exception {
    Files.writeString(folder.resolve(".git/refs/heads/broken"), "not an id\n");
    Files.writeString(folder.resolve(".git/refs/heads/circle"), "ref: refs/heads/circle\n");
    Files.createSymbolicLink(folder.resolve(".git/refs/heads/device"), Path.of("/dev/zero"));
    Problems problems = new Problems(10);
    List<Ref> refs = refs(folder, problems);
    assertThat(problems.listed().stream().map(Problem::subject))
        .containsExactlyInAnyOrder("refs/heads/broken", "refs/heads/circle", "refs/heads/device");
    assertThat(refs).anyMatch(ref -> ref.name().equals("refs/heads/b0"));
    Files.delete(folder.resolve(".git/refs/heads/device"));
  }

  @Test
  @Timeout(60)
  void doesNotHangOnAlternatesInACircleOrObjectsThatAreNoFiles() throws Exception {
    Path objects = folder.resolve(".git/objects");
    Files.writeString(objects.resolve("info/alternates"), objects + "\n../objects\n/nowhere\n");
    Path object = objects.resolve("ab").resolve("c".repeat(38));
    Files.createDirectories(object.getParent());
    new ProcessBuilder("mkfifo", object.toString()).start().waitFor();
    Files.createSymbolicLink(objects.resolve("ab").resolve("d".repeat(38)), Path.of("/dev/zero"));
    Problems problems = new Problems(10);
    try (ObjectStore store = GitRepository.find(folder, Map.of()).openObjects(problems)) {
      ObjectTable table = ObjectTable.build(store, 2);
      assertThat(table.size()).isGreaterThan(2);
    }
    Files.delete(objects.resolve("ab").resolve("d".repeat(38)));
    assertThat(problems.listed().stream().map(Problem::subject))
        .containsExactlyInAnyOrder("/nowhere", "ab" + "c".repeat(38), "ab" + "d".repeat(38));
  }

  @Test
  void readsTheQuarantineOfARealPush() throws Exception {
    Git server = RandomHistory.init(temp.resolve("server"), "--bare");
    Path hook = temp.resolve("server/hooks/pre-receive");
    Files.createDirectories(hook.getParent());
    Files.writeString(
        hook,
        """
        #!/bin/sh
        cat > pushed
        echo "$GIT_OBJECT_DIRECTORY" > own
        echo "$GIT_ALTERNATE_OBJECT_DIRECTORIES" > others
        cp -r "$GIT_OBJECT_DIRECTORY" kept
        """);
    hook.toFile().setExecutable(true);
    git.run(NOTHING, "push", "-q", temp.resolve("server").toString(), "b0");
    String before = git.lines("rev-parse", "b0").getFirst();
    Files.writeString(folder.resolve("file"), "pushed\n");
    git.run(NOTHING, "add", "file");
    String after = commit("with a file");
    server.run(NOTHING, "config", "receive.unpackLimit", "1");
    deleteRecursively(temp.resolve("server/kept"));
    git.run(NOTHING, "push", "-q", temp.resolve("server").toString(), "b0");
    String[] pushed = Files.readString(temp.resolve("server/pushed")).strip().split(" ", -1);
    assertThat(pushed).containsExactly(before, after, "refs/heads/b0");
    assertThat(Files.readString(temp.resolve("server/own"))).contains("incoming");
    // The hook's view again, after the fact: a copy of its quarantine before what the server had.
    Map<String, String> environment =
        Map.of(
            "GIT_OBJECT_DIRECTORY",
            temp.resolve("server/kept").toString(),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            Files.readString(temp.resolve("server/others")).strip());
    GitRepository repository = GitRepository.at(temp.resolve("server"), null, environment);
    Problems problems = new Problems(10);
    try (ObjectStore store = repository.openObjects(problems)) {
      CommitRange range =
          CommitRange.of(
              repository,
              store,
              new ObjectLookup(store),
              List.of(after),
              List.of(before, "0".repeat(40)));
      assertThat(range.commits()).containsExactly(after);
      assertThat(range.changes()).singleElement().matches(change -> change.path().equals("file"));
    }
    assertThat(problems.listed()).isEmpty();
  }

  private static void deleteRecursively(Path path) throws IOException {
    try (var all = Files.walk(path)) {
      for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  @Test
  void splitsPathListsAsGitDoes() {
    assertThat(GitRepository.pathList("/a:\"/b\\\"\\303\\274:c\":/d"))
        .containsExactly("/a", "/b\"\u00fc:c", "/d");
  }

  @Test
  void readsConfigurationAsText() {
    GitConfig config =
        GitConfig.parse(
            """
            [core]
              bare = false ; comment
            [extensions] objectFormat = sha256
            [remote "ori\\"gin"]
              url = "https://example.com/#a" # comment
              fetch = one\\
              two
              promisor
            """);
    assertThat(config.get("core", "bare")).contains("false");
    assertThat(config.get("extensions", "objectformat")).contains("sha256");
    assertThat(config.settings())
        .contains(
            new GitConfig.Setting("remote", "ori\"gin", "url", "https://example.com/#a"),
            new GitConfig.Setting("remote", "ori\"gin", "fetch", "one  two"),
            new GitConfig.Setting("remote", "ori\"gin", "promisor", "true"));
  }
}
