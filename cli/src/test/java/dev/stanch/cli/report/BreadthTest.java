package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BreadthTest {
  private static Verification may(String... scopes) {
    return new Verification.Live(Identity.of("acme", List.of(scopes)));
  }

  private static Advice advice(List<Advice.Unclear> unclear, String... names) {
    return new Advice(
        "a smaller token",
        List.of(names).stream()
            .map(name -> new Advice.Permission(name, "acme/app", List.of()))
            .toList(),
        unclear,
        "",
        "",
        "",
        List.of(),
        null);
  }

  private static List<String> spare(Verification answer, Advice advice) {
    return Breadth.spare(answer, (_, _) -> advice, Code.NONE);
  }

  @Test
  void namesWhatNoCodeNeeds() {
    assertThat(spare(may("api", "read_user"), advice(List.of(), "read_user")))
        .containsExactly("api");
    assertThat(spare(may("repo.content.read on acme/app"), advice(List.of(), "repo.content.read")))
        .isEmpty();
  }

  @Test
  void leavesOutWhatAnotherScopeThatIsNeededHolds() {
    Advice needed = advice(List.of(), "api");
    var gitlab =
        new Adviser() {
          @Override
          public Advice advise(Verification verification, Code code) {
            return needed;
          }

          @Override
          public boolean includes(String one, String other) {
            return one.equals(other) || one.equals("api") && other.equals("read_user");
          }
        };
    assertThat(Breadth.spare(may("api", "read_user", "sudo"), gitlab, Code.NONE))
        .containsExactly("sudo");
  }

  @Test
  void saysNothingWhereNobodyCanTellAllThatIsNeeded() {
    var unclear = List.of(new Advice.Unclear("which permissions", List.of()));
    assertThat(spare(may("api"), advice(unclear, "read_user"))).isEmpty();
    assertThat(spare(may("api"), advice(List.of()))).isEmpty();
    assertThat(spare(may(), advice(List.of(), "read_user"))).isEmpty();
  }
}
