package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Holds the rules of a book against code.
final class UseFinder {
  private static final Set<String> REQUESTS =
      Set.of(
          "get",
          "post",
          "put",
          "patch",
          "delete",
          "head",
          "request",
          "fetch",
          "urlopen",
          "axios",
          "got",
          "ky",
          "Request",
          "NewRequest",
          "newRequest",
          "uri",
          "url",
          "open",
          "send",
          "GET",
          "POST",
          "PostAsync",
          "GetAsync",
          "PutAsync",
          "DeleteAsync",
          "PostAsJsonAsync",
          "create",
          "NewRequestWithContext");
  private static final Set<String> RUNNERS =
      Set.of(
          "run",
          "call",
          "check_call",
          "check_output",
          "Popen",
          "popen",
          "system",
          "exec",
          "execSync",
          "spawn",
          "spawnSync",
          "execFile",
          "execFileSync",
          "getoutput",
          "sh",
          "execa");

  /// Calls that are handed a function to call.
  private static final Set<String> HANDING =
      Set.of(
          "paginate",
          "iterator",
          "to_thread",
          "run_in_executor",
          "submit",
          "partial",
          "retry",
          "apply_async",
          "run_sync",
          "run_in_threadpool",
          "sync_to_async");

  private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete", "head");

  /// A field of the body, as HTTPie takes it.
  private static final Pattern BODY = Pattern.compile("^[\\w.-]+:?=[^=]");

  private static final List<String> BASES = List.of("baseURL", "base_url", "prefixUrl", "baseUrl");

