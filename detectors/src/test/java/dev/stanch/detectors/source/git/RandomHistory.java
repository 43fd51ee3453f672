package dev.stanch.detectors.source.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Fills a repository with a random history: merges of up to five parents, skewed clocks,
/// re-introduced contents, copied and removed folders, links, submodules, odd names, notes,
/// stashes, tags to everything, objects that nothing reaches.
final class RandomHistory {
  private static final String[] FOLDERS = {
    "a", "a/b", "a/b/c", "a.b", "a-", "d e", "\u00fcml", "d e/a/b"
  };
  private static final String[] FILES = {
    "x", "x.y", "x-y", "tab\there", "quote\"d", "new\nline", "b", "c", "z"
  };

  private final Random random;
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final List<byte[]> contents = new ArrayList<>();
  private int mark;

  private RandomHistory(long seed) {
    this.random = new Random(seed);
  }

  /// Imports a random history into a fresh repository.
  static void into(Git git, long seed, int commits) {
    RandomHistory history = new RandomHistory(seed);
    history.write(commits);
    git.run(history.stream.toByteArray(), "fast-import", "--quiet", "--force");
    List<String> all = git.lines("rev-list", "--all");
    Random random = history.random;
    String blob =
        new String(
                git.run(
                    "named by a ref\n".getBytes(StandardCharsets.UTF_8),
                    "hash-object",
                    "-w",
                    "--stdin"),
                StandardCharsets.UTF_8)
            .strip();
    git.run(new byte[0], "update-ref", "refs/misc/blob", blob);
    git.run(new byte[0], "update-ref", "refs/misc/tree", pick(random, all) + "^{tree}");
    git.run(new byte[0], "tag", "-a", "-m", "tag of a blob", "blob-tag", blob);
    git.run(
        new byte[0], "tag", "-a", "-m", "tag of a tree", "tree-tag", pick(random, all) + "^{tree}");
    git.run(new byte[0], "tag", "-a", "-m", "tag of a commit", "commit-tag", pick(random, all));
    git.run(new byte[0], "tag", "-a", "-m", "tag of a tag", "nested-tag", "commit-tag");
    git.run(new byte[0], "notes", "add", "-m", "a note", pick(random, all));
    for (int i = 0; i < 2; i++) {
      git.run(
          new byte[0],
          "update-ref",
          "--create-reflog",
          "-m",
          "stash",
          "refs/stash",
          pick(random, all));
    }
    git.run(new byte[0], "update-ref", "-d", "refs/heads/lost");
    git.run(new byte[0], "symbolic-ref", "HEAD", "refs/heads/b0");
  }

  private static String pick(Random random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private void write(int commits) {
    int[] marks = new int[commits];
    for (int i = 0; i < commits; i++) {
      marks[i] = 100_000 + i;
      String branch = i == commits - 2 ? "lost" : "b" + (i < 4 ? i : random.nextInt(4));
      long date =
          1_600_000_000L + i * 10L + (random.nextInt(4) == 0 ? random.nextInt(4000) - 2000 : 0);
      if (random.nextInt(5) == 0) {
        date = 1_600_000_000L; // ties
      }
      line("commit refs/heads/" + branch);
      line("mark :" + marks[i]);
      line("committer C O Mitter <committer@example.com> " + date + " +0100");
      data(
          ("commit " + i + (random.nextInt(10) == 0 ? " " + "long ".repeat(200) : ""))
              .getBytes(StandardCharsets.UTF_8));
      int parents =
          i == 0 || random.nextInt(15) == 0
              ? 0
              : random.nextInt(5) == 0 ? 2 + random.nextInt(4) : 1;
      List<Integer> chosen = new ArrayList<>();
      for (int p = 0; p < parents; p++) {
        int parent = marks[Math.max(0, i - 1 - random.nextInt(Math.min(i, 8)))];
        if (!chosen.contains(parent)) {
          line((chosen.isEmpty() ? "from :" : "merge :") + parent);
          chosen.add(parent);
        }
      }
      if (chosen.isEmpty()) {
        line("deleteall");
      }
      int changes = random.nextInt(6);
      for (int c = 0; c < changes; c++) {
        change();
      }
      if (chosen.isEmpty()) {
        modify();
      }
      line("");
    }
  }

  private void change() {
    switch (random.nextInt(12)) {
      case 0 -> line("D " + path());
      case 1 -> line("D " + quoted(FOLDERS[random.nextInt(FOLDERS.length)]));
      case 2 ->
          line(
              "M 160000 "
                  + "%040x".formatted(random.nextInt(1 << 30)).concat(sha256 ? "0".repeat(24) : "")
                  + " "
                  + quoted("sub" + random.nextInt(2)));
      case 3 -> {
        line("M 120000 inline " + quoted("link" + random.nextInt(3)));
        data(("target" + random.nextInt(3)).getBytes(StandardCharsets.UTF_8));
      }
      default -> modify();
    }
  }

  private boolean sha256;

  /// The same with ids of 32 bytes.
  static void intoSha256(Git git, long seed, int commits) {
    RandomHistory history = new RandomHistory(seed);
    history.sha256 = true;
    history.write(commits);
    git.run(history.stream.toByteArray(), "fast-import", "--quiet", "--force");
    git.run(new byte[0], "symbolic-ref", "HEAD", "refs/heads/b0");
  }

  private void modify() {
    line("M " + (random.nextInt(6) == 0 ? "100755" : "100644") + " inline " + path());
    data(content());
  }

  private byte[] content() {
    if (!contents.isEmpty() && random.nextInt(3) == 0) {
      return contents.get(random.nextInt(contents.size()));
    }
    byte[] made;
    if (contents.isEmpty() || random.nextInt(4) == 0) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      int lines = random.nextInt(10) == 0 ? 0 : random.nextInt(random.nextInt(8) == 0 ? 3000 : 80);
      for (int i = 0; i < lines; i++) {
        text.writeBytes(
            ("line " + Long.toString(random.nextLong(), 36) + "\n")
                .getBytes(StandardCharsets.UTF_8));
      }
      made = text.toByteArray();
    } else {
      byte[] old = contents.get(random.nextInt(contents.size()));
      int at = old.length == 0 ? 0 : random.nextInt(old.length);
      byte[] insert = ("changed " + mark++ + "\n").getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      text.write(old, 0, at);
      text.writeBytes(insert);
      int skip = Math.min(old.length - at, random.nextInt(40));
      text.write(old, at + skip, old.length - at - skip);
      made = text.toByteArray();
    }
    contents.add(made);
    return made;
  }

  private String path() {
    String folder = FOLDERS[random.nextInt(FOLDERS.length)];
    String file = FILES[random.nextInt(FILES.length)];
    return quoted(random.nextInt(4) == 0 ? file : folder + "/" + file);
  }

  private static String quoted(String path) {
    return "\""
        + path.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + "\"";
  }

  private void line(String text) {
    stream.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void data(byte[] bytes) {
    line("data " + bytes.length);
    stream.writeBytes(bytes);
    line("");
  }

  /// Where a test keeps a repository of its own.
  static Git init(Path folder, String... more) throws java.io.IOException {
    java.nio.file.Files.createDirectories(folder);
    Git git = new Git(folder);
    List<String> command = new ArrayList<>(List.of("init", "-q", "-b", "b0"));
    command.addAll(List.of(more));
    git.run(new byte[0], command.toArray(String[]::new));
    return git;
  }
}
