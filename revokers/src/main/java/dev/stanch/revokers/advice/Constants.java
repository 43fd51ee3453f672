package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names of a tree that stand for one value, and what an expression comes to with them.
final class Constants {
  private static final int DEEPEST = 6;
  private static final int LONGEST_VALUE = 2000;
  private static final int MOST_TURNS = 20;

  /// Names that are looked up for one value at the most, however lists name lists.
  private static final int MOST_STEPS = 2000;

  private static final Pattern IMPORT = Pattern.compile("^(?:await\\s+import|require)\\s*\\(");

  /// A setting of a program by its headings, which may have a default.
  private static final Pattern SETTING = Pattern.compile("[A-Za-z][\\w-]*(?:[.][\\w-]+)+");

  /// A field of what a function without arguments returns: `settings().bucket`.
  private static final Pattern FIELD = Pattern.compile("[A-Za-z_][\\w.]*\\(\\)\\.([A-Za-z_]\\w*)");

  /// A variable of the environment that a function of the program looks up: `required("BUCKET")`.
  private static final Pattern ASKED =
      Pattern.compile("[A-Za-z_]\\w*\\(\\s*[\"']([A-Z][A-Z0-9]*_[A-Z0-9_]+)[\"']\\s*\\)");

  /// An option of a program of Go, with its default.
  private static final Pattern FLAG = Pattern.compile("p?flag\\.StringP?");

  /// An argument of a script.
  private static final Pattern GIVEN = Pattern.compile("\\$[0-9@*(]");

  /// Stands in a value for a piece that nobody knows.
  static final char HOLE = '~';

  /// Stands in a value for the repository that the code runs in, as in addresses that gh fills in.
  static final String OWN = "{owner}/{repo}";

  /// What an expression comes to.
  sealed interface Value {
    /// This text; a [#HOLE] stands for each piece that is not known.
    record Known(String text) implements Value {}

    /// The repository that the code runs in, whatever it is called.
    record Own() implements Value {}

    /// Nobody can tell.
    record Untold() implements Value {}
  }

  private static final Value UNTOLD = new Value.Untold();

  private final Map<String, Script> scripts = new LinkedHashMap<>();
  private final Map<Script, Integer> order = new HashMap<>();
  private final List<Script> data = new ArrayList<>(); // those that are no code
  private final List<Script> ofPrograms = new ArrayList<>(); // of them, those of frameworks

  // As far as asked.
  private final Map<String, List<Script>> named = new HashMap<>();
  private final Map<String, List<Script>> setting = new HashMap<>();
  private final Map<At, List<Script>> read = new HashMap<>();
  private final Map<String, Set<String>> everywhere = new HashMap<>();
  private final Around around;
  private Parameters parameters = new Parameters(Map.of());
  private int turn;
  private int turns = 1;
  private int stepsLeft;

  /// @param around the files that may be added
  Constants(Around around) {
    this.around = around;
  }

  void add(Script script) {
    order.put(script, scripts.size());
    scripts.put(script.path(), script);
    if (!script.isCode()) {
      data.add(script);
    }
    if (!script.isCode() && isOfProgram(script.name())) {
      ofPrograms.add(script);
    }
    named.clear();
    setting.clear();
    read.clear();
    everywhere.clear();
  }

  private Map<String, Set<String>> names(String file) {
    Script script = scripts.get(file);
    return script == null ? Map.of() : script.names().own();
  }

  /// What any file assigns to names that end so, but files of data, whose names are too common.
  private Set<String> everywhere(String last) {
    Set<String> known = everywhere.get(last);
    if (known == null) {
      known = new LinkedHashSet<>();
      for (Script script : scripts.values()) {
        if (script.syntax() != Syntax.DATA) {
          for (String value : script.names().ofLast(last)) {
            if (known.size() < Names.MOST_VALUES) {
              known.add(value);
            }
          }
        }
      }
      everywhere.put(last, known);
    }
    return known;
  }

  /// An expression and the file that it stands in.
  record At(String file, String text) {}

