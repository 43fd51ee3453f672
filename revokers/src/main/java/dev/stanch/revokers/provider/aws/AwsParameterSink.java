package dev.stanch.revokers.provider.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.SinkAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parameter. The service has no way to write only what is still as it was, so it is read right
/// before; that nobody wrote in between shows in the number of the new version.
final class AwsParameterSink extends AwsSink {
  private static final List<String> KEPT =
      List.of("Type", "KeyId", "Tier", "DataType", "Description", "AllowedPattern");

  private final String name;

  AwsParameterSink(
      SinkAddress address,
      Json11 api,
      String name,
      AdminVariable variable,
      ProviderContext context) {
    super(address, api, variable, context);
    this.name = name;
  }

  @Override
  public State look(Value old, @Nullable Value fresh, RevealPermit permit)
      throws InterruptedException {
    AccessKey operator = operator(permit).orElse(null);
    return operator == null ? lacking() : state(told(operator), old, fresh, permit);
  }

  private Json11.Told told(AccessKey operator) throws InterruptedException {
    ObjectNode fields = JSON.createObjectNode().put("Name", name).put("WithDecryption", true);
    return api().ask(operator, "GetParameter", fields);
  }

  private State state(Json11.Told told, Value old, @Nullable Value fresh, RevealPermit permit) {
    if (!(told instanceof Json11.Told.Result(JsonNode json))) {
      return unread(told);
    }
    JsonNode value = json.at("/Parameter/Value");
    JsonNode version = json.at("/Parameter/Version");
    return value.isTextual() && version.isIntegralNumber()
        ? held(value.textValue(), version.asText(), old, fresh, permit)
        : unread(told);
  }

  @Override
  public Delivery deliver(Value old, Value fresh, State seen, RevealPermit permit)
      throws InterruptedException {
    AccessKey operator = operator(permit).orElse(null);
    if (operator == null) {
      return unsigned();
    }
    Json11.Told described = described(operator);
    if (!(described instanceof Json11.Told.Result(JsonNode list))
        || list.path("Parameters").size() != 1) {
      return described instanceof Json11.Told.Result
          ? new Delivery.Refused("its settings are not listed, and would be lost")
          : unwritten(described);
    }
    JsonNode settings = list.path("Parameters").path(0);
    if (!settings.path("Policies").isEmpty()) {
      return new Delivery.Refused("it has policies, which a new version would lose");
    }
    Json11.Told told = told(operator);
    State now = state(told, old, fresh, permit);
    if (now instanceof State.HoldsNew) {
      return new Delivery.Delivered("");
    }
    if (!now.equals(seen) || !(now instanceof State.HoldsOld(String version))) {
      return now instanceof State.Unclear
          ? unwritten(told)
          : new Delivery.Changed("it was written meanwhile");
    }
    ObjectNode put = JSON.createObjectNode().put("Name", name);
    put.put("Value", text(fresh, permit)).put("Overwrite", true);
    for (String each : KEPT) {
      if (settings.path(each).isTextual()) {
        put.set(each, settings.path(each));
      }
    }
    return delivery(api().act(operator, "PutParameter", put), Long.parseLong(version));
  }

  private Json11.Told described(AccessKey operator) throws InterruptedException {
    ObjectNode fields = JSON.createObjectNode();
    ObjectNode filter = fields.putArray("ParameterFilters").addObject();
    filter.put("Key", "Name").put("Option", "Equals").putArray("Values").add(name);
    return api().ask(operator, "DescribeParameters", fields);
  }

  private Delivery delivery(Json11.Told told, long before) {
    if (!(told instanceof Json11.Told.Result(JsonNode json))
        || !json.path("Version").isIntegralNumber()) {
      return unwritten(told);
    }
    long version = json.path("Version").asLong();
    return version == before + 1
        ? new Delivery.Delivered("version " + version)
        : new Delivery.Unclear("somebody wrote it at the same time: see its history");
  }
}
