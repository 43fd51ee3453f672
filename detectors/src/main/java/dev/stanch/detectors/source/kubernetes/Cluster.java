package dev.stanch.detectors.source.kubernetes;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.HostPattern;
import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.source.Tree;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A cluster's API, asked with the caller's own login. Closing leaves the transport open.
public final class Cluster implements AutoCloseable {
  private static final int PER_PAGE = 250;
  private static final int MOST_PAGES = 100_000;

  /// An object takes 1.5 MiB at the most, and some more as JSON: a page of one always fits.
  private static final int LARGEST_PAGE = 16 << 20;

  /// What Kubernetes' own client allows itself, at the most; the server says when it is too much.
  private static final RateLimit PACE = RateLimit.of(50, Duration.ofSeconds(1));

  private final ClusterLogin login;
  private final KubernetesClient client;

  private Cluster(ClusterLogin login, KubernetesClient client) {
    this.login = login;
    this.client = client;
  }

  /// The cluster that a login is for.
  ///
  /// @param allowed hosts that the user's own configuration adds
  /// @param transport made with the login's variables and certificates
  public static Cluster of(
      ClusterLogin login, Collection<HostPattern> allowed, Transport transport) {
    BaseUrl base = login.base();
    // The user's own kubeconfig names it: like a variable, good for the user's own credentials.
    var policy = HostPolicy.of(List.of(), allowed).forOwnCredentials(base);
    var http =
        new Http(
            transport,
            policy,
            Limiter.atFullPace(PACE, Time.system()),
            HttpSettings.usual().withLargestBody(LARGEST_PAGE));
    Config config = login.config();
    config.setUserAgent("");
    return new Cluster(
        login,
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new ClusterHttp.Factory(http, base))
            .build());
  }

  /// Who is asked, and as whom.
  public ClusterLogin login() {
    return login;
  }

  /// Takes objects.
  interface Taker {
    void object(Tree.Mapping object) throws InterruptedException;
  }

  /// Hands over the objects of a kind, page by page.
  ///
  /// @param namespace null for all
  void each(ObjectKind kind, @Nullable String namespace, Taker taker)
      throws ClusterRefusal, InterruptedException {
    var resources = client.genericKubernetesResources(kind.context());
    long limit = PER_PAGE;
    String next = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      var options = new ListOptionsBuilder().withLimit(limit).withContinue(next).build();
      GenericKubernetesResourceList list;
      try {
        list =
            namespace == null
                ? resources.inAnyNamespace().list(options)
                : resources.inNamespace(namespace).list(options);
      } catch (KubernetesClientException e) {
        ClusterRefusal refusal = ClusterRefusal.of(e);
        if (refusal.tooLarge() && limit > 1) {
          limit = Math.max(1, limit / 5);
          continue;
        }
        String rest = expired(e);
        if (rest == null || rest.equals(next)) {
          throw refusal;
        }
        next = rest;
        continue;
      }
      for (GenericKubernetesResource one : list.getItems()) {
        taker.object(tree(one));
      }
      String following = following(list.getMetadata());
      if (following == null) {
        return;
      }
      if (following.equals(next)) {
        break;
      }
      next = following;
    }
    throw ClusterRefusal.endless();
  }

  private static @Nullable String following(@Nullable ListMeta list) {
    String next = list == null ? null : list.getContinue();
    return next == null || next.isEmpty() ? null : next;
  }

  /// A list that took too long to read is gone from the cluster's memory; what it gives instead
  /// goes on with what there is now.
  private static @Nullable String expired(KubernetesClientException failure) {
    return failure.getCode() == 410 && failure.getStatus() != null
        ? following(failure.getStatus().getMetadata())
        : null;
  }

  /// The names of all namespaces.
  List<String> namespaces() throws ClusterRefusal, InterruptedException {
    try {
      return client.namespaces().list().getItems().stream()
          .map(one -> one.getMetadata().getName())
          .toList();
    } catch (KubernetesClientException e) {
      throw ClusterRefusal.of(e);
    }
  }

  /// The objects of a kind in a namespace.
  public List<Tree.Mapping> list(ObjectKind kind, String namespace)
      throws ClusterRefusal, InterruptedException {
    var objects = new ArrayList<Tree.Mapping>();
    each(kind, namespace, objects::add);
    return objects;
  }

  /// An object; empty where there is none.
  public Optional<Tree.Mapping> find(ObjectKind kind, String namespace, String name)
      throws ClusterRefusal, InterruptedException {
    try {
      return Optional.ofNullable(resource(kind, namespace, name).get()).map(this::tree);
    } catch (KubernetesClientException e) {
      throw ClusterRefusal.of(e);
    }
  }

  /// Changes fields of an object: <https://www.rfc-editor.org/rfc/rfc7396>. With the resource
  /// version in it, the cluster refuses with 409 what would undo another's change.
  ///
  /// @return the object as it is then
  public Tree.Mapping patch(ObjectKind kind, String namespace, String name, JsonNode merge)
      throws ClusterRefusal, InterruptedException {
    try {
      GenericKubernetesResource after =
          resource(kind, namespace, name)
              .patch(PatchContext.of(PatchType.JSON_MERGE), merge.toString());
      if (after == null) { // it is looked for first
        throw ClusterRefusal.gone();
      }
      return tree(after);
    } catch (KubernetesClientException e) {
      throw ClusterRefusal.of(e);
    }
  }

  private Resource<GenericKubernetesResource> resource(
      ObjectKind kind, String namespace, String name) {
    return client.genericKubernetesResources(kind.context()).inNamespace(namespace).withName(name);
  }

  private Tree.Mapping tree(GenericKubernetesResource object) {
    Map<?, ?> plain = client.getKubernetesSerialization().convertValue(object, Map.class);
    return mapping(plain);
  }

  private static Tree.Mapping mapping(Map<?, ?> map) {
    var fields = new LinkedHashMap<String, Tree>();
    map.forEach((name, value) -> fields.put(String.valueOf(name), tree(value)));
    return new Tree.Mapping(fields, "", 1);
  }

  private static Tree tree(@Nullable Object value) {
    return switch (value) {
      case null -> new Tree.Scalar(null, "", 1);
      case Map<?, ?> map -> mapping(map);
      case List<?> list -> {
        var items = new ArrayList<Tree>();
        list.forEach(item -> items.add(tree(item)));
        yield new Tree.Items(items, "", 1);
      }
      default -> new Tree.Scalar(requireNonNull(value).toString(), "", 1);
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