  /// What a name of a file stands for: what is assigned to it there, what is handed in under it, or
  /// what another file assigns to it that this one names.
  List<At> assigned(String file, String name) {
    var all = new LinkedHashSet<At>();
    own(file, name).forEach(each -> all.add(new At(file, each)));
    all.addAll(parameters.of(file, isField(name) ? Names.last(name) : name));
    if (all.isEmpty() && !isField(name)) {
      all.addAll(imported(file, name));
    }
    if (all.isEmpty() && isOfReceiver(file, name)) {
      own(file, "." + Names.last(name)).forEach(each -> all.add(new At(file, each)));
      all.addAll(parameters.of(file, "." + Names.last(name)));
    }
    return List.copyOf(all);
  }

  private Set<String> own(String file, String name) {
    Map<String, Set<String>> own = names(file);
    Set<String> values = new LinkedHashSet<>(own(own, name));
    values.removeIf(
        each ->
            IMPORT.matcher(each).find() // what another file assigns
                || each.startsWith(name + "(")); // what a field with that method makes
    return values;
  }

  private static Set<String> own(Map<String, Set<String>> own, String name) {
    Set<String> known = own.get(name);
    if (known == null && isField(name)) {
      known = own.get(Names.last(name));
    }
    return known == null && isField(name)
        ? own.getOrDefault("." + Names.last(name), Set.of())
        : known == null ? Set.of() : known;
  }

  /// Whether a name may be a field of what a function of Go is called on.
  private static boolean isOfReceiver(String file, String name) {
    return file.endsWith(".go") && name.indexOf('.') > 0;
  }

  private static boolean isField(String name) {
    return name.startsWith("self.") || name.startsWith("this.");
  }

  /// What the files that a file names assign to a name of theirs: `name`, `module.name`.
  private List<At> imported(String file, String name) {
    var all = new ArrayList<At>();
    int dot = name.lastIndexOf('.');
    String last = Names.last(name);
    Script from = scripts.get(file);
    for (Script other : named(file)) {
      if (from != null
          && other.syntax() == from.syntax()
          && (other.names().own().containsKey(last) || other.names().own().containsKey("." + last))
          && (dot < 0 || name.startsWith(other.stem() + "."))) {
        Set<String> values = own(other.path(), last);
        (values.isEmpty() && dot > 0 ? own(other.path(), "." + last) : values)
            .forEach(each -> all.add(new At(other.path(), each)));
      }
    }
    return all;
  }

  /// The other files that a file names, in the order in which they were added.
  private List<Script> named(String file) {
    return named.computeIfAbsent(
        file,
        _ -> {
          Script from = scripts.get(file);
          var all = new ArrayList<Script>();
          if (from != null) {
            for (Code.File each : around.named(from)) {
              Script other = scripts.get(each.path());
              if (other != null && other != from) {
                all.add(other);
              }
            }
            all.sort(Comparator.comparing(order::get));
          }
          return all;
        });
  }

  /// The files that are no code and set a name.
  private List<Script> setting(String name) {
    return setting.computeIfAbsent(
        name, _ -> data.stream().filter(each -> each.names().own().containsKey(name)).toList());
  }

  /// A file by its path; null for one that is not read.
  @Nullable Script script(String path) {
    return scripts.get(path);
  }

  /// Every file by now.
  Iterable<Script> scripts() {
    return scripts.values();
  }

  /// What the code of all files hands to the functions of others. Asked for when all are added.
  void bind() {
    parameters = new Parameters(scripts);
  }

  /// Does something once for each value that a name has in turn: of a list that is looped over, of
  /// what the callers of a function hand in.
  void each(Runnable body) {
    turns = 1;
    for (turn = 0; turn < turns; turn++) {
      body.run();
    }
    turn = 0;
    turns = 1;
  }

  /// That of several values whose turn it is, where all of them are known.
  private Value inTurn(List<Value> values) {
    if (values.isEmpty() || values.size() > MOST_TURNS || values.contains(UNTOLD)) {
      return UNTOLD;
    }
    if (Set.copyOf(values).size() == 1) {
      return values.getFirst();
    }
    turns = Math.max(turns, values.size());
    return values.get(turn % values.size());
  }

  /// What an expression of a file comes to.
  Value value(String file, String expression) {
    stepsLeft = MOST_STEPS;
    return value(file, expression, 0);
  }

