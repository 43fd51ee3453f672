package dev.stanch.detectors.source.directory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Names of files as the bytes that they are, a character for each: as git compares them.
final class RawName {
  private RawName() {}

  /// The last name of a path.
  static String of(Path path) {
    Path last = path.getFileName();
    if (last == null) {
      return "";
    }
    String name = last.toString();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return bytes(path);
      }
    }
    return name;
  }

  /// What is no ASCII may be decoded with loss; an address has each byte.
  private static String bytes(Path path) {
    String address = path.toUri().getRawPath();
    int end = address.endsWith("/") ? address.length() - 1 : address.length();
    var bytes = new ByteArrayOutputStream();
    for (int i = address.lastIndexOf('/', end - 1) + 1; i < end; i++) {
      char c = address.charAt(i);
      if (c == '%') {
        bytes.write(
            Character.digit(address.charAt(i + 1), 16) << 4
                | Character.digit(address.charAt(i + 2), 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
