package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads values that only blanks part from their name: flags of a command line, lines of a
/// configuration, cells of a test's step, sentences.
final class WordsReader {
  private final TextWindow text;
  private final ValueReader values;
  private final ElementReader elements;

  WordsReader(TextWindow text, ValueReader values, ElementReader elements) {
    this.text = text;
    this.values = values;
    this.elements = elements;
  }

  /// `--password x`, `ENV DB_PASS x`, `PASSWORD 'x'`, `name="password" value="x"`.
  @Nullable Assignment value(
      NameJudge.Identifier name, int nameStart, int start, boolean nameQuoted) {
    if (nameQuoted) {
      return elements.pairValue(name, nameStart, start);
    }
    if (text.startsWith(start, "As String = ") || text.startsWith(start, "as string = ")) {
      return values.quoted(name, nameStart, Form.ASSIGNED, start + 12);
    }
    int sentence = sentence(nameStart, start);
    if (sentence > 0) {
      Assignment literal = values.quoted(name, nameStart, Form.SENTENCE, sentence);
      return literal != null ? literal : values.bare(name, nameStart, Form.SENTENCE, sentence);
    }
    if (text.at(nameStart - 1) == ':' && text.at(start) == '"') {
      return values.quoted(name, nameStart, Form.ASSIGNED, start); // {:password "x"}
    }
    int lineStart = text.lineStart(nameStart);
    int first = text.skipIndent(lineStart);
    boolean flag = text.at(nameStart - 1) == '-' && text.at(nameStart - 2) == '-';
    boolean afterWord = setsVariable(first, nameStart);
    boolean alone =
        first == nameStart || first == nameStart - 2 && text.startsWith(nameStart - 2, "${");
    boolean login =
        name.kind() == NameJudge.Kind.PASSWORD
            && !text.precededBy(nameStart, "and ")
            && !text.precededBy(nameStart, "or ")
            && logsIn(first, lineStart);
    if (!flag && !afterWord && !alone && !login) {
      if (isKeywordCell(first, nameStart + name.spelling().length(), start)) {
        return values.bare(name, nameStart, Form.WORDS, valueCell(first, nameStart, start));
      }
      if (name.kind() == NameJudge.Kind.PASSWORD && behindLogin(nameStart)) {
        return inProse(name, nameStart, start);
      }
      if (!name.spelling().equalsIgnoreCase("password") || start >= text.to) {
        return null;
      }
      // SQL: PASSWORD 'x'. Prose: the password `x`.
      return text.bytes[start] == '\''
          ? values.quoted(name, nameStart, Form.WORDS, start)
          : text.bytes[start] == '`' ? values.quoted(name, nameStart, Form.SENTENCE, start) : null;
    }
    int value = start;
    // Routers: password 0 x. Kickstart: rootpw --plaintext x.
    if (text.startsWith(value, "0 ") || text.startsWith(value, "7 ")) {
      value += 2;
    } else if (text.startsWith(value, "--plaintext ")) {
      value += 12;
    } else if (text.startsWith(value, "password ") && name.spelling().endsWith("-password")) {
      value += 9; // preseed: passwd/root-password password x
    }
    if (afterWord
        && !TextWindow.isQuoteByte(text.at(value))
        && text.lineHas(first, nameStart, "define ")) {
      return null; // a constant: a text would stand in quotes
    }
    Form form = flag ? Form.FLAG : Form.WORDS;
    Assignment found =
        value < text.to && text.isQuote(value)
            ? values.quoted(name, nameStart, form, value)
            : values.bare(name, nameStart, form, value);
    if (found == null || flag) {
      return found;
    }
    // Two words and no third.
    int end = found.end() + (found.quoted() ? 1 : 0);
    while (text.at(end) == ' '
        || text.at(end) == ';'
        || text.at(end) == '\r'
        || text.at(end) == '\\') {
      end++;
    }
    text.lookedAhead(end + 2);
    return end >= text.to || text.at(end) == '\n' || login && !alone ? found : null;
  }

  /// Whether the line is a step of Robot Framework that types something, whose cells stand two
  /// spaces or a tab apart, and a cell ends with the name.
  private boolean isKeywordCell(int first, int nameEnd, int start) {
    boolean cells = start - nameEnd >= 2 || text.at(nameEnd) == '\t';
    return cells
        && (text.startsWith(first, "Input ")
            || text.startsWith(first, "Fill ")
            || text.startsWith(first, "Type ")
            || text.startsWith(first, "Set ") && text.at(nameEnd) == '}');
  }

