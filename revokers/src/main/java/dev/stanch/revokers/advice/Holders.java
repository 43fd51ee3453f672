package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Tells which files use a token, and which calls another one.
final class Holders {
  /// Names that say no more than that a token is meant.
  private static final Set<String> COMMON =
      Set.of(
          "TOKEN",
          "API_KEY",
          "APIKEY",
          "KEY",
          "SECRET",
          "SECRET_KEY",
          "ACCESS_TOKEN",
          "AUTH_TOKEN",
          "ACCESS_KEY",
          "PASSWORD",
          "AUTH",
          "CREDENTIALS");

  /// A key's id, the key, and what comes with them.
  private static final int MOST_PARTS = 3;

  /// A field of a module or an object.
  private static final Pattern FIELD = Pattern.compile("[A-Za-z_][\\w.]*\\.[A-Z][A-Z0-9_]+");

  private static final Pattern SECTION =
      Pattern.compile("(?m)^\\s*\\[(?:profile\\s+)?([^\\]\\s]+)\\]\\s*$");
  private static final Set<String> PROFILES = Set.of("profile_name", "profile");

  /// What browsers are told about credentials, which are none.
  private static final Set<String> OF_BROWSERS = Set.of("include", "same-origin", "omit");

  private static final int SHORTEST_TELLING = 5;
  private static final int SHORTEST_STEM = 3;
  private static final int LONGEST_NAME = 80;

  private final Book book;
  private final Uses uses;
  private final Constants constants;
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> holding = new HashSet<>();
  private final Set<String> stems = new HashSet<>();
  private String profile = "";

  Holders(Book book, Uses uses, Code code, Constants constants) {
    this.book = book;
    this.uses = uses;
    this.constants = constants;
    names.addAll(code.names());
    for (Code.File file : code.files()) {
      if (file.role() == Code.Role.HOLDS) {
        holding.add(file.path());
        if (Script.syntaxOf(file.path()).isEmpty()) {
          profile = profile(file.text());
        }
        stem(file.path()).ifPresent(stems::add);
      }
    }
  }

