package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads assignments of a value to a telling name, in whatever syntax: `api_key = "…"`, `password:
/// …`, `<secret>…</secret>`, `setToken("…")`, `--password …`, `"name": "DB_PASS", "value": "…"`.
///
/// Knows no language: it looks at the few bytes round a word such as *password*. Most occurrences
/// are ruled out by the first byte behind the identifier. The others go, by that byte, to the
/// reader of a syntax. One per thread.
final class AssignmentAnalyzer {
  private static final int LONGEST_NAME = 96;

  private final NameJudge names = new NameJudge();
  private final TextWindow text = new TextWindow();
  private final ValueReader values = new ValueReader(text, names);
  private final AuthorizationReader headers = new AuthorizationReader(text, values);
  private final ElementReader elements = new ElementReader(text, values, headers);
  private final ComparisonReader comparisons = new ComparisonReader(text, values);
  private final ArgumentReader arguments =
      new ArgumentReader(text, names, values, elements, comparisons);
  private final OperatorReader operators =
      new OperatorReader(text, values, headers, elements, arguments);
  private final WordsReader words = new WordsReader(text, values, elements);
  private final ClientReader clients = new ClientReader(text, names, values);
  private final LoginsReader logins = new LoginsReader(text, values);
  private final TableReader tables = new TableReader(text, values);
  private final UrlReader urls = new UrlReader(text, values);

  /// Where the analysis looked.
  int examinedFrom() {
    return text.examinedFrom();
  }

  int examinedTo() {
    return text.examinedTo();
  }

  /// The assignments to the identifier round the keyword at `[start, end)` that are worth judging.
  List<Assignment> read(byte[] bytes, int first, int last, int start, int end) {
    text.use(bytes, first, last);
    text.startAt(start, end);
    if (bytes[start] == ':') {
      Assignment url = urls.password(start, end);
      return url == null ? List.of() : List.of(url);
    }
    int nameEnd = end;
    while (nameEnd < last && nameEnd - end < LONGEST_NAME && isNameByte(bytes[nameEnd])) {
      nameEnd++;
    }
    // `password.length` and `token.value =` go on; a full stop or a dash at the end does not belong
    // to the name.
    while (nameEnd > end && (bytes[nameEnd - 1] == '.' || bytes[nameEnd - 1] == '-')) {
      nameEnd--;
    }
    text.lookedAhead(nameEnd + 2);
    int operator = quickOperator(nameEnd);
    if (nameEnd - end > 4 && text.startsWith(nameEnd - 5, ".Text")) {
      nameEnd -= 5; // passwordBox.Text = "x"
    }
    if (operator < 0 || clients.isClient(start, end) && !clients.mayCall(operator)) {
      return List.of();
    }
    int nameStart = start;
    while (nameStart > first
        && start - nameStart < LONGEST_NAME
        && isNameByte(bytes[nameStart - 1])) {
      nameStart--;
    }
    text.lookedBack(nameStart - 12);
    while (nameStart < start
        && (bytes[nameStart] == '-' || bytes[nameStart] == '.' || bytes[nameStart] == '$')) {
      nameStart++;
    }
    // -Dpassword=x
    if (bytes[nameStart] == 'D' && nameStart < start && text.at(nameStart - 1) == '-') {
      nameStart++;
    }
    if (clients.isSigning(start, end)) {
      Assignment key = clients.signingKey(text.latin(nameStart, nameEnd), nameStart, operator);
      return key == null ? List.of() : List.of(key);
    }
    if (clients.isClient(start, end)) {
      Assignment call = clients.call(text.latin(nameStart, nameEnd), nameStart, nameEnd, operator);
      return call == null ? List.of() : List.of(call);
    }
    String word = text.latin(start, nameEnd).toLowerCase(Locale.ROOT);
    if (word.equals("users")
        || word.equals("logins")
        || word.startsWith("auth")
        || word.startsWith("cred")
        || word.equals("passwords")) {
      var pairs = new ArrayList<Assignment>();
      logins.pairs(text.latin(nameStart, nameEnd), nameStart, nameEnd, operator, pairs);
      if (!pairs.isEmpty()) {
        return pairs;
      }
    }
    int judgedFrom = text.startsWith(nameEnd, "()") ? behindGet(nameStart, start) : nameStart;
    NameJudge.Identifier name = names.judge(bytes, judgedFrom, nameEnd, start, end);
    if (name.judged().weight() <= 0
        || name.kind() == NameJudge.Kind.KEY && text.precededBy(nameStart, "public ")) {
      return List.of();
    }
    var column = new ArrayList<Assignment>();
    if (tables.column(name, nameStart, nameEnd, column)) {
      return column;
    }
    Assignment found = value(name, nameStart, nameEnd, operator);
    return found == null ? List.of() : List.of(found);
  }

