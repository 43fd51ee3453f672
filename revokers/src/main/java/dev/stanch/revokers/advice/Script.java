package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A text of code, read as far as it takes to see what is called with what. Knows comments, strings
/// and brackets of the common languages, and no grammar: a call is a name before a bracket. Every
/// reading is one pass, and what is taken out of it is bounded.
final class Script {
  /// What a call is written in at the most: its receiver, its arguments.
  private static final int LONGEST = 6000;

  /// Words before a bracket that no function begins with.
  private static final Set<String> BLOCKS =
      Set.of("if", "for", "while", "switch", "catch", "when", "with", "using", "foreach", "lock");

  /// Words before a bracket that holds names and their values.
  private static final Set<String> DECLARING = Set.of("const", "var");

  /// A variable of make, which a shell would write with braces.
  private static final Pattern MAKE = Pattern.compile("\\$\\(([A-Z][A-Z0-9_]*)\\)");

  /// What Spring, Micronaut and others hand in by the name of a setting.
  private static final Pattern SETTING =
      Pattern.compile(
          "@(?:Value|Property|ConfigProperty|NamedValue)\\s*\\(\\s*(?:(?:name|value)\\s*=\\s*)?$");

  private static final Pattern LOOP =
      Pattern.compile(
          "\\bfor\\s*(?:await\\s*)?(?:\\(\\s*(?:(?:const|let|var|final)\\s+)?(?:[\\w<>]+\\s+)?(\\w+)\\s*"
              + "(?::|\\bof\\b|\\bin\\b)\\s*|\\w+\\s*,\\s*(\\w+)\\s*:=\\s*range\\s+(?:\\[\\]string)?)");
  private static final Pattern EACH =
      Pattern.compile(
          "([A-Za-z_][\\w.]*)\\.(?:forEach|map|flatMap)\\(\\s*(?:async\\s*)?\\(?\\s*(\\w+)\\s*(?:\\)|,|=>)");
  private static final int LONGEST_LOOPED = 1000;

  /// A script whose name has no ending, by its folder.
  private static final Pattern OF_SCRIPTS =
      Pattern.compile("(?:^|/)(?:bin|scripts?|ci|tools?|hack)/[\\w-]+$");

  private static final Pattern RUBY = Pattern.compile("\\.(?:rb|rake)$");
  private static final Pattern BARE = Pattern.compile("\\.[a-z_]\\w*");

  /// Words that may follow what is called, and are handed to nothing.
  private static final Set<String> KEYWORDS =
      Set.of("if", "unless", "do", "and", "or", "while", "until", "rescue", "then", "in", "end");

  private static final String RETURN = "return";

  /// Names an argument whose fields are arguments: `...fields`, `**fields`.
  static final String SPREAD = "...";

  private static final int MOST_ARGUMENTS = 60;
  private static final int MOST_HOPS = 40;
  private static final int MOST_OF_NAME = 50;
  private static final int LONGEST_WHOLE = 100;

  /// How a text is written.
  enum Syntax {
    /// `#` begins a comment, three quotes a string of many lines.
    PYTHON,
    /// `//` and `/* */`.
    BRACES,
    /// `#` begins a comment; lines are commands or settings.
    LINES,
    /// JSON: names and values alone.
    DATA
  }

  private final String path;
  private final String stem;
  private final Syntax syntax;
  private final String text;
  private final BitSet inString = new BitSet();
  private final int[] partner;
  private final int[] lines;
  private final List<Literal> literals = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, List<Call>> byName = new HashMap<>();

  // A text is asked the same for each of its calls.
  private final Map<String, Boolean> mentioned = new HashMap<>();
  private final Map<Pattern, Boolean> held = new HashMap<>();
  private final List<Integer> equals = new ArrayList<>();
  private @Nullable List<Assignment> assignments;
  private @Nullable List<Command> commands;
  private @Nullable Functions functions;
  private @Nullable Set<String> sourced;
  private @Nullable List<Containers.Container> containers;
  private @Nullable Map<String, String> imports;
  private @Nullable Map<String, String> remotes;
  private @Nullable Workflow workflow;
  private @Nullable Boolean test;
  private @Nullable Names names;
  private Parameters.@Nullable Definitions definitions;
  private int @Nullable [] words;

  /// A string of the text.
  ///
  /// @param start of its first quote
  /// @param end behind its last quote
  private record Literal(int start, int end) {}

