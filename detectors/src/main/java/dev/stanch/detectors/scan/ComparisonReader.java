package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the passwords that tests expect and programs compare with.
final class ComparisonReader {
  private final TextWindow text;
  private final ValueReader values;

  ComparisonReader(TextWindow text, ValueReader values) {
    this.text = text;
    this.values = values;
  }

  /// What a password that was read is held against: `assertEquals("x", user.getPassword())`, the
  /// other way round, `assertThat(user.getPassword()).isEqualTo("x")`. `start` is behind the name
  /// and its brackets.
  @Nullable Assignment value(NameJudge.Identifier name, int nameStart, int start) {
    if (name.kind() != NameJudge.Kind.PASSWORD) {
      return null;
    }
    int at = start;
    if (text.bytes[Math.min(at, text.to - 1)] == ',') {
      return isComparison(nameStart)
          ? values.quoted(name, nameStart, Form.COMPARED, text.skipWhitespace(at + 1))
          : null;
    }
    int before = nameStart - 1;
    while (before > text.from && nameStart - before < 40 && text.bytes[before] == ' ') {
      before--;
    }
    text.lookedBack(before - 1);
    if (text.at(before) == ',' && text.at(start) == ')') {
      Assignment literal = values.inFront(name, nameStart, before - 1);
      return literal != null && isComparison(literal.start() - 1) ? literal : null;
    }
    while (at < text.to && text.bytes[at] == ')' && at - start < 3) {
      at++;
    }
    text.lookedAhead(at + 14);
    for (String call :
        List.of(".isEqualTo(", ".toBe(", ".toEqual(", ".to.equal(", ".to.eql(", ".equals(")) {
      if (text.startsWith(at, call)) {
        return values.quoted(name, nameStart, Form.COMPARED, at + call.length());
      }
    }
    return null;
  }

  /// Whether what stands at `at` is an argument, not the last, of a call that compares:
  /// `assertEquals(`, `assert.Equal(t, `, `strcmp(`.
  boolean isComparison(int at) {
    int open = at;
    int limit = Math.max(text.from, at - 40);
    while (open > limit && text.bytes[open - 1] != '(' && text.bytes[open - 1] != '\n') {
      open--;
    }
    int first = open - 1;
    while (first > limit && TokenText.isWord(text.bytes[first - 1])) {
      first--;
    }
    text.lookedBack(limit - 1);
    if (open <= limit || first >= open - 1) {
      return false;
    }
    String call = text.latin(first, open - 1).toLowerCase(Locale.ROOT);
    return call.contains("equal")
        || call.contains("strcmp")
        || call.startsWith("compare")
        || call.endsWith("_eq")
        || call.endsWith("_streq");
  }
}
