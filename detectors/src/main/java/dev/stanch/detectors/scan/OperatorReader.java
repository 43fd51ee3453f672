package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import org.jspecify.annotations.Nullable;

/// Reads what stands behind an operator: `name = x`, `name: x`, `name => x`, `--name=x`, `name ||
/// "x"`, and tells operators from signs that look like them.
final class OperatorReader {
  private final TextWindow text;
  private final ValueReader values;
  private final AuthorizationReader headers;
  private final ElementReader elements;
  private final ArgumentReader arguments;

  OperatorReader(
      TextWindow text,
      ValueReader values,
      AuthorizationReader headers,
      ElementReader elements,
      ArgumentReader arguments) {
    this.text = text;
    this.values = values;
    this.headers = headers;
    this.elements = elements;
    this.arguments = arguments;
  }

  /// The value behind the operator at `operator`.
  ///
  /// @param nameQuoted whether the name stands in quotes
  @Nullable Assignment value(
      NameJudge.Identifier name, int nameStart, int operator, boolean nameQuoted) {
    int at = operator;
    Form form = Form.ASSIGNED;
    if (text.bytes[at] == ':' && text.precededBy(nameStart, "${")) {
      return values.untilBrace(name, nameStart, at + 1);
    }
    if (nameQuoted && text.precededBy(nameStart, "::")) {
      return null; // "AWS::IAM::AccessKey": names of types
    }
    if (text.bytes[at] == ':' && name.spelling().equals("PASS") && !nameQuoted) {
      return null; // the verdict of a test
    }
    if (text.bytes[at] == ':' && !nameQuoted && text.precededBy(nameStart, "? ")) {
      return null; // one of two: `ok ? pass : fail`
    }
    if (text.bytes[at] == '|'
        && text.at(at + 1) != '|'
        && text.at(at + 1) != '='
        && !isCell(nameStart)) {
      return null; // `cat /etc/passwd | grep root`
    }
    if (isBadge(nameStart)) {
      return null;
    }
    if (text.startsWith(at, "::") || text.startsWith(at, ":=:") || text.startsWith(at, "://")) {
      return null;
    }
    if (text.startsWith(at, "===") || text.startsWith(at, "==")) {
      form = Form.COMPARED;
    } else if (isFlag(nameStart, at)) {
      form = Form.FLAG;
    }
    if (text.bytes[at] == ':' && !nameQuoted) {
      int typed = typeAnnotation(at + 1);
      if (typed > 0) {
        at = typed;
      }
    }
    while (at < text.to && isOperatorByte(text.bytes[at])) {
      at++;
    }
    text.lookedAhead(at + 1);
    int next = text.skipSpace(at);
    if (next >= text.to) {
      return null;
    }
    if (text.bytes[next] == '\n' || text.bytes[next] == '\r') {
      // A long string literal often stands on the line below; a YAML key without a value does not
      // count, but a recorded header may have its value in a list.
      if (AuthorizationReader.isHeader(name.spelling())) {
        int item = text.skipWhitespace(next);
        return text.at(item) == '-' && text.at(item + 1) == ' '
            ? headers.value(name, nameStart, item + 2)
            : null;
      }
      if (text.bytes[operator] != '=') {
        return null;
      }
      next = text.skipWhitespace(next);
      return next < text.to && text.isQuote(next)
          ? values.quoted(name, nameStart, form, next)
          : null;
    }
    if (AuthorizationReader.isHeader(name.spelling())) {
      return headers.value(name, nameStart, next);
    }
    if (text.bytes[next] == '{' && nameQuoted) {
      // "adminPassword": {"value": "x"}
      return elements.pairValue(name, nameStart, text.skipWhitespace(next + 1));
    }
    Assignment literal = values.quoted(name, nameStart, form, next);
    if (literal != null) {
      boolean called = text.at(literal.start() - 2) == '(' && literal.start() - 2 > next;
      return called ? arguments.lastOfPair(name, nameStart, literal) : literal;
    }
    Assignment fallback = fallback(name, nameStart, form, next);
    if (fallback != null) {
      return fallback;
    }
    return values.bare(name, nameStart, form, next);
  }

  /// Whether `--name=` or `/name:` stands there, as on a command line.
  private boolean isFlag(int nameStart, int operator) {
    return text.bytes[operator] == '='
        ? text.at(nameStart - 1) == '-' && text.at(nameStart - 2) == '-'
        : text.bytes[operator] == ':'
            && text.at(nameStart - 1) == '/'
            && text.at(nameStart - 2) == ' ';
  }

  /// Whether the name stands in a row of a table: the line begins with a bar, or with the name.
  private boolean isCell(int nameStart) {
    int first = text.skipIndent(text.lineStart(nameStart));
    return first == nameStart || text.at(first) == '|';
  }

  /// Whether the name is a parameter of a picture's address: the token of a badge is for all to
  /// see.
  private boolean isBadge(int nameStart) {
    if (text.at(nameStart - 1) != '?' && text.at(nameStart - 1) != '&') {
      return false;
    }
    int start = nameStart - 1;
    while (start > text.from && nameStart - start < 160 && text.bytes[start - 1] > ' ') {
      start--;
    }
    text.lookedBack(start - 1);
    return text.lineHas(start, nameStart, "badge") || text.lineHas(start, nameStart, ".svg?");
  }

  private static boolean isOperatorByte(int b) {
    return b == '=' || b == ':' || b == '>' || b == '?' || b == '|' || b == '+' || b == '~';
  }

  /// Behind `: string =` or `: Optional[str] =`, the place of the `=`; 0 where no such annotation
  /// stands.
  private int typeAnnotation(int colon) {
    int at = colon;
    while (at < text.to && at - colon < 40) {
      byte b = text.bytes[at];
      if (b == '=') {
        text.lookedAhead(at + 1);
        return at > colon + 2 && at + 1 < text.to && text.bytes[at + 1] != '=' ? at : 0;
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
    text.lookedAhead(at + 1);
    return 0;
  }

  /// `getenv("X") or "default"`, `x || "default"`, `x ?? "default"`, `get("X", "default")` on the
  /// same line.
  private @Nullable Assignment fallback(
      NameJudge.Identifier name, int nameStart, Form form, int start) {
    byte[] bytes = text.bytes;
    int at = start;
    int limit = Math.min(text.to, start + 160);
    while (at < limit && bytes[at] != '\n') {
      boolean or =
          bytes[at] == '|' && text.startsWith(at, "||")
              || bytes[at] == '?' && text.startsWith(at, "??")
              || bytes[at] == ' ' && text.startsWith(at, " or ")
              || bytes[at] == '?' && text.startsWith(at, "?:");
      boolean comma = bytes[at] == ',' && text.contains(start, at, '(');
      if (or || comma) {
        int next = text.skipSpace(at + (comma ? 1 : bytes[at] == ' ' ? 4 : 2));
        if (next < text.to && text.isQuote(next)) {
          return values.quoted(name, nameStart, form, next);
        }
      }
      at++;
    }
    text.lookedAhead(at + 1);
    return null;
  }
}
