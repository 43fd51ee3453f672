package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import org.jspecify.annotations.Nullable;

/// Reads values at a place that others found: a string literal, a bare word, a default. Says of
/// each whether it stands in code.
final class ValueReader {
  /// Longest value, in bytes.
  static final int LONGEST = 1024;

  private static final int SHORTEST = 4;

  private final TextWindow text;
  private final NameJudge names;

  ValueReader(TextWindow text, NameJudge names) {
    this.text = text;
    this.names = names;
  }

  /// A string literal that begins at `start`, with the prefixes and wrappers that literals have.
  @Nullable Assignment quoted(NameJudge.Identifier name, int nameStart, Form form, int start) {
    byte[] bytes = text.bytes;
    int at = start;
    // b"…", @"…", L"…", new String("…"), SecretStr('…'), &"…", String.valueOf("…")
    int limit = Math.min(text.to, at + 40);
    int quote = at;
    while (quote < limit
        && (TokenText.isWord(bytes[quote])
            || bytes[quote] == '('
            || bytes[quote] == '@'
            || bytes[quote] == '.'
            || bytes[quote] == ' '
            || bytes[quote] == '&'
            || bytes[quote] == '['
            || bytes[quote] == ']'
            || bytes[quote] == '-'
            || bytes[quote] == '\\')) {
      quote++;
    }
    text.lookedAhead(quote + 1);
    if (quote >= text.to || !text.isQuote(quote)) {
      return null;
    }
    if (quote > at) {
      int last = bytes[quote - 1];
      boolean shortPrefix = quote - at <= 3 && !text.contains(at, quote, ' ');
      boolean call =
          last == '(' && !names.isReader(text.bytes, at, quote - 1)
              || quote - at > 20 && text.startsWith(at, "ConvertTo-SecureString ");
      boolean list = last == '[' && quote - at == 1;
      boolean escaped = last == '\\' && quote - at == 1;
      if (!shortPrefix && !call && !list && !escaped) {
        return null;
      }
    }
    boolean escaped = quote > text.from && bytes[quote - 1] == '\\';
    byte delimiter = bytes[quote];
    int valueStart = quote + 1;
    text.lookedAhead(valueStart + 2);
    if (valueStart + 1 < text.to
        && bytes[valueStart] == delimiter
        && bytes[valueStart + 1] == delimiter) {
      valueStart += 2;
    }
    int end = valueStart;
    int limitEnd = Math.min(text.to, valueStart + LONGEST + 1);
    while (end < limitEnd && bytes[end] != '\n' && bytes[end] != '\r') {
      if (bytes[end] == delimiter) {
        break;
      }
      if (bytes[end] == '\\' && end + 1 < limitEnd) {
        if (escaped && bytes[end + 1] == delimiter) {
          break;
        }
        end++;
      }
      end++;
    }
    text.lookedAhead(Math.min(end, text.to) + 2);
    if (end >= limitEnd || bytes[end] != delimiter && !(escaped && bytes[end] == '\\')) {
      return null;
    }
    if (delimiter == '`' && text.contains(valueStart, end, ' ')) {
      return null; // a command
    }
    return made(name, nameStart, form, valueStart, end, true);
  }

  /// A value without quotes.
  @Nullable Assignment bare(NameJudge.Identifier name, int nameStart, Form form, int start) {
    byte[] bytes = text.bytes;
    int end = start;
    int limit = Math.min(text.to, start + LONGEST + 1);
    while (end < limit && !isBareEnd(bytes[end])) {
      end++;
    }
    text.lookedAhead(end + 2);
    if (end >= limit && limit < text.to) {
      return null;
    }
    int next = end;
    while (end > start
        && (bytes[end - 1] == ';' || bytes[end - 1] == ',' || bytes[end - 1] == '.')) {
      end--;
    }
    text.lookedAhead(next + 4);
    if (text.at(next) == ','
        && text.at(next + 1) == ' '
        && TokenText.isLetter(text.at(next + 2))
        && text.isLetters(start, end)
        && inText(nameStart)) {
      return null; // "first pass: count, then write"
    }
    if (text.at(next) == ' '
        && (TokenText.isLetter(text.at(next + 1)) || text.at(next + 1) == '%')
        && text.isLetters(start, end)) {
      // One of many words: "password: the one to use".
      if (form != Form.WORDS && form != Form.FLAG || inText(nameStart)) {
        return null;
      }
    }
    return made(name, nameStart, form, start, end, false);
  }

