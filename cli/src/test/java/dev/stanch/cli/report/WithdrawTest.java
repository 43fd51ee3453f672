package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.cli.CommandRun;
import dev.stanch.cli.ExitCode;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A token of somebody else's loses what it reaches in our organisation, and lives on.
@Execution(ExecutionMode.CONCURRENT) // each mostly waits for its provider's pace
class WithdrawTest {
  @TempDir Path folder;

  private LeakFolder at;
  private FakeProvider github;
  private FakeKey live;
  private FakeKey authorized;

  @BeforeEach
  void leak() throws Exception {
    github = new FakeProvider("github");
    live = github.key("live");
    authorized = github.key("authorized");
    at = new LeakFolder(folder, "acme");
    at.leak("GITHUB_TOKEN=" + live.token() + "\n");
  }

  @AfterEach
  void stop() {
    github.close();
  }

  private CommandRun stanch(String... args) {
    return at.setting()
        .with("GITHUB_API_URL", github.base("https://api.github.com"))
        .with("GITHUB_ORG", github.key("organization").token())
        .with("GITHUB_ORG_OWNER_TOKEN", github.key("owner-of-organization").token())
        .run(args);
  }

  @Test
  void takesOneOrganisationFromATokenOfSomebodyElse() throws Exception {
    CommandRun plain = stanch("plan", "dir:leak");
    assertThat(plain.out()).contains("1 to revoke");
    CommandRun text = stanch("plan", "--withdraw", "dir:leak");
    assertThat(text.out())
        .contains("1 to withdraw", "final: it reaches acme no more, and lives on elsewhere");
    stanch(LeakFolder.plan("--withdraw"));
    JsonNode json = at.planned();
    assertThat(json.path("steps").path(0).path("do").asText()).isEqualTo("withdraw");
    assertThat(json.path("steps").path(0).path("keyTenant").asText()).isEqualTo("acme");

    CommandRun dry = stanch("revoke", "--plan", "plan.json");
    assertThat(dry.out() + dry.err()).contains("not ours: --third-party --reason TEXT");
    CommandRun revoke = stanch(at.apply("revoke", "--third-party", "--reason", "a contractor's"));
    assertThat(revoke.out()).as(revoke.err()).contains("1 contained");
    assertThat(revoke.status()).isEqualTo(ExitCode.FINDINGS.value());
    assertThat(revoke.out()).contains("have its owner revoke it: it lives on elsewhere");
    assertThat(authorized.state()).isEqualTo("revoked");
    assertThat(live.state()).isEqualTo("live");
    assertThat(github.key("another-authorized").state()).isEqualTo("live");
  }
}
