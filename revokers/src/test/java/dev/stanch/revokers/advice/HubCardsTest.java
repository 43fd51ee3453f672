package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HubCardsTest {
  private static Asked asked(String call) {
    return Asked.of(
        "huggingface",
        "HUB_KEY",
        "card.py",
        """
        from huggingface_hub import DatasetCard, HfFolder, ModelCard, RepoCard, SpaceCard

        HUB_KEY = "%s"
        card = %s
        """
            .formatted(Code.TOKEN, call));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          acme/one          | ModelCard.load("acme/one", token=HUB_KEY)
          datasets/acme/one | DatasetCard.load("acme/one", token=HUB_KEY)
          spaces/acme/one   | SpaceCard.load(repo_id_or_path="acme/one", token=HUB_KEY)
          datasets/acme/one | RepoCard.load("acme/one", repo_type="dataset", token=HUB_KEY)
          """)
  void areReadLikeOtherFiles(String repository, String call) {
    Asked asked = asked(call);
    assertThat(asked.permissions()).containsExactly("repo.content.read on " + repository);
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void ofThePublishersOfOpenModelsNeedNothing() {
    Asked asked = asked("ModelCard.load(\"google/vit\", token=HUB_KEY)");
    assertThat(asked.permissions()).isEmpty();
    assertThat(asked.unclear()).isEmpty();
  }

  /// A class of the client asks as its functions do.
  @Test
  void cannotTellWhatAnotherMethodOfAClassNeeds() {
    Asked asked = asked("ModelCard.validate_remotely(\"acme/one\", token=HUB_KEY)");
    assertThat(asked.unclear())
        .containsExactly("what validate_remotely needs: no rule knows this call of the client");
  }
}
