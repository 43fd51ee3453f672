package dev.stanch.detectors.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;

/// Expressions of any author, for an engine whose time grows with the text alone. The syntax is
/// that of RE2, which Go's is too.
public final class LinearPattern {
  private static final int LONGEST = 32 << 10;

  /// Largest program of a rule whose author the caller trusts; each byte of a text can cost as many
  /// steps.
  private static final int LARGEST = 20_000;

  /// Largest program of a rule that came with the scanned tree.
  private static final int LARGEST_UNVOUCHED = 4_000;

  private static final int FIRST_ENDLESS = 0x1c80;
  private static final int LAST_ENDLESS = 0x1c88;

  /// Where case is of no account.
  private static final java.util.regex.Pattern FOLDING =
      java.util.regex.Pattern.compile("\\(\\?[a-hj-zA-Z]*+i");

  private static final java.util.regex.Pattern CODE_POINT =
      java.util.regex.Pattern.compile("\\\\x\\{0*([0-9a-fA-F]{1,6})\\}|[^\\x00-\\x7f]");

  private LinearPattern() {}

  /// Thrown for an expression that cannot be taken; the message says why.
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(String message) {
      super(message);
    }
  }

  /// Compiles an expression.
  public static Pattern compile(String text, Rule.Origin origin) throws UnusableException {
    int largest = origin == Rule.Origin.SCANNED_TREE ? LARGEST_UNVOUCHED : LARGEST;
    if (text.length() > LONGEST) {
      throw new UnusableException("longer than " + LONGEST + " characters");
    }
    if (foldsWithoutEnd(text)) {
      throw new UnusableException("a range up to U+1C80 or beyond does not go with (?i)");
    }
    // Counts multiply when they nest, and the program is written out: it is measured before.
    if (new Measure(text).size() > 4L * largest) {
      throw new UnusableException("repeated counts make it too large");
    }
    try {
      Pattern pattern = Pattern.compile(text);
      if (pattern.programSize() > largest) {
        throw new UnusableException(
            "its program has "
                + pattern.programSize()
                + " steps, more than "
                + largest
                + "; use smaller counts");
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      String part = e.getPattern();
      throw new UnusableException(
          part.startsWith("(?=") || part.startsWith("(?!") || part.startsWith("(?<")
              ? "look-around is not supported: " + part
              : e.getDescription() + ": " + part);
    }
  }

  /// Whether the engine would go round for ever: it looks for all cases of a letter until the first
  /// comes again, which those of U+1C80 to U+1C88, as this JDK knows them, never do.
  private static boolean foldsWithoutEnd(String text) {
    if (!FOLDING.matcher(text).find()) {
      return false;
    }
    Matcher point = CODE_POINT.matcher(text);
    while (point.find()) {
      int code =
          point.group(1) != null
              ? Integer.parseInt(point.group(1), 16)
              : point.group().codePointAt(0);
      boolean ends = point.start() > 0 && text.charAt(point.start() - 1) == '-';
      if (code >= FIRST_ENDLESS && (ends || code <= LAST_ENDLESS)) {
        return true;
      }
    }
    return false;
  }

  /// How many instructions an expression comes to, about.
  private static final class Measure {
    private final String text;
    private int at;

    Measure(String text) {
      this.text = text;
    }

    long size() {
      return sequence(0);
    }

    /// Up to the closing bracket of the group it stands in.
    private long sequence(int depth) {
      long all = 0;
      long last = 0;
      while (at < text.length()) {
        char c = text.charAt(at++);
        switch (c) {
          case '(' -> last = depth > 200 ? Long.MAX_VALUE / 4096 : sequence(depth + 1) + 2;
          case ')' -> {
            return all;
          }
          case '[' -> {
            characterClass();
            last = 1;
          }
          case '\\' -> {
            at++;
            last = 1;
          }
          case '{' -> {
            long times = count();
            all = capped(all + last * (times - 1));
            continue;
          }
          default -> last = 1;
        }
        all = capped(all + last);
      }
      return all;
    }

    private static long capped(long size) {
      return Math.min(size, 1L << 40);
    }

    private void characterClass() {
      int first = at;
      while (at < text.length() && (text.charAt(at) != ']' || at == first)) {
        if (text.startsWith("[:", at) && text.indexOf(":]", at) > 0) {
          at = text.indexOf(":]", at) + 2;
        } else {
          at += text.charAt(at) == '\\' ? 2 : 1;
        }
      }
      at++;
    }

    /// The larger number of `{n,m}`; 1 where the brace is none.
    private long count() {
      int end = text.indexOf('}', at);
      if (end < 0 || end - at > 9 || !text.substring(at, end).matches("[0-9]+(,[0-9]*)?")) {
        return 1;
      }
      String numbers = text.substring(at, end);
      at = end + 1;
      int comma = numbers.indexOf(',');
      boolean open = comma == numbers.length() - 1;
      String most = open ? numbers.substring(0, comma) : numbers.substring(comma + 1);
      return Math.max(1, Long.parseLong(most));
    }
  }
}
