package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what a client or a signature is made with: there the call says that its argument is a
/// secret, whatever that is called.
final class ClientReader {
  private final TextWindow text;
  private final NameJudge names;
  private final ValueReader values;

  ClientReader(TextWindow text, NameJudge names, ValueReader values) {
    this.text = text;
    this.names = names;
    this.values = values;
  }

  /// Whether the keyword at `[start, end)` is `client`.
  boolean isClient(int start, int end) {
    return end - start == 6
        && (text.bytes[start] | 0x20) == 'c'
        && (text.bytes[start + 1] | 0x20) == 'l';
  }

  /// Whether what a client is made with can stand behind such a byte.
  boolean mayCall(int operator) {
    return text.bytes[operator] == '('
        || text.bytes[operator] == '='
        || text.bytes[operator] == ':';
  }

  /// What a client is made with: `new AcmeClient("x")`, `acme.Client('x')`, `Client::new("x")`,
  /// `client = new Acme("x")`.
  @Nullable Assignment call(String name, int nameStart, int nameEnd, int operator) {
    int at = operator;
    if (text.startsWith(at, "::new(")) {
      at += 5;
    } else if (text.bytes[at] == '=' && text.at(at + 1) != '=') {
      at = text.skipSpace(at + 1);
      if (text.startsWith(at, "new ")) {
        at += 4;
      }
      int first = at;
      while (at < text.to
          && at - first < 60
          && (TokenText.isWord(text.bytes[at]) || text.bytes[at] == '.')) {
        at++;
      }
      text.lookedAhead(at + 2);
      // A call of something that is made, not of a function: `Acme(`, `acme.Client(`, `Acme.new(`.
      int last = lastWord(first, at);
      boolean made =
          at > first
              && (text.bytes[last] >= 'A' && text.bytes[last] <= 'Z'
                  || text.latin(last, at).equals("new"));
      if (!made || names.isReader(text.bytes, last, at)) {
        return null;
      }
    } else if (at != nameEnd
        || !text.latin(lastWord(nameStart, at), at).toLowerCase(Locale.ROOT).contains("client")) {
      return null; // `client.model("x")` asks a client that is made already
    }
    if (text.at(at) != '(' || !TextWindow.isQuoteByte(text.at(at + 1))) {
      return null;
    }
    int service = Math.max(text.lineStart(nameStart), nameStart - 40);
    String whole = text.latin(service, Math.max(at, nameEnd)).trim();
    return values.quoted(
        new NameJudge.Identifier(
            whole.substring(whole.lastIndexOf(' ') + 1),
            new NameJudge.Name(NameJudge.Kind.KEY, 0.5, NameJudge.words(name))),
        nameStart,
        Form.CALL,
        at + 1);
  }

  /// Whether the keyword at `[start, end)` is `jwt.` or `signWith(`.
  boolean isSigning(int start, int end) {
    return end - start == 4 && text.bytes[end - 1] == '.'
        || end - start == 9 && text.bytes[end - 1] == '(';
  }

  /// The second argument of `jwt.sign(…, "x")`, `jwt.decode(…, "x")` or `signWith(…, "x")`.
  @Nullable Assignment signingKey(String name, int nameStart, int operator) {
    int at = operator;
    int opened = 0;
    while (at < text.to && at - operator < 160 && text.bytes[at] != '\n') {
      if (text.bytes[at] == '(' || text.bytes[at] == '{') {
        opened++;
      } else if (text.bytes[at] == ')' || text.bytes[at] == '}') {
        opened--;
      } else if (text.bytes[at] == ',' && opened <= 1) {
        return values.quoted(
            new NameJudge.Identifier(
                name.isEmpty() ? "jwt" : name,
                new NameJudge.Name(NameJudge.Kind.SECRET, 0.9, List.of("jwt", "secret"))),
            nameStart,
            Form.ARGUMENT,
            text.skipSpace(at + 1));
      }
      at++;
    }
    text.lookedAhead(at + 1);
    return null;
  }

  /// Where the word begins that ends at `end`, behind the last dot.
  private int lastWord(int start, int end) {
    int at = end;
    while (at > start && TokenText.isWord(text.bytes[at - 1])) {
      at--;
    }
    return at;
  }
}
