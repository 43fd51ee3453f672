package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the names of a text of code with what they stand for: what is assigned to them, what they
/// loop over, the fields of objects, what a function returns.
final class Assignments {
  /// Words before a bracket that no function begins with.
  private static final Set<String> BLOCKS =
      Set.of("if", "for", "while", "switch", "catch", "when", "with", "using", "foreach", "lock");

  /// What Spring, Micronaut and others hand in by the name of a setting.
  private static final Pattern SETTING =
      Pattern.compile(
          "@(?:Value|Property|ConfigProperty|NamedValue)\\s*\\(\\s*(?:(?:name|value)\\s*=\\s*)?$");

  private static final Pattern LOOP =
      Pattern.compile(
          "\\bfor\\s*(?:await\\s*)?(?:\\(\\s*(?:(?:const|let|var|final)\\s+)?(?:[\\w<>]+\\s+)?(\\w+)\\s*"
              + "(?::|\\bof\\b|\\bin\\b)\\s*|\\w+\\s*,\\s*(\\w+)\\s*:=\\s*range\\s+(?:\\[\\]string)?)");
  private static final Pattern EACH =
      Pattern.compile(
          "([A-Za-z_][\\w.]*)\\.(?:forEach|map|flatMap)\\(\\s*(?:async\\s*)?\\(?\\s*(\\w+)\\s*(?:\\)|,|=>)");
  private static final int LONGEST_LOOPED = 1000;

  /// A type in place of a value: `string`, `Client`, `Option<String>`.
  private static final Pattern TYPE =
      Pattern.compile(
          "(?:string|number|boolean|any|unknown|[ui]\\d+|bool|[A-Z]\\w*[a-z]\\w*(?:<[^()]*>)?)(?:\\[\\])?");

  private static final String RETURN = "return";

  private static final int LONGEST_WHOLE = 100;

  private final Outline outline;
  private final Syntax syntax;
  private final String text;
  private final List<Script.Call> calls;
  private final List<Script.Assignment> all = new ArrayList<>();

  private Assignments(Outline outline, Syntax syntax, List<Script.Call> calls) {
    this.outline = outline;
    this.syntax = syntax;
    this.text = outline.text();
    this.calls = calls;
  }

  /// Every name with what it stands for.
  static List<Script.Assignment> in(Outline outline, Syntax syntax, List<Script.Call> calls) {
    return new Assignments(outline, syntax, calls).read();
  }

  /// What a name was last assigned before a place of the text.
  static Optional<String> before(Outline outline, String name, int at) {
    String text = outline.text();
    for (int sign : outline.equalSigns().reversed()) {
      if (sign > 0
          && sign < at
          && !text.startsWith("==", sign)
          && assignee(outline, text.charAt(sign - 1) == ':' ? sign - 1 : sign).equals(name)) {
        return Optional.of(outline.statement(sign + 1));
      }
    }
    return Optional.empty();
  }

  private List<Script.Assignment> read() {
    for (int at : outline.equalSigns()) {
      char before = at > 0 ? text.charAt(at - 1) : ' ';
      char after = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      boolean first = at > 1 && (before == '|' || before == '?') && text.charAt(at - 2) == before;
      if (first) { // ||= and ??= assign as well
        String name = assignee(outline, at - 2);
        if (!name.isEmpty()) {
          all.add(new Script.Assignment(name, outline.statement(at + 1)));
        }
        continue;
      }
      if ("=!<>+-*/%&|^~".indexOf(before) >= 0 || after == '=' || after == '>' || after == '~') {
        continue;
      }
      if (outline.back(at) > 0 && text.charAt(outline.back(at) - 1) == '}') {
        destructured(
            outline.partner(outline.back(at) - 1), outline.back(at) - 1, outline.statement(at + 1));
        continue;
      }
      String name = assignee(outline, before == ':' ? at - 1 : at);
      if (!name.isEmpty()) {
        all.add(new Script.Assignment(name, outline.statement(at + 1)));
      }
    }
    for (Outline.Literal key : outline.literals()) { // "key": "value"
      int i = key.end();
      while (i < text.length() && text.charAt(i) == ' ') {
        i++;
      }
      if (i < text.length() && text.charAt(i) == ':' && key.end() - key.start() > 2) {
        property(text.substring(key.start() + 1, key.end() - 1), i + 1);
      }
    }
    for (Outline.Literal value : outline.literals()) { // key: "value"
      int i = outline.back(value.start());
      if (i > 0 && text.charAt(i - 1) == ':') {
        int end = outline.back(i - 1);
        int start = outline.nameStart(end);
        if (start < end) {
          all.add(
              new Script.Assignment(
                  text.substring(start, end), text.substring(value.start(), value.end())));
        }
      }
    }
    properties();
    if (syntax == Syntax.PYTHON) {
      withStatements();
      loops();
    } else {
      loopsInBraces();
    }
    settings();
    returns();
    return all;
  }

