package dev.stanch.detectors.source.git;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// How paths, which are bytes to git and to file systems, stand in reports.
public final class GitPath {
  private GitPath() {}

  /// A path as text: UTF-8, or with each byte that is not part of it as `\xNN`.
  public static String text(byte[] path) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(path)).toString();
    } catch (CharacterCodingException e) {
      return escaped(path);
    }
  }

  private static String escaped(byte[] path) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < path.length; ) {
      int length = 1;
      while (length <= 4 && at + length <= path.length) {
        try {
          text.append(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(path, at, length)));
          break;
        } catch (CharacterCodingException e) {
          length++;
        }
      }
      if (length > 4 || at + length > path.length) {
        text.append("\\x").append(HexFormat.of().toHexDigits(path[at]));
        length = 1;
      }
      at += length;
    }
    return text.toString();
  }
}
