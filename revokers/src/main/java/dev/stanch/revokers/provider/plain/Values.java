package dev.stanch.revokers.provider.plain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the names in a [Template] stand for during one call. May hold a token, so it is never
/// printed.
@FunctionalInterface
interface Values {
  Values NONE = _ -> Optional.empty();

  Optional<String> find(String name);

  /// These values, and `more` where they have none.
  default Values or(Values more) {
    return name -> find(name).or(() -> more.find(name));
  }

  /// These values, and those of a map before them.
  default Values with(Map<String, String> first) {
    var copy = new LinkedHashMap<>(first);
    return name -> Optional.ofNullable(copy.get(name)).or(() -> find(name));
  }
}