  /// `{ key: value }`: the fields of objects, by names that begin with a dot.
  private void properties() {
    for (int at : syntax == Syntax.BRACES ? outline.colons() : List.<Integer>of()) {
      int end = outline.back(at);
      int start = outline.nameStart(end);
      int before = outline.back(start) - 1;
      if (start < end && before >= 0 && ",{".indexOf(text.charAt(before)) >= 0) {
        String name = text.substring(start, end);
        String value = outline.statement(at + 1);
        if (!value.equals(name)
            && value.length() < LONGEST_LOOPED
            && !TYPE.matcher(value).matches()) {
          all.add(new Script.Assignment("." + name, value));
        }
      }
    }
  }

  /// `@Value("${name}") String name`: what an annotation says of a field or parameter.
  private void settings() {
    for (Outline.Literal each : outline.literals()) {
      int last = outline.back(each.start()) - 1;
      if (last < 0 || text.charAt(last) != '(' && text.charAt(last) != '=') {
        continue;
      }
      String before = text.substring(Math.max(0, each.start() - LONGEST_WHOLE), each.start());
      int close = each.end();
      while (close < text.length() && text.charAt(close) <= ' ') {
        close++;
      }
      if (close < text.length() && text.charAt(close) == ')' && SETTING.matcher(before).find()) {
        int end = close + 1;
        while (end < text.length() && ";,=)".indexOf(text.charAt(end)) < 0) {
          end++;
        }
        String declared = text.substring(close + 1, end).strip();
        int type = declared.indexOf(':');
        String name = (type < 0 ? declared : declared.substring(0, type)).strip();
        all.add(
            new Script.Assignment(
                name.substring(name.lastIndexOf(' ') + 1),
                text.substring(each.start(), each.end()).replace("\\$", "$")));
      }
    }
  }

  /// What a function returns stands for a call of it.
  private void returns() {
    var definitions = new ArrayList<Script.Call>();
    for (Script.Call call : calls) {
      boolean body =
          syntax == Syntax.BRACES && !BLOCKS.contains(call.name()) && opens(call.close());
      if (body || Parameters.isDeclared(text, call)) {
        definitions.add(call);
      }
    }
    int next = 0;
    for (int at = text.indexOf(RETURN); at >= 0; at = text.indexOf(RETURN, at + 1)) {
      int end = at + RETURN.length();
      boolean word =
          (at == 0 || " \t\r\n;{".indexOf(text.charAt(at - 1)) >= 0)
              && end < text.length()
              && " \t(".indexOf(text.charAt(end)) >= 0;
      while (word && next < definitions.size() && definitions.get(next).at() < at) {
        next++;
      }
      if (word && next > 0 && !outline.isInString(end)) {
        String value = outline.statement(end);
        if (!value.isEmpty() && !value.startsWith("(")) {
          all.add(new Script.Assignment(definitions.get(next - 1).name(), value));
        }
      }
    }
  }

  /// Whether a bracket that closes a list of parameters is followed by a body.
  private boolean opens(int close) {
    int i = close + 1;
    while (i < text.length() && text.charAt(i) <= ' ') {
      i++;
    }
    return i < text.length() && text.charAt(i) == '{';
  }

