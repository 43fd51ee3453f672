package dev.stanch.detectors.source;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value of a YAML or JSON document, with the line where it stands. Aliases are resolved, so that
/// one value may stand under several others: whoever walks a tree of somebody else's counts.
public sealed interface Tree {
  /// The line where the value begins, from 1.
  int line();

  /// The document's own tag of the value, without the exclamation mark; mostly empty.
  String tag();

  /// A scalar as it is written.
  ///
  /// @param text null for none
  record Scalar(@Nullable String text, String tag, int line) implements Tree {
    public Scalar {
      requireNonNull(tag, "tag");
    }
  }

  /// A list.
  record Items(List<Tree> items, String tag, int line) implements Tree {
    public Items {
      items = List.copyOf(items);
      requireNonNull(tag, "tag");
    }
  }

  /// A mapping, in the order of the document.
  record Mapping(Map<String, Tree> fields, String tag, int line) implements Tree {
    public Mapping {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
      requireNonNull(tag, "tag");
    }

    /// The field of this name that is a mapping; an empty one where there is none.
    public Mapping mapping(String name) {
      return fields.get(name) instanceof Mapping mapping
          ? mapping
          : new Mapping(Map.of(), "", line);
    }

    /// The field of this name that is a list; an empty one where there is none.
    public List<Tree> items(String name) {
      return fields.get(name) instanceof Items list ? list.items() : List.of();
    }

    /// The field of this name that is a scalar with a text.
    public Optional<String> text(String name) {
      return Tree.text(fields.get(name));
    }
  }

  /// The text of a scalar that has one.
  static Optional<String> text(@Nullable Tree tree) {
    return tree instanceof Scalar scalar ? Optional.ofNullable(scalar.text()) : Optional.empty();
  }
}
