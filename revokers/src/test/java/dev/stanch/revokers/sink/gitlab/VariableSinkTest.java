package dev.stanch.revokers.sink.gitlab;

import static dev.stanch.revokers.sink.SinkBench.NEW;
import static dev.stanch.revokers.sink.SinkBench.OLD;
import static dev.stanch.revokers.sink.SinkBench.PERMIT;
import static dev.stanch.revokers.sink.SinkBench.deliver;
import static dev.stanch.revokers.sink.SinkBench.look;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.fixtures.FakeGitLab;
import dev.stanch.revokers.sink.SinkBench;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.Sink.Activation;
import dev.stanch.revokers.spi.Sink.Delivery;
import dev.stanch.revokers.spi.Sink.State;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
final class VariableSinkTest {
  private static final String OPERATOR = "token of the operator";
  private static final String READER = "token of somebody who reads";

  private FakeGitLab gitlab;
  private SinkBench bench;

  @BeforeEach
  void start() throws Exception {
    gitlab = new FakeGitLab(OPERATOR);
    gitlab.reader(READER);
    bench = bench(OPERATOR);
  }

  private SinkBench bench(String token) throws Exception {
    return new SinkBench(
        new GitLabVariables(), Map.of("CI_API_V4_URL", gitlab.endpoint(), "GITLAB_TOKEN", token));
  }

  @AfterEach
  void stop() {
    bench.close();
    gitlab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"projects/acme/group/app", "projects/42", "groups/acme"})
  void writesTheValueAndKeepsTheSettings(String of) throws Exception {
    gitlab.variable(of, "KEY", OLD, "*").protect().mask().raw();
    Sink sink = bench.open("gitlab:" + of + "#KEY");
    State seen = look(sink, NEW);
    String settings = gitlab.settings(of, "KEY", "*");

    assertThat(seen).isInstanceOf(State.HoldsOld.class);
    assertThat(deliver(sink, seen)).isEqualTo(new Delivery.Delivered(""));
    assertThat(gitlab.value(of, "KEY", "*")).isEqualTo(NEW);
    assertThat(gitlab.settings(of, "KEY", "*")).isEqualTo(settings);
    assertThat(look(sink, NEW)).isEqualTo(new State.HoldsNew());
    assertThat(SinkBench.names(look(sink, null), NEW)).isTrue();
    assertThat(deliver(sink, seen)).as("once more").isInstanceOf(Delivery.Delivered.class);
  }

  @Test
  void writesTheVariableOfOneEnvironmentScope() throws Exception {
    gitlab.variable("projects/acme/app", "KEY", OLD, "production/*");
    gitlab.variable("projects/acme/app", "KEY", "another", "staging");
    Sink sink = bench.open("gitlab:projects/acme/app#KEY@production/*");

    State open = look(bench.open("gitlab:projects/acme/app#KEY"), null);
    assertThat(((State.Unclear) open).reason()).contains("@SCOPE");
    assertThat(deliver(sink, look(sink, null))).isInstanceOf(Delivery.Delivered.class);
    assertThat(gitlab.value("projects/acme/app", "KEY", "production/*")).isEqualTo(NEW);
    assertThat(gitlab.value("projects/acme/app", "KEY", "staging")).isEqualTo("another");
  }

  @Test
  void doesNotOverwriteWhatWasWrittenSince() throws Exception {
    gitlab.variable("projects/acme/app", "KEY", OLD, "*");
    Sink sink = bench.open("gitlab:projects/acme/app#KEY");
    State seen = look(sink, null);
    gitlab.variable("projects/acme/app", "KEY", "of somebody", "*");

    assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Changed.class);
    assertThat(gitlab.value("projects/acme/app", "KEY", "*")).isEqualTo("of somebody");
  }

  @Test
  void leavesHiddenVariablesToPeople() throws Exception {
    gitlab.variable("projects/acme/app", "KEY", OLD, "*").mask().hide();
    State state = look(bench.open("gitlab:projects/acme/app#KEY"), null);
    assertThat(((State.Unclear) state).reason()).contains("hidden");
  }

  @Test
  void saysWhereGitLabDoesNotMaskTheValue() throws Exception {
    gitlab.variable("projects/acme/app", "KEY", OLD, "*").mask();
    Sink sink = bench.open("gitlab:projects/acme/app#KEY");
    Delivery delivery =
        sink.deliver(SinkBench.value(OLD), SinkBench.value("a b\nc"), look(sink, null), PERMIT);
    assertThat(((Delivery.Refused) delivery).reason()).contains("masked");
    assertThat(gitlab.value("projects/acme/app", "KEY", "*")).isEqualTo(OLD);
  }

  @Test
  void saysWhatIsNotThereAndWhatItNeeds() throws Exception {
    gitlab.variable("projects/acme/app", "KEY", OLD, "*");
    assertThat(look(bench.open("gitlab:projects/acme/app#OTHER"), null))
        .isInstanceOf(State.Missing.class);
    try (var poor =
        new SinkBench(new GitLabVariables(), Map.of("CI_API_V4_URL", gitlab.endpoint()))) {
      State state = look(poor.open("gitlab:projects/acme/app#KEY"), null);
      assertThat(((State.Unclear) state).reason()).contains("GITLAB_TOKEN", "scope api");
    }
    try (SinkBench nobody = bench("nobody's")) {
      State state = look(nobody.open("gitlab:projects/acme/app#KEY"), null);
      assertThat(((State.Unclear) state).reason()).contains("GITLAB_TOKEN is refused");
    }
    try (SinkBench reader = bench(READER)) {
      State state = look(reader.open("gitlab:projects/acme/app#KEY"), null);
      assertThat(((State.Unclear) state).reason()).contains("maintainer");
    }
  }

  @Test
  void leavesRunningPipelinesToPeople() throws Exception {
    assertThat(bench.open("gitlab:projects/acme/app#KEY").activate(PERMIT))
        .isInstanceOf(Activation.ByHand.class);
  }

  @Test
  void takesNoOtherAddress() {
    for (String where : List.of("acme/app#KEY", "projects/acme/app", "projects/acme#A-B")) {
      assertThatThrownBy(() -> bench.open("gitlab:" + where))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
