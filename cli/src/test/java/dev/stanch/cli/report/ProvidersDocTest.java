package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.stanch.cli.CommandRun;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Matcher;
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

  /// The page says which providers are held to a fake, and counts no other.
  @Test
  void documentsTheProvidersThatAreBuiltIn() throws IOException {
    JsonNode providers =
        new ObjectMapper().readTree(CommandRun.of("providers", "list", "--format", "json").out());
    var held = new ArrayList<JsonNode>();
    String page = CommandRun.of("providers", "list", "--format", "md").out();
    for (JsonNode provider : providers) {
      if (FakeProvider.ids().contains(provider.path("name").asText())) {
        held.add(provider);
      } else {
        String id = "(`" + provider.path("name").asText() + "`)";
        page = page.replace(id + " |", id + ", not held to a fake yet |");
      }
    }
    String counts =
        held.size()
            + " providers are each held to a fake that answers as its documentation says: "
            + held.stream().filter(each -> each.path("verify").asBoolean()).count()
            + " are asked about their tokens, "
            + held.stream().filter(each -> each.path("revoke").asBoolean()).count()
            + " end them by a call, for "
            + held.stream().filter(each -> each.path("revoke").isTextual()).count()
            + " a person is told how; "
            + held.stream().filter(each -> each.path("rotate").asBoolean()).count()
            + " replace them by a call. "
            + (providers.size() - held.size())
            + " more are not held to a fake yet, and not counted.\n\n";
    Golden.checkFile(
        Path.of("../docs/PROVIDERS.md"),
        page.replaceFirst("(?=\\| provider \\|)", Matcher.quoteReplacement(counts)));
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
