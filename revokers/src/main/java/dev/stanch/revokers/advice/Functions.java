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
      Pattern.compile("(?m)(?:^|[;&])[ \\t]*(?:source|\\.)[ \\t]+[\"']?([^\\s;\"']+)");

  private final Map<String, List<List<String>>> byName = new HashMap<>();

  /// Those of a text.
  static Functions in(String text) {
    var functions = new Functions();
    Matcher function = FUNCTION.matcher(text);
    while (function.find()) {
      var bodies = new ArrayList<List<String>>();
      for (Command command : Command.in(function.group(2))) {
        if (command.words().stream().anyMatch(each -> GIVEN.matcher(each).find())) {
          bodies.add(command.words());
        }
      }
      functions.byName.put(function.group(1), bodies);
    }
    return functions;
  }

  /// Adds others.
  void add(Functions others) {
    byName.putAll(others.byName);
  }

  /// The names of the files that a text reads, without their folders.
  static Set<String> sourced(String text) {
    var names = new HashSet<String>();
    Matcher source = SOURCE.matcher(text);
    while (source.find()) {
      String path = source.group(1);
      names.add(path.substring(path.lastIndexOf('/') + 1));
    }
    return names;
  }

  /// What a command comes to if it is one of these; none otherwise.
  List<Command> expanded(Command command) {
    var expanded = new ArrayList<Command>();
    List<String> given = command.words().subList(1, command.words().size());
    for (List<String> body : byName.getOrDefault(command.words().getFirst(), List.of())) {
      var words = new ArrayList<String>();
      for (String word : body) {
        if (word.equals("$@") || word.equals("$*")) {
          words.addAll(given);
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
