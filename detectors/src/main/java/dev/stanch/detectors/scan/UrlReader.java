package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the passwords of URLs, and tells them from ports, paths and addresses with an `@`.
final class UrlReader {
  private final TextWindow text;
  private final ValueReader values;

  UrlReader(TextWindow text, ValueReader values) {
    this.text = text;
    this.values = values;
  }

  /// The password in `scheme://user:password@host`; `end` is behind the slashes.
  @Nullable Assignment password(int start, int end) {
    byte[] bytes = text.bytes;
    int at = end;
    int limit = Math.min(text.to, end + 200);
    while (at < limit && (TokenText.isWord(bytes[at]) || ".-%+$*!~".indexOf(bytes[at]) >= 0)) {
      at++;
    }
    text.lookedAhead(at + 1);
    if (text.at(at) != ':') {
      return null;
    }
    int value = at + 1;
    int stop = value;
    int sign = -1;
    while (stop < limit
        && bytes[stop] > ' '
        && !text.isQuote(stop)
        && bytes[stop] != '<'
        && bytes[stop] != '>'
        && (bytes[stop] != '/' || sign < 0)
        && bytes[stop] != ')'
        && (bytes[stop] != ',' || sign < 0)) {
      if (bytes[stop] == '@') {
        sign = stop;
      } else if (bytes[stop] == '/' && (text.at(stop + 1) == '/' || text.isDigits(value, stop))) {
        break; // a port and a path
      }
      stop++;
    }
    text.lookedAhead(stop + 2);
    if (sign < value || !TokenText.isWord(text.at(sign + 1)) && text.at(sign + 1) != '[') {
      return null;
    }
    if (text.contains(value, sign, '/') && !isAuthority(sign + 1, stop)) {
      return null; // a path with an @ in it
    }
    if (Arrays.equals(text.bytes, end, at, text.bytes, value, sign)) {
      return null; // `guest:guest`: the password of whoever did not choose one
    }
    int scheme = start;
    while (scheme > text.from
        && start - scheme < 40
        && (TokenText.isWord(bytes[scheme - 1])
            || bytes[scheme - 1] == '+'
            || bytes[scheme - 1] == '.')) {
      scheme--;
    }
    text.lookedBack(scheme - 1);
    return values.made(
        new NameJudge.Identifier(
            text.latin(scheme, start),
            new NameJudge.Name(NameJudge.Kind.PASSWORD, 1, List.of("url", "password"))),
        scheme,
        Form.URL,
        value,
        sign,
        true);
  }

  /// Whether a host that has a domain, an address or a port stands at `start`.
  private boolean isAuthority(int start, int end) {
    int at = start;
    boolean dotted = false;
    while (at < end
        && (TokenText.isWord(text.bytes[at]) || text.bytes[at] == '-' || text.bytes[at] == '.')) {
      dotted |= text.bytes[at] == '.' && at > start && TokenText.isWord(text.at(at + 1));
      at++;
    }
    boolean port = text.at(at) == ':' && text.at(at + 1) >= '1' && text.at(at + 1) <= '9';
    return port || dotted && (at == end || text.bytes[at] == '/' || text.bytes[at] == '?');
  }
}
