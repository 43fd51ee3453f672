package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whose word a host rests on: a refusal by a host that only stood beside a token says little.
final class PlacesTest {
  private static Places okta(Map<String, String> environment) {
    return new Places(
        PlainProviders.read("okta", DescriptorReader.Unconfirmed.LEFT_OUT), environment);
  }

  @Test
  void knowsWhenOnlyTheFindingNamesTheHost() {
    assertThat(okta(Map.of()).namedByFinding("org")).isTrue();
  }

  @Test
  void trustsTheOperatorsHost() {
    assertThat(okta(Map.of("OKTA_CLIENT_ORGURL", "https://acme.okta.com")).namedByFinding("org"))
        .isFalse();
    assertThat(okta(Map.of("STANCH_OKTA_URL", "https://acme.okta.com")).namedByFinding("org"))
        .isFalse();
  }

  @Test
  void trustsAHostThatIsTheProvidersOnlyOne() {
    var openai =
        new Places(PlainProviders.read("openai", DescriptorReader.Unconfirmed.LEFT_OUT), Map.of());
    assertThat(openai.namedByFinding("api")).isFalse();
  }
}
