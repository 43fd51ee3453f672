package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Code;
import java.util.Map;
import java.util.WeakHashMap;

/// The files of trees as they were read. Many tokens stand in one tree, and each is held against
/// the same files: kept, they are read once, within bounds, and as long as somebody has the tree.
/// Not thread-safe, nor is what it hands out: whoever uses either holds its lock.
final class Scripts {
  /// Characters that are kept: a script is some six bytes for each.
  private static final int MOST = 4 << 20;

  private final Map<Code.File, Script> kept = new WeakHashMap<>();
  private int characters;

  /// A file as it was read, which must be one of code.
  Script of(Code.File file) {
    Script known = kept.get(file);
    if (known != null) {
      return known;
    }
    var script = new Script(file.path(), file.text(), Syntax.of(file.path()).orElseThrow());
    if (file.role() == Code.Role.BESIDE) { // where the token stands, each text is another token's
      if (kept.isEmpty()) {
        characters = 0;
      }
      if (characters + file.text().length() <= MOST) {
        characters += file.text().length();
        kept.put(file, script);
      }
    }
    return script;
  }
}
