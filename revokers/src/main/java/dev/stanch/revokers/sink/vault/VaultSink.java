package dev.stanch.revokers.sink.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Method;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.sink.StoreAnswers;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A field of a secret. Written by check-and-set, so that nothing that was written meanwhile is
/// lost; whose policy lets nobody read it, by the version that its metadata names.
final class VaultSink implements Sink {
  /// Keeps numbers as they are written.
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final SinkAddress address;
  private final String path;
  private final String field;
  private final ProviderContext context;

  /// @param path of the secret, with that of its engine before it
  VaultSink(SinkAddress address, String path, String field, ProviderContext context) {
    this.address = requireNonNull(address, "address");
    this.path = path;
    this.field = field;
    this.context = context;
  }

  @Override
  public SinkAddress address() {
    return address;
  }

  /// Where the secret is, and with what it is asked for.
  ///
  /// @param mount path of its engine
  /// @param name path of it there
  private record Server(BaseUrl base, String token, String mount, String name) {
    Request of(Method method, String part, ProviderContext context) {
      // Their segments are values, their slashes are not.
      String places =
          "{}/".repeat(segments(mount).length) + part + "/{}".repeat(segments(name).length);
      String[] values = new String[segments(mount).length + segments(name).length];
      System.arraycopy(segments(mount), 0, values, 0, segments(mount).length);
      System.arraycopy(segments(name), 0, values, segments(mount).length, segments(name).length);
      return authorised(Request.of(method, base, "/v1/" + places, values), token, context);
    }

    @Override
    public String toString() {
      return "Server[" + base + "]";
    }
  }

  private static String[] segments(String path) {
    return path.split("/", -1);
  }

  private static Request authorised(Request request, String token, ProviderContext context) {
    Request with = request.header("X-Vault-Token", token);
    String namespace = context.environment().getOrDefault("VAULT_NAMESPACE", "");
    return namespace.isBlank() ? with : with.header("X-Vault-Namespace", namespace.strip());
  }

  /// Something that is not so.
  private static final class LackingException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient State state;

