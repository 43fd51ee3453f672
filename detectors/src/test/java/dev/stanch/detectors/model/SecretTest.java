package dev.stanch.detectors.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SecretTest {
  private static List<Secret> secrets(String... texts) {
    return Stream.of(texts).map(text -> new Secret(text.getBytes(UTF_8))).toList();
  }

  @Test
  void tellsWhichStandInAText() {
    List<Secret> secrets =
        secrets(
            "beginning-one", "beginning-two", "not there at all", "short", "exactly8", "at end é");
    byte[] text = "a beginning-two, short, exactly8\nbeginning-on at end é".getBytes(UTF_8);
    assertThat(Secret.standingIn(text, secrets).stream()).containsExactly(1, 4, 5);
    assertThat(Secret.standingIn(new byte[0], secrets).isEmpty()).isTrue();
    assertThat(Secret.standingIn(text, List.of()).isEmpty()).isTrue();
  }

  @Test
  void goesOutOfATextWhereverItStands() {
    assertThat(secrets("token-text").getFirst().replacedIn("a/token-text/b-token-text", "tok…"))
        .isEqualTo("a/tok…/b-tok…");
  }
}
