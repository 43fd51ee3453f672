package dev.stanch.revokers.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Files that nobody but the user may read, from the moment they exist. Where a file system knows
/// no permissions they are as private as it makes them.
public final class PrivateFile {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private PrivateFile() {}

  /// Makes an empty one, which must not exist yet.
  public static void create(Path file) throws IOException {
    Files.createFile(file, mode(file, "rw-------"));
  }

  /// Makes a folder and those above it, as far as they are missing.
  public static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, mode(folder, "rwx------"));
  }

  /// Whether others may read or write a file.
  public static boolean openToOthers(Path file) throws IOException {
    return posix(file)
        && !Collections.disjoint(
            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS), OTHERS);
  }

  private static FileAttribute<?>[] mode(Path file, String mode) {
    return posix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean posix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