  private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)+");

  /// A function of AWS that asks for page after page: `paginateListTables({ client }, …)`.
  private static final Pattern PAGES = Pattern.compile("paginate([A-Z]\\w*)");

  /// Begins the name of a list of resources.
  private static final String LIST = "{list:";

  private static final String FIELDS_OF_GH = "f F field raw-field input";
  private static final String FIELDS_OF_CURL =
      "d data F form data-raw data-binary data-urlencode json T upload-file";
  private static final Map<String, String> GIT =
      Map.of(
          "push",
          "push",
          "clone",
          "clone",
          "fetch",
          "clone",
          "pull",
          "clone",
          "ls-remote",
          "clone",
          "remote",
          "remote",
          "submodule",
          "clone");

  /// A line of .npmrc.
  private static final Pattern REGISTRY = Pattern.compile("^(//\\S+?)/?:_(?:authToken|password)=");

  private static final Pattern PATH = Pattern.compile("^/?(?:repos|orgs|user|gists|teams)(?:/|$)");

  private final Book book;
  private final Uses uses;
  private final Constants constants;
  private final Holders holders;
  private final Files files;
  private final Clients clients;
  private final Selection selection;

  /// A use of the token.
  ///
  /// @param untold why nobody can name what it needs besides, or empty
  /// @param permissions what it needs, by the names of the provider
  /// @param on the resource, or empty
  /// @param told whether the resource is known, where there must be one
  /// @param by the rule that found it; null for what a workflow declares
  /// @param owner whose it is, where that is known without a resource; empty where it is not
  record Found(
      String untold,
      List<String> permissions,
      String on,
      Told told,
      Advice.Use use,
      Book.@Nullable Rule by,
      String owner) {
    /// Whether it is what makes a client, not what the client does.
    boolean isMaker() {
      return by != null && by.maker();
    }
  }

  /// What is known of a resource.
  enum Told {
    /// It is this one, or the permission has none.
    YES,
    /// It is the repository that the code runs in.
    OWN,
    /// Nobody can tell.
    NO
  }

  UseFinder(Book book, Uses uses, Scripts kept, Code code) {
    Around around = Around.of(code.files());
    this.book = book;
    this.uses = uses;
    this.constants = new Constants(around);
    this.files = new Files(around);
    this.holders = new Holders(book, uses, code.names(), around, constants);
    this.clients = new Clients(book.clients(), constants);
    this.selection = new Selection(uses, kept, constants, holders, clients, around);
  }

  /// Where the token is used that one may replace without one: `github-actions`, `gitlab-ci`.
  Set<String> runners() {
    var runners = new TreeSet<String>();
    for (Script script : selection.scripts()) {
      String runner =
          Workflow.is(script)
              ? "github-actions"
              : script.path().endsWith(".gitlab-ci.yml") ? "gitlab-ci" : "";
      if (!runner.isEmpty() && holders.names(script)) {
        runners.add(runner);
      }
    }
    return runners;
  }

  /// Every use, in the order of the files.
  Set<Found> find() {
    var found = new LinkedHashSet<Found>();
    for (Script script : selection.scripts()) {
      var here = new LinkedHashSet<Found>();
      switch (script.syntax()) {
        case LINES -> lines(script, here);
        case PYTHON, BRACES -> code(script, here);
        case DATA -> {} // calls nothing
      }
      if (here.isEmpty() && Workflow.is(script)) {
        declared(script, here);
      }
      here.removeIf(each -> each.isMaker() && here.stream().anyMatch(other -> tells(other, each)));
      found.addAll(here);
    }
    return found;
  }

  /// Whether a use of a client says what making it says.
  private static boolean tells(Found use, Found maker) {
    return !use.isMaker()
        && use.told() != Told.NO
        && use.permissions().equals(maker.permissions())
        && (maker.told() == Told.NO || use.on().equals(maker.on()));
  }

  // ---- code

  private void code(Script script, Set<Found> found) {
    for (Script.Call call : script.calls()) {
      constants.each(() -> called(script, call, found));
      handedOn(call).ifPresent(each -> constants.each(() -> called(script, each, found)));
      if (REQUESTS.contains(call.name())) {
        constants.each(() -> requested(script, call, found));
      }
      if (RUNNERS.contains(call.name())) {
        constants.each(
            () -> run(script, call).forEach(command -> command(script, command, Map.of(), found)));
      }
    }
  }

  /// What a call makes another function do: `paginate(client.list, …)`.
  private static Optional<Script.Call> handedOn(Script.Call call) {
    Matcher pages = PAGES.matcher(call.name());
    if (pages.matches()) {
      return Optional.of(
          new Script.Call(
              pages.group(1) + "Command",
              call.named("client").orElse(""),
              call.at(),
              call.arguments(),
              call.open(),
              call.close()));
    }
    if (HANDING.contains(call.name())) {
      for (int i = 0; i < Math.min(2, call.arguments().size()); i++) {
        Script.Argument argument = call.arguments().get(i);
        if (argument.name().isEmpty() && FUNCTION.matcher(argument.value()).matches()) {
          String path = argument.value();
          return Optional.of(
              new Script.Call(
                  path,
                  path.substring(0, path.lastIndexOf('.')),
                  call.at(),
                  call.arguments().subList(i + 1, call.arguments().size()),
                  call.open(),
                  call.close()));
        }
      }
    }
    return Optional.empty();
  }

  private void called(Script script, Script.Call call, Set<Found> found) {
    var origin = new Origin(constants, script.path());
    List<Book.Rule> rules = uses.ofCall(call.name());
    String on = call.receiver().isEmpty() ? sender(script, call) : call.receiver();
    boolean asked = clients.isAsked(script.path(), on, call.name()) || isOfModule(script, call);
    if (rules.isEmpty() && !asked) {
      return;
    }
    List<Constants.At> origins = origin.of(call.receiver());
    Holders.Handed handed = handed(script, call, origin.of(on));
    if (handed == Holders.Handed.ANOTHER) {
      return;
    }
    var here = new LinkedHashSet<Found>();
    first(rules, rule -> called(rule, script, call, origins), here);
    if (asked && rules.stream().noneMatch(rule -> isAbout(rule, script, call, origins))) {
      var use = new Advice.Use(script.path(), script.line(call.at()), call.name());
      here.add(new Found(unknown(call), List.of(), "", Told.YES, use, null, ""));
    }
    found.addAll(handed == Holders.Handed.EITHER ? untied(here) : here);
  }

  private static String unknown(Script.Call call) {
    return "what " + call.name() + " needs: no rule knows this call of the client";
  }

  /// Whether a function of a module is called that asks the provider by itself.
  private boolean isOfModule(Script script, Script.Call call) {
    List<String> modules = book.clients().modules();
    if (modules.isEmpty() || Character.isUpperCase(call.name().charAt(0))) {
      return false;
    }
    String from =
        call.receiver().isEmpty()
            ? script.imports().getOrDefault(call.name(), "").replaceFirst("#.*", "")
            : call.receiver();
    return modules.contains(from) && !book.clients().silent().contains(call.name());
  }

  /// What a call is sent with: `client` for `client.send(new Command(…))`.
  private static String sender(Script script, Script.Call call) {
    return script.calls("send").stream()
        .filter(each -> each.open() < call.at() && call.close() < each.close())
        .findFirst()
        .filter(each -> script.text().substring(each.open() + 1, call.at()).strip().equals("new"))
        .map(Script.Call::receiver)
        .orElse("");
  }

  /// Whose token a call uses. In a file that only names those which use it, a call is ours where it
  /// is seen to be.
  private Holders.Handed handed(Script script, Script.Call call, List<Constants.At> origins) {
    Holders.Handed handed = holders.handed(script, call, origins);
    boolean untied = handed == Holders.Handed.NONE && selection.isOnlyReached(script);
    return untied || isElsewhere(script, call, origins) ? Holders.Handed.ANOTHER : handed;
  }

  private boolean isElsewhere(Script script, Script.Call call, List<Constants.At> origins) {
    Book.Elsewhere elsewhere = book.elsewhere();
    if (elsewhere == null) {
      return false;
    }
    var makers = new ArrayList<>(Origin.calls(origins));
    makers.add(new Origin.Made(script.path(), call));
    for (Origin.Made maker : makers) {
      for (Script.Argument argument : maker.call().arguments()) {
        if (elsewhere.arguments().contains(argument.name())
            && constants.value(maker.file(), argument.value())
                instanceof Constants.Value.Known(String address)
            && !elsewhere.but().matcher(address).find()) {
          return true;
        }
      }
    }
    return false;
  }

  /// Uses of which nobody can tell whether they are this token's.
  private static Set<Found> untied(Set<Found> uses) {
    var untied = new LinkedHashSet<Found>();
    for (Found each : uses) {
      untied.add(
          new Found(
              "whether this token is the one that is used here",
              List.of(),
              "",
              Told.YES,
              each.use(),
              null,
              ""));
    }
    return untied;
  }

  /// Takes what the first rule makes of a use that fits it. A rule that could not tell the resource
  /// gives way to a later one that can.
  private static boolean first(
      List<Book.Rule> rules, Function<Book.Rule, List<Found>> made, Set<Found> found) {
    List<Found> untold = List.of();
    for (Book.Rule rule : rules) {
      List<Found> here = made.apply(rule);
      if (!here.isEmpty() && here.getFirst().told() != Told.NO) {
        found.addAll(here);
        return true;
      }
      untold = here.isEmpty() ? untold : here;
    }
    found.addAll(untold);
    return !untold.isEmpty();
  }

  private List<Found> called(
      Book.Rule rule, Script script, Script.Call call, List<Constants.At> origins) {
    return isAbout(rule, script, call, origins)
        ? fitting(rule, new Arguments.OfCall(constants, script, call, origins, files), call.name())
        : List.of();
  }

  /// Whether a rule is about a call, whatever its arguments.
  private boolean isAbout(
      Book.Rule rule, Script script, Script.Call call, List<Constants.At> origins) {
    return rule.calls().stream()
            .anyMatch(each -> call.path().equals(each) || call.path().endsWith("." + each))
        && isMade(rule, script, origins);
  }

  private boolean isMade(Book.Rule rule, Script script, List<Constants.At> origins) {
    String origin =
        origins.stream().map(Constants.At::text).collect(java.util.stream.Collectors.joining("\n"));
    if (rule.origin() != null && !rule.origin().matcher(origin).find()) {
      return false;
    }
    if (rule.beside() != null && !script.holds(rule.beside())) {
      return false;
    }
    Pattern made = rule.made();
    if (made == null) {
      return true;
    }
    boolean seen = origins.stream().anyMatch(each -> each.text().indexOf('(') >= 0);
    return seen ? made.matcher(origin).find() : script.holds(made);
  }

  private void requested(Script script, Script.Call call, Set<Found> found) {
    String method = method(script, call);
    for (Script.Argument argument : call.arguments()) {
      if ((argument.name().isEmpty() || argument.name().equals("url"))
          && constants.value(script.path(), argument.value())
              instanceof Constants.Value.Known(String said)
          && said.indexOf('/') >= 0) {
        String address = based(script, call, said);
        int space = address.indexOf(' '); // "POST /repos/{owner}/{repo}/issues"
        String verb = space > 0 ? Texts.lower(address.substring(0, space)) : method;
        String around = call.arguments().toString();
        String whole = filled(script, call, address);
        addressed(script, script.line(call.at()), whole, verb, around, found);
      }
    }
  }

  /// An address behind what its client was made with: `axios.create({ baseURL: … })`.
  private String based(Script script, Script.Call call, String address) {
    if (address.contains("://") || address.indexOf(' ') >= 0) {
      return address;
    }
    var origin = new Origin(constants, script.path());
    for (Origin.Made maker : Origin.calls(origin.of(call.receiver()))) {
      for (String name : BASES) {
        Optional<String> base = maker.call().named(name);
        if (base.isPresent()
            && constants.value(maker.file(), base.get())
                instanceof Constants.Value.Known(String begin)) {
          return begin.replaceFirst("/+$", "") + "/" + address.replaceFirst("^/+", "");
        }
      }
    }
    return address;
  }

  /// An address whose pieces in braces are arguments of the same call.
  private String filled(Script script, Script.Call call, String address) {
    String whole = address;
    for (Script.Argument each : call.arguments()) {
      String piece = "{" + each.name() + "}";
      if (!each.name().isEmpty() && whole.contains(piece)) {
        switch (constants.value(script.path(), each.value())) {
          case Constants.Value.Known(String text) -> whole = whole.replace(piece, text);
          case Constants.Value.Own _ -> {} // as if it were not said
          case Constants.Value.Untold _ ->
              whole = whole.replace(piece, String.valueOf(Constants.HOLE));
        }
      }
    }
    return whole;
  }

  private String method(Script script, Script.Call call) {
    Optional<String> said = call.named("method").or(() -> call.named("Method"));
    if (said.isPresent()) {
      return verb(script, said.get());
    }
    String name = Texts.lower(call.name()).replace("async", "").replace("asjson", "");
    if (name.equals("request") || name.startsWith("newrequest")) {
      for (int i = 0; i < 2; i++) {
        String verb = call.positional(i).map(each -> verb(script, each)).orElse("");
        if (VERBS.contains(verb)) {
          return verb;
        }
      }
    }
    boolean body = call.named("data").isPresent() || call.named("json").isPresent();
    return switch (name) {
      case "post", "put", "patch", "delete" -> name;
      default -> body ? "post" : "get";
    };
  }

  /// What a request does: `"POST"`, `http.MethodPost`, `HttpMethod.Post`.
  private String verb(Script script, String expression) {
    return Texts.lower(
        constants.value(script.path(), expression) instanceof Constants.Value.Known(String text)
            ? text
            : expression.replaceFirst(".*\\.(?:Method)?", ""));
  }

  // ---- command lines

  private List<Command> run(Script script, Script.Call call) {
    int line = script.line(call.at());
    String first = call.positional(0).orElse("").strip();
    var words = new ArrayList<String>();
    if (first.startsWith("[")) {
      words.addAll(listed(script, first));
    } else if (constants.value(script.path(), first)
        instanceof Constants.Value.Known(String text)) {
      String second = call.positional(1).orElse("").strip();
      if (!second.startsWith("[")) {
        return Command.in(line, text);
      }
      words.add(text);
      words.addAll(listed(script, second));
    }
    return words.isEmpty() ? List.of() : List.of(new Command(line, "", words));
  }

  private List<String> listed(Script script, String list) {
    String inside = list.endsWith("]") ? list.substring(1, list.length() - 1) : list.substring(1);
    var words = new ArrayList<String>();
    for (String each : Texts.split(inside, ",")) {
      if (!each.isEmpty()) {
        words.add(
            constants.value(script.path(), each) instanceof Constants.Value.Known(String word)
                ? word
                : "~");
      }
    }
    return words;
  }

  private void lines(Script script, Set<Found> found) {
    boolean workflow = Workflow.is(script);
    Kept kept = workflow ? kept(script) : new Kept(new BitSet(), new BitSet());
    Map<String, String> remotes = script.remotes();
    Functions functions = functions(script);
    for (Command command : functions.isEmpty() ? uses.asking(script) : script.commands()) {
      List<Command> expanded = functions.expanded(command);
      for (Command each : expanded) {
        constants.each(() -> command(script, each, remotes, found));
      }
      BitSet with = command.program().equals("git") ? kept.byGit() : kept.byAny();
      if (expanded.isEmpty()
          && !selection.isOnlyReached(script)
          && (!workflow
              || isOurs(
                  script, script.workflow().step(command.line()), with.get(command.line())))) {
        constants.each(() -> command(script, command, remotes, found));
      }
    }
    for (Containers.Container each : script.containers()) {
      if (holders.isNamedIn(script.path(), each.says())
          || each.from().stream().anyMatch(holders::isHeldBy)) {
        command(script, each.command(), remotes, found);
      }
    }
    if (workflow) {
      for (Workflow.Action each : script.workflow().actions()) {
        if (isOurs(script, each.step(), kept.byAny().get(each.line()))) {
          action(script, each, found);
        }
      }
    }
  }

  /// The functions that a script calls: its own, and those of scripts that it reads.
  private Functions functions(Script script) {
    if (script.sourced().isEmpty() && !Workflow.is(script)) {
      return script.functions();
    }
    var functions = new Functions();
    if (!Workflow.is(script)) {
      for (Script other : constants.scripts()) {
        if (other.syntax() == Script.Syntax.LINES
            && (other == script || script.sourced().contains(other.name()))) {
          functions.add(other.functions());
        }
      }
    }
    return functions;
  }

  /// Whether a step of a workflow uses the token.
  ///
  /// @param kept whether it has it without being handed one
  private boolean isOurs(Script script, Workflow.Step step, boolean kept) {
    return switch (holders.handedByStep(script, step)) {
      case OURS -> true;
      case ANOTHER, EITHER -> false;
      case NONE -> kept;
    };
  }

  /// Where in a workflow the token stays, for steps that are handed none.
  ///
  /// @param byAny lines, from 1, where whatever runs has it
  /// @param byGit those where git has it
  private record Kept(BitSet byAny, BitSet byGit) {}

  /// Where the token stays with a job: it is set for all steps, or one of them logged in with it.
  private Kept kept(Script script) {
    var kept = new Kept(new BitSet(), new BitSet());
    Workflow workflow = script.workflow();
    for (Workflow.Login login : workflow.logins()) {
      if (holders.handedByStep(script, login.step()) == Holders.Handed.OURS) {
        kept.byGit().set(login.behind(), login.end() + 1);
        if (login.all()) {
          kept.byAny().set(login.behind(), login.end() + 1);
        }
      }
    }
    if (holders.isNamedIn(script.path(), workflow.outside()) || holders.isHeldBy(".npmrc")) {
      kept.byAny().set(0, workflow.lines() + 1);
      kept.byGit().set(0, workflow.lines() + 1);
    }
    return kept;
  }

  private void command(
      Script script, Command command, Map<String, String> remotes, Set<Found> found) {
    Holders.Handed handed = holders.profiles().of(script, command);
    if (handed == Holders.Handed.ANOTHER
        || requested(script, command, remotes, found)
        || uses.isSilent(command)) {
      return;
    }
    var here = new LinkedHashSet<Found>();
    first(
        uses.ofCommand(command.words().getFirst()),
        rule -> {
          for (String each : rule.commands()) {
            Optional<Integer> behind = command.behind(List.of(each.split(" ", -1)));
            if (behind.isPresent()) {
              return fitting(
                  rule,
                  new Arguments.OfCommand(constants, script, command, behind.get(), files),
                  each);
            }
          }
          return List.of();
        },
        here);
    found.addAll(handed == Holders.Handed.EITHER ? untied(here) : here);
  }

  /// Whether a command names an address, of this provider or another.
  ///
  /// @param remotes the addresses of git's remotes by their names
  private boolean requested(
      Script script, Command command, Map<String, String> remotes, Set<Found> found) {
    String program = command.program();
    String method = method(program, command);
    boolean named = false;
    for (String word : addresses(program, method, command, remotes)) {
      if (Remotes.isOverSsh(word)) {
        named = true; // with a key, not with a token
        continue;
      }
      boolean path = program.equals("gh") && PATH.matcher(word).find();
      boolean package_ = word.contains(Remotes.OF_PACKAGE);
      // Whatever program it is, what it reads from there it reads with the token in the address.
      boolean index = method.isEmpty() && !program.equals("git") && isUser(script, word);
      Matcher registry = REGISTRY.matcher(word);
      if (word.startsWith("//") && registry.find() && holders.isNamedIn(script.path(), word)) {
        named = true;
        String address = "https:" + registry.group(1);
        addressed(script, command.line(), address, "get", command.text(), found);
        continue;
      }
      boolean whole = word.contains("://") || word.startsWith("$"); // or begins with a variable
      if ((index || whole && !method.isEmpty() || path || package_)
          && constants.value(script.path(), Texts.quoted(word))
              instanceof Constants.Value.Known(String text)
          && (path || text.contains("://"))) {
        named = true;
        String address =
            path
                ? "https://api.github.com/" + text.replaceFirst("^/", "")
                : package_ ? Remotes.repository(text) : text;
        addressed(
            script,
            command.line(),
            address,
            package_ ? "clone" : index ? "get" : method,
            command.text(),
            found);
      }
    }
    return named;
  }

  /// Whether the token stands in an address as its user or password.
  private boolean isUser(Script script, String word) {
    int begin = word.indexOf("://");
    int end = begin < 0 ? -1 : word.indexOf('@', begin);
    return end > 0
        && word.indexOf('/', begin + 3) > end
        && holders.isNamedIn(script.path(), word.substring(begin, end));
  }

  /// The words of a command that may be addresses: for git, which names a remote, that remote's.
  private static List<String> addresses(
      String program, String method, Command command, Map<String, String> remotes) {
    if (!program.equals("git") || !Set.of("push", "clone").contains(method)) {
      return command.words();
    }
    boolean told =
        command.words().stream().anyMatch(each -> each.contains("://") || Remotes.isOverSsh(each));
    String remote = remotes.get(command.word(2, 0).orElse(Remotes.DEFAULT));
    return told || remote == null ? command.words() : List.of(remote);
  }

  /// What a command that takes addresses does with them; empty for one that takes none.
  private static String method(String program, Command command) {
    return switch (program) {
      case "git" -> GIT.getOrDefault(command.word(1, 0).orElse(""), "");
      case "gh" -> command.words().contains("api") ? method(command, FIELDS_OF_GH) : "";
      case "curl", "wget" -> method(command, FIELDS_OF_CURL);
      case "http", "https", "xh" -> {
        String verb = Texts.lower(command.word(1, 0).orElse(""));
        yield VERBS.contains(verb)
            ? verb
            : command.words().stream().anyMatch(each -> BODY.matcher(each).find()) ? "post" : "get";
      }
      default -> "";
    };
  }

  private static String method(Command command, String fields) {
    return command
        .option("X")
        .or(() -> command.option("request"))
        .or(() -> command.option("method"))
        .map(Texts::lower)
        .orElse(isAnyOption(command, fields) ? "post" : "get");
  }

  private static boolean isAnyOption(Command command, String names) {
    for (String name : names.split(" ", -1)) {
      if (command.option(name).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private boolean addressed(
      Script script, int line, String address, String method, String around, Set<Found> found) {
    return first(
        book.uses(),
        rule -> {
          if (rule.addresses() == null
              || !rule.method().isEmpty() && !rule.method().equals(method)) {
            return List.of();
          }
          Matcher matcher = rule.addresses().matcher(address);
          return matcher.find()
              ? fitting(
                  rule,
                  new Arguments.OfAddress(constants, script, line, matcher, around, files),
                  method.toUpperCase(Locale.ROOT))
              : List.of();
        },
        found);
  }

  private void action(Script script, Workflow.Action action, Set<Found> found) {
    if (book.scripts().contains(action.name())) {
      // As many lines before it as there are, so that its lines keep their numbers.
      String text = "\n".repeat(action.step().before()) + action.step().text();
      code(new Script(script.path(), text, Script.Syntax.BRACES), found);
      return;
    }
    first(
        book.uses(),
        rule ->
            rule.actions().contains(action.name())
                ? fitting(
                    rule,
                    new Arguments.OfStep(
                        constants, script, action.line(), action.step().settings(), files),
                    action.name())
                : List.of(),
        found);
  }

  /// What a workflow grants the job's own token says what the job does, where nothing else does.
  private void declared(Script script, Set<Found> found) {
    List<String> lines = script.text().lines().toList();
    for (Book.Rule rule : book.uses()) {
      for (int i = 0; rule.declared() != null && i < lines.size(); i++) {
        Matcher matcher = rule.declared().matcher(lines.get(i));
        if (matcher.find()) {
          var permissions = new ArrayList<String>();
          for (String permission : rule.permissions()) {
            permissions.add(
                permission
                    .replace("{1}", matcher.group(1).replace('-', '_'))
                    .replace("{2}", matcher.group(2)));
          }
          var use = new Advice.Use(script.path(), i + 1, "permissions");
          found.add(new Found("", permissions, "", Told.OWN, use, null, ""));
        }
      }
    }
  }

  // ---- what a rule makes of it

  private List<Found> fitting(Book.Rule rule, Arguments arguments, String call) {
    for (var condition : rule.when().entrySet()) {
      boolean met = false;
      boolean said = false;
      for (String name : condition.getKey().split("\\|", -1)) {
        String text = arguments.text(name);
        said |= !text.isEmpty();
        met |= !text.isEmpty() && condition.getValue().matcher(text).find();
      }
      if (!(said ? met : condition.getValue().matcher("").find())) {
        return List.of();
      }
    }
    var use = new Advice.Use(arguments.path(), arguments.line(), call);
    if (!rule.about().isEmpty()
        && !(Resource.of(book, rule.about(), rule.shape(), arguments) instanceof Resource.Named)) {
      return List.of();
    }
    var found = new ArrayList<Found>();
    if (rule.on().startsWith(LIST)) {
      String kind = rule.on().substring(LIST.length(), rule.on().length() - 1);
      return listed(rule, Dependencies.of(kind, files), use);
    }
    found(
        rule,
        rule.permissions(),
        rule.on(),
        rule.about().isEmpty() ? rule.shape() : null,
        rule.untold(),
        arguments,
        use,
        found);
    if (!found.isEmpty()) {
      for (Book.Also also : rule.also()) {
        found(rule, also.permissions(), also.on(), also.shape(), "", arguments, use, found);
      }
    }
    return found;
  }

  /// A use of several resources, which stand in a manifest; of none it needs nothing.
  private static List<Found> listed(
      Book.Rule rule, Optional<Set<String>> resources, Advice.Use use) {
    if (resources.isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<Found>();
    for (String each : resources.get()) {
      found.add(new Found("", rule.permissions(), each, Told.YES, use, rule, ""));
    }
    if (found.isEmpty()) {
      found.add(new Found("", List.of(), "", Told.YES, use, rule, ""));
    }
    return found;
  }

  private void found(
      Book.Rule rule,
      List<String> permissions,
      String on,
      @Nullable Pattern shape,
      String untold,
      Arguments arguments,
      Advice.Use use,
      List<Found> found) {
    String owner =
        Resource.of(book, rule.owner(), null, arguments) instanceof Resource.Named(String whose)
            ? whose
            : "";
    switch (Resource.of(book, on, shape, arguments)) {
      case Resource.Named(String named) ->
          found.add(new Found(untold, permissions, named, Told.YES, use, rule, owner));
      case Resource.Own _ ->
          found.add(new Found(untold, permissions, "", Told.OWN, use, rule, owner));
      case Resource.Untold _ ->
          found.add(new Found(untold, permissions, "", Told.NO, use, rule, owner));
      case Resource.Other _ -> {}
    }
  }
}
