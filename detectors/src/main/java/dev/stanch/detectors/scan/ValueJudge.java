package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.AssignmentAnalyzer.Assignment;
import dev.stanch.detectors.scan.AssignmentAnalyzer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says how likely the value of an assignment is a secret, and why. Knows the value and its name,
/// not its file.
final class ValueJudge {
  private static final Set<String> NO_VALUES =
      Set.of(
          "null",
          "none",
          "nil",
          "true",
          "false",
          "undefined",
          "void",
          "string",
          "str",
          "text",
          "bytes",
          "int",
          "integer",
          "number",
          "bool",
          "boolean",
          "object",
          "any",
          "self",
          "this",
          "empty",
          "blank",
          "default",
          "optional",
          "required",
          "yes",
          "no",
          "on",
          "off",
          "enabled",
          "disabled",
          "unknown",
          "nan",
          "todo",
          "tbd",
          "fixme",
          "n/a",
          "na",
          "hidden",
          "masked",
          "redacted",
          "removed",
          "secret",
          "password",
          "passwd",
          "token",
          "key",
          "apikey",
          "api_key",
          "api-key",
          "pass",
          "pwd",
          "credential",
          "credentials",
          "value",
          "username",
          "user",
          "name",
          "email",
          "varchar",
          "char",
          "byte",
          "example",
          "sample",
          "dummy",
          "foo",
          "bar",
          "baz",
          "foobar",
          "test",
          "testing",
          "mock",
          "fake",
          "stub",
          "abc",
          "xyz",
          "bearer",
          "basic",
          "session",
          "cookie",
          "header",
          "query",
          "body",
          "form",
          "input",
          "output",
          "url",
          "uri",
          "http",
          "https",
          "utf-8",
          "utf8",
          "hex",
          "base64",
          "sha256",
          "md5");

  private static final List<String> FILLERS =
      List.of(
          "your",
          "xxx",
          "example",
          "sample",
          "placeholder",
          "changeme",
          "change_me",
          "change-me",
          "replace",
          "insert",
          "dummy",
          "redacted",
          "todo",
          "fixme",
          "enter_",
          "enter-",
          "put_",
          "put-",
          "my_api",
          "my-api",
          "myapi",
          "my_token",
          "my-token",
          "my_secret",
          "my-secret",
          "mysecret",
          "my_password",
          "mypassword",
          "my-password",
          "some_",
          "some-",
          "the_",
          "notasecret",
          "not-a-secret",
          "not_a_secret",
          "fake",
          "mock",
          "foobar",
          "goes_here",
          "goes-here",
          "here>",
          "_here",
          "-here",
          "undefined",
          "lorem",
          "ipsum",
          "<",
          ">",
          "***",
          "...",
          "•");

  private ValueJudge() {}

  /// A verdict on a value.
  ///
  /// @param logit the log-odds that it is a secret, before anything about its file is known
  record Verdict(double logit, List<String> why) {}

  /// The verdict, or null when the value is plainly none.
  static @Nullable Verdict judge(byte[] text, Assignment assignment) {
    int from = assignment.start();
    int to = assignment.end();
    int n = to - from;
    boolean lower = false;
    boolean upper = false;
    boolean digit = false;
    int special = 0;
    int spaces = 0;
    for (int i = from; i < to; i++) {
      int b = text[i];
      if (b >= 'a' && b <= 'z') {
        lower = true;
      } else if (b >= 'A' && b <= 'Z') {
        upper = true;
      } else if (b >= '0' && b <= '9') {
        digit = true;
      } else if (b == ' ') {
        spaces++;
      } else if (b >= 0 && b < ' ') {
        return null;
      } else {
        special++;
      }
    }
    String value = new String(text, from, n, java.nio.charset.StandardCharsets.ISO_8859_1);
    String folded = value.toLowerCase(Locale.ROOT);
    if (isReference(value)
        || NO_VALUES.contains(folded)
        || isFillerText(folded)
        || spaces > 0 && isProse(folded, spaces)) {
      return null;
    }
    var kind = assignment.judged().kind();
    boolean password = kind == NameJudge.Kind.PASSWORD;
    if (!password && (n < 8 || spaces > 0)) {
      return null;
    }
    if (!assignment.quoted() && isCode(value)) {
      return null;
    }
    if (TokenText.isFiller(text, from, to) && !(password && digit && n <= 12)) {
      return null;
    }
    if (sameAsName(folded, assignment.judged().words())) {
      return null;
    }
    double entropy = TokenText.entropy(text, from, to);
    double efficiency = TokenEfficiency.table().charactersPerToken(text, from, to);
    int classes = (lower ? 1 : 0) + (upper ? 1 : 0) + (digit ? 1 : 0) + (special > 0 ? 1 : 0);
    boolean identifier = isIdentifier(value);
    double logit =
        password
            ? password(n, classes, digit, efficiency, identifier, spaces)
            : token(n, digit, special, entropy, efficiency, identifier);
    logit += 2.2 * Math.log(assignment.judged().weight());
    if (assignment.form() == Form.COMPARED) {
      logit -= 0.5;
    }
    if (assignment.form() == Form.ARGUMENT) {
      logit -= 0.3;
    }
    var why = new ArrayList<String>();
    why.add(
        "assigned to "
            + (assignment.name().length() > 40
                ? assignment.name().substring(0, 40)
                : assignment.name()));
    why.add("length " + n);
    why.add("entropy " + Math.round(entropy * 10) / 10.0);
    why.add(Math.round(efficiency * 10) / 10.0 + " characters per token");
    return new Verdict(logit, why);
  }

