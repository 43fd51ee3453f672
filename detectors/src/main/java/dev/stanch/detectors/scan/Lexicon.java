package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.BuiltInTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which service a secret of no known format belongs to, judged by the words, hosts and headers
/// beside it.
///
/// A sorted table of hashes made at build time from `lexicon.tsv`; loaded when a text first has
/// something to name.
final class Lexicon {
  /// Bytes in front of a value that are searched for a service.
  static final int BEFORE = 480;

  /// Bytes behind it.
  static final int AFTER = 240;

  private static final int SHORTEST_STEM = 4;
  private static final int LONGEST_WORD = 32;

  /// What a key of the table is.
  enum Kind {
    /// A word that counts anywhere.
    DISTINCTIVE,
    /// An ordinary word: counts at the beginning of an identifier only.
    ORDINARY,
    /// A variable or setting.
    VARIABLE,
    /// A host name.
    HOST,
    /// A header or query parameter.
    HEADER
  }

  /// Why a service was named.
  record Match(ProviderId provider, String why, boolean certain) {}

  private final long[] hashes;
  private final short[] services;
  private final byte[] ids;
  private final int[] idStart;

  private Lexicon(long[] hashes, short[] services, byte[] ids, int[] idStart) {
    this.hashes = hashes;
    this.services = services;
    this.ids = ids;
    this.idStart = idStart;
  }

  static Lexicon builtIn() {
    return Holder.LEXICON;
  }

  private static final class Holder {
    static final Lexicon LEXICON = load();

    private Holder() {}
  }

  private static Lexicon load() {
    // Whole arrays: a hook has no time to look at every entry.
    var data = BuiltInTable.read("scan/lexicon.bin");
    int n = data.getInt();
    long[] hashes = new long[n];
    data.asLongBuffer().get(hashes);
    data.position(data.position() + n * Long.BYTES);
    short[] services = new short[n];
    data.asShortBuffer().get(services);
    data.position(data.position() + n * Short.BYTES);
    int[] idStart = new int[data.getInt()];
    data.asIntBuffer().get(idStart);
    data.position(data.position() + idStart.length * Integer.BYTES);
    byte[] ids = new byte[data.remaining()];
    data.get(ids);
    return new Lexicon(hashes, services, ids, idStart);
  }

  private String id(int service) {
    int start = idStart[service];
    return new String(ids, start, idStart[service + 1] - start, StandardCharsets.US_ASCII);
  }

