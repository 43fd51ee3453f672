package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// All names a repository has for its objects: `HEAD`, loose and packed refs, those of linked work
/// trees, reflogs, and the files in which git notes ids for itself.
public final class Refs {
  private static final long LONGEST_FILE = 1L << 24;
  private static final int SYMBOLIC_DEPTH = 5;
  private static final int FOLDER_DEPTH = 64;

  private final GitRepository repository;
  private final Problems problems;
  private final int digits;
  private final Map<String, String> values = new TreeMap<>(); // full name to id or "ref: name"
  private final Set<Ref> found = new LinkedHashSet<>();

  private Refs(GitRepository repository, Problems problems) {
    this.repository = repository;
    this.problems = problems;
    this.digits = 2 * repository.idLength();
  }

  /// Reads all refs, sorted by kind and name; a ref that cannot be read becomes a problem.
  public static List<Ref> read(GitRepository repository, Problems problems) {
    Refs refs = new Refs(repository, problems);
    refs.readAll();
    return List.copyOf(refs.found);
  }

  private void readAll() {
    Path common = repository.commonFolder();
    Path own = repository.gitFolder();
    if (repository.reftable()) {
      try {
        values.putAll(ReftableRefs.read(repository));
      } catch (IOException | RuntimeException e) {
        problems.add(
            Problem.Kind.UNREADABLE,
            common.resolve("reftable").toString(),
            "the refs could not be read");
      }
    } else {
      readPacked(common.resolve("packed-refs"));
      readFolder(common.resolve("refs"), "refs");
      if (!own.equals(common)) {
        readFolder(own.resolve("refs"), "refs");
      }
    }
    if (!repository.reftable() || !own.equals(common)) {
      readHead(own.resolve("HEAD"), "HEAD", Ref.Kind.HEAD);
    } else {
      resolve("HEAD", 0).ifPresent(id -> found.add(new Ref("HEAD", Ref.Kind.HEAD, id)));
    }
    for (String name : values.keySet()) {
      if (name.startsWith("refs/")) {
        resolve(name, 0).ifPresent(id -> found.add(new Ref(name, Ref.Kind.REF, id)));
      }
    }
    readWorkTrees(common);
    readNoted(own, "");
    readLogs(common.resolve("logs"), "");
    if (!own.equals(common)) {
      readNoted(common, "main-worktree/");
      readLogs(own.resolve("logs"), "");
    }
  }

