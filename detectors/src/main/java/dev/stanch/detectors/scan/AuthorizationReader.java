package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the HTTP header `Authorization`: its value is a scheme and what the scheme asks for.
final class AuthorizationReader {
  /// Schemes whose header holds an answer computed from the secret, not it.
  private static final Set<String> ANSWERS =
      Set.of("digest", "ntlm", "negotiate", "hawk", "signature", "aws", "aws4-hmac-sha256");

  private final TextWindow text;
  private final ValueReader values;

  AuthorizationReader(TextWindow text, ValueReader values) {
    this.text = text;
    this.values = values;
  }

  /// Whether the name is that of the header, or ends with it.
  static boolean isHeader(String name) {
    return name.length() >= 13
        && name.regionMatches(true, name.length() - 13, "authorization", 0, 13);
  }

  /// What an HTTP header `Authorization` holds behind its scheme.
  @Nullable Assignment value(NameJudge.Identifier name, int nameStart, int start) {
    Assignment literal = values.quoted(name, nameStart, Form.ASSIGNED, start);
    int value = literal != null ? literal.start() : start;
    int scheme = value;
    while (scheme < text.to
        && scheme - value < 14
        && (TokenText.isLetter(text.bytes[scheme]) || text.bytes[scheme] == '-')) {
      scheme++;
    }
    text.lookedAhead(scheme + 2);
    if (scheme == value || text.at(scheme) != ' ') {
      return literal;
    }
    String kind = text.latin(value, scheme).toLowerCase(Locale.ROOT);
    if (ANSWERS.contains(kind)) {
      return null;
    }
    int end = literal != null ? literal.end() : scheme + 1;
    if (literal == null) {
      while (end < text.to
          && end - scheme < ValueReader.LONGEST
          && !ValueReader.isBareEnd(text.bytes[end])) {
        end++;
      }
      text.lookedAhead(end + 2);
    }
    if (kind.equals("basic") && !isBasic(scheme + 1, end)) {
      return null;
    }
    return values.made(name, nameStart, Form.ASSIGNED, scheme + 1, end, true);
  }

  /// Whether base64 of a user and a password stands at `[start, end)`.
  private boolean isBasic(int start, int end) {
    try {
      byte[] decoded = Base64.getDecoder().decode(Arrays.copyOfRange(text.bytes, start, end));
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
}
