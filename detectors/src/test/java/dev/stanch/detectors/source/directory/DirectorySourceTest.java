package dev.stanch.detectors.source.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.ChangedException;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Walks of real trees, with git as the judge of what is ignored.
class DirectorySourceTest {
  @TempDir private Path home;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectories(home.resolve("tree"));
  }

  /// What a walk gave: files, and what it left out with the reason.
  private static final class Walked implements SourceSink {
    final List<Chunk> chunks = new ArrayList<>();
    final TreeMap<String, String> excluded = new TreeMap<>();
    final TreeMap<String, String> skipped = new TreeMap<>();

    @Override
    public void chunk(Chunk chunk) {
      chunks.add(chunk);
    }

    @Override
    public void skip(Skip skip) {
      (skip.kind() == Skip.Kind.EXCLUDED ? excluded : skipped).put(skip.path(), skip.reason());
    }

    Set<String> files() {
      return chunks.stream()
          .map(chunk -> chunk.provenance().path())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Walked walk(Path root, DirectorySource.Ignored ignored)
      throws SourceException, InterruptedException {
    var walked = new Walked();
    new DirectorySource(root, ignored).enumerate(walked);
    return walked;
  }

  private Walked walk() throws SourceException, InterruptedException {
    return walk(tree, DirectorySource.Ignored.EXCLUDED);
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(tree.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("XDG_CONFIG_HOME", home.toString());
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      builder.environment().put("GIT_" + who + "_NAME", "Ann");
      builder.environment().put("GIT_" + who + "_EMAIL", "ann@example.org");
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(command.toString()).isZero();
    return out;
  }

  /// What git would show: tracked files, and others that nothing ignores.
  private Set<String> gitsFiles() throws IOException, InterruptedException {
    return Arrays.stream(
            git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"))
        .filter(path -> !path.isEmpty() && Files.isRegularFile(tree.resolve(path)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void leavesOutWhatGitLeavesOut() throws Exception {
    long seed = Long.getLong("stanch.fuzz.seed", 1);
    for (int round = Integer.getInteger("stanch.fuzz.rounds", 8); round > 0; round--) {
      tree = Files.createDirectories(home.resolve("round" + round));
      leavesOutWhatGitLeavesOut(seed * 1_000_003 + round);
    }
  }

  private void leavesOutWhatGitLeavesOut(long seed) throws Exception {
    var random = new Random(seed);
    git("init", "--quiet", ".");
    var names = List.of("a", "b", "ab", "a.b", "b.log", "foo", "foo bar", "a]", "!a", "#b", "ä");
    var folders = new ArrayList<>(List.of(""));
    for (int i = 0; i < 25; i++) {
      String in = folders.get(random.nextInt(folders.size()));
      String folder = in + names.get(random.nextInt(names.size())) + "/";
      folders.add(folder);
      Files.createDirectories(tree.resolve(folder));
    }
    for (int i = 0; i < 150; i++) {
      Path file =
          tree.resolve(
              folders.get(random.nextInt(folders.size()))
                  + names.get(random.nextInt(names.size())));
      if (!Files.isDirectory(file)) {
        Files.writeString(file, "x\n");
      }
      if (random.nextInt(8) == 0) {
        git("add", "-f", "--", tree.relativize(file).toString());
      }
    }
    for (String folder : folders) {
      if (Files.isDirectory(tree.resolve(folder)) && random.nextInt(3) == 0) {
        Files.writeString(tree.resolve(folder + ".gitignore"), patterns(random, names));
      }
    }
    Files.createDirectories(tree.resolve(".git/info"));
    Files.writeString(tree.resolve(".git/info/exclude"), patterns(random, names));
    Walked walked = walk();
    assertThat(walked.files()).as("seed " + seed).isEqualTo(gitsFiles());
    assertThat(walked.skipped).isEmpty();
    // Each file is scanned, or listed by itself or with its folder.
    for (String file : walk(tree, DirectorySource.Ignored.SCANNED).files()) {
      assertThat(
              walked.files().contains(file)
                  || walked.excluded.keySet().stream()
                      .anyMatch(left -> file.equals(left) || file.startsWith(left + "/")))
          .as("seed " + seed + ": " + file)
          .isTrue();
    }
  }

  private static String patterns(Random random, List<String> names) {
    var pieces =
        List.of(
            "*",
            "**",
            "?",
            "/",
            "/",
            "[ab]",
            "[!a]",
            "[^b]",
            "[a-f]",
            "[[:alpha:]]",
            "[]]",
            "[a",
            "\\a",
            "\\",
            "**/",
            "/**",
            "/**/",
            " ",
            "\\ ",
            "*.log",
            ".",
            "a*b",
            "***");
    var text = new StringBuilder(random.nextInt(5) == 0 ? "\ufeff" : "");
    for (int line = random.nextInt(6); line >= 0; line--) {
      if (random.nextInt(4) == 0) {
        text.append('!');
      }
      if (random.nextInt(9) == 0) {
        text.append("# ");
      }
      for (int i = random.nextInt(4); i >= 0; i--) {
        text.append(
            random.nextBoolean()
                ? names.get(random.nextInt(names.size()))
                : pieces.get(random.nextInt(pieces.size())));
      }
      text.append(random.nextInt(5) == 0 ? "/" : "").append(random.nextInt(7) == 0 ? "\r\n" : "\n");
    }
    return random.nextInt(4) == 0 ? text.toString().stripTrailing() : text.toString();
  }

  @Test
  void scansWhatIsCommittedThoughIgnored() throws Exception {
    git("init", "--quiet", ".");
    write(".env", "A=b\n");
    write("secrets/key", "k\n");
    write("secrets/other", "k\n");
    write("target/x", "x\n");
    git("add", "-f", ".env", "secrets/key");
    write(".gitignore", ".env\nsecrets/\ntarget/\n");
    Walked walked = walk();
    assertThat(walked.files()).containsExactly(".env", ".gitignore", "secrets/key");
    assertThat(walked.excluded)
        .containsEntry("target", "ignored")
        .containsEntry("secrets/other", "ignored")
        .containsKey(".git");
    assertThat(walk(tree, DirectorySource.Ignored.SCANNED).files())
        .containsExactly(".env", ".gitignore", "secrets/key", "secrets/other", "target/x");
  }

  @Test
  void knowsTheCheckoutRoundTheFolderItIsGiven() throws Exception {
    git("init", "--quiet", ".");
    write(".gitignore", "*.log\n/build/\n");
    write("app/.gitignore", "!keep.log\n");
    write("app/sub/keep.log", "x\n");
    write("app/sub/drop.log", "x\n");
    write("build/out.txt", "x\n");
    assertThat(walk(tree.resolve("app/sub"), DirectorySource.Ignored.EXCLUDED).files())
        .containsExactly("keep.log");
    // Whoever names an ignored folder means it.
    assertThat(walk(tree.resolve("build"), DirectorySource.Ignored.EXCLUDED).files())
        .containsExactly("out.txt");
  }

  @Test
  void leavesNothingOutWhereNobodyKnowsWhatIsTracked() throws Exception {
    write(".gitignore", ".env\n");
    write(".env", "x\n");
    assertThat(walk().files()).containsExactly(".env", ".gitignore");
    git("init", "--quiet", ".");
    assertThat(walk().files()).containsExactly(".gitignore");
    Files.writeString(tree.resolve(".git/index"), "no index");
    assertThat(walk().files()).containsExactly(".env", ".gitignore");
  }

  @Test
  void takesNoIgnoreFileFromTheConfigurationOrThroughALink() throws Exception {
    git("init", "--quiet", ".");
    write("a", "x\n");
    Files.writeString(home.resolve("everything"), "*\n");
    git("config", "core.excludesFile", home.resolve("everything").toString());
    Files.createSymbolicLink(tree.resolve(".gitignore"), home.resolve("everything"));
    Walked walked = walk();
    assertThat(walked.files()).containsExactly("a");
    assertThat(walked.excluded).containsEntry(".gitignore", "link");
  }

  @Test
  void excludesSubmodulesAndReadsOtherRepositoriesByTheirOwnRules() throws Exception {
    git("init", "--quiet", ".");
    write(".gitignore", "*.log\n");
    write("nested/.gitignore", "*.tmp\n");
    write("nested/a.log", "x\n");
    write("nested/a.tmp", "x\n");
    git("init", "--quiet", "nested");
    git("init", "--quiet", "sub");
    write("sub/file", "x\n");
    git("-C", "sub", "add", ".");
    git("-C", "sub", "commit", "--quiet", "-m", "x");
    git("-c", "advice.addEmbeddedRepo=false", "add", "sub");
    Walked walked = walk();
    assertThat(walked.files()).containsExactly(".gitignore", "nested/.gitignore", "nested/a.log");
    assertThat(walked.excluded)
        .containsEntry("sub", "submodule")
        .containsEntry("nested/a.tmp", "ignored");
  }

  @Test
  @Timeout(60)
  void excludesLinksAndWhatIsNoFile() throws Exception {
    Files.writeString(home.resolve("outside"), "x\n");
    write("inside", "x\n");
    Files.createSymbolicLink(tree.resolve("out"), home.resolve("outside"));
    Files.createSymbolicLink(tree.resolve("up"), home);
    assertThat(new ProcessBuilder("mkfifo", tree.resolve("pipe").toString()).start().waitFor())
        .isZero();
    try (var disk = new RandomAccessFile(tree.resolve("disk.img").toFile(), "rw")) {
      disk.setLength(1L << 40);
    }
    Walked walked = walk();
    assertThat(walked.files()).containsExactly("inside");
    assertThat(walked.excluded)
        .containsEntry("out", "link")
        .containsEntry("up", "link")
        .containsEntry("pipe", "device, socket or pipe")
        .containsEntry("disk.img", "sparse");
    Path link = Files.createSymbolicLink(home.resolve("link"), tree);
    assertThat(walk(link, DirectorySource.Ignored.EXCLUDED).files()).containsExactly("inside");
  }

  @Test
  void saysWhenAFileChangedOrIsGone() throws Exception {
    write("gone", "x\n");
    write("grown", "one\n");
    write("shrunk", "one two three\n");
    write("swapped", "x\n");
    Walked walked = walk();
    Files.delete(tree.resolve("gone"));
    Files.writeString(tree.resolve("grown"), "two\n", StandardOpenOption.APPEND);
    Files.writeString(tree.resolve("shrunk"), "one\n");
    Files.delete(tree.resolve("swapped"));
    Files.createSymbolicLink(tree.resolve("swapped"), tree.resolve("grown"));
    assertThatThrownBy(() -> read(walked, "gone")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> read(walked, "swapped")).isInstanceOf(IOException.class);
    for (String changed : List.of("grown", "shrunk")) {
      assertThatThrownBy(() -> read(walked, changed)).isInstanceOf(ChangedException.class);
    }
    // Opened again, they are read as they are now.
    assertThat(read(walked, "shrunk")).isEqualTo("one\n");
    assertThat(read(walked, "grown")).isEqualTo("one\ntwo\n");
  }

  private static String read(Walked walked, String path) throws IOException {
    Chunk chunk =
        walked.chunks.stream()
            .filter(one -> one.provenance().path().equals(path))
            .findFirst()
            .orElseThrow();
    try (var in = chunk.open()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /// Patterns come with the tree: none may take more than a moment.
  @Test
  @Timeout(20)
  void isNotHeldUpByAnyPattern() throws Exception {
    git("init", "--quiet", ".");
    write(".gitignore", "*a".repeat(60) + "b\n" + "/**".repeat(60) + "/x\n");
    write("a".repeat(200), "x\n");
    assertThat(walk().files()).hasSize(2);
  }
}
