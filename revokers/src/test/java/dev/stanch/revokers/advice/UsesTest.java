package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;

final class UsesTest {
  private final Book book = Advisers.book("github");
  private final Uses uses = new Uses(book);

  @Test
  void findsTheRulesOfAProgramWhereverItLies() {
    var expected =
        book.uses().stream()
            .filter(
                rule -> rule.commands().stream().anyMatch(each -> (each + " ").startsWith("gh ")))
            .toList();
    assertThat(expected).isNotEmpty();
    assertThat(uses.ofCommand("gh")).isEqualTo(expected);
    assertThat(uses.ofCommand("/usr/bin/gh")).isEqualTo(expected);
    assertThat(uses.ofCommand("ls")).isEmpty();
  }

  @Test
  void tellsFilesThatUseAClient() {
    String client = book.client().getFirst();
    assertThat(uses.isClient(new Code.File("a.py", "x " + client, Code.Role.BESIDE))).isTrue();
    assertThat(uses.isClient(new Code.File("b.py", "x", Code.Role.BESIDE))).isFalse();
  }
}
