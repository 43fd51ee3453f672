package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import java.util.List;

/// Reads lists of users and their passwords: the name above them speaks of users, not of a secret.
final class LoginsReader {
  private static final int MOST_PAIRS = 20;
  private static final int LONGEST_PAIRS = 1500;

  private final TextWindow text;
  private final ValueReader values;

  LoginsReader(TextWindow text, ValueReader values) {
    this.text = text;
    this.values = values;
  }

  /// Users and their passwords under a name that says so: `users = {"ops": "x"}`, `auth=[("ops",
  /// "x")]`, and the lines of a section `[passwords]`.
  void pairs(String name, int nameStart, int nameEnd, int operator, List<Assignment> out) {
    if (text.bytes[operator] == '\n' && text.at(nameStart - 1) == '[' && text.at(nameEnd) == ']') {
      section(name, nameStart, operator, out);
      return;
    }
    if (text.bytes[operator] != '=' || text.at(operator + 1) == '=') {
      return;
    }
    int at = text.skipSpace(operator + 1);
    boolean listed = text.at(at) == '[';
    at = listed ? text.skipWhitespace(at + 1) : at;
    if (text.at(at) != '{' && !(listed && text.at(at) == '(')) {
      return;
    }
    int opening = text.at(at);
    for (int turn = 0; turn < MOST_PAIRS && at < text.to && at - operator < LONGEST_PAIRS; turn++) {
      if (turn == 0 || opening == '(') {
        if (text.at(at) != opening) {
          return;
        }
        at = text.skipWhitespace(at + 1);
      }
      int user = literalEnd(at);
      if (user < 0) {
        return;
      }
      at = text.skipSpace(user + 1);
      if (text.at(at) != (opening == '{' ? ':' : ',')) {
        return;
      }
      at = text.skipWhitespace(at + 1);
      int value = literalEnd(at);
      if (value < 0) {
        return;
      }
      pair(name, nameStart, at + 1, value, out);
      at = text.skipWhitespace(value + 1);
      if (opening == '(') {
        if (text.at(at) != ')') {
          return;
        }
        at = text.skipWhitespace(at + 1);
      }
      if (text.at(at) != ',') {
        return;
      }
      at = text.skipWhitespace(at + 1);
    }
  }

  /// The lines `user = "x"` behind the head of a section.
  private void section(String name, int nameStart, int head, List<Assignment> out) {
    int at = head;
    for (int line = 0; line < MOST_PAIRS; line++) {
      at = text.skipWhitespace(at);
      int key = at;
      while (at < text.to
          && at - key < 64
          && (TokenText.isWord(text.bytes[at]) || text.bytes[at] == '-')) {
        at++;
      }
      int operator = text.skipSpace(at);
      if (at == key || text.at(operator) != '=') {
        return;
      }
      at = text.skipSpace(operator + 1);
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
    if (start >= text.to || !text.isQuote(start)) {
      return -1;
    }
    int end = start + 1;
    while (end < text.to
        && end - start < 100
        && text.bytes[end] > ' '
        && text.bytes[end] != text.bytes[start]) {
      end++;
    }
    text.lookedAhead(end + 1);
    return text.at(end) == text.bytes[start] ? end : -1;
  }

  private void pair(String name, int nameStart, int start, int end, List<Assignment> out) {
    Assignment found =
        values.made(
            new NameJudge.Identifier(
                name, new NameJudge.Name(NameJudge.Kind.PASSWORD, 0.8, NameJudge.words(name))),
            nameStart,
            Form.TABLE,
            start,
            end,
            true);
    if (found != null && !text.isLetters(start, end) && !text.contains(start, end, '/')) {
      out.add(found);
    }
  }
}
