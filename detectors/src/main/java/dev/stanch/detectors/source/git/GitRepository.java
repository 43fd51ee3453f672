package dev.stanch.detectors.source.git;

import dev.stanch.detectors.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The folders of one git repository, found from any folder of its work tree, its git folder, a
/// linked work tree or a submodule. Holds nothing open.
public final class GitRepository {
  private static final int SMALL_FILE = 1 << 20;

  /// Work trees and submodules beyond this many are another repository's trick.
  private static final int MOST_FOLDERS = 10_000;

  private final Path gitFolder;
  private final Path commonFolder;
  private final @Nullable Path workTree;
  private final List<Path> objectFolders;
  private final Path indexFile;
  private final int idLength;
  private final boolean reftable;
  private final boolean partial;

  private GitRepository(
      Path gitFolder,
      Path commonFolder,
      @Nullable Path workTree,
      List<Path> objectFolders,
      Path indexFile,
      GitConfig config)
      throws SourceException {
    this.gitFolder = gitFolder;
    this.commonFolder = commonFolder;
    this.workTree = workTree;
    this.objectFolders = objectFolders;
    this.indexFile = indexFile;
    String format = config.get("extensions", "objectformat").orElse("sha1");
    this.idLength =
        switch (format) {
          case "sha1" -> 20;
          case "sha256" -> 32;
          default ->
              throw new SourceException(
                  "the repository's object format " + format + " is unknown",
                  "scan a checkout with 'stanch scan dir'");
        };
    this.reftable =
        config.get("extensions", "refstorage").filter(s -> s.startsWith("reftable")).isPresent();
    this.partial = config.get("extensions", "partialclone").isPresent() || hasPromisor(config);
  }

  private static boolean hasPromisor(GitConfig config) {
    for (GitConfig.Setting s : config.settings()) {
      if (s.section().equals("remote")
          && s.key().equals("promisor")
          && !s.value().equals("false")) {
        return true;
      }
    }
    return false;
  }

