package dev.stanch.revokers.advice;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A text without its comments, and where in it strings, brackets and `=` stand: one pass over it.
/// Only code is known to have strings and brackets.
final class Outline {
  /// What an expression is written in at the most.
  private static final int LONGEST = 6000;

  /// Words before a bracket that holds names and their values.
  private static final Set<String> DECLARING = Set.of("const", "var");

  /// A variable of make, which a shell would write with braces.
  private static final Pattern MAKE = Pattern.compile("\\$\\(([A-Z][A-Z0-9_]*)\\)");

  private static final int MOST_PIECES = 60;
  private static final int MOST_HOPS = 40;

  private final Syntax syntax;
  private final boolean rust;
  private final String text;
  private final BitSet inString = new BitSet();
  private final int[] partner;
  private final int[] lines;
  private final List<Literal> literals = new ArrayList<>();
  private final List<Integer> equals = new ArrayList<>();
  private final List<Integer> colons = new ArrayList<>();
  private @Nullable Map<String, String> imports;

  /// A string of the text.
  ///
  /// @param start of its first quote
  /// @param end behind its last quote
  record Literal(int start, int end) {}

  /// @param rust whether a quote may begin the name of a lifetime: `&'a str`
  Outline(String raw, Syntax syntax, boolean rust) {
    this.syntax = syntax;
    this.rust = rust;
    var clean = new StringBuilder(raw);
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

  /// The text without its comments, as long as it was.
  String text() {
    return text;
  }

  /// The line of a position, from 1.
  int line(int at) {
    int found = Arrays.binarySearch(lines, at);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /// Where the line of a position begins.
  int lineStart(int at) {
    return lines[line(at) - 1];
  }

  /// Whether a position is in a string.
  boolean isInString(int at) {
    return inString.get(at);
  }

  /// Where the string ends that a position is in.
  int stringEnd(int at) {
    return inString.nextClearBit(at);
  }

  /// The position of the other bracket of a pair; -1 where there is none.
  int partner(int at) {
    return partner[at];
  }

  /// Its strings.
  List<Literal> literals() {
    return literals;
  }

  /// Where the `=` stand that may assign something.
  List<Integer> equalSigns() {
    return equals;
  }

  /// Where the `:` stand at the top of braces.
  List<Integer> colons() {
    return colons;
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

  // ---- reading

  private static void blankLineComments(StringBuilder clean) {
    char quote = 0;
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      if (c == '\n') {
        quote = 0;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && (i == 0 || !Texts.isNamePart(clean.charAt(i - 1)))) {
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
      while (start > 0 && Texts.isNamePart(clean.charAt(start - 1))) {
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
    colons.clear();
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
          if (c == '\'' && isLifetime(clean, i)) {
            break;
          }
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
        case ':' -> {
          if (depth > 0 && clean.charAt(open[depth - 1]) == '{') {
            colons.add(i);
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
    while (start > 0 && Texts.isNamePart(clean.charAt(start - 1))) {
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

  private boolean isLifetime(CharSequence clean, int i) {
    return rust
        && i + 2 < clean.length()
        && clean.charAt(i + 1) != '\\'
        && clean.charAt(i + 2) != '\'';
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

  // ---- moving

  /// Before the blanks before a position.
  int back(int at) {
    int i = at;
    while (i > 0 && text.charAt(i - 1) <= ' ') {
      i--;
    }
    return i;
  }

  /// Where the name begins that ends before a position; the position where there is none.
  int nameStart(int end) {
    int start = end;
    while (start > 0 && Texts.isNamePart(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /// Where the dot stands that ties what begins at `at` to what is before it, or -1.
  int dotBefore(int at) {
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
  int chainStart(int at) {
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
      i = nameStart(i);
      if (i >= dot) {
        break;
      }
      start = i;
    }
    return start;
  }

  /// What commas part, at the top alone.
  List<int[]> pieces(int from, int to) {
    var pieces = new ArrayList<int[]>();
    int start = from;
    int end = Math.min(to, from + LONGEST);
    for (int i = from; i < end && pieces.size() < MOST_PIECES; i++) {
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

  /// An expression up to the end of its statement.
  String statement(int from) {
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
