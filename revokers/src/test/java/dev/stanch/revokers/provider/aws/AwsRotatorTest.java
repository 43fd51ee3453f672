package dev.stanch.revokers.provider.aws;

import dev.stanch.fixtures.FakeProvider;
import dev.stanch.revokers.contract.RotatorContract;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class AwsRotatorTest {
  @TestFactory
  Stream<DynamicTest> replacesKeysAsDocumented() {
    return RotatorContract.casesOf(
        new AwsProvider(new Waits()),
        "live",
        () -> new FakeProvider("aws"),
        fake ->
            Map.of(
                "AWS_ENDPOINT_URL_STS", fake.base("https://sts.amazonaws.com"),
                "AWS_ENDPOINT_URL_IAM", fake.base("https://iam.amazonaws.com"),
                "AWS_ACCESS_KEY_ID", fake.key("admin").fields().path("id").asText()));
  }
}
