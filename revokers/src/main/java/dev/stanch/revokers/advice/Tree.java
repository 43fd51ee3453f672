package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The files of a tree, by their numbers, and what can be told of them whatever token is asked
/// about: told once for all tokens in it. Not thread-safe.
final class Tree {
  private final List<Code.File> files;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, List<Integer>> byName = new HashMap<>();
  private final BitSet read = new BitSet();
  private final BitSet code = new BitSet();
  private final BitSet programs = new BitSet();
  private final BitSet tests = new BitSet();
  private final BitSet settings = new BitSet();
  private final Map<Script, int[]> named = new WeakHashMap<>();
  private @Nullable Words words;
  private @Nullable Map<Integer, List<Integer>> byStem;
  private @Nullable Map<String, List<Integer>> sourcing;
  private @Nullable BitSet takers;
  private @Nullable BitSet classes;

  Tree(List<Code.File> files) {
    this.files = List.copyOf(files);
    for (int i = 0; i < files.size(); i++) {
      String path = files.get(i).path();
      String name = path.substring(path.lastIndexOf('/') + 1);
      numbers.put(path, i);
      byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(i);
      Optional<Syntax> syntax = Syntax.of(path);
      read.set(i, syntax.isPresent());
      code.set(i, isCode(path));
      tests.set(i, syntax.isPresent() && Parameters.isTest(path));
      programs.set(i, code.get(i) && !tests.get(i));
      settings.set(i, syntax.isPresent() && isSettings(name));
    }
  }

  /// Whether a file of this name holds values of variables.
  private static boolean isSettings(String name) {
    return name.startsWith(".env")
        || name.contains("ocker")
        || name.contains("compose")
        || Constants.isOfProgram(name);
  }

  private static boolean isCode(String path) {
    return Syntax.of(path).filter(Syntax::isCode).isPresent();
  }

  /// Whether a file is code and no test.
  static boolean isProgram(String path) {
    return isCode(path) && !Parameters.isTest(path);
  }

  List<Code.File> files() {
    return files;
  }

  /// The number of the file of a path.
  Optional<Integer> number(String path) {
    return Optional.ofNullable(numbers.get(path));
  }

  /// The files of a name, in any folder.
  List<Integer> named(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /// Those that are read: no prose, data, pictures.
  BitSet read() {
    return read;
  }

  /// Those in which things are called.
  BitSet code() {
    return code;
  }

  /// Those of code that are no tests.
  BitSet programs() {
    return programs;
  }

  BitSet tests() {
    return tests;
  }

  /// Those that hold values of variables.
  BitSet settings() {
    return settings;
  }

  /// Those that mention a word.
  int[] mentioning(String word) {
    if (words == null) {
      words = new Words(files);
    }
    return words.mentioning(word);
  }

  /// Those that have classes of settings.
  BitSet classes() {
    if (classes == null) {
      classes = whichOf(file -> file.text().contains(Holders.SETTINGS));
    }
    return classes;
  }

  /// The manifests that take an environment from others.
  BitSet takers() {
    if (takers == null) {
      takers = whichOf(Holders::isTaker);
    }
    return takers;
  }

  /// Those that fit.
  BitSet whichOf(Predicate<Code.File> fits) {
    var which = new BitSet();
    for (int i = 0; i < files.size(); i++) {
      which.set(i, fits.test(files.get(i)));
    }
    return which;
  }

  /// Those of Terraform that are of one module with a file.
  List<Integer> ofModule(String path) {
    return Hcl.is(path)
        ? read.stream().boxed().filter(i -> Hcl.isOneModule(path, files.get(i).path())).toList()
        : List.of();
  }

  /// Those that read a file of this name as a shell does.
  List<Integer> sourcing(String name) {
    if (sourcing == null) {
      sourcing = new HashMap<>();
      for (int i = read.nextSetBit(0); i >= 0; i = read.nextSetBit(i + 1)) {
        if (Syntax.of(files.get(i).path()).orElseThrow() == Syntax.LINES) {
          for (String each : Functions.sourced(files.get(i).text())) {
            sourcing.computeIfAbsent(each, _ -> new ArrayList<>()).add(i);
          }
        }
      }
    }
    return sourcing.getOrDefault(name, List.of());
  }

  /// Those that a script names, as code names what it imports.
  int[] named(Script script) {
    return named.computeIfAbsent(script, this::namedBy);
  }

  private int[] namedBy(Script script) {
    if (byStem == null) {
      byStem = new HashMap<>();
      for (int i = read.nextSetBit(0); i >= 0; i = read.nextSetBit(i + 1)) {
        int[] hashes = Words.hashes(Holders.stem(files.get(i).path()).orElse(""));
        if (hashes.length > 0) {
          byStem.computeIfAbsent(hashes[0], _ -> new ArrayList<>()).add(i);
        }
      }
    }
    var all = new BitSet();
    for (int hash : script.words()) {
      for (int i : byStem.getOrDefault(hash, List.of())) {
        all.set(i, script.mentions(Holders.stem(files.get(i).path()).orElseThrow()));
      }
    }
    return all.stream().toArray();
  }
}
