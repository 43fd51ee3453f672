package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.stanch.detectors.rule.BuiltInRules;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleLoader;
import dev.stanch.revokers.advice.Advisers;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Adviser.Reach;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderCatalogue;
import dev.stanch.revokers.spi.Verification;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class BreadthTest {
  private static final ProviderCatalogue PROVIDERS = ProviderCatalogue.builtIn();

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

  /// Advice speaks in fine-grained names, the token in classic ones.
  @Test
  void holdsClassicScopesAgainstWhatTheyAllow() {
    Adviser github = adviser("github", advice(List.of(), "contents=write", "metadata=read"));
    assertThat(Breadth.spare(may("repo", "admin:org", "gist"), github, Code.NONE))
        .containsExactly("admin:org", "gist");
    Adviser reads = adviser("github", advice(List.of(), "contents=read"));
    assertThat(Breadth.spare(may("contents=write"), reads, Code.NONE))
        .as("of fine-grained ones the level counts")
        .containsExactly("contents=write");
    assertThat(Breadth.spare(may("repo", "read:packages"), reads, Code.NONE))
        .as("nothing says what packages are needed for")
        .isEmpty();
  }

  @Test
  void takesARoleForSpareWhereASmallerOneWouldDo() {
    Adviser reads = adviser("huggingface", advice(List.of(), "repo.content.read"));
    assertThat(Breadth.spare(may("write"), reads, Code.NONE)).containsExactly("write");
    Adviser writes = adviser("huggingface", advice(List.of(), "repo.write"));
    assertThat(Breadth.spare(may("write"), writes, Code.NONE)).isEmpty();
  }

  /// What a provider's book knows of scopes, with this advice.
  private static Adviser adviser(String provider, Advice advice) {
    Adviser book = Advisers.of(provider).orElseThrow();
    return new Adviser() {
      @Override
      public Advice advise(Verification verification, Code code) {
        return advice;
      }

      @Override
      public boolean includes(String one, String other) {
        return book.includes(one, other);
      }

      @Override
      public boolean needs(String permission, String scope) {
        return book.needs(permission, scope);
      }
    };
  }

  @Test
  void tellsKindsThatReachAllThatTheirOwnerDoes() {
    var kinds = new TreeMap<String, Reach>();
    for (RuleLoader.Authored authored : BuiltInRules.load().rules()) {
      Rule rule = authored.rule();
      Reach reach = reach(rule.provider().value(), rule.id().value());
      if (reach != Reach.UNTOLD) {
        kinds.put(rule.id().value(), reach);
      }
    }
    assertThat(kinds)
        .containsOnly(
            entry("cloudflare-global-api-key", Reach.ACCOUNT),
            entry("cloudflare-global-api-key-old", Reach.ACCOUNT),
            entry("github-personal-access-token", Reach.CLASSIC),
            entry("huggingface-organization-token", Reach.CLASSIC),
            entry("npm-legacy-token", Reach.CLASSIC),
            entry("openai-legacy-key", Reach.CLASSIC),
            entry("openai-unscoped-key", Reach.ACCOUNT),
            entry("slack-legacy-token", Reach.CLASSIC),
            entry("slack-legacy-workspace-token", Reach.CLASSIC),
            entry("stripe-live-secret-key", Reach.ACCOUNT),
            entry("stripe-production-secret-key", Reach.ACCOUNT));
    assertThat(reach("huggingface", "huggingface-user-token", "write")).isEqualTo(Reach.ACCOUNT);
    assertThat(reach("huggingface", "huggingface-user-token", "repo.write on acme/app"))
        .isEqualTo(Reach.UNTOLD);
  }

  private static Reach reach(String provider, String rule, String... scopes) {
    return PROVIDERS
        .find(provider)
        .flatMap(Provider::adviser)
        .map(adviser -> adviser.reach(rule, List.of(scopes)))
        .orElse(Reach.UNTOLD);
  }

  @Test
  void saysNothingWhereNobodyCanTellAllThatIsNeeded() {
    var unclear = List.of(new Advice.Unclear("which permissions", List.of()));
    assertThat(spare(may("api"), advice(unclear, "read_user"))).isEmpty();
    assertThat(spare(may("api"), advice(List.of()))).isEmpty();
    assertThat(spare(may(), advice(List.of(), "read_user"))).isEmpty();
  }
}