  private static double password(
      int n, int classes, boolean digit, double efficiency, boolean identifier, int spaces) {
    double logit = 0.2 + 0.9 * (classes - 1);
    if (digit) {
      logit += 0.3;
    }
    if (n >= 8) {
      logit += 0.3;
    }
    if (n > 64) {
      logit -= 1.5;
    }
    if (efficiency > 3.2) {
      logit -= 0.9;
    } else if (efficiency < 2.2) {
      logit += 0.5;
    }
    if (identifier) {
      logit -= 2.2;
    }
    logit -= 1.2 * spaces;
    return logit;
  }

  private static double token(
      int n, boolean digit, int special, double entropy, double efficiency, boolean identifier) {
    double logit = -0.8;
    logit += n >= 32 ? 1.4 : n >= 20 ? 1.1 : n >= 16 ? 0.6 : n >= 12 ? -0.2 : -1.0;
    logit += digit ? 1.0 : -1.5;
    logit += efficiency < 1.9 ? 1.2 : efficiency < 2.4 ? 0.6 : efficiency < 3 ? -0.8 : -2.5;
    logit += entropy > 4 ? 0.6 : entropy > 3.3 ? 0.3 : entropy < 2.5 ? -1.5 : 0;
    if (special > n / 6) {
      logit -= 0.8;
    }
    if (identifier) {
      logit -= 2.5;
    }
    if (n > 400) {
      logit -= 1;
    }
    return logit;
  }

  /// A reference to a value that stands elsewhere, in any of the usual syntaxes.
  private static boolean isReference(String value) {
    char first = value.charAt(0);
    char last = value.charAt(value.length() - 1);
    if (value.contains("${")
        || value.contains("{{")
        || value.contains("$(")
        || value.contains("<%")
        || value.contains("#{")
        || value.contains("@{")
        || value.contains("%(")
        || value.contains("}}")
        || value.contains("%s")
        || value.contains("%d")
        || value.contains("{0}")
        || value.contains("\\(")) {
      return true;
    }
    if (first == '$'
        && value.length() > 1
        && (TokenText.isLetter(value.charAt(1)) || value.charAt(1) == '_')
        && !value.contains("$2")
        && isWordy(value.substring(1))) {
      return true;
    }
    if (first == '<' && last == '>'
        || first == '[' && last == ']'
        || first == '{' && last == '}'
        || first == '%' && last == '%'
        || first == '(' && last == ')'
        || first == '_' && last == '_') {
      return true;
    }
    if (first == '@' && isWordy(value.substring(1))) {
      return true;
    }
    String folded = value.toLowerCase(Locale.ROOT);
    return folded.startsWith("http://")
        || folded.startsWith("https://")
        || folded.startsWith("vault:")
        || folded.startsWith("ssm:")
        || folded.startsWith("arn:")
        || folded.startsWith("env:")
        || folded.startsWith("file:")
        || folded.startsWith("op://")
        || folded.startsWith("secret://")
        || folded.startsWith("enc[")
        || folded.startsWith("enc(")
        || folded.startsWith("!vault")
        || folded.startsWith("env.")
        || folded.startsWith("process.")
        || folded.startsWith("projects/")
        || folded.startsWith("/") && value.indexOf('/', 1) > 0 && !value.endsWith("=")
        || folded.startsWith("./")
        || folded.startsWith("../")
        || folded.startsWith("~/")
        || folded.startsWith("c:\\")
        || folded.endsWith(".pem")
        || folded.endsWith(".key")
        || folded.endsWith(".crt")
        || folded.endsWith(".json")
        || folded.endsWith(".txt")
        || folded.endsWith(".yml")
        || folded.endsWith(".yaml")
        || folded.endsWith(".jks")
        || folded.endsWith(".p12")
        || folded.endsWith(".html")
        || folded.endsWith(".php")
        || folded.endsWith(".js")
        || folded.endsWith(".png")
        || folded.endsWith(".svg")
        || folded.endsWith(".com")
        || folded.endsWith(".env");
  }

