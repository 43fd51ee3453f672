package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/// What shows that a provider is used: the rules of its book by the calls and commands they are
/// about, each list in the book's order, and the files that use a client. Not thread-safe.
final class Uses {
  private final List<String> client;
  private final Map<String, List<Book.Rule>> byCall = new HashMap<>();
  private final Map<String, List<Book.Rule>> byProgram = new HashMap<>();
  private final Map<String, List<List<String>>> silent = new HashMap<>(); // by program

  // Asked for each token of a tree.
  private final Map<Code.File, Boolean> clients = new WeakHashMap<>();

  Uses(Book book) {
    this.client = book.client();
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
    return clients.computeIfAbsent(file, each -> client.stream().anyMatch(each.text()::contains));
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
