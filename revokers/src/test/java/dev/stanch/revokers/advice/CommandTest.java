package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandTest {
  private static List<String> programs(String text) {
    return Command.in(text).stream().map(each -> each.line() + " " + each.program()).toList();
  }

  @Test
  void beginsOnItsOwnLineHoweverManyGoOnToIt() {
    assertThat(programs("\ndump all \\\n  | pack -9 \\\n  | aws s3 cp - s3://b/k\n"))
        .containsExactly("2 dump", "3 pack", "4 aws");
    assertThat(programs("make \\\n  && git push \\\n  origin main\nls\n"))
        .containsExactly("1 make", "2 git", "4 ls");
  }

  @Test
  void beginsWhereItsSettingsAndWrappersDo() {
    assertThat(programs("REGION=x \\\n  sudo -u me \\\n  aws s3 ls\n")).containsExactly("1 aws");
  }

  @Test
  void beginsOnTheLineOfTheWordThatItStandsIn() {
    assertThat(programs("publish \\\n  --key \"$(vault read \\\n  key)\"\n"))
        .containsExactly("2 vault", "1 publish");
  }

  @Test
  void hasWordsThatGoOnOverTheEndOfALine() {
    Command command = Command.in("curl -d \"one \\\ntwo\" \\\n  https://acme.example").getFirst();
    assertThat(command.words()).containsExactly("curl", "-d", "one  two", "https://acme.example");
    assertThat(command.text()).isEqualTo("curl -d \"one  two\"  https://acme.example");
  }
}
