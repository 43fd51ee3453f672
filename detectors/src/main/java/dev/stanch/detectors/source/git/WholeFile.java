package dev.stanch.detectors.source.git;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;

/// Reads files of a size that the caller has looked at. Not through channels, whose set-up a hook
/// feels.
final class WholeFile {
  private WholeFile() {}

  static byte[] read(Path file) throws IOException {
    try (var in = new FileInputStream(file.toFile())) {
      return in.readAllBytes();
    }
  }
}
