package dev.stanch.revokers.advice;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What functions and constructors are handed by the code that calls them. Tests are not asked:
/// what they hand is made up.
final class Parameters {
  private static final int MOST_BEFORE = 200;

  /// More than the values that are taken in turn: then nobody can tell.
  private static final int MOST_CALLERS = 24;

  private static final Set<String> DEFINING = Set.of("def", "function", "func", "fun", "fn");
  private static final Pattern CLASS = Pattern.compile("(?:^|\\n)[\\w \\t]*\\bclass\\s+(\\w+)");
  private static final Pattern TEST =
      Pattern.compile(
          "(?:^|/)(?:tests?|__tests__|spec)/|(?:^|/)(?:test_|conftest)|[._-](?:test|spec)\\.");
  private static final Pattern STRUCT =
      Pattern.compile("(?m)^type\\s+([A-Z]\\w*)\\s+struct\\s*\\{([^{}]*)\\}");
  private static final Set<String> CONSTRUCTORS = Set.of("__init__", "constructor");

  /// Defaults that say that nothing is handed in.
  private static final Pattern NOTHING =
      Pattern.compile(
          "|None|null|nil|undefined|true|false|True|False|[\\d.]+|\"\"|''|\\(\\)|\\[\\]|\\{\\}");

  private static final Set<String> RECEIVERS = Set.of("self", "cls");

  private final Map<String, Script> scripts;

  // As far as asked.
  private final Map<String, List<Script>> calling = new HashMap<>(); // by stem
  private final Map<Constants.At, List<Constants.At>> handed = new HashMap<>();

  /// A function and what its parameters are called.
  ///
  /// @param called what calls name: the class, for a constructor
  /// @param defaults what each parameter is where a call hands none in; empty where there is none
  record Definition(String called, List<String> parameters, List<String> defaults) {
    /// What a parameter is where a call hands none in; empty where there is none.
    String otherwise(String name) {
      int at = parameters.indexOf(name);
      return at < 0 || at >= defaults.size() ? "" : defaults.get(at);
    }
  }

  /// The functions of a file.
  ///
  /// @param places where their names begin
  record Definitions(Map<String, List<Definition>> byParameter, BitSet places) {
    /// Those of a file of code.
    static Definitions of(Script script) {
      var all = new Definitions(new HashMap<>(), new BitSet());
      for (Script.Call each : script.calls()) {
        if (isDefinition(script, each)) {
          all.places().set(each.at());
          all.add(definition(script, each));
        }
      }
      structs(script).forEach(all::add);
      return all;
    }

    private void add(Definition definition) {
      for (String name : Set.copyOf(definition.parameters())) {
        byParameter.computeIfAbsent(name, _ -> new ArrayList<>()).add(definition);
      }
    }

    /// Those that have a parameter of this name.
    List<Definition> taking(String name) {
      return byParameter.getOrDefault(name, List.of());
    }
  }

  /// @param scripts the code that defines and calls, by its paths
  Parameters(Map<String, Script> scripts) {
    this.scripts = scripts;
  }

  /// What is handed in under a name in a file, by one caller after the other.
  List<Constants.At> of(String file, String name) {
    Script in = scripts.get(file);
    if (in == null || !in.isCode()) {
      return List.of();
    }
    List<Definition> taking = in.definitions().taking(name);
    return taking.isEmpty()
        ? List.of()
        : handed.computeIfAbsent(new Constants.At(file, name), _ -> handed(in, name, taking));
  }

  private List<Constants.At> handed(Script in, String name, List<Definition> taking) {
    var all = new ArrayList<Constants.At>();
    List<Script> naming = calling.computeIfAbsent(in.stem(), this::calling);
    String folder = in.path().endsWith(".go") ? folder(in.path()) : "";
    var callers = new LinkedHashSet<>(naming);
    if (!folder.isEmpty()) { // a package of Go is called by it
      callers.addAll(calling.computeIfAbsent(folder, this::calling));
    }
    for (Script script : callers) {
      if (script == in || script.names(in) || !folder.isEmpty() && script.mentions(folder)) {
        taking.stream()
            .map(Definition::called)
            .distinct()
            .flatMap(called -> script.everyCall(called).stream())
            .sorted(Comparator.comparingInt(Script.Call::open))
            .forEach(call -> bind(script, call, in, name, taking, all));
      }
    }
    if (all.isEmpty()) { // called from elsewhere, if at all
      taking.forEach(each -> add(in, each.otherwise(name), all));
    }
    return all;
  }

  private static void add(Script in, String value, List<Constants.At> all) {
    if (!value.isEmpty() && all.size() < MOST_CALLERS) {
      all.add(new Constants.At(in.path(), value));
    }
  }

  /// The files that may call what files of a stem define: those themselves, and what names them.
  private List<Script> calling(String stem) {
    return scripts.values().stream()
        .filter(each -> each.isCode() && !each.isTest())
        .filter(each -> each.stem().equals(stem) || !stem.isEmpty() && each.mentions(stem))
        .toList();
  }

