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
  List<String> of(String expression) {
    Set<String> seen = new LinkedHashSet<>();
    follow(expression, 0, seen);
    return List.copyOf(seen);
  }

  private void follow(String expression, int depth, Set<String> seen) {
    if (expression.isBlank() || depth > DEEPEST || seen.size() >= MOST || !seen.add(expression)) {
      return;
    }
    String path = leadingPath(expression);
    while (!path.isEmpty()) {
      List<String> assigned = constants.assigned(file, path);
      if (!assigned.isEmpty()) {
        assigned.forEach(each -> follow(each, depth + 1, seen));
        return;
      }
      int dot = path.lastIndexOf('.');
      if (dot < 0) { // what one other file makes, and this one imports
        List<String> elsewhere = constants.anywhere(path);
        if (elsewhere.size() == 1 && elsewhere.getFirst().indexOf('(') > 0) {
          follow(elsewhere.getFirst(), depth + 1, seen);
        }
      }
      path = dot < 0 ? "" : path.substring(0, dot);
    }
  }

  private static String leadingPath(String expression) {
    String bare = expression.strip();
    for (String word : List.of("await ", "new ", "&", "*")) {
      bare = bare.startsWith(word) ? bare.substring(word.length()).strip() : bare;
    }
    int end = 0;
    while (end < bare.length()
        && (Script.isNamePart(bare.charAt(end)) || bare.charAt(end) == '.')) {
      end++;
    }
    return bare.substring(0, end);
  }

  /// Every call in these expressions.
  static List<Script.Call> calls(List<String> expressions) {
    var calls = new ArrayList<Script.Call>();
    for (String each : expressions) {
      calls.addAll(Script.callsIn(each));
    }
    return calls;
  }
}
