package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import java.util.List;

/// Reads rows of values under a head that holds the name: CSV, and the rows of an SQL `INSERT`.
final class TableReader {
  private final TextWindow text;
  private final ValueReader values;

  TableReader(TextWindow text, ValueReader values) {
    this.text = text;
    this.values = values;
  }

  /// Adds to `out` the values of the column that the name heads, and tells whether it is the head
  /// of one.
  boolean column(NameJudge.Identifier name, int nameStart, int nameEnd, List<Assignment> out) {
    int before = text.at(nameStart - 1);
    int after = text.at(nameEnd);
    boolean sql = after == ',' || after == ')' || after == '`';
    boolean csv = after == ',' || after == ';' || after == '\t' || after == '\n' || after == '\r';
    if (!sql && !csv) {
      return false;
    }
    int head = text.lineStart(nameStart);
    if (csv && (before == ',' || before == ';' || before == '\t' || nameStart == head)) {
      int separator = before == ',' || before == ';' || before == '\t' ? before : after;
      if (separator == ',' || separator == ';' || separator == '\t') {
        return rows(name, nameStart, head, separator, out);
      }
    }
    if (sql && (before == ',' || before == ' ' || before == '(' || before == '`')) {
      return inserted(name, nameStart, nameEnd, head, out);
    }
    return false;
  }

  /// The column of the name in the rows of a file whose fields a separator parts.
  private boolean rows(
      NameJudge.Identifier name, int nameStart, int head, int separator, List<Assignment> out) {
    byte[] bytes = text.bytes;
    // A head is made of names alone, and at least two; a tab in front only indents.
    if (text.at(head) == separator) {
      return false;
    }
    int column = 0;
    int columns = 1;
    int at = head;
    for (; at < text.to && bytes[at] != '\n' && bytes[at] != '\r'; at++) {
      int b = bytes[at];
      if (b == separator) {
        columns++;
        column += at < nameStart ? 1 : 0;
      } else if (!TokenText.isWord(b) && b != ' ' && b != '-' && b != '"' || at - head > 400) {
        text.lookedAhead(at + 1);
        return false;
      }
    }
    text.lookedAhead(at + 1);
    if (columns < 2 || head > text.from && cells(text.lineStart(head - 1), separator) == columns) {
      return false; // a row of a table is no head of it
    }
    for (int row = 0; row < 40 && at < text.to && at - head < 8000; row++) {
      while (at < text.to && (bytes[at] == '\n' || bytes[at] == '\r')) {
        at++;
      }
      int field = at;
      int of = 0;
      for (; at < text.to && at - field < ValueReader.LONGEST; at++) {
        boolean ends = bytes[at] == '\n' || bytes[at] == '\r';
        if (ends || bytes[at] == separator) {
          if (of == column) {
            field(name, nameStart, field, at, out);
          }
          of++;
          field = at + 1;
          if (ends) {
            break;
          }
        }
      }
      if (at >= text.to && of == column && field < text.to) {
        field(name, nameStart, field, text.to, out);
        of++;
      }
      if (of != columns) {
        break;
      }
    }
    text.lookedAhead(at + 1);
    return true;
  }

  /// How many cells the line that begins at `start` has.
  private int cells(int start, int separator) {
    int cells = 1;
    int at = start;
    while (at < text.to && text.bytes[at] != '\n' && at - start < 400) {
      cells += text.bytes[at] == separator ? 1 : 0;
      at++;
    }
    text.lookedAhead(at + 1);
    return cells;
  }

  private void field(
      NameJudge.Identifier name, int nameStart, int first, int last, List<Assignment> out) {
    int start = first;
    int end = last;
    if (end - start >= 2 && text.isQuote(start) && text.bytes[end - 1] == text.bytes[start]) {
      start++;
      end--;
    }
    Assignment found = values.made(name, nameStart, Form.TABLE, start, end, true);
    if (found != null) {
      out.add(found);
    }
  }

  /// The column of the name in the rows of an SQL `INSERT`.
  private boolean inserted(
      NameJudge.Identifier name, int nameStart, int nameEnd, int head, List<Assignment> out) {
    int open = nameStart;
    int column = 0;
    while (open > head && text.bytes[open] != '(') {
      column += text.bytes[open] == ',' ? 1 : 0;
      open--;
    }
    if (text.at(open) != '('
        || !text.lineHas(head, open, "INSERT") && !text.lineHas(head, open, "insert")) {
      return false;
    }
    int at = nameEnd;
    while (at < text.to && at - nameEnd < 400 && text.bytes[at] != ')') {
      at++;
    }
    at = text.skipWhitespace(Math.min(at + 1, text.to));
    text.lookedAhead(at + 8);
    if (!text.startsWith(at, "VALUES") && !text.startsWith(at, "values")) {
      return true;
    }
    at = text.skipWhitespace(at + 6);
    for (int row = 0; row < 40 && text.at(at) == '('; row++) {
      int of = 0;
      int field = ++at;
      for (int rowStart = at; at < text.to && at - rowStart < ValueReader.LONGEST; at++) {
        if (text.bytes[at] == '\'') {
          int literal = ++at;
          while (at < text.to && at - literal < ValueReader.LONGEST && text.bytes[at] != '\'') {
            at++;
          }
          if (of == column) {
            field(name, nameStart, literal, Math.min(at, text.to), out);
          }
        } else if (text.bytes[at] == ',') {
          of++;
        } else if (text.bytes[at] == ')') {
          break;
        }
      }
      at = text.skipWhitespace(Math.min(at + 1, text.to));
      if (text.at(at) == ',') {
        at = text.skipWhitespace(at + 1);
      }
      text.lookedAhead(Math.max(at, field) + 1);
    }
    return true;
  }
}