  /// `{ name, other: renamed } = whole`: each is a field of it.
  private void destructured(int open, int close, String whole) {
    if (open < 0 || whole.isEmpty() || whole.length() > LONGEST_WHOLE) {
      return;
    }
    for (int[] piece : outline.pieces(open + 1, close)) {
      String field = text.substring(piece[0], piece[1]).replaceFirst("=.*", "").strip();
      String[] renamed = field.split(":", 2);
      String name = renamed[renamed.length - 1].strip();
      if (!name.isEmpty() && name.chars().allMatch(c -> Texts.isNamePart((char) c))) {
        all.add(new Script.Assignment(name, whole + "." + renamed[0].strip()));
      }
    }
  }

  private void property(String name, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    if (i < text.length() && outline.isInString(i)) {
      all.add(new Script.Assignment(name, text.substring(i, outline.stringEnd(i))));
    }
  }

  /// `for name in X(…):`
  private void loops() {
    for (int at = text.indexOf("for "); at >= 0; at = text.indexOf("for ", at + 4)) {
      int end = at + 4;
      while (end < text.length() && Texts.isNamePart(text.charAt(end))) {
        end++;
      }
      if (!outline.isInString(at) && text.startsWith(" in ", end)) {
        String over = outline.statement(end + 4);
        all.add(
            new Script.Assignment(
                text.substring(at + 4, end),
                over.endsWith(":") ? over.substring(0, over.length() - 1) : over));
      }
    }
  }

  /// `for (const name of X)`, `for (String name : X)`, `for _, name := range X`, `X.forEach(name
  /// =>`.
  private void loopsInBraces() {
    Matcher loop = LOOP.matcher(text.contains("for") ? text : "");
    while (loop.find()) {
      String over = outline.statement(loop.end());
      if (!over.isEmpty() && over.length() < LONGEST_LOOPED) {
        String name = loop.group(1) == null ? loop.group(2) : loop.group(1);
        all.add(new Script.Assignment(name, over.replaceFirst("\\s*\\{$", "")));
      }
    }
    boolean handing = text.contains("forEach(") || text.contains("ap(");
    Matcher each = EACH.matcher(handing ? text : "");
    while (each.find()) {
      all.add(new Script.Assignment(each.group(2), each.group(1)));
    }
  }

  /// `with X(…) as name:`
  private void withStatements() {
    for (int at = text.indexOf(" as "); at >= 0; at = text.indexOf(" as ", at + 4)) {
      int close = outline.back(at) - 1;
      if (close < 0
          || outline.isInString(at)
          || text.charAt(close) != ')'
          || outline.partner(close) < 0) {
        continue;
      }
      int end = at + 4;
      while (end < text.length() && Texts.isNamePart(text.charAt(end))) {
        end++;
      }
      int start = outline.nameStart(outline.back(outline.partner(close)));
      all.add(
          new Script.Assignment(
              text.substring(at + 4, end), text.substring(outline.chainStart(start), close + 1)));
    }
  }

  /// The name before `=`, without its type.
  private static String assignee(Outline outline, int at) {
    String left = outline.text().substring(Math.max(outline.lineStart(at), at - 200), at).strip();
    if (left.endsWith("]")) { // os.environ["NAME"]
      int open = left.lastIndexOf('[');
      String key = open < 0 ? "" : left.substring(open + 1, left.length() - 1).strip();
      return key.length() > 2 && (key.charAt(0) == '"' || key.charAt(0) == '\'')
          ? Texts.unquoted(key)
          : "";
    }
    int comma = left.indexOf(',');
    if (comma > 0 && left.indexOf('=') < 0) {
      left = left.substring(0, comma).strip(); // of several names the first: value, err := …
    }
    int colon = left.indexOf(':');
    if (colon > 0 && !left.startsWith("case ")) {
      left = left.substring(0, colon).strip();
    }
    int start = left.length();
    while (start > 0
        && (Texts.isNamePart(left.charAt(start - 1)) || left.charAt(start - 1) == '.')) {
      start--;
    }
    String name = left.substring(start);
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "" : name;
  }
}
