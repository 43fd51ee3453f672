package dev.stanch.detectors.rule;

import dev.stanch.detectors.rule.PatternNode.Capture;
import dev.stanch.detectors.rule.PatternNode.Chars;
import dev.stanch.detectors.rule.PatternNode.Choice;
import dev.stanch.detectors.rule.PatternNode.Edge;
import dev.stanch.detectors.rule.PatternNode.Repeat;
import dev.stanch.detectors.rule.PatternNode.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Reads the text of a pattern: the dialect of docs/RULE-FORMAT.md, and nothing beyond it.
final class PatternParser {
  /// No group may stand deeper in others.
  private static final int DEEPEST = 100;

  /// No count may be larger.
  private static final int LARGEST_COUNT = 4096;

  private final String text;
  private final PatternNode root;
  private final List<String> names = new ArrayList<>();
  private int at;
  private int depth;
  private int captures;
  private boolean ignoreCase;
  private boolean dotAll;

  PatternParser(String text) throws NotOfTheDialect {
    this.text = text;
    flags();
    this.root = choice();
    if (at < text.length()) {
      throw bad("unbalanced ')'");
    }
  }

  PatternNode root() {
    return root;
  }

  /// The names of its groups, in the order in which they open.
  List<String> groupNames() {
    return List.copyOf(names);
  }

  /// How many groups capture, named or not.
  int captures() {
    return captures;
  }

  boolean ignoreCase() {
    return ignoreCase;
  }

  private void flags() throws NotOfTheDialect {
    if (text.startsWith("(?")) {
      int end = text.indexOf(')');
      String flags = end > 0 ? text.substring(2, end) : "";
      if (!flags.isEmpty() && flags.chars().allMatch(c -> c == 'i' || c == 'm' || c == 's')) {
        ignoreCase = flags.indexOf('i') >= 0;
        dotAll = flags.indexOf('s') >= 0;
        at = end + 1;
      } else if (!flags.isEmpty() && flags.chars().allMatch(Character::isLetter)) {
        throw bad("flags other than i, m and s");
      }
    }
  }

  private PatternNode choice() throws NotOfTheDialect {
    var options = new ArrayList<PatternNode>();
    options.add(sequence());
    while (at < text.length() && text.charAt(at) == '|') {
      at++;
      options.add(sequence());
    }
    return options.size() == 1 ? options.getFirst() : new Choice(List.copyOf(options));
  }

