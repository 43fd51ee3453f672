package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;

/// What shows that a provider is used: the rules of its book by the calls and commands they are
/// about, each list in the book's order, and the files that use a client. Not thread-safe.
final class Uses {
  /// Programs that take an address without saying it whole.
  private static final Set<String> OF_PATHS = Set.of("gh", "git");

  private final List<String> client;
  private final Map<String, List<Book.Rule>> byCall = new HashMap<>();
  private final Map<String, List<Book.Rule>> byProgram = new HashMap<>();
  private final Map<String, List<List<String>>> silent = new HashMap<>(); // by program
  private final Clients.Maker maker;

  // Asked for each token of a tree.
  private final Map<Tree, BitSet> clients = new WeakHashMap<>();
  private final Map<Tree, List<Made>> made = new WeakHashMap<>();
  private final Map<Script, List<Command>> asking = new WeakHashMap<>();

  /// A client that a file makes, by its type.
  private record Made(int file, String type) {}

  Uses(Book book) {
    this.client = book.client();
    this.maker = new Clients.Maker(book.clients().made());
    for (Book.Rule rule : book.uses()) {
      for (String call : rule.calls()) {
        add(byCall, last(call, '.'), rule);
      }
      for (String command : rule.commands()) {
        add(byProgram, last(command.split(" ", 2)[0], '/'), rule);
      }
    }
    for (String command : book.clients().silent()) {
      List<String> words = List.of(command.split(" ", -1));
      if (words.size() > 1) {
        silent.computeIfAbsent(last(words.getFirst(), '/'), _ -> new ArrayList<>()).add(words);
      }
    }
  }

  private static void add(Map<String, List<Book.Rule>> rules, String name, Book.Rule rule) {
    List<Book.Rule> same = rules.computeIfAbsent(name, _ -> new ArrayList<>());
    if (same.isEmpty() || !same.getLast().equals(rule)) {
      same.add(rule);
    }
  }

  private static String last(String path, char separator) {
    return path.substring(path.lastIndexOf(separator) + 1);
  }

  /// Whether a file uses a client.
  boolean isClient(Code.File file) {
    return client.stream().anyMatch(file.text()::contains);
  }

  /// The files of a tree that use one.
  BitSet clients(Tree tree) {
    return clients.computeIfAbsent(tree, each -> each.whichOf(this::isClient));
  }

  /// The clients that the programs around a token make, by their types: whether each is made once.
  Map<String, Boolean> made(Around around) {
    var types = new ArrayList<String>();
    for (Made each : made.computeIfAbsent(around.tree(), this::made)) {
      if (!around.instead().containsKey(each.file())) {
        types.add(each.type());
      }
    }
    for (Code.File each : around.holders()) {
      if (Tree.isProgram(each.path()) && isClient(each)) {
        types.addAll(maker.types(each.text()));
      }
    }
    var once = new TreeMap<String, Boolean>();
    types.forEach(type -> once.put(type, !once.containsKey(type)));
    return once;
  }

  /// The clients that a script makes, by their types.
  List<String> made(Script script) {
    return maker.types(script.text());
  }

  private List<Made> made(Tree tree) {
    var programs = (BitSet) tree.programs().clone();
    programs.and(clients(tree));
    return programs.stream()
        .boxed()
        .flatMap(
            i -> maker.types(tree.files().get(i).text()).stream().map(type -> new Made(i, type)))
        .toList();
  }

  /// The commands of a script that a rule may be about, and those that may name an address.
  List<Command> asking(Script script) {
    return asking.computeIfAbsent(
        script, each -> each.shell().commands().stream().filter(this::mayAsk).toList());
  }

  private boolean mayAsk(Command command) {
    return OF_PATHS.contains(command.program())
        || !ofCommand(command.words().getFirst()).isEmpty()
        || command.words().stream().anyMatch(each -> each.contains("//") || each.startsWith("$"));
  }

  /// Those about calls of this name.
  List<Book.Rule> ofCall(String name) {
    return byCall.getOrDefault(name, List.of());
  }

  /// Those about commands of this program, which may be named with its folder.
  List<Book.Rule> ofCommand(String program) {
    return byProgram.getOrDefault(last(program, '/'), List.of());
  }

  /// Whether a command asks the provider nothing.
  boolean isSilent(Command command) {
    return silent.getOrDefault(command.program(), List.of()).stream()
        .anyMatch(words -> command.behind(words).isPresent());
  }
}