  private Value value(String file, String raw, int depth) {
    if (--stepsLeft < 0) {
      return UNTOLD;
    }
    List<String> list = listed(raw);
    if (list.size() > MOST_TURNS) {
      return UNTOLD;
    }
    if (!list.isEmpty() && depth <= DEEPEST) {
      return inTurn(list.stream().map(each -> value(file, each, depth + 1)).toList());
    }
    String expression = stripped(raw);
    if (depth > DEEPEST || expression.isEmpty() || expression.length() > LONGEST_VALUE * 2) {
      return UNTOLD;
    }
    String literal = Texts.literal(expression);
    if (literal != null) {
      return filled(file, literal, Texts.marks(expression), depth);
    }
    if (Texts.isOwnRepository(expression)) {
      return new Value.Own();
    }
    List<String> alternatives = Texts.split(expression, "||", "??", " or ");
    if (alternatives.size() > 1) {
      return value(file, alternatives.getLast(), depth + 1);
    }
    List<String> pieces = Texts.split(expression, "+");
    if (pieces.size() > 1) {
      return joined(file, pieces, depth);
    }
    if (isName(expression)) {
      return named(file, expression, depth);
    }
    return ofCall(file, expression, depth);
  }

  /// The elements of a list of several; none of anything else.
  private static List<String> listed(String raw) {
    String list = raw.length() > LONGEST_VALUE * 2 ? "" : raw.strip();
    boolean bracketed =
        list.startsWith("[") && list.endsWith("]") || list.startsWith("(") && list.endsWith(")");
    List<String> elements =
        bracketed
            ? new ArrayList<>(Texts.split(list.substring(1, list.length() - 1), ","))
            : List.of();
    if (bracketed) {
      elements.removeIf(String::isBlank);
    }
    return elements.size() > 1 || bracketed && list.startsWith("[") ? elements : List.of();
  }

  private static String stripped(String raw) {
    String expression = raw.strip();
    if (expression.startsWith("await ")) {
      expression = expression.substring(6).strip();
    }
    while (expression.length() > 2
        && expression.startsWith("(")
        && expression.endsWith(")")
        && expression.indexOf('(', 1) < 0) {
      expression = expression.substring(1, expression.length() - 1).strip();
    }
    while (expression.length() > 1 && "*&".indexOf(expression.charAt(0)) >= 0) {
      expression = expression.substring(1).strip(); // what a name of Go, C or Rust points to
    }
    if (expression.endsWith("!") || expression.endsWith(" as string")) {
      expression = expression.replaceFirst("(!| as string)$", "");
    }
    return expression;
  }

  private Value joined(String file, List<String> pieces, int depth) {
    var text = new StringBuilder();
    for (String piece : pieces) {
      text.append(shown(value(file, piece, depth + 1)));
    }
    return known(text.toString());
  }

  private static String shown(Value value) {
    return switch (value) {
      case Value.Known(String text) -> text;
      case Value.Own _ -> OWN;
      case Value.Untold _ -> String.valueOf(HOLE);
    };
  }

  private static Value known(String whole) {
    String text = GIVEN.matcher(whole).replaceAll(String.valueOf(HOLE));
    if (text.equals(OWN)) {
      return new Value.Own();
    }
    return text.isEmpty() || text.length() > LONGEST_VALUE
        ? UNTOLD
        : new Value.Known(text.replace(Texts.DOLLAR, '$'));
  }

  /// A string with the values of what stands in braces in it.
  private Value filled(String file, String literal, Texts.Marks marks, int depth) {
    var text = new StringBuilder();
    int at = 0;
    while (at < literal.length()) {
      int open = Texts.placeholder(literal, at, marks);
      if (open < 0) {
        break;
      }
      text.append(literal, at, open);
      int begin = literal.charAt(open) == '$' ? open + 1 : open;
      boolean braced = begin < literal.length() && literal.charAt(begin) == '{';
      int end = braced ? literal.indexOf('}', begin) : Texts.nameEnd(literal, begin);
      if (end < 0) {
        return UNTOLD;
      }
      String inside = literal.substring(braced ? begin + 1 : begin, end);
      if (literal.startsWith("${{", open)) { // an expression of a workflow
        inside = literal.substring(begin + 2, end).strip();
        end++;
      }
      Value value = environment(inside, file, depth);
      text.append(shown(value));
      at = braced ? end + 1 : end;
    }
    return known(text.append(literal, at, literal.length()).toString());
  }

