package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Verification;
import java.util.List;

/// How far a token reaches.
///
/// @param reach why it reaches all that its owner does; empty where it does not, or nobody can tell
/// @param spare what it may do beyond what its use needs; nothing where nobody can tell all of that
public record Breadth(String reach, List<String> spare) {
  /// Of a token of which nobody can tell.
  public static final Breadth UNTOLD = new Breadth("", List.of());

  public Breadth {
    requireNonNull(reach, "reach");
    spare = List.copyOf(spare);
  }

  /// That of a token of which its provider says this.
  public static Breadth of(Finding finding, Verification answer, Adviser adviser, Code code) {
    return new Breadth(
        words(adviser.reach(finding.rule().value(), answer.told().scopes())),
        spare(answer, adviser, code));
  }

  private static String words(Adviser.Reach reach) {
    return switch (reach) {
      case UNTOLD -> "";
      case ACCOUNT -> "account-wide: its provider has kinds that reach less";
      case CLASSIC ->
          "classic: limited to nothing that its owner may reach; its provider has finer kinds";
    };
  }

  static List<String> spare(Verification answer, Adviser adviser, Code code) {
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
