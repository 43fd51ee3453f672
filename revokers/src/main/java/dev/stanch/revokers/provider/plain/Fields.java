package dev.stanch.revokers.provider.plain;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.rule.YamlTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of one mapping of a descriptor. Remembers what was asked for, so that [#finish] can
/// name what nobody knows.
final class Fields {
  private final YamlTree.Mapping mapping;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  /// The mistakes of one file.
  static final class Problems {
    private final String file;
    private final List<DescriptorProblem> found = new ArrayList<>();

    Problems(String file) {
      this.file = file;
    }

    void add(int line, String message) {
      found.add(new DescriptorProblem(file, line, message));
    }

    List<DescriptorProblem> all() {
      return Collections.unmodifiableList(found);
    }
  }

  Fields(YamlTree.Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  int line() {
    return mapping.line();
  }

  int line(String name) {
    YamlTree value = mapping.fields().get(name);
    return value == null ? mapping.line() : value.line();
  }

  Set<String> names() {
    return mapping.fields().keySet();
  }

  void problem(String name, String message) {
    problems.add(line(name), message);
  }

  boolean has(String name) {
    known.add(name);
    return mapping.fields().containsKey(name);
  }

  /// Names every field that nobody asked for.
  void finish() {
    for (String name : mapping.fields().keySet()) {
      if (!known.contains(name)) {
        problem(name, "unknown field '" + name + "'; here go " + String.join(", ", known));
      }
    }
  }

  @Nullable YamlTree tree(String name) {
    known.add(name);
    return mapping.fields().get(name);
  }

  Optional<String> optional(String name) {
    return switch (tree(name)) {
      case null -> Optional.empty();
      case YamlTree.Scalar(String text, _) -> Optional.of(text);
      case YamlTree.Items _, YamlTree.Mapping _ -> {
        problem(name, "'" + name + "' is one text");
        yield Optional.empty();
      }
    };
  }

  String text(String name, String otherwise) {
    return optional(name).orElse(otherwise);
  }

  String needed(String name) {
    String text = text(name, "");
    if (text.isBlank()) {
      problem(name, "no '" + name + "'");
    }
    return text;
  }

  /// One text, or a list of them.
  List<String> texts(String name) {
    return switch (tree(name)) {
      case null -> List.of();
      case YamlTree.Scalar(String text, _) -> List.of(text);
      case YamlTree.Items(var items, _) -> {
        var texts = new ArrayList<String>();
        for (YamlTree item : items) {
          if (item instanceof YamlTree.Scalar(String text, _)) {
            texts.add(text);
          } else {
            problems.add(item.line(), "'" + name + "' holds texts");
          }
        }
        yield texts;
      }
      case YamlTree.Mapping _ -> {
        problem(name, "'" + name + "' is a text or a list of texts");
        yield List.of();
      }
    };
  }

  int number(String name, int otherwise) {
    Optional<String> text = optional(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.get().matches("\\d{1,9}")) {
      problem(name, "'" + name + "' is a whole number");
      return otherwise;
    }
    return Integer.parseInt(text.get());
  }

  Optional<Fields> mapping(String name) {
    return switch (tree(name)) {
      case null -> Optional.empty();
      case YamlTree.Mapping mapping -> Optional.of(new Fields(mapping, problems));
      case YamlTree.Items _, YamlTree.Scalar _ -> {
        problem(name, "'" + name + "' is a mapping");
        yield Optional.empty();
      }
    };
  }

  /// A list of mappings; a lone mapping is a list of one.
  List<Fields> mappings(String name) {
    return switch (tree(name)) {
      case null -> List.of();
      case YamlTree.Mapping mapping -> List.of(new Fields(mapping, problems));
      case YamlTree.Scalar _ -> {
        problem(name, "'" + name + "' is a list of mappings");
        yield List.of();
      }
      case YamlTree.Items(var items, _) -> {
        var all = new ArrayList<Fields>();
        for (YamlTree item : items) {
          if (item instanceof YamlTree.Mapping mapping) {
            all.add(new Fields(mapping, problems));
          } else {
            problems.add(item.line(), "an element of '" + name + "' is a mapping");
          }
        }
        yield all;
      }
    };
  }

  /// Every field as trees, all of them known.
  Map<String, YamlTree> open() {
    known.addAll(mapping.fields().keySet());
    return mapping.fields();
  }

  /// A mapping of texts, in order.
  Map<String, String> map(String name) {
    var map = new LinkedHashMap<String, String>();
    mapping(name)
        .ifPresent(
            fields -> {
              for (String key : fields.open().keySet()) {
                map.put(key, fields.text(key, ""));
              }
            });
    return map;
  }

  /// One of an enum's names, lower case with hyphens.
  <E extends Enum<E>> E oneOf(String name, E[] all, E otherwise) {
    Optional<String> text = optional(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    var names = new ArrayList<String>();
    for (E each : all) {
      String label = label(each);
      if (label.equals(text.get())) {
        return each;
      }
      names.add(label);
    }
    problem(name, "'" + name + "' is one of " + String.join(", ", names));
    return otherwise;
  }

  static String label(Enum<?> each) {
    return requireNonNull(each, "each").name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