  /// What other files of a program call a file.
  static Optional<String> stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < SHORTEST_STEM ? Optional.empty() : Optional.of(name.substring(0, dot));
  }

  /// Learns the other names that the token has in what is known by now; whether there are some.
  boolean learn() {
    return !names.isEmpty() && names.addAll(constants.aliases(Set.copyOf(names)));
  }

  private boolean isImplied() {
    return names.stream().anyMatch(book.variables()::contains);
  }

  /// Whom a call is handed the token of.
  enum Handed {
    OURS,
    ANOTHER,
    /// It is handed none: the client reads one by itself.
    NONE
  }

  /// Whether a file uses the token.
  boolean uses(Code.File file) {
    if (holding.contains(file.path())) {
      return true;
    }
    String text = file.text();
    boolean client = uses.isClient(file);
    for (String name : names) {
      if (Script.mentions(text, name)
          && (isTelling(name)
              || client
              || stems.stream().anyMatch(stem -> Script.mentions(text, stem)))) {
        return true;
      }
    }
    return isImplied() && client;
  }

  /// Whether the token's name, or the token itself, stands in a file.
  boolean names(Script script) {
    return isNamedIn(script.text());
  }

  private static boolean isTelling(String name) {
    return name.length() >= SHORTEST_TELLING
        && !name.equals(name.toLowerCase(Locale.ROOT))
        && !COMMON.contains(name.toUpperCase(Locale.ROOT));
  }

  /// Whose token a call uses.
  ///
  /// @param origins how what it is called on came about
  Handed handed(Script script, Script.Call call, List<String> origins) {
    Handed own = handed(script, List.of(call));
    Handed made = own == Handed.NONE ? handed(script, Origin.calls(origins)) : own;
    if (made != Handed.NONE) {
      return made;
    }
    for (Script.Call maker : Origin.calls(origins)) {
      List<String> given =
          maker.arguments().stream()
              .filter(each -> each.name().isEmpty())
              .limit(MOST_PARTS)
              .map(Script.Argument::value)
              .filter(each -> Texts.literal(each) == null || isNamedIn(each))
              .toList();
      Handed judged = judged(script, given);
      // What stands behind the first argument is seldom a token: only ours is known for one.
      boolean first = !given.isEmpty() && given.getFirst().equals(maker.positional(0).orElse(""));
      if (judged == Handed.OURS || first && judged(script, given.getFirst(), 0) != Handed.NONE) {
        return judged;
      }
    }
    boolean others =
        !isImplied()
            && !holding.contains(script.path())
            && book.variables().stream().anyMatch(script::mentions);
    return others ? Handed.ANOTHER : Handed.NONE;
  }

  /// The first call that is handed a token decides. A credential may have several parts, of which
  /// only one is the token: a call that is handed ours is ours, whatever stands beside it.
  private Handed handed(Script script, List<Script.Call> calls) {
    for (Script.Call call : calls) {
      Handed judged =
          judged(
              script,
              call.arguments().stream()
                  .filter(each -> book.handed().contains(each.name()))
                  .map(Script.Argument::value)
                  .toList());
      if (judged == Handed.NONE && call.arguments().stream().anyMatch(this::isOfAnother)) {
        judged = Handed.ANOTHER;
      }
      if (judged != Handed.NONE) {
        return judged;
      }
    }
    return Handed.NONE;
  }

  /// Whether an argument is another token as it is written, or names the section of another one.
  private boolean isOfAnother(Script.Argument argument) {
    String literal = Texts.literal(argument.value());
    if (literal == null || literal.isEmpty()) {
      return false;
    }
    return PROFILES.contains(argument.name())
        ? !profile.isEmpty() && !profile.equals(literal)
        : book.handed().contains(argument.name())
            && !OF_BROWSERS.contains(literal)
            && isWhole(literal)
            && !isOurs(literal);
  }

  /// Whether a literal is the token, its variable, or the file that it stands in.
  private boolean isOurs(String literal) {
    return literal.contains(Code.TOKEN)
        || names.stream().anyMatch(name -> literal.equals(name) || literal.endsWith("/" + name));
  }

  /// Whether nothing is filled into a literal.
  private static boolean isWhole(String literal) {
    return literal.chars().noneMatch(c -> c == '$' || c == '{');
  }

  /// Whether a command names the section of another token.
  boolean isOfAnother(Command command) {
    return !profile.isEmpty()
        && command.option("profile").filter(each -> !each.equals(profile)).isPresent();
  }

  /// The section of a file of credentials in which the token stands; empty where there is none.
  private static String profile(String text) {
    int token = text.indexOf(Code.TOKEN);
    String section = "";
    Matcher header = SECTION.matcher(token < 0 ? "" : text.substring(0, token));
    while (header.find()) {
      section = header.group(1);
    }
    return section;
  }

  private Handed judged(Script script, List<String> expressions) {
    var all = EnumSet.noneOf(Handed.class);
    expressions.forEach(each -> all.add(judged(script, each, 0)));
    return all.contains(Handed.OURS)
        ? Handed.OURS
        : all.contains(Handed.ANOTHER) ? Handed.ANOTHER : Handed.NONE;
  }

  /// What a file calls or makes with the token: where that is defined, the token is used.
  Set<String> takers(Script script) {
    var takers = new HashSet<String>();
    if (script.syntax() == Script.Syntax.LINES) {
      return takers;
    }
    for (Script.Call call : script.calls()) {
      if (call.name().length() >= SHORTEST_TELLING
          && call.arguments().stream().anyMatch(each -> isPassed(each.value()))) {
        takers.add(call.name());
      }
    }
    return takers;
  }

  /// Whether an expression comes to something that was made with the token.
  boolean isOurs(Script script, String expression) {
    return judged(script, expression, 0) == Handed.OURS;
  }

  /// Whether an expression is a name of the token, and nothing made with it.
  private boolean isPassed(String value) {
    return value.length() < LONGEST_NAME
        && Texts.literal(value) == null
        && isNamedIn(value)
        && value.indexOf('(') < 0;
  }

  /// Whose token a step of a workflow is handed. What is set in the step hides what the job has
  /// under the same name.
  Handed handedByStep(Script script, String step) {
    List<String> given =
        Settings.of(step).stream()
            .filter(
                each ->
                    book.handed().contains(each.name())
                        || book.variables().contains(each.name())
                        || names.contains(each.name()))
            .map(Script.Assignment::value)
            .toList();
    Handed judged = judged(script, given);
    return judged == Handed.NONE && isNamedIn(step) ? Handed.OURS : judged;
  }

  /// Whether the token or one of its names stands in a text.
  boolean isNamedIn(String text) {
    return text.contains(Code.TOKEN)
        || names.stream().anyMatch(name -> Script.mentions(text, name));
  }

  private Handed judged(Script script, String expression, int depth) {
    String literal = Texts.literal(expression);
    if (literal != null && isWhole(literal)) { // words in it are no names
      return isOurs(literal)
          ? Handed.OURS
          : Texts.isShowable(literal) ? Handed.NONE : Handed.ANOTHER;
    }
    if (isNamedIn(expression)) {
      return Handed.OURS;
    }
    if (expression.isBlank() || depth > 2) {
      return Handed.NONE;
    }
    if (expression.contains("secrets.")
        || expression.contains("github.token")
        || Texts.environmentVariable(expression) != null
        || !Texts.isShowable(expression)) {
      return Handed.ANOTHER;
    }
    var assigned = new ArrayList<>(constants.assigned(script.path(), expression));
    if (assigned.isEmpty() && FIELD.matcher(expression).matches()) {
      // Of another module.
      assigned.addAll(constants.anywhere(expression.substring(expression.lastIndexOf('.') + 1)));
    }
    for (Script.Call wrapper : Script.callsIn(expression)) { // Auth.Token(X)
      wrapper.positional(0).ifPresent(assigned::add);
    }
    return assigned.stream()
        .map(each -> judged(script, each, depth + 1))
        .filter(each -> each != Handed.NONE)
        .findFirst()
        .orElse(Handed.NONE);
  }
}
