package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Advice;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/// Finds where a client of the provider goes out of sight: what is done with it there must be said
/// to be unknown.
final class UnseenFinder {
  private static final String NAMELESS =
      "which calls of the client are made here: their names are not in the code";

  /// A client, or one that is said to be of another type, and what is no literal in brackets.
  private static final Pattern INDEXED =
      Pattern.compile(
          "(?:\\(\\s*([A-Za-z_][\\w.]*)\\s+as\\s+[^()\\n"
              + "]{1,40}\\)|\\b([A-Za-z_][\\w.]*))\\[\\s*[A-Za-z_][\\w.]*\\s*\\]");

  /// What is handed a client and asks it nothing.
  private static final Set<String> HARMLESS =
      Set.of(
          "contextlib",
          "functools",
          "asyncio",
          "concurrent",
          "threading",
          "unittest",
          "pytest",
          "moto",
          "typing",
          "logging",
          "copy",
          "inspect",
          "pprint",
          "tqdm",
          "rich",
          "langsmith",
          "langfuse",
          "weave",
          "fastapi");

  private final Book book;
  private final Uses uses;
  private final Clients clients;
  private final Around around;
  private final BiPredicate<Script, Script.Call> ours;

  /// @param ours whether a call is not another token's
  UnseenFinder(
      Book book, Uses uses, Clients clients, Around around, BiPredicate<Script, Script.Call> ours) {
    this.book = book;
    this.uses = uses;
    this.clients = clients;
    this.around = around;
    this.ours = ours;
  }

  /// What code does with a client that is not seen: calls whose names it reads from elsewhere, and
  /// what a library does that is handed one.
  void find(Script script, Script.Call call, Set<Found> found) {
    boolean asked = call.name().equals("getattr");
    if (!asked && (call.arguments().isEmpty() || isHarmless(script, call))) {
      return;
    }
    for (Script.Argument each : call.arguments().subList(0, asked ? 1 : call.arguments().size())) {
      if (clients.isClient(script.path(), each.value())) {
        if (asked && Texts.literal(call.positional(1).orElse("\"\"")) == null) {
          add(script, call.at(), each.value(), call.name(), NAMELESS, found);
        } else if (!asked && isForeign(script, call)) {
          String what = "what " + call.name() + " does with the client: its code is not here";
          add(script, call.at(), each.value(), call.name(), what, found);
        }
        return;
      }
    }
  }

  private void add(
      Script script, int at, String client, String name, String what, Set<Found> found) {
    var asked = new Script.Call(name, client, at, List.of(), at, at);
    if (ours.test(script, asked)) {
      var use = new Advice.Use(script.path(), script.line(at), name);
      found.add(new Found(what, List.of(), "", Found.Told.YES, use, null, ""));
    }
  }

  /// Calls of a client by names that are not in the code: `client[kind][method]`.
  void nameless(Script script, Set<Found> found) {
    Matcher indexed = INDEXED.matcher(script.text());
    while (indexed.find()) {
      String client = indexed.group(1) == null ? indexed.group(2) : indexed.group(1);
      if (clients.isClient(script.path(), client)) {
        add(script, indexed.start(), client, client, NAMELESS, found);
      }
    }
  }

  /// Whether a call is none of a library, or of one that asks nothing, or a rule knows it.
  private boolean isHarmless(Script script, Script.Call call) {
    String module = module(script, call);
    return module.isEmpty()
        || module.startsWith("@/")
        || "./~#".indexOf(module.charAt(0)) >= 0
        || !uses.ofCall(call.name()).isEmpty()
        || HARMLESS.contains(module.replaceFirst("[./].*", ""))
        || book.client().stream().anyMatch(each -> module.contains(each.strip()));
  }

  /// Whether the code of what is called stands nowhere in the tree.
  private boolean isForeign(Script script, Script.Call call) {
    String module = module(script, call);
    String folder = "/" + module.replaceFirst("[./].*", "") + "/";
    String last = "/" + module.replaceFirst(".*[./]", "");
    return around.stream()
        .map(each -> "/" + each.path())
        .noneMatch(
            path ->
                path.contains(folder) || path.contains(last + "/") || path.contains(last + "."));
  }

  /// The module that what is called is imported from; empty where it is not.
  private static String module(Script script, Script.Call call) {
    return script
        .imports()
        .getOrDefault(call.path().replaceFirst("\\..*", ""), "")
        .replaceFirst("#.*", "");
  }
}
