package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Validates outputs against docs/schema/ and the published schemas of others; reads no network.
public final class Schemas {
  private static final Path OURS = Path.of("../docs/schema");
  private static final String PREFIX = "urn:stanch:schema:";

  /// To read a schema takes long, and hundreds of tests want the same one.
  private static final JsonSchemaFactory FACTORY = factory();

  public Schemas() {}

  private static JsonSchemaFactory factory() {
    Map<String, String> known = new TreeMap<>();
    try (Stream<Path> files = Files.list(OURS)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".json", "");
        known.put(PREFIX + name + ":1", Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return JsonSchemaFactory.getInstance(
        SpecVersion.VersionFlag.V202012,
        builder -> builder.schemaLoaders(loaders -> loaders.schemas(known)));
  }

  public void valid(String schema, String json) {
    var config = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    assertThat(
            FACTORY
                .getSchema(SchemaLocation.of(PREFIX + schema + ":1"), config)
                .validate(json, InputFormat.JSON))
        .as(json)
        .isEmpty();
  }

  static void validSarif(String json) {
    try (var in = Schemas.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                  .getSchema(schema)
                  .validate(json, InputFormat.JSON))
          .isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
