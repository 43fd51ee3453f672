package dev.stanch.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads the files that say what to do, which are small and UTF-8.
public final class ConfigurationText {
  private static final long LARGEST = 64 << 20;

  private ConfigurationText() {}

  /// The text of `file`.
  ///
  /// @param name how messages call it
  public static String of(Path file, String name) throws UserFault {
    try {
      if (Files.isDirectory(file)) {
        throw UserFault.of(ExitCode.USAGE, name + " is a folder", "name a file");
      }
      if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
        throw UserFault.of(
            ExitCode.USAGE,
            name + " is larger than " + (LARGEST >> 20) + " MiB",
            "split it, or drop what it does not need any more");
      }
      String text = Files.readString(file);
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (IOException e) {
      throw unreadable(file, name, e);
    }
  }

  /// What to say of a file that could not be read, whatever it holds.
  ///
  /// @param name how messages call it
  public static UserFault unreadable(Path file, String name, IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ ->
          UserFault.of(ExitCode.USAGE, "no such file: " + name, "check the path");
      case AccessDeniedException _ ->
          UserFault.of(
              ExitCode.USAGE, "cannot read " + name + ": permission denied", "chmod +r " + file);
      case CharacterCodingException _ ->
          UserFault.of(
              ExitCode.USAGE, "cannot read " + name + ": it is not UTF-8", "save it as UTF-8");
      default ->
          UserFault.of(
              ExitCode.USAGE,
              "cannot read " + name + ": " + failure.getClass().getSimpleName(),
              "check the file and the disk it is on");
    };
  }
}
