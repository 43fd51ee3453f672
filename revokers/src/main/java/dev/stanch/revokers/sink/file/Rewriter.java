package dev.stanch.revokers.sink.file;

import static dev.stanch.revokers.sink.file.FileText.readable;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stanch.revokers.sink.file.FileFormat.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Puts one value in the place of another in a text, so that whoever reads the text reads the new
/// value there and everything else as before. Refuses where that is not certain.
final class Rewriter {
  /// Mean nothing anywhere, beside letters and digits.
  private static final String UNRESERVED = "-._~";

  /// Mean nothing outside URLs, but for the edges of a word.
  private static final String HARMLESS = UNRESERVED + "+/=:,@";

  private static final String HARMLESS_AT_EDGE = "-_.+/=";

  private final FileFormat format;
  private final String old;
  private final String fresh;

  /// @param old in Latin 1, as it was found
  /// @param fresh the same
  Rewriter(FileFormat format, String old, String fresh) {
    this.format = format;
    this.old = old;
    this.fresh = fresh;
  }

  /// The text with the new value wherever the old one stands; the same text where that is nowhere.
  ///
  /// @throws UnwritableException where one place does not take it
  String rewrite(String text) throws UnwritableException {
    List<Occurrence> places = Occurrence.of(text, old);
    String changed = text;
    // From the last to the first: those before stay where they are.
    for (Occurrence place : places.reversed()) {
      changed = rewrite(changed, place);
    }
    return changed;
  }

  /// Whether readers of a text of this format find a value in it, however it is written there.
  static boolean reads(FileFormat format, String text, String value) {
    return format
        .read(readable(text))
        .filter(all -> all.stream().anyMatch(each -> each.value().contains(readable(value))))
        .isPresent();
  }

  private String rewrite(String text, Occurrence place) throws UnwritableException {
    String run = text.substring(place.from(), place.to());
    return switch (place.spelling()) {
      case PLAIN -> plain(text, place);
      case ESCAPED -> escaped(text, place, run);
      case PERCENT -> {
        String written = percent(fresh);
        yield checked(text, place, written, new Swap(run, written))
            .orElseThrow(() -> refusal(text, place));
      }
      case BASE64 -> {
        String inside = Occurrence.decoded(run).orElseThrow();
        String written = Occurrence.encoded(inside(inside), run);
        yield checked(text, place, written, new Swap(run, written))
            .orElseThrow(() -> refusal(text, place));
      }
    };
  }

  /// What a run of base64 has to stand for: anything where it held the old value and nothing else.
  private String inside(String decoded) throws UnwritableException {
    return decoded.equals(old)
        ? fresh
        : new Rewriter(FileFormat.OTHER, old, fresh).rewrite(decoded);
  }

  private String plain(String text, Occurrence place) throws UnwritableException {
    if (inUrl(text, place.from())) {
      String written = reserved(fresh, old) ? percent(fresh) : fresh;
      return checked(text, place, written, new Swap(readable(old), written))
          .orElseThrow(() -> refusal(text, place));
    }
    if (harmless(fresh)) {
      Optional<String> changed = checked(text, place, fresh, new Swap(readable(old), fresh));
      if (changed.isPresent()) {
        return changed.get();
      }
    }
    char before = place.from() == 0 ? 0 : text.charAt(place.from() - 1);
    char after = place.to() == text.length() ? 0 : text.charAt(place.to());
    for (String written : format.spellings(before, after, fresh)) {
      Optional<String> changed = whole(text, place, written);
      if (changed.isPresent()) {
        return changed.get();
      }
    }
    throw refusal(text, place);
  }

  /// The text with `written` in that place, if that is all of a value that had been the old one.
  private Optional<String> whole(String text, Occurrence place, String written) {
    String changed = with(text, place, written);
    Optional<List<Scalar>> before = format.read(readable(text));
    if (before.isEmpty()) {
      return format == FileFormat.SHELL && assigned(text, place.from() - 1)
          ? Optional.of(changed)
          : Optional.empty();
    }
    return format
        .read(readable(changed))
        .filter(
            after ->
                Change.between(before.get(), after, new Swap(readable(old), readable(fresh)))
                    == Change.WHOLE)
        .map(_ -> changed);
  }

