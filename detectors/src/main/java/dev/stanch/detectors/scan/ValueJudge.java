package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Assignment.Form;
import dev.stanch.detectors.scan.WordTable.Of;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Says how likely the value of an assignment is a secret, and why. Knows the value and its name,
/// not its file. One per thread.
final class ValueJudge {
  private static final WordTable WORDS = WordTable.builtIn();

  /// A verdict on a value.
  ///
  /// @param features what the model is told of it
  /// @param logit the log-odds that it is a secret, before anything about its file is known
  record Verdict(List<String> features, double logit, List<String> why) {
    /// What a path may have its say about.
    int traits(Assignment of) {
      boolean password = of.judged().kind() == NameJudge.Kind.PASSWORD;
      int traits = password ? Candidate.PASSWORD : 0;
      boolean literal = of.quoted() || of.inText() || of.form() == Form.FLAG;
      traits |= literal ? 0 : Candidate.BARE;
      for (String feature : features) {
        traits |= feature.contains(" hex") ? Candidate.HEX : 0;
        traits |=
            feature.contains(" identifier ") || feature.endsWith(" camel") ? Candidate.WORDS : 0;
      }
      return traits;
    }
  }

  /// What a value says by itself.
  ///
  /// @param features those that do not depend on its name
  private record Value(
      String folded, int traits, double entropy, double efficiency, List<String> features) {
    static final Value NONE = new Value("", 0, 0, 0, List.of());

    boolean is(int trait) {
      return (traits & trait) != 0;
    }
  }

  /// No digit, and nothing but letters and digits.
  private static final int BARE = 1;

  private static final int DIGITLESS = 2;
  private static final int NAMELIKE = 4;
  private static final int FINGERPRINT = 8;
  private static final int PUBLIC_KEY = 16;

  private static final int PASSWORD = 1;
  private static final int QUOTED = 2;

  /// Characters per token that a name made of words has at the least.
  private static final double LEAST_OF_WORDS = 1.6;

  private final Memo<Value> values = new Memo<>();

  /// The verdict, or null when the value is plainly none.
  @Nullable Verdict judge(byte[] text, Assignment assignment) {
    int from = assignment.start();
    int to = assignment.end();
    NameJudge.Name name = assignment.judged();
    boolean password = name.kind() == NameJudge.Kind.PASSWORD;
    int n = to - from;
    if (!password && n < 8) {
      return null;
    }
    int variant = (password ? PASSWORD : 0) | (assignment.quoted() ? QUOTED : 0);
    Value value = values.of(text, from, to, variant, latin -> read(latin, variant));
    if (value.features.isEmpty()
        || sameAsName(value.folded, name.words())
        || assignment.form() == Form.ARGUMENT
            && letters(value.folded).equals(letters(String.join("", name.words())))
        || assignment.form() == Form.SENTENCE && value.is(BARE)
        || (assignment.form() == Form.WORDS
                || assignment.form() == Form.FLAG && !assignment.quoted())
            && !password
            && value.is(DIGITLESS)
        || !password && isRenamed(value.folded, name.words())
        || name.kind() == NameJudge.Kind.CREDENTIAL && value.is(NAMELIKE)
        || name.kind() == NameJudge.Kind.KEY
            && (value.is(PUBLIC_KEY) || value.is(FINGERPRINT) && name.words().size() == 1)) {
      return null;
    }
    String k = password ? "password " : "token ";
    var features = new ArrayList<String>(value.features);
    features.add(k + "name " + bucket((int) Math.round(name.weight() * 10), 5, 7, 8, 10));
    features.add(k + "kind " + name.kind());
    if (name.words().size() == 1) {
      features.add(k + "bare name");
    }
    features.add(k + "form " + assignment.form());
    if (!assignment.quoted()) {
      features.add(k + "unquoted");
    }
    if (assignment.inText()) {
      features.add(k + "in text");
    }
    var why = new ArrayList<String>();
    why.add(
        (assignment.form() == Form.CALL ? "handed to " : "assigned to ")
            + (assignment.name().length() > 40
                ? assignment.name().substring(0, 40)
                : assignment.name()));
    why.add("length " + n);
    why.add("entropy " + Math.round(value.entropy * 10) / 10.0);
    why.add(Math.round(value.efficiency * 10) / 10.0 + " characters per token");
    return new Verdict(features, GenericModel.builtIn().logit(features), why);
  }