  private void readWorkTrees(Path common) {
    if (!repository.gitFolder().equals(common)) {
      readHead(common.resolve("HEAD"), "main-worktree/HEAD", Ref.Kind.REF);
    }
    for (Path folder : list(common.resolve("worktrees"))) {
      if (folder.equals(repository.gitFolder())
          || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      String prefix = "worktrees/" + folder.getFileName() + "/";
      readHead(folder.resolve("HEAD"), prefix + "HEAD", Ref.Kind.REF);
      Map<String, String> shared = new HashMap<>(values);
      readFolder(folder.resolve("refs"), "refs");
      for (var ref : values.entrySet()) {
        if (!ref.getValue().equals(shared.get(ref.getKey())) && isId(ref.getValue())) {
          found.add(new Ref(prefix + ref.getKey(), Ref.Kind.REF, ref.getValue()));
        }
      }
      values.clear();
      values.putAll(shared);
      readNoted(folder, prefix);
      readLogs(folder.resolve("logs"), prefix);
    }
  }

  private void readHead(Path file, String name, Ref.Kind kind) {
    String text;
    try {
      // Old repositories have a symbolic link here; its target's name is the ref's.
      text =
          Files.isSymbolicLink(file)
              ? "ref: " + Files.readSymbolicLink(file)
              : readFile(file).strip();
    } catch (IOException e) {
      problems.add(Problem.Kind.UNREADABLE, name, "the ref could not be read");
      return;
    }
    values.put(name, text);
    resolve(name, 0).ifPresent(id -> found.add(new Ref(name, kind, id)));
    if (!name.equals("HEAD")) {
      values.remove(name);
    }
  }

  private Optional<String> resolve(String name, int depth) {
    String value = values.get(name);
    if (value == null) {
      return Optional.empty(); // a branch without a commit yet
    }
    if (isId(value)) {
      return Optional.of(value);
    }
    if (value.startsWith("ref:")) {
      if (depth == SYMBOLIC_DEPTH) {
        problems.add(Problem.Kind.CORRUPT, name, "the symbolic ref goes in a circle");
        return Optional.empty();
      }
      return resolve(value.substring(4).strip(), depth + 1);
    }
    problems.add(Problem.Kind.CORRUPT, name, "the ref does not hold an object id");
    return Optional.empty();
  }

  private void readPacked(Path file) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // '#' is the header, '^' the peeled object of the tag above: tags are peeled by reading
        // them.
        if (line.length() > digits + 1
            && line.charAt(digits) == ' '
            && isId(line.substring(0, digits))) {
          values.put(utf8(line.substring(digits + 1)), line.substring(0, digits));
        } else if (!line.startsWith("#") && !line.startsWith("^") && !line.isBlank()) {
          problems.add(Problem.Kind.CORRUPT, "packed-refs", "a line is not a ref");
        }
      }
    } catch (IOException e) {
      problems.add(Problem.Kind.UNREADABLE, file.toString(), "the packed refs could not be read");
    }
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private void readFolder(Path root, String prefix) {
    record Folder(Path path, String prefix, int depth) {}
    var queue = new ArrayDeque<Folder>();
    queue.add(new Folder(root, prefix, 0));
    while (!queue.isEmpty()) {
      Folder folder = queue.remove();
      for (Path path : list(folder.path())) {
        String name = folder.prefix() + "/" + path.getFileName();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          if (folder.depth() < FOLDER_DEPTH) {
            queue.add(new Folder(path, name, folder.depth() + 1));
          }
        } else if (!name.endsWith(".lock")) {
          try {
            values.put(name, readFile(path).strip());
          } catch (IOException e) {
            problems.add(Problem.Kind.UNREADABLE, name, "the ref could not be read");
          }
        }
      }
    }
  }

  /// The files beside `HEAD` that hold ids: `ORIG_HEAD`, `FETCH_HEAD`, `MERGE_HEAD` and their like.
  private void readNoted(Path folder, String prefix) {
    for (Path path : list(folder)) {
      String name = path.getFileName().toString();
      boolean noted =
          name.endsWith("_HEAD") || name.equals("AUTO_MERGE") || name.equals("BISECT_EXPECTED_REV");
      if (!noted || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        for (String line : readFile(path).split("\n", -1)) {
          String id = line.substring(0, Math.min(digits, line.length()));
          if (isId(id)) {
            found.add(new Ref(prefix + name, Ref.Kind.NOTED, id));
          }
        }
      } catch (IOException e) {
        problems.add(Problem.Kind.UNREADABLE, prefix + name, "the file could not be read");
      }
    }
  }

  private void readLogs(Path root, String prefix) {
    Set<String> seen = new HashSet<>();
    record Folder(Path path, String name, int depth) {}
    var queue = new ArrayDeque<Folder>();
    queue.add(new Folder(root, "", 0));
    while (!queue.isEmpty()) {
      Folder folder = queue.remove();
      for (Path path : list(folder.path())) {
        String name = folder.name() + path.getFileName();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          if (folder.depth() < FOLDER_DEPTH) {
            queue.add(new Folder(path, name + "/", folder.depth() + 1));
          }
          continue;
        }
        // An older stash has no other name than its line in the log, and is as much at hand as the
        // newest.
        Ref.Kind kind = name.equals("refs/stash") ? Ref.Kind.REF : Ref.Kind.NOTED;
        readLog(path, prefix + "logs/" + name, kind, seen);
      }
    }
  }

  private void readLog(Path file, String name, Ref.Kind kind, Set<String> seen) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.length() <= 2 * digits + 1) {
          continue;
        }
        String before = line.substring(0, digits);
        String after = line.substring(digits + 1, 2 * digits + 1);
        if (kind == Ref.Kind.NOTED && isId(before) && isSomething(before) && seen.add(before)) {
          found.add(new Ref(name, kind, before));
        }
        if (isId(after) && isSomething(after) && seen.add(after)) {
          found.add(new Ref(name, kind, after));
        }
      }
    } catch (IOException e) {
      problems.add(Problem.Kind.UNREADABLE, name, "the reflog could not be read");
    }
  }

  private static boolean isSomething(String id) {
    return id.chars().anyMatch(c -> c != '0');
  }

  private boolean isId(String text) {
    if (text.length() != digits) {
      return false;
    }
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static String readFile(Path file) throws IOException {
    var attributes = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
    if (!attributes.isRegularFile() || attributes.size() > LONGEST_FILE) {
      throw new IOException("not a regular file");
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private Collection<Path> list(Path folder) {
    List<Path> paths = new ArrayList<>();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return paths;
    }
    try (var names = Files.newDirectoryStream(folder)) {
      names.forEach(paths::add);
    } catch (IOException | DirectoryIteratorException e) {
      problems.add(Problem.Kind.UNREADABLE, folder.toString(), "the folder could not be listed");
    }
    paths.sort(null);
    return paths;
  }
}