    LackingException(State state) {
      super(null, null, false, false);
      this.state = state;
    }
  }

  private Server server(RevealPermit permit) throws LackingException, InterruptedException {
    Optional<Secret> token = context.credentials().find(VaultSinks.TOKEN);
    if (token.isEmpty()) {
      throw new LackingException(StoreAnswers.lacking(VaultSinks.TOKEN));
    }
    String credential = text(token.get(), permit);
    BaseUrl base;
    try {
      base = BaseUrl.parse(context.environment().getOrDefault("VAULT_ADDR", ""));
    } catch (BadUrlException e) {
      throw new LackingException(
          new State.Unclear("VAULT_ADDR has to name the server: " + e.getMessage()));
    }
    String[] all = segments(path);
    Request asked = Request.get(base, "/v1/sys/internal/ui/mounts" + "/{}".repeat(all.length), all);
    Outcome outcome = context.http().send(authorised(asked, credential, context));
    if (!(outcome instanceof Answer answer)) {
      throw new LackingException(StoreAnswers.unread(outcome, VaultSinks.TOKEN));
    }
    String mount = answer.value("data.path").orElse("").replaceFirst("/$", "");
    if (answer.status() == 200 && path.startsWith(mount + "/")) {
      if (!answer.value("data.options.version").orElse("1").equals("2")) {
        throw new LackingException(
            new State.Unclear(
                "the engine at "
                    + mount
                    + " is no key-value engine of version 2, so a write could"
                    + " undo another"));
      }
      return new Server(base, credential, mount, path.substring(mount.length() + 1));
    }
    // Some policies hide where engines are; most are mounted at one segment.
    return new Server(base, credential, all[0], path.substring(all[0].length() + 1));
  }

  @Override
  public State look(Value old, @Nullable Value fresh, RevealPermit permit)
      throws InterruptedException {
    try {
      return state(server(permit), old, fresh, permit);
    } catch (LackingException e) {
      return e.state;
    }
  }

  private State state(Server server, Value old, @Nullable Value fresh, RevealPermit permit)
      throws InterruptedException {
    Outcome outcome = context.http().send(server.of(Method.GET, "data", context));
    if (!(outcome instanceof Answer answer)) {
      return StoreAnswers.unread(outcome, VaultSinks.TOKEN);
    }
    Optional<String> version = answer.value("data.metadata.version");
    return switch (answer.status()) {
      case 200 -> {
        if (version.isEmpty() || !answer.find("data.data").isObject()) {
          yield new State.Unclear("an answer without data and version");
        }
        JsonNode value = answer.find("data.data").path(field);
        if (value.isMissingNode()) {
          yield new State.Missing("the secret has no field '" + field + "'");
        }
        if (!value.isTextual()) {
          yield new State.HoldsOther(List.of());
        }
        yield held(value.textValue(), version.get(), old, fresh, permit);
      }
      case 404 ->
          new State.Missing(
              answer.find("data.metadata").isObject()
                  ? "the newest version of the secret was deleted"
                  : "there is no such secret, or it is hidden");
      case 403 -> metadata(server).orElse(StoreAnswers.unread(answer, VaultSinks.TOKEN));
      default -> StoreAnswers.unread(answer, VaultSinks.TOKEN);
    };
  }

  private static State held(
      String value, String version, Value old, @Nullable Value fresh, RevealPermit permit) {
    if (value.equals(text(old.secret(), permit))) {
      return new State.HoldsOld(version);
    }
    if (fresh != null && value.equals(text(fresh.secret(), permit))) {
      return new State.HoldsNew();
    }
    return new State.HoldsOther(List.of(new Secret(value.getBytes(UTF_8))));
  }

  /// What may be known of a secret that may be written and not read.
  private Optional<State> metadata(Server server) throws InterruptedException {
    return current(server).map(current -> new State.WriteOnly(current.updatedAt()));
  }

  private record Current(String version, Instant updatedAt) {}

  private Optional<Current> current(Server server) throws InterruptedException {
    Outcome outcome = context.http().send(server.of(Method.GET, "metadata", context));
    if (!(outcome instanceof Answer answer) || answer.status() != 200) {
      return Optional.empty();
    }
    Optional<String> version = answer.value("data.current_version");
    Optional<Instant> updated = answer.value("data.updated_time").flatMap(VaultSink::instant);
    return version.isPresent() && updated.isPresent()
        ? Optional.of(new Current(version.get(), updated.get()))
        : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public Delivery deliver(Value old, Value fresh, State seen, RevealPermit permit)
      throws InterruptedException {
    Server server;
    try {
      server = server(permit);
    } catch (LackingException e) {
      return new Delivery.Refused(
          e.state instanceof State.Unclear(var reason) ? reason : "it cannot be asked");
    }
    String value = text(fresh.secret(), permit);
    return switch (seen) {
      case State.HoldsOld(String version) -> {
        Outcome patched = patch(server, version, value);
        // A policy without patch, or a server from before it was there.
        yield patched instanceof Answer answer && (answer.status() == 403 || answer.status() == 405)
            ? rewrite(server, version, old, value, permit)
            : delivery(patched);
      }
      case State.WriteOnly(Instant at) -> {
        Optional<Current> current = current(server);
        if (current.isEmpty()) {
          yield new Delivery.Unclear("its metadata could not be read");
        }
        yield current.get().updatedAt().equals(at)
            ? delivery(patch(server, current.get().version(), value))
            : new Delivery.Changed("it was written at " + current.get().updatedAt());
      }
      case State.HoldsNew _, State.HoldsOther _, State.Missing _, State.Unclear _ ->
          new Delivery.Changed("it did not hold the old value");
    };
  }

  /// Changes the one field.
  private Outcome patch(Server server, String version, String value) throws InterruptedException {
    ObjectNode body = body(version);
    body.putObject("data").put(field, value);
    return context
        .http()
        .send(
            server
                .of(Method.PATCH, "data", context)
                .body("application/merge-patch+json", body.toString().getBytes(UTF_8)));
  }

  /// Writes the whole secret again, with the one field changed.
  private Delivery rewrite(
      Server server, String version, Value old, String value, RevealPermit permit)
      throws InterruptedException {
    Outcome outcome = context.http().send(server.of(Method.GET, "data", context));
    if (!(outcome instanceof Answer answer) || answer.status() != 200) {
      return StoreAnswers.unwritten(outcome, VaultSinks.TOKEN);
    }
    JsonNode read = exactly(answer).path("data");
    if (!(read.path("data") instanceof ObjectNode data)
        || !read.path("metadata").path("version").asText().equals(version)
        || !data.path(field).asText().equals(text(old.secret(), permit))) {
      return new Delivery.Changed("it was written meanwhile");
    }
    ObjectNode body = body(version);
    body.set("data", data.put(field, value));
    return delivery(
        context
            .http()
            .send(
                server
                    .of(Method.POST, "data", context)
                    .body("application/json", body.toString().getBytes(UTF_8))));
  }

  private static JsonNode exactly(Answer answer) {
    try {
      return EXACT.readTree(answer.bytes());
    } catch (IOException _) { // its message quotes the answer
      return EXACT.nullNode();
    }
  }

  private static ObjectNode body(String version) {
    ObjectNode body = EXACT.createObjectNode();
    body.putObject("options").put("cas", Long.parseLong(version));
    return body;
  }

  private static Delivery delivery(Outcome outcome) {
    if (!(outcome instanceof Answer answer)) {
      return StoreAnswers.unwritten(outcome, VaultSinks.TOKEN);
    }
    return switch (answer.status()) {
      case 200 ->
          answer
              .value("data.version")
              .<Delivery>map(version -> new Delivery.Delivered("version " + version))
              .orElse(new Delivery.Unclear("an answer without a version"));
      case 400 ->
          answer.value("errors.0").orElse("").contains("did not match the current version")
              ? new Delivery.Changed("it was written meanwhile")
              : new Delivery.Refused(answer.reason());
      case 404 -> new Delivery.Changed("there is no such secret any more");
      // A replica that has not heard of a write of ours yet.
      case 412 -> new Delivery.Unclear(answer.reason());
      default -> StoreAnswers.unwritten(answer, VaultSinks.TOKEN);
    };
  }

  @Override
  public Activation activate(RevealPermit permit) {
    return new Activation.ByHand(
        List.of(
            "restart what reads " + field + " of " + path + " in Vault, or wait for its agent",
            "destroy the older versions of "
                + path
                + ", which hold the old value:"
                + " vault kv metadata get and vault kv destroy"));
  }

  private static String text(Secret secret, RevealPermit permit) {
    return secret.reveal(permit, bytes -> new String(bytes, UTF_8));
  }
}
