package dev.stanch.revokers.sink.huggingface;

import static dev.stanch.revokers.sink.SinkBench.NEW;
import static dev.stanch.revokers.sink.SinkBench.OLD;
import static dev.stanch.revokers.sink.SinkBench.PERMIT;
import static dev.stanch.revokers.sink.SinkBench.deliver;
import static dev.stanch.revokers.sink.SinkBench.look;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.http.Time;
import dev.stanch.fixtures.FakeHub;
import dev.stanch.revokers.sink.SinkBench;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.Sink.Activation;
import dev.stanch.revokers.spi.Sink.Delivery;
import dev.stanch.revokers.spi.Sink.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
final class SpaceSinkTest {
  private static final String OPERATOR = "token of the operator";
  private static final String READER = "token of somebody who reads";
  private static final String WRITTEN = "2026-02-01T10:00:00.123Z";

  @TempDir private Path folder;

  private FakeHub hub;
  private FakeHub.Repository space;
  private SinkBench secrets;
  private SinkBench variables;

  @BeforeEach
  void start() throws Exception {
    hub = new FakeHub(folder);
    hub.writer(OPERATOR);
    hub.reader(READER);
    space = hub.add("spaces/acme/chat").sdk("gradio").hidden();
    space.secret("KEY", WRITTEN).variable("TOKEN", OLD, "of the bot");
    secrets = bench(new SpaceSecrets(new Waiting()), OPERATOR);
    variables = bench(new SpaceVariables(new Waiting()), OPERATOR);
  }

  private SinkBench bench(SpaceSetting kind, String token) throws Exception {
    return new SinkBench(kind, Map.of("HF_ENDPOINT", hub.endpoint(), "HF_TOKEN", token));
  }

  @AfterEach
  void stop() {
    secrets.close();
    variables.close();
    hub.close();
  }

