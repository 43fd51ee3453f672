package dev.stanch.revokers.provider.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.SinkAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A secret. The new value is put there as a version that nobody uses yet; it becomes the current
/// one in place of the version that was seen, or not at all.
final class AwsSecretSink extends AwsSink {
  private static final String CURRENT = "AWSCURRENT";
  private static final String PENDING = "STANCH_PENDING";
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final String name;
  private final String field;

  /// @param field of the object of JSON that it holds; empty for all of it
  AwsSecretSink(
      SinkAddress address,
      Json11 api,
      String name,
      String field,
      AdminVariable variable,
      ProviderContext context) {
    super(address, api, variable, context);
    this.name = name;
    this.field = field;
  }

  @Override
  public State look(Value old, @Nullable Value fresh, RevealPermit permit)
      throws InterruptedException {
    AccessKey operator = operator(permit).orElse(null);
    return operator == null ? lacking() : state(told(operator), old, fresh, permit);
  }

  private Json11.Told told(AccessKey operator) throws InterruptedException {
    return api().ask(operator, "GetSecretValue", stage(CURRENT));
  }

  private State state(Json11.Told told, Value old, @Nullable Value fresh, RevealPermit permit) {
    if (!(told instanceof Json11.Told.Result(JsonNode json))) {
      return unread(told);
    }
    String version = json.path("VersionId").asText();
    JsonNode whole = json.path("SecretString");
    if (version.isEmpty() || !whole.isTextual()) {
      return new State.Unclear("it holds no text");
    }
    if (field.isEmpty()) {
      return held(whole.textValue(), version, old, fresh, permit);
    }
    JsonNode value = object(whole.textValue()).map(each -> each.path(field)).orElse(null);
    if (value == null) {
      return new State.Unclear("it holds no object of JSON");
    }
    return value.isTextual()
        ? held(value.textValue(), version, old, fresh, permit)
        : new State.Missing("the object that it holds has no text '" + field + "'");
  }

  private static Optional<ObjectNode> object(String text) {
    try {
      return EXACT.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException _) { // its message quotes the text
      return Optional.empty();
    }
  }

  @Override
  public Delivery deliver(Value old, Value fresh, State seen, RevealPermit permit)
      throws InterruptedException {
    AccessKey operator = operator(permit).orElse(null);
    if (operator == null) {
      return unsigned();
    }
    Json11.Told told = told(operator);
    State now = state(told, old, fresh, permit);
    if (now instanceof State.HoldsNew) {
      return new Delivery.Delivered("");
    }
    if (!now.equals(seen)
        || !(now instanceof State.HoldsOld(String version))
        || !(told instanceof Json11.Told.Result(JsonNode json))) {
      return now instanceof State.Unclear
          ? unwritten(told)
          : new Delivery.Changed("it was written meanwhile");
    }
    String pending = UUID.randomUUID().toString();
    ObjectNode put = JSON.createObjectNode().put("SecretId", name);
    put.put("ClientRequestToken", pending);
    put.put("SecretString", written(json.path("SecretString").asText(), text(fresh, permit)));
    put.putArray("VersionStages").add(PENDING);
    Json11.Told made = api().act(operator, "PutSecretValue", put);
    return made instanceof Json11.Told.Result
        ? promoted(operator, version, pending)
        : unwritten(made);
  }

  private String written(String whole, String value) {
    return field.isEmpty() ? value : object(whole).orElseThrow().put(field, value).toString();
  }

  /// Makes a version the current one, if that is still the one that was seen.
  private Delivery promoted(AccessKey operator, String seen, String pending)
      throws InterruptedException {
    ObjectNode move = stage(CURRENT).put("MoveToVersionId", pending);
    Json11.Told moved =
        api().act(operator, "UpdateSecretVersionStage", move.put("RemoveFromVersionId", seen));
    if (moved instanceof Json11.Told.Nothing) {
      return unwritten(moved);
    }
    // What bears no label is deleted by and by.
    api()
        .act(
            operator,
            "UpdateSecretVersionStage",
            stage(PENDING).put("RemoveFromVersionId", pending));
    return switch (moved) {
      case Json11.Told.Result _ -> new Delivery.Delivered("version " + pending);
      case Json11.Told.Fault(String fault) when fault.equals("InvalidParameterException") ->
          new Delivery.Changed("it was written meanwhile");
      case Json11.Told.Fault _, Json11.Told.Nothing _ -> unwritten(moved);
    };
  }

  private ObjectNode stage(String label) {
    return JSON.createObjectNode().put("SecretId", name).put("VersionStage", label);
  }

  @Override
  public Activation activate(RevealPermit permit) {
    return new Activation.ByHand(
        List.of(
            "restart what reads " + address().text() + ", or wait until it asks again",
            "the version before is still there under AWSPREVIOUS, with the old value"));
  }
}
