package dev.stanch.revokers.sink.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a value stands in a text, and how it is written there.
///
/// @param from where it begins; where it is encoded, where the encoded run does
/// @param to the end, exclusive
record Occurrence(int from, int to, Spelling spelling) {
  /// Below this length a value may be part of a longer word by chance.
  private static final int UNMISTAKABLE = 16;

  private static final int LONGEST_RUN = 1 << 16;
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9+/_-]{16,}+={0,2}+");

  /// How a value can be written.
  enum Spelling {
    /// As it is.
    PLAIN,
    /// With escapes that begin with a backslash, as JSON and source code have them.
    ESCAPED,
    /// With escapes of URLs.
    PERCENT,
    /// In a run of base64, alone or with something beside it.
    BASE64
  }

  /// Every place where `value` stands in `text`, in order.
  static List<Occurrence> of(String text, String value) {
    var all = new ArrayList<Occurrence>();
    if (value.isEmpty()) {
      return all;
    }
    for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
      add(all, text, value, new Occurrence(at, at + value.length(), Spelling.PLAIN));
    }
    escaped(all, text, value, '\\', Spelling.ESCAPED);
    escaped(all, text, value, '%', Spelling.PERCENT);
    for (Matcher run = RUN.matcher(text); run.find(); ) {
      if (run.end() - run.start() <= LONGEST_RUN
          && decoded(run.group()).filter(inside -> !of(inside, value).isEmpty()).isPresent()) {
        all.add(new Occurrence(run.start(), run.end(), Spelling.BASE64));
      }
    }
    all.sort(Comparator.comparingInt(Occurrence::from));
    // What is encoded in a run that holds it plainly as well is one occurrence.
    for (int i = all.size() - 1; i > 0; i--) {
      if (all.get(i).from < all.get(i - 1).to) {
        all.remove(i);
      }
    }
    return all;
  }

  private static void add(List<Occurrence> all, String text, String value, Occurrence found) {
    if (value.length() >= UNMISTAKABLE || (begins(text, found.from) && ends(text, found.to))) {
      all.add(found);
    }
  }

  private static boolean begins(String text, int at) {
    return at == 0
        || !inWord(text.charAt(at - 1))
        // The letter may be the end of an escape, such as that of a line end.
        || at > 1 && text.charAt(at - 2) == '\\'
        || at > 2 && text.charAt(at - 3) == '%';
  }

  private static boolean ends(String text, int at) {
    return at == text.length() || !inWord(text.charAt(at));
  }

  static boolean inWord(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }

  private static void escaped(
      List<Occurrence> all, String text, String value, char mark, Spelling spelling) {
    for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
      // From the first escape back over what stands before it as it is.
      for (int before = 0; before < value.length() && before <= at; before++) {
        int end = match(text, at - before, value, mark);
        if (end > at && text.startsWith(value.substring(0, before), at - before)) {
          add(all, text, value, new Occurrence(at - before, end, spelling));
          break;
        }
      }
    }
  }

  /// The end of `value`, some characters of which are escaped, where it stands at `at`; -1 where it
  /// does not.
  private static int match(String text, int at, String value, char mark) {
    int i = at;
    boolean any = false;
    for (int k = 0; k < value.length(); k++) {
      if (i >= text.length()) {
        return -1;
      }
      int length = text.charAt(i) == mark ? escape(text, i, value.charAt(k)) : 0;
      if (length > 0) {
        any = true;
        i += length;
      } else if (text.charAt(i) == value.charAt(k)) {
        i++;
      } else {
        return -1;
      }
    }
    return any ? i : -1;
  }

  /// How long the escape at `at` is, where it stands for `c`; 0 where it does not.
  private static int escape(String text, int at, char c) {
    if (text.charAt(at) == '%') {
      return hex(text, at + 1, 2) == c ? 3 : 0;
    }
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    return switch (kind) {
      case 'u' -> hex(text, at + 2, 4) == c ? 6 : 0;
      case 'x' -> hex(text, at + 2, 2) == c ? 4 : 0;
      case 'n' -> c == '\n' ? 2 : 0;
      case 'r' -> c == '\r' ? 2 : 0;
      case 't' -> c == '\t' ? 2 : 0;
      case '/', '"', '\\', '\'', '$', '`', ':', '=' -> c == kind ? 2 : 0;
      default -> 0;
    };
  }

  private static int hex(String text, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /// What a run of base64 stands for, if it is one that would be written in the same way again.
  static Optional<String> decoded(String run) {
    try {
      byte[] bytes = (url(run) ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(run);
      String inside = new String(bytes, ISO_8859_1);
      return encoded(inside, run).equals(run) ? Optional.of(inside) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// A text in base64, in the alphabet of another run, and with padding where that has or needs
  /// none.
  static String encoded(String inside, String like) {
    Base64.Encoder encoder = url(like) ? Base64.getUrlEncoder() : Base64.getEncoder();
    boolean padded = like.length() % 4 == 0;
    return (padded ? encoder : encoder.withoutPadding())
        .encodeToString(inside.getBytes(ISO_8859_1));
  }

  private static boolean url(String run) {
    return run.indexOf('-') >= 0 || run.indexOf('_') >= 0;
  }
}
