package dev.stanch.detectors.source.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The patterns of one `.gitignore`, and those of the files above it, which yield to them.
///
/// @param base the folder it speaks of, from the top of its checkout: empty, or with a `/` at its
///   end
record IgnoreFile(String base, List<IgnorePattern> patterns, @Nullable IgnoreFile above) {
  /// Longer ones are not read: what they would leave out is scanned.
  private static final long LONGEST = 8 << 20;

  IgnoreFile {
    patterns = List.copyOf(patterns);
  }

  /// Reads `file`, where it is one; a link is none, as for git. Where it is not there or cannot be
  /// read nothing is left out because of it.
  static @Nullable IgnoreFile read(Path file, String base, @Nullable IgnoreFile above) {
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST) {
        return above;
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException _) {
      return above;
    }
    List<IgnorePattern> patterns = parse(new String(bytes, StandardCharsets.ISO_8859_1));
    return patterns.isEmpty() ? above : new IgnoreFile(base, patterns, above);
  }

  private static List<IgnorePattern> parse(String text) {
    var patterns = new ArrayList<IgnorePattern>();
    int at = text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() : end;
      int last = end > at && text.charAt(end - 1) == '\r' ? end - 1 : next;
      IgnorePattern pattern = IgnorePattern.parse(text.substring(at, last));
      if (pattern != null) {
        patterns.add(pattern);
      }
      at = next + 1;
    }
    return patterns;
  }

  /// Whether the file or folder at `path`, from the top of the checkout, is left out: the last
  /// pattern that speaks of it decides.
  static boolean leavesOut(@Nullable IgnoreFile deepest, String path, boolean folder) {
    for (IgnoreFile file = deepest; file != null; file = file.above) {
      String inside = path.substring(file.base.length());
      for (IgnorePattern pattern : file.patterns.reversed()) {
        if (pattern.matches(inside, folder)) {
          return !pattern.negated();
        }
      }
    }
    return false;
  }
}
