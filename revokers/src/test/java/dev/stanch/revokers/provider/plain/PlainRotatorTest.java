package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.revokers.contract.RotatorContract;
import dev.stanch.revokers.provider.plain.DescriptorReader.Unconfirmed;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every descriptor that says how a key is replaced, on its fake.
final class PlainRotatorTest {
  private final PlainProviders providers = new PlainProviders();

  @TestFactory
  Stream<DynamicTest> replacesKeysAsDocumented() {
    var cases = new ArrayList<DynamicTest>();
    for (ProviderId id : providers.ids()) {
      boolean rotates =
          PlainProviders.read(id.value(), Unconfirmed.LEFT_OUT).kinds().stream()
              .anyMatch(kind -> kind.renewal() != null);
      if (rotates) {
        RotatorContract.casesOf(
                providers.find(id).orElseThrow(),
                "live",
                () -> new FakeProvider(id.value()),
                fake -> PlainProvidersTest.environment(id.value(), fake))
            .forEach(cases::add);
      }
    }
    assertThat(cases).isNotEmpty();
    return cases.stream();
  }
}
