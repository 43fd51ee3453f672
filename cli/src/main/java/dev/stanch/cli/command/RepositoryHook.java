package dev.stanch.cli.command;

import static java.util.Objects.requireNonNull;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A hook of one repository, wherever git looks for it.
///
/// A hook of somebody else's is kept beside ours under another name, byte for byte, runs first, and
/// comes back when ours goes.
final class RepositoryHook {
  private static final String MARK =
      "# Made by `stanch hook install`; `stanch hook uninstall` takes it out.";
  private static final String MARK_OF_FOLDER = "# Its folder was made with it.";
  private static final String EARLIER = ".before-stanch";

  /// Who starts the hooks of a folder.
  private enum Starter {
    /// Git itself: files that are executable.
    GIT,
    /// husky 9, whose files git starts and which read these: executable or not.
    HUSKY
  }

  private final HookType type;
  private final Path file;
  private final Path earlier;
  private final Starter starter;

  private RepositoryHook(HookType type, Path folder, Starter starter) {
    this.type = requireNonNull(type, "type");
    this.file = folder.resolve(type.file());
    this.earlier = folder.resolve(type.file() + EARLIER);
    this.starter = starter;
  }

  /// A hook of the repository at `where`.
  static RepositoryHook of(HookType type, Path where) throws UserFault, InterruptedException {
    return Folder.of(where).hook(type);
  }

  /// The folder that a repository's hooks lie in.
  ///
  /// @param bare whether the repository has no work tree, as a server's
  record Folder(Path path, boolean bare) {
    Folder {
      requireNonNull(path, "path");
    }

    /// That of the repository at `where`. Git is asked for the place, since `core.hooksPath` may
    /// stand in several files of its own.
    static Folder of(Path where) throws UserFault, InterruptedException {
      Path folder = where.toAbsolutePath().normalize();
      List<String> told =
          git(
              folder,
              "rev-parse",
              "--is-inside-work-tree",
              "--git-path",
              "hooks",
              "--git-common-dir");
      boolean bare = told.get(0).equals("false");
      Path hooks = folder.resolve(told.get(1)).normalize();
      Path common = folder.resolve(told.get(2)).normalize();
      Path top =
          bare
              ? common
              : folder
                  .resolve(String.join("\n", git(folder, "rev-parse", "--show-cdup")))
                  .normalize();
      if (!hooks.startsWith(common) && !hooks.startsWith(top)) {
        throw UserFault.of(
            ExitCode.REFUSED,
            "core.hooksPath leads out of the repository, to " + hooks,
            "add 'stanch scan git --staged' to the pre-commit hook there, for all repositories it"
                + " serves");
      }
      return new Folder(hooks, bare);
    }

    RepositoryHook hook(HookType type) {
      // husky 9 writes this folder anew with each installation of packages; what people write lies
      // above.
      Path above = path.getParent();
      return path.endsWith("_") && above != null && Files.isRegularFile(path.resolve("h"))
          ? new RepositoryHook(type, above, Starter.HUSKY)
          : new RepositoryHook(type, path, Starter.GIT);
    }
  }

