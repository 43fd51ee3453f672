package dev.stanch.revokers.sink.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.http.TransportException;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.Tree;
import dev.stanch.detectors.source.kubernetes.Cluster;
import dev.stanch.detectors.source.kubernetes.ClusterLogin;
import dev.stanch.detectors.source.kubernetes.ClusterRefusal;
import dev.stanch.detectors.source.kubernetes.ObjectKind;
import dev.stanch.detectors.source.kubernetes.References;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A key of a Secret, written with the resource version that was seen, so that nothing that was
/// written meanwhile is lost. What uses the Secret is then rolled out anew and waited for.
final class KubernetesSink implements Sink {
  private static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  /// A rollout that makes no progress for so long is given up by Kubernetes itself, as a rule.
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final SinkAddress address;
  private final Place place;
  private final ProviderContext context;
  private final Time time;

  /// Where a value is.
  record Place(String context, String namespace, String secret, String key) {
    /// The Secret as commands name it.
    String text() {
      return "Secret " + secret + " in namespace " + namespace;
    }
  }

  KubernetesSink(SinkAddress address, Place place, ProviderContext context, Time time) {
    this.address = requireNonNull(address, "address");
    this.place = requireNonNull(place, "place");
    this.context = requireNonNull(context, "context");
    this.time = requireNonNull(time, "time");
  }

  @Override
  public SinkAddress address() {
    return address;
  }

  /// What is done with the cluster.
  private interface Errand<T> {
    T run(Cluster cluster) throws ClusterRefusal, InterruptedException;
  }

  /// What keeps a cluster from being asked.
  private static final class LackingException extends Exception {
    private static final long serialVersionUID = 1;

