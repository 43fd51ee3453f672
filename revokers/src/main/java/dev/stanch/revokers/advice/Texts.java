package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Small readings of expressions.
final class Texts {
  private static final Pattern ENVIRONMENT =
      Pattern.compile(
          "(?:environ(?:\\.get)?\\s*[\\[(]|getenv\\s*\\(|getenv\\(\\)\\s*\\.\\s*get(?:OrDefault)?\\s*\\(|Getenv\\s*\\(|LookupEnv\\s*\\("
              + "|GetEnvironmentVariable\\s*\\(|ENV\\.?(?:fetch)?\\s*[\\[(]|env\\s*\\(|config\\s*\\("
              + "|process\\.env\\s*\\[|env::var\\s*\\()\\s*[\"']([A-Za-z_]\\w*)[\"']");
  private static final Pattern NODE =
      Pattern.compile("(?:process|import\\.meta)\\.env\\.([A-Za-z_]\\w*)");
  private static final Pattern KEYS =
      Pattern.compile(
          "[A-Za-z_][\\w.]*(?:\\([^()]*\\))?(?:\\[[\"']?[\\w.-]+[\"']?\\])*"
              + "(?:\\[|\\.get\\(|\\.getString\\(|\\.getProperty\\(|\\.GetValue<string>\\()\\s*[\"']([\\w.:-]+)[\"']\\s*[\\])]");
  private static final Pattern OWN =
      Pattern.compile(
          "github\\.repository\\b|GITHUB_REPOSITORY|context\\.repo\\b|github\\.event\\.repository"
              + "|CI_PROJECT_(?:ID|PATH)");

  /// Stands in a word of a command for a dollar sign that names no variable.
  static final char DOLLAR = '\uE000';

  private Texts() {}

  /// How placeholders stand in a string.
  enum Marks {
    /// None do.
    NONE,
    /// `{x}`, as in f-strings and interpolated ones.
    BRACES,
    /// `${x}` and `$X`.
    DOLLAR
  }

  /// The text of an expression that is one string; null where it is none.
  static @Nullable String literal(String expression) {
    int start = 0;
    while (start < expression.length() && start < 2 && isPrefix(expression.charAt(start))) {
      start++;
    }
    if (start >= expression.length() || "\"'`".indexOf(expression.charAt(start)) < 0) {
      return null;
    }
    char quote = expression.charAt(start);
    String three = String.valueOf(quote).repeat(3);
    if (expression.length() >= start + 6
        && expression.startsWith(three, start)
        && expression.endsWith(three)) {
      String inside = expression.substring(start + 3, expression.length() - 3);
      return inside.contains(three) ? null : inside;
    }
    int last = expression.length() - 1;
    if (last <= start || expression.charAt(last) != quote) {
      return null;
    }
    var text = new StringBuilder();
    for (int i = start + 1; i < last; i++) {
      char c = expression.charAt(i);
      if (c == quote) {
        return null; // two strings
      }
      if (c == '\\' && i + 1 < last) {
        i++;
        text.append(expression.charAt(i));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean isPrefix(char c) {
    return "fFrRbBuU$@".indexOf(c) >= 0;
  }

  /// How placeholders stand in the string that an expression is.
  static Marks marks(String expression) {
    char first = Character.toLowerCase(expression.charAt(0));
    if (first == 'f'
        || first == '$'
        || first == 'r' && expression.length() > 1 && isF(expression)) {
      return Marks.BRACES;
    }
    return expression.charAt(0) == '\'' && !expression.contains("${{") ? Marks.NONE : Marks.DOLLAR;
  }

  private static boolean isF(String expression) {
    return Character.toLowerCase(expression.charAt(1)) == 'f';
  }

  /// Where the next placeholder stands, or -1.
  static int placeholder(String literal, int from, Marks marks) {
    return switch (marks) {
      case NONE -> -1;
      case BRACES -> literal.indexOf('{', from);
      case DOLLAR -> {
        int at = literal.indexOf('$', from);
        while (at >= 0
            && (at + 1 == literal.length()
                || literal.charAt(at + 1) != '{'
                    && !Character.isLetter(literal.charAt(at + 1))
                    && literal.charAt(at + 1) != '_')) {
          at = literal.indexOf('$', at + 1);
        }
        yield at;
      }
    };
  }

  static int nameEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '$' && isNamePart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /// What separators part, outside strings and brackets.
  static List<String> split(String expression, String... separators) {
    var pieces = new ArrayList<String>();
    int depth = 0;
    char quote = 0;
    int start = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (quote != 0) {
        i += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if ("\"'`".indexOf(c) >= 0) {
        quote = c;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      } else if (depth == 0) {
        for (String separator : separators) {
          if (expression.startsWith(separator, i)) {
            pieces.add(expression.substring(start, i).strip());
            start = i + separator.length();
            i = start - 1;
            break;
          }
        }
      }
    }
    pieces.add(expression.substring(start).strip());
    return pieces;
  }

  /// The variable that an expression reads from the environment, or null.
  static @Nullable String environmentVariable(String expression) {
    Matcher environment = ENVIRONMENT.matcher(expression);
    if (environment.find()) {
      return environment.group(1);
    }
    Matcher node = NODE.matcher(expression);
    return node.find() ? node.group(1) : null;
  }

  /// The last key of `settings["one"]["two"]` or `settings.get("key")`; null for anything else.
  static @Nullable String key(String expression) {
    Matcher matcher = KEYS.matcher(expression);
    return matcher.matches() ? matcher.group(1) : null;
  }

  /// Whether an expression is the name of the repository that the code runs in.
  static boolean isOwnRepository(String expression) {
    return expression.length() < 200 && OWN.matcher(expression).find();
  }

  /// Whether a value may be shown: no run of letters and digits in it is as long as that of a
  /// token.
  static boolean isShowable(String value) {
    int run = 0;
    int digits = 0;
    int letters = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : ' ';
      if (c < 0x80 && Character.isLetterOrDigit(c)) {
        run++;
        digits += Character.isDigit(c) ? 1 : 0;
        letters += Character.isDigit(c) ? 0 : 1;
        continue;
      }
      if (run >= 20 && digits > 1 && letters > 1 || run >= 34) {
        return false;
      }
      run = 0;
      digits = 0;
      letters = 0;
    }
    return true;
  }

  /// A text as a string of code.
  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /// Whether a character may stand in a word: in a name, but for the sign that begins it in a
  /// shell.
  static boolean isWordPart(char c) {
    return c != '$' && isNamePart(c);
  }

  /// Whether a character may stand in a name.
  static boolean isNamePart(char c) {
    return c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }

  /// A name without the quotes that it may stand in.
  static String unquoted(String name) {
    String bare = name.strip();
    return bare.length() > 1 && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
        ? bare.substring(1, bare.length() - 1)
        : bare;
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
