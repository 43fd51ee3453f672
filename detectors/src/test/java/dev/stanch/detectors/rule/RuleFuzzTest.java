package dev.stanch.detectors.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.fixtures.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Damaged rule files give problems, or rules whose tables can be told to be wrong.
final class RuleFuzzTest {
  private static final Path RULES = Path.of("src/main/resources/dev/stanch/detectors/rules");

  @Test
  void loadsDamagedRules() throws IOException {
    List<byte[]> sound;
    try (Stream<Path> files = Files.list(RULES)) {
      sound =
          files
              .filter(file -> file.toString().endsWith(".yml"))
              .sorted()
              .map(RuleFuzzTest::bytes)
              .filter(bytes -> bytes.length < 8000)
              .toList();
    }
    long count =
        Fuzz.run(
            "rules",
            random -> {
              byte[] damaged = Fuzz.damaged(sound.get(random.nextInt(sound.size())), random);
              var loader = new RuleLoader();
              String text = new String(damaged, StandardCharsets.UTF_8);
              if (random.nextBoolean()) {
                loader.load("rules.yml", text, Rule.Origin.USER);
              } else {
                loader.loadConfiguration("stanch.yml", text, Rule.Origin.USER);
              }
              for (RuleLoader.Authored authored : loader.rules()) {
                try {
                  RuleTables.of(List.of(authored.rule()));
                } catch (IllegalArgumentException e) {
                  assertThat(e).hasMessageMatching("(?s).+");
                }
              }
            });
    System.out.println("rules: " + count);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
