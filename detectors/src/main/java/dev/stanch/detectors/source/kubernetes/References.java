package dev.stanch.detectors.source.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.source.Leaves;
import dev.stanch.detectors.source.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where an object takes values from Secrets and ConfigMaps: variables, volumes, pull secrets.
public final class References {
  private static final String SECRET = "Secret";
  private static final String CONFIG_MAP = "ConfigMap";

  private final String namespace;
  private final List<Reference> found = new ArrayList<>();

  private References(String namespace) {
    this.namespace = requireNonNull(namespace, "namespace");
  }

  /// A value, or all values, of another object.
  ///
  /// @param name what the value is called there, or what its name begins with
  /// @param key null for all of them
  record Reference(String path, String name, ObjectName other, @Nullable String key) {}

  /// The references of an object in a namespace, as far as they are written in it.
  static List<Reference> of(String namespace, Tree.Mapping object) {
    var references = new References(namespace);
    references.walk("", object);
    return references.found;
  }

  /// Whether an object is given anything of a Secret of its namespace.
  public static boolean toSecret(Tree.Mapping object, String secret) {
    return of("", object).stream()
        .anyMatch(one -> one.other().equals(new ObjectName(SECRET, "", secret)));
  }

  /// Whether another object makes this one, and takes the same values.
  public static boolean controlled(Tree.Mapping object) {
    return object.mapping("metadata").items("ownerReferences").stream()
        .anyMatch(
            one ->
                one instanceof Tree.Mapping owner
                    && owner.text("controller").orElse("").equals("true"));
  }

  private void walk(String path, Tree tree) {
    switch (tree) {
      case Tree.Scalar _ -> {}
      case Tree.Items list -> {
        int number = 0;
        for (Tree item : list.items()) {
          String own = item instanceof Tree.Mapping one ? one.text("name").orElse("") : "";
          walk(Leaves.element(path, own.isEmpty() ? Integer.toString(number) : own), item);
          number++;
        }
      }
      case Tree.Mapping mapping -> {
        at(path, mapping);
        mapping.fields().forEach((name, value) -> walk(Leaves.field(path, name), value));
      }
    }
  }

  private void at(String path, Tree.Mapping at) {
    Tree.Mapping value = at.mapping("valueFrom");
    one(path, at.text("name").orElse(""), SECRET, value.mapping("secretKeyRef"));
    one(path, at.text("name").orElse(""), CONFIG_MAP, value.mapping("configMapKeyRef"));
    for (Tree source : at.items("envFrom")) {
      if (source instanceof Tree.Mapping from) {
        String prefix = from.text("prefix").orElse("");
        String list = Leaves.field(path, "envFrom");
        all(list, prefix, SECRET, from.mapping("secretRef").text("name"));
        all(list, prefix, CONFIG_MAP, from.mapping("configMapRef").text("name"));
      }
    }
    for (Tree source : at.items("imagePullSecrets")) {
      if (source instanceof Tree.Mapping from) {
        all(Leaves.field(path, "imagePullSecrets"), "", SECRET, from.text("name"));
      }
    }
    // Of a volume, and of the parts of a projected one.
    Tree.Mapping secret = at.mapping("secret");
    all(path, "", SECRET, secret.text("secretName").or(() -> secret.text("name")));
    all(path, "", CONFIG_MAP, at.mapping("configMap").text("name"));
  }

  private void one(String path, String name, String kind, Tree.Mapping reference) {
    Optional<String> other = reference.text("name");
    Optional<String> key = reference.text("key");
    if (other.isPresent() && key.isPresent()) {
      found.add(new Reference(path, name, new ObjectName(kind, namespace, other.get()), key.get()));
    }
  }

  private void all(String path, String prefix, String kind, Optional<String> other) {
    if (other.isPresent()) {
      found.add(
          new Reference(
              Leaves.element(path, other.get()),
              prefix,
              new ObjectName(kind, namespace, other.get()),
              null));
    }
  }
}