  /// Whether a file is a test, by its path.
  static boolean isTest(String path) {
    return TEST.matcher(path.toLowerCase(Locale.ROOT)).find();
  }

  /// What is made of fields in Go is handed them by their names, here with a dot before them.
  private static List<Definition> structs(Script script) {
    var structs = new ArrayList<Definition>();
    var struct = STRUCT.matcher(script.path().endsWith(".go") ? script.text() : "");
    while (struct.find()) {
      var fields = new ArrayList<String>();
      for (String line : struct.group(2).split("\n", -1)) {
        for (String name : line.strip().replaceFirst("\\s+[^,\\s]+$", "").split(",", -1)) {
          fields.add("." + name.strip());
        }
      }
      structs.add(new Definition(struct.group(1), fields, List.of()));
    }
    return structs;
  }

  private static boolean isDefinition(Script script, Script.Call call) {
    return call.name().equals("constructor") || isDeclared(script.text(), call);
  }

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

  /// Whether a word before what is called defines it: `def`, `func (receiver)`.
  static boolean isDeclared(String text, Script.Call call) {
    int least = Math.max(0, call.at() - MOST_BEFORE);
    int end = back(text, call.at(), least);
    if (end > least && text.charAt(end - 1) == ')') {
      int open = end - 2;
      while (open >= least && "()".indexOf(text.charAt(open)) < 0) {
        open--;
      }
      if (open < least || text.charAt(open) == ')') {
        return false;
      }
      end = back(text, open, least);
    }
    if (end > least && text.charAt(end - 1) == '*') {
      end = back(text, end - 1, least);
    }
    int start = end;
    while (start > least && Texts.isNamePart(text.charAt(start - 1))) {
      start--;
    }
    return DEFINING.contains(text.substring(start, end));
  }

  private static int back(String text, int from, int least) {
    int at = from;
    while (at > least && text.charAt(at - 1) <= ' ') {
      at--;
    }
    return at;
  }

  private static Definition definition(Script script, Script.Call call) {
    var names = new ArrayList<String>();
    var defaults = new ArrayList<String>();
    String list = script.text().substring(call.open(), call.close());
    for (Script.Argument each : call.arguments()) {
      String name = each.name().isEmpty() ? declared(each.value()) : each.name();
      if (!RECEIVERS.contains(name)) {
        names.add(name);
        defaults.add(otherwise(each, list));
      }
    }
    return new Definition(called(script, call), names, defaults);
  }

  /// The default in a declaration: `name: Type = value`, `name=value`, `name: "value"`; empty where
  /// there is none, or one that says that nothing is handed in.
  private static String otherwise(Script.Argument parameter, String list) {
    List<String> sides = Texts.split(parameter.value(), "=");
    boolean typed = sides.size() == 2;
    boolean bare =
        sides.size() == 1
            && !parameter.name().isEmpty()
            && (Texts.literal(parameter.value()) != null || isAssigned(parameter.name(), list));
    String value = typed ? sides.getLast() : bare ? parameter.value() : "";
    return NOTHING.matcher(value).matches() ? "" : value;
  }

  /// Whether `=` follows a name in a list of parameters.
  private static boolean isAssigned(String name, String list) {
    for (int at = list.indexOf(name); at >= 0; at = list.indexOf(name, at + 1)) {
      int end = at + name.length();
      while (end < list.length() && list.charAt(end) <= ' ') {
        end++;
      }
      if (!Texts.isNamePart(list.charAt(at - 1)) && list.startsWith("=", end)) {
        return true;
      }
    }
    return false;
  }

  /// The name in a declaration: `private readonly name: Type`, `name *Type`, `name`.
  private static String declared(String parameter) {
    int type = parameter.indexOf(':');
    String bare = (type < 0 ? parameter : parameter.substring(0, type)).strip();
    return type < 0 ? bare.replaceFirst("\\s.*", "") : bare.substring(bare.lastIndexOf(' ') + 1);
  }

  private static void bind(
      Script script,
      Script.Call call,
      Script in,
      String name,
      List<Definition> taking,
      List<Constants.At> all) {
    if (script.definitions().places().get(call.at())) {
      return;
    }
    for (Definition definition : taking) {
      for (int i = 0; i < definition.parameters().size(); i++) {
        if (definition.called().equals(call.name())
            && definition.parameters().get(i).equals(name)) {
          String given = given(call, name, i);
          boolean itself = script == in && given.equals(name);
          if (given.isEmpty()) {
            add(in, definition.defaults().isEmpty() ? "" : definition.defaults().get(i), all);
          } else if (!itself) {
            add(script, given, all);
          }
        }
      }
    }
  }

  private static String folder(String path) {
    String[] folders = path.split("/", -1);
    return folders.length < 2 ? "" : folders[folders.length - 2];
  }

  private static String given(Script.Call call, String name, int n) {
    return name.startsWith(".")
        ? call.named(name.substring(1)).orElse("")
        : call.named(name).or(() -> call.positional(n)).orElse("");
  }
}
