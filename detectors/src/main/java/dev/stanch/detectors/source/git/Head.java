package dev.stanch.detectors.source.git;

import dev.stanch.detectors.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Finds the commit that `HEAD` stands for without reading any other ref.
final class Head {
  private static final int SYMBOLIC_DEPTH = 5;
  private static final int LARGEST = 1 << 30;
  private static final int LONGEST_REF = 1 << 16;

  private final GitRepository repository;
  private final int digits;

  private Head(GitRepository repository) {
    this.repository = repository;
    this.digits = 2 * repository.idLength();
  }

  /// The id of the commit, or null on a branch without one.
  ///
  /// @throws SourceException when that cannot be told: a hook must not take it for a first commit
  static @Nullable String commit(GitRepository repository) throws SourceException {
    if (repository.reftable()) {
      var problems = new Problems(1);
      for (Ref ref : Refs.read(repository, problems)) {
        if (ref.kind() == Ref.Kind.HEAD) {
          return ref.id();
        }
      }
      if (problems.count() > 0) {
        throw new SourceException("HEAD could not be read", "git fsck says what is wrong");
      }
      return null;
    }
    try {
      return new Head(repository).find();
    } catch (IOException | InvalidPathException e) {
      throw new SourceException("HEAD could not be read", "git fsck says what is wrong", e);
    }
  }

  private @Nullable String find() throws IOException {
    Path head = repository.gitFolder().resolve("HEAD");
    // Old repositories have a symbolic link here; its target's name is the ref's.
    String value =
        Files.isSymbolicLink(head) ? "ref: " + Files.readSymbolicLink(head) : small(head);
    for (int depth = 0; !isId(value); depth++) {
      if (!value.startsWith("ref:") || depth > SYMBOLIC_DEPTH) {
        throw new IOException("not a ref");
      }
      String name = value.substring(4).strip();
      if (!name.startsWith("refs/") || name.contains("..")) {
        throw new IOException("not the name of a ref");
      }
      Path own = repository.gitFolder().resolve(name);
      Path shared = repository.commonFolder().resolve(name);
      if (Files.isRegularFile(own)) {
        value = small(own);
      } else if (Files.isRegularFile(shared)) {
        value = small(shared);
      } else {
        return packed(name);
      }
    }
    return value;
  }

  private static String small(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_REF) {
      throw new IOException("not a ref");
    }
    return new String(WholeFile.read(file), StandardCharsets.UTF_8).strip();
  }

  /// The id of a ref in `packed-refs`, whose lines are an id, a space and a name.
  private @Nullable String packed(String name) throws IOException {
    Path file = repository.commonFolder().resolve("packed-refs");
    if (!Files.isRegularFile(file)) {
      return null;
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException("too long");
    }
    byte[] bytes = WholeFile.read(file);
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    for (int line = 0; line < bytes.length; ) {
      int end = line;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      int begin = line + digits + 1;
      if (end - begin == wanted.length
          && bytes[begin - 1] == ' '
          && java.util.Arrays.equals(bytes, begin, end, wanted, 0, wanted.length)) {
        String id = new String(bytes, line, digits, StandardCharsets.ISO_8859_1);
        if (!isId(id)) {
          throw new IOException("not an id");
        }
        return id;
      }
      line = end + 1;
    }
    return null;
  }

  private boolean isId(String text) {
    if (text.length() != digits) {
      return false;
    }
    for (int i = 0; i < digits; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
