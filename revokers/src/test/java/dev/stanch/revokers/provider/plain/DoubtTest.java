package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.provider.plain.DescriptorReader.Unconfirmed;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which refusals may be no fault of the token: those of more than the token.
final class DoubtTest {
  @ParameterizedTest
  @CsvSource({
    // With the user, the id or the account that stands beside it.
    "atlassian, api-token, true",
    "dockerhub, personal-token, true",
    "twilio, api-key, true",
    "cloudinary, key, true",
    // With the operator's.
    "plaid, access-token, true",
    "vonage, secret, true",
    // The id only names it in the path; the secret alone signs in.
    "scaleway, api-key, false",
    "buildkite, api-access-token, false",
  })
  void knowsWhatSignsIn(String provider, String kind, boolean more) {
    Descriptor descriptor = PlainProviders.read(provider, Unconfirmed.LEFT_OUT);
    Stream<Descriptor.Probe> probes =
        descriptor.kinds().stream()
            .filter(each -> each.name().equals(kind))
            .flatMap(each -> each.probes().stream());
    assertThat(probes.map(probe -> probe.call().provesMoreThanTheToken())).containsOnly(more);
  }
}
