package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Advice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the uses that are requests to an address, in code and in command lines.
final class RequestFinder {
  /// Calls that may make a request.
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

  /// Headers that take a token.
  private static final Pattern HEADER =
      Pattern.compile("(?i)[\"']?(?:authorization|private-token|x-api-key|api-key)[\"']?\\s*[:=,]");

  private static final Set<String> ASKING = Set.of("push", "clone"); // of git
  private static final Set<String> SENDING = Set.of("curl", "wget", "http", "https", "xh");
  private static final Pattern NO_HOST = Pattern.compile("://(?:[^/]*@)?[^/]*" + Constants.HOLE);
  static final String NOWHERE =
      "what a request needs that the token is sent with: its address is not in the code";
  private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete", "head");

  /// A field of the body, as HTTPie takes it.
  private static final Pattern BODY = Pattern.compile("^[\\w.-]+:?=[^=]");

  /// Arguments by which a client takes what its addresses begin with.
  private static final List<String> BASES = List.of("baseURL", "base_url", "prefixUrl", "baseUrl");

  private static final String FIELDS_OF_GH = "f F field raw-field input";
  private static final String FIELDS_OF_CURL =
      "d data F form data-raw data-binary data-urlencode json T upload-file";

  /// What commands of git do with the repository at an address.
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

  /// A path of the API of GitHub, as gh takes it.
  private static final Pattern PATH = Pattern.compile("^/?(?:repos|orgs|user|gists|teams)(?:/|$)");

  private final Book book;
  private final Constants constants;
  private final Holders holders;
  private final Fitting fitting;

  RequestFinder(Book book, Constants constants, Holders holders, Fitting fitting) {
    this.book = book;
    this.constants = constants;
    this.holders = holders;
    this.fitting = fitting;
  }

  // ---- code

  /// Finds those that a call makes.
  void find(Script script, Script.Call call, Set<Found> found) {
    if (REQUESTS.contains(call.name())) {
      constants.each(() -> requested(script, call, found));
    }
  }

  private void requested(Script script, Script.Call call, Set<Found> found) {
    String method = method(script, call);
    boolean known = false;
    var here = new LinkedHashSet<Found>();
    for (Script.Argument argument : call.arguments()) {
      if ((argument.name().isEmpty() || argument.name().equals("url"))
          && constants.value(script.path(), argument.value())
              instanceof Constants.Value.Known(String said)
          && said.indexOf('/') >= 0) {
        String address = based(script, call, said);
        known |= address.contains("://") && !NO_HOST.matcher(address).find();
        int space = address.indexOf(' '); // "POST /repos/{owner}/{repo}/issues"
        String verb = space > 0 ? Texts.lower(address.substring(0, space)) : method;
        String around = call.arguments().toString();
        String whole = filled(script, call, address);
        addressed(script, script.line(call.at()), whole, verb, around, here);
      }
    }
    if (!known && here.isEmpty() && isAuthorized(script, call)) {
      here.add(nowhere(new Advice.Use(script.path(), script.line(call.at()), call.name())));
    }
    found.addAll(here);
  }

  /// A request with the token to an address that nobody can tell.
  private static Found nowhere(Advice.Use use) {
    return new Found(NOWHERE, List.of(), "", Found.Told.YES, use, null, "");
  }

  /// Whether a request is sent with the token in a header, its own or one of what it is made on.
  private boolean isAuthorized(Script script, Script.Call call) {
    boolean maker = BASES.stream().anyMatch(each -> call.named(each).isPresent());
    if (maker || !script.holds(HEADER)) {
      return false;
    }
    var origin = new Origin(constants, script.path());
    return hasHeader(new Origin.Made(script.path(), call))
        || !call.receiver().isEmpty()
            && Origin.calls(origin.of(call.receiver())).stream().anyMatch(this::hasHeader);
  }

  private boolean hasHeader(Origin.Made made) {
    var texts = new ArrayList<Constants.At>();
    texts.add(new Constants.At(made.file(), made.call().arguments().toString()));
    made.call()
        .named("headers")
        .ifPresent(each -> texts.addAll(constants.assigned(made.file(), each)));
    return texts.stream()
        .anyMatch(
            each ->
                HEADER.matcher(each.text()).find() && holders.isNamedIn(each.file(), each.text()));
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

  /// What the request of a call does, as far as the call says it.
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

  /// Finds those that a command makes; whether it names an address, of this provider or another.
  ///
  /// @param remotes the addresses of git's remotes by their names
  boolean find(Script script, Command command, Map<String, String> remotes, Set<Found> found) {
    String program = command.program();
    String method = method(program, command);
    boolean named = false;
    boolean placed = false;
    var here = new LinkedHashSet<Found>();
    for (String word : addresses(program, method, command, remotes)) {
      if (Remotes.isOverSsh(word)) {
        named = true; // with a key, not with a token
        placed = true;
        continue;
      }
      boolean path = program.equals("gh") && PATH.matcher(word).find();
      boolean package_ = word.contains(Remotes.OF_PACKAGE);
      // Whatever program it is, what it reads from there it reads with the token in the address.
      boolean index = method.isEmpty() && !program.equals("git") && isUser(script, word);
      Matcher registry = REGISTRY.matcher(word);
      if (word.startsWith("//") && registry.find() && holders.isNamedIn(script.path(), word)) {
        named = true;
        placed = true;
        String address = "https:" + registry.group(1);
        addressed(script, command.line(), address, "get", command.text(), here);
        continue;
      }
      boolean whole = word.contains("://") || word.startsWith("$"); // or begins with a variable
      if ((index || whole && !method.isEmpty() || path || package_)
          && constants.value(script.path(), Texts.quoted(word))
              instanceof Constants.Value.Known(String text)
          && (path || text.contains("://"))) {
        named = true;
        placed |= path || !NO_HOST.matcher(text).find();
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
            here);
      }
    }
    if (!placed && here.isEmpty() && isAuthorized(script, command)) {
      named = true;
      here.add(nowhere(new Advice.Use(script.path(), command.line(), program)));
    }
    found.addAll(here);
    return named;
  }

  /// Whether a request of a command is sent with the token.
  private boolean isAuthorized(Script script, Command command) {
    if (command.program().equals("git")) {
      return ASKING.contains(method("git", command))
          && command.words().stream().anyMatch(each -> isUser(script, each));
    }
    String said = String.join(" ", command.words());
    return SENDING.contains(command.program())
        && (HEADER.matcher(said).find() || isAnyOption(command, "u user"))
        && holders.isNamedIn(script.path(), said);
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
    if (!program.equals("git") || !ASKING.contains(method)) {
      return command.words();
    }
    boolean told =
        command.words().stream().anyMatch(each -> each.contains("://") || Remotes.isOverSsh(each));
    String remote =
        command
            .behind(List.of("git", command.word(1, 0).orElse("")))
            .flatMap(at -> command.word(at, 0))
            .or(() -> Optional.of(Remotes.DEFAULT))
            .map(remotes::get)
            .orElse(null);
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

  /// @param fields the options that send a body
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

  // ---- both

  private void addressed(
      Script script, int line, String address, String method, String around, Set<Found> found) {
    Fitting.first(
        book.uses(),
        rule -> {
          if (rule.addresses() == null
              || !rule.method().isEmpty() && !rule.method().equals(method)) {
            return List.of();
          }
          Matcher matcher = rule.addresses().matcher(address);
          return matcher.find()
              ? fitting.ofRequest(rule, script, line, matcher, method, around)
              : List.of();
        },
        found);
  }
}
