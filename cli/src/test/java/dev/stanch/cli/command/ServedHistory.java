package dev.stanch.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bare repositories that servers of tests hand out, made by the real git.
final class ServedHistory {
  private ServedHistory() {}

  /// Commits a tree of one file on top of what `ref` has.
  static void commit(Path bare, String ref, String file, String text) throws IOException {
    Files.createDirectories(bare);
    var git = new GitRun(bare);
    if (!Files.exists(bare.resolve("HEAD"))) {
      git.text("init", "--quiet", "--bare", "--initial-branch=main", ".");
    }
    Path work = Files.createTempDirectory(bare.getParent(), "work");
    git.text("--work-tree=" + work, "read-tree", "--empty");
    Files.writeString(work.resolve(file), text);
    git.text("--work-tree=" + work, "add", "--all");
    String tree = git.text("write-tree").strip();
    boolean first = git.text("for-each-ref", ref).isBlank();
    String commit =
        (first
                ? git.text("commit-tree", tree, "-m", "one")
                : git.later().text("commit-tree", tree, "-p", ref, "-m", "two"))
            .strip();
    git.text("update-ref", ref, commit);
  }
}
