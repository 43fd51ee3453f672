package dev.stanch.revokers.provider.aws;

import static dev.stanch.revokers.sink.SinkBench.NEW;
import static dev.stanch.revokers.sink.SinkBench.OLD;
import static dev.stanch.revokers.sink.SinkBench.PERMIT;
import static dev.stanch.revokers.sink.SinkBench.deliver;
import static dev.stanch.revokers.sink.SinkBench.look;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.revokers.sink.SinkBench;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.Sink.Activation;
import dev.stanch.revokers.spi.Sink.Delivery;
import dev.stanch.revokers.spi.Sink.State;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The stores of an AWS that somebody else wrote.
@NullUnmarked
final class AwsStoreTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REGION = "eu-west-1";
  private static final AccessKey ANYBODY =
      new AccessKey(
          "AKIA" + "0".repeat(16), "any secret at all".getBytes(StandardCharsets.UTF_8), null);

  private MotoServer moto;
  private AwsBench aws;
  private SinkBench secrets;
  private SinkBench parameters;
  private Json11 secretsManager;
  private Json11 systemsManager;

  @BeforeEach
  void start() throws Exception {
    moto = MotoServer.start().orElse(null);
    assumeTrue(moto != null, "python3 with moto[server] is not installed");
    aws = new AwsBench();
    secretsManager =
        new Json11(aws.http(), moto.base(), REGION, "secretsmanager", "secretsmanager");
    systemsManager = new Json11(aws.http(), moto.base(), REGION, "ssm", "AmazonSSM");
    secrets = bench(new AwsSecrets());
    parameters = bench(new AwsParameters());
  }

  private SinkBench bench(AwsStore kind) throws Exception {
    return new SinkBench(
        kind,
        Map.of(
            "AWS_ENDPOINT_URL",
            moto.base().toString(),
            "AWS_ACCESS_KEY_ID",
            ANYBODY.id(),
            "AWS_SECRET_ACCESS_KEY",
            "any secret at all"));
  }

  @AfterEach
  void stop() throws Exception {
    if (moto != null) {
      secrets.close();
      parameters.close();
      aws.close();
      moto.close();
    }
  }

  private static JsonNode call(Json11 api, String action, ObjectNode fields) throws Exception {
    Json11.Told told = api.act(ANYBODY, action, fields);
    assumeTrue(
        !(told instanceof Json11.Told.Nothing), "moto is installed without " + api.service());
    return ((Json11.Told.Result) told).json();
  }

  private void secret(String name, String text) throws Exception {
    call(
        secretsManager,
        "CreateSecret",
        JSON.createObjectNode().put("Name", name).put("SecretString", text));
  }

  private JsonNode secret(String name) throws Exception {
    return call(
        secretsManager,
        "GetSecretValue",
        JSON.createObjectNode().put("SecretId", name).put("VersionStage", "AWSCURRENT"));
  }

  private JsonNode parameter(String name) throws Exception {
    return call(
            systemsManager,
            "GetParameter",
            JSON.createObjectNode().put("Name", name).put("WithDecryption", true))
        .path("Parameter");
  }

  @Test
  void makesTheNewValueTheCurrentVersionOfASecret() throws Exception {
    secret("app/key", OLD);
    Sink sink = secrets.open("aws-secret:eu-west-1/app/key");
    State seen = look(sink, NEW);

    assertThat(seen).isInstanceOf(State.HoldsOld.class);
    assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Delivered.class);
    assertThat(secret("app/key").path("SecretString").asText()).isEqualTo(NEW);
    assertThat(look(sink, NEW)).isEqualTo(new State.HoldsNew());
    assertThat(SinkBench.names(look(sink, null), NEW)).isTrue();
    assertThat(deliver(sink, seen)).as("once more").isInstanceOf(Delivery.Delivered.class);
    assertThat(((Activation.ByHand) sink.activate(PERMIT)).steps())
        .anyMatch(step -> step.contains("AWSPREVIOUS"));
  }

  @Test
  void changesOneFieldOfAnObject() throws Exception {
    secret("app", "{\"user\":\"app\",\"password\":\"" + OLD + "\",\"port\":5432,\"rate\":1.10}");
    Sink sink = secrets.open("aws-secret:eu-west-1/app#password");

    assertThat(deliver(sink, look(sink, null))).isInstanceOf(Delivery.Delivered.class);
    assertThat(secret("app").path("SecretString").asText())
        .isEqualTo("{\"user\":\"app\",\"password\":\"" + NEW + "\",\"port\":5432,\"rate\":1.10}");
    assertThat(look(secrets.open("aws-secret:eu-west-1/app#other"), null))
        .isInstanceOf(State.Missing.class);
  }

  @Test
  void undoesNoOtherWriteOfASecret() throws Exception {
    secret("app", OLD);
    Sink sink = secrets.open("aws-secret:eu-west-1/app");
    State seen = look(sink, null);
    call(
        secretsManager,
        "PutSecretValue",
        JSON.createObjectNode().put("SecretId", "app").put("SecretString", OLD));

    assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Changed.class);
    assertThat(secret("app").path("SecretString").asText()).isEqualTo(OLD);
  }

  @Test
  void writesAParameterAndKeepsItsSettings() throws Exception {
    call(
        systemsManager,
        "PutParameter",
        JSON.createObjectNode()
            .put("Name", "/app/key")
            .put("Value", OLD)
            .put("Type", "SecureString")
            .put("KeyId", "alias/of-the-app")
            .put("Description", "of the bot"));
    Sink sink = parameters.open("aws-parameter:eu-west-1/app/key");
    State seen = look(sink, NEW);

    assertThat(seen).isEqualTo(new State.HoldsOld("1"));
    assertThat(deliver(sink, seen)).isEqualTo(new Delivery.Delivered("version 2"));
    assertThat(parameter("/app/key").path("Value").asText()).isEqualTo(NEW);
    JsonNode settings =
        call(systemsManager, "DescribeParameters", JSON.createObjectNode()).at("/Parameters/0");
    assertThat(settings.path("Type").asText()).isEqualTo("SecureString");
    assertThat(settings.path("KeyId").asText()).isEqualTo("alias/of-the-app");
    assertThat(settings.path("Description").asText()).isEqualTo("of the bot");
    assertThat(look(sink, NEW)).isEqualTo(new State.HoldsNew());
    assertThat(deliver(sink, seen)).as("once more").isInstanceOf(Delivery.Delivered.class);
  }

  @Test
  void doesNotOverwriteAParameterThatWasWrittenSince() throws Exception {
    ObjectNode fields = JSON.createObjectNode().put("Name", "key").put("Type", "String");
    call(systemsManager, "PutParameter", fields.put("Value", OLD));
    Sink sink = parameters.open("aws-parameter:eu-west-1/key");
    State seen = look(sink, null);
    call(systemsManager, "PutParameter", fields.put("Value", "of somebody").put("Overwrite", true));

    assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Changed.class);
    assertThat(parameter("key").path("Value").asText()).isEqualTo("of somebody");
  }

  @Test
  void saysWhatIsNotThereAndWhatItNeeds() throws Exception {
    assertThat(look(secrets.open("aws-secret:eu-west-1/none"), null))
        .isInstanceOf(State.Missing.class);
    assertThat(look(parameters.open("aws-parameter:eu-west-1/none"), null))
        .isInstanceOf(State.Missing.class);
    try (var poor =
        new SinkBench(new AwsParameters(), Map.of("AWS_ENDPOINT_URL", moto.base().toString()))) {
      State state = look(poor.open("aws-parameter:eu-west-1/key"), null);
      assertThat(((State.Unclear) state).reason())
          .contains("AWS_SECRET_ACCESS_KEY", "ssm:PutParameter");
    }
  }

  @Test
  void takesNoOtherAddress() {
    for (String where : List.of("app", "nowhere/app", "eu-west-1/", "eu-west-1/a b")) {
      assertThatThrownBy(() -> secrets.open("aws-secret:" + where))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> parameters.open("aws-parameter:eu-west-1/app#field"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
