package dev.stanch.revokers.sink.gitlab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Method;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Placement;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.sink.StoreAnswers;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A variable of pipelines. GitLab has no way to write only what is still as it was, so it is read
/// right before; how it is protected and masked stays.
final class VariableSink implements Sink {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SETTINGS =
      List.of("variable_type", "protected", "masked", "raw", "environment_scope");

  private final SinkAddress address;
  private final BaseUrl base;
  private final String path;
  private final List<String> values;
  private final @Nullable String scope;
  private final ProviderContext context;

  /// @param values the path of the project or group, and the name
  /// @param scope the environment scope, where there is more than one variable of the name
  VariableSink(
      SinkAddress address,
      BaseUrl base,
      String path,
      List<String> values,
      @Nullable String scope,
      ProviderContext context) {
    this.address = requireNonNull(address, "address");
    this.base = base;
    this.path = path;
    this.values = List.copyOf(values);
    this.scope = scope;
    this.context = context;
  }

  @Override
  public SinkAddress address() {
    return address;
  }

  private Request request(Method method, Secret token, RevealPermit permit) {
    Request request = Request.of(method, base, path, values.toArray(String[]::new));
    Request scoped = scope == null ? request : request.query("filter[environment_scope]", scope);
    return token.reveal(
        permit, bytes -> scoped.credential(new Placement.Header("PRIVATE-TOKEN", ""), bytes));
  }

  @Override
  public State look(Value old, @Nullable Value fresh, RevealPermit permit)
      throws InterruptedException {
    Secret token = context.credentials().find(GitLabVariables.TOKEN).orElse(null);
    return token == null
        ? StoreAnswers.lacking(GitLabVariables.TOKEN)
        : state(context.http().send(request(Method.GET, token, permit)), old, fresh, permit);
  }

  private static State state(
      Outcome outcome, Value old, @Nullable Value fresh, RevealPermit permit) {
    if (!(outcome instanceof Answer answer)) {
      return StoreAnswers.unread(outcome, GitLabVariables.TOKEN);
    }
    return switch (answer.status()) {
      case 200 -> {
        JsonNode value = answer.find("value");
        if (answer.value("hidden").orElse("").equals("true")) {
          yield new State.Unclear(
              "a hidden variable tells neither its value nor when it was written");
        }
        if (!value.isTextual()) {
          yield new State.Unclear("an answer without a value");
        }
        if (value.textValue().equals(text(old.secret(), permit))) {
          yield new State.HoldsOld("");
        }
        yield fresh != null && value.textValue().equals(text(fresh.secret(), permit))
            ? new State.HoldsNew()
            : new State.HoldsOther(List.of(new Secret(value.textValue().getBytes(UTF_8))));
      }
      case 404 -> new State.Missing("there is no such variable, or GITLAB_TOKEN may not see it");
      case 409 -> new State.Unclear("several environment scopes have it: name one, NAME@SCOPE");
      default -> StoreAnswers.unread(answer, GitLabVariables.TOKEN);
    };
  }

  @Override
  public Delivery deliver(Value old, Value fresh, State seen, RevealPermit permit)
      throws InterruptedException {
    Secret token = context.credentials().find(GitLabVariables.TOKEN).orElse(null);
    if (token == null) {
      return new Delivery.Refused("GITLAB_TOKEN is not set");
    }
    Outcome before = context.http().send(request(Method.GET, token, permit));
    State now = state(before, old, fresh, permit);
    return switch (now) {
      case State.HoldsNew _ -> new Delivery.Delivered("");
      case State.Unclear _ -> StoreAnswers.unwritten(before, GitLabVariables.TOKEN);
      case State.HoldsOld _ when now.equals(seen) ->
          delivery(
              before,
              context
                  .http()
                  .send(
                      request(Method.PUT, token, permit)
                          .json(
                              JSON.createObjectNode().put("value", text(fresh.secret(), permit)))));
      case State.HoldsOld _, State.HoldsOther _, State.WriteOnly _, State.Missing _ ->
          new Delivery.Changed("it does not hold the old value any more");
    };
  }

  private static Delivery delivery(Outcome before, Outcome after) {
    if (!(after instanceof Answer answer) || answer.status() != 200) {
      return after instanceof Answer refusal
              && refusal.status() == 400
              && refusal.find("message.value").isArray()
          ? new Delivery.Refused("the variable is masked, and GitLab does not mask such a value")
          : StoreAnswers.unwritten(after, GitLabVariables.TOKEN);
    }
    boolean kept =
        before instanceof Answer was
            && SETTINGS.stream().allMatch(each -> was.find(each).equals(answer.find(each)));
    return new Delivery.Delivered(kept ? "" : "its settings were changed with it");
  }

  @Override
  public Activation activate(RevealPermit permit) {
    return new Activation.ByHand(
        List.of(
            "run again the pipelines that use " + values.getLast() + ", and see that they pass"));
  }

  private static String text(Secret secret, RevealPermit permit) {
    return secret.reveal(permit, bytes -> new String(bytes, UTF_8));
  }
}
