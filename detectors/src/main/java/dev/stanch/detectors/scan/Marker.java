package dev.stanch.detectors.scan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Suppression;
import dev.stanch.detectors.rule.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A comment beside a token that says that it may stand there: ours and those of other scanners.
///
/// @param word the marker as it is written
/// @param rules the rules it is meant for; empty means all
record Marker(String word, List<String> rules, String reason) implements Excuse {
  /// How far from a token its line is read. What is found depends on these bytes alone, so a text
  /// scanned whole, in windows or as a delta gives the same.
  static final int REACH = 4 << 10;

  private static final int LONGEST_REASON = 120;
  private static final int LONGEST_WORD = 24;
  private static final Pattern RULE_ID = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)+");

  Marker {
    requireNonNull(word, "word");
    rules = List.copyOf(rules);
    requireNonNull(reason, "reason");
  }

  @Override
  public Optional<Suppression> covers(Rule rule, Place place) {
    boolean speaks =
        rules.isEmpty()
            || rules.contains(rule.id().value())
            || rule.aliases().stream().anyMatch(alias -> rules.contains(alias.value()));
    return speaks
        ? Optional.of(new Suppression(Suppression.Kind.MARKER, word, reason))
        : Optional.empty();
  }

  /// A marker's text; `next` says that it speaks of the line below its own, `own` that rules and a
  /// reason may follow it.
  private record Word(String text, boolean next, boolean own) {}

  /// Longer ones before those that they begin with.
  private static final List<Word> WORDS =
      List.of(
          new Word("stanch:allow-next-line", true, true),
          new Word("stanch:allow-nextline", true, true),
          new Word("stanch:allow", false, true),
          new Word("gitleaks:allow", false, false),
          new Word("betterleaks:allow", false, false),
          new Word("trufflehog:ignore", false, false),
          new Word("kingfisher:ignore", false, false),
          new Word("ggignore", false, false),
          new Word("pragma: allowlist nextline secret", true, false),
          new Word("pragma: whitelist nextline secret", true, false),
          new Word("pragma: allowlist secret", false, false),
          new Word("pragma: whitelist secret", false, false));

  /// Reads the markers of one text.
  static final class Reader {
    private final byte[] text;
    private final int length;
    private final List<int[]> tokens = new ArrayList<>();

    Reader(byte[] text, int length) {
      this.text = text;
      this.length = length;
    }

    /// Tells where something stands that no reason may quote. Called in order of `from`.
    void avoid(int from, int to) {
      tokens.add(new int[] {from, to});
    }

    /// The marker on the lines of the token at `[start, end)`, or one on the line before that
    /// speaks of the next.
    @Nullable Marker beside(int start, int end) {
      int least = Math.max(0, start - REACH);
      int lineStart = start;
      while (lineStart > least && text[lineStart - 1] != '\n') {
        lineStart--;
      }
      int most = Math.min(length, end + REACH);
      int lineEnd = end;
      while (lineEnd < most && text[lineEnd] != '\n') {
        lineEnd++;
      }
      Marker marker = in(end, lineEnd, lineEnd, false);
      if (marker == null) {
        marker = in(lineStart, start, lineEnd, false);
      }
      if (marker == null && lineStart > least) {
        int above = lineStart - 1;
        while (above > least && text[above - 1] != '\n') {
          above--;
        }
        marker = in(above, lineStart - 1, lineStart - 1, true);
      }
      return marker;
    }

    private @Nullable Marker in(int from, int to, int lineEnd, boolean next) {
      for (int at = from; at < to; at++) {
        switch (text[at] | 0x20) {
          case 's', 'g', 'b', 't', 'k', 'p' -> {
            for (Word word : WORDS) {
              if (stands(word.text(), at, to)) {
                if (word.next() == next && edges(word, at, from)) {
                  return marker(word, at + word.text().length(), lineEnd);
                }
                break;
              }
            }
          }
          default -> {}
        }
      }
      return null;
    }

    private boolean stands(String word, int at, int to) {
      if (to - at < word.length()) {
        return false;
      }
      for (int i = 0; i < word.length(); i++) {
        int b = text[at + i];
        if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != word.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    /// A marker is a word of its own: no part of a longer one.
    private boolean edges(Word word, int at, int from) {
      int after = at + word.text().length();
      return (at == from || !TokenText.isWord(text[at - 1]))
          && (after >= length || !TokenText.isWord(text[after]));
    }

    /// Where the first token behind `from` begins; `from` itself when one reaches over it.
    private int firstTokenBehind(int from) {
      int low = 0;
      int high = tokens.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (tokens.get(middle)[0] < from) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      if (low > 0 && tokens.get(low - 1)[1] > from) {
        return from;
      }
      return low < tokens.size() ? tokens.get(low)[0] : Integer.MAX_VALUE;
    }

    private Marker marker(Word word, int from, int lineEnd) {
      if (!word.own()) {
        return new Marker(word.text(), List.of(), "");
      }
      int to = Math.max(from, Math.min(lineEnd, firstTokenBehind(from)));
      var rules = new ArrayList<String>();
      var reason = new StringBuilder();
      String rest =
          new String(text, from, Math.min(to - from, 2 * LONGEST_REASON), StandardCharsets.UTF_8);
      for (String one : rest.strip().split("\\s+", -1)) {
        String bare = one.endsWith(",") ? one.substring(0, one.length() - 1) : one;
        boolean colon = bare.endsWith(":") && !bare.equals(":");
        String id = colon ? bare.substring(0, bare.length() - 1) : bare;
        if (reason.isEmpty() && RULE_ID.matcher(id).matches()) {
          rules.add(id);
        } else if (one.equals("-->") || one.equals("*/") || one.length() > LONGEST_WORD) {
          break; // the comment's end, or what may be no word at all
        } else if (!one.equals(":") && !one.equals("--") && !one.isEmpty()) {
          if (reason.length() + one.length() > LONGEST_REASON) {
            break;
          }
          reason.append(reason.isEmpty() ? "" : " ").append(one);
        }
      }
      return new Marker(word.text(), rules, reason.toString());
    }
  }
}
