package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads values whose name stands in a structure round them: an XML element, a pair of `name` and
/// `value`, a block.
final class ElementReader {
  private final TextWindow text;
  private final ValueReader values;
  private final AuthorizationReader headers;

  ElementReader(TextWindow text, ValueReader values, AuthorizationReader headers) {
    this.text = text;
    this.values = values;
    this.headers = headers;
  }

  /// `value: x`, `"value": "x"`, `value="x"` behind a name of its own.
  @Nullable Assignment pairValue(NameJudge.Identifier name, int nameStart, int start) {
    int at = start;
    if (at < text.to && (text.bytes[at] == '"' || text.bytes[at] == '\'')) {
      at++;
    }
    if (text.startsWith(at, "android:")) {
      at += 8;
    }
    if (!text.startsWith(at, "value")
        && !text.startsWith(at, "Value")
        && !text.startsWith(at, "VALUE")) {
      text.lookedAhead(at + 6);
      return null;
    }
    at += 5;
    if (at < text.to && (text.bytes[at] == '"' || text.bytes[at] == '\'')) {
      at++;
    }
    at = text.skipSpace(at);
    if (at >= text.to || text.bytes[at] != ':' && text.bytes[at] != '=') {
      return null;
    }
    int next = text.skipSpace(at + 1);
    if (next >= text.to) {
      return null;
    }
    if (AuthorizationReader.isHeader(name.spelling())) {
      return headers.value(name, nameStart, next);
    }
    Assignment literal = values.quoted(name, nameStart, Form.ELEMENT, next);
    return literal != null ? literal : values.bare(name, nameStart, Form.ELEMENT, next);
  }

  /// `>value</` behind an opening tag.
  @Nullable Assignment element(NameJudge.Identifier name, int nameStart, int start) {
    int end = start;
    int limit = Math.min(text.to, start + ValueReader.LONGEST);
    while (end < limit && text.bytes[end] != '<' && text.bytes[end] != '\n') {
      end++;
    }
    text.lookedAhead(end + 2);
    if (end + 1 >= text.to || text.bytes[end] != '<' || text.bytes[end + 1] != '/') {
      return null;
    }
    return values.made(name, nameStart, Form.ELEMENT, start, end, true);
  }

  /// `<name>db.password</name> <value>x</value>`, `<key>…</key> <string>x</string>`.
  @Nullable Assignment nextElement(NameJudge.Identifier name, int nameStart, int start) {
    int at = start;
    while (at < text.to && at - start < 40 && text.bytes[at] != '>') {
      at++;
    }
    int open = text.skipWhitespace(Math.min(at + 1, text.to));
    if (text.at(open) != '<' || !TokenText.isLetter(text.at(open + 1))) {
      return null;
    }
    int tag = open + 1;
    while (tag < text.to && tag - open < 24 && TokenText.isWord(text.bytes[tag])) {
      tag++;
    }
    text.lookedAhead(tag + 1);
    String element = text.latin(open + 1, tag).toLowerCase(Locale.ROOT);
    return text.at(tag) == '>'
            && (element.endsWith("value") || element.equals("string") || element.equals("val"))
        ? element(name, nameStart, tag + 1)
        : null;
  }

  /// `variable "db_password" { … default = "x"`.
  @Nullable Assignment ofBlock(NameJudge.Identifier name, int nameStart, int start) {
    if (!text.precededBy(nameStart, "variable \"")) {
      return null;
    }
    int at = start;
    while (at < text.to && at - start < 400 && text.bytes[at] != '}') {
      if (text.bytes[at] == 'd' && text.startsWith(at, "default") && text.at(at - 1) <= ' ') {
        int next = text.skipSpace(at + 7);
        return text.at(next) == '='
            ? values.quoted(name, nameStart, Form.ASSIGNED, text.skipSpace(next + 1))
            : null;
      }
      at++;
    }
    text.lookedAhead(at + 8);
    return null;
  }

  /// `password { "x" }`: what a block of Ruby gives.
  @Nullable Assignment ofRubyBlock(NameJudge.Identifier name, int nameStart, int brace) {
    int next = text.skipSpace(brace + 1);
    if (next >= text.to || !text.isQuote(next)) {
      return null;
    }
    Assignment given = values.quoted(name, nameStart, Form.ASSIGNED, next);
    return given != null && text.at(text.skipSpace(given.end() + 1)) == '}' ? given : null;
  }
}
