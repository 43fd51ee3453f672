package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every book is one that its reader understands, and says where it knows it from.
final class BooksTest {
  private static final Path RESOURCES = Path.of("src/main/resources/dev/stanch/revokers");

  static List<String> providers() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve("advice"))) {
      return files.map(file -> file.getFileName().toString().replace(".yml", "")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void saysWhatAUseNeedsOrWhyNobodyCanTell(String provider) {
    Book book = Advisers.book(provider);
    assertThat(book.documentation()).isNotEmpty();
    assertThat(book.summary()).isNotBlank();
    for (Book.Rule rule : book.uses()) {
      long ways =
          Stream.of(
                  !rule.calls().isEmpty(),
                  !rule.commands().isEmpty(),
                  rule.addresses() != null,
                  !rule.actions().isEmpty(),
                  rule.declared() != null)
              .filter(each -> each)
              .count();
      assertThat(ways).as("%s", rule).isEqualTo(1);
      assertThat(rule.on().isEmpty() || rule.about().isEmpty()).as("%s", rule).isTrue();
    }
    for (Book.Way way : book.withoutToken()) {
      assertThat(way.snippet()).as(way.id()).isNotBlank();
      assertThat(way.link()).as(way.id()).startsWith("https://");
      assertThat(way.where()).as("a snippet is in one system's syntax: %s", way).hasSizeLessThan(2);
      if (way.snippet().contains("id-token: write")) {
        assertThat(way.where()).as("%s", way).containsExactly("github-actions");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void standsInPlaceOfWhatADescriptorSays(String provider) throws IOException {
    Path descriptor = RESOURCES.resolve("providers").resolve(provider + ".yml");
    if (Files.exists(descriptor)) {
      assertThat(Files.readString(descriptor)).doesNotContain("\nreplacement:");
    }
  }
}
