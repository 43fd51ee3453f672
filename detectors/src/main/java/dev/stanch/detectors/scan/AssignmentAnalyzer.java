package dev.stanch.detectors.scan;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads assignments of a value to a telling name, in whatever syntax: `api_key = "…"`, `password:
/// …`, `<secret>…</secret>`, `setToken("…")`, `--password …`, `"name": "DB_PASS", "value": "…"`.
///
/// Knows no language: it looks at the few bytes round a word such as *password*. Most occurrences
/// are ruled out by the first byte behind the identifier.
final class AssignmentAnalyzer {
  private static final int LONGEST_NAME = 96;
  private static final int LONGEST_VALUE = 1024;
  private static final int SHORTEST_VALUE = 4;

  private final NameJudge names = new NameJudge();

  private byte[] text = new byte[0];
  private int from;
  private int to;
  private int low;
  private int high;

  /// What was read of one assignment. Positions are those of the value.
  ///
  /// @param name the identifier as it stands
  /// @param nameStart where the identifier begins
  record Assignment(
      String name,
      int nameStart,
      NameJudge.Name judged,
      Form form,
      int start,
      int end,
      boolean quoted) {}

  /// How the value is tied to the name.
  enum Form {
    /// `=`, `:`, `=>` and their kin.
    ASSIGNED,
    /// `==`: a comparison.
    COMPARED,
    /// An argument behind a quoted name, or of a call named so.
    ARGUMENT,
    /// An XML element or a name-value pair.
    ELEMENT,
    /// A command line flag, or a word and a value in a configuration line.
    WORDS
  }

  /// Where the analysis looked.
  int examinedFrom() {
    return low;
  }

  int examinedTo() {
    return high;
  }

  /// The assignment to the identifier round the keyword at `[start, end)`, if there is one worth
  /// judging.
  @Nullable Assignment read(byte[] bytes, int first, int last, int start, int end) {
    this.text = bytes;
    this.from = first;
    this.to = last;
    low = start - 1;
    high = end + 1;

    int nameEnd = end;
    while (nameEnd < to && nameEnd - end < LONGEST_NAME && isNameByte(text[nameEnd])) {
      nameEnd++;
    }
    // `password.length` and `token.value =` go on; a full stop or a dash at the end does not belong
    // to the name.
    while (nameEnd > end && (text[nameEnd - 1] == '.' || text[nameEnd - 1] == '-')) {
      nameEnd--;
    }
    high = Math.max(high, nameEnd + 2);
    int operator = quickOperator(nameEnd);
    if (operator < 0) {
      return null;
    }
    int nameStart = start;
    while (nameStart > from
        && start - nameStart < LONGEST_NAME
        && isNameByte(text[nameStart - 1])) {
      nameStart--;
    }
    low = nameStart - 1;
    while (nameStart < start
        && (text[nameStart] == '-' || text[nameStart] == '.' || text[nameStart] == '$')) {
      nameStart++;
    }
    low = Math.min(low, nameStart - 8);
    String name = new String(text, nameStart, nameEnd - nameStart, StandardCharsets.ISO_8859_1);
    NameJudge.Name judged = names.judge(name, start - nameStart, end - nameStart);
    if (judged.weight() <= 0) {
      return null;
    }
    return value(name, nameStart, nameEnd, operator, judged);
  }

  private static boolean isNameByte(int b) {
    return TokenText.isWord(b) || b == '-' || b == '.' || b < 0 || b == '$';
  }

  /// The first byte that matters behind the identifier, or -1 when no assignment can begin so.
  private int quickOperator(int nameEnd) {
    int at = nameEnd;
    for (int closers = 0; closers < 3 && at < to; closers++) {
      byte b = text[at];
      if (b == '"' || b == '\'' || b == '`' || b == ']') {
        at++;
      } else if (b == '\\' && at + 1 < to && (text[at + 1] == '"' || text[at + 1] == '\'')) {
        at += 2;
      } else if (b == ' ' || b == '\t') {
        while (at < to && at - nameEnd < 40 && (text[at] == ' ' || text[at] == '\t')) {
          at++;
        }
      } else {
        break;
      }
    }
    high = Math.max(high, at + 2);
    if (at >= to) {
      return -1;
    }
    return switch (text[at]) {
      case '=', ':', ',', '(', '>', '?', '|', '<', '\n', '\r' -> at;
      case '+' -> at + 1 < to && text[at + 1] == '=' ? at : -1;
      default -> at > nameEnd && at - nameEnd < 40 ? at : -1;
    };
  }

