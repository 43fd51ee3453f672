package dev.stanch.cli.command;

import dev.stanch.cli.Messages;
import dev.stanch.cli.UserConfiguration;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.DoctorReport.Check;
import dev.stanch.cli.report.DoctorReport.State;
import dev.stanch.revokers.journal.PrivateFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Looks at what Stanch keeps for itself: state folder, token key, journal, configuration, and the
/// hooks of the repository one stands in.
final class OwnFileChecks {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Wiring wiring;

  OwnFileChecks(Wiring wiring) {
    this.wiring = wiring;
  }

  List<Check> all() throws InterruptedException {
    Path state = wiring.console().environment().stateFolder();
    var checks = new ArrayList<Check>();
    checks.add(folder(state));
    checks.add(file("token key", state.resolve("token-key"), "the first scan makes it"));
    checks.add(file("journal", state.resolve("journal.db"), "the first response makes it"));
    checks.add(configuration());
    checks.add(hooks());
    return checks;
  }

  private static Check folder(Path folder) {
    String name = "state folder";
    if (!Files.isDirectory(folder)) {
      return Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
          ? new Check(name, State.WRONG, folder + " is no folder", "remove it")
          : new Check(name, State.OK, folder + ": the first scan makes it", "");
    }
    if (!Files.isWritable(folder)) {
      return new Check(
          name,
          State.WRONG,
          folder + " cannot be written",
          "chown it to yourself, or point XDG_STATE_HOME elsewhere");
    }
    try {
      boolean open =
          Files.getFileStore(folder).supportsFileAttributeView("posix")
              && !Collections.disjoint(Files.getPosixFilePermissions(folder), OTHERS);
      return open
          ? new Check(name, State.WRONG, folder + " is open to others", "chmod 700 " + folder)
          : new Check(name, State.OK, folder.toString(), "");
    } catch (IOException e) {
      return new Check(name, State.WRONG, folder + " cannot be looked at", "check its permissions");
    }
  }

  private static Check file(String name, Path file, String maker) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Check(name, State.OK, "none yet: " + maker, "");
    }
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return new Check(name, State.WRONG, file + " is no regular file", "remove it");
      }
      return PrivateFile.openToOthers(file)
          ? new Check(
              name, State.WRONG, file + " can be read or written by others", "chmod 600 " + file)
          : new Check(name, State.OK, file.toString(), "");
    } catch (IOException e) {
      return new Check(name, State.WRONG, file + " cannot be looked at", "check its permissions");
    }
  }

  private Check configuration() {
    String name = "configuration";
    Path file = wiring.userConfigurationFile();
    if (!Files.exists(file)) {
      return new Check(
          name,
          State.ABSENT,
          "none: no owner is ours, so nothing that cannot be undone is done by itself",
          "name your accounts under 'owners' in " + file + " (docs/GUIDE.md)");
    }
    var said = new StringWriter();
    try {
      var configuration = UserConfiguration.read(file, new Messages(new PrintWriter(said, true)));
      return new Check(
          name,
          State.OK,
          file + (configuration.owners().names().isEmpty() ? " (names no owner)" : ""),
          "");
    } catch (UserFault e) {
      String first = said.toString().lines().findFirst().orElse("");
      return new Check(
          name,
          State.WRONG,
          first.isEmpty() ? String.valueOf(e.getMessage()) : first.replaceFirst("^error: ", ""),
          e.hint().orElse("correct it"));
    }
  }

  private Check hooks() throws InterruptedException {
    String name = "hooks";
    try {
      var folder = RepositoryHook.Folder.of(wiring.console().environment().folder());
      var ours = new ArrayList<String>();
      for (HookType type : HookType.values()) {
        if (folder.hook(type).installed()) {
          ours.add(type.file());
        }
      }
      return ours.isEmpty()
          ? new Check(name, State.ABSENT, "none of ours in this repository", "stanch hook install")
          : new Check(name, State.OK, String.join(", ", ours) + " in " + folder.path(), "");
    } catch (UserFault e) {
      return new Check(name, State.ABSENT, String.valueOf(e.getMessage()), e.hint().orElse(""));
    }
  }
}
