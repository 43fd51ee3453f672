package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The code around a token: what an [Adviser] reads to see how the token is used.
///
/// @param names the variables, settings and keys that the token is assigned to
/// @param files the code of the tree that the token stands in, whether it uses the token or not.
///   The list is not copied, as all tokens of a tree share most of it: it must never change
/// @param further the same of other trees that it stands in, by their names: a file of one says
///   nothing about those of another
public record Code(Set<String> names, List<File> files, SortedMap<String, Code> further) {
  /// Stands in the texts where the token stood.
  public static final String TOKEN = "‹token›";

  /// Nothing to read.
  public static final Code NONE = new Code(Set.of(), List.of());

  public Code {
    names = Set.copyOf(names);
    requireNonNull(files, "files");
    further = Collections.unmodifiableSortedMap(new TreeMap<>(further));
  }

  /// That of one tree.
  public Code(Set<String> names, List<File> files) {
    this(names, files, Collections.emptySortedMap());
  }

  /// The same with other trees.
  public Code with(SortedMap<String, Code> trees) {
    return new Code(names, files, trees);
  }

  /// The names under which any of its trees has the token.
  public Set<String> allNames() {
    var all = new TreeSet<>(names);
    further.values().forEach(tree -> all.addAll(tree.allNames()));
    return all;
  }

  /// A file of it.
  ///
  /// @param path from the tree's root, with `/`
  /// @param text with [#TOKEN] in the token's place; it may hold others: nothing of it belongs into
  ///   an output but names and resources
  public record File(String path, String text, Role role) {
    public File {
      requireNonNull(path, "path");
      requireNonNull(text, "text");
      requireNonNull(role, "role");
    }
  }

  /// What a file has to do with the token.
  public enum Role {
    /// The token stands in it.
    HOLDS,
    /// It is of the same tree.
    BESIDE
  }
}
