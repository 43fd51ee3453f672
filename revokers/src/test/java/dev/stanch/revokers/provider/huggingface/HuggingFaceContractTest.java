package dev.stanch.revokers.provider.huggingface;

import dev.stanch.fixtures.FakeProvider;
import dev.stanch.revokers.contract.ProviderContract;
import dev.stanch.revokers.spi.Provider;
import java.io.IOException;
import java.util.Map;

final class HuggingFaceContractTest extends ProviderContract {
  @Override
  protected Provider provider() {
    return new HuggingFaceProvider();
  }

  @Override
  protected FakeProvider fake() throws IOException {
    return new FakeProvider("huggingface");
  }

  @Override
  protected Map<String, String> environment(FakeProvider fake) {
    return Map.of("HF_ENDPOINT", fake.base("https://huggingface.co"));
  }
}
