package dev.stanch.revokers.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AwsVerifierTest {
  private static final RevealPermit PERMIT = RevealPermit.grant("test");

  private static Map<String, String> endpoints(FakeProvider fake) {
    return Map.of(
        "AWS_ENDPOINT_URL_STS", fake.base("https://sts.amazonaws.com"),
        "AWS_ENDPOINT_URL_IAM", fake.base("https://iam.amazonaws.com"));
  }

  private static String id(FakeKey key) {
    return key.parts().getOrDefault("id", "");
  }

  @Test
  void asksTwiceBeforeItCallsAKeyDead() throws Exception {
    try (var fake = new FakeProvider("aws");
        var bench = new AwsBench()) {
      var waits = new Waits();
      Verifier verifier =
          new AwsProvider(waits)
              .verifier(bench.context(endpoints(fake), Optional.empty()))
              .orElseThrow();
      FakeKey revoked = fake.key("revoked");
      Verification verdict = verifier.verify(AwsBench.found(id(revoked), revoked.token()), PERMIT);
      assertThat(verdict.dead()).isTrue();
      assertThat(fake.requests()).hasSize(2);
      assertThat(waits.waits()).containsExactly(AwsVerifier.SPACING);
    }
  }

  @Test
  void waitsBetweenTwoSecretsOfOneId() throws Exception {
    try (var fake = new FakeProvider("aws");
        var bench = new AwsBench()) {
      var waits = new Waits();
      Verifier verifier =
          new AwsProvider(waits)
              .verifier(bench.context(endpoints(fake), Optional.empty()))
              .orElseThrow();
      FakeKey live = fake.key("live");
      assertThat(verifier.verify(AwsBench.found(id(live), live.token()), PERMIT).live()).isTrue();
      assertThat(verifier.verify(AwsBench.found(id(live), live.token()), PERMIT).live()).isTrue();
      assertThat(waits.waits()).isEmpty();
      FakeKey other = fake.key("stranger");
      assertThat(verifier.verify(AwsBench.found(id(live), other.token()), PERMIT).dead()).isTrue();
      // Once before the other secret, once before the second refusal.
      assertThat(waits.waits()).containsExactly(AwsVerifier.SPACING, AwsVerifier.SPACING);
    }
  }

  @Test
  void asksAboutNoTemporaryKeyAndNoLoneId() throws Exception {
    try (var fake = new FakeProvider("aws");
        var bench = new AwsBench()) {
      var provider = new AwsProvider(new Waits());
      var context = bench.context(endpoints(fake), Optional.empty());
      Verifier verifier = provider.verifier(context).orElseThrow();
      String lone = id(fake.key("live"));
      assertThat(
              verifier.verify(AwsBench.found(lone.replace("AKIA", "ASIA"), "s".repeat(40)), PERMIT))
          .isInstanceOf(Verification.NotChecked.class);
      assertThat(verifier.verify(AwsBench.found(lone, lone), PERMIT))
          .isInstanceOf(Verification.NotChecked.class);
      assertThat(provider.revoker(context).orElseThrow().locate(AwsBench.found(lone, lone), PERMIT))
          .isEqualTo(new Target.NeedsCredential(AwsProvider.SECRET));
      assertThat(fake.requests()).isEmpty();
    }
  }
}
