package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.RuleTables;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The prefixes of the formats that rules know, and the least length of each: a value that begins
/// like a token of such a format but is much shorter is a cut or made-up one. Immutable once made.
final class KnownPrefixes {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 16;

  private final RuleTables tables;
  private @Nullable Map<String, Integer> lengths;

  KnownPrefixes(RuleTables tables) {
    this.tables = tables;
  }

  private static boolean tells(String keyword) {
    int n = keyword.length();
    char last = keyword.charAt(n - 1);
    return n >= SHORTEST
        && n <= LONGEST
        && (last == '_'
            || last == '-'
            || n >= 4 && !isLetters(keyword)
            || keyword.equals("akia")
            || keyword.equals("aiza"));
  }

  private static boolean isLetters(String keyword) {
    for (int i = 0; i < keyword.length(); i++) {
      if (!Character.isLetter(keyword.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// Made when a value first asks: most scans of a hook have none.
  private synchronized Map<String, Integer> lengths() {
    Map<String, Integer> known = lengths;
    if (known != null) {
      return known;
    }
    known = new HashMap<>();
    for (int keyword = 0; keyword < tables.keywordCount(); keyword++) {
      int length = tables.prefixLength(keyword);
      String text = length == 0 ? "" : tables.keyword(keyword);
      if (length > 0 && tells(text)) {
        known.put(text, length);
      }
    }
    lengths = known;
    return known;
  }

  boolean isTooShort(byte[] text, int start, int end) {
    var begun = new StringBuilder(LONGEST);
    Map<String, Integer> known = lengths();
    for (int i = start; i < Math.min(end, start + LONGEST); i++) {
      begun.append((char) (TokenText.lower(text[i]) & 0xff));
      Integer least = begun.length() < SHORTEST ? null : known.get(begun.toString());
      if (least != null) {
        return (end - start) * 4 < least * 3;
      }
    }
    return false;
  }
}