  private Value environment(String inside, String file, int depth) {
    if (Texts.isOwnRepository(inside)) {
      return new Value.Own();
    }
    if (SETTING.matcher(inside).matches()) {
      Value set = ofProgram(inside, depth);
      if (!(set instanceof Value.Untold)) {
        return set;
      }
    }
    Optional<Trimmed> trimmed = Trimmed.of(inside);
    if (trimmed.isPresent()) {
      Value whole = environment(trimmed.get().name(), file, depth + 1);
      return whole instanceof Value.Known(String text) ? known(trimmed.get().left(text)) : UNTOLD;
    }
    int otherwise = inside.indexOf(":-");
    String name = otherwise < 0 ? inside : inside.substring(0, otherwise);
    Value value = value(file, Names.last(name.replaceFirst("[!:].*$", "")), depth + 1);
    if (value instanceof Value.Untold && otherwise > 0) {
      return known(inside.substring(otherwise + 2));
    }
    if (value instanceof Value.Untold) {
      Optional<String> set = CiVariables.value(name);
      return set.isPresent()
          ? new Value.Known(set.get())
          : isName(name) ? value : value(file, name, depth + 1);
    }
    return value;
  }

  /// Whether a file of this name holds the settings of a program by the habit of its framework.
  static boolean isOfProgram(String name) {
    return name.startsWith("application") && !name.endsWith(".java")
        || name.startsWith("appsettings");
  }

