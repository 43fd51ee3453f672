package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.ProviderId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathJudgeTest {
  @ParameterizedTest
  @CsvSource({
    "src/main/java/Db.java, code, own",
    "config/database.yml, configuration, own",
    ".env.production, configuration, own",
    "deploy.sh, shell, own",
    "docs/setup.md, prose, example",
    "src/test/java/DbTest.java, code, test",
    "test_login.py, code, test",
    "package-lock.json, generated, own",
    "static/app.min.js, generated, own",
    "locales/de.json, configuration, locale",
    "examples/app.py, code, example",
  })
  void knowsWhatAFileIsFor(String path, String form, String use) {
    PathJudge.Kind kind = PathJudge.kind(path);
    assertThat(kind.form()).isEqualTo(form);
    assertThat(kind.use()).isEqualTo(use);
  }

  @Test
  void aTestIsLessSuspiciousThanConfiguration() {
    Candidate candidate = candidate(Evidence.GENERIC, Candidate.PASSWORD);
    double inTest = PathJudge.judge(candidate, "src/test/java/DbTest.java").confidence();
    double inConfiguration = PathJudge.judge(candidate, "config/prod.yml").confidence();
    assertThat(inTest).isLessThan(inConfiguration);
  }

  @Test
  void anExpressionInCodeIsNoValue() {
    Candidate bare = candidate(Evidence.GENERIC, Candidate.PASSWORD | Candidate.BARE);
    assertThat(PathJudge.judge(bare, "src/main/java/Db.java").confidence()).isLessThan(0.05);
    assertThat(PathJudge.judge(bare, "config/db.properties").confidence()).isGreaterThan(0.5);
  }

  @Test
  void aTokenOfAKnownFormatIsOneAnywhere() {
    Candidate candidate = candidate(Evidence.PREFIX, 0);
    assertThat(PathJudge.judge(candidate, "src/test/java/DbTest.java").confidence())
        .isEqualTo(candidate.confidence());
  }

  private static Candidate candidate(Evidence evidence, int traits) {
    byte[] value = "Tulip-4411".getBytes(StandardCharsets.US_ASCII);
    return new Candidate(
        0,
        ProviderId.GENERIC,
        true,
        evidence,
        0,
        value.length,
        0,
        0,
        TokenBytes.of(value, 0, value.length),
        0,
        0.9,
        List.of("assigned to password"),
        List.of(),
        List.of(),
        traits);
  }
}
