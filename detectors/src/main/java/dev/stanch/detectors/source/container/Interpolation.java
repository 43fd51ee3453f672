package dev.stanch.detectors.source.container;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compose's interpolation: `$NAME`, `${NAME}`, `${NAME:-default}` and its kin, `$$` for a dollar
/// sign. What Compose would refuse stays as it is written.
final class Interpolation {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int DEEPEST = 16;

  /// Characters that all texts of a project may come to: variables that hold variables grow fast.
  private static final int MOST = 32 << 20;

  private int left = MOST;

  /// A text with its variables replaced.
  ///
  /// @param untaken told of every default that a variable stands before: it is written there all
  ///   the same
  /// @throws IOException when the texts grow beyond reason
  String of(String text, Function<String, Optional<String>> variables, Consumer<String> untaken)
      throws IOException {
    String result = text.indexOf('$') < 0 ? text : replaced(text, variables, untaken, 0);
    spend(result.length());
    return result;
  }

  private void spend(int characters) throws IOException {
    left -= characters;
    if (left < 0) {
      throw new IOException("its variables come to more than " + (MOST >> 20) + " MiB");
    }
  }

  private String replaced(
      String text,
      Function<String, Optional<String>> variables,
      Consumer<String> untaken,
      int depth)
      throws IOException {
    var result = new StringBuilder();
    Matcher name = NAME.matcher(text);
    int at = 0;
    while (at < text.length()) {
      char one = text.charAt(at);
      char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      if (one != '$') {
        result.append(one);
        at++;
      } else if (next == '$') {
        result.append('$');
        at += 2;
      } else if (next == '{') {
        int end = closing(text, at + 2);
        if (end < 0 || depth == DEEPEST) {
          return result.append(text, at, text.length()).toString();
        }
        result.append(braced(text.substring(at + 2, end), variables, untaken, depth));
        at = end + 1;
      } else if (name.region(at + 1, text.length()).lookingAt()) {
        result.append(variables.apply(name.group()).orElse(""));
        at = name.end();
      } else {
        result.append(one);
        at++;
      }
      if (result.length() > left) {
        spend(result.length());
      }
    }
    return result.toString();
  }

  /// What stands between braces.
  private String braced(
      String inner,
      Function<String, Optional<String>> variables,
      Consumer<String> untaken,
      int depth)
      throws IOException {
    Matcher name = NAME.matcher(inner);
    if (!name.lookingAt()) {
      return "${" + inner + "}";
    }
    Optional<String> value = variables.apply(name.group());
    String rest = inner.substring(name.end());
    boolean orEmpty = rest.startsWith(":");
    String operator = orEmpty ? rest.substring(1) : rest;
    String set = value.orElse("");
    boolean there = value.isPresent() && !(orEmpty && set.isEmpty());
    if (operator.isEmpty()) {
      return set;
    }
    String word = operator.substring(1);
    return switch (operator.charAt(0)) {
      case '-' -> taken(!there, word, set, variables, untaken, depth);
      case '+' -> taken(there, word, "", variables, untaken, depth);
      case '?' -> set; // Compose would end with the word as its message
      default -> "${" + inner + "}";
    };
  }

  private String taken(
      boolean taken,
      String word,
      String otherwise,
      Function<String, Optional<String>> variables,
      Consumer<String> untaken,
      int depth)
      throws IOException {
    String resolved = replaced(word, variables, untaken, depth + 1);
    if (taken) {
      return resolved;
    }
    if (!resolved.isBlank()) {
      untaken.accept(resolved);
    }
    return otherwise;
  }

  /// Where the brace that was opened before `from` closes, or -1.
  private static int closing(String text, int from) {
    int open = 1;
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
        open++;
        i++;
      } else if (text.charAt(i) == '}' && --open == 0) {
        return i;
      }
    }
    return -1;
  }
}