  private static List<String> git(Path folder, String... arguments)
      throws UserFault, InterruptedException {
    var command = new ArrayList<String>();
    command.add("git");
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw UserFault.of(
            ExitCode.USAGE,
            "not a git repository: " + folder,
            "name one, or make it one with git init");
      }
      return answer.lines().toList();
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.USAGE,
          "git could not be run in " + folder,
          "install git, or check the folder's permissions");
    }
  }

  Path file() {
    return file;
  }

  /// Puts the hook in place.
  ///
  /// @param command what starts Stanch
  void install(String command) throws UserFault {
    try {
      Path folder = file.resolveSibling("");
      boolean madeFolder = !Files.exists(folder) || isOurs() && madeItsFolder();
      Files.createDirectories(folder);
      boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      boolean ours = isOurs();
      if (there && !ours && Files.exists(earlier, LinkOption.NOFOLLOW_LINKS)) {
        throw UserFault.of(
            ExitCode.USAGE,
            "both " + file + " and " + earlier.getFileName() + " are there, and neither is ours",
            "join the two hooks and remove the second");
      }
      Path fresh = file.resolveSibling(type.file() + ".part");
      Files.writeString(fresh, script(command, madeFolder));
      if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      if (there && !ours) {
        Files.move(file, earlier, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /// Takes the hook out, if it is ours, and puts the earlier one back.
  boolean uninstall() throws UserFault {
    try {
      if (!isOurs()) {
        return false;
      }
      boolean madeFolder = madeItsFolder();
      if (Files.exists(earlier, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(
            earlier, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.delete(file);
      }
      Path folder = file.resolveSibling("");
      if (madeFolder && isEmpty(folder)) {
        Files.delete(folder);
      }
      return true;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /// Whether ours is in place.
  boolean installed() throws UserFault {
    try {
      return isOurs();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  private boolean isOurs() throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && text().startsWith("#!/bin/sh\n" + MARK + "\n");
  }

  private boolean madeItsFolder() throws IOException {
    return text().contains("\n" + MARK_OF_FOLDER + "\n");
  }

  private String text() throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private UserFault unusable(IOException e) {
    return UserFault.of(
        ExitCode.USAGE,
        "the hook " + file + " cannot be changed: " + e.getClass().getSimpleName(),
        "check the folder and its permissions");
  }

  /// Silent when nothing is found; whatever goes wrong stops what was to be done. husky runs it
  /// under `sh -e`, so no command may fail by itself.
  ///
  /// The earlier hook gets the same arguments and the same standard input. It is named by its whole
  /// name, since others put our file aside too.
  private String script(String command, boolean madeFolder) {
    String input = type.reads() ? "printf %s \"$input\" | " : "";
    String runs =
        switch (starter) {
          case GIT ->
              "if [ -x \"$earlier\" ]; then\n  " + input + "\"$earlier\" \"$@\" || exit\nfi";
          case HUSKY ->
              "if [ -f \"$earlier\" ]; then\n  " + input + "sh -e \"$earlier\" \"$@\" || exit\nfi";
        };
    return """
    #!/bin/sh
    MARK
    earlier=${0%/*}/TYPE.before-stanch
    stanch=COMMAND
    [ -x "$stanch" ] || stanch=stanch
    READ
    RUN_EARLIER
    status=0
    report=$(INPUT"$stanch" SCAN --format=brief 2>&1) || status=$?
    [ "$status" -ne 0 ] || exit 0
    exec >&2
    printf '%s\\n' "$report"
    case $status in
      1) echo "stanch: ACT refused: REMEDY, or say on its line why it may stand: stanch:allow RULE: REASON" ;;
      2) echo "stanch: ACT refused: nobody looked: correct the command line or file that is named above; WAY_OUT" ;;
      3) echo "stanch: ACT refused: not everything could be read: put right what is named above; WAY_OUT" ;;
      126 | 127) echo "stanch: ACT refused: Stanch is not installed: put it on the PATH, or 'stanch hook install' again; WAY_OUT" ;;
      *) echo "stanch: ACT refused: the scan broke off with exit code $status: report what stands above; WAY_OUT" ;;
    esac
    exit "$status"
    """
        .replace("MARK\n", MARK + "\n" + (madeFolder ? MARK_OF_FOLDER + "\n" : ""))
        .replace("TYPE", type.file())
        .replace("READ\n", type.reads() ? "input=$(cat && printf .)\ninput=${input%.}\n" : "")
        .replace("RUN_EARLIER", runs)
        .replace("INPUT", input)
        .replace("SCAN", type.scan())
        .replace("ACT", type.act())
        .replace("REMEDY", type.remedy())
        .replace("WAY_OUT", type.wayOut())
        .replace("COMMAND", "'" + command.replace("'", "'\\''") + "'");
  }
}