  /// An argument as it is written.
  ///
  /// @param name empty for one that has only its place
  record Argument(String name, String value) {}

  /// A call.
  ///
  /// @param path the name with what stands before it, joined by dots: `client.chat.create`
  /// @param receiver what it is called on, as it is written; empty for a function
  /// @param at where the name begins
  record Call(String path, String receiver, int at, List<Argument> arguments, int open, int close) {
    /// The last part of its path.
    String name() {
      return path.substring(path.lastIndexOf('.') + 1);
    }

    /// The argument of a name.
    Optional<String> named(String name) {
      return arguments.stream()
          .filter(each -> each.name().equals(name))
          .map(Argument::value)
          .findFirst();
    }

    /// The nth of the arguments that have only their place.
    Optional<String> positional(int n) {
      return arguments.stream()
          .filter(each -> each.name().isEmpty())
          .skip(n)
          .map(Argument::value)
          .findFirst();
    }
  }

  /// A name and what is assigned to it.
  record Assignment(String name, String value) {}

  Script(String path, String raw, Syntax syntax) {
    this.path = path;
    this.stem = Holders.stem(path).orElse("");
    this.syntax = syntax;
    var clean = new StringBuilder(Notebook.is(path) ? Notebook.code(raw) : raw);
    if (syntax == Syntax.LINES) {
      this.partner = new int[0];
      blankLineComments(clean);
      this.text = MAKE.matcher(clean).replaceAll("\\${$1}");
    } else {
      int[] partners = new int[clean.length()];
      if (syntax != Syntax.DATA) {
        read(clean, partners);
        if (clean.indexOf(" as ") >= 0 && rename(clean)) {
          partners = new int[clean.length()];
          read(clean, partners);
        }
      }
      this.partner = partners;
      this.text = clean.toString();
    }
    var starts = new ArrayList<Integer>();
    starts.add(0);
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      starts.add(i + 1);
    }
    this.lines = starts.stream().mapToInt(Integer::intValue).toArray();
  }

  String path() {
    return path;
  }

  /// Its path without the folders.
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  Syntax syntax() {
    return syntax;
  }

  /// Whether things are called in it.
  boolean isCode() {
    return syntax == Syntax.PYTHON || syntax == Syntax.BRACES;
  }

  /// The text without its comments, as long as it was.
  String text() {
    return text;
  }

  /// The command lines in it.
  List<Command> commands() {
    if (commands == null) {
      commands = List.copyOf(Command.in(text));
    }
    return commands;
  }

  /// The functions that it defines.
  Functions functions() {
    if (functions == null) {
      functions = Functions.in(text);
    }
    return functions;
  }

  /// The names of the files that it reads as a shell does.
  Set<String> sourced() {
    if (sourced == null) {
      sourced = Functions.sourced(text);
    }
    return sourced;
  }

  /// The containers that it describes.
  List<Containers.Container> containers() {
    if (containers == null) {
      containers = List.copyOf(Containers.in(text));
    }
    return containers;
  }

  /// The line of a position, from 1.
  int line(int at) {
    int found = Arrays.binarySearch(lines, at);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /// What it imports, by the names that it uses: module, `#` and name.
  Map<String, String> imports() {
    Map<String, String> known = imports;
    if (known == null) {
      known = Imports.of(text);
      imports = known;
    }
    return known;
  }

  /// The addresses of git's remotes in it, by their names.
  Map<String, String> remotes() {
    if (remotes == null) {
      remotes = Remotes.of(commands());
    }
    return remotes;
  }

  /// Its steps, for a workflow.
  Workflow workflow() {
    if (workflow == null) {
      workflow = new Workflow(text);
    }
    return workflow;
  }

  /// The names in it with what is assigned to them.
  Names names() {
    if (names == null) {
      names = new Names(this);
    }
    return names;
  }

  /// The functions of code that it defines.
  Parameters.Definitions definitions() {
    if (definitions == null) {
      definitions = Parameters.Definitions.of(this);
    }
    return definitions;
  }

  /// The hashes of its words.
  int[] words() {
    if (words == null) {
      words = Words.hashes(text);
    }
    return words;
  }

  /// Whether a word stands in it, as a word.
  boolean mentions(String word) {
    return Words.mayMention(words(), word)
        && mentioned.computeIfAbsent(word, each -> mentions(text, each));
  }

  /// Whether it names another file, as code names what it imports.
  boolean names(Script other) {
    return !other.stem().isEmpty() && mentions(other.stem());
  }

  /// Whether it is a test, by its path.
  boolean isTest() {
    if (test == null) {
      test = Parameters.isTest(path);
    }
    return test;
  }

  /// What others call it, or empty.
  String stem() {
    return stem;
  }

  /// Whether something that fits an expression stands in it.
  boolean holds(Pattern expression) {
    return held.computeIfAbsent(expression, each -> each.matcher(text).find());
  }

  static boolean mentions(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      if ((at == 0 || !isNamePart(text.charAt(at - 1)))
          && (end == text.length() || !isNamePart(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  /// How the file of a path is written; empty where it is no code: prose, data, pictures.
  static Optional<Syntax> syntaxOf(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (name.startsWith("dockerfile")
        || name.equals("makefile")
        || name.equals("justfile")
        || name.equals("procfile")
        || name.equals("jenkinsfile")
        || name.startsWith(".env")
        || name.equals("package.json")
        || name.equals("go.mod")
        || name.equals(".pypirc")
        || name.equals(".npmrc")
        || name.equals(".netrc")
        || name.startsWith("requirements") && name.endsWith(".txt")) {
      return Optional.of(Syntax.LINES);
    }
    if (OF_SCRIPTS.matcher(path).find()) {
      return Optional.of(Syntax.LINES);
    }
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "py", "pyi", "ipynb", "rb", "rake", "r", "ex", "exs", "pl" -> Optional.of(Syntax.PYTHON);
      case "js",
          "mjs",
          "cjs",
          "jsx",
          "ts",
          "mts",
          "cts",
          "tsx",
          "java",
          "kt",
          "kts",
          "scala",
          "go",
          "cs",
          "php",
          "swift",
          "groovy",
          "dart",
          "vue",
          "svelte" ->
          Optional.of(Syntax.BRACES);
      case "sh",
          "bash",
          "zsh",
          "fish",
          "ps1",
          "bat",
          "cmd",
          "mk",
          "yml",
          "yaml",
          "toml",
          "ini",
          "cfg",
          "conf",
          "env",
          "envrc",
          "properties",
          "dockerfile",
          "tfvars" ->
          Optional.of(Syntax.LINES);
      case "json", "json5", "jsonc" ->
          name.endsWith("lock.json") ? Optional.empty() : Optional.of(Syntax.DATA);
      default -> Optional.empty();
    };
  }

  static boolean isNamePart(char c) {
    return c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }

  // ---- reading

  private static void blankLineComments(StringBuilder clean) {
    char quote = 0;
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      if (c == '\n') {
        quote = 0;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && (i == 0 || !isNamePart(clean.charAt(i - 1)))) {
        quote = c; // an apostrophe in a word quotes nothing
      } else if (c == '#' && (i == 0 || clean.charAt(i - 1) <= ' ')) {
        i = blank(clean, i, endOfLine(clean, i)) - 1;
      }
    }
  }

  private static int endOfLine(StringBuilder text, int from) {
    int end = text.indexOf("\n", from);
    return end < 0 ? text.length() : end;
  }

  private static int blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
    return to;
  }

  /// Gives what is imported under another name its own name back, outside strings; whether there is
  /// such a thing. No line gets longer by a line.
  private boolean rename(StringBuilder clean) {
    var renamed = new HashMap<String, String>();
    imports = Imports.of(clean.toString());
    imports.forEach(
        (alias, name) -> {
          String own = name.substring(name.indexOf('#') + 1);
          if (!own.equals(alias)) {
            renamed.put(alias, own);
          }
        });
    for (int end = clean.length(); end > 0 && !renamed.isEmpty(); ) {
      int start = end;
      while (start > 0 && isNamePart(clean.charAt(start - 1))) {
        start--;
      }
      String own = start == end ? null : renamed.get(clean.substring(start, end));
      if (own != null
          && !inString.get(start)
          && (start == 0 || clean.charAt(start - 1) != '.')
          && !clean.substring(Math.max(0, start - 4), start).endsWith(" as ")) {
        clean.replace(start, end, own);
      }
      end = start == end ? end - 1 : start;
    }
    return !renamed.isEmpty();
  }

  private void read(StringBuilder clean, int[] partner) {
    Arrays.fill(partner, -1);
    inString.clear();
    literals.clear();
    equals.clear();
    int[] open = new int[64];
    int depth = 0;
    int length = clean.length();
    int i = 0;
    while (i < length) {
      char c = clean.charAt(i);
      if (isComment(clean, i)) {
        boolean block = clean.charAt(i) == '/' && clean.charAt(i + 1) == '*';
        int close = block ? clean.indexOf("*/", i + 2) : endOfLine(clean, i);
        i = blank(clean, i, close < 0 ? length : block ? close + 2 : close);
        continue;
      }
      switch (c) {
        case '"', '\'', '`' -> {
          int end = endOfString(clean, i);
          inString.set(i, end);
          literals.add(new Literal(i, end));
          i = end;
          continue;
        }
        case '(', '[', '{' -> {
          if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
          }
          open[depth++] = i;
        }
        case ')', ']', '}' -> {
          if (depth > 0 && closes(clean.charAt(open[depth - 1]), c)) {
            depth--;
            partner[i] = open[depth];
            partner[open[depth]] = i;
          }
        }
        case '=' -> {
          if (depth == 0
              || clean.charAt(open[depth - 1]) == '{'
              || isDeclaring(clean, open[depth - 1])) {
            equals.add(i);
          }
        }
        default -> {}
      }
      i++;
    }
  }

  /// Whether a bracket opens a list of declarations, as in Go.
  private boolean isDeclaring(CharSequence clean, int open) {
    if (syntax != Syntax.BRACES || clean.charAt(open) != '(') {
      return false;
    }
    int end = open;
    while (end > 0 && clean.charAt(end - 1) == ' ') {
      end--;
    }
    int start = end;
    while (start > 0 && isNamePart(clean.charAt(start - 1))) {
      start--;
    }
    return DECLARING.contains(clean.subSequence(start, end).toString());
  }

  private boolean isComment(CharSequence clean, int i) {
    char c = clean.charAt(i);
    if (syntax == Syntax.PYTHON) {
      return c == '#';
    }
    if (c != '/' || i + 1 >= clean.length()) {
      return false;
    }
    char next = clean.charAt(i + 1);
    return next == '*' || next == '/' && (i == 0 || clean.charAt(i - 1) != ':');
  }

  private static boolean closes(char open, char close) {
    return open == '(' ? close == ')' : open == '[' ? close == ']' : close == '}';
  }

  /// A string with one quote ends with its line at the latest.
  private static int endOfString(StringBuilder clean, int start) {
    char quote = clean.charAt(start);
    int length = clean.length();
    if (quote != '`'
        && start + 2 < length
        && clean.charAt(start + 1) == quote
        && clean.charAt(start + 2) == quote) {
      int end = clean.indexOf(String.valueOf(quote).repeat(3), start + 3);
      return end < 0 ? length : end + 3;
    }
    for (int i = start + 1; i < length; i++) {
      char c = clean.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote) {
        return i + 1;
      } else if (c == '\n' && quote != '`') {
        return i;
      }
    }
    return length;
  }

  // ---- calls

  /// Every call, in the order of their brackets.
  List<Call> calls() {
    if (calls.isEmpty()) {
      for (int i = text.indexOf('('); i >= 0; i = text.indexOf('(', i + 1)) {
        if (!inString.get(i)) {
          call(i).ifPresent(calls::add);
        }
      }
      if (RUBY.matcher(path).find()) {
        bareCalls();
        calls.sort(Comparator.comparingInt(Call::open));
      }
    }
    return calls;
  }

  /// A few calls of a name.
  List<Call> calls(String name) {
    List<Call> every = everyCall(name);
    return every.subList(0, Math.min(every.size(), MOST_OF_NAME));
  }

  /// All calls of a name.
  List<Call> everyCall(String name) {
    if (byName.isEmpty()) {
      for (Call each : calls()) {
        byName.computeIfAbsent(each.name(), _ -> new ArrayList<>()).add(each);
      }
    }
    return byName.getOrDefault(name, List.of());
  }

  private Optional<Call> call(int open) {
    int close = partner[open];
    return close < 0 ? Optional.empty() : call(back(open), open, close, open + 1, close);
  }

  /// The calls of Ruby without brackets: `client.models.list`, `client.add_comment repo, 1, text`.
  private void bareCalls() {
    Matcher bare = BARE.matcher(text);
    while (bare.find()) {
      int end = bare.end();
      int next = end;
      while (next < text.length() && text.charAt(next) == ' ') {
        next++;
      }
      char c = next < text.length() ? text.charAt(next) : '\n';
      boolean bracketed = c == '(' && next == end;
      boolean assigned = c == '=' && !text.startsWith("==", next) && !text.startsWith("=~", next);
      if (!inString.get(bare.start()) && !bracketed && !assigned) {
        int word = next;
        while (word < text.length() && isNamePart(text.charAt(word))) {
          word++;
        }
        boolean takes =
            next > end
                && (inString.get(next) || c == '@' || c == ':' || isNamePart(c))
                && !KEYWORDS.contains(text.substring(next, word));
        int line = text.indexOf('\n', end);
        int to = takes ? line < 0 ? text.length() : line : end;
        call(end, end, Math.min(to, text.length() - 1), end, to).ifPresent(calls::add);
      }
    }
  }

  /// @param end behind the name
  private Optional<Call> call(int end, int open, int close, int argumentsFrom, int argumentsTo) {
    int start = end;
    while (start > 0 && isNamePart(text.charAt(start - 1))) {
      start--;
    }
    if (start == end || Character.isDigit(text.charAt(start))) {
      return Optional.empty();
    }
    int first = start;
    var path = new StringBuilder(text.substring(start, end));
    for (int hop = 0; hop < MOST_HOPS; hop++) {
      int dot = dotBefore(first);
      int before = back(dot);
      if (dot > 1 && text.charAt(before - 1) == ')' && partner[before - 1] == before - 2) {
        before = back(before - 2); // client.chat().completions(): what Java has for fields
      }
      int from = before;
      while (dot >= 0 && from > 0 && isNamePart(text.charAt(from - 1))) {
        from--;
      }
      if (dot < 0 || from == before) {
        break;
      }
      path.insert(0, '.').insert(0, text, from, before);
      first = from;
    }
    int dot = dotBefore(start);
    String receiver = dot < 0 ? "" : text.substring(Math.min(chainStart(start), dot), dot).strip();
    return Optional.of(
        new Call(
            path.toString(), receiver, start, arguments(argumentsFrom, argumentsTo), open, close));
  }

  /// Before the blanks before a position.
  private int back(int at) {
    int i = at;
    while (i > 0 && text.charAt(i - 1) <= ' ') {
      i--;
    }
    return i;
  }

  /// Where the dot stands that ties what begins at `at` to what is before it, or -1.
  private int dotBefore(int at) {
    int i = back(at);
    if (i > 0 && text.charAt(i - 1) == '.') {
      return i > 1 && text.charAt(i - 2) == '?' ? i - 2 : i - 1;
    }
    if (i > 1 && text.charAt(i - 1) == '>' && text.charAt(i - 2) == '-') {
      return i - 2;
    }
    return i > 1 && text.charAt(i - 1) == ':' && text.charAt(i - 2) == ':' ? i - 2 : -1;
  }

  /// Where the expression begins that a call's name ends.
  private int chainStart(int at) {
    int start = at;
    for (int hop = 0; hop < MOST_HOPS && at - start < LONGEST; hop++) {
      int dot = dotBefore(start);
      if (dot < 0) {
        break;
      }
      int i = back(dot);
      while (i > 0 && (text.charAt(i - 1) == ')' || text.charAt(i - 1) == ']')) {
        if (partner[i - 1] < 0) {
          return start;
        }
        i = back(partner[i - 1]);
      }
      while (i > 0 && isNamePart(text.charAt(i - 1))) {
        i--;
      }
      if (i >= dot) {
        break;
      }
      start = i;
    }
    return start;
  }

  private List<Argument> arguments(int from, int to) {
    var arguments = new ArrayList<Argument>();
    for (int[] piece : pieces(from, to)) {
      String value = text.substring(piece[0], piece[1]).strip();
      if (value.isEmpty()) {
        continue;
      }
      int name = nameEnd(value);
      if (name > 0) {
        arguments.add(
            new Argument(unquoted(value.substring(0, name)), value.substring(name + 1).strip()));
        continue;
      }
      if (syntax == Syntax.PYTHON && value.startsWith("**")) {
        arguments.add(new Argument(SPREAD, value.substring(2).strip()));
        continue;
      }
      arguments.add(new Argument("", value));
      int brace = text.indexOf('{', piece[0]);
      if (brace >= 0 && brace < piece[1] && !inString.get(brace) && partner[brace] > 0) {
        properties(brace + 1, Math.min(partner[brace], piece[1]), arguments);
      }
    }
    return arguments;
  }

  /// The fields of an object or struct are arguments too.
  private void properties(int from, int to, List<Argument> arguments) {
    for (int[] piece : pieces(from, to)) {
      String value = text.substring(piece[0], piece[1]).strip();
      int name = nameEnd(value);
      if (name > 0) {
        arguments.add(
            new Argument(unquoted(value.substring(0, name)), value.substring(name + 1).strip()));
      } else if (value.startsWith("...")) {
        arguments.add(new Argument(SPREAD, value.substring(3).strip()));
      } else if (!value.isEmpty() && value.chars().allMatch(c -> isNamePart((char) c))) {
        arguments.add(new Argument(value, value));
      }
    }
  }

  /// What commas part, at the top alone.
  private List<int[]> pieces(int from, int to) {
    var pieces = new ArrayList<int[]>();
    int start = from;
    int end = Math.min(to, from + LONGEST);
    for (int i = from; i < end && pieces.size() < MOST_ARGUMENTS; i++) {
      if (inString.get(i)) {
        i = inString.nextClearBit(i) - 1;
      } else if (partner[i] > i) {
        i = partner[i];
      } else if (text.charAt(i) == ',') {
        pieces.add(new int[] {start, i});
        start = i + 1;
      }
    }
    pieces.add(new int[] {start, Math.max(start, end)});
    return pieces;
  }

  /// Where `=` or `:` stands that gives an argument its name, or -1.
  private static int nameEnd(String argument) {
    if (argument.isEmpty()) {
      return -1;
    }
    int i = 0;
    boolean quoted = argument.charAt(0) == '"' || argument.charAt(0) == '\'';
    if (quoted) {
      i = argument.indexOf(argument.charAt(0), 1) + 1;
      if (i <= 1) {
        return -1;
      }
    } else {
      while (i < argument.length() && isNamePart(argument.charAt(i))) {
        i++;
      }
    }
    while (i > 0 && i < argument.length() && argument.charAt(i) <= ' ') {
      i++;
    }
    if (i == 0 || i >= argument.length()) {
      return -1;
    }
    char sign = argument.charAt(i);
    char next = i + 1 < argument.length() ? argument.charAt(i + 1) : ' ';
    return (sign == ':' && next != ':' && next != '='
            || sign == '=' && !quoted && next != '=' && next != '>')
        ? i
        : -1;
  }

  private static String unquoted(String name) {
    String bare = name.strip();
    return bare.length() > 1 && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
        ? bare.substring(1, bare.length() - 1)
        : bare;
  }

  /// The calls inside an expression that is no part of this text.
  static List<Call> callsIn(String expression) {
    return new Script("", expression, Syntax.BRACES).calls();
  }

  // ---- assignments

  /// Every name with what is assigned to it.
  List<Assignment> assignments() {
    List<Assignment> known = assignments;
    if (known == null) {
      known =
          switch (syntax) {
            case LINES -> Settings.of(text);
            case DATA -> Settings.ofJson(text);
            case PYTHON, BRACES -> assigned();
          };
      assignments = known;
    }
    return known;
  }

  /// What a name was last assigned before a place of the text.
  Optional<String> assignedBefore(String name, int at) {
    for (int i = equals.size() - 1; i >= 0; i--) {
      int sign = equals.get(i);
      if (sign > 0
          && sign < at
          && !text.startsWith("==", sign)
          && assignee(text.charAt(sign - 1) == ':' ? sign - 1 : sign).equals(name)) {
        return Optional.of(statement(sign + 1));
      }
    }
    return Optional.empty();
  }

  private List<Assignment> assigned() {
    var all = new ArrayList<Assignment>();
    for (int at : equals) {
      char before = at > 0 ? text.charAt(at - 1) : ' ';
      char after = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      boolean first = at > 1 && (before == '|' || before == '?') && text.charAt(at - 2) == before;
      if (first) { // ||= and ??= assign as well
        String name = assignee(at - 2);
        if (!name.isEmpty()) {
          all.add(new Assignment(name, statement(at + 1)));
        }
        continue;
      }
      if ("=!<>+-*/%&|^~".indexOf(before) >= 0 || after == '=' || after == '>' || after == '~') {
        continue;
      }
      if (back(at) > 0 && text.charAt(back(at) - 1) == '}') {
        destructured(partner[back(at) - 1], back(at) - 1, statement(at + 1), all);
        continue;
      }
      String name = assignee(before == ':' ? at - 1 : at);
      if (!name.isEmpty()) {
        all.add(new Assignment(name, statement(at + 1)));
      }
    }
    for (Literal key : literals) { // "key": "value"
      int i = key.end();
      while (i < text.length() && text.charAt(i) == ' ') {
        i++;
      }
      if (i < text.length() && text.charAt(i) == ':' && key.end() - key.start() > 2) {
        property(text.substring(key.start() + 1, key.end() - 1), i + 1, all);
      }
    }
    for (Literal value : literals) { // key: "value"
      int i = back(value.start());
      if (i > 0 && text.charAt(i - 1) == ':') {
        int end = back(i - 1);
        int start = end;
        while (start > 0 && isNamePart(text.charAt(start - 1))) {
          start--;
        }
        if (start < end) {
          all.add(
              new Assignment(
                  text.substring(start, end), text.substring(value.start(), value.end())));
        }
      }
    }
    if (syntax == Syntax.PYTHON) {
      withStatements(all);
      loops(all);
    } else {
      loopsInBraces(all);
    }
    settings(all);
    returns(all);
    return all;
  }

  /// `@Value("${name}") String name`: what an annotation says of a field or parameter.
  private void settings(List<Assignment> all) {
    for (Literal each : literals) {
      int last = back(each.start()) - 1;
      if (last < 0 || text.charAt(last) != '(' && text.charAt(last) != '=') {
        continue;
      }
      String before = text.substring(Math.max(0, each.start() - LONGEST_WHOLE), each.start());
      int close = each.end();
      while (close < text.length() && text.charAt(close) <= ' ') {
        close++;
      }
      if (close < text.length() && text.charAt(close) == ')' && SETTING.matcher(before).find()) {
        int end = close + 1;
        while (end < text.length() && ";,=)".indexOf(text.charAt(end)) < 0) {
          end++;
        }
        String declared = text.substring(close + 1, end).strip();
        int type = declared.indexOf(':');
        String name = (type < 0 ? declared : declared.substring(0, type)).strip();
        all.add(
            new Assignment(
                name.substring(name.lastIndexOf(' ') + 1),
                text.substring(each.start(), each.end()).replace("\\$", "$")));
      }
    }
  }

  /// What a function returns stands for a call of it.
  private void returns(List<Assignment> all) {
    var definitions = new ArrayList<Call>();
    for (Call call : calls()) {
      boolean body =
          syntax == Syntax.BRACES && !BLOCKS.contains(call.name()) && opens(call.close());
      if (body || Parameters.isDeclared(this, call)) {
        definitions.add(call);
      }
    }
    int next = 0;
    for (int at = text.indexOf(RETURN); at >= 0; at = text.indexOf(RETURN, at + 1)) {
      int end = at + RETURN.length();
      boolean word =
          (at == 0 || " \t\r\n;{".indexOf(text.charAt(at - 1)) >= 0)
              && end < text.length()
              && " \t(".indexOf(text.charAt(end)) >= 0;
      while (word && next < definitions.size() && definitions.get(next).at() < at) {
        next++;
      }
      if (word && next > 0 && !inString.get(end)) {
        String value = statement(end);
        if (!value.isEmpty() && !value.startsWith("(")) {
          all.add(new Assignment(definitions.get(next - 1).name(), value));
        }
      }
    }
  }

  /// Whether a bracket that closes a list of parameters is followed by a body.
  private boolean opens(int close) {
    int i = close + 1;
    while (i < text.length() && text.charAt(i) <= ' ') {
      i++;
    }
    return i < text.length() && text.charAt(i) == '{';
  }

  /// `{ name, other: renamed } = whole`: each is a field of it.
  private void destructured(int open, int close, String whole, List<Assignment> all) {
    if (open < 0 || whole.isEmpty() || whole.length() > LONGEST_WHOLE) {
      return;
    }
    for (int[] piece : pieces(open + 1, close)) {
      String field = text.substring(piece[0], piece[1]).replaceFirst("=.*", "").strip();
      String[] renamed = field.split(":", 2);
      String name = renamed[renamed.length - 1].strip();
      if (!name.isEmpty() && name.chars().allMatch(c -> isNamePart((char) c))) {
        all.add(new Assignment(name, whole + "." + renamed[0].strip()));
      }
    }
  }

  private void property(String name, int from, List<Assignment> all) {
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    if (i < text.length() && inString.get(i)) {
      all.add(new Assignment(name, text.substring(i, inString.nextClearBit(i))));
    }
  }

  /// `for name in X(…):`
  private void loops(List<Assignment> all) {
    for (int at = text.indexOf("for "); at >= 0; at = text.indexOf("for ", at + 4)) {
      int end = at + 4;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      if (!inString.get(at) && text.startsWith(" in ", end)) {
        String over = statement(end + 4);
        all.add(
            new Assignment(
                text.substring(at + 4, end),
                over.endsWith(":") ? over.substring(0, over.length() - 1) : over));
      }
    }
  }

  /// `for (const name of X)`, `for (String name : X)`, `for _, name := range X`, `X.forEach(name
  /// =>`.
  private void loopsInBraces(List<Assignment> all) {
    Matcher loop = LOOP.matcher(text.contains("for") ? text : "");
    while (loop.find()) {
      String over = statement(loop.end());
      if (!over.isEmpty() && over.length() < LONGEST_LOOPED) {
        String name = loop.group(1) == null ? loop.group(2) : loop.group(1);
        all.add(new Assignment(name, over.replaceFirst("\\s*\\{$", "")));
      }
    }
    boolean handing = text.contains("forEach(") || text.contains("ap(");
    Matcher each = EACH.matcher(handing ? text : "");
    while (each.find()) {
      all.add(new Assignment(each.group(2), each.group(1)));
    }
  }

  /// `with X(…) as name:`
  private void withStatements(List<Assignment> all) {
    for (int at = text.indexOf(" as "); at >= 0; at = text.indexOf(" as ", at + 4)) {
      int close = back(at) - 1;
      if (close < 0 || inString.get(at) || text.charAt(close) != ')' || partner[close] < 0) {
        continue;
      }
      int end = at + 4;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      int start = back(partner[close]);
      while (start > 0 && isNamePart(text.charAt(start - 1))) {
        start--;
      }
      all.add(
          new Assignment(
              text.substring(at + 4, end), text.substring(chainStart(start), close + 1)));
    }
  }

  /// The name before `=`, without its type.
  private String assignee(int at) {
    String left = text.substring(Math.max(lines[line(at) - 1], at - 200), at).strip();
    if (left.endsWith("]")) { // os.environ["NAME"]
      int open = left.lastIndexOf('[');
      String key = open < 0 ? "" : left.substring(open + 1, left.length() - 1).strip();
      return key.length() > 2 && (key.charAt(0) == '"' || key.charAt(0) == '\'')
          ? unquoted(key)
          : "";
    }
    int comma = left.indexOf(',');
    if (comma > 0 && left.indexOf('=') < 0) {
      left = left.substring(0, comma).strip(); // of several names the first: value, err := …
    }
    int colon = left.indexOf(':');
    if (colon > 0 && !left.startsWith("case ")) {
      left = left.substring(0, colon).strip();
    }
    int start = left.length();
    while (start > 0 && (isNamePart(left.charAt(start - 1)) || left.charAt(start - 1) == '.')) {
      start--;
    }
    String name = left.substring(start);
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "" : name;
  }

  /// An expression up to the end of its statement.
  private String statement(int from) {
    int end = Math.min(text.length(), from + LONGEST);
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (inString.get(i)) {
        i = inString.nextClearBit(i) - 1;
      } else if (partner[i] > i) {
        i = partner[i];
      } else if (c == ';' || c == ',' || c == '\n' && !goesOn(i) || partner[i] >= 0) {
        return text.substring(from, i).strip();
      }
    }
    return text.substring(from, end).strip();
  }

  /// Whether the expression goes on behind the end of a line: an open end, or a dot on the next.
  private boolean goesOn(int lineEnd) {
    int last = back(lineEnd) - 1;
    if (last >= 0 && "=+\\|&?".indexOf(text.charAt(last)) >= 0) {
      return true;
    }
    int next = lineEnd;
    while (next < text.length() && text.charAt(next) <= ' ') {
      next++;
    }
    return next < text.length()
        && (text.charAt(next) == '.' || text.startsWith("||", next) || text.startsWith("??", next));
  }
}
