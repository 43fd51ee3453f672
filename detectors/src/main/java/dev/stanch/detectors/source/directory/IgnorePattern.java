package dev.stanch.detectors.source.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// One line of a `.gitignore`, read as git reads it. Matches in time linear in pattern times path,
/// whatever they are: both come with the scanned tree. Texts have a character for each byte.
final class IgnorePattern {
  private static final int BYTES = 256;

  private final boolean negated;
  private final boolean foldersOnly;
  private final boolean nameOnly;

  /// What the whole text must be, or its end where `suffix` says so; null where steps decide.
  private final @Nullable String literal;

  private final boolean suffix;
  private final List<Step> steps;

  /// A piece of a pattern.
  private sealed interface Step {
    /// One byte.
    record One(BitSet bytes) implements Step {}

    /// Any bytes but `/`.
    record Within() implements Step {}

    /// Any bytes.
    record Everything() implements Step {}

    /// Nothing, or any folders: the way into [Folder].
    record Folders() implements Step {}

    /// Any bytes, of which the last is `/`.
    record Folder() implements Step {}

    /// What no text matches.
    record Nothing() implements Step {}
  }

  private IgnorePattern(
      boolean negated,
      boolean foldersOnly,
      boolean nameOnly,
      @Nullable String literal,
      boolean suffix,
      List<Step> steps) {
    this.negated = negated;
    this.foldersOnly = foldersOnly;
    this.nameOnly = nameOnly;
    this.literal = literal;
    this.suffix = suffix;
    this.steps = List.copyOf(steps);
  }

  /// Reads a line without its end; null for an empty one and a comment.
  static @Nullable IgnorePattern parse(String line) {
    if (line.isEmpty() || line.charAt(0) == '#') {
      return null;
    }
    String text = withoutTrailingSpaces(line);
    boolean negated = text.startsWith("!");
    text = negated ? text.substring(1) : text;
    boolean foldersOnly = text.endsWith("/");
    text = foldersOnly ? text.substring(0, text.length() - 1) : text;
    boolean nameOnly = text.indexOf('/') < 0;
    text = text.startsWith("/") ? text.substring(1) : text;
    if (text.isEmpty()) {
      return null; // matches nothing, for git too
    }
    int plain = plainLength(text, 0);
    if (plain == text.length()) {
      return new IgnorePattern(negated, foldersOnly, nameOnly, text, false, List.of());
    }
    if (nameOnly && text.charAt(0) == '*' && plainLength(text, 1) == text.length()) {
      return new IgnorePattern(negated, foldersOnly, true, text.substring(1), true, List.of());
    }
    return new IgnorePattern(
        negated, foldersOnly, nameOnly, null, false, new Compiler(text, plain).steps());
  }