  /// FNV-1a over the kind and the text.
  static long hash(Kind kind, CharSequence text, int from, int to) {
    long hash = (0xcbf29ce484222325L ^ kind.name().charAt(0)) * 0x100000001b3L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private int service(Kind kind, CharSequence text, int from, int to) {
    int at = Arrays.binarySearch(hashes, hash(kind, text, from, to));
    return at < 0 ? -1 : services[at] & 0xffff;
  }

  private Match match(int service, String why, boolean certain) {
    return new Match(new ProviderId(id(service)), why, certain);
  }

  /// The service whose variable or setting the identifier is.
  @Nullable Match ofVariable(String name) {
    String joined = String.join("", NameJudge.words(name));
    int service = service(Kind.VARIABLE, joined, 0, joined.length());
    return service < 0 ? null : match(service, "variable " + name, true);
  }

  /// The service whose header the identifier is.
  @Nullable Match ofHeader(String name) {
    String joined = String.join("", NameJudge.words(name));
    int service = service(Kind.HEADER, joined, 0, joined.length());
    return service < 0 ? null : match(service, "header " + name, false);
  }

  /// The service that a section of a configuration is called after; ordinary words count.
  @Nullable Match ofSection(String head) {
    List<String> words = NameJudge.words(head);
    for (int i = words.size() - 1; i >= 0; i--) {
      int found = longest(words, i, true);
      if (found >= 0) {
        return match(found, "section " + head, true);
      }
    }
    return null;
  }

  /// The service that words of the identifier name.
  @Nullable Match ofWords(String name) {
    List<String> words = NameJudge.words(name);
    boolean client = !words.isEmpty() && words.getLast().equals("client");
    for (int i = 0; i < words.size(); i++) {
      int longest = longest(words, i, client || i == 0 && words.size() > 1);
      if (longest < 0) {
        longest = stem(words.get(i));
      }
      if (longest >= 0) {
        return match(longest, "name " + name, true);
      }
    }
    return null;
  }

  private int longest(List<String> words, int first, boolean ordinary) {
    var several = new StringBuilder();
    int longest = -1;
    for (int j = first; j < Math.min(words.size(), first + 4); j++) {
      several.append(words.get(j));
      int found = service(Kind.DISTINCTIVE, several, 0, several.length());
      if (found < 0 && ordinary) {
        found = service(Kind.ORDINARY, several, 0, several.length());
      }
      longest = found >= 0 ? found : longest;
    }
    return longest;
  }

  /// A service whose distinctive word begins a longer one: `sendgridkey`.
  private int stem(String word) {
    for (int length = Math.min(word.length() - 1, LONGEST_WORD);
        length >= SHORTEST_STEM + 1;
        length--) {
      int service = service(Kind.DISTINCTIVE, word, 0, length);
      if (service >= 0) {
        return service;
      }
    }
    return -1;
  }

  /// The service nearest to `at` in `text[from, to)`: a host, a header or a distinctive word; what
  /// stands before counts more than what stands behind.
  @Nullable Match near(byte[] text, int from, int to, int at, int end) {
    String window = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    Best best = new Best(newlines(text, from, to));
    int i = 0;
    while (i < window.length()) {
      char c = window.charAt(i);
      if (!isHostByte(c)) {
        i++;
        continue;
      }
      int start = i;
      while (i < window.length() && isHostByte(window.charAt(i))) {
        i++;
      }
      if (from + start >= at && from + i <= end) {
        continue;
      }
      consider(window, start, i, from, at, best);
    }
    return best.service < 0 ? null : match(best.service, best.why, false);
  }

  private static boolean isHostByte(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '.'
        || c == '-'
        || c == '_';
  }

  private static final class Best {
    /// By offset into the window: the newlines before it.
    final int[] newlines;

    int service = -1;
    int distance = Integer.MAX_VALUE;
    String why = "";

    Best(int[] newlines) {
      this.newlines = newlines;
    }
  }

  private static int[] newlines(byte[] text, int from, int to) {
    var newlines = new int[to - from + 1];
    int count = 0;
    for (int i = from; i < to; i++) {
      newlines[i - from] = count;
      count += text[i] == '\n' ? 1 : 0;
    }
    newlines[to - from] = count;
    return newlines;
  }

  private void consider(String window, int start, int stop, int from, int at, Best best) {
    String run = window.substring(start, stop);
    int distance = from + start < at ? at - from - start : 2 * (from + start - at) + 40;
    int value = Math.clamp(at - from, 0, window.length());
    distance += Math.abs(best.newlines[value] - best.newlines[start]) * 30;
    if (distance >= best.distance) {
      return;
    }
    String lower = run.toLowerCase(java.util.Locale.ROOT);
    int found = -1;
    String why = "";
    if (lower.indexOf('.') > 0) {
      for (int label = 0; label >= 0 && label < lower.length() && found < 0; ) {
        found = service(Kind.HOST, lower, label, lower.length());
        int dot = lower.indexOf('.', label);
        label = dot < 0 ? -1 : dot + 1;
      }
      if (found >= 0) {
        distance /= 3; // a host is where the value is sent
      }
      why = "host " + lower;
    }
    if (found < 0) {
      List<String> words = NameJudge.words(run);
      boolean client =
          words.size() > 1 && (words.getLast().equals("client") || run.endsWith(".Client"));
      for (int i = 0; i < words.size() && found < 0; i++) {
        found = longest(words, i, client);
        if (found < 0 && words.get(i).length() > SHORTEST_STEM + 2) {
          found = stem(words.get(i));
        }
      }
      why = "beside " + (run.length() > 40 ? run.substring(0, 40) : run);
      if (found < 0) {
        String joined = String.join("", words);
        found = service(Kind.HEADER, joined, 0, joined.length());
      }
    }
    if (found >= 0) {
      best.service = found;
      best.distance = distance;
      best.why = why;
    }
  }
}