  private @Nullable Assignment value(
      String name, int nameStart, int nameEnd, int operator, NameJudge.Name judged) {
    boolean nameQuoted =
        nameEnd < to && (text[nameEnd] == '"' || text[nameEnd] == '\'' || text[nameEnd] == '`')
            || nameEnd + 1 < to
                && text[nameEnd] == '\\'
                && (text[nameEnd + 1] == '"' || text[nameEnd + 1] == '\'');
    int at = operator;
    byte b = text[at];
    switch (b) {
      case '=', ':', '?', '|', '+' -> {
        return assigned(name, nameStart, at, judged, nameQuoted);
      }
      case ',' -> {
        if (!nameQuoted) {
          return null;
        }
        int next = skipSpace(at + 1, true);
        Assignment pair = pairValue(name, nameStart, judged, next);
        return pair != null ? pair : quoted(name, nameStart, judged, Form.ARGUMENT, next);
      }
      case '(' -> {
        if (nameQuoted || names.isReader(name)) {
          return null;
        }
        return quoted(name, nameStart, judged, Form.ARGUMENT, skipSpace(at + 1, false));
      }
      case '>' -> {
        boolean element =
            nameStart > from && (text[nameStart - 1] == '<' || text[nameStart - 1] == ':');
        return element || nameQuoted ? element(name, nameStart, judged, at + 1) : null;
      }
      case '<' -> {
        return at + 1 < to && text[at + 1] == '-'
            ? quoted(name, nameStart, judged, Form.ASSIGNED, skipSpace(at + 2, false))
            : null;
      }
      case '\n', '\r' -> {
        return pairValue(name, nameStart, judged, skipSpace(at, true));
      }
      default -> {
        return words(name, nameStart, at, judged, nameQuoted);
      }
    }
  }

  private @Nullable Assignment assigned(
      String name, int nameStart, int operator, NameJudge.Name judged, boolean nameQuoted) {
    int at = operator;
    Form form = Form.ASSIGNED;
    if (startsWith(at, "::") || startsWith(at, ":=:") || startsWith(at, "://")) {
      return null;
    }
    if (startsWith(at, "===") || startsWith(at, "==")) {
      form = Form.COMPARED;
    }
    if (text[at] == ':' && !nameQuoted) {
      int typed = typeAnnotation(at + 1);
      if (typed > 0) {
        at = typed;
      }
    }
    while (at < to && isOperatorByte(text[at])) {
      at++;
    }
    high = Math.max(high, at + 1);
    int next = skipSpace(at, false);
    if (next >= to) {
      return null;
    }
    if (text[next] == '\n' || text[next] == '\r') {
      // A long string literal often stands on the line below; a YAML key without a value does not
      // count.
      if (text[operator] != '=') {
        return null;
      }
      next = skipSpace(next, true);
      return next < to && isQuote(next) ? quoted(name, nameStart, judged, form, next) : null;
    }
    Assignment literal = quoted(name, nameStart, judged, form, next);
    if (literal != null) {
      return literal;
    }
    Assignment fallback = fallback(name, nameStart, judged, form, next);
    if (fallback != null) {
      return fallback;
    }
    return bare(name, nameStart, judged, form, next);
  }

  private static boolean isOperatorByte(int b) {
    return b == '=' || b == ':' || b == '>' || b == '?' || b == '|' || b == '+' || b == '~';
  }

  /// Behind `: string =` or `: Optional[str] =`, the place of the `=`; 0 where no such annotation
  /// stands.
  private int typeAnnotation(int colon) {
    int at = colon;
    while (at < to && at - colon < 40) {
      byte b = text[at];
      if (b == '=') {
        high = Math.max(high, at + 1);
        return at > colon + 2 && at + 1 < to && text[at + 1] != '=' ? at : 0;
      }
      if (!TokenText.isWord(b)
          && b != ' '
          && b != '['
          && b != ']'
          && b != '<'
          && b != '>'
          && b != '.'
          && b != '|'
          && b != '?'
          && b != '&'
          && b != '\'') {
        break;
      }
      at++;
    }
    high = Math.max(high, at + 1);
    return 0;
  }

