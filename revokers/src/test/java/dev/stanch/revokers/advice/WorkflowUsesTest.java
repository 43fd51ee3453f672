package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;

/// What a workflow says of the token that a step of it is handed.
final class WorkflowUsesTest {
  private static final String WORKFLOW = ".github/workflows/main.yml";

  private static String workflow(String step) {
    return """
    on: push
    permissions:
      contents: read
    jobs:
      one:
        runs-on: ubuntu-latest
        steps:
    %s
          - run: ./scripts/report.sh
            env:
              BOT_TOKEN: %s
    """
        .formatted(step.indent(6).stripTrailing(), Code.TOKEN);
  }

  private static Asked asked(String step, String script) {
    return Asked.of("github", "BOT_TOKEN", WORKFLOW, workflow(step), "scripts/report.sh", script);
  }

  @Test
  void doesNotNeedWhatTheJobsOwnTokenIsGrantedWhereAnotherFileUsesIt() {
    Asked asked =
        asked(
            "- uses: actions/checkout@v4",
            "GH_TOKEN=$BOT_TOKEN gh issue create --repo acme/board --title Report\n");
    assertThat(asked.permissions()).containsExactly("issues=write on acme/board");
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void isToldByWhatTheJobIsGrantedWhereNoUseIsSeen() {
    assertThat(asked("- uses: actions/checkout@v4", "true\n").permissions())
        .containsExactly("contents=read");
  }

  @Test
  void cannotTellWhatAnActionNeedsThatNoRuleKnows() {
    Asked asked =
        asked(
            """
            - uses: acme/sync@v1
              with:
                token: ${{ secrets.BOT_TOKEN }}
            """,
            "GH_TOKEN=$BOT_TOKEN gh issue create --repo acme/board --title Report\n");
    assertThat(asked.permissions()).containsExactly("issues=write on acme/board");
    assertThat(asked.unclear()).containsExactly("what acme/sync needs: no rule knows this action");
  }

  @Test
  void isNotNeededByActionsThatAreHandedAnother() {
    Asked asked =
        asked(
            """
            - uses: acme/sync@v1
              with:
                token: ${{ secrets.GITHUB_TOKEN }}
            - uses: actions/setup-go@v5
              with:
                token: ${{ secrets.BOT_TOKEN }}
            """,
            "GH_TOKEN=$BOT_TOKEN gh issue create --repo acme/board --title Report\n");
    assertThat(asked.unclear()).isEmpty();
  }
}