  /// Waits are over at once, and take as long as they should.
  private static final class Waiting implements Time {
    private long nanos;

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      nanos += duration.toNanos();
    }
  }

  @Test
  void writesASecretThatNobodyReadsBack() throws Exception {
    Sink sink = secrets.open("space-secret:acme/chat#KEY");
    State seen = look(sink, null);

    assertThat(seen).isEqualTo(new State.WriteOnly(Instant.parse(WRITTEN)));
    assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Delivered.class);
    assertThat(space.secretValue("KEY")).isEqualTo(NEW);
    State after = look(sink, NEW);
    assertThat(((State.WriteOnly) after).updatedAt()).isAfter(Instant.parse(WRITTEN));
    assertThat(deliver(sink, seen)).as("as seen before").isInstanceOf(Delivery.Changed.class);
  }

  @Test
  void writesAVariableAndReadsItBack() throws Exception {
    Sink sink = variables.open("space-variable:acme/chat#TOKEN");
    State seen = look(sink, NEW);

    assertThat(seen).isInstanceOf(State.HoldsOld.class);
    assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Delivered.class);
    assertThat(space.variableValue("TOKEN")).isEqualTo(NEW);
    assertThat(space.description("TOKEN")).isEqualTo("of the bot");
    assertThat(look(sink, NEW)).isEqualTo(new State.HoldsNew());
    assertThat(SinkBench.names(look(sink, null), NEW)).isTrue();
    assertThat(deliver(sink, seen)).as("once more").isInstanceOf(Delivery.Delivered.class);
  }

  @Test
  void doesNotOverwriteWhatWasWrittenSince() throws Exception {
    Sink secret = secrets.open("space-secret:acme/chat#KEY");
    State seenSecret = look(secret, null);
    space.secret("KEY", "2026-02-02T10:00:00.000Z");
    assertThat(deliver(secret, seenSecret)).isInstanceOf(Delivery.Changed.class);
    assertThat(space.secretValue("KEY")).isEmpty();

    Sink variable = variables.open("space-variable:acme/chat#TOKEN");
    State seen = look(variable, null);
    space.variable("TOKEN", "of somebody", "");
    assertThat(deliver(variable, seen)).isInstanceOf(Delivery.Changed.class);
    assertThat(space.variableValue("TOKEN")).isEqualTo("of somebody");
  }

  @Test
  void writesNothingThatEverybodyCouldRead() throws Exception {
    hub.add("spaces/acme/open").sdk("docker").variable("TOKEN", OLD, "").secret("KEY", WRITTEN);
    hub.add("spaces/acme/page").sdk("static").hidden().secret("KEY", WRITTEN);

    State variable = look(variables.open("space-variable:acme/open#TOKEN"), null);
    assertThat(((State.Unclear) variable).reason()).contains("public Space");
    State page = look(secrets.open("space-secret:acme/page#KEY"), null);
    assertThat(((State.Unclear) page).reason()).contains("static Space");
    assertThat(look(secrets.open("space-secret:acme/open#KEY"), null))
        .isInstanceOf(State.WriteOnly.class);
  }

  @Test
  void saysWhatIsNotThereAndWhatItNeeds() throws Exception {
    for (String where : List.of("acme/other#KEY", "acme/chat#OTHER")) {
      assertThat(look(secrets.open("space-secret:" + where), null))
          .isInstanceOf(State.Missing.class);
    }
    try (SinkBench reader = bench(new SpaceSecrets(new Waiting()), READER)) {
      State state = look(reader.open("space-secret:acme/chat#KEY"), null);
      assertThat(((State.Unclear) state).reason()).contains("HF_TOKEN", "repo.write");
    }
    try (var poor =
        new SinkBench(new SpaceSecrets(new Waiting()), Map.of("HF_ENDPOINT", hub.endpoint()))) {
      State state = look(poor.open("space-secret:acme/chat#KEY"), null);
      assertThat(((State.Unclear) state).reason()).contains("HF_TOKEN", "repo.write");
      assertThat(poor.open("space-secret:acme/chat#KEY").activate(PERMIT))
          .isInstanceOf(Activation.Unclear.class);
    }
  }

  @Test
  void restartsTheSpaceUntilItRuns() throws Exception {
    space.stages("RUNNING", "RUNNING", "RUNNING_BUILDING", "RUNNING_APP_STARTING", "RUNNING");

    assertThat(secrets.open("space-secret:acme/chat#KEY").activate(PERMIT))
        .isInstanceOf(Activation.Active.class);
    assertThat(space.restarts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BUILD_ERROR", "RUNTIME_ERROR", "CONFIG_ERROR", "APP_STARTING"})
  void isNotActiveWhereItDoesNotComeToRun(String end) throws Exception {
    space.stages("RUNNING", "BUILDING", "APP_STARTING", end);

    Activation activation = secrets.open("space-secret:acme/chat#KEY").activate(PERMIT);

    assertThat(activation).isInstanceOf(Activation.Unclear.class);
    assertThat(((Activation.Unclear) activation).reason()).contains(end);
  }

  /// What ran before the restart has the old value.
  @Test
  void isNotActiveWhereNobodySawItRestart() throws Exception {
    space.stages("RUNNING", "RUNNING");
    assertThat(secrets.open("space-secret:acme/chat#KEY").activate(PERMIT))
        .isInstanceOf(Activation.Unclear.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PAUSED", "SLEEPING", "STOPPED"})
  void wakesNoSpaceThatRests(String stage) throws Exception {
    space.stages(stage, "BUILDING", "RUNNING");
    assertThat(secrets.open("space-secret:acme/chat#KEY").activate(PERMIT))
        .isInstanceOf(Activation.Active.class);
    assertThat(space.restarts()).isZero();
  }

  @Test
  void takesNoOtherAddress() {
    for (String where : List.of("acme/chat", "chat#KEY", "acme/chat#1KEY", "acme/chat#A-B")) {
      assertThatThrownBy(() -> secrets.open("space-secret:" + where))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
