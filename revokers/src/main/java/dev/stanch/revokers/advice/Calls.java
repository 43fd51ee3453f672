package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the calls of a text of code: a name before a bracket, what stands before it by dots, and
/// the arguments in the bracket.
final class Calls {
  private static final int MOST_HOPS = 40;

  private static final Pattern INTERFACE = Pattern.compile("\\binterface\\s*\\{");
  private static final Pattern RUBY = Pattern.compile("\\.(?:rb|rake)$");
  private static final Pattern BARE = Pattern.compile("\\.[a-z_]\\w*");

  /// Words that may follow what is called, and are handed to nothing.
  private static final Set<String> KEYWORDS =
      Set.of("if", "unless", "do", "and", "or", "while", "until", "rescue", "then", "in", "end");

  private final Outline outline;
  private final Syntax syntax;
  private final String text;

  private Calls(Outline outline, Syntax syntax) {
    this.outline = outline;
    this.syntax = syntax;
    this.text = outline.text();
  }

  /// Every call, in the order of their brackets.
  static List<Script.Call> in(Outline outline, String path, Syntax syntax) {
    var reader = new Calls(outline, syntax);
    String text = outline.text();
    var calls = new ArrayList<Script.Call>();
    for (int i = text.indexOf('('); i >= 0; i = text.indexOf('(', i + 1)) {
      if (!outline.isInString(i)) {
        reader.call(i).ifPresent(calls::add);
      }
    }
    if (RUBY.matcher(path).find()) {
      reader.bareCalls(calls);
    }
    if (syntax == Syntax.BRACES) {
      reader.bracedCalls(path, calls);
    }
    if (path.endsWith(".go")) {
      reader.declared(calls);
    }
    if (Hcl.is(path)) {
      calls.addAll(Hcl.calls(text));
    }
    calls.sort(Comparator.comparingInt(Script.Call::open));
    return calls;
  }

  private Optional<Script.Call> call(int open) {
    int close = outline.partner(open);
    return close < 0 ? Optional.empty() : call(outline.back(open), open, close, open + 1, close);
  }

  /// The methods of an interface are no calls.
  private void declared(List<Script.Call> calls) {
    Matcher type = INTERFACE.matcher(text);
    while (type.find()) {
      int open = type.end() - 1;
      calls.removeIf(
          call ->
              call.receiver().isEmpty() && open < call.at() && call.at() < outline.partner(open));
    }
  }

  /// What is made of fields in Go, `Archive{bucket: name}`, and calls of Kotlin that are handed a
  /// block alone, `client.getItem { … }`.
  private void bracedCalls(String path, List<Script.Call> calls) {
    boolean kotlin = path.endsWith(".kt") || path.endsWith(".kts");
    if (!kotlin && !path.isEmpty() && !path.endsWith(".go")) {
      return;
    }
    for (int i = text.indexOf('{'); i >= 0; i = text.indexOf('{', i + 1)) {
      int close = outline.partner(i);
      int end = kotlin ? outline.back(i) : i;
      int start = outline.nameStart(end);
      boolean named =
          start < end
              && (kotlin
                  ? outline.dotBefore(start) > 0
                  : Character.isUpperCase(text.charAt(start)));
      if (named && !outline.isInString(i) && close > 0) {
        call(end, i, close, kotlin ? i : i + 1, kotlin ? i : close).ifPresent(calls::add);
      }
    }
  }

  /// The calls of Ruby without brackets: `client.models.list`, `client.add_comment repo, 1, text`.
  private void bareCalls(List<Script.Call> calls) {
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
      if (!outline.isInString(bare.start()) && !bracketed && !assigned) {
        int word = next;
        while (word < text.length() && Texts.isNamePart(text.charAt(word))) {
          word++;
        }
        boolean takes =
            next > end
                && (outline.isInString(next) || c == '@' || c == ':' || Texts.isNamePart(c))
                && !KEYWORDS.contains(text.substring(next, word));
        int line = text.indexOf('\n', end);
        int to = takes ? line < 0 ? text.length() : line : end;
        call(end, end, Math.min(to, text.length() - 1), end, to).ifPresent(calls::add);
      }
    }
  }

  /// @param end behind the name
  private Optional<Script.Call> call(
      int end, int open, int close, int argumentsFrom, int argumentsTo) {
    int start = outline.nameStart(end);
    if (start == end || Character.isDigit(text.charAt(start))) {
      return Optional.empty();
    }
    int first = start;
    var path = new StringBuilder(text.substring(start, end));
    for (int hop = 0; hop < MOST_HOPS; hop++) {
      int dot = outline.dotBefore(first);
      int before = outline.back(dot);
      if (dot > 1 && text.charAt(before - 1) == ')' && outline.partner(before - 1) == before - 2) {
        before = outline.back(before - 2); // client.chat().completions(): what Java has for fields
      }
      int from = dot < 0 ? before : outline.nameStart(before);
      if (dot < 0 || from == before) {
        break;
      }
      path.insert(0, '.').insert(0, text, from, before);
      first = from;
    }
    int dot = outline.dotBefore(start);
    String receiver =
        dot < 0 ? "" : text.substring(Math.min(outline.chainStart(start), dot), dot).strip();
    return Optional.of(
        new Script.Call(
            path.toString(), receiver, start, arguments(argumentsFrom, argumentsTo), open, close));
  }

  private List<Script.Argument> arguments(int from, int to) {
    var arguments = new ArrayList<Script.Argument>();
    for (int[] piece : outline.pieces(from, to)) {
      String value = text.substring(piece[0], piece[1]).strip();
      if (value.isEmpty()) {
        continue;
      }
      int name = nameEnd(value);
      if (name > 0) {
        arguments.add(
            new Script.Argument(
                Texts.unquoted(value.substring(0, name)), value.substring(name + 1).strip()));
        continue;
      }
      if (syntax == Syntax.PYTHON && value.startsWith("**")) {
        arguments.add(new Script.Argument(Script.SPREAD, value.substring(2).strip()));
        continue;
      }
      arguments.add(new Script.Argument("", value));
      int brace = text.indexOf('{', piece[0]);
      if (brace >= 0
          && brace < piece[1]
          && !outline.isInString(brace)
          && outline.partner(brace) > 0) {
        properties(brace + 1, Math.min(outline.partner(brace), piece[1]), arguments);
      }
    }
    return arguments;
  }

  /// The fields of an object or struct are arguments too.
  private void properties(int from, int to, List<Script.Argument> arguments) {
    for (int[] piece : outline.pieces(from, to)) {
      String value = text.substring(piece[0], piece[1]).strip();
      int name = nameEnd(value);
      if (name > 0) {
        arguments.add(
            new Script.Argument(
                Texts.unquoted(value.substring(0, name)), value.substring(name + 1).strip()));
      } else if (value.startsWith("...")) {
        arguments.add(new Script.Argument(Script.SPREAD, value.substring(3).strip()));
      } else if (!value.isEmpty() && value.chars().allMatch(c -> Texts.isNamePart((char) c))) {
        arguments.add(new Script.Argument(value, value));
      }
    }
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
      while (i < argument.length() && Texts.isNamePart(argument.charAt(i))) {
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
}
