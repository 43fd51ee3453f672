package dev.stanch.detectors.source.kubernetes;

import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import dev.stanch.detectors.source.Tree;
import dev.stanch.detectors.source.TreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Objects in files: manifests, and dumps of clusters. YAML of several documents, JSON, lists.
public final class ManifestSource implements Source {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  private final List<Path> files;

  private ManifestSource(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /// A source of these files, and of the manifests below these folders.
  public static ManifestSource of(List<Path> files) throws SourceException {
    var all = new ArrayList<Path>();
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        try (Stream<Path> below = Files.walk(file)) {
          below
              .filter(one -> Files.isRegularFile(one) && isManifest(one))
              .sorted()
              .forEach(all::add);
        } catch (IOException | java.io.UncheckedIOException e) {
          throw new SourceException("cannot list " + file, "check its permissions", e);
        }
      } else if (Files.exists(file)) {
        all.add(file);
      } else {
        throw new SourceException("no such file: " + file, "name manifests, or their folder");
      }
    }
    return new ManifestSource(all.stream().map(one -> one.toAbsolutePath().normalize()).toList());
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  /// Whether places in this container are those of a manifest.
  public static boolean isContainer(String container) {
    return container.startsWith(ObjectTexts.CONTAINER + "file:");
  }

  /// The source of places in a container of this kind; empty where its file is gone.
  public static Optional<ManifestSource> again(String container) {
    try {
      Path file = Path.of(URI.create(container.substring(ObjectTexts.CONTAINER.length())));
      return Files.isRegularFile(file)
          ? Optional.of(new ManifestSource(List.of(file)))
          : Optional.empty();
    } catch (IllegalArgumentException | FileSystemNotFoundException _) {
      return Optional.empty();
    }
  }

  @Override
  public String label() {
    return files.size() == 1 ? files.getFirst().toString() : files.size() + " manifests";
  }

  @Override
  public void enumerate(SourceSink sink) throws InterruptedException {
    var texts = new ObjectTexts(sink);
    for (Path file : files) {
      String container = ObjectTexts.CONTAINER + file.toUri();
      String name = file.getFileName().toString();
      try (InputStream in = Files.newInputStream(file)) {
        TreeReader.each(
            in,
            ObjectTexts.LARGEST,
            "items",
            (tree, within) -> {
              if (tree instanceof Tree.Mapping object) {
                var called = ObjectName.of(object, kind(within));
                String path = called.path();
                texts.object(container, path.isEmpty() ? "" : path + ":", name, called, object);
              }
            });
      } catch (IOException e) {
        sink.skip(new Skip(Skip.Kind.SKIPPED, container, name, reason(e)));
      }
    }
    texts.references();
  }

  /// The kind of the elements of a list that tells it: `SecretList`.
  private static String kind(Map<String, Tree> list) {
    return Tree.text(list.get("kind")).map(kind -> kind.replaceFirst("List$", "")).orElse("");
  }

  private static String reason(IOException failure) {
    return failure instanceof AccessDeniedException
        ? "unreadable: permission denied"
        : "unreadable: " + failure.getMessage();
  }
}
