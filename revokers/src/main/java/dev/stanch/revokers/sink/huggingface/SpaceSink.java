package dev.stanch.revokers.sink.huggingface;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Method;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.sink.StoreAnswers;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A secret or a variable of a Space.
final class SpaceSink implements Sink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SinkAddress address;
  private final Space space;
  private final String list;
  private final String name;

  /// @param list `secrets` or `variables`
  SpaceSink(SinkAddress address, Space space, String list, String name) {
    this.address = requireNonNull(address, "address");
    this.space = space;
    this.list = list;
    this.name = name;
  }

  @Override
  public SinkAddress address() {
    return address;
  }

  @Override
  public State look(Value old, @Nullable Value fresh, RevealPermit permit)
      throws InterruptedException {
    Secret token = space.token().orElse(null);
    if (token == null) {
      return StoreAnswers.lacking(SpaceSetting.TOKEN);
    }
    Optional<State> visible = shown(token, permit);
    return visible.isPresent() ? visible.get() : state(listed(token, permit), old, fresh, permit);
  }

  /// Why whoever visits the Space could read the new value, if so.
  private Optional<State> shown(Secret token, RevealPermit permit) throws InterruptedException {
    Outcome outcome = space.send(Method.GET, "", token, permit);
    if (!(outcome instanceof Answer answer) || answer.status() != 200) {
      return Optional.of(
          outcome instanceof Answer answer && answer.status() == 404
              ? new State.Missing("there is no such Space, or HF_TOKEN may not see it")
              : StoreAnswers.unread(outcome, SpaceSetting.TOKEN));
    }
    if (answer.value("sdk").orElse("").equals("static")) {
      return Optional.of(
          new State.Unclear("a static Space shows everybody what it is set up with"));
    }
    boolean hidden = answer.value("private").orElse("").equals("true");
    return list.equals("variables") && !hidden
        ? Optional.of(
            new State.Unclear("everybody reads a variable of a public Space: make it a secret"))
        : Optional.empty();
  }

  private Outcome listed(Secret token, RevealPermit permit) throws InterruptedException {
    return space.send(Method.GET, "/" + list, token, permit);
  }

  private State state(Outcome outcome, Value old, @Nullable Value fresh, RevealPermit permit) {
    if (!(outcome instanceof Answer answer)
        || answer.status() != 200
        || !answer.json().isObject()) {
      return StoreAnswers.unread(outcome, SpaceSetting.TOKEN);
    }
    JsonNode setting = answer.json().path(name);
    if (setting.isMissingNode()) {
      return new State.Missing("the Space has no " + name + " among its " + list);
    }
    Instant updatedAt = instant(setting.path("updatedAt").asText()).orElse(null);
    if (updatedAt == null) {
      return new State.Unclear("an answer without a time");
    }
    return list.equals("secrets")
        ? new State.WriteOnly(updatedAt)
        : held(setting.path("value").asText(), updatedAt, old, fresh, permit);
  }

  private static State held(
      String value, Instant updatedAt, Value old, @Nullable Value fresh, RevealPermit permit) {
    if (value.equals(text(old.secret(), permit))) {
      return new State.HoldsOld(updatedAt.toString());
    }
    if (fresh != null && value.equals(text(fresh.secret(), permit))) {
      return new State.HoldsNew();
    }
    return new State.HoldsOther(List.of(new Secret(value.getBytes(UTF_8))));
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
    Secret token = space.token().orElse(null);
    if (token == null) {
      return new Delivery.Refused("HF_TOKEN is not set");
    }
    Outcome told = listed(token, permit);
    State now = state(told, old, fresh, permit);
    if (now instanceof State.HoldsNew) {
      return new Delivery.Delivered("");
    }
    if (now instanceof State.Unclear) {
      return StoreAnswers.unwritten(told, SpaceSetting.TOKEN);
    }
    if (!now.equals(seen)) {
      return new Delivery.Changed("it was written meanwhile");
    }
    ObjectNode body = JSON.createObjectNode().put("key", name);
    body.put("value", text(fresh.secret(), permit));
    if (told instanceof Answer answer) {
      JsonNode description = answer.json().path(name).path("description");
      if (description.isTextual() && !description.asText().isEmpty()) {
        body.set("description", description);
      }
    }
    Outcome outcome = space.send(space.request(Method.POST, "/" + list).json(body), token, permit);
    return outcome instanceof Answer answer && answer.status() == 200
        ? new Delivery.Delivered("")
        : StoreAnswers.unwritten(outcome, SpaceSetting.TOKEN);
  }

  @Override
  public Activation activate(RevealPermit permit) throws InterruptedException {
    Secret token = space.token().orElse(null);
    return token == null
        ? new Activation.Unclear("HF_TOKEN is not set")
        : space.restart(token, permit);
  }

  private static String text(Secret secret, RevealPermit permit) {
    return secret.reveal(permit, bytes -> new String(bytes, UTF_8));
  }
}
