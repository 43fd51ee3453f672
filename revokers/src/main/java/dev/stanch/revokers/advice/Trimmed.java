package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Optional;

/// A variable of a shell without what it begins or ends with: `${NAME#https://}`, `${NAME%.git}`.
///
/// @param pattern what is taken off, where `*` stands for anything
record Trimmed(String name, boolean begin, boolean most, String pattern) {
  private static final Pattern TRIMMED =
      Pattern.compile(
          "([A-Za-z_]\\w*)(##?|%%?)([^#%*?\\[\\]]+|\\*[^#%*?\\[\\]]+|[^#%*?\\[\\]]+\\*)");
  private static final String ANYTHING = "*";

  /// Reads what stands in the braces; empty for anything else, and for other patterns.
  static Optional<Trimmed> of(String inside) {
    Matcher matcher = TRIMMED.matcher(inside);
    return matcher.matches()
        ? Optional.of(
            new Trimmed(
                matcher.group(1),
                matcher.group(2).startsWith("#"),
                matcher.group(2).length() > 1,
                matcher.group(3)))
        : Optional.empty();
  }

  /// What is left of a value.
  String left(String value) {
    String plain = pattern.replace(ANYTHING, "");
    if (begin) {
      int at = most ? value.lastIndexOf(plain) : value.indexOf(plain);
      boolean fits = pattern.startsWith(ANYTHING) ? at >= 0 : value.startsWith(plain);
      int end = (pattern.startsWith(ANYTHING) ? at : 0) + plain.length();
      return !fits || pattern.endsWith(ANYTHING) ? value : value.substring(end);
    }
    int at = most ? value.indexOf(plain) : value.lastIndexOf(plain);
    boolean fits = pattern.endsWith(ANYTHING) ? at >= 0 : value.endsWith(plain);
    int end = pattern.endsWith(ANYTHING) ? at : value.length() - plain.length();
    return !fits || pattern.startsWith(ANYTHING) ? value : value.substring(0, end);
  }
}
