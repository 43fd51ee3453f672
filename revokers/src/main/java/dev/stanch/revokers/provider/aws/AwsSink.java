package dev.stanch.revokers.provider.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.sink.StoreAnswers;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the sinks of AWS's stores have in common.
abstract class AwsSink implements Sink {
  static final ObjectMapper JSON = new ObjectMapper();

  private final SinkAddress address;
  private final Json11 api;
  private final AdminVariable variable;
  private final ProviderContext context;

  AwsSink(SinkAddress address, Json11 api, AdminVariable variable, ProviderContext context) {
    this.address = requireNonNull(address, "address");
    this.api = requireNonNull(api, "api");
    this.variable = requireNonNull(variable, "variable");
    this.context = requireNonNull(context, "context");
  }

  @Override
  public SinkAddress address() {
    return address;
  }

  Json11 api() {
    return api;
  }

  /// The operator's own key, if there is one.
  Optional<AccessKey> operator(RevealPermit permit) {
    return OperatorKey.find(context, permit);
  }

  /// What looking lacks without one.
  State lacking() {
    return StoreAnswers.lacking(variable);
  }

  /// What writing lacks without one.
  Delivery unsigned() {
    return new Delivery.Refused(variable.name() + " is not set");
  }

  /// What an answer means to whoever looks, that is not the documented one.
  State unread(Json11.Told told) {
    return switch (told) {
      case Json11.Told.Fault(String name)
          when name.equals("ResourceNotFoundException") || name.equals("ParameterNotFound") ->
          new State.Missing("there is nothing of that name");
      case Json11.Told.Fault fault -> new State.Unclear(reason(fault));
      case Json11.Told.Result _ -> new State.Unclear("an answer without a value");
      case Json11.Told.Nothing(var outcome) -> StoreAnswers.unread(outcome, variable);
    };
  }

  /// What an answer means to whoever writes, that is not the documented one.
  Delivery unwritten(Json11.Told told) {
    return switch (told) {
      case Json11.Told.Fault fault when fault.throttled() -> new Delivery.Limited(null);
      case Json11.Told.Fault fault -> new Delivery.Refused(reason(fault));
      case Json11.Told.Result _ -> new Delivery.Unclear("an answer without a version");
      case Json11.Told.Nothing(var outcome) -> StoreAnswers.unwritten(outcome, variable);
    };
  }

  private String reason(Json11.Told.Fault fault) {
    return fault.refused()
        ? "refused (" + fault.name() + "): it takes " + variable.right()
        : "AWS answers " + fault.name();
  }

  /// What a value that is held says of the two.
  static State held(
      String value, String version, Value old, @Nullable Value fresh, RevealPermit permit) {
    if (value.equals(text(old, permit))) {
      return new State.HoldsOld(version);
    }
    if (fresh != null && value.equals(text(fresh, permit))) {
      return new State.HoldsNew();
    }
    return new State.HoldsOther(List.of(new Secret(value.getBytes(UTF_8))));
  }

  static String text(Value value, RevealPermit permit) {
    return value.secret().reveal(permit, bytes -> new String(bytes, UTF_8));
  }

  @Override
  public Activation activate(RevealPermit permit) {
    return new Activation.ByHand(
        List.of("restart what reads " + address.text() + ", or wait until it asks again"));
  }
}
