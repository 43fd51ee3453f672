package dev.stanch.revokers.provider.aws;

import dev.stanch.fixtures.FakeProvider;
import dev.stanch.revokers.contract.ProviderContract;
import dev.stanch.revokers.spi.Provider;
import java.io.IOException;
import java.util.Map;

final class AwsContractTest extends ProviderContract {
  @Override
  protected Provider provider() {
    return new AwsProvider(new Waits());
  }

  @Override
  protected FakeProvider fake() throws IOException {
    return new FakeProvider("aws");
  }

  @Override
  protected Map<String, String> environment(FakeProvider fake) {
    return Map.of(
        "AWS_ENDPOINT_URL_STS", fake.base("https://sts.amazonaws.com"),
        "AWS_ENDPOINT_URL_IAM", fake.base("https://iam.amazonaws.com"),
        "AWS_ACCESS_KEY_ID", fake.key("admin").fields().path("id").asText());
  }
}