  /// Where the name of a property begins that a call reads: `password` in `user.getPassword()`.
  private int behindGet(int nameStart, int telling) {
    int at = telling;
    while (at > nameStart && text.bytes[at - 1] != '.') {
      at--;
    }
    return telling - at >= 3 && text.startsWith(at, "get") ? at + 3 : nameStart;
  }

  private static boolean isNameByte(int b) {
    return TokenText.isWord(b) || b == '-' || b == '.' || b < 0 || b == '$';
  }

  /// The first byte that matters behind the identifier, or -1 when no assignment can begin so.
  private int quickOperator(int nameEnd) {
    byte[] bytes = text.bytes;
    int to = text.to;
    int at = nameEnd;
    boolean spaced = false;
    for (int closers = 0; closers < 3 && at < to; closers++) {
      byte b = bytes[at];
      if (!spaced && (b == '"' || b == '\'' || b == '`' || b == ']')) {
        at++;
      } else if (b == '[' && closers == 0) {
        // char password[] = "…", char key[32] = "…"
        int close = at + 1;
        while (close < to && close - at < 6 && bytes[close] >= '0' && bytes[close] <= '9') {
          close++;
        }
        if (close >= to || bytes[close] != ']') {
          return -1;
        }
        at = close + 1;
      } else if (b == '\\' && at + 1 < to && (bytes[at + 1] == '"' || bytes[at + 1] == '\'')) {
        at += 2;
      } else if (b == '}' && (text.startsWith(at, "}  ") || text.startsWith(at, "}\t"))) {
        at++; // ${PASSWORD}    x
      } else if (b == ' ' || b == '\t') {
        spaced = true;
        while (at < to && at - nameEnd < 40 && (bytes[at] == ' ' || bytes[at] == '\t')) {
          at++;
        }
      } else {
        break;
      }
    }
    text.lookedAhead(at + 2);
    if (at >= to) {
      return -1;
    }
    return switch (bytes[at]) {
      case '=', ':', ',', '(', ')', '>', '?', '|', '<', '{', ';', '/', '\n', '\r' -> at;
      case '+' -> at + 1 < to && bytes[at + 1] == '=' ? at : -1;
      default -> at > nameEnd && at - nameEnd < 40 ? at : -1;
    };
  }

  /// The value that the operator at `operator` ties to the name at `[nameStart, nameEnd)`.
  private @Nullable Assignment value(
      NameJudge.Identifier name, int nameStart, int nameEnd, int operator) {
    boolean nameQuoted = false;
    for (int i = nameEnd; i < operator; i++) {
      nameQuoted |= text.isQuote(i);
    }
    int at = operator;
    byte b = text.bytes[at];
    switch (b) {
      case '=', ':', '?', '|', '+' -> {
        return operators.value(name, nameStart, at, nameQuoted);
      }
      case ',' -> {
        return arguments.next(name, nameStart, at, nameQuoted);
      }
      case ')' -> {
        return arguments.behindCall(name, nameStart, at, nameQuoted);
      }
      case '{' -> {
        if (text.startsWith(at, "{ get; set; } =")) {
          return operators.value(name, nameStart, at + 14, false);
        }
        return nameQuoted
            ? elements.ofBlock(name, nameStart, at + 1)
            : elements.ofRubyBlock(name, nameStart, at);
      }
      case ';', '/' -> {
        return null;
      }
      case '(' -> {
        if (text.at(at + 1) == ')') {
          return comparisons.value(name, nameStart, at + 2);
        }
        return arguments.first(name, nameStart, at, nameQuoted);
      }
      case '>' -> {
        boolean element =
            nameStart > text.from
                && (text.bytes[nameStart - 1] == '<' || text.bytes[nameStart - 1] == ':');
        return element || nameQuoted ? elements.element(name, nameStart, at + 1) : null;
      }
      case '<' -> {
        if (text.at(at + 1) == '/') {
          return elements.nextElement(name, nameStart, at + 2);
        }
        return text.at(at + 1) == '-'
            ? values.quoted(name, nameStart, Form.ASSIGNED, text.skipSpace(at + 2))
            : null;
      }
      case '\n', '\r' -> {
        return elements.pairValue(name, nameStart, text.skipWhitespace(at));
      }
      default -> {
        return words.value(name, nameStart, at, nameQuoted);
      }
    }
  }
}