  private static String withoutTrailingSpaces(String line) {
    int kept = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
        kept = Math.min(line.length(), i + 1);
      } else if (line.charAt(i) != ' ') {
        kept = i + 1;
      }
    }
    return line.substring(0, kept);
  }

  private static int plainLength(String text, int from) {
    int at = from;
    while (at < text.length() && "*?[\\".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /// Whether what it matches is taken back rather than left out.
  boolean negated() {
    return negated;
  }

  /// Whether it speaks of the file or folder at `path`, as seen from the folder of its file.
  boolean matches(String path, boolean folder) {
    if (foldersOnly && !folder) {
      return false;
    }
    String text = nameOnly ? path.substring(path.lastIndexOf('/') + 1) : path;
    if (literal != null) {
      return suffix ? text.endsWith(literal) : text.equals(literal);
    }
    return run(text);
  }

  private boolean run(String text) {
    boolean[] now = new boolean[steps.size() + 1];
    boolean[] next = new boolean[steps.size() + 1];
    enter(now, 0);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      Arrays.fill(next, false);
      boolean alive = false;
      for (int at = 0; at < steps.size(); at++) {
        if (now[at]) {
          int to = after(at, c);
          if (to >= 0) {
            enter(next, to);
            alive = true;
          }
        }
      }
      if (!alive) {
        return false;
      }
      boolean[] swap = now;
      now = next;
      next = swap;
    }
    return now[steps.size()];
  }

  /// Where the pattern stands after `c`, having stood at `at`; -1 when it does not match.
  private int after(int at, char c) {
    return switch (steps.get(at)) {
      case Step.One(var bytes) -> bytes.get(c) ? at + 1 : -1;
      case Step.Within() -> c == '/' ? -1 : at;
      case Step.Everything() -> at;
      case Step.Folder() -> c == '/' ? at - 1 : at; // and perhaps through: see enter
      case Step.Folders(), Step.Nothing() -> -1;
    };
  }

  /// Marks `at`, and what can be reached from it without a byte.
  private void enter(boolean[] marks, int at) {
    int to = at;
    while (!marks[to]) {
      marks[to] = true;
      if (to == steps.size()) {
        return;
      }
      switch (steps.get(to)) {
        case Step.Within(), Step.Everything() -> to++;
        case Step.Folders() -> {
          marks[to + 1] = true;
          to += 2;
        }
        case Step.One _, Step.Folder(), Step.Nothing() -> {
          return;
        }
      }
    }
  }

  /// Reads a pattern with wildcards.
  private static final class Compiler {
    private final String text;
    private final int plain;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    /// @param plain how many characters come before the first wildcard
    Compiler(String text, int plain) {
      this.text = text;
      this.plain = plain;
    }

    List<Step> steps() {
      while (at < text.length()) {
        char c = text.charAt(at);
        switch (c) {
          case '*' -> stars();
          case '?' -> {
            at++;
            steps.add(new Step.One(bytes(b -> b != '/')));
          }
          case '[' -> set();
          case '\\' -> {
            at++;
            steps.add(at < text.length() ? only(text.charAt(at++)) : new Step.Nothing());
          }
          default -> {
            at++;
            steps.add(only(c));
          }
        }
      }
      return steps;
    }

    private static Step only(char c) {
      return new Step.One(bytes(b -> b == c));
    }

    private static BitSet bytes(IntPredicate test) {
      var bytes = new BitSet(BYTES);
      for (int b = 0; b < BYTES; b++) {
        bytes.set(b, test.test(b));
      }
      return bytes;
    }

    private void stars() {
      int first = at;
      while (at < text.length() && text.charAt(at) == '*') {
        at++;
      }
      // git compares what stands before the first wildcard apart, so that there, too, a pattern
      // begins.
      boolean edge = first == 0 || first == plain || text.charAt(first - 1) == '/';
      if (at - first < 2 || !edge || at < text.length() && text.charAt(at) != '/') {
        steps.add(new Step.Within());
      } else if (at == text.length()) {
        steps.add(new Step.Everything());
      } else {
        at++;
        steps.add(new Step.Folders());
        steps.add(new Step.Folder());
      }
    }

    private void set() {
      at++;
      boolean none = at < text.length() && (text.charAt(at) == '!' || text.charAt(at) == '^');
      if (none) {
        at++;
      }
      boolean[] in = new boolean[BYTES];
      int before = 0;
      boolean first = true;
      while (at < text.length() && (first || text.charAt(at) != ']')) {
        first = false;
        int c = text.charAt(at);
        if (c == '\\') {
          if (++at == text.length()) {
            break;
          }
          c = text.charAt(at++);
          in[c] = true;
          before = c;
        } else if (c == '-'
            && before != 0
            && at + 1 < text.length()
            && text.charAt(at + 1) != ']') {
          at++;
          if (text.charAt(at) == '\\' && ++at == text.length()) {
            break;
          }
          for (int b = before; b <= text.charAt(at); b++) {
            in[b] = true;
          }
          at++;
          before = 0;
        } else if (c == '[' && at + 1 < text.length() && text.charAt(at + 1) == ':') {
          int close = text.indexOf(']', at + 2);
          if (close < 0) {
            at = text.length();
            break;
          }
          if (close > at + 2 && text.charAt(close - 1) == ':') {
            IntPredicate named = named(text.substring(at + 2, close - 1));
            if (named == null) {
              at = text.length();
              break;
            }
            for (int b = 0; b < 128; b++) {
              in[b] |= named.test(b);
            }
            at = close + 1;
            before = 0;
          } else {
            in[c] = true;
            before = c;
            at++;
          }
        } else {
          in[c] = true;
          before = c;
          at++;
        }
      }
      if (at >= text.length()) {
        steps.add(new Step.Nothing());
        return;
      }
      at++;
      steps.add(new Step.One(bytes(b -> b != '/' && in[b] != none)));
    }

    private static @Nullable IntPredicate named(String name) {
      return switch (name) {
        case "alnum" -> b -> Character.isLetterOrDigit(b);
        case "alpha" -> b -> Character.isLetter(b);
        case "blank" -> b -> b == ' ' || b == '\t';
        case "cntrl" -> b -> b < ' ' || b == 0x7f;
        case "digit" -> b -> Character.isDigit(b);
        case "graph" -> b -> b > ' ' && b < 0x7f;
        case "lower" -> b -> b >= 'a' && b <= 'z';
        case "print" -> b -> b >= ' ' && b < 0x7f;
        case "punct" -> b -> b > ' ' && b < 0x7f && !Character.isLetterOrDigit(b);
        case "space" -> b -> b == ' ' || b >= '\t' && b <= '\r';
        case "upper" -> b -> b >= 'A' && b <= 'Z';
        case "xdigit" -> b -> Character.digit(b, 16) >= 0;
        default -> null;
      };
    }
  }
}
