package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.revokers.contract.ProviderContract;
import dev.stanch.revokers.contract.RotatorContract;
import dev.stanch.revokers.provider.plain.Descriptor.Kind;
import dev.stanch.revokers.provider.plain.DescriptorReader.Unconfirmed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Every descriptor that says how a key is replaced, on its fake; not where the fake documents no
/// call that makes one.
@Execution(ExecutionMode.CONCURRENT) // silent hosts are waited for
final class PlainRotatorTest {
  private final PlainProviders providers = new PlainProviders();

  @TestFactory
  Stream<DynamicTest> replacesKeysAsDocumented() throws IOException {
    var cases = new ArrayList<DynamicTest>();
    for (ProviderId id : providers.ids()) {
      List<Kind> kinds = PlainProviders.read(id.value(), Unconfirmed.LEFT_OUT).kinds();
      for (Kind kind : PlainProvidersTest.wanted(id) ? kinds : List.<Kind>of()) {
        if (kind.renewal() == null || !FakeProvider.ids().contains(id.value())) {
          continue;
        }
        role(id.value(), kinds, kind)
            .ifPresent(
                role ->
                    RotatorContract.casesOf(
                            providers.find(id).orElseThrow(),
                            role,
                            () -> new FakeProvider(id.value()),
                            fake -> PlainProvidersTest.environment(id.value(), fake))
                        .forEach(cases::add));
      }
    }
    assertThat(cases.isEmpty() && System.getProperty("provider") == null).isFalse();
    return cases.stream();
  }

  /// The key of this kind whose replacement the fake's documentation has.
  private static Optional<String> role(String id, List<Kind> kinds, Kind kind) throws IOException {
    try (var fake = new FakeProvider(id)) {
      List<FakeKey> documented =
          fake.keys().stream()
              .filter(
                  key ->
                      Stream.of("mint", "replace")
                          .anyMatch(how -> ProviderContract.acts(fake, key.role(), how)))
              .toList();
      return documented.stream()
          .filter(
              key ->
                  kinds.stream()
                      .filter(each -> is(each, key))
                      .findFirst()
                      .filter(first -> first.name().equals(kind.name()))
                      .isPresent())
          .map(FakeKey::role)
          .findFirst();
    }
  }

  private static boolean is(Kind kind, FakeKey key) {
    return kind.rules().isEmpty() && kind.prefixes().isEmpty()
        || kind.rules().contains(key.rule())
        || kind.prefixes().stream().anyMatch(key.token()::startsWith);
  }
}
