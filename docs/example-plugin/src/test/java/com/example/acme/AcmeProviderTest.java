package com.example.acme;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stanch.fixtures.FakeProvider;
import dev.stanch.revokers.contract.ProviderContract;
import dev.stanch.revokers.spi.Provider;
import java.io.IOException;
import java.util.Map;

/// Holds the provider to what Stanch asks of every provider, on a fake of the service.
public final class AcmeProviderTest extends ProviderContract {
  @Override
  protected Provider provider() {
    return new AcmeProvider();
  }

  @Override
  protected FakeProvider fake() throws IOException {
    try (var contract = AcmeProviderTest.class.getResourceAsStream("acme-deploy.yml")) {
      return FakeProvider.of(new String(contract.readAllBytes(), UTF_8));
    }
  }

  @Override
  protected Map<String, String> environment(FakeProvider fake) {
    return Map.of("ACME_DEPLOY_URL", fake.base("https://deploy.acme.example"));
  }
}
