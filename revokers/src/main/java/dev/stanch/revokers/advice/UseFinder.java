package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Finds the uses of a token in the code of a tree: holds the rules of a book against its calls,
/// and has others hold them against requests, command lines and steps of workflows.
final class UseFinder {
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

  /// A function of AWS that asks for page after page: `paginateListTables({ client }, …)`.
  private static final Pattern PAGES = Pattern.compile("paginate([A-Z]\\w*)");

  /// Where the commands of a client are that is handed each as an object.
  private static final String OF_COMMANDS = "@aws-sdk/";

  private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)+");

  private final Book book;
  private final Uses uses;
  private final Constants constants;
  private final Holders holders;
  private final Clients clients;
  private final Selection selection;
  private final Fitting fitting;
  private final RequestFinder requests;
  private final CommandFinder commands;
  private final UnseenFinder unseen;

  UseFinder(Book book, Uses uses, Scripts kept, Code code) {
    Around around = Around.of(code.files());
    this.book = book;
    this.uses = uses;
    this.constants = new Constants(around);
    this.holders = new Holders(book, uses, code.names(), around, constants);
    this.clients = new Clients(book.clients(), constants);
    this.selection = new Selection(uses, kept, constants, holders, clients, code.names(), around);
    this.fitting = new Fitting(book, constants, new Files(around));
    this.requests = new RequestFinder(book, constants, holders, fitting);
    this.commands = new CommandFinder(uses, constants, holders, requests, fitting);
    this.unseen = new UnseenFinder(book, uses, clients, around, this::mayBeOurs);
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
      here.removeIf(each -> each.isMaker() && here.stream().anyMatch(other -> other.tells(each)));
      found.addAll(here);
    }
    for (Script script : found.isEmpty() ? selection.scripts() : List.<Script>of()) {
      if (Workflow.is(script)) {
        found.addAll(Workflow.declared(script, book.uses()));
      }
    }
    return found;
  }

  // ---- code

  private void code(Script script, Set<Found> found) {
    unseen.nameless(script, found);
    for (Script.Call call : script.calls()) {
      constants.each(() -> called(script, call, found));
      unseen.find(script, call, found);
      handedOn(call).ifPresent(each -> constants.each(() -> called(script, each, found)));
      requests.find(script, call, found);
      commands.find(script, call, found);
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
    boolean asked =
        clients.isAsked(script.path(), on, call.name())
            || isOfModule(script, call)
            || isImported(script, call);
    if (rules.isEmpty() && !asked) {
      return;
    }
    List<Constants.At> origins = origin.of(call.receiver());
    Holders.Handed handed = handed(script, call, origin.of(on));
    if (handed == Holders.Handed.ANOTHER) {
      return;
    }
    var here = new LinkedHashSet<Found>();
    Fitting.first(rules, rule -> called(rule, script, call, origins), here);
    if (asked && rules.stream().noneMatch(rule -> isAbout(rule, script, call, origins))) {
      var use = new Advice.Use(script.path(), script.line(call.at()), call.name());
      here.add(new Found(unknown(call), List.of(), "", Found.Told.YES, use, null, ""));
    }
    found.addAll(handed == Holders.Handed.EITHER ? Found.untied(here) : here);
  }

  private static String unknown(Script.Call call) {
    return "what " + call.name() + " needs: no rule knows this call of the client";
  }

  /// Whether a command for a client of AWS is made, whatever sends it: `new ListKeysCommand(…)`.
  private boolean isImported(Script script, Script.Call call) {
    String name = call.name();
    String module = script.imports().getOrDefault(name, "");
    String pages = "paginate" + name.replaceFirst("Command$", "");
    String whole = module.isEmpty() ? script.imports().getOrDefault(pages, "") : module;
    return name.endsWith("Command")
        && whole.startsWith(OF_COMMANDS)
        && book.client().contains(OF_COMMANDS);
  }

  /// Whether a function of a module is called that asks the provider by itself.
  private boolean isOfModule(Script script, Script.Call call) {
    List<String> modules = book.clients().modules();
    if (modules.isEmpty() || Character.isUpperCase(call.name().charAt(0))) {
      return false;
    }
    String first = call.receiver().isEmpty() ? call.name() : call.receiver();
    String imported = script.imports().getOrDefault(first, "").replaceFirst("#.*", "");
    boolean type = Character.isUpperCase(first.charAt(0)); // imported for its methods
    String from = call.receiver().isEmpty() || type ? imported : call.receiver();
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
    boolean untied =
        handed == Holders.Handed.NONE
            && selection.isOnlyReached(script)
            && origins.stream().noneMatch(this::isMadeByOurs);
    if (untied || isElsewhere(script, call, origins)) {
      return Holders.Handed.ANOTHER;
    }
    return handed == Holders.Handed.NONE && selection.isUntied(script)
        ? Holders.Handed.EITHER
        : handed;
  }

  private boolean mayBeOurs(Script script, Script.Call call) {
    List<Constants.At> origins = new Origin(constants, script.path()).of(call.receiver());
    return handed(script, call, origins) != Holders.Handed.ANOTHER;
  }

  /// Whether something is a client that a file makes which uses the token.
  private boolean isMadeByOurs(Constants.At origin) {
    Script script = constants.script(origin.file());
    return script != null && selection.isOurs(script) && clients.isMadeIn(origin.text());
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

  private List<Found> called(
      Book.Rule rule, Script script, Script.Call call, List<Constants.At> origins) {
    return isAbout(rule, script, call, origins)
        ? fitting.ofCall(rule, script, call, origins)
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
    String origin = origins.stream().map(Constants.At::text).collect(Collectors.joining("\n"));
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
    boolean seen = // in Rust each crate calls its client so
        !script.path().endsWith(".rs")
            && origins.stream().anyMatch(each -> each.text().indexOf('(') >= 0);
    return seen ? made.matcher(origin).find() : script.holds(made);
  }

  // ---- lines

  private void lines(Script script, Set<Found> found) {
    TokenSteps steps = Workflow.is(script) ? new TokenSteps(script, holders) : null;
    Remotes all = script.shell().remotes(steps != null);
    Functions functions = functions(script);
    for (Command command : functions.isEmpty() ? uses.asking(script) : script.shell().commands()) {
      List<Command> expanded = functions.expanded(command);
      Map<String, String> remotes = all.at(command);
      boolean defined = command.words().size() == 1; // or called with nothing
      for (Command each : expanded) {
        run(script, each, remotes, defined, found);
      }
      if (expanded.isEmpty()
          && !selection.isOnlyReached(script)
          && (steps == null || steps.run(command))) {
        run(script, command, remotes, functions.isBody(command), found);
      }
    }
    for (Containers.Container each : script.shell().containers()) {
      if (holders.isNamedIn(script.path(), each.says())
          || each.from().stream().anyMatch(holders::isHeldBy)) {
        commands.find(script, each.command(), Map.of(), found);
      }
    }
    if (steps != null) {
      steps.actions().forEach(each -> action(script, each, found));
    }
  }

  /// @param open whether others say where it sends what it sends
  private void run(
      Script script, Command command, Map<String, String> remotes, boolean open, Set<Found> found) {
    var here = new LinkedHashSet<Found>();
    constants.each(() -> commands.find(script, command, remotes, here));
    here.removeIf(each -> open && each.untold().equals(RequestFinder.NOWHERE));
    found.addAll(here);
  }

  /// The functions that a script calls: its own, and those of scripts that it reads.
  private Functions functions(Script script) {
    if (Workflow.is(script)) {
      return new Functions();
    }
    if (script.shell().sourced().isEmpty()) {
      return script.shell().functions();
    }
    var functions = new Functions();
    for (Script other : constants.scripts()) {
      if (other.syntax() == Syntax.LINES
          && (other == script || script.shell().sourced().contains(other.name()))) {
        functions.add(other.shell().functions());
      }
    }
    return functions;
  }

  /// What an action does: the script in its step, or what is known of it.
  private void action(Script script, Workflow.Action action, Set<Found> found) {
    if (book.scripts().contains(action.name())) {
      // As many lines before it as there are, so that its lines keep their numbers.
      String text = "\n".repeat(action.step().before()) + action.step().text();
      code(new Script(script.path(), text, Syntax.BRACES), found);
      return;
    }
    List<Book.Rule> rules =
        book.uses().stream().filter(rule -> rule.actions().contains(action.name())).toList();
    Fitting.first(rules, rule -> fitting.ofAction(rule, script, action), found);
    if (rules.isEmpty()
        && !book.clients().silent().contains(action.name())
        && holders.handedByStep(script, action.step()) == Holders.Handed.OURS) {
      String what = "what " + action.name() + " needs: no rule knows this action";
      var use = new Advice.Use(script.path(), action.line(), action.name());
      found.add(new Found(what, List.of(), "", Found.Told.YES, use, null, ""));
    }
  }
}
