package dev.stanch.revokers.sink.github;

import static dev.stanch.revokers.sink.SinkBench.NEW;
import static dev.stanch.revokers.sink.SinkBench.PERMIT;
import static dev.stanch.revokers.sink.SinkBench.deliver;
import static dev.stanch.revokers.sink.SinkBench.look;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.fixtures.FakeGitHub;
import dev.stanch.revokers.sink.SinkBench;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.Sink.Activation;
import dev.stanch.revokers.spi.Sink.Delivery;
import dev.stanch.revokers.spi.Sink.State;
import dev.stanch.revokers.spi.SinkKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullUnmarked
final class SecretSinkTest {
  private static final String OPERATOR = "token of the operator";
  private static final String READER = "token of somebody who reads";
  private static final String WRITTEN = "2026-02-01T10:00:00Z";

  @TempDir private Path folder;

  private FakeGitHub github;

  @BeforeEach
  void start() throws Exception {
    github = new FakeGitHub(folder, "acme", OPERATOR);
    github.reader(READER);
    github
        .add("app")
        .secret("actions", "KEY", WRITTEN)
        .secret("dependabot", "KEY", WRITTEN)
        .secret("codespaces", "KEY", WRITTEN)
        .secret("environments/prod", "KEY", WRITTEN);
    for (String store : List.of("actions", "dependabot", "codespaces")) {
      github.secret(store, "EVERYBODYS", WRITTEN, "private");
      github.secret(store, "SOME", WRITTEN, "selected", 11, 12, 13);
    }
  }

  @AfterEach
  void stop() {
    github.close();
  }

  private SinkBench bench(SinkKind kind, String token) throws Exception {
    return new SinkBench(kind, Map.of("GITHUB_API_URL", github.endpoint(), "GH_TOKEN", token));
  }

  /// @param where it is, as GitHub's API names it
  record Case(SinkKind kind, String address, String where) {
    @Override
    public String toString() {
      return address;
    }
  }

  private static Stream<Case> cases() {
    var actions = new ActionsSecrets();
    var dependabot = new DependabotSecrets();
    var codespaces = new CodespacesSecrets();
    return Stream.of(
        new Case(actions, "github-actions:acme/app#KEY", "repos/acme/app/actions"),
        new Case(actions, "github-actions:acme/app/prod#KEY", "repos/acme/app/environments/prod"),
        new Case(actions, "github-actions:acme#EVERYBODYS", "orgs/acme/actions"),
        new Case(actions, "github-actions:acme#SOME", "orgs/acme/actions"),
        new Case(dependabot, "github-dependabot:acme/app#KEY", "repos/acme/app/dependabot"),
        new Case(dependabot, "github-dependabot:acme#SOME", "orgs/acme/dependabot"),
        new Case(codespaces, "github-codespaces:acme/app#KEY", "repos/acme/app/codespaces"),
        new Case(codespaces, "github-codespaces:acme#SOME", "orgs/acme/codespaces"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesWhatOnlyGitHubOpens(Case one) throws Exception {
    try (SinkBench bench = bench(one.kind(), OPERATOR)) {
      Sink sink = bench.open(one.address());
      String name = one.address().substring(one.address().indexOf('#') + 1);
      State seen = look(sink, null);
      List<Integer> before = github.selected(one.where(), name);

      assertThat(seen).isEqualTo(new State.WriteOnly(Instant.parse(WRITTEN)));
      assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Delivered.class);
      assertThat(OpenBox.open(github.privateKey(), github.box(one.where(), name))).isEqualTo(NEW);
      assertThat(github.selected(one.where(), name)).isEqualTo(before);
      State after = look(sink, NEW);
      assertThat(((State.WriteOnly) after).updatedAt()).isAfter(Instant.parse(WRITTEN));
      assertThat(deliver(sink, seen)).as("as seen before").isInstanceOf(Delivery.Changed.class);
    }
  }

  @Test
  void doesNotOverwriteWhatWasWrittenSince() throws Exception {
    try (SinkBench bench = bench(new ActionsSecrets(), OPERATOR)) {
      Sink sink = bench.open("github-actions:acme/app#KEY");
      State seen = look(sink, null);
      github.add("app").secret("actions", "KEY", "2026-02-02T10:00:00Z");

      assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Changed.class);
      assertThat(github.box("repos/acme/app/actions", "KEY")).isEmpty();
    }
  }

  @Test
  void makesNoSecretThatIsNotThere() throws Exception {
    try (SinkBench bench = bench(new ActionsSecrets(), OPERATOR)) {
      for (String address :
          List.of(
              "github-actions:acme/app#OTHER",
              "github-actions:acme/other#KEY",
              "github-actions:acme/app/test#KEY",
              "github-actions:acme#KEY")) {
        assertThat(look(bench.open(address), null)).isInstanceOf(State.Missing.class);
      }
    }
  }

  @Test
  void saysWhichCredentialItNeeds() throws Exception {
    try (var bench =
        new SinkBench(new DependabotSecrets(), Map.of("GITHUB_API_URL", github.endpoint()))) {
      State state = look(bench.open("github-dependabot:acme/app#KEY"), null);
      assertThat(((State.Unclear) state).reason()).contains("GH_TOKEN", "dependabot_secrets");
    }
    try (SinkBench bench = bench(new ActionsSecrets(), "nobody's")) {
      State state = look(bench.open("github-actions:acme/app#KEY"), null);
      assertThat(((State.Unclear) state).reason()).contains("GH_TOKEN is refused");
    }
    try (SinkBench bench = bench(new ActionsSecrets(), READER)) {
      Sink sink = bench.open("github-actions:acme/app#KEY");
      Delivery delivery = deliver(sink, look(sink, null));
      assertThat(((Delivery.Refused) delivery).reason()).contains("secrets (write)");
    }
  }

  @Test
  void waitsWhereGitHubWantsIt() throws Exception {
    try (SinkBench bench = bench(new ActionsSecrets(), OPERATOR)) {
      Sink sink = bench.open("github-actions:acme/app#KEY");
      State seen = look(sink, null);
      github.refuse(1);
      assertThat(deliver(sink, seen)).isInstanceOf(Delivery.Limited.class);
      assertThat(look(sink, null)).isEqualTo(seen);
    }
  }

  @Test
  void leavesRunningItToPeople() throws Exception {
    try (SinkBench bench = bench(new ActionsSecrets(), OPERATOR)) {
      assertThat(bench.open("github-actions:acme/app#KEY").activate(PERMIT))
          .isInstanceOf(Activation.ByHand.class);
    }
  }

  @Test
  void takesNoOtherAddress() throws Exception {
    try (SinkBench actions = bench(new ActionsSecrets(), OPERATOR);
        SinkBench dependabot = bench(new DependabotSecrets(), OPERATOR)) {
      for (String where : List.of("acme/app", "acme/app#", "acme/app#A-B", "#KEY", "a b/app#KEY")) {
        assertThatThrownBy(() -> actions.open("github-actions:" + where))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> dependabot.open("github-dependabot:acme/app/prod#KEY"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
