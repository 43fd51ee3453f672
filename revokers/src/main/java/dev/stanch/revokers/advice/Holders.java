package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Code;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells which files use a token, and which calls another one.
final class Holders {
  /// Names that say no more than that a token is meant.
  private static final Set<String> COMMON =
      Set.of(
          "TOKEN",
          "API_KEY",
          "APIKEY",
          "KEY",
          "SECRET",
          "SECRET_KEY",
          "ACCESS_TOKEN",
          "AUTH_TOKEN",
          "ACCESS_KEY",
          "PASSWORD",
          "AUTH",
          "CREDENTIALS");

  /// What browsers are told about credentials, which are none.
  private static final Set<String> OF_BROWSERS = Set.of("include", "same-origin", "omit");

  /// A key's id, the key, and what comes with them.
  private static final int MOST_PARTS = 3;

  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)service_?account_(?:json|file)|ServiceAccountFile|CredentialsFile");
  private static final Pattern NAME =
      Pattern.compile("(?m)^\\s*(?:metadata:\\s*\\{\\s*)?name:\\s*[\"']?([\\w.-]+)");

  /// A setting of a program that is handed in.
  private static final Pattern SETTING = Pattern.compile("\\$\\{[A-Za-z][\\w.:-]*\\}");

  private static final Pattern OF_TOKENS =
      Pattern.compile("(?i)token|key|secret|password|credential|\\bpat\\b");

  /// Ends the names of variables that say where something is, not who may.
  private static final Pattern NO_TOKEN =
      Pattern.compile(
          "(?i)(?:URL|URI|ENDPOINT|HOST|DOMAIN|SITE|REGION|ZONE|ACCOUNT|NAME|MODEL|BUCKET|PREFIX|PATH|DIR"
              + "|TABLE|DATABASE|DATASET|INDEX|QUEUE|TOPIC|STREAM|FUNCTION|CHANNEL|SUBSCRIPTION|CONTAINER"
              + "|CLUSTER|INSTANCE|NAMESPACE|GROUP|TEAM|PROJECT|ORG|OWNER|REPO|REPOSITORY|SPACE|VAULT|BASE)$");

  /// What classes of settings are made of that read the environment.
  static final String SETTINGS = "BaseSettings";

  private static final Pattern PREFIX = Pattern.compile("env_prefix\\s*=\\s*[\"'](\\w*)[\"']");
  private static final int DEEPEST = 4;
  private static final int SHORTEST_TELLING = 5;
  private static final int SHORTEST_STEM = 3;

  private final Book book;
  private final Uses uses;
  private final Constants constants;
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, Set<String>> own = new HashMap<>(); // names that count in a file alone
  private final Set<String> holding = new HashSet<>();
  private final Set<String> stems = new HashSet<>();
  private final Set<String> carriers = new HashSet<>(); // names of files and manifests
  private final Map<String, Boolean> shared = new HashMap<>();
  private final Profiles profiles;

  Holders(Book book, Uses uses, Set<String> names, Around code, Constants constants) {
    this.book = book;
    this.uses = uses;
    this.constants = constants;
    this.names.addAll(names);
    for (Code.File file : code.holders()) {
      holding.add(file.path());
      stem(file.path()).ifPresent(stems::add);
      carriers.add(file.path().substring(file.path().lastIndexOf('/') + 1));
      carried(file.text(), carriers);
    }
    this.profiles = new Profiles(book.profiles(), code, constants);
  }

  /// What the token is called where a file holds several under headings.
  Profiles profiles() {
    return profiles;
  }

  /// What other files of a program call a file.
  static Optional<String> stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < SHORTEST_STEM ? Optional.empty() : Optional.of(name.substring(0, dot));
  }

  /// Whether the token stands in a file of this path, or in the manifest of this name.
  boolean isHeldBy(String name) {
    return carriers.contains(name.substring(name.lastIndexOf('/') + 1));
  }

  /// Whether a file is a manifest that takes an environment from others.
  static boolean isTaker(Code.File file) {
    return (file.path().endsWith(".yaml") || file.path().endsWith(".yml"))
        && (file.text().contains("envFrom") || file.text().contains("env_file"));
  }

  /// The manifests that take an environment from what holds the token.
  BitSet taking(Tree tree) {
    var taking = new BitSet();
    carriers.forEach(each -> set(taking, tree.mentioning(each)));
    taking.and(tree.takers());
    return taking;
  }

  private static void set(BitSet bits, int[] which) {
    for (int each : which) {
      bits.set(each);
    }
  }

  /// What the manifests that hold the token are called.
  private static void carried(String text, Set<String> into) {
    if (!text.contains("name:")) {
      return;
    }
    for (String document : text.split("\n---", -1)) {
      Matcher name = NAME.matcher(document);
      if (document.contains(Code.TOKEN) && name.find()) {
        into.add(name.group(1));
      }
    }
  }

  /// Learns the other names that the token has in what is known by now; whether there are some. A
  /// name that tells little is one in its file, and in those that name that file.
  boolean learn() {
    boolean more = false;
    for (Script script : constants.scripts()) {
      String path = script.path();
      if (names.isEmpty() && !(holding.contains(path) && script.isCode()) || !mayName(script)) {
        continue;
      }
      for (String alias : script.names().aliases(each -> isAnother(path, each))) {
        more |=
            isTelling(alias)
                ? names.add(alias)
                : !names.contains(alias)
                    && own.computeIfAbsent(path, _ -> new LinkedHashSet<>()).add(alias);
      }
    }
    return more;
  }

  /// Whether one of its names stands in what a file assigns: in most files none does.
  private boolean mayName(Script script) {
    Names assigned = script.names();
    return assigned.hasToken()
        || names.stream().anyMatch(assigned::mayPassOn)
        || own.getOrDefault(script.path(), Set.of()).stream().anyMatch(assigned::mayPassOn);
  }

  /// Whether what is assigned makes another name of the token. In a string that takes no name in,
  /// only the token or its file counts: a name that happens to stand in it says nothing.
  private boolean isAnother(String file, String value) {
    String literal = Texts.literal(value);
    if (literal == null || Texts.placeholder(literal, 0, Texts.marks(value)) >= 0) {
      return isNamedIn(file, value);
    }
    return literal.contains(Code.TOKEN)
        || names.stream()
            .anyMatch(each -> each.indexOf('.') >= 0 && Script.mentions(literal, each));
  }

  private boolean isImplied() {
    return names.stream().anyMatch(book.variables()::contains);
  }

  /// Whom a call is handed the token of.
  enum Handed {
    OURS,
    ANOTHER,
    /// Nobody can tell whether ours or another.
    EITHER,
    /// It is handed none: the client reads one by itself.
    NONE
  }

  /// What a string stands in for.
  private enum Text {
    /// A token: one that is not ours is another.
    TOKEN,
    /// Anything: only what looks like a token is one.
    ANYTHING
  }

  /// The files of a tree, besides those that hold the token, that use it by the names that are
  /// known. One with classes of settings is among them in any case: it may add a name.
  BitSet using(Tree tree) {
    BitSet clients = uses.clients(tree);
    var told = new BitSet();
    stems.forEach(stem -> set(told, tree.mentioning(stem)));
    told.or(clients);
    var using = new BitSet();
    for (String name : names) {
      var here = new BitSet();
      set(here, tree.mentioning(name));
      if (!isTelling(name)) {
        here.and(told);
      }
      using.or(here);
    }
    if (isImplied()) {
      using.or(clients);
    }
    using.or(tree.classes());
    return using;
  }

  /// How many names it has by now.
  int known() {
    return names.size();
  }

  /// Whether a file that does not hold the token uses it.
  boolean uses(Code.File file) {
    String text = file.text();
    boolean client = uses.isClient(file);
    for (String name : names) {
      if (Script.mentions(text, name)
          && (isTelling(name)
              || client
              || stems.stream().anyMatch(stem -> Script.mentions(text, stem)))) {
        return true;
      }
    }
    if (client || text.contains(SETTINGS)) {
      names.addAll(fields(text));
    }
    return isImplied() && client || !fields(text).isEmpty();
  }

  /// What a class of settings calls variables that hold the token: `token` for `APP_TOKEN`.
  private Set<String> fields(String text) {
    var fields = new LinkedHashSet<String>();
    if (text.contains(SETTINGS)) {
      Matcher prefix = PREFIX.matcher(text);
      String before = prefix.find() ? prefix.group(1).toLowerCase(Locale.ROOT) : "";
      for (String name : names) {
        String lower = name.toLowerCase(Locale.ROOT);
        String field = lower.startsWith(before) ? lower.substring(before.length()) : lower;
        if (Script.mentions(text, field)) {
          fields.add(field);
        }
      }
    }
    return fields;
  }

  /// Whether the token's name, or the token itself, stands in a file.
  boolean names(Script script) {
    return isNamedIn(script.path(), script.text());
  }

  private static boolean isTelling(String name) {
    return name.length() >= SHORTEST_TELLING
        && !name.equals(name.toLowerCase(Locale.ROOT))
        && !COMMON.contains(name.toUpperCase(Locale.ROOT));
  }

  /// Whose token a call uses.
  ///
  /// @param origins how what it is called on came about
  Handed handed(Script script, Script.Call call, List<Constants.At> origins) {
    List<Origin.Made> makers = Origin.calls(origins);
    Handed profile = profiles.of(script, call, makers);
    if (profile != Handed.NONE) {
      return profile;
    }
    Handed own = handed(new Origin.Made(script.path(), call));
    if (own != Handed.NONE) {
      return own;
    }
    var all = EnumSet.noneOf(Handed.class); // of what one name stands for
    makers.forEach(each -> all.add(handed(each)));
    Handed made = either(all);
    if (made != Handed.NONE) {
      return made;
    }
    for (Origin.Made maker : makers) {
      List<String> given =
          maker.call().arguments().stream()
              .filter(each -> each.name().isEmpty())
              .limit(MOST_PARTS)
              .map(Script.Argument::value)
              .filter(each -> Texts.literal(each) == null || isNamedIn(maker.file(), each))
              .toList();
      Handed judged = judged(maker.file(), given, Text.ANYTHING);
      if (judged == Handed.NONE && isOfOtherFile(maker)) {
        return Handed.ANOTHER;
      }
      // What stands behind the first argument is seldom a token: only ours is known for one.
      boolean first =
          !given.isEmpty() && given.getFirst().equals(maker.call().positional(0).orElse(""));
      if (judged == Handed.OURS
          || first && judged(maker.file(), given.getFirst(), Text.ANYTHING, 0) != Handed.NONE) {
        return judged;
      }
    }
    boolean others =
        !isImplied()
            && !holding.contains(script.path())
            && book.variables().stream().anyMatch(script::mentions);
    if (others) {
      return Handed.ANOTHER;
    }
    return makers.isEmpty() && !call.receiver().isEmpty() && isShared(script)
        ? Handed.EITHER
        : Handed.NONE;
  }

  /// Whether something is made with a file of credentials that the token does not stand in.
  private boolean isOfOtherFile(Origin.Made maker) {
    String first = Texts.literal(maker.call().positional(0).orElse(""));
    return first != null
        && CREDENTIALS.matcher(maker.call().name()).find()
        && first.indexOf('.') > 0
        && !isPlainOurs(maker.file(), first);
  }

  /// Whether a file hands another token to some client: what a client of unknown origin uses there
  /// may be either.
  private boolean isShared(Script script) {
    return shared.computeIfAbsent(
        script.path(),
        path ->
            script.calls().stream()
                .map(call -> handed(new Origin.Made(path, call)))
                .anyMatch(Handed.ANOTHER::equals));
  }

  /// What a call says by the arguments that take a token. A credential may have several parts, of
  /// which only one is the token: a call that is handed ours is ours, whatever stands beside it.
  private Handed handed(Origin.Made made) {
    return judged(
        made.file(),
        made.call().arguments().stream()
            .filter(each -> book.handed().contains(each.name()))
            .map(Script.Argument::value)
            .toList(),
        Text.TOKEN);
  }

  private Handed judged(String file, List<String> expressions, Text text) {
    var all = EnumSet.noneOf(Handed.class);
    expressions.forEach(each -> all.add(judged(file, each, text, 0)));
    return all.contains(Handed.OURS) ? Handed.OURS : either(all);
  }

  /// What several values of one thing come to.
  private static Handed either(Set<Handed> all) {
    if (all.contains(Handed.EITHER) || all.contains(Handed.OURS) && all.contains(Handed.ANOTHER)) {
      return Handed.EITHER;
    }
    return all.contains(Handed.OURS)
        ? Handed.OURS
        : all.contains(Handed.ANOTHER) ? Handed.ANOTHER : Handed.NONE;
  }

  /// Whose token a step of a workflow is handed. What is set in the step hides what the job has
  /// under the same name.
  Handed handedByStep(Script script, Workflow.Step step) {
    List<String> given =
        step.settings().stream()
            .filter(
                each ->
                    book.handed().contains(each.name())
                        || book.variables().contains(each.name())
                        || names.contains(each.name()))
            .map(Script.Assignment::value)
            .toList();
    Handed judged = judged(script.path(), given, Text.TOKEN);
    return judged == Handed.NONE && isNamedIn(script.path(), step.text()) ? Handed.OURS : judged;
  }

  /// Whether the token or one of its names stands in a text of a file.
  boolean isNamedIn(String file, String text) {
    return text.contains(Code.TOKEN)
        || names.stream().anyMatch(name -> Script.mentions(text, name) && isSeen(file, name))
        || own.getOrDefault(file, Set.of()).stream().anyMatch(name -> Script.mentions(text, name));
  }

  /// Whether a name means the token in a file: one that tells little does so only in files that
  /// name the one where it stands.
  private boolean isSeen(String file, String name) {
    Script script = constants.script(file);
    return isTelling(name)
        || name.indexOf('.') >= 0
        || script == null
        || holding.contains(file)
        || stems.stream().anyMatch(script::mentions);
  }

  private Handed judged(String file, String expression, Text text, int depth) {
    if (expression.isBlank() || depth > DEEPEST) {
      return Handed.NONE;
    }
    String literal = isCode(file) ? Texts.literal(expression) : null;
    if (literal != null && Texts.placeholder(literal, 0, Texts.marks(expression)) < 0) {
      return isPlainOurs(file, literal)
          ? Handed.OURS
          : literal.isBlank()
                  || OF_BROWSERS.contains(literal)
                  || text == Text.ANYTHING && Texts.isShowable(literal)
              ? Handed.NONE
              : Handed.ANOTHER;
    }
    if (isNamedIn(file, expression)) {
      return Handed.OURS;
    }
    if (literal != null && SETTING.matcher(literal).matches()) {
      return text == Text.TOKEN || OF_TOKENS.matcher(literal).find() ? Handed.ANOTHER : Handed.NONE;
    }
    String variable = Texts.environmentVariable(expression);
    if (variable != null && names.contains(variable) && !COMMON.contains(variable)) {
      return Handed.OURS; // however short it is
    }
    if (text == Text.ANYTHING
        && (literal != null && literal.contains("://")
            || variable != null && saysNoToken(file, variable, expression))) {
      return Handed.NONE;
    }
    if (expression.contains("secrets.")
        || expression.contains("github.token")
        || variable != null
        || !Texts.isShowable(expression)) {
      return Handed.ANOTHER;
    }
    var all = EnumSet.noneOf(Handed.class);
    for (Constants.At each : constants.assigned(file, Origin.leadingPath(expression))) {
      all.add(judged(each.file(), each.text(), text, depth + 1));
    }
    Handed assigned = either(all);
    return assigned == Handed.NONE ? inside(file, expression, depth) : assigned;
  }

  /// Whether a variable holds no token, by its name or by what the tree sets it to.
  private boolean saysNoToken(String file, String variable, String expression) {
    return NO_TOKEN.matcher(variable).find()
        || !OF_TOKENS.matcher(variable).find()
            && constants.value(file, expression) instanceof Constants.Value.Known(String set)
            && Texts.isShowable(set);
  }

  /// What an expression says by the calls in it: `Token(name)`.
  private Handed inside(String file, String expression, int depth) {
    var all = EnumSet.noneOf(Handed.class);
    boolean fields = expression.startsWith("{") || expression.startsWith("[");
    for (Script.Call call : Script.callsIn(fields ? "of(" + expression + ")" : expression)) {
      call.arguments().stream()
          .filter(each -> !each.value().equals(expression))
          .limit(MOST_PARTS)
          .forEach(
              each -> {
                Text text = book.handed().contains(each.name()) ? Text.TOKEN : Text.ANYTHING;
                all.add(judged(file, each.value(), text, depth + 1));
              });
    }
    return all.contains(Handed.OURS) ? Handed.OURS : either(all);
  }

  /// Whether a string names the token or a file that holds it. A word of it that happens to be a
  /// name says nothing.
  private boolean isPlainOurs(String file, String literal) {
    return literal.contains(Code.TOKEN)
        || names.contains(literal.strip())
        || names.stream().anyMatch(each -> each.indexOf('.') >= 0 && Script.mentions(literal, each))
        || file.isEmpty();
  }

  private boolean isCode(String file) {
    Script script = constants.script(file);
    return script != null && script.isCode();
  }
}
