package dev.stanch.detectors.baseline;

import static java.util.Objects.requireNonNull;

import com.google.re2j.Pattern;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Suppression;
import dev.stanch.detectors.rule.LinearPattern;
import dev.stanch.detectors.rule.Rule;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A standing "not a secret": a place counts no more when everything that the list names holds for
/// it, of each kind one. Patterns run in linear time.
///
/// @param source the file and line
/// @param paths patterns of which one must match the whole path
/// @param stopwords texts of which the token must hold one, without regard to case
/// @param regexes patterns of which one must stand in the token
/// @param expires the last day on which it counts, or null for ever
public record Allowlist(
    String source,
    String reason,
    List<Pattern> paths,
    List<String> rules,
    List<String> stopwords,
    List<Pattern> regexes,
    @Nullable LocalDate expires) {
  public Allowlist {
    requireNonNull(source, "source");
    requireNonNull(reason, "reason");
    paths = List.copyOf(paths);
    rules = List.copyOf(rules);
    stopwords = stopwords.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    regexes = List.copyOf(regexes);
    if (paths.isEmpty() && rules.isEmpty() && stopwords.isEmpty() && regexes.isEmpty()) {
      throw new IllegalArgumentException("an allowlist that names nothing would allow everything");
    }
  }

  /// Whether it counts no more on `day`.
  public boolean expired(LocalDate day) {
    return expires != null && expires.isBefore(day);
  }

  /// What asks this list.
  public Suppressor.Judge judge() {
    return (held, _, path) -> speaksFor(held, path);
  }

  private Optional<Suppression> speaksFor(HeldFinding held, String path) {
    boolean holds =
        (paths.isEmpty() || paths.stream().anyMatch(pattern -> pattern.matches(path)))
            && (rules.isEmpty() || rules.contains(held.finding().rule().value()))
            && (stopwords.isEmpty() && regexes.isEmpty() || holds(held));
    return holds
        ? Optional.of(new Suppression(Suppression.Kind.ALLOWLIST, source, reason))
        : Optional.empty();
  }

  private boolean holds(HeldFinding held) {
    return held.secret()
        .reveal(
            RevealPermit.grant("allowlist"),
            bytes -> {
              var text = new String(bytes, StandardCharsets.UTF_8);
              String lower = text.toLowerCase(Locale.ROOT);
              return (stopwords.isEmpty() || stopwords.stream().anyMatch(lower::contains))
                  && (regexes.isEmpty()
                      || regexes.stream().anyMatch(pattern -> pattern.matcher(text).find()));
            });
  }

  /// The pattern of a path written as in `.gitignore`: `*` within a folder, `**` over folders, a
  /// name without `/` anywhere, a folder with all that is in it.
  public static Pattern glob(String glob) {
    String rest = glob.startsWith("/") ? glob.substring(1) : glob;
    boolean folder = rest.endsWith("/");
    String body = folder ? rest.substring(0, rest.length() - 1) : rest;
    var regex = new StringBuilder(glob.startsWith("/") || body.contains("/") ? "" : "(?:.*/)?");
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (body.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (body.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex + (folder ? "/.*" : "(?:/.*)?"), Pattern.DOTALL);
  }

  /// The pattern of a path in which `regex` stands somewhere.
  public static Pattern somewhere(String regex) throws LinearPattern.UnusableException {
    LinearPattern.compile(regex, Rule.Origin.USER); // alone, so that a bracket too many is its own
    return Pattern.compile("(?s:.*)(?:" + regex + ")(?s:.*)");
  }
}
