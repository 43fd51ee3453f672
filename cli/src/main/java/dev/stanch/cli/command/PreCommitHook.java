package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The `pre-commit` hook of one repository, wherever git looks for it.
///
/// A hook of somebody else's is kept beside ours under another name, byte for byte, runs first, and
/// comes back when ours goes.
final class PreCommitHook {
  private static final String NAME = "pre-commit";
  private static final String MARK =
      "# Made by `stanch hook install`; `stanch hook uninstall` takes it out.";

  private final Path file;
  private final Path earlier;

  private PreCommitHook(Path folder) {
    this.file = folder.resolve(NAME);
    this.earlier = folder.resolve(NAME + ".before-stanch");
  }

  /// The hook of the repository at `where`. Git is asked for the place, since `core.hooksPath` may
  /// stand in several files of its own.
  static PreCommitHook of(Path where) throws UserFault, InterruptedException {
    Path folder = where.toAbsolutePath().normalize();
    Path hooks = folder.resolve(git(folder, "rev-parse", "--git-path", "hooks")).normalize();
    Path common = folder.resolve(git(folder, "rev-parse", "--git-common-dir")).normalize();
    String tree = git(folder, "rev-parse", "--show-cdup");
    Path top = folder.resolve(tree).normalize();
    if (!hooks.startsWith(common) && !hooks.startsWith(top)) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "core.hooksPath leads out of the repository, to " + hooks,
          "add 'stanch scan git --staged' to the pre-commit hook there, for all repositories it"
              + " serves");
    }
    return new PreCommitHook(hooks);
  }

  private static String git(Path folder, String... arguments)
      throws UserFault, InterruptedException {
    var command = new java.util.ArrayList<String>();
    command.add("git");
    command.addAll(java.util.List.of(arguments));
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
      return answer.strip();
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
      Files.createDirectories(file.resolveSibling(""));
      boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      boolean ours = isOurs();
      if (there && !ours && Files.exists(earlier, LinkOption.NOFOLLOW_LINKS)) {
        throw UserFault.of(
            ExitCode.USAGE,
            "both " + file + " and " + earlier.getFileName() + " are there, and neither is ours",
            "join the two hooks and remove the second");
      }
      Path fresh = file.resolveSibling(NAME + ".part");
      Files.writeString(fresh, script(command));
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
      if (Files.exists(earlier, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(
            earlier, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.delete(file);
      }
      return true;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private boolean isOurs() throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
            .startsWith("#!/bin/sh\n" + MARK + "\n");
  }

  private UserFault unusable(IOException e) {
    return UserFault.of(
        ExitCode.USAGE,
        "the hook " + file + " cannot be changed: " + e.getClass().getSimpleName(),
        "check the folder and its permissions");
  }

  /// Silent when the commit is clean; whatever goes wrong stops the commit.
  private static String script(String command) {
    return """
    #!/bin/sh
    MARK
    earlier=$0.before-stanch
    if [ -x "$earlier" ]; then
      "$earlier" "$@" || exit
    fi
    report=$(COMMAND scan git --staged 2>&1)
    status=$?
    [ "$status" -ne 0 ] || exit 0
    printf '%s\\n' "$report"
    case $status in
      1)
        echo 'stanch: the commit was stopped: it would bring what is listed above'
        echo "hint: take it out and 'git add' again; a line that holds no secret may say stanch:allow" ;;
      *)
        echo "stanch: the commit was stopped: the scan ended with exit code $status"
        echo "hint: 'git commit --no-verify' commits unseen" ;;
    esac
    exit "$status"
    """
        .replace("MARK", MARK)
        .replace("COMMAND", "'" + command.replace("'", "'\\''") + "'");
  }
}
