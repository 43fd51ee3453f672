package dev.stanch.cli.report;

import dev.stanch.detectors.model.Finding;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Verification;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How far tokens reach: farther than they are used, or as far as their owner, where their provider
/// has a narrower kind.
public final class Breadth {
  private static final String CLASSIC = "classic: limited to nothing that its owner may reach";
  private static final String WIDE = "account-wide: its provider has kinds that reach less";

  /// By the rules that find them.
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("github-personal-access-token", CLASSIC),
          Map.entry("npm-legacy-token", CLASSIC),
          Map.entry("openai-legacy-key", CLASSIC),
          Map.entry("slack-legacy-token", CLASSIC),
          Map.entry("slack-legacy-workspace-token", CLASSIC),
          Map.entry("huggingface-organization-token", CLASSIC),
          Map.entry("openai-unscoped-key", WIDE),
          Map.entry("cloudflare-global-api-key", WIDE),
          Map.entry("cloudflare-global-api-key-old", WIDE),
          Map.entry("stripe-live-secret-key", WIDE),
          Map.entry("stripe-production-secret-key", WIDE));

  /// What providers say of tokens that all look alike.
  private static final Map<String, Set<String>> ROLES =
      Map.of("huggingface", Set.of("read", "write", "god"));

  private Breadth() {}

  /// Why a token reaches all that its owner does; empty where it does not, or nobody can tell.
  static String reach(Finding finding, Verification answer) {
    String kind = KINDS.getOrDefault(finding.rule().value(), "");
    Set<String> roles = ROLES.getOrDefault(finding.provider().value(), Set.of());
    return kind.isEmpty() && answer.told().scopes().stream().anyMatch(roles::contains)
        ? WIDE
        : kind;
  }

  /// What a token may do beyond what its use needs; nothing where nobody can tell all of that.
  public static List<String> spare(Verification answer, Adviser adviser, Code code) {
    if (answer.told().scopes().isEmpty()) {
      return List.of();
    }
    Advice advice = adviser.advise(answer, code);
    if (advice.permissions().isEmpty() || !advice.unclear().isEmpty()) {
      return List.of();
    }
    return answer.told().scopes().stream()
        .filter(
            scope ->
                advice.permissions().stream()
                    .noneMatch(
                        each -> adviser.needs(each.name(), scope.replaceFirst(" on .*", ""))))
        .toList();
  }
}
