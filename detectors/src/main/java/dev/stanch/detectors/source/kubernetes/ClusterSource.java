package dev.stanch.detectors.source.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The objects of a cluster, of some namespaces or of all. A kind that whoever asks may not list is
/// a skip.
public final class ClusterSource implements Source {
  private final Cluster cluster;
  private final List<String> namespaces;

  private ClusterSource(Cluster cluster, List<String> namespaces) {
    this.cluster = requireNonNull(cluster, "cluster");
    this.namespaces = List.copyOf(namespaces);
  }

  /// A source of these namespaces.
  public static ClusterSource of(Cluster cluster, List<String> namespaces) {
    return new ClusterSource(cluster, namespaces);
  }

  /// A source of all namespaces.
  public static ClusterSource ofAll(Cluster cluster) {
    return new ClusterSource(cluster, List.of());
  }

  @Override
  public String label() {
    String context = cluster.login().context();
    return namespaces.isEmpty() ? context : context + "/" + String.join(", ", namespaces);
  }

  @Override
  public void enumerate(SourceSink sink) throws SourceException, InterruptedException {
    var texts = new ObjectTexts(sink);
    String root = ObjectName.cluster(cluster.login().context());
    if (namespaces.isEmpty()) {
      everywhere(root, texts, sink);
    }
    for (String namespace : namespaces) {
      for (ObjectKind kind : ObjectKind.values()) {
        list(root, kind, namespace, texts, sink);
      }
    }
    texts.references();
  }

  private void everywhere(String root, ObjectTexts texts, SourceSink sink)
      throws SourceException, InterruptedException {
    List<String> known = null;
    for (ObjectKind kind : ObjectKind.values()) {
      try {
        take(root, kind, null, texts);
      } catch (ClusterRefusal e) {
        if (e.forbidden()) {
          // Rights are given by namespace more often than for all.
          known = known == null ? namespaces() : known;
          for (String namespace : known) {
            list(root, kind, namespace, texts, sink);
          }
          if (!known.isEmpty()) {
            continue;
          }
        }
        refused(root, kind, "*", e, sink);
      }
    }
  }

  private List<String> namespaces() throws SourceException, InterruptedException {
    try {
      return new ArrayList<>(cluster.namespaces());
    } catch (ClusterRefusal e) {
      if (e.badCredential()) {
        throw explained(e);
      }
      return List.of();
    }
  }

  private void list(
      String root, ObjectKind kind, String namespace, ObjectTexts texts, SourceSink sink)
      throws SourceException, InterruptedException {
    try {
      take(root, kind, namespace, texts);
    } catch (ClusterRefusal e) {
      refused(root, kind, namespace, e, sink);
    }
  }

  private void take(String root, ObjectKind kind, @Nullable String namespace, ObjectTexts texts)
      throws ClusterRefusal, InterruptedException {
    cluster.each(
        kind,
        namespace,
        object -> {
          var name = ObjectName.of(object, kind.kind());
          texts.object(root + "/" + name.path(), "", "", name, object);
        });
  }

  private void refused(
      String root, ObjectKind kind, String namespace, ClusterRefusal refusal, SourceSink sink)
      throws SourceException {
    if (refusal.badCredential()) {
      throw explained(refusal);
    }
    if (refusal.unanswered() && kind == ObjectKind.SECRET) { // the first, so none is answered
      throw new SourceException(
          "no answer from the cluster of context "
              + cluster.login().context()
              + ": "
              + refusal.getMessage(),
          "choose another with --context, or name manifests with --file",
          refusal);
    }
    String container = root + "/" + namespace;
    if (refusal.missing()) {
      sink.skip(
          new Skip(
              Skip.Kind.EXCLUDED, container, kind.plural(), "a kind that this cluster has not"));
      return;
    }
    sink.skip(
        new Skip(
            Skip.Kind.SKIPPED,
            container,
            kind.plural(),
            refusal.forbidden()
                ? "not shown to the user of context " + cluster.login().context()
                : "not told: " + refusal.getMessage()));
  }

  private SourceException explained(ClusterRefusal refusal) {
    return new SourceException(
        "the cluster does not accept the login of context " + cluster.login().context(),
        "log in again, or choose another with --context",
        refusal);
  }
}