  /// The cell behind the locator: `Input Password id:login x`.
  private int valueCell(int first, int nameStart, int start) {
    if (nameStart - first > 6) {
      return start; // the name is the locator's
    }
    int at = start;
    while (at < text.to
        && text.bytes[at] >= ' '
        && !(text.bytes[at] == ' ' && text.at(at + 1) == ' ')) {
      at++;
    }
    text.lookedAhead(at + 2);
    int next = text.skipSpace(at);
    return text.at(next) == '\n' || text.at(next) == '\r' ? text.to : next;
  }

  /// Whether `user x`, `login: x` or `account x /` stands in front of the name.
  private boolean behindLogin(int nameStart) {
    int at = nameStart;
    int limit = Math.max(text.from, nameStart - 80);
    text.lookedBack(limit - 1);
    while (at > limit
        && (text.bytes[at - 1] == ' ' || text.bytes[at - 1] == '/' || text.bytes[at - 1] == ',')) {
      at--;
    }
    int end = at;
    while (at > limit && text.bytes[at - 1] > ' ') {
      at--;
    }
    if (at == end || at == nameStart || at <= limit || text.bytes[at - 1] != ' ') {
      return false;
    }
    end = text.bytes[at - 2] == ':' ? at - 2 : at - 1;
    at = end;
    while (at > limit && TokenText.isLetter(text.bytes[at - 1])) {
      at--;
    }
    String word = text.latin(at, end).toLowerCase(Locale.ROOT);
    return word.equals("user")
        || word.equals("username")
        || word.equals("login")
        || word.equals("account");
  }

  /// A password among words: none that is made of letters alone.
  private @Nullable Assignment inProse(NameJudge.Identifier name, int nameStart, int start) {
    Assignment found =
        start < text.to && text.isQuote(start)
            ? values.quoted(name, nameStart, Form.SENTENCE, start)
            : values.bare(name, nameStart, Form.SENTENCE, start);
    return found == null || text.isLetters(found.start(), found.end()) ? null : found;
  }

  /// Behind `is`, `for prod is`, or the `to` of what changes it, on the same line; 0 where no such
  /// words stand.
  private int sentence(int nameStart, int start) {
    int at = start;
    while (at < text.to
        && at - start < 32
        && (TokenText.isLetter(text.bytes[at]) || text.bytes[at] == ' ')) {
      if ((at == start || text.bytes[at - 1] == ' ')
          && (text.bytes[at] == 'i' && text.startsWith(at, "is ")
              || text.bytes[at] == 't' && text.startsWith(at, "to ") && changes(nameStart))) {
        text.lookedAhead(at + 4);
        return at + 3;
      }
      at++;
    }
    text.lookedAhead(at + 4);
    return 0;
  }

  /// Whether the words in front of the name change what it names: `change the root password`.
  private boolean changes(int nameStart) {
    int first = Math.max(text.lineStart(nameStart), nameStart - 32);
    return text.lineHas(first, nameStart, "hange ")
        || text.lineHas(first, nameStart, "hanged ")
        || text.lineHas(first, nameStart, "eset ")
        || text.lineHas(first, nameStart, "et the ")
        || text.lineHas(first, nameStart, "pdate ");
  }

  /// Whether the line, up to the name, is a command that sets what follows.
  private boolean setsVariable(int first, int nameStart) {
    int words = nameStart - first;
    return words > 2
        && words < 32
        && (text.startsWith(first, "ENV ")
            || text.startsWith(first, "ARG ")
            || text.startsWith(first, "setenv ")
            || text.startsWith(first, "SetEnv ")
            || text.startsWith(first, "setx ")
            || text.startsWith(first, "set ")
            || text.startsWith(first, "proxy_set_header ")
            || text.startsWith(first, "fastcgi_param ")
            || text.startsWith(first, "define ")
            || text.startsWith(first, "#define ")
            || text.startsWith(first, "export ")
            || text.startsWith(first, "d-i ")
            || text.startsWith(first, "enable ")
            || text.startsWith(first, "snmp-server "));
  }

  /// Whether the line, or the one before it, says who logs in.
  private boolean logsIn(int first, int lineStart) {
    if (text.lineHas(first, lineStart + 240, "login ")
        || text.startsWith(first, "username ")
        || text.startsWith(first, "user ")
        || text.startsWith(first, "machine ")) {
      return true;
    }
    int before = text.lineStart(lineStart - 1);
    int start = text.skipIndent(before);
    return text.startsWith(start, "login ")
        || text.startsWith(start, "user ")
        || text.startsWith(start, "machine ");
  }
}
