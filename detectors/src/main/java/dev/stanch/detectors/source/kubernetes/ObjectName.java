package dev.stanch.detectors.source.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.source.Tree;

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

  /// Namespace, where there is one, kind and name.
  String path() {
    return (namespace.isEmpty() ? "" : namespace + "/") + kind + "/" + name;
  }
}
