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

class CompanionTest {
  private final Detector detector = new Detector(RuleTables.builtIn());

  @Test
  void theSecretBesideAnIdentifierIsTheToken() throws IOException {
    String id = expand("{{\"AKIA\"}}{{base32:16}}", 1);
    String secret = expand("{{base64:40}}", 2);
    String text = "AWS_ACCESS_KEY_ID=" + id + "\nAWS_SECRET_ACCESS_KEY=" + secret + "\n";

    List<Hit> hits = hits(text);

    assertThat(hits).hasSize(1);
    assertThat(token(text, hits.getFirst())).isEqualTo(secret);
    assertThat(hits.getFirst().candidate().parts()).startsWith(new Part("id", id));
  }

  @Test
  void eachIdentifierOfAFileKeepsItsOwnSecret() throws IOException {
    var text = new StringBuilder();
    for (int profile = 0; profile < 4; profile++) {
      text.append("[p").append(profile).append("]\naws_access_key_id = ");
      text.append(expand("{{\"AKIA\"}}{{base32:16}}", profile));
      text.append("\naws_secret_access_key = ").append(expand("{{base64:40}}", 10 + profile));
      text.append('\n');
    }

    List<Hit> hits = hits(text.toString());

    assertThat(hits).hasSize(4);
    for (int profile = 0; profile < 4; profile++) {
      assertThat(token(text.toString(), hits.get(profile)))
          .isEqualTo(expand("{{base64:40}}", 10 + profile));
      assertThat(hits.get(profile).candidate().parts())
          .startsWith(new Part("id", expand("{{\"AKIA\"}}{{base32:16}}", profile)));
    }
  }

  @Test
  void anIdentifierAloneIsAFindingOfItsOwn() throws IOException {
    String id = expand("{{\"AKIA\"}}{{base32:16}}", 3);

    List<Hit> hits = hits("AWS_ACCESS_KEY_ID=" + id + "\n");

    assertThat(hits).hasSize(1);
    assertThat(hits.getFirst().candidate().parts()).extracting(Part::name).doesNotContain("id");
  }

  @Test
  void ofPartsOfOneNameTheFirstThatIsThereCounts() throws IOException {
    String joined = expand("{{lower+digit:12}}", 4);
    String named = expand("{{lower+digit:12}}", 5);
    String token = expand("{{\"pscale_tkn_\"}}{{alnum:43}}", 6);

    List<Hit> hits = hits("token_id=" + named + "\n\"" + joined + ":" + token + "\"\n");

    assertThat(hits).hasSize(1);
    assertThat(hits.getFirst().candidate().parts()).containsExactly(new Part("id", joined));
  }

  @Test
  void anAddressOfAnybodyElseIsNobodysUser() throws IOException {
    String token = expand("{{\"ATATT3xFfGF0\"}}{{alnum:171}}={{HEX:8}}", 8);

    List<Hit> hits = hits("# ask git@forge.example\nJIRA_API_TOKEN=" + token + "\n");

    assertThat(hits).hasSize(1);
    assertThat(hits.getFirst().candidate().parts()).isEmpty();
  }

  @Test
  void anIdentifierHoldsItsAccount() {
    assertThat(account("A".repeat(16))).containsExactly(new Part("account", "000000000000"));
    assertThat(account("Q".repeat(16))).containsExactly(new Part("account", "035468117025"));
    assertThat(account("7".repeat(16))).as("above every account").isEmpty();
    assertThat(account("J" + "Q".repeat(15))).as("the oldest hold none").isEmpty();
  }

  private static List<Part> account(String body) {
    byte[] id = ("AKIA" + body).getBytes(StandardCharsets.US_ASCII);
    Structure.Reading reading = Structure.AWS_ACCESS_KEY.read(id, 0, id.length);
    return reading == null ? List.of() : reading.parts();
  }

  private List<Hit> hits(String text) throws IOException {
    return new TextScanner(detector)
        .scan(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String token(String text, Hit hit) {
    return text.substring((int) hit.start(), (int) hit.end());
  }

  private static String expand(String template, int seed) {
    return new ExampleTemplate(template).expand(seed * 31L + 7);
  }
}
