package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.rule.ExampleTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FinderTest {
  @ParameterizedTest
  @ValueSource(strings = {"nightly build", "ci-deploy-2026-11-27-prod-eu-west-1", "Ann's notebook"})
  void showsNames(String name) {
    assertThat(Finder.isName(name)).isTrue();
  }

  @Test
  void showsNoKeyThatIsNamedAfterAValue() {
    String value = new ExampleTemplate("{{\"dapi\"}}{{hex:32}}").expand(1);
    assertThat(Finder.isName("old " + value)).isFalse();
  }
}
