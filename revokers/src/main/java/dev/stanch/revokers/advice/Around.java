package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Code;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The files around a token: those of a tree, which all tokens in it share, with those that hold
/// this one in the place of theirs, and behind them what only its places led to.
final class Around extends AbstractList<Code.File> {
  private final Tree tree;
  private final NavigableMap<Integer, Code.File> instead = new TreeMap<>();
  private final List<Code.File> further = new ArrayList<>();

  /// @param holders the files that the token stands in
  Around(Tree tree, Collection<Code.File> holders) {
    this.tree = tree;
    for (Code.File each : holders) {
      tree.number(each.path()).ifPresentOrElse(i -> instead.put(i, each), () -> further.add(each));
    }
  }

  /// These files, whoever put them together.
  static Around of(List<Code.File> files) {
    if (files instanceof Around around) {
      return around;
    }
    return new Around(
        new Tree(files), files.stream().filter(each -> each.role() == Code.Role.HOLDS).toList());
  }

  @Override
  public Code.File get(int i) {
    int before = tree.files().size();
    Code.File own = instead.get(i);
    return own != null ? own : i < before ? tree.files().get(i) : further.get(i - before);
  }

  @Override
  public int size() {
    return tree.files().size() + further.size();
  }

  /// Those that a script names, as code names what it imports.
  List<Code.File> named(Script script) {
    var named = new ArrayList<Code.File>();
    for (int i : tree.named(script)) {
      named.add(get(i));
    }
    further.stream()
        .filter(each -> Holders.stem(each.path()).filter(script::mentions).isPresent())
        .forEach(named::add);
    return named;
  }

  Tree tree() {
    return tree;
  }

  /// The files that hold the token, by their numbers in the tree.
  Map<Integer, Code.File> instead() {
    return instead;
  }

  /// Those that are of no tree.
  List<Code.File> further() {
    return further;
  }

  /// All that hold it.
  List<Code.File> holders() {
    var all = new ArrayList<>(instead.values());
    all.addAll(further);
    return all;
  }
}
