package dev.stanch.revokers.sink.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.source.Tree;
import dev.stanch.detectors.source.kubernetes.ObjectKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Something whose pods are replaced one by one. What counts as done is what `kubectl rollout
/// status` waits for:
/// <https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status>.
record Rollout(ObjectKind kind, String namespace, String name) {
  /// What can be rolled out.
  static final List<ObjectKind> KINDS =
      List.of(ObjectKind.DEPLOYMENT, ObjectKind.STATEFUL_SET, ObjectKind.DAEMON_SET);

  /// What runs and is nobody's to restart without a person.
  static final List<ObjectKind> LEFT_ALONE =
      List.of(
          ObjectKind.POD,
          ObjectKind.JOB,
          ObjectKind.REPLICA_SET,
          ObjectKind.REPLICATION_CONTROLLER);

  Rollout {
    requireNonNull(kind, "kind");
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
  }

  static String name(Tree.Mapping object) {
    return object.mapping("metadata").text("name").orElse("");
  }

  /// As commands name it.
  String text() {
    return kind.kind().toLowerCase(Locale.ROOT) + "/" + name;
  }

  /// Why a person has to restart it, if so.
  Optional<String> obstacle(Tree.Mapping object) {
    Tree.Mapping spec = object.mapping("spec");
    if (spec.text("paused").orElse("").equals("true")) {
      return Optional.of("resume " + text() + ", which is paused, and restart it");
    }
    if (spec.mapping("updateStrategy").text("type").orElse("").equals("OnDelete")) {
      return Optional.of("delete the pods of " + text() + ", which is updated by that alone");
    }
    return Optional.empty();
  }

  /// Whether something that runs once has run.
  static boolean over(Tree.Mapping object) {
    Tree.Mapping status = object.mapping("status");
    return List.of("Succeeded", "Failed").contains(status.text("phase").orElse(""))
        || status.text("completionTime").isPresent()
        || status.items("conditions").stream()
            .anyMatch(
                one ->
                    one instanceof Tree.Mapping condition
                        && condition.text("type").orElse("").equals("Failed")
                        && condition.text("status").orElse("").equals("True"));
  }

  /// Whether Kubernetes gave it up.
  static boolean failed(Tree.Mapping object) {
    return object.mapping("status").items("conditions").stream()
        .anyMatch(
            one ->
                one instanceof Tree.Mapping condition
                    && condition.text("reason").orElse("").equals("ProgressDeadlineExceeded"));
  }

  /// Whether all of its pods are of the newest template, and available.
  static boolean available(ObjectKind kind, Tree.Mapping object) {
    Tree.Mapping status = object.mapping("status");
    if (number(status, "observedGeneration", 0)
        < number(object.mapping("metadata"), "generation", 0)) {
      return false;
    }
    if (kind == ObjectKind.DAEMON_SET) {
      long wanted = number(status, "desiredNumberScheduled", 0);
      return number(status, "updatedNumberScheduled", 0) >= wanted
          && number(status, "numberAvailable", 0) >= wanted;
    }
    long wanted = number(object.mapping("spec"), "replicas", 1);
    long updated = number(status, "updatedReplicas", 0);
    String ready = kind == ObjectKind.DEPLOYMENT ? "availableReplicas" : "readyReplicas";
    return updated >= wanted
        && number(status, "replicas", 0) <= updated
        && number(status, ready, 0) >= wanted;
  }

  private static long number(Tree.Mapping at, String field, long otherwise) {
    try {
      return at.text(field).map(Long::parseLong).orElse(otherwise);
    } catch (NumberFormatException _) {
      return otherwise;
    }
  }
}