    LackingException(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  private <T> T ask(Errand<T> errand)
      throws ClusterRefusal, LackingException, InterruptedException {
    try {
      var login = ClusterLogin.of(context.environment(), Path.of(""), place.context());
      if (!context.http().policy().decide(login.base()).allows()) {
        throw new LackingException(
            "add " + login.base().host() + " to allowed-hosts in the configuration");
      }
      try (var transport = transport(login);
          var cluster = Cluster.of(login, List.of(), transport)) {
        return errand.run(cluster);
      }
    } catch (SourceException | TransportException e) {
      throw new LackingException(String.valueOf(e.getMessage()));
    }
  }

  private Transport transport(ClusterLogin login) throws SourceException, TransportException {
    Optional<SSLContext> tls = login.tls();
    var random = RandomGenerator.getDefault();
    return tls.isPresent()
        ? new Transport(login.variables(), tls.get(), "stanch", time, random)
        : new Transport(login.variables(), "stanch", time, random);
  }

  @Override
  public State look(Value old, @Nullable Value fresh, RevealPermit permit)
      throws InterruptedException {
    try {
      Optional<Tree.Mapping> found =
          ask(cluster -> cluster.find(ObjectKind.SECRET, place.namespace(), place.secret()));
      return found.isEmpty()
          ? new State.Missing("there is no such Secret")
          : state(found.get(), old, fresh, permit);
    } catch (LackingException e) {
      return new State.Unclear(e.reason());
    } catch (ClusterRefusal e) {
      return new State.Unclear(reason(e));
    }
  }

  private State state(Tree.Mapping secret, Value old, @Nullable Value fresh, RevealPermit permit) {
    Optional<String> value = value(secret);
    Optional<String> version = secret.mapping("metadata").text("resourceVersion");
    if (value.isEmpty() || version.isEmpty()) {
      return new State.Missing("the Secret has no key " + place.key());
    }
    String held = value.get().stripTrailing(); // of a file, mostly
    if (held.equals(text(old, permit))) {
      return secret.text("immutable").orElse("").equals("true")
          ? new State.Unclear("the Secret is immutable: make another, and name it in what uses it")
          : new State.HoldsOld(version.get());
    }
    return fresh != null && held.equals(text(fresh, permit))
        ? new State.HoldsNew()
        : new State.HoldsOther(List.of(new Secret(held.getBytes(UTF_8))));
  }

  /// The value of the key, decoded.
  private Optional<String> value(Tree.Mapping secret) {
    try {
      return secret
          .mapping("data")
          .text(place.key())
          .map(text -> new String(Base64.getDecoder().decode(text), UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String text(Value value, RevealPermit permit) {
    return value.secret().reveal(permit, bytes -> new String(bytes, UTF_8));
  }

  @Override
  public Delivery deliver(Value old, Value fresh, State seen, RevealPermit permit)
      throws InterruptedException {
    if (!(seen instanceof State.HoldsOld(String version))) {
      return new Delivery.Changed("it did not hold the old value");
    }
    String replacement = text(fresh, permit);
    try {
      return ask(cluster -> written(cluster, version, text(old, permit), replacement));
    } catch (LackingException e) {
      return new Delivery.Refused(e.reason());
    } catch (ClusterRefusal e) {
      return switch (e.status()) {
        case 404 -> new Delivery.Changed("there is no such Secret any more");
        case 409 -> new Delivery.Changed("it was written meanwhile");
        case 429 -> new Delivery.Limited(null);
        case 400, 401, 403, 405, 415, 422 -> new Delivery.Refused(reason(e));
        default -> new Delivery.Unclear(reason(e));
      };
    }
  }

  private Delivery written(Cluster cluster, String version, String old, String replacement)
      throws ClusterRefusal, InterruptedException {
    Optional<Tree.Mapping> now = cluster.find(ObjectKind.SECRET, place.namespace(), place.secret());
    Optional<String> held = now.flatMap(this::value);
    if (held.isEmpty() || !held.get().stripTrailing().equals(old)) {
      return new Delivery.Changed("it does not hold the old value any more");
    }
    // What stood behind it, a line's end, stays.
    String whole = replacement + held.get().substring(old.length());
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", version);
    patch
        .putObject("data")
        .put(place.key(), Base64.getEncoder().encodeToString(whole.getBytes(UTF_8)));
    Tree.Mapping after = cluster.patch(ObjectKind.SECRET, place.namespace(), place.secret(), patch);
    Optional<String> stands = value(after);
    return stands.isPresent() && stands.get().equals(whole)
        ? new Delivery.Delivered(
            "resource version "
                + after.mapping("metadata").text("resourceVersion").orElse("unknown"))
        : new Delivery.Unclear("the cluster answers with another value than was written");
  }

  @Override
  public Activation activate(RevealPermit permit) throws InterruptedException {
    try {
      return ask(this::rolledOut);
    } catch (LackingException e) {
      return new Activation.Unclear(e.reason());
    } catch (ClusterRefusal e) {
      return e.status() == 401 || e.status() == 403
          ? new Activation.ByHand(
              List.of(
                  "restart what uses " + place.text() + " (kubectl rollout restart): " + reason(e)))
          : new Activation.Unclear(reason(e));
    }
  }

  private Activation rolledOut(Cluster cluster) throws ClusterRefusal, InterruptedException {
    var begun = new ArrayList<Rollout>();
    var byHand = new ArrayList<String>();
    for (ObjectKind kind : Rollout.KINDS) {
      for (Tree.Mapping object : cluster.list(kind, place.namespace())) {
        if (References.toSecret(object, place.secret())) {
          var rollout = new Rollout(kind, place.namespace(), Rollout.name(object));
          Optional<String> obstacle = rollout.obstacle(object);
          if (obstacle.isPresent()) {
            byHand.add(obstacle.get());
          } else {
            begun.add(rollout);
          }
        }
      }
    }
    for (ObjectKind kind : Rollout.LEFT_ALONE) {
      for (Tree.Mapping object : cluster.list(kind, place.namespace())) {
        // What another makes is made anew with it; a job runs on with what it began with.
        boolean alone = kind == ObjectKind.JOB || !References.controlled(object);
        if (alone && References.toSecret(object, place.secret()) && !Rollout.over(object)) {
          byHand.add("start " + kind.kind() + " " + Rollout.name(object) + " anew");
        }
      }
    }
    for (Rollout rollout : begun) {
      cluster.patch(rollout.kind(), rollout.namespace(), rollout.name(), restart());
    }
    Optional<String> stuck = wait(cluster, begun);
    if (stuck.isPresent()) {
      return new Activation.Unclear(stuck.get());
    }
    if (!byHand.isEmpty()) {
      return new Activation.ByHand(byHand);
    }
    return new Activation.Active(
        begun.isEmpty()
            ? "nothing in the namespace is given the Secret"
            : "rolled out: " + String.join(", ", begun.stream().map(Rollout::text).toList()));
  }

  private ObjectNode restart() {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("spec")
        .putObject("template")
        .putObject("metadata")
        .putObject("annotations")
        .put(RESTARTED, time.now().toString());
    return patch;
  }

  /// Waits until all are available.
  ///
  /// @return what is not
  private Optional<String> wait(Cluster cluster, List<Rollout> begun)
      throws ClusterRefusal, InterruptedException {
    long latest = time.nanos() + LONGEST.toNanos();
    for (Rollout rollout : begun) {
      while (true) {
        Optional<Tree.Mapping> object =
            cluster.find(rollout.kind(), rollout.namespace(), rollout.name());
        if (object.isEmpty() || Rollout.available(rollout.kind(), object.get())) {
          break;
        }
        if (Rollout.failed(object.get()) || time.nanos() > latest) {
          return Optional.of(
              rollout.text() + " does not become available: kubectl rollout status says why");
        }
        time.sleep(BETWEEN);
      }
    }
    return Optional.empty();
  }

  private String reason(ClusterRefusal refusal) {
    return switch (refusal.status()) {
      case 401 -> "the cluster does not accept the login of context " + place.context();
      case 403 ->
          "the user of context "
              + place.context()
              + " lacks a right: "
              + KubernetesSinks.LOGIN.right();
      default -> String.valueOf(refusal.getMessage());
    };
  }
}
