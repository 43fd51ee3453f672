package dev.stanch.revokers.advice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How something that a call is made on came about, as far as a file shows it.
final class Origin {
  private static final int DEEPEST = 5;
  private static final int MOST = 24;

  private final Constants constants;
  private final String file;

  Origin(Constants constants, String file) {
    this.constants = constants;
    this.file = file;
  }

  /// The expression itself and those that its names were assigned, the nearest first.
  List<Constants.At> of(String expression) {
    Set<Constants.At> seen = new LinkedHashSet<>();
    follow(new Constants.At(file, expression), 0, seen);
    return List.copyOf(seen);
  }

  private void follow(Constants.At expression, int depth, Set<Constants.At> seen) {
    if (expression.text().isBlank()
        || depth > DEEPEST
        || seen.size() >= MOST
        || !seen.add(expression)) {
      return;
    }
    String path = leadingPath(expression.text());
    while (!path.isEmpty()) {
      List<Constants.At> assigned = constants.assigned(expression.file(), path);
      if (!assigned.isEmpty()) {
        assigned.forEach(each -> follow(each, depth + 1, seen));
        return;
      }
      int dot = path.lastIndexOf('.');
      path = dot < 0 ? "" : path.substring(0, dot);
    }
  }

  /// The name that an expression begins with, with what follows it by dots.
  static String leadingPath(String expression) {
    String bare = expression.strip();
    for (String word : List.of("await ", "new ", "&", "*")) {
      bare = bare.startsWith(word) ? bare.substring(word.length()).strip() : bare;
    }
    int end = 0;
    while (end < bare.length() && (Texts.isNamePart(bare.charAt(end)) || bare.charAt(end) == '.')) {
      end++;
    }
    return bare.substring(0, end);
  }

  /// A call that something came about by.
  record Made(String file, Script.Call call) {}

  /// Every call in these expressions.
  static List<Made> calls(List<Constants.At> expressions) {
    var calls = new ArrayList<Made>();
    for (Constants.At each : expressions) {
      Script.callsIn(each.text()).forEach(call -> calls.add(new Made(each.file(), call)));
    }
    return calls;
  }
}
