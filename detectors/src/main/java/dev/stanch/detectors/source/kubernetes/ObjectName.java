package dev.stanch.detectors.source.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.source.Tree;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an object is called.
///
/// @param namespace empty where it tells none
record ObjectName(String kind, String namespace, String name) {
  ObjectName {
    requireNonNull(kind, "kind");
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
  }

  /// The name that an object tells.
  ///
  /// @param kind of the list that it stands in, whose elements tell none
  static ObjectName of(Tree.Mapping object, String kind) {
    Tree.Mapping metadata = object.mapping("metadata");
    return new ObjectName(
        object.text("kind").orElse(kind),
        metadata.text("namespace").orElse(""),
        metadata.text("name").or(() -> metadata.text("generateName")).orElse(""));
  }

  /// How places name a cluster, and what it is read from again.
  static String cluster(String context) {
    return ObjectTexts.CONTAINER + context;
  }

  /// Namespace, kind and name, as far as it tells them.
  String path() {
    return Stream.of(namespace, kind, name)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("/"));
  }
}
