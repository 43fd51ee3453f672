package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads values among the arguments of calls: behind one that is a telling name, `define("NAME",
/// "x")`, or in a call that is named so, `setName("x")`.
final class ArgumentReader {
  private final TextWindow text;
  private final NameJudge names;
  private final ValueReader values;
  private final ElementReader elements;
  private final ComparisonReader comparisons;

  ArgumentReader(
      TextWindow text,
      NameJudge names,
      ValueReader values,
      ElementReader elements,
      ComparisonReader comparisons) {
    this.text = text;
    this.names = names;
    this.values = values;
    this.elements = elements;
    this.comparisons = comparisons;
  }

  /// The argument behind the one that the name is; `comma` stands between them.
  @Nullable Assignment next(
      NameJudge.Identifier name, int nameStart, int comma, boolean nameQuoted) {
    int next = text.skipWhitespace(comma + 1);
    return nameQuoted
        ? behindQuoted(name, nameStart, comma, next)
        : behindBare(name, nameStart, next);
  }

  private @Nullable Assignment behindBare(NameJudge.Identifier name, int nameStart, int next) {
    // strcmp(password, "x")
    if (text.precededBy(nameStart, "strcmp(")
        || text.precededBy(nameStart, "equals(")
        || text.precededBy(nameStart, "compare_digest(")
        || name.kind() == NameJudge.Kind.PASSWORD && comparisons.isComparison(nameStart)) {
      return values.quoted(name, nameStart, Form.COMPARED, next);
    }
    // set :db_password, "x" and {password, "x"}
    boolean tuple =
        name.kind() == NameJudge.Kind.PASSWORD
            && text.at(nameStart - 1) == '{'
            && name.spelling().charAt(0) >= 'a';
    return tuple || text.precededBy(nameStart, "set :")
        ? values.quoted(name, nameStart, Form.ASSIGNED, next)
        : null;
  }

  private @Nullable Assignment behindQuoted(
      NameJudge.Identifier name, int nameStart, int comma, int start) {
    int next = start;
    Assignment pair = elements.pairValue(name, nameStart, next);
    if (pair != null) {
      return pair;
    }
    // A word of a path or of a message that is quoted, not a name.
    int opens = text.at(nameStart - 1);
    if (opens == '/' || opens == ' ') {
      return null;
    }
    // In a list of names the next one is no value.
    int before = nameStart - 2;
    while (before > text.from && nameStart - before < 12 && text.at(before) == ' ') {
      before--;
    }
    text.lookedBack(before - 1);
    if (text.at(before) == '[' || text.spansLines(comma, next)) {
      return null;
    }
    // add_argument("--password", default="x"), fill_in "Password", with: "x"
    if (text.startsWith(next, "default=")) {
      next += 8;
    } else if (text.startsWith(next, "with: ")) {
      next += 6;
    }
    Assignment argument = values.quoted(name, nameStart, Form.ARGUMENT, next);
    if (argument == null || text.at(text.skipSpace(argument.end() + 1)) == ':') {
      return null;
    }
    if (text.at(before) != ','
        || text.lineHas(text.lineStart(nameStart), nameStart, "flag.String")) {
      return argument;
    }
    // `auth("", "user", "pass", "host")`: values all.
    if (name.words().size() == 1 && name.spelling().length() <= 4) {
      return null;
    }
    // The last argument of several: buildConfigField "String", "KEY_PASSWORD", "x"
    int behind = argument.end() + 1;
    while (behind < text.to && text.isQuote(behind)) {
      behind++;
    }
    text.lookedAhead(behind + 2);
    return text.at(behind) == ')' || text.at(behind) == '\n' || behind >= text.to ? argument : null;
  }

  /// The argument of a call that has the name; `bracket` opens it.
  @Nullable Assignment first(
      NameJudge.Identifier name, int nameStart, int bracket, boolean nameQuoted) {
    if (nameQuoted || names.isReader(text.bytes, nameStart, nameStart + name.spelling().length())) {
      return null;
    }
    Assignment first = values.quoted(name, nameStart, Form.ARGUMENT, text.skipSpace(bracket + 1));
    return first == null ? null : lastOfPair(name, nameStart, first);
  }

  /// The secret of `UserPassword("jane", "x")` and `OAuthHandler("id", "x")`: where the name speaks
  /// of a user first, or of a login as a whole, the second argument.
  @Nullable Assignment lastOfPair(NameJudge.Identifier name, int nameStart, Assignment first) {
    int user = name.words().indexOf("user");
    boolean pair =
        name.kind() == NameJudge.Kind.PASSWORD
            ? user >= 0 && user < name.words().size() - 1
            : name.kind() == NameJudge.Kind.CREDENTIAL;
    int comma = text.skipSpace(Math.min(text.to, first.end() + 1));
    if (!pair || text.at(comma) != ',') {
      return first;
    }
    Assignment second = values.quoted(name, nameStart, Form.ARGUMENT, text.skipSpace(comma + 1));
    return second == null && name.kind() == NameJudge.Kind.CREDENTIAL ? first : second;
  }

  /// `By.id("password")).sendKeys("x")`, `fill('#password').type('x')`, `"x".equals(password)`,
  /// `setValue("x", forHTTPHeaderField: "X-Api-Key")`.
  @Nullable Assignment behindCall(
      NameJudge.Identifier name, int nameStart, int start, boolean nameQuoted) {
    if (nameQuoted && text.precededBy(nameStart, "forHTTPHeaderField: \"")) {
      return values.inFront(name, nameStart, nameStart - 21);
    }
    if (!nameQuoted) {
      if (text.precededBy(nameStart, "\".equals(")) {
        return values.inFront(name, nameStart, nameStart - 8);
      }
      Assignment comparison = comparisons.value(name, nameStart, start);
      if (comparison != null) {
        return comparison;
      }
      int block = text.skipSpace(start + 1);
      return text.at(block) == '{'
              && (text.precededBy(nameStart, "let(:") || text.precededBy(nameStart, "let!(:"))
          ? elements.ofRubyBlock(name, nameStart, block)
          : null;
    }
    int at = start;
    while (at < text.to && text.bytes[at] == ')' && at - start < 3) {
      at++;
    }
    text.lookedAhead(at + 14);
    for (String call :
        List.of(".sendKeys(", ".send_keys(", ".type(", ".fill(", ".setValue(", ".val(")) {
      if (text.startsWith(at, call)) {
        return values.quoted(name, nameStart, Form.ARGUMENT, at + call.length());
      }
    }
    return null;
  }
}