  private PatternNode sequence() throws NotOfTheDialect {
    var parts = new ArrayList<PatternNode>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      atom(parts);
    }
    return new Sequence(List.copyOf(parts));
  }

  private void atom(List<PatternNode> parts) throws NotOfTheDialect {
    char c = text.charAt(at);
    switch (c) {
      case '(' -> quantified(parts, group());
      case '[' -> quantified(parts, new Chars(charClass()));
      case '.' -> {
        at++;
        var none = new ByteSet();
        quantified(parts, new Chars((dotAll ? none : none.add('\n')).complement()));
      }
      case '^', '$' -> {
        at++;
        parts.add(new Edge(c));
      }
      case '*', '+', '?', '{' -> throw bad("nothing to repeat");
      case '\\' -> {
        if (at + 1 < text.length() && (text.charAt(at + 1) == 'b' || text.charAt(at + 1) == 'B')) {
          parts.add(new Edge(text.charAt(at + 1)));
          at += 2;
        } else {
          quantified(parts, new Chars(escape(false)));
        }
      }
      default -> {
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        if (point < 0x80) {
          quantified(parts, new Chars(letter(point)));
        } else {
          byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
          var sequence = new ArrayList<PatternNode>();
          for (byte b : bytes) {
            sequence.add(new Chars(new ByteSet().add(b & 0xff)));
          }
          quantified(parts, new Sequence(List.copyOf(sequence)));
        }
      }
    }
  }

  private ByteSet letter(int value) {
    var set = new ByteSet().add(value);
    return ignoreCase ? set.foldCase() : set;
  }

  private PatternNode group() throws NotOfTheDialect {
    at++;
    boolean capture = true;
    if (text.startsWith("?:", at)) {
      at += 2;
      capture = false;
    } else if (text.startsWith("?<", at) || text.startsWith("?P<", at)) {
      int from = text.indexOf('<', at) + 1;
      int to = text.indexOf('>', from);
      if (to < 0
          || from < text.length() && (text.charAt(from) == '=' || text.charAt(from) == '!')) {
        throw bad("look-behind");
      }
      names.add(text.substring(from, to));
      at = to + 1;
    } else if (text.startsWith("?", at)) {
      throw bad("a group that is neither '(?:', '(?<name>' nor plain");
    }
    if (capture) {
      captures++;
    }
    if (++depth > DEEPEST) {
      throw bad("a group so deep inside others");
    }
    PatternNode body = choice();
    depth--;
    if (at >= text.length()) {
      throw bad("unbalanced '('");
    }
    at++;
    return capture ? new Capture(body) : body;
  }

  private void quantified(List<PatternNode> parts, PatternNode body) throws NotOfTheDialect {
    if (at >= text.length()) {
      parts.add(body);
      return;
    }
    char c = text.charAt(at);
    int min;
    int max;
    if (c == '?') {
      min = 0;
      max = 1;
      at++;
    } else if (c == '*' || c == '+') {
      throw bad("unbounded '" + c + "'; say at most how many, as in {1,64}");
    } else if (c == '{') {
      int end = text.indexOf('}', at);
      if (end < 0) {
        throw bad("unbalanced '{'");
      }
      String[] counts = text.substring(at + 1, end).split(",", -1);
      try {
        min = Integer.parseInt(counts[0].strip());
        max = counts.length == 1 ? min : Integer.parseInt(counts[1].strip());
      } catch (NumberFormatException e) {
        throw bad("unbounded or unreadable count {" + text.substring(at + 1, end) + "}");
      }
      if (min < 0 || min > max || max > LARGEST_COUNT || counts.length > 2) {
        throw bad(
            "count {" + text.substring(at + 1, end) + "} is not within 0 to " + LARGEST_COUNT);
      }
      at = end + 1;
    } else {
      parts.add(body);
      return;
    }
    if (at < text.length() && text.charAt(at) == '?') {
      at++;
    } else if (at < text.length() && text.charAt(at) == '+') {
      throw bad("possessive quantifiers");
    }
    if (max > 1 && !(body instanceof Chars) && body.minLength() != body.maxLength()) {
      throw bad("a repeated group whose length varies (nested quantifiers)");
    }
    parts.add(min == 1 && max == 1 ? body : new Repeat(body, min, max));
  }

  private ByteSet charClass() throws NotOfTheDialect {
    at++;
    boolean negated = at < text.length() && text.charAt(at) == '^';
    if (negated) {
      at++;
    }
    var set = new ByteSet();
    boolean first = true;
    while (true) {
      if (at >= text.length()) {
        throw bad("unbalanced '['");
      }
      char c = text.charAt(at);
      if (c == ']' && !first) {
        at++;
        break;
      }
      first = false;
      if (c == '[') {
        throw bad("a '[' inside a class; escape it");
      }
      if (c == '&' && text.startsWith("&&", at)) {
        throw bad("'&&' inside a class");
      }
      if (c == '\\') {
        ByteSet escaped = escape(true);
        if (escaped.size() != 1 || !rangeFollows()) {
          set.addAll(escaped);
          continue;
        }
        range(set, only(escaped));
      } else {
        if (c > 0x7f) {
          throw bad("a character beyond ASCII inside a class");
        }
        at++;
        if (rangeFollows()) {
          range(set, c);
        } else {
          set.add(c);
        }
      }
    }
    if (ignoreCase) {
      set.foldCase();
    }
    return negated ? set.complement() : set;
  }

  private boolean rangeFollows() {
    return at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
  }

  private void range(ByteSet set, int from) throws NotOfTheDialect {
    at++;
    int to;
    if (text.charAt(at) == '\\') {
      ByteSet escaped = escape(true);
      if (escaped.size() != 1) {
        throw bad("a range that ends in a class");
      }
      to = only(escaped);
    } else {
      to = text.charAt(at++);
    }
    if (to < from || to > 0xff) {
      throw bad("a range that runs backwards");
    }
    set.addRange(from, to);
  }

  private static int only(ByteSet set) {
    for (int value = 0; value < 256; value++) {
      if (set.contains(value)) {
        return value;
      }
    }
    throw new IllegalStateException("an empty set");
  }

  private ByteSet escape(boolean inClass) throws NotOfTheDialect {
    at++;
    if (at >= text.length()) {
      throw bad("a '\\' at the end");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case 'd' -> new ByteSet().addRange('0', '9');
      case 'D' -> new ByteSet().addRange('0', '9').complement();
      case 'w' -> word();
      case 'W' -> word().complement();
      case 's' -> ByteSet.of(" \t\n\r\f\u000b");
      case 'S' -> ByteSet.of(" \t\n\r\f\u000b").complement();
      case 'n' -> new ByteSet().add('\n');
      case 't' -> new ByteSet().add('\t');
      case 'r' -> new ByteSet().add('\r');
      case 'x' -> {
        if (at + 2 > text.length()
            || !HexFormat.isHexDigit(text.charAt(at))
            || !HexFormat.isHexDigit(text.charAt(at + 1))) {
          throw bad("\\x without two hexadecimal digits");
        }
        int value = HexFormat.fromHexDigits(text, at, at + 2);
        at += 2;
        yield inClass ? new ByteSet().add(value) : letter(value);
      }
      default -> {
        if (Character.isLetterOrDigit(c) || c > 0x7f) {
          throw bad("\\" + c);
        }
        yield new ByteSet().add(c);
      }
    };
  }

  private static ByteSet word() {
    return new ByteSet().addRange('a', 'z').addRange('A', 'Z').addRange('0', '9').add('_');
  }

  private NotOfTheDialect bad(String what) {
    return new NotOfTheDialect(
        "pattern, character " + Math.min(at + 1, text.length()) + ": " + what + " is not allowed");
  }
}
