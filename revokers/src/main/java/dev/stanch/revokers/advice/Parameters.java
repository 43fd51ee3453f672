package dev.stanch.revokers.advice;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What functions and constructors are handed by the code that calls them. Tests are not asked:
/// what they hand is made up.
final class Parameters {
  static final Parameters NONE = new Parameters();

  private static final int MOST_BEFORE = 200;

  /// More than the values that are taken in turn: then nobody can tell.
  private static final int MOST_CALLERS = 24;

  private static final Pattern DEFINES =
      Pattern.compile("(?:^|\\W)(?:def|function|func|fun|fn)\\s*\\*?\\s*(?:\\([^()]*\\)\\s*)?$");
  private static final Pattern CLASS = Pattern.compile("(?:^|\\n)[\\w \\t]*\\bclass\\s+(\\w+)");
  private static final Pattern TEST =
      Pattern.compile(
          "(?:^|/)(?:tests?|__tests__|spec)/|(?:^|/)(?:test_|conftest)|[._-](?:test|spec)\\.");
  private static final Set<String> CONSTRUCTORS = Set.of("__init__", "constructor");
  private static final Set<String> RECEIVERS = Set.of("self", "cls");

  private final Map<String, Map<String, List<Constants.At>>> byFile = new HashMap<>();

  /// A function and what its parameters are called.
  private record Definition(Script script, int at, List<String> parameters) {}

  private Parameters() {}

  /// What is handed in under a name in a file, by one caller after the other.
  List<Constants.At> of(String file, String name) {
    return byFile.getOrDefault(file, Map.of()).getOrDefault(name, List.of());
  }

  /// Whether a file is a test, by its path.
  static boolean isTest(String path) {
    return TEST.matcher(path.toLowerCase(Locale.ROOT)).find();
  }

  static Parameters of(Collection<Script> scripts) {
    var definitions = new HashMap<String, List<Definition>>();
    for (Script script : scripts) {
      if (script.isCode()) {
        for (Script.Call each : script.calls()) {
          if (isDefinition(script, each)) {
            definitions
                .computeIfAbsent(called(script, each), _ -> new ArrayList<>())
                .add(new Definition(script, each.at(), parameters(each)));
          }
        }
      }
    }
    var all = new Parameters();
    for (Script script : scripts) {
      if (script.isCode() && !definitions.isEmpty() && !isTest(script.path())) {
        for (Script.Call each : script.calls()) {
          for (Definition definition : definitions.getOrDefault(each.name(), List.of())) {
            all.bind(script, each, definition);
          }
        }
      }
    }
    return all;
  }

  private static boolean isDefinition(Script script, Script.Call call) {
    String before = script.text().substring(Math.max(0, call.at() - MOST_BEFORE), call.at());
    return call.name().equals("constructor") || DEFINES.matcher(before).find();
  }

  /// What calls name: the class, for a constructor.
  private static String called(Script script, Script.Call call) {
    if (!CONSTRUCTORS.contains(call.name())) {
      return call.name();
    }
    var matcher = CLASS.matcher(script.text().substring(0, call.at()));
    String name = call.name();
    while (matcher.find()) {
      name = matcher.group(1);
    }
    return name;
  }

  private static List<String> parameters(Script.Call call) {
    var names = new ArrayList<String>();
    for (Script.Argument each : call.arguments()) {
      String name = each.name().isEmpty() ? declared(each.value()) : each.name();
      if (!RECEIVERS.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /// The name in a declaration: `private readonly name: Type`, `name *Type`, `name`.
  private static String declared(String parameter) {
    int type = parameter.indexOf(':');
    String bare = (type < 0 ? parameter : parameter.substring(0, type)).strip();
    return type < 0 ? bare.replaceFirst("\\s.*", "") : bare.substring(bare.lastIndexOf(' ') + 1);
  }

  private void bind(Script script, Script.Call call, Definition definition) {
    Script in = definition.script();
    boolean same = script.path().equals(in.path());
    boolean meant =
        same
            ? call.at() != definition.at()
            : Holders.stem(in.path()).filter(script::mentions).isPresent();
    if (!meant || isDefinition(script, call)) {
      return;
    }
    for (int i = 0; i < definition.parameters().size(); i++) {
      String name = definition.parameters().get(i);
      String given = given(call, name, i);
      if (!given.isEmpty() && !(same && given.equals(name))) { // not itself
        List<Constants.At> all =
            byFile
                .computeIfAbsent(in.path(), _ -> new HashMap<>())
                .computeIfAbsent(name, _ -> new ArrayList<>());
        if (all.size() < MOST_CALLERS) {
          all.add(new Constants.At(script.path(), given));
        }
      }
    }
  }

  private static String given(Script.Call call, String name, int n) {
    return call.named(name).or(() -> call.positional(n)).orElse("");
  }
}
