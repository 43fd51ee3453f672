package dev.stanch.detectors.source.directory;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// The files under a folder, or one file. Links are not followed.
public final class DirectorySource implements Source {
  private final Path root;

  /// A source of everything under `root`.
  public DirectorySource(Path root) {
    this.root = requireNonNull(root, "root");
  }

  @Override
  public String label() {
    return root.toString();
  }

  @Override
  public void enumerate(SourceSink sink) throws SourceException, InterruptedException {
    if (!Files.exists(root)) {
      throw new SourceException("no such file or folder: " + root, "check the path");
    }
    String container = root.toAbsolutePath().normalize().toUri().toString();
    var files = new ArrayList<FileChunk>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return folder.endsWith(".git")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String path = relative(file);
              if (attributes.isRegularFile()) {
                files.add(
                    new FileChunk(file, new Provenance.File(container, path), attributes.size()));
              } else {
                sink.skip(
                    new Skip(
                        Skip.Kind.EXCLUDED,
                        container,
                        path,
                        attributes.isSymbolicLink() ? "a link" : "not a regular file"));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              sink.skip(
                  new Skip(
                      Skip.Kind.SKIPPED,
                      container,
                      relative(file),
                      "unreadable: " + reason(failure)));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new SourceException(
          "cannot read " + root + ": " + reason(e), "check the permissions", e);
    }
    sink.expect(files.stream().mapToLong(FileChunk::size).sum());
    for (FileChunk file : files) {
      sink.chunk(file);
    }
  }

  private String relative(Path file) {
    Path path = root.equals(file) ? file.getFileName() : root.relativize(file);
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }

  private static String reason(IOException failure) {
    return failure instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : failure.getClass().getSimpleName();
  }

  private record FileChunk(Path file, Provenance provenance, long size) implements Chunk {
    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
