package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What advice says of a small tree.
///
/// @param permissions each with its resource
/// @param places of their uses, `path:line`, without repetitions
/// @param unclear what nobody can tell
record Asked(List<String> permissions, List<String> places, List<String> unclear) {
  private static final Verification LIVE = new Verification.Live(Identity.of("acme", List.of()));

  /// Asks a provider about the token of a variable.
  ///
  /// @param files each path with its text, in which [Code#TOKEN] stands for the token
  static Asked of(String provider, String variable, String... files) {
    var code = new ArrayList<Code.File>();
    for (int i = 0; i < files.length; i += 2) {
      boolean holds = files[i + 1].contains(Code.TOKEN);
      code.add(new Code.File(files[i], files[i + 1], holds ? Code.Role.HOLDS : Code.Role.BESIDE));
    }
    Advice advice =
        Advisers.of(provider).orElseThrow().advise(LIVE, new Code(Set.of(variable), code));
    return new Asked(
        advice.permissions().stream().map(Advice.Permission::text).toList(),
        advice.permissions().stream()
            .flatMap(each -> each.evidence().stream())
            .map(use -> use.path() + ":" + use.line())
            .distinct()
            .sorted()
            .toList(),
        advice.unclear().stream().map(Advice.Unclear::what).toList());
  }
}
