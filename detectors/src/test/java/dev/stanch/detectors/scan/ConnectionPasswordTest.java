package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.detectors.rule.RuleTables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionPasswordTest {
  private final Detector detector = new Detector(RuleTables.builtIn());
  private final String password = new ExampleTemplate("{{alnum:16}}").expand(4);

  @Test
  void aPasswordInAUrlComesWithUserAndHost() throws IOException {
    List<Hit> hits = hits("postgres://app:" + password + "@db-1.acme.internal:5432/acme");

    assertThat(hits).hasSize(1);
    assertThat(hits.getFirst().candidate().parts())
        .containsExactlyInAnyOrder(
            new Part("user", "app"), new Part("host", "db-1.acme.internal:5432"));
    assertThat(hits.getFirst().candidate().confidence()).isGreaterThan(0.8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://app:%s@db-1.acme.internal:5432/acme",
        "https://app:%s@git.acme.internal/a",
        "foo+bar://app:%s@mq-1.acme.internal/a",
        "curl 'https://api.acme.internal/v1?page=2&api_secret=%s&x=1'"
      })
  void aValueOfAUrlIsWhatItStandsFor(String text) throws IOException {
    String half = password.substring(8);
    String raw = password.substring(0, 8) + "%2F" + half + "%3d";
    String url = String.format(text, raw);
    assertThat(hits(url))
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.candidate().token().utf8())
                  .isEqualTo(password.substring(0, 8) + "/" + half + "=");
              assertThat(hit.candidate().via()).containsExactly("percent");
              assertThat(hit.location().column()).isEqualTo(url.indexOf(raw) + 1);
              assertThat(hit.candidate().length()).isEqualTo(raw.length());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"password = \"%s\"", "postgres://app:%s@db-1.acme.internal/a"})
  void aPercentSignElsewhereIsOne(String text) throws IOException {
    boolean url = text.startsWith("postgres");
    String raw = password.substring(0, 8) + (url ? "%zz" : "%2F") + password.substring(8);
    assertThat(hits(String.format(text, raw)))
        .allSatisfy(hit -> assertThat(hit.candidate().token().utf8()).isEqualTo(raw));
  }

  @ParameterizedTest
  @ValueSource(strings = {"db.example.com", "host", "app.test:99"})
  void aHostOfExamplesIsWorthLess(String host) throws IOException {
    assertThat(hits("postgres://app:" + password + "@" + host + "/acme"))
        .allSatisfy(hit -> assertThat(hit.candidate().confidence()).isLessThan(0.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:5432"})
  void aHostOfThisMachineMakesAPasswordLessSure(String host) throws IOException {
    assertThat(hits("postgres://app:" + password + "@" + host + "/acme"))
        .singleElement()
        .satisfies(hit -> assertThat(hit.candidate().confidence()).isBetween(0.5, 0.7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rabbituser", "your_password", "dbpassword", "${SECRET}", "{{secret}}"})
  void aPlaceholderIsNoPassword(String placeholder) throws IOException {
    assertThat(hits("amqp://rabbituser:" + placeholder + "@mq-1.acme.internal/prod"))
        .noneSatisfy(hit -> assertThat(hit.candidate().confidence()).isGreaterThan(0.5));
  }

  private List<Hit> hits(String text) throws IOException {
    return new TextScanner(detector)
        .scan(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
