package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which of several clones a command of git is run in.
final class ClonesTest {
  private static final String CLONES =
      """
      git clone --depth 1 "https://x:${ACME_PAT}@github.com/acme/book.git" source
      git clone "https://x:${ACME_PAT}@github.com/acme/site.git" "$WORK/site"
      git clone "https://x:${ACME_PAT}@github.com/acme/notes.git"
      """;

  private static Asked script(String lines) {
    return Asked.of("github", "ACME_PAT", "sync.conf", "ACME_PAT=" + Code.TOKEN, "sync.sh", lines);
  }

  private static Asked workflow(String steps) {
    String text =
        """
        on: push
        jobs:
          one:
            runs-on: ubuntu-latest
            steps:
        """;
    return Asked.of(
        "github", "ACME_PAT", ".github/workflows/a.yml", text + steps.formatted(Code.TOKEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cd \"$WORK/site\"\ngit push origin main\n",
        "cd \"$WORK\" && cd site/docs\ngit push\n",
        "cd source\ncd -\npushd /srv/site\ngit push --quiet origin HEAD\n",
        "git -C \"$WORK/site\" push origin main\n",
        "(cd source && make)\ncd ../site\ncd $WORK/site; git push\n",
      })
  void isTheOneOfItsFolder(String lines) {
    Asked asked = script(CLONES + lines);
    assertThat(asked.permissions())
        .containsExactly(
            "contents=read on acme/book",
            "contents=read on acme/notes",
            "contents=write on acme/site");
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void isCalledLikeItsRepositoryWhereNoFolderIsSaid() {
    assertThat(script(CLONES + "cd notes\ngit push\n").permissions())
        .contains("contents=write on acme/notes");
  }

  @Test
  void cannotBeToldElsewhere() {
    Asked asked = script(CLONES + "cd \"$1\"\ngit push\n");
    assertThat(asked.permissions()).noneMatch(each -> each.startsWith("contents=write"));
    assertThat(asked.unclear()).containsExactly("what contents=write is to be limited to");
  }

  @Test
  void isTheOnlyOneWhateverItsFolder() {
    Asked asked =
        script(
            """
            git clone "https://x:${ACME_PAT}@github.com/acme/site.git" "$dir"
            cd "$other"
            git push
            """);
    assertThat(asked.permissions()).containsExactly("contents=write on acme/site");
  }

  @Test
  void mayHaveAnotherRemote() {
    Asked asked =
        script(
            CLONES
                + """
                cd source
                git remote set-url origin "https://x:${ACME_PAT}@github.com/acme/fork.git"
                git push origin main
                """);
    assertThat(asked.permissions()).contains("contents=write on acme/fork");
    assertThat(asked.unclear()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "      - run: cd infra && git push\n",
        "      - run: |\n          cd infra\n          git push origin HEAD\n",
        "      - run: git push\n        working-directory: infra\n",
      })
  void isWhatAWorkflowCheckedOutThere(String step) {
    Asked asked =
        workflow(
            """
                  - uses: actions/checkout@v4
                  - uses: actions/checkout@v4
                    with:
                      repository: acme/infra
                      path: infra
                      token: %s
            """
                + step);
    assertThat(asked.permissions()).containsExactly("contents=write on acme/infra");
    assertThat(asked.unclear()).isEmpty();
  }
}
