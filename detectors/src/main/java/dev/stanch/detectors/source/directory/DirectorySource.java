package dev.stanch.detectors.source.directory;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import dev.stanch.detectors.source.git.GitPath;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files under a folder, or one file. Links are not followed, but for the one that a caller
/// names. What a checkout's `.gitignore` files leave out and its index does not name is listed as
/// excluded, and so are submodules and git's own folders.
public final class DirectorySource implements Source {
  private final Path root;
  private final Ignored ignored;

  /// What becomes of files that a `.gitignore` leaves out.
  public enum Ignored {
    /// They are excluded, unless git tracks them.
    EXCLUDED,
    /// They are scanned.
    SCANNED
  }

  /// A source of everything under `root`.
  public DirectorySource(Path root, Ignored ignored) {
    this.root = requireNonNull(root, "root");
    this.ignored = requireNonNull(ignored, "ignored");
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
    var walk = new Walk(sink);
    try {
      walk.top = Files.isSymbolicLink(root) ? root.toRealPath() : root;
      Files.walkFileTree(walk.top, walk);
    } catch (InterruptedIOException e) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (IOException e) {
      throw new SourceException(
          "cannot read " + root + ": " + reason(e), "check the permissions", e);
    }
  }

  static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "gone before it was read";
      default -> failure.getClass().getSimpleName();
    };
  }

  /// A folder on the way to where the walk stands.
  ///
  /// @param path from the root, with a `/` at its end, or empty
  /// @param checkout the innermost checkout around it
  /// @param inCheckout the path from that checkout's top
  /// @param patterns what is left out here
  /// @param trackedOnly whether the folder itself is left out, but for what the index names
  private record Folder(
      String path,
      @Nullable Checkout checkout,
      String inCheckout,
      @Nullable IgnoreFile patterns,
      boolean trackedOnly) {}

  private final class Walk extends SimpleFileVisitor<Path> {
    private final SourceSink sink;
    private final String container = root.toAbsolutePath().normalize().toUri().toString();
    private final Deque<Folder> open = new ArrayDeque<>();
    private Path top = root;

    Walk(SourceSink sink) {
      this.sink = sink;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      Folder outer = open.peek();
      if (outer == null) {
        open.push(first(folder));
        return FileVisitResult.CONTINUE;
      }
      String name = RawName.of(folder);
      if (name.equals(".git")) {
        exclude(outer.path() + name, "git's own folder, which scan git reads");
        return FileVisitResult.SKIP_SUBTREE;
      }
      String path = outer.path() + name;
      String inCheckout = outer.inCheckout() + name;
      Checkout checkout = outer.checkout();
      if (checkout != null && checkout.tracked().isSubmodule(inCheckout)) {
        exclude(path, "submodule");
        return FileVisitResult.SKIP_SUBTREE;
      }
      boolean trackedOnly = outer.trackedOnly() || leftOut(outer, inCheckout, true);
      if (trackedOnly && (checkout == null || !checkout.tracked().holdsBelow(inCheckout))) {
        exclude(path, "ignored");
        return FileVisitResult.SKIP_SUBTREE;
      }
      open.push(
          Checkout.at(folder)
              .map(nested -> topOf(path + "/", nested, folder))
              .orElseGet(
                  () ->
                      new Folder(
                          path + "/",
                          checkout,
                          inCheckout + "/",
                          patterns(checkout, folder, inCheckout + "/", outer.patterns()),
                          trackedOnly)));
      return FileVisitResult.CONTINUE;
    }

    /// The folder that the caller named: whatever its checkout says of it, it is meant.
    private Folder first(Path folder) {
      Path full = folder.toAbsolutePath().normalize();
      var below = new ArrayDeque<Path>();
      for (Path at = full; at != null && !RawName.of(at).equals(".git"); at = at.getParent()) {
        Optional<Checkout> checkout = Checkout.at(at);
        if (checkout.isPresent()) {
          Folder inside = topOf("", checkout.get(), at);
          for (Path step : below) {
            String inCheckout = inside.inCheckout() + RawName.of(step) + "/";
            inside =
                new Folder(
                    "",
                    checkout.get(),
                    inCheckout,
                    patterns(checkout.get(), step, inCheckout, inside.patterns()),
                    false);
          }
          return inside;
        }
        below.push(at);
      }
      return new Folder("", null, "", null, false);
    }

    private Folder topOf(String path, Checkout checkout, Path folder) {
      return new Folder(
          path, checkout, "", patterns(checkout, folder, "", checkout.everywhere()), false);
    }

    private @Nullable IgnoreFile patterns(
        @Nullable Checkout checkout, Path folder, String base, @Nullable IgnoreFile above) {
      return checkout == null || ignored == Ignored.SCANNED
          ? null
          : IgnoreFile.read(folder.resolve(".gitignore"), base, above);
    }

    private static boolean leftOut(Folder in, String inCheckout, boolean folder) {
      return IgnoreFile.leavesOut(in.patterns(), inCheckout, folder);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
      Folder left = open.pop();
      if (failure != null) {
        skip(left.path(), "unreadable: " + reason(failure));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
        throws InterruptedIOException {
      Folder in = open.peek();
      String name = RawName.of(file);
      String path = in == null ? name : in.path() + name;
      if (!attributes.isRegularFile()) {
        exclude(path, attributes.isSymbolicLink() ? "link" : "device, socket or pipe");
      } else if (in != null && isIgnored(in, in.inCheckout() + name)) {
        exclude(path, "ignored");
      } else if (FileChunk.isSparse(file, attributes.size())) {
        exclude(path, "sparse");
      } else {
        found(new FileChunk(file, new Provenance.File(container, text(path)), attributes.size()));
      }
      return FileVisitResult.CONTINUE;
    }

    private void found(FileChunk file) throws InterruptedIOException {
      sink.expect(file.size());
      try {
        sink.chunk(file);
      } catch (InterruptedException e) {
        throw (InterruptedIOException) new InterruptedIOException().initCause(e);
      }
    }

    private static boolean isIgnored(Folder in, String inCheckout) {
      return in.checkout() != null
          && (in.trackedOnly() || leftOut(in, inCheckout, false))
          && !in.checkout().tracked().holds(inCheckout);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      Folder in = open.peek();
      String name =
          container.endsWith("/") && in == null ? "" : RawName.of(file); // the root itself
      skip(in == null ? name : in.path() + name, "unreadable: " + reason(failure));
      return FileVisitResult.CONTINUE;
    }

    private void exclude(String path, String reason) {
      sink.skip(new Skip(Skip.Kind.EXCLUDED, container, text(path), reason));
    }

    private void skip(String path, String reason) {
      sink.skip(new Skip(Skip.Kind.SKIPPED, container, text(path), reason));
    }

    private static String text(String raw) {
      return GitPath.text(raw.getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
