package dev.stanch.detectors.model;

import java.nio.charset.StandardCharsets;

/// The form of a token that may be shown: its public prefix and, for a long one, its last four
/// characters.
public final class Redaction {
  private Redaction() {}

  /// The redacted form of `bytes[from, to)`, of which the first `publicPrefix` bytes are the
  /// format's own and known to all. Never shows more than a quarter of what is secret.
  public static String of(byte[] bytes, int from, int to, int publicPrefix) {
    int secret = to - from - publicPrefix;
    String head = printable(bytes, from, from + Math.max(0, Math.min(publicPrefix, to - from - 4)));
    int tail = secret >= 24 ? 4 : 0;
    return head + "…" + printable(bytes, to - tail, to);
  }

  private static String printable(byte[] bytes, int from, int to) {
    var text = new StringBuilder(to - from);
    for (byte b :
        new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)
            .getBytes(StandardCharsets.ISO_8859_1)) {
      text.append(b > 0x20 && b < 0x7f ? (char) b : '?');
    }
    return text.toString();
  }
}