  private static boolean isWordy(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!TokenText.isWord(value.charAt(i))
          && value.charAt(i) != '.'
          && value.charAt(i) != '-'
          && value.charAt(i) != ':'
          && value.charAt(i) != '>') {
        return false;
      }
    }
    return true;
  }

  private static boolean isFillerText(String folded) {
    for (String filler : FILLERS) {
      if (folded.contains(filler)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isProse(String folded, int spaces) {
    if (spaces >= 2) {
      return true;
    }
    int space = folded.indexOf(' ');
    return folded
            .chars()
            .allMatch(
                c ->
                    c == ' '
                        || Character.isLetter(c)
                        || c == '.'
                        || c == ','
                        || c == ':'
                        || c == '?'
                        || c == '!'
                        || c == '\'')
        || space == 0
        || space == folded.length() - 1;
  }

  /// Whether an unquoted value is an expression rather than a value.
  private static boolean isCode(String value) {
    char first = value.charAt(0);
    if (value.indexOf('(') >= 0
        || value.indexOf('[') >= 0
        || value.indexOf('{') >= 0
        || first == '&'
        || first == '*'
        || first == '!'
        || first == '|'
        || first == '='
        || first == '-' && value.startsWith("->")
        || first == '\\'
        || first == ':'
        || first == '/'
        || first == ','
        || first == '?'
        || first == '.') {
      return true;
    }
    // a.b.c, a::b, a->b
    int dot = value.indexOf('.');
    if (value.contains("::") || value.contains("->") || value.contains("=>")) {
      return true;
    }
    if (dot > 0 && dot < value.length() - 1 && TokenText.isLetter(first)) {
      boolean path = true;
      for (String name : value.split("\\.", -1)) {
        path &= !name.isEmpty() && isIdentifierName(name);
      }
      return path;
    }
    return false;
  }

  private static boolean isIdentifierName(String name) {
    if (!TokenText.isLetter(name.charAt(0)) && name.charAt(0) != '_') {
      return false;
    }
    int digits = 0;
    for (int i = 0; i < name.length(); i++) {
      if (!TokenText.isWord(name.charAt(i))) {
        return false;
      }
      digits += Character.isDigit(name.charAt(i)) ? 1 : 0;
    }
    return digits <= 2 && digits * 4 <= name.length();
  }

  /// Whether the value reads like a name in code or configuration: words joined by `_`, `-`, `.` or
  /// camel case.
  private static boolean isIdentifier(String value) {
    boolean separated = false;
    int digits = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '_' || c == '-' || c == '.' || c == ':' || c == '/') {
        separated = true;
      } else if (Character.isDigit(c)) {
        digits++;
      } else if (!TokenText.isLetter(c)) {
        return false;
      }
    }
    if (digits > 2) {
      return false;
    }
    List<String> words = NameJudge.words(value);
    int longEnough = 0;
    for (String word : words) {
      longEnough += word.length() >= 3 ? 1 : 0;
    }
    return (separated || words.size() > 1)
        && words.size() - longEnough <= 1
        && words.size() <= 8
        && words.size() >= 2
        && value.length() / words.size() >= 4;
  }

  private static boolean sameAsName(String folded, List<String> words) {
    String joined = String.join("", words);
    String bare = folded.replaceAll("[^a-z0-9]", "");
    return bare.equals(joined)
        || words.size() > 1 && bare.equals(words.getLast())
        || bare.isEmpty()
        || joined.endsWith(bare) && bare.length() > 3;
  }
}