  /// Whether a quote is the first thing after the equals sign of an assignment.
  private static boolean assigned(String text, int quote) {
    return quote > 1 && text.charAt(quote - 1) == '=' && Occurrence.inWord(text.charAt(quote - 2));
  }

  private String escaped(String text, Occurrence place, String run) throws UnwritableException {
    var written = new StringBuilder();
    for (int i = 0; i < fresh.length(); i++) {
      char c = fresh.charAt(i);
      if (Occurrence.inWord(c) || HARMLESS.indexOf(c) >= 0) {
        written.append(c);
      } else if (c < 0x7f && run.contains("\\u")) {
        written.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        throw refusal(text, place);
      }
    }
    return checked(text, place, written.toString(), new Swap(readable(old), readable(fresh)))
        .orElseThrow(() -> refusal(text, place));
  }

  /// The text with `written` in that place, if its readers find that difference in one value and no
  /// other; where they cannot read it, as it is.
  private Optional<String> checked(String text, Occurrence place, String written, Swap swap) {
    String changed = with(text, place, written);
    Optional<List<Scalar>> before = format.read(readable(text));
    if (before.isEmpty()) {
      return Optional.of(changed);
    }
    return format
        .read(readable(changed))
        .filter(after -> Change.between(before.get(), after, swap) != Change.OTHER)
        .map(_ -> changed);
  }

  private static String with(String text, Occurrence place, String written) {
    return text.substring(0, place.from()) + written + text.substring(place.to());
  }

  private static UnwritableException refusal(String text, Occurrence place) {
    long line = text.substring(0, place.from()).chars().filter(c -> c == '\n').count() + 1;
    return new UnwritableException(
        "the new value holds characters that may mean something else in line " + line);
  }

  /// A value that may stand wherever another word stood.
  private static boolean harmless(String value) {
    return !value.isEmpty()
        && value.chars().allMatch(c -> Occurrence.inWord((char) c) || HARMLESS.indexOf(c) >= 0)
        && edge(value.charAt(0))
        && edge(value.charAt(value.length() - 1));
  }

  private static boolean edge(char c) {
    return Occurrence.inWord(c) || HARMLESS_AT_EDGE.indexOf(c) >= 0;
  }

  /// Whether a value holds what means something in a URL, and more than another did.
  private static boolean reserved(String value, String other) {
    return value
        .chars()
        .anyMatch(
            c ->
                !Occurrence.inWord((char) c)
                    && UNRESERVED.indexOf(c) < 0
                    && (other.indexOf(c) < 0 || HARMLESS.indexOf(c) < 0));
  }

  private static boolean inUrl(String text, int at) {
    int start = at;
    while (start > 0 && " \t\r\n\"'`<>()[]{},;|".indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    return text.substring(start, at).contains("://");
  }

  private static String percent(String value) {
    var text = new StringBuilder();
    for (byte b : value.getBytes(ISO_8859_1)) {
      char c = (char) (b & 0xff);
      text.append(
          Occurrence.inWord(c) || UNRESERVED.indexOf(c) >= 0
              ? String.valueOf(c)
              : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return text.toString();
  }

  /// One text in place of another.
  private record Swap(String from, String to) {}

  /// How two readings of a text differ.
  private enum Change {
    /// A value was the old one and is the new one.
    WHOLE,
    /// A value held the old one and holds the new one in its place.
    PART,
    /// Nobody reads it: it stands in a comment.
    NONE,
    /// In anything else.
    OTHER;

    static Change between(List<Scalar> before, List<Scalar> after, Swap swap) {
      if (before.size() != after.size()) {
        return OTHER;
      }
      Change change = NONE;
      for (int i = 0; i < before.size(); i++) {
        Scalar one = before.get(i);
        Scalar other = after.get(i);
        if (!one.equals(other)) {
          if (change != NONE || !one.key().equals(other.key())) {
            return OTHER;
          }
          change = of(one.value(), other.value(), swap);
        }
      }
      return change;
    }

    private static Change of(String before, String after, Swap swap) {
      if (before.equals(swap.from) && after.equals(swap.to)) {
        return WHOLE;
      }
      for (int at = before.indexOf(swap.from); at >= 0; at = before.indexOf(swap.from, at + 1)) {
        String expected =
            before.substring(0, at) + swap.to + before.substring(at + swap.from.length());
        if (expected.equals(after)) {
          return PART;
        }
      }
      return OTHER;
    }
  }
}
