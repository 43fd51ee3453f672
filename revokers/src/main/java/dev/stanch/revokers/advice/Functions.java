package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The functions of a shell script that hand their arguments to a command.
final class Functions {
  private static final String HEAD =
      "(?m)^[ \\t]*(?:function[ \\t]+)?([A-Za-z_][\\w-]*)[ \\t]*\\([ \\t]*\\)[ \\t]*";
  private static final String BODY = "\\{((?:[^\\n}]|\\$\\{[^}]*\\}|\\n[^}])*)\\n?[ \\t]*\\}";
  private static final Pattern FUNCTION = Pattern.compile(HEAD + BODY);
  private static final Pattern GIVEN = Pattern.compile("\\$\\{?([1-9@*])\\}?");
  private static final Pattern SOURCE =
      Pattern.compile(
          "(?m)(?:^|[;&])[ \\t]*(?:source|\\.)[ \\t]+[\"']?((?:\\$\\([^)]*\\)|[^\\s;\"'])+)");

  private static final Pattern REST = Pattern.compile("\\$\\{@:([2-9])\\}");
  private static final Pattern NUMBER = Pattern.compile("[1-9]");

  private final Map<String, List<Body>> byName = new HashMap<>();

  /// A command of a function.
  ///
  /// @param shifted how many arguments were taken off before it
  private record Body(List<String> words, int shifted) {}

  /// Those of a text.
  static Functions in(String text) {
    var functions = new Functions();
    Matcher function = FUNCTION.matcher(text.indexOf('(') < 0 ? "" : text);
    while (function.find()) {
      var bodies = new ArrayList<Body>();
      int shifted = 0;
      for (Command command : Command.in(function.group(2))) {
        if (command.words().getFirst().equals("shift")) {
          String by = command.words().getLast();
          shifted += NUMBER.matcher(by).matches() ? Integer.parseInt(by) : 1;
        } else if (command.words().stream().anyMatch(each -> GIVEN.matcher(each).find())) {
          bodies.add(new Body(command.words(), shifted));
        }
      }
      functions.byName.put(function.group(1), bodies);
    }
    return functions;
  }

  /// Whether there are none.
  boolean isEmpty() {
    return byName.isEmpty();
  }

  /// Adds others.
  void add(Functions others) {
    byName.putAll(others.byName);
  }

  /// The names of the files that a text reads, without their folders.
  static Set<String> sourced(String text) {
    var names = new HashSet<String>();
    boolean some = text.contains("source") || text.contains(". ") || text.contains(".\t");
    Matcher source = SOURCE.matcher(some ? text : "");
    while (source.find()) {
      String path = source.group(1);
      names.add(path.substring(path.lastIndexOf('/') + 1));
    }
    return names;
  }

  /// Whether a command is one of theirs, which says less than what calls them.
  boolean isBody(Command command) {
    return byName.values().stream()
        .flatMap(List::stream)
        .anyMatch(each -> each.words().equals(command.words()));
  }

  /// What a command comes to if it is one of these; none otherwise.
  List<Command> expanded(Command command) {
    var expanded = new ArrayList<Command>();
    List<String> all = command.words();
    for (Body body : byName.getOrDefault(all.getFirst(), List.of())) {
      List<String> given = all.subList(Math.min(all.size(), 1 + body.shifted()), all.size());
      var words = new ArrayList<String>();
      for (String word : body.words()) {
        Matcher rest = REST.matcher(word);
        if (word.equals("$@") || word.equals("$*")) {
          words.addAll(given);
        } else if (rest.matches()) {
          int from = Integer.parseInt(rest.group(1)) - 1;
          words.addAll(given.subList(Math.min(given.size(), from), given.size()));
        } else {
          words.add(filled(word, given));
        }
      }
      if (!words.isEmpty()) { // called with nothing to run
        expanded.add(new Command(command.line(), String.join(" ", words), words));
      }
    }
    return expanded;
  }

  private static String filled(String word, List<String> given) {
    Matcher matcher = GIVEN.matcher(word);
    var text = new StringBuilder();
    int at = 0;
    while (matcher.find()) {
      char which = matcher.group(1).charAt(0);
      int n = which - '1';
      text.append(word, at, matcher.start());
      if (!Character.isDigit(which)) {
        text.append(String.join(" ", given));
      } else {
        text.append(n < given.size() ? given.get(n) : String.valueOf(Constants.HOLE));
      }
      at = matcher.end();
    }
    return text.append(word, at, word.length()).toString();
  }
}