  /// Finds the repository that `where` belongs to.
  ///
  /// @param where a git folder, or a folder in a work tree
  /// @param environment the variables of git to honour (`GIT_OBJECT_DIRECTORY`,
  ///   `GIT_ALTERNATE_OBJECT_DIRECTORIES`): a hook's own, an empty map for a repository that a
  ///   caller named
  public static GitRepository find(Path where, Map<String, String> environment)
      throws SourceException {
    Path start = where.toAbsolutePath().normalize();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path dotGit = folder.resolve(".git");
      if (Files.isDirectory(dotGit) && isGitFolder(dotGit)) {
        return at(dotGit, folder, environment);
      }
      if (Files.isRegularFile(dotGit)) {
        return at(pointedAt(dotGit), folder, environment);
      }
      if (isGitFolder(folder)) {
        return at(folder, null, environment);
      }
    }
    throw new SourceException(
        "not a git repository: " + (where.toString().isEmpty() ? "." : where),
        "name one, or read the folder itself: stanch scan dir PATH, for other commands dir:PATH");
  }

  /// Opens the repository with a known git folder, as `GIT_DIR` names it.
  public static GitRepository at(
      Path gitFolder, @Nullable Path workTree, Map<String, String> environment)
      throws SourceException {
    Path common = gitFolder;
    Path commonFile = gitFolder.resolve("commondir");
    if (Files.isRegularFile(commonFile)) {
      common = resolved(gitFolder, readSmall(commonFile).strip());
    }
    Path configFile = common.resolve("config");
    GitConfig config =
        GitConfig.parse(Files.isRegularFile(configFile) ? readSmall(configFile) : "");
    List<Path> objects = new ArrayList<>();
    Path from = workTree == null ? gitFolder : workTree;
    String own = environment.get("GIT_OBJECT_DIRECTORY");
    objects.add(own == null || own.isEmpty() ? common.resolve("objects") : resolved(from, own));
    String more = environment.get("GIT_ALTERNATE_OBJECT_DIRECTORIES");
    if (more != null) {
      for (String folder : pathList(more)) {
        objects.add(resolved(from, folder));
      }
    }
    String index = environment.get("GIT_INDEX_FILE");
    Path indexFile =
        index == null || index.isEmpty() ? gitFolder.resolve("index") : resolved(from, index);
    return new GitRepository(gitFolder, common, workTree, List.copyOf(objects), indexFile, config);
  }

  /// Finds the repository that a process stands in, as git does: the one that `GIT_DIR` names, or
  /// else the one `folder` belongs to.
  ///
  /// @param environment the process's variables, as git sets them for a hook
  public static GitRepository here(Path folder, Map<String, String> environment)
      throws SourceException {
    String named = environment.get("GIT_DIR");
    if (named == null || named.isEmpty()) {
      return find(folder, environment);
    }
    Path start = folder.toAbsolutePath().normalize();
    Path gitFolder = resolved(start, named);
    if (Files.isRegularFile(gitFolder)) {
      gitFolder = pointedAt(gitFolder);
    }
    if (!isGitFolder(gitFolder)) {
      throw new SourceException("GIT_DIR does not name a git repository", "correct or unset it");
    }
    String tree = environment.get("GIT_WORK_TREE");
    if (tree != null && !tree.isEmpty()) {
      return at(gitFolder, resolved(start, tree), environment);
    }
    // A git folder that one stands in has no work tree around it.
    return at(gitFolder, start.startsWith(gitFolder) ? null : start, environment);
  }

  /// Finds the repository at `where`, which a caller named; if it is the one that the process
  /// stands in, git's variables count for it too, since then they were set for it.
  public static GitRepository named(Path where, Path folder, Map<String, String> environment)
      throws SourceException {
    GitRepository found = find(where, Map.of());
    if (!environment.containsKey("GIT_DIR")
        && !environment.containsKey("GIT_INDEX_FILE")
        && !environment.containsKey("GIT_OBJECT_DIRECTORY")) {
      return found;
    }
    try {
      GitRepository own = here(folder, environment);
      return Files.isSameFile(own.gitFolder, found.gitFolder) ? own : found;
    } catch (SourceException | IOException e) {
      return found;
    }
  }

  /// Opens the object folders; whoever calls closes.
  public ObjectStore openObjects(Problems problems) {
    return ObjectStore.open(objectFolders, idLength, problems);
  }

  /// Opens the object folders for a process that reads a few objects and ends; whoever calls
  /// closes.
  public ObjectStore openObjectsBriefly(Problems problems) {
    return ObjectStore.openBriefly(objectFolders, idLength, problems);
  }

  /// The folder with this work tree's `HEAD` and index.
  public Path gitFolder() {
    return gitFolder;
  }

  /// The folder with the objects, the refs and the `config`; the git folder itself but for linked
  /// work trees.
  public Path commonFolder() {
    return commonFolder;
  }

  /// The work tree, if the repository was found through one.
  public Optional<Path> workTree() {
    return Optional.ofNullable(workTree);
  }

  /// The configuration files of the repository, its work trees and its submodules, to be read as
  /// text; nothing in them is followed.
  public List<Path> configFiles() {
    var files = new ArrayList<Path>();
    var folders = new ArrayDeque<Path>(List.of(commonFolder));
    for (int i = 0; i < MOST_FOLDERS && !folders.isEmpty(); i++) {
      Path folder = folders.remove();
      for (String name : List.of("config", "config.worktree")) {
        if (Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
          files.add(folder.resolve(name));
        }
      }
      // The names of submodules may have slashes.
      boolean git = Files.exists(folder.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS);
      for (Path below :
          git ? List.of(folder.resolve("worktrees"), folder.resolve("modules")) : List.of(folder)) {
        try (var names = Files.newDirectoryStream(below)) {
          for (Path name : names) {
            if (Files.isDirectory(name, LinkOption.NOFOLLOW_LINKS)) {
              folders.add(name);
            }
          }
        } catch (IOException | DirectoryIteratorException _) {
          // There are none.
        }
      }
    }
    return files;
  }

  /// The file that holds what is staged; it need not exist.
  public Path indexFile() {
    return indexFile;
  }

  /// The bytes of an object id: 20 for SHA-1, 32 for SHA-256.
  public int idLength() {
    return idLength;
  }

  /// Whether a remote has promised the objects that lack here.
  public boolean partial() {
    return partial;
  }

  boolean reftable() {
    return reftable;
  }

  private static boolean isGitFolder(Path folder) {
    return Files.exists(folder.resolve("HEAD"), java.nio.file.LinkOption.NOFOLLOW_LINKS)
        && (Files.isDirectory(folder.resolve("objects")) && Files.exists(folder.resolve("refs"))
            || Files.isRegularFile(folder.resolve("commondir")));
  }

  private static Path pointedAt(Path dotGit) throws SourceException {
    String text = readSmall(dotGit);
    if (!text.startsWith("gitdir:")) {
      throw new SourceException(
          "not a git repository: " + dotGit + " does not name a git folder",
          "git status may say more");
    }
    Path folder = resolved(dotGit.resolveSibling(""), text.substring(7).strip());
    if (!isGitFolder(folder)) {
      throw new SourceException(
          "not a git repository: " + dotGit + " names a folder that is none",
          "git worktree repair may mend it");
    }
    return folder;
  }

  private static Path resolved(Path from, String path) throws SourceException {
    try {
      return from.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new SourceException(
          "a path in the repository's files is not one: " + from, "git fsck may say more", e);
    }
  }

  private static String readSmall(Path file) throws SourceException {
    try {
      if (Files.size(file) > SMALL_FILE) {
        throw new SourceException("too long for what it should be: " + file, "look at that file");
      }
      return new String(WholeFile.read(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SourceException("could not be read: " + file, "check its permissions", e);
    }
  }

  /// Splits a list of paths; those that begin with a double quote are quoted as in C.
  static List<String> pathList(String list) {
    List<String> paths = new ArrayList<>();
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '"' && path.isEmpty()) {
        i = quoted(list, i + 1, path);
      } else if (c == java.io.File.pathSeparatorChar) {
        if (!path.isEmpty()) {
          paths.add(path.toString());
        }
        path.setLength(0);
      } else {
        path.append(c);
      }
    }
    if (!path.isEmpty()) {
      paths.add(path.toString());
    }
    return paths;
  }

  private static int quoted(String list, int from, StringBuilder path) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    int i = from;
    for (; i < list.length() && list.charAt(i) != '"'; i++) {
      char c = list.charAt(i);
      if (c != '\\' || i + 1 == list.length()) {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      c = list.charAt(++i);
      if (c >= '0' && c <= '3' && i + 2 < list.length()) {
        bytes.write((c - '0') << 6 | (list.charAt(i + 1) - '0') << 3 | list.charAt(i + 2) - '0');
        i += 2;
      } else {
        bytes.write(
            switch (c) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              case 'a' -> 7;
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'v' -> 11;
              default -> c;
            });
      }
    }
    path.append(bytes.toString(StandardCharsets.UTF_8));
    return i;
  }
}
