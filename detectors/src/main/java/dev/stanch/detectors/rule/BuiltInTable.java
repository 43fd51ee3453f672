package dev.stanch.detectors.rule;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The tables that the jar carries: rules, words and weights.
///
/// A launcher may name a folder with copies of them in `-Dstanch.tables`: finding a resource and
/// opening the jar it lies in takes a hook longer than reading it.
public final class BuiltInTable {
  private static final String RESOURCES = "/dev/stanch/detectors/";

  private BuiltInTable() {}

  /// Reads a table, such as `scan/words.bin`.
  public static ByteBuffer read(String name) {
    String folder = System.getProperty("stanch.tables");
    try {
      if (folder != null) {
        // Mapping it would set up more than reading it takes.
        try (var in =
            new FileInputStream(folder + '/' + name.substring(name.lastIndexOf('/') + 1))) {
          return ByteBuffer.wrap(in.readAllBytes());
        } catch (FileNotFoundException _) {
          // The jar has it.
        }
      }
      return packed(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a table of lines of ASCII.
  public static String text(String name) {
    ByteBuffer stored = read(name);
    byte[] bytes = new byte[stored.remaining()];
    stored.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer packed(String name) throws IOException {
    try (InputStream in = BuiltInTable.class.getResourceAsStream(RESOURCES + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar: the build did not make it");
      }
      return ByteBuffer.wrap(in.readAllBytes());
    }
  }
}
