package dev.stanch.detectors.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
  private static final int MOST_PAIRS = 20;
  private static final int LONGEST_PAIRS = 1500;

  /// Schemes of HTTP authorization whose header holds an answer computed from the secret, not it.
  private static final Set<String> ANSWERS =
      Set.of("digest", "ntlm", "negotiate", "hawk", "signature", "aws", "aws4-hmac-sha256");

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
  /// @param inText whether name and value stand in a comment, a string or prose, not in code
  record Assignment(
      String name,
      int nameStart,
      NameJudge.Name judged,
      Form form,
      int start,
      int end,
      boolean quoted,
      boolean inText) {}

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
    /// A word and a value in a configuration line.
    WORDS,
    /// A command line flag: what follows is no code, wherever it stands.
    FLAG,
    /// `the password is x`.
    SENTENCE,
    /// A row of a table whose head holds the name.
    TABLE,
    /// What a client is made with: the name is the client's.
    CALL,
    /// The password of a URL: the name is the scheme.
    URL
  }

  /// Where the analysis looked.
  int examinedFrom() {
    return low;
  }

  int examinedTo() {
    return high;
  }

  /// The assignments to the identifier round the keyword at `[start, end)` that are worth judging.
  List<Assignment> read(byte[] bytes, int first, int last, int start, int end) {
    this.text = bytes;
    this.from = first;
    this.to = last;
    low = start - 1;
    high = end + 1;

    if (text[start] == ':') {
      Assignment url = url(start, end);
      return url == null ? List.of() : List.of(url);
    }
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
    if (nameEnd - end > 4 && startsWith(nameEnd - 5, ".Text")) {
      nameEnd -= 5; // passwordBox.Text = "x"
    }
    if (operator < 0 || isClient(start, end) && !mayCall(operator)) {
      return List.of();
    }
    int nameStart = start;
    while (nameStart > from
        && start - nameStart < LONGEST_NAME
        && isNameByte(text[nameStart - 1])) {
      nameStart--;
    }
    low = nameStart - 12;
    while (nameStart < start
        && (text[nameStart] == '-' || text[nameStart] == '.' || text[nameStart] == '$')) {
      nameStart++;
    }
    // -Dpassword=x
    if (text[nameStart] == 'D' && nameStart < start && at(nameStart - 1) == '-') {
      nameStart++;
    }
    if (isSigning(start, end)) {
      Assignment key = signingKey(latin(nameStart, nameEnd), nameStart, operator);
      return key == null ? List.of() : List.of(key);
    }
    if (isClient(start, end)) {
      Assignment call = call(latin(nameStart, nameEnd), nameStart, nameEnd, operator);
      return call == null ? List.of() : List.of(call);
    }
    String logins = latin(start, nameEnd).toLowerCase(Locale.ROOT);
    if (logins.equals("users")
        || logins.equals("logins")
        || logins.startsWith("auth")
        || logins.startsWith("cred")
        || logins.equals("passwords")) {
      var pairs = new ArrayList<Assignment>();
      pairs(latin(nameStart, nameEnd), nameStart, nameEnd, operator, pairs);
      if (!pairs.isEmpty()) {
        return pairs;
      }
    }
    int judgedFrom = startsWith(nameEnd, "()") ? behindGet(nameStart, start) : nameStart;
    NameJudge.Judged identifier = names.judge(text, judgedFrom, nameEnd, start, end);
    String name = identifier.name();
    NameJudge.Name judged = identifier.judged();
    if (judged.weight() <= 0
        || judged.kind() == NameJudge.Kind.KEY && precededBy(nameStart, "public ")) {
      return List.of();
    }
    var column = new ArrayList<Assignment>();
    if (table(name, nameStart, nameEnd, judged, column)) {
      return column;
    }
    Assignment found = value(name, nameStart, nameEnd, operator, judged);
    return found == null ? List.of() : List.of(found);
  }

  /// Where the name of a property begins that a call reads: `password` in `user.getPassword()`.
  private int behindGet(int nameStart, int telling) {
    int at = telling;
    while (at > nameStart && text[at - 1] != '.') {
      at--;
    }
    return telling - at >= 3 && startsWith(at, "get") ? at + 3 : nameStart;
  }

  /// The byte at `i`, 0 outside of the text.
  private int at(int i) {
    return i >= from && i < to ? text[i] : 0;
  }

  private static boolean isNameByte(int b) {
    return TokenText.isWord(b) || b == '-' || b == '.' || b < 0 || b == '$';
  }

  /// The first byte that matters behind the identifier, or -1 when no assignment can begin so.
  private int quickOperator(int nameEnd) {
    int at = nameEnd;
    boolean spaced = false;
    for (int closers = 0; closers < 3 && at < to; closers++) {
      byte b = text[at];
      if (!spaced && (b == '"' || b == '\'' || b == '`' || b == ']')) {
        at++;
      } else if (b == '[' && closers == 0) {
        // char password[] = "…", char key[32] = "…"
        int close = at + 1;
        while (close < to && close - at < 6 && text[close] >= '0' && text[close] <= '9') {
          close++;
        }
        if (close >= to || text[close] != ']') {
          return -1;
        }
        at = close + 1;
      } else if (b == '\\' && at + 1 < to && (text[at + 1] == '"' || text[at + 1] == '\'')) {
        at += 2;
      } else if (b == '}' && (startsWith(at, "}  ") || startsWith(at, "}\t"))) {
        at++; // ${PASSWORD}    x
      } else if (b == ' ' || b == '\t') {
        spaced = true;
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
      case '=', ':', ',', '(', ')', '>', '?', '|', '<', '{', ';', '/', '\n', '\r' -> at;
      case '+' -> at + 1 < to && text[at + 1] == '=' ? at : -1;
      default -> at > nameEnd && at - nameEnd < 40 ? at : -1;
    };
  }

  private @Nullable Assignment value(
      String name, int nameStart, int nameEnd, int operator, NameJudge.Name judged) {
    boolean nameQuoted = false;
    for (int i = nameEnd; i < operator; i++) {
      nameQuoted |= isQuote(i);
    }
    int at = operator;
    byte b = text[at];
    switch (b) {
      case '=', ':', '?', '|', '+' -> {
        return assigned(name, nameStart, at, judged, nameQuoted);
      }
      case ',' -> {
        int next = skipSpace(at + 1, true);
        if (!nameQuoted) {
          // strcmp(password, "x")
          if (precededBy(nameStart, "strcmp(")
              || precededBy(nameStart, "equals(")
              || precededBy(nameStart, "compare_digest(")
              || judged.kind() == NameJudge.Kind.PASSWORD && isComparison(nameStart)) {
            return quoted(name, nameStart, judged, Form.COMPARED, next);
          }
          // set :db_password, "x" and {password, "x"}
          boolean tuple =
              judged.kind() == NameJudge.Kind.PASSWORD
                  && at(nameStart - 1) == '{'
                  && name.charAt(0) >= 'a';
          return tuple || precededBy(nameStart, "set :")
              ? quoted(name, nameStart, judged, Form.ASSIGNED, next)
              : null;
        }
        Assignment pair = pairValue(name, nameStart, judged, next);
        if (pair != null) {
          return pair;
        }
        // A word of a path or of a message that is quoted, not a name.
        int opens = at(nameStart - 1);
        if (opens == '/' || opens == ' ') {
          return null;
        }
        // In a list of names the next one is no value.
        int before = nameStart - 2;
        while (before > from && nameStart - before < 12 && at(before) == ' ') {
          before--;
        }
        low = Math.min(low, before - 1);
        if (at(before) == '[' || spansLines(at, next)) {
          return null;
        }
        // add_argument("--password", default="x"), fill_in "Password", with: "x"
        if (startsWith(next, "default=")) {
          next += 8;
        } else if (startsWith(next, "with: ")) {
          next += 6;
        }
        Assignment argument = quoted(name, nameStart, judged, Form.ARGUMENT, next);
        if (argument == null || at(skipSpace(argument.end() + 1, false)) == ':') {
          return null;
        }
        if (at(before) != ',' || lineHas(lineStart(nameStart), nameStart, "flag.String")) {
          return argument;
        }
        // `auth("", "user", "pass", "host")`: values all.
        if (judged.words().size() == 1 && name.length() <= 4) {
          return null;
        }
        // The last argument of several: buildConfigField "String", "KEY_PASSWORD", "x"
        int behind = argument.end() + 1;
        while (behind < to && isQuote(behind)) {
          behind++;
        }
        high = Math.max(high, behind + 2);
        return at(behind) == ')' || at(behind) == '\n' || behind >= to ? argument : null;
      }
      case ')' -> {
        return behindCall(name, nameStart, judged, at, nameQuoted);
      }
      case '{' -> {
        if (startsWith(at, "{ get; set; } =")) {
          return assigned(name, nameStart, at + 14, judged, false);
        }
        return nameQuoted
            ? ofBlock(name, nameStart, judged, at + 1)
            : ofRubyBlock(name, nameStart, judged, at);
      }
      case ';', '/' -> {
        return null;
      }
      case '(' -> {
        if (at(at + 1) == ')') {
          return compared(name, nameStart, judged, at + 2);
        }
        if (nameQuoted || names.isReader(text, nameStart, nameStart + name.length())) {
          return null;
        }
        Assignment first = quoted(name, nameStart, judged, Form.ARGUMENT, skipSpace(at + 1, false));
        return first == null ? null : lastOfPair(name, nameStart, judged, first);
      }
      case '>' -> {
        boolean element =
            nameStart > from && (text[nameStart - 1] == '<' || text[nameStart - 1] == ':');
        return element || nameQuoted ? element(name, nameStart, judged, at + 1) : null;
      }
      case '<' -> {
        if (at(at + 1) == '/') {
          return nextElement(name, nameStart, judged, at + 2);
        }
        return at(at + 1) == '-'
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
    if (text[at] == ':' && precededBy(nameStart, "${")) {
      return untilBrace(name, nameStart, judged, at + 1);
    }
    if (nameQuoted && precededBy(nameStart, "::")) {
      return null; // "AWS::IAM::AccessKey": names of types
    }
    if (text[at] == ':' && name.equals("PASS") && !nameQuoted) {
      return null; // the verdict of a test
    }
    if (text[at] == ':' && !nameQuoted && precededBy(nameStart, "? ")) {
      return null; // one of two: `ok ? pass : fail`
    }
    if (text[at] == '|' && at(at + 1) != '|' && at(at + 1) != '=' && !isCell(nameStart)) {
      return null; // `cat /etc/passwd | grep root`
    }
    if (isBadge(nameStart)) {
      return null;
    }
    if (startsWith(at, "::") || startsWith(at, ":=:") || startsWith(at, "://")) {
      return null;
    }
    if (startsWith(at, "===") || startsWith(at, "==")) {
      form = Form.COMPARED;
    } else if (isFlag(nameStart, at)) {
      form = Form.FLAG;
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
      // count, but a recorded header may have its value in a list.
      if (isHeader(name)) {
        int item = skipSpace(next, true);
        return at(item) == '-' && at(item + 1) == ' '
            ? header(name, nameStart, judged, item + 2)
            : null;
      }
      if (text[operator] != '=') {
        return null;
      }
      next = skipSpace(next, true);
      return next < to && isQuote(next) ? quoted(name, nameStart, judged, form, next) : null;
    }
    if (isHeader(name)) {
      return header(name, nameStart, judged, next);
    }
    if (text[next] == '{' && nameQuoted) {
      // "adminPassword": {"value": "x"}
      return pairValue(name, nameStart, judged, skipSpace(next + 1, true));
    }
    Assignment literal = quoted(name, nameStart, judged, form, next);
    if (literal != null) {
      boolean called = at(literal.start() - 2) == '(' && literal.start() - 2 > next;
      return called ? lastOfPair(name, nameStart, judged, literal) : literal;
    }
    Assignment fallback = fallback(name, nameStart, judged, form, next);
    if (fallback != null) {
      return fallback;
    }
    return bare(name, nameStart, judged, form, next);
  }

  /// Whether `--name=` or `/name:` stands there, as on a command line.
  private boolean isFlag(int nameStart, int operator) {
    return text[operator] == '='
        ? at(nameStart - 1) == '-' && at(nameStart - 2) == '-'
        : text[operator] == ':' && at(nameStart - 1) == '/' && at(nameStart - 2) == ' ';
  }

  /// Whether the name stands in a row of a table: the line begins with a bar, or with the name.
  private boolean isCell(int nameStart) {
    int first = skipBlanks(lineStart(nameStart));
    return first == nameStart || at(first) == '|';
  }

  /// Whether the name is a parameter of a picture's address: the token of a badge is for all to
  /// see.
  private boolean isBadge(int nameStart) {
    if (at(nameStart - 1) != '?' && at(nameStart - 1) != '&') {
      return false;
    }
    int start = nameStart - 1;
    while (start > from && nameStart - start < 160 && text[start - 1] > ' ') {
      start--;
    }
    low = Math.min(low, start - 1);
    return lineHas(start, nameStart, "badge") || lineHas(start, nameStart, ".svg?");
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
            || text[quote] == ']'
            || text[quote] == '-'
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
      boolean call =
          last == '(' && !names.isReader(text, at, quote - 1)
              || quote - at > 20 && startsWith(at, "ConvertTo-SecureString ");
      boolean list = last == '[' && quote - at == 1;
      boolean escaped = last == '\\' && quote - at == 1;
      if (!shortPrefix && !call && !list && !escaped) {
        return null;
      }
    }
    boolean escaped = quote > from && text[quote - 1] == '\\';
    byte delimiter = text[quote];
    int valueStart = quote + 1;
    high = Math.max(high, valueStart + 2);
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
    high = Math.max(high, Math.min(end, to) + 2);
    if (end >= limitEnd || text[end] != delimiter && !(escaped && text[end] == '\\')) {
      return null;
    }
    if (delimiter == '`' && contains(valueStart, end, ' ')) {
      return null; // a command
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
    int next = end;
    while (end > start && (text[end - 1] == ';' || text[end - 1] == ',' || text[end - 1] == '.')) {
      end--;
    }
    high = Math.max(high, next + 4);
    if (at(next) == ','
        && at(next + 1) == ' '
        && TokenText.isLetter(at(next + 2))
        && isLetters(start, end)
        && inText(nameStart)) {
      return null; // "first pass: count, then write"
    }
    if (at(next) == ' '
        && (TokenText.isLetter(at(next + 1)) || at(next + 1) == '%')
        && isLetters(start, end)) {
      // One of many words: "password: the one to use".
      if (form != Form.WORDS && form != Form.FLAG || inText(nameStart)) {
        return null;
      }
    }
    return made(name, nameStart, judged, form, start, end, false);
  }

  private boolean isLetters(int start, int end) {
    for (int i = start; i < end; i++) {
      if (!TokenText.isLetter(text[i])) {
        return false;
      }
    }
    return true;
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
    if (startsWith(at, "android:")) {
      at += 8;
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
    if (isHeader(name)) {
      return header(name, nameStart, judged, next);
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
    if (startsWith(start, "As String = ") || startsWith(start, "as string = ")) {
      return quoted(name, nameStart, judged, Form.ASSIGNED, start + 12);
    }
    int sentence = sentence(nameStart, start);
    if (sentence > 0) {
      Assignment literal = quoted(name, nameStart, judged, Form.SENTENCE, sentence);
      return literal != null ? literal : bare(name, nameStart, judged, Form.SENTENCE, sentence);
    }
    if (at(nameStart - 1) == ':' && at(start) == '"') {
      return quoted(name, nameStart, judged, Form.ASSIGNED, start); // {:password "x"}
    }
    int lineStart = lineStart(nameStart);
    int first = skipBlanks(lineStart);
    boolean flag = at(nameStart - 1) == '-' && at(nameStart - 2) == '-';
    boolean afterWord = setsVariable(first, nameStart);
    boolean alone = first == nameStart || first == nameStart - 2 && startsWith(nameStart - 2, "${");
    boolean login =
        judged.kind() == NameJudge.Kind.PASSWORD
            && !precededBy(nameStart, "and ")
            && !precededBy(nameStart, "or ")
            && logsIn(first, lineStart);
    if (!flag && !afterWord && !alone && !login) {
      if (isKeywordCell(first, nameStart + name.length(), start)) {
        return bare(name, nameStart, judged, Form.WORDS, valueCell(first, nameStart, start));
      }
      if (judged.kind() == NameJudge.Kind.PASSWORD && behindLogin(nameStart)) {
        return inProse(name, nameStart, judged, start);
      }
      if (!name.equalsIgnoreCase("password") || start >= to) {
        return null;
      }
      // SQL: PASSWORD 'x'. Prose: the password `x`.
      return text[start] == '\''
          ? quoted(name, nameStart, judged, Form.WORDS, start)
          : text[start] == '`' ? quoted(name, nameStart, judged, Form.SENTENCE, start) : null;
    }
    int value = start;
    // Routers: password 0 x. Kickstart: rootpw --plaintext x.
    if (startsWith(value, "0 ") || startsWith(value, "7 ")) {
      value += 2;
    } else if (startsWith(value, "--plaintext ")) {
      value += 12;
    } else if (startsWith(value, "password ") && name.endsWith("-password")) {
      value += 9; // preseed: passwd/root-password password x
    }
    if (afterWord && !isQuoteByte(at(value)) && lineHas(first, nameStart, "define ")) {
      return null; // a constant: a text would stand in quotes
    }
    Form form = flag ? Form.FLAG : Form.WORDS;
    Assignment found =
        value < to && isQuote(value)
            ? quoted(name, nameStart, judged, form, value)
            : bare(name, nameStart, judged, form, value);
    if (found == null || flag) {
      return found;
    }
    // Two words and no third.
    int end = found.end() + (found.quoted() ? 1 : 0);
    while (at(end) == ' ' || at(end) == ';' || at(end) == '\r' || at(end) == '\\') {
      end++;
    }
    high = Math.max(high, end + 2);
    return end >= to || at(end) == '\n' || login && !alone ? found : null;
  }

  /// The secret of `UserPassword("jane", "x")` and `OAuthHandler("id", "x")`: where the name speaks
  /// of a user first, or of a login as a whole, the second argument.
  private @Nullable Assignment lastOfPair(
      String name, int nameStart, NameJudge.Name judged, Assignment first) {
    int user = judged.words().indexOf("user");
    boolean pair =
        judged.kind() == NameJudge.Kind.PASSWORD
            ? user >= 0 && user < judged.words().size() - 1
            : judged.kind() == NameJudge.Kind.CREDENTIAL;
    int comma = skipSpace(Math.min(to, first.end() + 1), false);
    if (!pair || at(comma) != ',') {
      return first;
    }
    Assignment second = quoted(name, nameStart, judged, Form.ARGUMENT, skipSpace(comma + 1, false));
    return second == null && judged.kind() == NameJudge.Kind.CREDENTIAL ? first : second;
  }

  /// Whether the line is a step of Robot Framework that types something, whose cells stand two
  /// spaces or a tab apart, and a cell ends with the name.
  private boolean isKeywordCell(int first, int nameEnd, int start) {
    boolean cells = start - nameEnd >= 2 || at(nameEnd) == '\t';
    return cells
        && (startsWith(first, "Input ")
            || startsWith(first, "Fill ")
            || startsWith(first, "Type ")
            || startsWith(first, "Set ") && at(nameEnd) == '}');
  }

  /// The cell behind the locator: `Input Password id:login x`.
  private int valueCell(int first, int nameStart, int start) {
    if (nameStart - first > 6) {
      return start; // the name is the locator's
    }
    int at = start;
    while (at < to && text[at] >= ' ' && !(text[at] == ' ' && at(at + 1) == ' ')) {
      at++;
    }
    high = Math.max(high, at + 2);
    int next = skipSpace(at, false);
    return at(next) == '\n' || at(next) == '\r' ? to : next;
  }

  /// Whether `user x`, `login: x` or `account x /` stands in front of the name.
  private boolean behindLogin(int nameStart) {
    int at = nameStart;
    int limit = Math.max(from, nameStart - 80);
    low = Math.min(low, limit - 1);
    while (at > limit && (text[at - 1] == ' ' || text[at - 1] == '/' || text[at - 1] == ',')) {
      at--;
    }
    int end = at;
    while (at > limit && text[at - 1] > ' ') {
      at--;
    }
    if (at == end || at == nameStart || at <= limit || text[at - 1] != ' ') {
      return false;
    }
    end = text[at - 2] == ':' ? at - 2 : at - 1;
    at = end;
    while (at > limit && TokenText.isLetter(text[at - 1])) {
      at--;
    }
    String word = latin(at, end).toLowerCase(Locale.ROOT);
    return word.equals("user")
        || word.equals("username")
        || word.equals("login")
        || word.equals("account");
  }

  /// A password among words: none that is made of letters alone.
  private @Nullable Assignment inProse(
      String name, int nameStart, NameJudge.Name judged, int start) {
    Assignment found =
        start < to && isQuote(start)
            ? quoted(name, nameStart, judged, Form.SENTENCE, start)
            : bare(name, nameStart, judged, Form.SENTENCE, start);
    return found == null || isLetters(found.start(), found.end()) ? null : found;
  }

  /// Behind `is`, `for prod is`, or the `to` of what changes it, on the same line; 0 where no such
  /// words stand.
  private int sentence(int nameStart, int start) {
    int at = start;
    while (at < to && at - start < 32 && (TokenText.isLetter(text[at]) || text[at] == ' ')) {
      if ((at == start || text[at - 1] == ' ')
          && (text[at] == 'i' && startsWith(at, "is ")
              || text[at] == 't' && startsWith(at, "to ") && changes(nameStart))) {
        high = Math.max(high, at + 4);
        return at + 3;
      }
      at++;
    }
    high = Math.max(high, at + 4);
    return 0;
  }

  /// Whether the words in front of the name change what it names: `change the root password`.
  private boolean changes(int nameStart) {
    int first = Math.max(lineStart(nameStart), nameStart - 32);
    return lineHas(first, nameStart, "hange ")
        || lineHas(first, nameStart, "hanged ")
        || lineHas(first, nameStart, "eset ")
        || lineHas(first, nameStart, "et the ")
        || lineHas(first, nameStart, "pdate ");
  }

  /// Whether the line, up to the name, is a command that sets what follows.
  private boolean setsVariable(int first, int nameStart) {
    int words = nameStart - first;
    return words > 2
        && words < 32
        && (startsWith(first, "ENV ")
            || startsWith(first, "ARG ")
            || startsWith(first, "setenv ")
            || startsWith(first, "SetEnv ")
            || startsWith(first, "setx ")
            || startsWith(first, "set ")
            || startsWith(first, "proxy_set_header ")
            || startsWith(first, "fastcgi_param ")
            || startsWith(first, "define ")
            || startsWith(first, "#define ")
            || startsWith(first, "export ")
            || startsWith(first, "d-i ")
            || startsWith(first, "enable ")
            || startsWith(first, "snmp-server "));
  }

  /// Whether the line, or the one before it, says who logs in.
  private boolean logsIn(int first, int lineStart) {
    if (lineHas(first, lineStart + 240, "login ")
        || startsWith(first, "username ")
        || startsWith(first, "user ")
        || startsWith(first, "machine ")) {
      return true;
    }
    int before = lineStart(lineStart - 1);
    int start = skipBlanks(before);
    return startsWith(start, "login ")
        || startsWith(start, "user ")
        || startsWith(start, "machine ");
  }

  private int lineStart(int at) {
    int start = Math.min(at, to);
    while (start > from && at - start < 240 && text[start - 1] != '\n') {
      start--;
    }
    low = Math.min(low, start - 1);
    return Math.max(start, from);
  }

  private int skipBlanks(int start) {
    int at = start;
    while (at < to && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    high = Math.max(high, at + 12);
    return at;
  }

  /// Whether name and value stand in a comment or a string of the line: what is written there is no
  /// code.
  private boolean inText(int nameStart) {
    int at = lineStart(nameStart);
    int quote = 0;
    for (int i = at; i < nameStart; i++) {
      int b = text[i];
      if (quote == 0) {
        if (b == '"' || b == '\'' || b == '`') {
          quote = b;
        } else if (b == '#' && (i == at || text[i - 1] == ' ')
            || b == '/' && at(i + 1) == '/' && at(i - 1) != ':'
            || b == '<' && at(i + 1) == '!'
            || b == '-' && at(i + 1) == '-' && at(i + 2) == ' '
            || b == '*' && skipBlanks(at) == i && at(i + 1) <= ' '
            || b == '*' && at(i - 1) == '/') {
          return true;
        }
      } else if (b == quote) {
        quote = 0;
      } else if (b == '\\') {
        i++;
      }
    }
    return quote != 0;
  }

  // ---- values that stand further off
  // ---------------------------------------------------------------------

  private static boolean isHeader(String name) {
    return name.length() >= 13
        && name.regionMatches(true, name.length() - 13, "authorization", 0, 13);
  }

  /// What an HTTP header `Authorization` holds behind its scheme.
  private @Nullable Assignment header(
      String name, int nameStart, NameJudge.Name judged, int start) {
    Assignment literal = quoted(name, nameStart, judged, Form.ASSIGNED, start);
    int value = literal != null ? literal.start() : start;
    int scheme = value;
    while (scheme < to
        && scheme - value < 14
        && (TokenText.isLetter(text[scheme]) || text[scheme] == '-')) {
      scheme++;
    }
    high = Math.max(high, scheme + 2);
    if (scheme == value || at(scheme) != ' ') {
      return literal;
    }
    String kind = latin(value, scheme).toLowerCase(Locale.ROOT);
    if (ANSWERS.contains(kind)) {
      return null;
    }
    int end = literal != null ? literal.end() : scheme + 1;
    if (literal == null) {
      while (end < to && end - scheme < LONGEST_VALUE && !isBareEnd(text[end])) {
        end++;
      }
      high = Math.max(high, end + 2);
    }
    if (kind.equals("basic") && !isBasic(scheme + 1, end)) {
      return null;
    }
    return made(name, nameStart, judged, Form.ASSIGNED, scheme + 1, end, true);
  }

  /// Whether base64 of a user and a password stands at `[start, end)`.
  private boolean isBasic(int start, int end) {
    try {
      byte[] decoded = Base64.getDecoder().decode(Arrays.copyOfRange(text, start, end));
      for (byte b : decoded) {
        if (b == ':') {
          return true;
        }
      }
    } catch (IllegalArgumentException _) {
      // no base64: a placeholder, or cut
    }
    return false;
  }

  /// `By.id("password")).sendKeys("x")`, `fill('#password').type('x')`, `"x".equals(password)`,
  /// `setValue("x", forHTTPHeaderField: "X-Api-Key")`.
  private @Nullable Assignment behindCall(
      String name, int nameStart, NameJudge.Name judged, int start, boolean nameQuoted) {
    if (nameQuoted && precededBy(nameStart, "forHTTPHeaderField: \"")) {
      return inFront(name, nameStart, judged, nameStart - 21);
    }
    if (!nameQuoted) {
      if (precededBy(nameStart, "\".equals(")) {
        return inFront(name, nameStart, judged, nameStart - 8);
      }
      Assignment comparison = compared(name, nameStart, judged, start);
      if (comparison != null) {
        return comparison;
      }
      int block = skipSpace(start + 1, false);
      return at(block) == '{' && (precededBy(nameStart, "let(:") || precededBy(nameStart, "let!(:"))
          ? ofRubyBlock(name, nameStart, judged, block)
          : null;
    }
    int at = start;
    while (at < to && text[at] == ')' && at - start < 3) {
      at++;
    }
    high = Math.max(high, at + 14);
    for (String call :
        List.of(".sendKeys(", ".send_keys(", ".type(", ".fill(", ".setValue(", ".val(")) {
      if (startsWith(at, call)) {
        return quoted(name, nameStart, judged, Form.ARGUMENT, at + call.length());
      }
    }
    return null;
  }

  /// What a password that was read is held against: `assertEquals("x", user.getPassword())`, the
  /// other way round, `assertThat(user.getPassword()).isEqualTo("x")`. `start` is behind the name
  /// and its brackets.
  private @Nullable Assignment compared(
      String name, int nameStart, NameJudge.Name judged, int start) {
    if (judged.kind() != NameJudge.Kind.PASSWORD) {
      return null;
    }
    int at = start;
    if (text[Math.min(at, to - 1)] == ',') {
      return isComparison(nameStart)
          ? quoted(name, nameStart, judged, Form.COMPARED, skipSpace(at + 1, true))
          : null;
    }
    int before = nameStart - 1;
    while (before > from && nameStart - before < 40 && text[before] == ' ') {
      before--;
    }
    low = Math.min(low, before - 1);
    if (at(before) == ',' && at(start) == ')') {
      Assignment literal = inFront(name, nameStart, judged, before - 1);
      return literal != null && isComparison(literal.start() - 1) ? literal : null;
    }
    while (at < to && text[at] == ')' && at - start < 3) {
      at++;
    }
    high = Math.max(high, at + 14);
    for (String call :
        List.of(".isEqualTo(", ".toBe(", ".toEqual(", ".to.equal(", ".to.eql(", ".equals(")) {
      if (startsWith(at, call)) {
        return quoted(name, nameStart, judged, Form.COMPARED, at + call.length());
      }
    }
    return null;
  }

  /// Whether what stands at `at` is an argument, not the last, of a call that compares:
  /// `assertEquals(`, `assert.Equal(t, `, `strcmp(`.
  private boolean isComparison(int at) {
    int open = at;
    int limit = Math.max(from, at - 40);
    while (open > limit && text[open - 1] != '(' && text[open - 1] != '\n') {
      open--;
    }
    int first = open - 1;
    while (first > limit && TokenText.isWord(text[first - 1])) {
      first--;
    }
    low = Math.min(low, limit - 1);
    if (open <= limit || first >= open - 1) {
      return false;
    }
    String call = latin(first, open - 1).toLowerCase(Locale.ROOT);
    return call.contains("equal")
        || call.contains("strcmp")
        || call.startsWith("compare")
        || call.endsWith("_eq")
        || call.endsWith("_streq");
  }

  /// The string literal that ends at or shortly before `end`.
  private @Nullable Assignment inFront(String name, int nameStart, NameJudge.Name judged, int end) {
    int close = end;
    while (close > from && end - close < 4 && !isQuote(close)) {
      close--;
    }
    int open = close - 1;
    while (open > from
        && close - open < LONGEST_VALUE
        && text[open] != text[close]
        && text[open] != '\n') {
      open--;
    }
    low = Math.min(low, open - 1);
    if (open < from || close <= open + 1 || !isQuote(close) || text[open] != text[close]) {
      return null;
    }
    int value = open + 1;
    for (int i = value; i < close && i - value < 14; i++) {
      if (text[i] == ' ') {
        value = i + 1;
        break;
      }
    }
    return made(name, nameStart, judged, Form.ARGUMENT, value, close, true);
  }

  /// `password { "x" }`: what a block of Ruby gives.
  private @Nullable Assignment ofRubyBlock(
      String name, int nameStart, NameJudge.Name judged, int brace) {
    int next = skipSpace(brace + 1, false);
    if (next >= to || !isQuote(next)) {
      return null;
    }
    Assignment given = quoted(name, nameStart, judged, Form.ASSIGNED, next);
    return given != null && at(skipSpace(given.end() + 1, false)) == '}' ? given : null;
  }

  /// `variable "db_password" { … default = "x"`.
  private @Nullable Assignment ofBlock(
      String name, int nameStart, NameJudge.Name judged, int start) {
    if (!precededBy(nameStart, "variable \"")) {
      return null;
    }
    int at = start;
    while (at < to && at - start < 400 && text[at] != '}') {
      if (text[at] == 'd' && startsWith(at, "default") && at(at - 1) <= ' ') {
        int next = skipSpace(at + 7, false);
        return at(next) == '='
            ? quoted(name, nameStart, judged, Form.ASSIGNED, skipSpace(next + 1, false))
            : null;
      }
      at++;
    }
    high = Math.max(high, at + 8);
    return null;
  }

  /// `<name>db.password</name> <value>x</value>`, `<key>…</key> <string>x</string>`.
  private @Nullable Assignment nextElement(
      String name, int nameStart, NameJudge.Name judged, int start) {
    int at = start;
    while (at < to && at - start < 40 && text[at] != '>') {
      at++;
    }
    int open = skipSpace(Math.min(at + 1, to), true);
    if (at(open) != '<' || !TokenText.isLetter(at(open + 1))) {
      return null;
    }
    int tag = open + 1;
    while (tag < to && tag - open < 24 && TokenText.isWord(text[tag])) {
      tag++;
    }
    high = Math.max(high, tag + 1);
    String element = latin(open + 1, tag).toLowerCase(Locale.ROOT);
    return at(tag) == '>'
            && (element.endsWith("value") || element.equals("string") || element.equals("val"))
        ? element(name, nameStart, judged, tag + 1)
        : null;
  }

  /// The default in `${db.password:x}`.
  private @Nullable Assignment untilBrace(
      String name, int nameStart, NameJudge.Name judged, int start) {
    int value = start + (at(start) == '-' ? 1 : 0);
    int end = value;
    while (end < to && end - value < LONGEST_VALUE && text[end] != '}' && text[end] != '\n') {
      end++;
    }
    high = Math.max(high, end + 2);
    return at(end) == '}' ? made(name, nameStart, judged, Form.ASSIGNED, value, end, true) : null;
  }

  /// The password in `scheme://user:password@host`; `end` is behind the slashes.
  private @Nullable Assignment url(int start, int end) {
    int at = end;
    int limit = Math.min(to, end + 200);
    while (at < limit && (TokenText.isWord(text[at]) || ".-%+$*!~".indexOf(text[at]) >= 0)) {
      at++;
    }
    high = Math.max(high, at + 1);
    if (at(at) != ':') {
      return null;
    }
    int value = at + 1;
    int stop = value;
    int sign = -1;
    while (stop < limit
        && text[stop] > ' '
        && !isQuote(stop)
        && text[stop] != '<'
        && text[stop] != '>'
        && (text[stop] != '/' || sign < 0)
        && text[stop] != ')'
        && (text[stop] != ',' || sign < 0)) {
      if (text[stop] == '@') {
        sign = stop;
      } else if (text[stop] == '/' && (at(stop + 1) == '/' || isDigits(value, stop))) {
        break; // a port and a path
      }
      stop++;
    }
    high = Math.max(high, stop + 2);
    if (sign < value || !TokenText.isWord(at(sign + 1)) && at(sign + 1) != '[') {
      return null;
    }
    if (contains(value, sign, '/') && !isAuthority(sign + 1, stop)) {
      return null; // a path with an @ in it
    }
    if (Arrays.equals(text, end, at, text, value, sign)) {
      return null; // `guest:guest`: the password of whoever did not choose one
    }
    int scheme = start;
    while (scheme > from
        && start - scheme < 40
        && (TokenText.isWord(text[scheme - 1])
            || text[scheme - 1] == '+'
            || text[scheme - 1] == '.')) {
      scheme--;
    }
    low = Math.min(low, scheme - 1);
    return made(
        latin(scheme, start),
        scheme,
        new NameJudge.Name(NameJudge.Kind.PASSWORD, 1, List.of("url", "password")),
        Form.URL,
        value,
        sign,
        true);
  }

  private boolean isDigits(int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /// Whether a host that has a domain, an address or a port stands at `start`.
  private boolean isAuthority(int start, int end) {
    int at = start;
    boolean dotted = false;
    while (at < end && (TokenText.isWord(text[at]) || text[at] == '-' || text[at] == '.')) {
      dotted |= text[at] == '.' && at > start && TokenText.isWord(at(at + 1));
      at++;
    }
    boolean port = at(at) == ':' && at(at + 1) >= '1' && at(at + 1) <= '9';
    return port || dotted && (at == end || text[at] == '/' || text[at] == '?');
  }

  /// Whether what a client is made with can stand behind such a byte.
  private boolean mayCall(int operator) {
    return text[operator] == '(' || text[operator] == '=' || text[operator] == ':';
  }

  private boolean isClient(int start, int end) {
    return end - start == 6 && (text[start] | 0x20) == 'c' && (text[start + 1] | 0x20) == 'l';
  }

  /// What a client is made with: `new AcmeClient("x")`, `acme.Client('x')`, `Client::new("x")`,
  /// `client = new Acme("x")`.
  private @Nullable Assignment call(String name, int nameStart, int nameEnd, int operator) {
    int at = operator;
    if (startsWith(at, "::new(")) {
      at += 5;
    } else if (text[at] == '=' && at(at + 1) != '=') {
      at = skipSpace(at + 1, false);
      if (startsWith(at, "new ")) {
        at += 4;
      }
      int first = at;
      while (at < to && at - first < 60 && (TokenText.isWord(text[at]) || text[at] == '.')) {
        at++;
      }
      high = Math.max(high, at + 2);
      // A call of something that is made, not of a function: `Acme(`, `acme.Client(`, `Acme.new(`.
      int last = lastWord(first, at);
      boolean made =
          at > first && (text[last] >= 'A' && text[last] <= 'Z' || latin(last, at).equals("new"));
      if (!made || names.isReader(text, last, at)) {
        return null;
      }
    } else if (at != nameEnd
        || !latin(lastWord(nameStart, at), at).toLowerCase(Locale.ROOT).contains("client")) {
      return null; // `client.model("x")` asks a client that is made already
    }
    if (at(at) != '(' || !isQuoteByte(at(at + 1))) {
      return null;
    }
    int service = Math.max(lineStart(nameStart), nameStart - 40);
    String whole = latin(service, Math.max(at, nameEnd)).trim();
    return quoted(
        whole.substring(whole.lastIndexOf(' ') + 1),
        nameStart,
        new NameJudge.Name(NameJudge.Kind.KEY, 0.5, NameJudge.words(name)),
        Form.CALL,
        at + 1);
  }

  /// Where the word begins that ends at `end`, behind the last dot.
  private int lastWord(int start, int end) {
    int at = end;
    while (at > start && TokenText.isWord(text[at - 1])) {
      at--;
    }
    return at;
  }

  private boolean isSigning(int start, int end) {
    return end - start == 4 && text[end - 1] == '.' || end - start == 9 && text[end - 1] == '(';
  }

  /// The second argument of `jwt.sign(…, "x")`, `jwt.decode(…, "x")` or `signWith(…, "x")`.
  private @Nullable Assignment signingKey(String name, int nameStart, int operator) {
    int at = operator;
    int opened = 0;
    while (at < to && at - operator < 160 && text[at] != '\n') {
      if (text[at] == '(' || text[at] == '{') {
        opened++;
      } else if (text[at] == ')' || text[at] == '}') {
        opened--;
      } else if (text[at] == ',' && opened <= 1) {
        return quoted(
            name.isEmpty() ? "jwt" : name,
            nameStart,
            new NameJudge.Name(NameJudge.Kind.SECRET, 0.9, List.of("jwt", "secret")),
            Form.ARGUMENT,
            skipSpace(at + 1, false));
      }
      at++;
    }
    high = Math.max(high, at + 1);
    return null;
  }

  private static boolean isQuoteByte(int b) {
    return b == '"' || b == '\'' || b == '`';
  }

  /// Users and their passwords under a name that says so: `users = {"ops": "x"}`, `auth=[("ops",
  /// "x")]`, and the lines of a section `[passwords]`.
  private void pairs(String name, int nameStart, int nameEnd, int operator, List<Assignment> out) {
    if (text[operator] == '\n' && at(nameStart - 1) == '[' && at(nameEnd) == ']') {
      section(name, nameStart, operator, out);
      return;
    }
    if (text[operator] != '=' || at(operator + 1) == '=') {
      return;
    }
    int at = skipSpace(operator + 1, false);
    boolean listed = at(at) == '[';
    at = listed ? skipSpace(at + 1, true) : at;
    if (at(at) != '{' && !(listed && at(at) == '(')) {
      return;
    }
    int opening = at(at);
    for (int turn = 0; turn < MOST_PAIRS && at < to && at - operator < LONGEST_PAIRS; turn++) {
      if (turn == 0 || opening == '(') {
        if (at(at) != opening) {
          return;
        }
        at = skipSpace(at + 1, true);
      }
      int user = literalEnd(at);
      if (user < 0) {
        return;
      }
      at = skipSpace(user + 1, false);
      if (at(at) != (opening == '{' ? ':' : ',')) {
        return;
      }
      at = skipSpace(at + 1, true);
      int value = literalEnd(at);
      if (value < 0) {
        return;
      }
      pair(name, nameStart, at + 1, value, out);
      at = skipSpace(value + 1, true);
      if (opening == '(') {
        if (at(at) != ')') {
          return;
        }
        at = skipSpace(at + 1, true);
      }
      if (at(at) != ',') {
        return;
      }
      at = skipSpace(at + 1, true);
    }
  }

  /// The lines `user = "x"` behind the head of a section.
  private void section(String name, int nameStart, int head, List<Assignment> out) {
    int at = head;
    for (int line = 0; line < MOST_PAIRS; line++) {
      at = skipSpace(at, true);
      int key = at;
      while (at < to && at - key < 64 && (TokenText.isWord(text[at]) || text[at] == '-')) {
        at++;
      }
      int operator = skipSpace(at, false);
      if (at == key || at(operator) != '=') {
        return;
      }
      at = skipSpace(operator + 1, false);
      int end = literalEnd(at);
      if (end < 0) {
        return;
      }
      pair(name, nameStart, at + 1, end, out);
      at = end + 1;
    }
  }

  /// The closing quote of the literal that begins at `start` and holds no blank; -1 for none.
  private int literalEnd(int start) {
    if (start >= to || !isQuote(start)) {
      return -1;
    }
    int end = start + 1;
    while (end < to && end - start < 100 && text[end] > ' ' && text[end] != text[start]) {
      end++;
    }
    high = Math.max(high, end + 1);
    return at(end) == text[start] ? end : -1;
  }

  private void pair(String name, int nameStart, int start, int end, List<Assignment> out) {
    Assignment found =
        made(
            name,
            nameStart,
            new NameJudge.Name(NameJudge.Kind.PASSWORD, 0.8, NameJudge.words(name)),
            Form.TABLE,
            start,
            end,
            true);
    if (found != null && !isLetters(start, end) && !contains(start, end, '/')) {
      out.add(found);
    }
  }

  /// Rows of values under a head that holds the name: CSV, and the rows of an SQL `INSERT`.
  private boolean table(
      String name, int nameStart, int nameEnd, NameJudge.Name judged, List<Assignment> out) {
    int before = at(nameStart - 1);
    int after = at(nameEnd);
    boolean sql = after == ',' || after == ')' || after == '`';
    boolean csv = after == ',' || after == ';' || after == '\t' || after == '\n' || after == '\r';
    if (!sql && !csv) {
      return false;
    }
    int head = lineStart(nameStart);
    if (csv && (before == ',' || before == ';' || before == '\t' || nameStart == head)) {
      int separator = before == ',' || before == ';' || before == '\t' ? before : after;
      if (separator == ',' || separator == ';' || separator == '\t') {
        return rows(name, nameStart, judged, head, separator, out);
      }
    }
    if (sql && (before == ',' || before == ' ' || before == '(' || before == '`')) {
      return inserted(name, nameStart, nameEnd, judged, head, out);
    }
    return false;
  }

  private boolean rows(
      String name,
      int nameStart,
      NameJudge.Name judged,
      int head,
      int separator,
      List<Assignment> out) {
    // A head is made of names alone, and at least two; a tab in front only indents.
    if (at(head) == separator) {
      return false;
    }
    int column = 0;
    int columns = 1;
    int at = head;
    for (; at < to && text[at] != '\n' && text[at] != '\r'; at++) {
      int b = text[at];
      if (b == separator) {
        columns++;
        column += at < nameStart ? 1 : 0;
      } else if (!TokenText.isWord(b) && b != ' ' && b != '-' && b != '"' || at - head > 400) {
        high = Math.max(high, at + 1);
        return false;
      }
    }
    high = Math.max(high, at + 1);
    if (columns < 2 || head > from && cells(lineStart(head - 1), separator) == columns) {
      return false; // a row of a table is no head of it
    }
    for (int row = 0; row < 40 && at < to && at - head < 8000; row++) {
      while (at < to && (text[at] == '\n' || text[at] == '\r')) {
        at++;
      }
      int field = at;
      int of = 0;
      for (; at < to && at - field < LONGEST_VALUE; at++) {
        boolean ends = text[at] == '\n' || text[at] == '\r';
        if (ends || text[at] == separator) {
          if (of == column) {
            field(name, nameStart, judged, field, at, out);
          }
          of++;
          field = at + 1;
          if (ends) {
            break;
          }
        }
      }
      if (at >= to && of == column && field < to) {
        field(name, nameStart, judged, field, to, out);
        of++;
      }
      if (of != columns) {
        break;
      }
    }
    high = Math.max(high, at + 1);
    return true;
  }

  /// How many cells the line that begins at `start` has.
  private int cells(int start, int separator) {
    int cells = 1;
    int at = start;
    while (at < to && text[at] != '\n' && at - start < 400) {
      cells += text[at] == separator ? 1 : 0;
      at++;
    }
    high = Math.max(high, at + 1);
    return cells;
  }

  private void field(
      String name, int nameStart, NameJudge.Name judged, int from, int to, List<Assignment> out) {
    int start = from;
    int end = to;
    if (end - start >= 2 && isQuote(start) && text[end - 1] == text[start]) {
      start++;
      end--;
    }
    Assignment found = made(name, nameStart, judged, Form.TABLE, start, end, true);
    if (found != null) {
      out.add(found);
    }
  }

  private boolean inserted(
      String name,
      int nameStart,
      int nameEnd,
      NameJudge.Name judged,
      int head,
      List<Assignment> out) {
    int open = nameStart;
    int column = 0;
    while (open > head && text[open] != '(') {
      column += text[open] == ',' ? 1 : 0;
      open--;
    }
    if (at(open) != '(' || !lineHas(head, open, "INSERT") && !lineHas(head, open, "insert")) {
      return false;
    }
    int at = nameEnd;
    while (at < to && at - nameEnd < 400 && text[at] != ')') {
      at++;
    }
    at = skipSpace(Math.min(at + 1, to), true);
    high = Math.max(high, at + 8);
    if (!startsWith(at, "VALUES") && !startsWith(at, "values")) {
      return true;
    }
    at = skipSpace(at + 6, true);
    for (int row = 0; row < 40 && at(at) == '('; row++) {
      int of = 0;
      int field = ++at;
      for (int rowStart = at; at < to && at - rowStart < LONGEST_VALUE; at++) {
        if (text[at] == '\'') {
          int literal = ++at;
          while (at < to && at - literal < LONGEST_VALUE && text[at] != '\'') {
            at++;
          }
          if (of == column) {
            field(name, nameStart, judged, literal, Math.min(at, to), out);
          }
        } else if (text[at] == ',') {
          of++;
        } else if (text[at] == ')') {
          break;
        }
      }
      at = skipSpace(Math.min(at + 1, to), true);
      if (at(at) == ',') {
        at = skipSpace(at + 1, true);
      }
      high = Math.max(high, Math.max(at, field) + 1);
    }
    return true;
  }

  private boolean spansLines(int start, int end) {
    for (int i = start; i < Math.min(end, to); i++) {
      if (text[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  private @Nullable Assignment made(
      String name,
      int nameStart,
      NameJudge.Name judged,
      Form form,
      int first,
      int last,
      boolean quoted) {
    int start = first;
    int end = last;
    if (end - start > 4 && text[start] == '\\' && isQuote(start + 1)) {
      start += 2; // quotes within quotes
      end -= isQuote(end - 1) ? 1 : 0;
      end -= text[end - 1] == '\\' ? 1 : 0;
    }
    NameJudge.Name meant = judged;
    if (judged.kind() == NameJudge.Kind.CREDENTIAL) {
      int colon = behindUser(start, end);
      if (colon > 0) {
        start = colon + 1;
        meant = new NameJudge.Name(NameJudge.Kind.PASSWORD, 0.8, judged.words());
      }
    }
    if (end - start < SHORTEST_VALUE || end - start > LONGEST_VALUE) {
      return null;
    }
    return new Assignment(
        name, nameStart, meant, form, start, end, quoted, !quoted && inText(nameStart));
  }

  /// The colon of `user:password`, 0 where the text is no such pair.
  private int behindUser(int start, int end) {
    int at = start;
    while (at < end
        && at - start < 40
        && (TokenText.isWord(text[at]) || ".@-".indexOf(text[at]) >= 0)) {
      at++;
    }
    if (at - start < 2 || at >= end || text[at] != ':') {
      return 0;
    }
    for (int i = at + 1; i < end; i++) {
      if (text[i] == ':' || text[i] == '/' || text[i] == ' ') {
        return 0;
      }
    }
    return at;
  }

  private boolean precededBy(int at, String word) {
    low = Math.min(low, at - word.length() - 1);
    return at - word.length() >= from && startsWith(at - word.length(), word);
  }

  private boolean lineHas(int start, int end, String word) {
    for (int i = start; i + word.length() <= Math.min(end, to) && text[i] != '\n'; i++) {
      if (startsWith(i, word)) {
        return true;
      }
    }
    high = Math.max(high, Math.min(end, to) + 1);
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
    high = Math.max(high, at + word.length());
    if (at < from || at + word.length() > to) {
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
