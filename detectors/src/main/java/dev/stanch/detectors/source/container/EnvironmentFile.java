package dev.stanch.detectors.source.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of variables as Compose reads it: `.env`, or one that `env_file` names.
///
/// @param variables in the order of the file
record EnvironmentFile(List<Variable> variables) {
  private static final Pattern NAME =
      Pattern.compile(
          "[ \\t]*(?:export[ \\t]+)?([A-Za-z_.][A-Za-z0-9_.-]*)[ \\t]*(?:[=:][ \\t]*)?");

  EnvironmentFile {
    variables = List.copyOf(variables);
  }

  /// A variable.
  ///
  /// @param line where its value begins, from 1
  record Variable(String name, String value, int line) {}

  /// Reads a file. A name without a value stands for the variable of whoever asks.
  ///
  /// @param outer the variables of whoever asks, which those of the file may name
  static EnvironmentFile parse(
      String text, Function<String, Optional<String>> outer, Interpolation interpolation)
      throws IOException {
    return new EnvironmentFile(new Parser(text, outer, interpolation).variables());
  }

  private static final class Parser {
    private final String text;
    private final Map<String, String> known = new HashMap<>();
    private final Function<String, Optional<String>> outer;
    private final Interpolation interpolation;
    private final List<Variable> variables = new ArrayList<>();
    private int at;
    private int line = 1;

    Parser(String text, Function<String, Optional<String>> outer, Interpolation interpolation) {
      this.text = text.replace("\r\n", "\n").replaceFirst("^\ufeff", "");
      this.outer = outer;
      this.interpolation = interpolation;
    }

    List<Variable> variables() throws IOException {
      while (at < text.length()) {
        int end = lineEnd(at);
        Matcher name = NAME.matcher(text).region(at, end);
        if (text.substring(at, end).isBlank()
            || text.substring(at, end).stripLeading().startsWith("#")) {
          at = end;
        } else if (name.lookingAt()) {
          at = name.end();
          variable(name.group(1), text.substring(name.end(1), at).isBlank(), end);
        } else {
          at = end; // Compose would refuse the file; the rest of it may hold a token all the same
        }
        line++;
        at++;
      }
      return variables;
    }

    private int lineEnd(int from) {
      int end = text.indexOf('\n', from);
      return end < 0 ? text.length() : end;
    }

    private void variable(String name, boolean bare, int end) throws IOException {
      int begins = line;
      char quote = at < end ? text.charAt(at) : ' ';
      if (bare) {
        at = end;
        take(name, outer.apply(name).orElse(""), begins);
      } else if (quote == '"' || quote == '\'') {
        int close = closing(quote);
        if (close < 0) {
          take(name, text.substring(at + 1, end), begins);
          at = end;
          return;
        }
        String inner = text.substring(at + 1, close);
        line += (int) inner.chars().filter(one -> one == '\n').count();
        at = lineEnd(close);
        take(name, quote == '\'' ? inner : interpolated(unescaped(inner)), begins);
      } else {
        String value = text.substring(at, end).replaceFirst("(?:^|[ \\t])#.*$", "").strip();
        at = end;
        take(name, interpolated(value), begins);
      }
    }

    private void take(String name, String value, int begins) {
      known.put(name, value);
      variables.add(new Variable(name, value, begins));
    }

    private String interpolated(String value) throws IOException {
      return interpolation.of(
          value, name -> outer.apply(name).or(() -> Optional.ofNullable(known.get(name))), _ -> {});
    }

    private int closing(char quote) {
      int last = text.lastIndexOf(quote);
      for (int i = at + 1; i <= last; i++) {
        char one = text.charAt(i);
        if (one == '\\' && quote == '"') {
          i++;
        } else if (one == quote) {
          return i;
        }
      }
      return -1;
    }

    /// A dollar sign behind a backslash is one; the interpolation wants to see two.
    private static String unescaped(String text) {
      var plain = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char one = text.charAt(i);
        if (one != '\\' || i + 1 == text.length()) {
          plain.append(one);
          continue;
        }
        char next = text.charAt(++i);
        switch (next) {
          case 'n' -> plain.append('\n');
          case 'r' -> plain.append('\r');
          case 't' -> plain.append('\t');
          case '$' -> plain.append("$$");
          case '"', '\\' -> plain.append(next);
          default -> plain.append(one).append(next);
        }
      }
      return plain.toString();
    }
  }
}
