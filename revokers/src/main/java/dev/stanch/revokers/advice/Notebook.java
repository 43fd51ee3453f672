package dev.stanch.revokers.advice;

import java.util.Locale;

/// The code of a notebook's cells. Each line of a cell stands on a line of the file, and stays on
/// it, so that a place in the code is one in the file.
final class Notebook {
  private Notebook() {}

  static boolean is(String path) {
    return path.toLowerCase(Locale.ROOT).endsWith(".ipynb");
  }

  /// The code alone, on the lines where it stands.
  static String code(String json) {
    var code = new StringBuilder(json.length());
    boolean codeCell = false;
    boolean source = false;
    for (String line : json.split("\n", -1)) {
      String bare = line.strip();
      if (bare.startsWith("\"cell_type\"")) {
        codeCell = bare.contains("\"code\"");
      } else if (bare.startsWith("\"source\"")) {
        source = codeCell;
        bare = bare.substring("\"source\"".length()).replaceFirst("^\\s*:\\s*\\[?\\s*", "");
        if (source && bare.startsWith("\"")) {
          code.append(line(bare));
        }
      } else if (source && bare.startsWith("]")) {
        source = false;
      } else if (source && bare.startsWith("\"")) {
        code.append(line(bare));
      }
      code.append('\n');
    }
    return code.toString();
  }

  /// What a JSON string stands for, without the end of line at its end.
  private static String line(String json) {
    var text = new StringBuilder();
    for (int i = 1; i < json.length() && json.charAt(i) != '"'; i++) {
      char c = json.charAt(i);
      if (c == '\\' && i + 1 < json.length()) {
        char escaped = json.charAt(++i);
        text.append(
            switch (escaped) {
              case 'n' -> ' ';
              case 't' -> '\t';
              default -> escaped;
            });
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