  /// What the value says by itself: nothing when it is plainly no secret.
  private static Value read(String value, int variant) {
    boolean password = (variant & PASSWORD) != 0;
    boolean quoted = (variant & QUOTED) != 0;
    byte[] text = value.getBytes(StandardCharsets.ISO_8859_1);
    int n = text.length;
    int lower = 0;
    int upper = 0;
    int digits = 0;
    int special = 0;
    int spaces = 0;
    int foreign = 0;
    for (int i = 0; i < n; i++) {
      int b = text[i];
      if (b >= 'a' && b <= 'z') {
        lower++;
      } else if (b >= 'A' && b <= 'Z') {
        upper++;
      } else if (b >= '0' && b <= '9') {
        digits++;
      } else if (b == ' ') {
        spaces++;
      } else if (b >= 0 && b < ' ') {
        return Value.NONE;
      } else {
        special++;
        foreign += b < 0 ? 1 : 0;
      }
    }
    if (foreign * 4 > n || spaces > 0 && !password) {
      return Value.NONE;
    }
    String folded = value.toLowerCase(Locale.ROOT);
    boolean common = WORDS.has(Of.COMMON_PASSWORD, folded);
    if (isReference(value)
        || (common ? !password : isPlaceholder(folded))
        || spaces > 0 && isProse(folded, spaces)
        || isVersion(value)
        || !password && digits == n && n <= 14 // a count or a time
        || n <= 10 && value.startsWith("0x")
        || isPath(value)
        || isRepetitive(value) && !(common && n <= 12)
        || isPublic(value)
        || value.contains("\\u")) {
      return Value.NONE;
    }
    if (!quoted && isCode(value)) {
      return Value.NONE;
    }
    String decoded = decoded(value);
    if (decoded != null
        && (decoded.length() < 4
            || isWeak(behindUser(decoded).toLowerCase(Locale.ROOT))
            || isReference(decoded)
            || isRepetitive(decoded))) {
      return Value.NONE;
    }
    if (TokenText.isFiller(text, 0, n) && !common && !(password && digits > 0 && n <= 12)) {
      return Value.NONE;
    }
    double entropy = TokenText.entropy(text, 0, n);
    double efficiency = TokenEfficiency.table().charactersPerToken(text, 0, n);
    boolean identifier = isIdentifier(value);
    var features = new ArrayList<String>(16);
    String k = password ? "password " : "token ";
    features.add(k);
    features.add(k + "length " + bucket(n, 6, 8, 10, 12, 16, 20, 24, 32, 48, 65, 129, 401));
    features.add(
        k + "efficiency " + bucket((int) (efficiency * 10), 15, 17, 19, 21, 24, 28, 33, 40));
    int classes =
        (lower > 0 ? 1 : 0)
            + (upper > 0 ? 1 : 0)
            + (digits > 0 ? 1 : 0)
            + (special + spaces > 0 ? 1 : 0);
    features.add(k + "classes " + classes + (digits > 0 ? " digit" : ""));
    if (password) {
      if (digits == n) {
        features.add(k + "number");
      }
      if (classes == 1 && lower == n) {
        features.add(k + "lower " + bucket((int) (efficiency * 10), 24, 33));
      }
      if (upper > 0 && lower == 0 && digits == 0) {
        features.add(k + "capitals");
      }
      if (common) {
        features.add(k + "common");
      }
    } else {
      features.add(k + "entropy " + bucket((int) (entropy * 10), 25, 28, 31, 34, 37, 40, 43));
      if (digits > 0 && digits <= 2) {
        features.add(k + "few digits");
      }
    }
    if (isHex(value)) {
      features.add(k + "hex" + (n == 32 || n == 40 || n == 64 ? " " + n : ""));
    } else if (isUuid(value)) {
      features.add(k + "uuid");
    }
    if (identifier) {
      features.add(
          k
              + "identifier "
              + (value.indexOf('_') >= 0 ? "_" : value.indexOf('-') >= 0 ? "-" : "."));
    }
    if (lower > 2
        && upper > 0
        && special == 0
        && digits <= 1
        && efficiency >= LEAST_OF_WORDS
        && isCamel(value)) {
      features.add(k + "camel");
    }
    if (special * 5 > n) {
      features.add(k + "special");
    }
    if (spaces > 0) {
      features.add(k + "space");
    }
    if (value.indexOf('.') > 0 || value.indexOf('/') > 0 || value.indexOf(':') > 0) {
      features.add(k + "separated");
    }
    int traits =
        keyId(value)
            | (digits == 0 ? DIGITLESS : 0)
            | (digits == 0 && special == 0 ? BARE : 0)
            | (digits == 0 && identifier ? NAMELIKE : 0);
    return new Value(folded, traits, entropy, efficiency, List.copyOf(features));
  }

