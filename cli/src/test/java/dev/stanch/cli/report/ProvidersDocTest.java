package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.stanch.cli.CommandRun;
import dev.stanch.fixtures.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ProvidersDocTest {
  private static final Path DESCRIPTORS =
      Path.of("../revokers/src/main/resources/dev/stanch/revokers/providers");

  @Test
  void listsProvidersAsTheirSchemaSays() throws IOException {
    CommandRun run = CommandRun.of("providers", "list", "--format", "json");
    assertThat(run.status()).isEqualTo(0);
    new Schemas().valid("provider", run.out());
    for (JsonNode provider : new ObjectMapper().readTree(run.out())) {
      String name = provider.path("name").asText();
      assertThat(provider.path("revoke").isTextual() || provider.path("verify").asBoolean())
          .as(name)
          .isTrue();
    }
  }

  @Test
  void documentsTheProvidersThatAreBuiltIn() {
    Golden.checkFile(
        Path.of("../docs/PROVIDERS.md"),
        CommandRun.of("providers", "list", "--format", "md").out());
  }

  @TestFactory
  Stream<DynamicTest> descriptorsFitTheirSchema() throws IOException {
    var yaml = new ObjectMapper(new YAMLFactory());
    var schemas = new Schemas();
    return Files.readAllLines(DESCRIPTORS.resolve("index")).stream()
        .map(
            id ->
                DynamicTest.dynamicTest(
                    id,
                    () ->
                        schemas.valid(
                            "provider-descriptor",
                            yaml.readTree(DESCRIPTORS.resolve(id + ".yml").toFile()).toString())));
  }
}