  /// A setting that such files hold, by the headings above it: `invoices.bucket`, `Azure:Vault`.
  private Value ofProgram(String path, int depth) {
    var results = new LinkedHashSet<Value>();
    String key = path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf(':')) + 1);
    for (Script settings : ofPrograms) {
      Map<String, Set<String>> own = settings.names().own();
      Set<String> whole = own.get(path);
      for (String each : whole == null ? own.getOrDefault(key, Set.of()) : whole) {
        results.add(value(settings.path(), each, depth + 1));
      }
    }
    return results.size() == 1 ? results.iterator().next() : UNTOLD;
  }

  private Value named(String file, String name, int depth) {
    Map<String, Set<String>> own = names(file);
    Set<String> values = own.get(name);
    if (values == null) {
      values = own.get(Names.last(name));
      if (values != null
          && name.indexOf('.') > 0
          && isMade(values, name)
          && one(file, name, values, depth) instanceof Value.Untold) {
        values = null; // what is called like the field
      }
    }
    if (values == null) {
      String field = isOfReceiver(file, name) ? "." + Names.last(name) : name;
      Value given = given(file, isField(name) ? Names.last(name) : field, depth);
      if (!(given instanceof Value.Untold)) {
        return given;
      }
    }
    if (values == null && name.indexOf('.') > 0) {
      Value set = ofSettings(file, Names.last(name), depth);
      if (!(set instanceof Value.Untold)) {
        return set;
      }
    }
    if (values == null) {
      Value field = one(file, name, own.getOrDefault("." + Names.last(name), Set.of()), depth);
      if (!(field instanceof Value.Untold)) {
        return field;
      }
      values = everywhere(Names.last(name));
    }
    if (values.isEmpty() && name.indexOf('.') > 0 && Names.last(name).indexOf('_') > 0) {
      // a class of settings reads the variable of a field's name
      return ofEnvironment(file, Names.last(name).toUpperCase(Locale.ROOT), depth);
    }
    return one(file, name, values, depth);
  }

  /// What all that is assigned to a name comes to.
  private Value one(String file, String name, Set<String> values, int depth) {
    var results = new LinkedHashSet<Value>();
    for (String each : values) {
      if (!each.equals(name)) {
        results.add(value(file, each, depth + 1));
      }
    }
    if (results.size() > 1) {
      results.remove(UNTOLD); // a name that reads its own environment variable, say
    }
    return results.size() == 1 ? results.iterator().next() : UNTOLD;
  }

  /// Whether each value is made of more by a call: that is no text that a field holds.
  private static boolean isMade(Set<String> values, String field) {
    return values.stream()
        .allMatch(
            each ->
                Script.mentions(each, field)
                    || each.indexOf('(') > 0
                        && Texts.literal(each) == null
                        && Texts.environmentVariable(each) == null
                        && Texts.key(each) == null);
  }

  /// What a variable of the environment is set to by what is no code.
  private Value ofEnvironment(String file, String variable, int depth) {
    var results = new LinkedHashSet<Value>();
    for (Script script : setting(variable)) {
      if (!script.path().equals(file)) {
        for (String each : script.names().own().getOrDefault(variable, Set.of())) {
          results.add(value(script.path(), each, depth + 1));
        }
      }
    }
    return results.size() == 1 ? results.iterator().next() : UNTOLD;
  }

  /// What is handed in under a name.
  private Value given(String file, String name, int depth) {
    var results = new ArrayList<Value>();
    for (At each : parameters.of(file, name)) {
      results.add(value(each.file(), each.text(), depth + 1));
    }
    return inTurn(results);
  }

  /// What a key stands for in the one file of settings that a file of code reads, or that those
  /// read which it names.
  private Value ofSettings(String file, String key, int depth) {
    Script script = scripts.get(file);
    if (script == null || setting(key).isEmpty()) {
      return UNTOLD;
    }
    var results = new LinkedHashSet<Value>();
    for (Script settings : read.computeIfAbsent(new At(file, key), _ -> read(script, key))) {
      for (String each : settings.names().own().getOrDefault(key, Set.of())) {
        results.add(value(settings.path(), each, depth + 1));
      }
    }
    return results.size() == 1 ? results.iterator().next() : UNTOLD;
  }

  private List<Script> read(Script script, String key) {
    List<Script> itself =
        setting(key).stream().filter(each -> script.mentions(each.name())).toList();
    List<Script> code = named(script.path()).stream().filter(Script::isCode).toList();
    return itself.isEmpty()
        ? setting(key).stream()
            .filter(each -> code.stream().anyMatch(other -> other.mentions(each.name())))
            .toList()
        : itself;
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && !Character.isDigit(text.charAt(0))
        && text.chars().allMatch(c -> Texts.isNamePart((char) c) || c == '.');
  }

  /// What an expression with a call comes to: a variable of the environment, or its default; the
  /// text that a wrapper is made of.
  private Value ofCall(String file, String expression, int depth) {
    String variable = Texts.environmentVariable(expression);
    String key = variable == null ? Texts.key(expression) : null;
    if (key != null) {
      Value set = ofProgram(key, depth);
      return set instanceof Value.Untold
          ? ofSettings(file, key.substring(key.lastIndexOf(':') + 1), depth)
          : set;
    }
    if (variable != null) {
      Value given = ofEnvironment(file, variable, depth);
      if (!(given instanceof Value.Untold)) {
        return given;
      }
      Value set = named(file, variable, depth);
      if (!(set instanceof Value.Untold)) {
        return set;
      }
      Optional<String> ofRunner = CiVariables.value(variable);
      if (ofRunner.isPresent()) {
        return new Value.Known(ofRunner.get());
      }
    }
    Matcher field = variable == null ? FIELD.matcher(expression) : null;
    if (field != null && field.matches()) {
      return named(file, "it." + field.group(1), depth + 1);
    }
    List<Script.Call> calls = Script.callsIn(expression);
    if (calls.isEmpty()) {
      return UNTOLD;
    }
    Script.Call outer = variable == null ? calls.getFirst() : calls.getLast();
    if (outer.close() != expression.length() - 1) {
      return UNTOLD;
    }
    if (variable != null) {
      return outer.positional(1).map(each -> value(file, each, depth + 1)).orElse(UNTOLD);
    }
    Matcher asked = ASKED.matcher(expression);
    if (asked.matches()) {
      Value set = ofEnvironment(file, asked.group(1), depth);
      if (!(set instanceof Value.Untold)) {
        return set;
      }
    }
    if (FLAG.matcher(outer.path()).matches()) {
      return outer.positional(1).map(each -> value(file, each, depth + 1)).orElse(UNTOLD);
    }
    return switch (outer.name()) {
      case "String", "str", "Path", "PurePosixPath", "ToPtr", "StringPtr", "URI", "Uri", "of" ->
          outer.positional(0).map(each -> value(file, each, depth + 1)).orElse(UNTOLD);
      default -> UNTOLD;
    };
  }
}
