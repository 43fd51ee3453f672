package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Advice.Permission;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A token that stands in several trees is used by all of them.
final class FurtherTreesTest {
  private static final Verification LIVE =
      new Verification.Live(Identity.of("acme", List.of("write")));

  private final Adviser adviser = Advisers.of("huggingface").orElseThrow();

  private static Code tree(String path, String text) {
    return new Code(Set.of("HF_TOKEN"), List.of(new Code.File(path, text, Code.Role.HOLDS)));
  }

  private static Code python(String call) {
    return tree(
        "app.py",
        "from huggingface_hub import HfApi\n"
            + "HF_TOKEN = '"
            + Code.TOKEN
            + "'\n"
            + "HfApi(token=HF_TOKEN)."
            + call
            + "\n");
  }

  private static Code both(String other, Code code) {
    var further = new TreeMap<String, Code>();
    further.put(other, code);
    return python("upload_folder(repo_id='acme/one', folder_path='x')").with(further);
  }

  @Test
  void namesWhatAnyOfThemNeedsAndWhere() {
    Advice advice =
        adviser.advise(LIVE, both("/srv/two", python("snapshot_download(repo_id='acme/two')")));
    assertThat(advice.unclear()).isEmpty();
    assertThat(advice.permissions())
        .extracting(Permission::text)
        .containsExactly("repo.content.read on acme/two", "repo.write on acme/one");
    assertThat(advice.permissions().getFirst().evidence().getFirst().text())
        .isEqualTo("/srv/two/app.py:3 snapshot_download");
    assertThat(advice.permissions().getLast().evidence().getFirst().text())
        .isEqualTo("app.py:3 upload_folder");
  }

  @Test
  void cannotTellAllWhereOneOfThemShowsNoUse() {
    Advice advice =
        adviser.advise(LIVE, both("/srv/two", tree(".env", "HF_TOKEN=" + Code.TOKEN + "\n")));
    assertThat(advice.permissions()).hasSize(1);
    assertThat(advice.unclear())
        .extracting(Advice.Unclear::what)
        .containsExactly(
            "which permissions: in 1 of the 2 trees that it stands in no code is seen to use it");
  }
}