  /// Whether a value without quotes ends in front of such a byte.
  static boolean isBareEnd(int b) {
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

  /// The default in `${db.password:x}`.
  @Nullable Assignment untilBrace(NameJudge.Identifier name, int nameStart, int start) {
    int value = start + (text.at(start) == '-' ? 1 : 0);
    int end = value;
    while (end < text.to
        && end - value < LONGEST
        && text.bytes[end] != '}'
        && text.bytes[end] != '\n') {
      end++;
    }
    text.lookedAhead(end + 2);
    return text.at(end) == '}' ? made(name, nameStart, Form.ASSIGNED, value, end, true) : null;
  }

  /// The string literal that ends at or shortly before `end`.
  @Nullable Assignment inFront(NameJudge.Identifier name, int nameStart, int end) {
    int close = end;
    while (close > text.from && end - close < 4 && !text.isQuote(close)) {
      close--;
    }
    int open = close - 1;
    while (open > text.from
        && close - open < LONGEST
        && text.bytes[open] != text.bytes[close]
        && text.bytes[open] != '\n') {
      open--;
    }
    text.lookedBack(open - 1);
    if (open < text.from
        || close <= open + 1
        || !text.isQuote(close)
        || text.bytes[open] != text.bytes[close]) {
      return null;
    }
    int value = open + 1;
    for (int i = value; i < close && i - value < 14; i++) {
      if (text.bytes[i] == ' ') {
        value = i + 1;
        break;
      }
    }
    return made(name, nameStart, Form.ARGUMENT, value, close, true);
  }

  /// The assignment of `[first, last)`; null where that is no length of a value. Of `user:password`
  /// it is the password.
  @Nullable Assignment made(
      NameJudge.Identifier name, int nameStart, Form form, int first, int last, boolean quoted) {
    int start = first;
    int end = last;
    if (end - start > 4 && text.bytes[start] == '\\' && text.isQuote(start + 1)) {
      start += 2; // quotes within quotes
      end -= text.isQuote(end - 1) ? 1 : 0;
      end -= text.bytes[end - 1] == '\\' ? 1 : 0;
    }
    NameJudge.Name meant = name.judged();
    if (name.kind() == NameJudge.Kind.CREDENTIAL) {
      int colon = behindUser(start, end);
      if (colon > 0) {
        start = colon + 1;
        meant = new NameJudge.Name(NameJudge.Kind.PASSWORD, 0.8, name.words());
      }
    }
    if (end - start < SHORTEST || end - start > LONGEST) {
      return null;
    }
    return new Assignment(
        name.spelling(), nameStart, meant, form, start, end, quoted, !quoted && inText(nameStart));
  }

  /// The colon of `user:password`, 0 where the text is no such pair.
  private int behindUser(int start, int end) {
    int at = start;
    while (at < end
        && at - start < 40
        && (TokenText.isWord(text.bytes[at]) || ".@-".indexOf(text.bytes[at]) >= 0)) {
      at++;
    }
    if (at - start < 2 || at >= end || text.bytes[at] != ':') {
      return 0;
    }
    for (int i = at + 1; i < end; i++) {
      if (text.bytes[i] == ':' || text.bytes[i] == '/' || text.bytes[i] == ' ') {
        return 0;
      }
    }
    return at;
  }

  /// Whether name and value stand in a comment or a string of the line: what is written there is no
  /// code.
  private boolean inText(int nameStart) {
    byte[] bytes = text.bytes;
    int at = text.lineStart(nameStart);
    int quote = 0;
    for (int i = at; i < nameStart; i++) {
      int b = bytes[i];
      if (quote == 0) {
        if (TextWindow.isQuoteByte(b)) {
          quote = b;
        } else if (b == '#' && (i == at || bytes[i - 1] == ' ')
            || b == '/' && text.at(i + 1) == '/' && text.at(i - 1) != ':'
            || b == '<' && text.at(i + 1) == '!'
            || b == '-' && text.at(i + 1) == '-' && text.at(i + 2) == ' '
            || b == '*' && text.skipIndent(at) == i && text.at(i + 1) <= ' '
            || b == '*' && text.at(i - 1) == '/') {
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
}
