package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The names of one file with what is assigned to them there, of which each has a few values.
final class Names {
  static final int MOST_VALUES = 8;
  private static final int LONGEST_ALIAS = 300;

  private final Map<String, Set<String>> own = new HashMap<>();
  private final Map<String, Set<String>> byLast = new HashMap<>();
  private final int[] words; // of values that may be passed on
  private final boolean token;

  Names(Script script) {
    for (Script.Assignment each : script.assignments()) {
      put(own, each.name(), each.value());
      put(byLast, last(each.name()), each.value());
    }
    if (script.isCode()) {
      script.everyCall("add_argument").forEach(this::option);
      script.everyCall("option").forEach(this::option);
    }
    var passed = new StringBuilder();
    for (Set<String> values : own.values()) {
      for (String value : values) {
        if (isShort(value)) {
          passed.append(value).append('\n');
          String literal = value.indexOf('\\') < 0 ? null : Texts.literal(value);
          if (literal != null) {
            passed.append(literal).append('\n');
          }
        }
      }
    }
    this.words = Words.hashes(passed.toString());
    this.token = passed.indexOf(Code.TOKEN) >= 0;
  }

  /// The default of an option of the program is the value that its code shows.
  private void option(Script.Call call) {
    for (Script.Argument argument : call.arguments()) {
      String flag = Texts.literal(argument.value());
      if (argument.name().isEmpty() && flag != null && flag.startsWith("--")) {
        String name = flag.substring(2).replaceAll("[ =<].*", "").replace('-', '_');
        put(own, name, call.named("default").orElse(""));
        put(byLast, name, call.named("default").orElse(""));
      }
    }
  }

  private static void put(Map<String, Set<String>> names, String name, String value) {
    Set<String> values = names.computeIfAbsent(name, _ -> new LinkedHashSet<>());
    if (values.size() < MOST_VALUES) {
      values.add(value);
    }
  }

  /// The last part of a name: `token` of `self.token`.
  static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /// The values by their names as they are written.
  Map<String, Set<String>> own() {
    return own;
  }

  /// The values of names that end so.
  Set<String> ofLast(String last) {
    return byLast.getOrDefault(last, Set.of());
  }

  /// Whether the token stands in a value that may be passed on.
  boolean hasToken() {
    return token;
  }

  /// Whether a word may stand in a value that may be passed on; where not, it does not.
  boolean mayPassOn(String word) {
    return Words.mayMention(words, word);
  }

  /// Every name that is assigned something in which a name of the token stands: other names of the
  /// same value.
  Set<String> aliases(Predicate<String> named) {
    var aliases = new LinkedHashSet<String>();
    for (var entry : own.entrySet()) {
      for (String value : entry.getValue()) {
        if (isShort(value)
            && !entry.getKey().startsWith(".")
            && named.test(value)
            && passesOn(value)) {
          aliases.add(last(entry.getKey()));
        }
      }
    }
    return aliases;
  }

  private static boolean isShort(String value) {
    return value.length() < LONGEST_ALIAS && !value.contains("\n");
  }

  /// Whether an expression is a value passed on, not something made with it.
  private static boolean passesOn(String value) {
    var calls = new ArrayList<>(Script.callsIn(value));
    calls.removeIf(call -> Texts.environmentVariable(value) != null || call.name().equals("get"));
    return calls.isEmpty();
  }
}
