package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a text comes from. Sealed: each report writer must think about each kind.
public sealed interface Provenance {
  /// The kind, as reports print it.
  String kind();

  /// What holds the text: a repository, a folder, an image, a Space.
  String container();

  /// The path inside the container, always with `/`; bytes that are no UTF-8 stand as `\xNN`.
  String path();

  /// A path in a git history. `commit` is the first commit whose tree holds the token at that path.
  record Git(
      String container,
      String path,
      String blob,
      @Nullable String commit,
      @Nullable String author,
      @Nullable Instant date,
      boolean inTips)
      implements Provenance {
    public Git {
      requireNonNull(container, "container");
      requireNonNull(path, "path");
      requireNonNull(blob, "blob");
    }

    @Override
    public String kind() {
      return "git";
    }

    @Override
    public Optional<String> commitId() {
      return Optional.ofNullable(commit);
    }
  }

  /// The message or header of a commit or tag.
  record GitMessage(
      String container,
      String object,
      @Nullable String author,
      @Nullable Instant date,
      boolean inTips)
      implements Provenance {
    public GitMessage {
      requireNonNull(container, "container");
      requireNonNull(object, "object");
    }

    @Override
    public String kind() {
      return "git-message";
    }

    @Override
    public Optional<String> commitId() {
      return Optional.of(object);
    }

    @Override
    public String path() {
      return "";
    }
  }

  /// The configuration of a repository, or of a work tree or submodule of it: a file that no
  /// history holds. The path is that from the work tree, or from the git folder where there is
  /// none.
  record GitConfig(String container, String path) implements Provenance {
    public GitConfig {
      requireNonNull(container, "container");
      requireNonNull(path, "path");
    }

    @Override
    public String kind() {
      return "git-config";
    }
  }

  /// A file under a scanned folder.
  record File(String container, String path) implements Provenance {
    public File {
      requireNonNull(container, "container");
      requireNonNull(path, "path");
    }

    @Override
    public String kind() {
      return "file";
    }
  }

  /// Standard input.
  record Stream(String container) implements Provenance {
    public Stream {
      requireNonNull(container, "container");
    }

    @Override
    public String kind() {
      return "stdin";
    }

    @Override
    public String path() {
      return "";
    }
  }

  /// A place of a source that is not ours.
  record Elsewhere(String kind, String container, String path) implements Provenance {
    public Elsewhere {
      requireNonNull(kind, "kind");
      requireNonNull(container, "container");
      requireNonNull(path, "path");
    }
  }

  /// The commit, where there is one.
  default Optional<String> commitId() {
    return Optional.empty();
  }
}