  private int skipSpace(int start, boolean lineEnds) {
    int at = start;
    while (at < to
        && at - start < 200
        && (text[at] == ' '
            || text[at] == '\t'
            || lineEnds && (text[at] == '\n' || text[at] == '\r'))) {
      at++;
    }
    high = Math.max(high, at + 1);
    return at;
  }

  private boolean isQuote(int at) {
    return text[at] == '"' || text[at] == '\'' || text[at] == '`';
  }

  /// A string literal that begins at `at`, with the prefixes and wrappers that literals have.
  private @Nullable Assignment quoted(
      String name, int nameStart, NameJudge.Name judged, Form form, int start) {
    int at = start;
    // b"…", @"…", L"…", new String("…"), SecretStr('…'), &"…", String.valueOf("…")
    int limit = Math.min(to, at + 40);
    int quote = at;
    while (quote < limit
        && (TokenText.isWord(text[quote])
            || text[quote] == '('
            || text[quote] == '@'
            || text[quote] == '.'
            || text[quote] == ' '
            || text[quote] == '&'
            || text[quote] == '['
            || text[quote] == '\\')) {
      quote++;
    }
    high = Math.max(high, quote + 1);
    if (quote >= to || !isQuote(quote)) {
      return null;
    }
    if (quote > at) {
      int last = text[quote - 1];
      boolean shortPrefix = quote - at <= 3 && !contains(at, quote, ' ');
      boolean call = last == '(' && !names.isReader(latin(at, quote - 1));
      boolean list = last == '[' && quote - at == 1;
      boolean escaped = last == '\\' && quote - at == 1;
      if (!shortPrefix && !call && !list && !escaped) {
        return null;
      }
    }
    boolean escaped = quote > from && text[quote - 1] == '\\';
    byte delimiter = text[quote];
    int valueStart = quote + 1;
    if (valueStart + 1 < to && text[valueStart] == delimiter && text[valueStart + 1] == delimiter) {
      valueStart += 2;
    }
    int end = valueStart;
    int limitEnd = Math.min(to, valueStart + LONGEST_VALUE + 1);
    while (end < limitEnd && text[end] != '\n' && text[end] != '\r') {
      if (text[end] == delimiter) {
        break;
      }
      if (text[end] == '\\' && end + 1 < limitEnd) {
        if (escaped && text[end + 1] == delimiter) {
          break;
        }
        end++;
      }
      end++;
    }
    high = Math.max(high, Math.min(end, to) + 1);
    if (end >= limitEnd || text[end] != delimiter && !(escaped && text[end] == '\\')) {
      return null;
    }
    return made(name, nameStart, judged, form, valueStart, end, true);
  }

  /// `getenv("X") or "default"`, `x || "default"`, `x ?? "default"`, `get("X", "default")` on the
  /// same line.
  private @Nullable Assignment fallback(
      String name, int nameStart, NameJudge.Name judged, Form form, int start) {
    int at = start;
    int limit = Math.min(to, start + 160);
    while (at < limit && text[at] != '\n') {
      boolean or =
          text[at] == '|' && startsWith(at, "||")
              || text[at] == '?' && startsWith(at, "??")
              || text[at] == ' ' && startsWith(at, " or ")
              || text[at] == '?' && startsWith(at, "?:");
      boolean comma = text[at] == ',' && contains(start, at, '(');
      if (or || comma) {
        int next = skipSpace(at + (comma ? 1 : text[at] == ' ' ? 4 : 2), false);
        if (next < to && isQuote(next)) {
          return quoted(name, nameStart, judged, form, next);
        }
      }
      at++;
    }
    high = Math.max(high, at + 1);
    return null;
  }

  /// A value without quotes.
  private @Nullable Assignment bare(
      String name, int nameStart, NameJudge.Name judged, Form form, int start) {
    int end = start;
    int limit = Math.min(to, start + LONGEST_VALUE + 1);
    while (end < limit && !isBareEnd(text[end])) {
      end++;
    }
    high = Math.max(high, end + 2);
    if (end >= limit && limit < to) {
      return null;
    }
    while (end > start && (text[end - 1] == ';' || text[end - 1] == ',' || text[end - 1] == '.')) {
      end--;
    }
    return made(name, nameStart, judged, form, start, end, false);
  }

