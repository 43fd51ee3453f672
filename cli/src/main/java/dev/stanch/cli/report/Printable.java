package dev.stanch.cli.report;

/// Text that somebody else chose (a path, an author, a container) made safe to show: what would
/// move the cursor, change the colour or turn the reading direction stands as an escape.
public final class Printable {
  /// What stands in the place of a token's middle.
  private static final char MIDDLE = '\u2026';

  private Printable() {}

  /// The text with every such character written `\\u{…}`.
  public static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    var safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (acts(c)) {
                safe.append("\\u{").append(Integer.toHexString(c)).append('}');
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }

  /// Whether nothing acts, told without a stream and the tables of Unicode for the text that is
  /// most common.
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f && c != MIDDLE) {
        return text.codePoints().noneMatch(Printable::acts);
      }
    }
    return true;
  }

  /// Whether a character does something instead of showing something: controls, invisible format
  /// characters (the bidirectional ones among them), line separators, halves of pairs.
  static boolean acts(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
