package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /// A file in a layer of a container image.
  ///
  /// @param layer the layer's digest
  /// @param step number and instruction of the build step that made it
  /// @param inImage whether containers of the image still see it: a later layer may have deleted or
  ///   replaced it, and everyone who has the image has it all the same
  record Layer(String container, String path, String layer, String step, boolean inImage)
      implements Provenance {
    public Layer {
      requireNonNull(container, "container");
      requireNonNull(path, "path");
      requireNonNull(layer, "layer");
      requireNonNull(step, "step");
    }

    @Override
    public String kind() {
      return "image";
    }
  }

  /// A named value of something that runs or is hosted: a variable of a process, of a container or
  /// of a Space, a field of an object. The container is what the source reads it from again.
  ///
  /// @param path the value's name
  /// @param details what else helps a person find it, such as the program of a process
  record Setting(Kind of, String container, String path, SortedMap<String, String> details)
      implements Provenance {
    /// What has such values.
    public enum Kind {
      /// A process of this machine.
      PROCESS,
      /// A container, as its engine tells of it.
      CONTAINER,
      /// The configuration of a container image, and its build history.
      IMAGE_CONFIG,
      /// A Compose project: what its files give its containers.
      COMPOSE,
      /// An object of a Kubernetes cluster, or of a manifest for one.
      K8S,
      /// A Space, its variables and its logs.
      SPACE,
      /// The jobs of an owner at Hugging Face.
      JOB,
      /// What people wrote at GitHub, and its variables.
      GITHUB;

      /// The kind, as reports print it.
      public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
      }

      /// The kind that reports print so.
      public static Optional<Kind> labelled(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
      }
    }

    public Setting {
      requireNonNull(of, "of");
      requireNonNull(container, "container");
      requireNonNull(path, "path");
      details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    @Override
    public String kind() {
      return of.label();
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