  private static boolean isBareEnd(int b) {
    return b <= ' ' && b >= 0
        || b == '"'
        || b == '\''
        || b == '`'
        || b == '<'
        || b == '>'
        || b == '&'
        || b == ')'
        || b == ']'
        || b == '}'
        || b == ';'
        || b == ',';
  }

  /// `value: x`, `"value": "x"`, `value="x"` behind a name of its own.
  private @Nullable Assignment pairValue(
      String name, int nameStart, NameJudge.Name judged, int start) {
    int at = start;
    if (at < to && (text[at] == '"' || text[at] == '\'')) {
      at++;
    }
    if (!startsWith(at, "value") && !startsWith(at, "Value") && !startsWith(at, "VALUE")) {
      high = Math.max(high, at + 6);
      return null;
    }
    at += 5;
    if (at < to && (text[at] == '"' || text[at] == '\'')) {
      at++;
    }
    at = skipSpace(at, false);
    if (at >= to || text[at] != ':' && text[at] != '=') {
      return null;
    }
    int next = skipSpace(at + 1, false);
    if (next >= to) {
      return null;
    }
    Assignment literal = quoted(name, nameStart, judged, Form.ELEMENT, next);
    return literal != null ? literal : bare(name, nameStart, judged, Form.ELEMENT, next);
  }

  /// `>value</` behind an opening tag.
  private @Nullable Assignment element(
      String name, int nameStart, NameJudge.Name judged, int start) {
    int end = start;
    int limit = Math.min(to, start + LONGEST_VALUE);
    while (end < limit && text[end] != '<' && text[end] != '\n') {
      end++;
    }
    high = Math.max(high, end + 2);
    if (end + 1 >= to || text[end] != '<' || text[end + 1] != '/') {
      return null;
    }
    return made(name, nameStart, judged, Form.ELEMENT, start, end, true);
  }

  /// `--password x`, `ENV DB_PASS x`, `PASSWORD 'x'`, `name="password" value="x"`.
  private @Nullable Assignment words(
      String name, int nameStart, int start, NameJudge.Name judged, boolean nameQuoted) {
    if (nameQuoted) {
      return pairValue(name, nameStart, judged, start);
    }
    boolean flag =
        nameStart >= from + 2 && text[nameStart - 1] == '-' && text[nameStart - 2] == '-';
    boolean afterWord =
        precededBy(nameStart, "ENV ")
            || precededBy(nameStart, "ARG ")
            || precededBy(nameStart, "setenv ")
            || precededBy(nameStart, "define ");
    String folded = name.toLowerCase(Locale.ROOT);
    if (start < to && isQuote(start)) {
      // SQL: PASSWORD 'x', and IDENTIFIED BY 'x' is a rule of its own.
      return flag || afterWord || folded.equals("password")
          ? quoted(name, nameStart, judged, Form.WORDS, start)
          : null;
    }
    if (!flag && !afterWord && !(folded.equals("password") && lineHas(nameStart, "login"))) {
      return null;
    }
    return bare(name, nameStart, judged, Form.WORDS, start);
  }

  private @Nullable Assignment made(
      String name,
      int nameStart,
      NameJudge.Name judged,
      Form form,
      int start,
      int end,
      boolean quoted) {
    if (end - start < SHORTEST_VALUE || end - start > LONGEST_VALUE) {
      return null;
    }
    return new Assignment(name, nameStart, judged, form, start, end, quoted);
  }

  private boolean precededBy(int at, String word) {
    low = Math.min(low, at - word.length() - 1);
    return at - word.length() >= from && startsWith(at - word.length(), word);
  }

  private boolean lineHas(int at, String word) {
    int start = at;
    while (start > from && at - start < 120 && text[start - 1] != '\n') {
      start--;
    }
    low = Math.min(low, start - 1);
    for (int i = start; i + word.length() <= at; i++) {
      if (startsWith(i, word)) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(int start, int end, char wanted) {
    for (int i = start; i < end; i++) {
      if (text[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  private boolean startsWith(int at, String word) {
    if (at + word.length() > to) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String latin(int start, int end) {
    return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
