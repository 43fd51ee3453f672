package dev.stanch.revokers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.JarBuilder;
import dev.stanch.revokers.provider.plain.PlainProviders;
import dev.stanch.revokers.spi.Provider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The example that we give to authors of plugins is held to what it teaches: it compiles against
/// what is published, and keeps the contract as a jar and as a descriptor.
final class ExamplePluginTest {
  private static final Path EXAMPLE = Path.of("../docs/example-plugin");
  private static final String FAKE = "com/example/acme/acme-deploy.yml";

  @TempDir Path classes;
  private URLClassLoader loader;

  @AfterEach
  void close() throws IOException {
    if (loader != null) {
      loader.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractAsAJar() throws Exception {
    JarBuilder.compile(
        classes,
        EXAMPLE.resolve("src/main/java"),
        EXAMPLE.resolve("src/test/java"),
        EXAMPLE.resolve("src/test/resources"));
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
    var theirs =
        (ProviderContract)
            loader
                .loadClass("com.example.acme.AcmeProviderTest")
                .getDeclaredConstructor()
                .newInstance();
    return theirs.keepsTheContract();
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractAsData() throws Exception {
    return asData(Files.readString(EXAMPLE.resolve("as-data/acme-deploy.yml"))).keepsTheContract();
  }

  @Test
  void findsAMistakeOfAStranger() throws Exception {
    String sound = Files.readString(EXAMPLE.resolve("as-data/acme-deploy.yml"));
    String broken = sound.replace("delete: /v1/tokens/self", "delete: /v1/tokens/me");
    assertThat(broken).isNotEqualTo(sound);
    assertThat(
            asData(broken)
                .keepsTheContract()
                .filter(test -> catchThrowable(() -> test.getExecutable().execute()) != null)
                .map(DynamicTest::getDisplayName))
        .anyMatch(name -> name.contains("revokes live"));
  }

  private static ProviderContract asData(String descriptor) {
    return new ProviderContract() {
      @Override
      protected Provider provider() {
        return PlainProviders.read("acme-deploy.yml", descriptor);
      }

      @Override
      protected FakeProvider fake() throws IOException {
        return FakeProvider.of(
            Files.readString(EXAMPLE.resolve("src/test/resources").resolve(FAKE)));
      }

      @Override
      protected Map<String, String> environment(FakeProvider fake) {
        return Map.of("ACME_DEPLOY_URL", fake.base("https://deploy.acme.example"));
      }
    };
  }
}
