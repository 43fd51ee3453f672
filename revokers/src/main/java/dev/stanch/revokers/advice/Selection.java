package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Selects the files of a tree that may use a token: those that name it, those that name such files
/// or are named by them, and those that are handed a client.
final class Selection {
  private static final int MOST_FILES = 2000;
  private static final int MOST_HOPS = 2;

  private final Uses uses;
  private final Scripts kept;
  private final Constants constants;
  private final Holders holders;
  private final Clients clients;
  private final Around around;
  private final Tree tree;
  private final BitSet left; // the numbers of files that were not taken
  private final List<Script> scripts = new ArrayList<>();
  private final Set<Script> untied = new HashSet<>(); // those that may be handed another's client
  private final Set<Script> reached = new HashSet<>(); // those that only name files that use it

  /// @param constants learns the names of what is selected, and of settings
  /// @param names what the token is called
  Selection(
      Uses uses,
      Scripts kept,
      Constants constants,
      Holders holders,
      Clients clients,
      Set<String> names,
      Around around) {
    this.uses = uses;
    this.kept = kept;
    this.constants = constants;
    this.holders = holders;
    this.clients = clients;
    this.around = around;
    this.tree = around.tree();
    this.left = (BitSet) tree.read().clone();
    left.andNot(madeUp(names));
    around.further().stream()
        .filter(file -> Syntax.of(file.path()).isPresent())
        .forEach(file -> scripts.add(read(file)));
    int known;
    do { // another name that a file gives the token leads to other files
      known = holders.known();
      use();
    } while ((holders.learn() || holders.known() > known) && scripts.size() < MOST_FILES);
    reach();
    inject();
    BitSet settings = settings();
    settings.and(left);
    settings.stream().forEach(i -> read(around.get(i)));
    constants.bind();
  }

  /// Those that may use it, in the order in which they were found.
  List<Script> scripts() {
    return scripts;
  }

  /// Whether a file only names files that use the token.
  boolean isOnlyReached(Script script) {
    return reached.contains(script);
  }

  /// Whether a file is handed a client that may be this token's or another's.
  boolean isUntied(Script script) {
    return untied.contains(script);
  }

  /// Whether a file uses the token itself.
  boolean isOurs(Script script) {
    return scripts.contains(script) && !reached.contains(script);
  }

  /// The tests that read no token: what they ask is as made up as what they hand.
  private BitSet madeUp(Set<String> names) {
    var madeUp = (BitSet) tree.tests().clone();
    around.instead().keySet().forEach(madeUp::clear);
    for (String name : names) {
      IntStream.of(tree.mentioning(name))
          .filter(madeUp::get)
          .filter(i -> reads(around.get(i).text(), name))
          .forEach(madeUp::clear);
    }
    return madeUp;
  }

  private static boolean reads(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      if (at > 0 && Texts.isWordPart(text.charAt(at - 1))
          || end < text.length() && Texts.isWordPart(text.charAt(end))) {
        continue;
      }
      while (end < text.length() && "\"'] ".indexOf(text.charAt(end)) >= 0) {
        end++;
      }
      boolean assigned =
          end < text.length()
              && "=:,".indexOf(text.charAt(end)) >= 0
              && !text.startsWith("==", end);
      if (!assigned) {
        return true;
      }
    }
    return false;
  }

  private Script read(Code.File file) {
    Script script = kept.of(file);
    constants.add(script);
    return script;
  }

  private Script take(int number) {
    Script script = read(around.get(number));
    scripts.add(script);
    left.clear(number);
    return script;
  }

  /// Takes what uses the token by the names that are known.
  private void use() {
    BitSet using = using();
    for (int i = using.nextSetBit(0); i >= 0; i = using.nextSetBit(i + 1)) {
      int known = holders.known();
      if (around.instead().containsKey(i)
          || !tree.classes().get(i)
          || holders.uses(around.get(i))) {
        take(i);
      }
      if (holders.known() > known) {
        using = using();
      }
    }
  }

  private BitSet using() {
    BitSet using = holders.using(tree);
    around.instead().keySet().forEach(using::set);
    using.and(left);
    return using;
  }

  /// Takes the code that a client may be handed to: what files that use the token name, and what
  /// names those.
  private void reach() {
    for (int hop = 0; hop < MOST_HOPS; hop++) {
      BitSet next = holders.taking(tree);
      scripts.forEach(script -> beside(script).forEach(next::set));
      next.and(left);
      next.andNot(tree.tests());
      next.stream().mapToObj(this::take).filter(each -> !Hcl.is(each.path())).forEach(reached::add);
    }
  }

  /// Of two files of code one names the other; a script is read by others.
  private IntStream beside(Script script) {
    return switch (script.syntax()) {
      case LINES -> tree.sourcing(script.name()).stream().mapToInt(i -> i);
      case PYTHON, BRACES -> {
        IntStream naming =
            IntStream.of(script.stem().isEmpty() ? new int[0] : tree.mentioning(script.stem()));
        IntStream module = tree.ofModule(script.path()).stream().mapToInt(i -> i);
        yield IntStream.concat(
            IntStream.concat(IntStream.of(tree.named(script)), naming).filter(tree.code()::get),
            module);
      }
      case DATA -> IntStream.empty();
    };
  }

  /// Takes the code that is handed a client by what wires the program together: that of a tree in
  /// which one client of a type is made, with the token. Of several nobody can tell which one.
  private void inject() {
    var here = new HashSet<String>();
    scripts.stream().filter(clients::isMadeIn).forEach(each -> here.addAll(uses.made(each)));
    if (!here.isEmpty()) {
      uses.made(around)
          .forEach(
              (type, once) -> {
                if (here.contains(type)) {
                  inject(type, once);
                }
              });
    }
  }

  private void inject(String type, boolean once) {
    if (once) {
      reached.removeIf(script -> script.isCode() && Clients.names(type).anyMatch(script::mentions));
    }
    var naming = new BitSet();
    Clients.names(type)
        .flatMapToInt(each -> IntStream.of(tree.mentioning(each)))
        .forEach(naming::set);
    naming.and(left);
    naming.and(tree.programs());
    naming.stream()
        .mapToObj(this::take)
        .filter(each -> !once && !clients.isMadeIn(each))
        .forEach(untied::add);
  }

  /// Those that hold values of variables, and those that files which use the token name, as those
  /// do that import them.
  private BitSet settings() {
    var settings = (BitSet) tree.settings().clone();
    scripts.forEach(script -> IntStream.of(tree.named(script)).forEach(settings::set));
    return settings;
  }
}
