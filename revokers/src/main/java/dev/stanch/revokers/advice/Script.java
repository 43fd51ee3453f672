package dev.stanch.revokers.advice;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A text of code, read as far as it takes to see what is called with what. Knows comments, strings
/// and brackets of the common languages, and no grammar: a call is a name before a bracket. Every
/// reading is one pass, and what is taken out of it is bounded.
final class Script {
  /// Names an argument whose fields are arguments: `...fields`, `**fields`.
  static final String SPREAD = "...";

  private static final int MOST_OF_NAME = 50;

  private final String path;
  private final String name;
  private final String stem;
  private final Syntax syntax;
  private final Outline outline;
  private final Shell shell;
  private final Map<String, List<Call>> byName = new HashMap<>();

  // A text is asked the same for each of its calls.
  private final Map<String, Boolean> mentioned = new HashMap<>();
  private final Map<Pattern, Boolean> held = new HashMap<>();
  private @Nullable List<Call> calls;
  private @Nullable List<Assignment> assignments;
  private @Nullable Boolean test;
  private @Nullable Names names;
  private Parameters.@Nullable Definitions definitions;
  private int @Nullable [] words;

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
    this.name = path.substring(path.lastIndexOf('/') + 1);
    this.stem = Holders.stem(path).orElse("");
    this.syntax = syntax;
    this.outline =
        new Outline(Notebook.is(path) ? Notebook.code(raw) : raw, syntax, path.endsWith(".rs"));
    this.shell = new Shell(outline.text());
  }

  String path() {
    return path;
  }

  /// Its path without the folders.
  String name() {
    return name;
  }

  Syntax syntax() {
    return syntax;
  }

  /// Whether things are called in it.
  boolean isCode() {
    return syntax.isCode();
  }

  /// The text without its comments, as long as it was.
  String text() {
    return outline.text();
  }

  /// What it runs, for a file of lines.
  Shell shell() {
    return shell;
  }

  /// The line of a position, from 1.
  int line(int at) {
    return outline.line(at);
  }

  /// What it imports, by the names that it uses: module, `#` and name.
  Map<String, String> imports() {
    return outline.imports();
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
      words = Words.hashes(text());
    }
    return words;
  }

  /// Whether a word stands in it, as a word.
  boolean mentions(String word) {
    return Words.mayMention(words(), word)
        && mentioned.computeIfAbsent(word, each -> mentions(text(), each));
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
    return held.computeIfAbsent(expression, each -> each.matcher(text()).find());
  }

  static boolean mentions(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      if ((at == 0 || !Texts.isWordPart(text.charAt(at - 1)))
          && (end == text.length() || !Texts.isWordPart(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  /// Every call, in the order of their brackets.
  List<Call> calls() {
    if (calls == null) {
      calls = Calls.in(outline, path, syntax);
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

  /// The calls inside an expression that is no part of this text.
  static List<Call> callsIn(String expression) {
    return new Script("", expression, Syntax.BRACES).calls();
  }

  /// Every name with what is assigned to it.
  List<Assignment> assignments() {
    if (assignments == null) {
      assignments =
          switch (syntax) {
            case LINES -> Settings.of(text());
            case DATA -> Settings.ofJson(text());
            case PYTHON, BRACES -> Assignments.in(outline, syntax, calls());
          };
    }
    return assignments;
  }

  /// What a name was last assigned before a place of the text.
  Optional<String> assignedBefore(String name, int at) {
    return Assignments.before(outline, name, at);
  }
}