  /// Whether what a rule matched can be a secret at all: no placeholder and no short text repeated.
  /// What it begins with is the format's business.
  static boolean isPlausible(String value) {
    String folded = value.toLowerCase(Locale.ROOT);
    return !WORDS.has(Of.WHOLE, folded) && !holdsPlaceholder(folded) && !isRepetitive(value);
  }

  /// What a base64 text of printable characters says.
  private static @Nullable String decoded(String value) {
    int n = value.length();
    if (n < 4 || n % 4 != 0 || n > 256) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(value);
      for (byte b : bytes) {
        if (b < ' ') {
          return null;
        }
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isWeak(String folded) {
    return isPlaceholder(folded) || WORDS.has(Of.COMMON_PASSWORD, folded);
  }

  /// The password of `user:password`; the whole of any other text.
  private static String behindUser(String pair) {
    int colon = pair.indexOf(':');
    return colon < 0 || colon == pair.length() - 1 ? pair : pair.substring(colon + 1);
  }

  /// Whether documentation shows this very value: the key of an emulator, a sample token.
  static boolean isDocumented(String value) {
    return WORDS.has(documented(value.toLowerCase(Locale.ROOT)));
  }

  private static int bucket(int value, int... limits) {
    for (int i = 0; i < limits.length; i++) {
      if (value < limits[i]) {
        return i;
      }
    }
    return limits.length;
  }

  private static long documented(String value) {
    return WordTable.hash(Of.DOCUMENTED, value);
  }

  /// A word, or a text with a word in it, that says that the value is filled in later.
  private static boolean isPlaceholder(String folded) {
    if (WORDS.has(Of.WHOLE, folded) || WORDS.has(documented(folded))) {
      return true;
    }
    long prefix = WordTable.seed(Of.PREFIX);
    int n = folded.length();
    for (int i = 0; i < Math.min(n, WordTable.LONGEST); i++) {
      prefix = WordTable.step(prefix, folded.charAt(i));
      if (WORDS.has(prefix)) {
        return true;
      }
    }
    return holdsPlaceholder(folded);
  }

  private static boolean holdsPlaceholder(String folded) {
    int n = folded.length();
    for (int from = 0; from < n; from++) {
      boolean word = Character.isLetterOrDigit(folded.charAt(from));
      if (word && from > 0 && Character.isLetterOrDigit(folded.charAt(from - 1))) {
        continue;
      }
      long part = WordTable.seed(Of.PART);
      for (int to = from; to < Math.min(n, from + WordTable.LONGEST); to++) {
        part = WordTable.step(part, folded.charAt(to));
        boolean ends =
            to + 1 == n
                || !Character.isLetterOrDigit(folded.charAt(to))
                || !Character.isLetterOrDigit(folded.charAt(to + 1));
        if (ends && WORDS.has(part)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Names with a slash or several colons between them, of a model, a package or a client:
  /// `acme/large-3.2-Instruct`.
  private static boolean isPath(String value) {
    if (value.indexOf('/') <= 0 && value.indexOf(':') <= 0) {
      return false;
    }
    int inWords = 0;
    int letters = 0;
    for (int start = 0, i = 0; i <= value.length(); i++) {
      if (i < value.length() && TokenText.isWord(value.charAt(i)) && value.charAt(i) != '_') {
        continue;
      }
      if (i < value.length() && "/-_.:".indexOf(value.charAt(i)) < 0 || i == start) {
        return false;
      }
      String part = value.substring(start, i);
      boolean word = isWord(part);
      if (!word && part.length() > 4) {
        return false;
      }
      letters += part.length();
      inWords += word && part.length() > 2 ? part.length() : 0;
      start = i + 1;
    }
    return inWords * 3 >= letters * 2;
  }

  /// Letters in lower case, in capitals, or capitalised words.
  private static boolean isWord(String part) {
    int changes = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (!TokenText.isLetter(c)) {
        return false;
      }
      changes +=
          i > 0 && Character.isUpperCase(c) != Character.isUpperCase(part.charAt(i - 1)) ? 1 : 0;
    }
    return changes * 3 <= part.length();
  }

  /// A number that names a public key: a fingerprint of GnuPG; or a public key of NATS.
  private static int keyId(String value) {
    int n = value.length();
    boolean hex = n == 16 || n == 40;
    boolean nats = n == 56 && "AUONCX".indexOf(value.charAt(0)) >= 0;
    for (int i = 0; i < n && (hex || nats); i++) {
      char c = value.charAt(i);
      hex &= c >= '0' && c <= '9' || c >= 'A' && c <= 'F';
      nats &= c >= '2' && c <= '7' || c >= 'A' && c <= 'Z';
    }
    return (hex ? FINGERPRINT : 0) | (nats ? PUBLIC_KEY : 0);
  }

  /// `1.2.3`, `7.6.4-SNAPSHOT`, `v1.0`.
  static boolean isVersion(String value) {
    int at = value.charAt(0) == 'v' ? 1 : 0;
    int dots = 0;
    int digits = 0;
    for (; at < value.length(); at++) {
      char c = value.charAt(at);
      if (c == '.') {
        dots++;
        if (digits == 0 || digits > 4) {
          return false;
        }
        digits = 0;
      } else if (c >= '0' && c <= '9') {
        digits++;
      } else {
        break;
      }
    }
    return dots >= 2
        && digits > 0
        && (at == value.length() || "-+.~_".indexOf(value.charAt(at)) >= 0);
  }

  /// A short text over and over, or every character twice.
  private static boolean isRepetitive(String value) {
    int n = value.length();
    if (n < 8) {
      return false;
    }
    for (int period = 1; period <= n / 2; period++) {
      int i = period;
      while (i < n && value.charAt(i) == value.charAt(i - period)) {
        i++;
      }
      if (i == n) {
        return true;
      }
    }
    int inPairs = 0;
    int bare = 0;
    for (int i = 0; i < n; i++) {
      char c = value.charAt(i);
      if (!Character.isLetterOrDigit(c)) {
        continue;
      }
      bare++;
      inPairs += i > 0 && value.charAt(i - 1) == c || i + 1 < n && value.charAt(i + 1) == c ? 1 : 0;
    }
    return bare >= 8 && inPairs == bare;
  }

  /// Keys that are meant to be seen, and values that stand encrypted.
  private static boolean isPublic(String value) {
    return value.startsWith("pk_live_")
        || value.startsWith("pk_test_")
        || value.startsWith("age1")
        || value.startsWith("ssh-rsa ")
        || value.startsWith("Ag") && value.length() > 150
        || value.startsWith("MIIBIjAN")
        || value.startsWith("$ANSIBLE_VAULT")
        || value.startsWith("vault:v");
  }

  private static boolean isHex(String value) {
    if (value.length() < 16) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (!TokenText.isHex(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUuid(String value) {
    return value.length() == 36
        && value.charAt(8) == '-'
        && value.charAt(13) == '-'
        && value.charAt(18) == '-'
        && value.charAt(23) == '-';
  }

  /// Two or more capitalised words of letters.
  private static boolean isCamel(String value) {
    List<String> words = NameJudge.words(value);
    return words.size() >= 2 && value.length() / words.size() >= 4;
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
        || value.contains("\\(")
        || value.contains("$$")
        || value.contains("...")
        || value.contains("<")
        || value.contains("\u2022")) {
      return true;
    }
    if (first == '$'
        && value.length() > 1
        && (TokenText.isLetter(value.charAt(1)) || value.charAt(1) == '_')
        && !value.contains("$2")
        && isWordy(value.substring(1).replace('/', '.'))) {
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
    return folded.contains("://")
        || first == '`'
        || folded.startsWith("gcp:")
        || folded.startsWith("aws:")
        || folded.startsWith("keyring:")
        || folded.startsWith("vault:")
        || folded.startsWith("ssm:")
        || folded.startsWith("arn:")
        || folded.startsWith("env:")
        || folded.startsWith("file:")
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
        || folded.endsWith("_request")
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

  /// Whether a value of several words is mostly made of those of its name: one name for another.
  private static boolean isRenamed(String folded, List<String> words) {
    int shared = 0;
    for (String word : words) {
      boolean letters = word.length() > 2 && Character.isLetter(word.charAt(0));
      shared += letters && folded.contains(word) ? word.length() : 0;
    }
    int letters = letters(folded).length();
    return words.size() > 1 && letters >= 8 && shared * 4 >= letters * 3;
  }

  private static String letters(String text) {
    return text.replaceAll("[^a-z]", "");
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
