package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.BuiltInTable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kind of database or server that a password opens, judged by schemes, drivers, ports and
/// names beside it. Read from `datastores.tsv` when a password first asks.
final class Datastores {
  private final Map<String, ProviderId> words;
  private final Map<String, ProviderId> ports;

  private Datastores(Map<String, ProviderId> words, Map<String, ProviderId> ports) {
    this.words = words;
    this.ports = ports;
  }

  static Datastores builtIn() {
    return Holder.DATASTORES;
  }

  private static final class Holder {
    static final Datastores DATASTORES = load();

    private Holder() {}
  }

  private static Datastores load() {
    var words = new HashMap<String, ProviderId>();
    var ports = new HashMap<String, ProviderId>();
    for (String line : BuiltInTable.text("datastores.tsv").split("\n", -1)) {
      String[] columns = line.split("\t", -1);
      if (columns.length != 3 || line.startsWith("#")) {
        continue;
      }
      var id = new ProviderId(columns[0]);
      for (String word : columns[1].split(" ", -1)) {
        words.put(word, id);
      }
      if (!columns[2].equals("-")) {
        for (String port : columns[2].split(" ", -1)) {
          ports.put(port, id);
        }
      }
    }
    return new Datastores(words, ports);
  }

  /// The kind that the scheme of a URL speaks of: `postgresql+psycopg2`, `jdbc:sybase:Tds`.
  @Nullable ProviderId ofScheme(String scheme) {
    for (String part : scheme.toLowerCase(Locale.ROOT).split("[+:]", -1)) {
      ProviderId id = words.get(part);
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  /// What a word may say: a kind by its own, or one where it is a port.
  record Word(String text, @Nullable ProviderId kind, @Nullable ProviderId port) {}

  private Word word(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    ProviderId kind = kind(word);
    return new Word(word, kind, kind == null && word.length() >= 2 ? ports.get(word) : null);
  }

  /// The kind that stands nearest to `[at, end)` in `text[from, to)`.
  Lexicon.@Nullable Match near(byte[] text, int from, int to, int at, int end, Memo<Word> words) {
    ProviderId best = null;
    String why = "";
    int nearest = Integer.MAX_VALUE;
    int i = from;
    while (i < to) {
      if (!TokenText.isWord(text[i])) {
        i++;
        continue;
      }
      int start = i;
      while (i < to && TokenText.isWord(text[i])) {
        i++;
      }
      if (i - start > 24 || start < end && i > at) {
        continue;
      }
      Word word = words.of(text, start, i, 0, this::word);
      ProviderId id = word.kind;
      if (id == null && word.port != null && isPort(text, from, start)) {
        id = word.port;
      }
      if (id == null || isLabel(text, from, to, start, i)) {
        continue;
      }
      int distance = distance(text, start, i, at, end);
      if (distance < nearest) {
        best = id;
        nearest = distance;
        why = "beside " + word.text;
      }
    }
    return best == null ? null : new Lexicon.Match(best, why, false);
  }

  /// A word of the list, or one that a name begins or ends with: `redis_host`, `MySqlConnection`.
  private @Nullable ProviderId kind(String word) {
    ProviderId id = words.get(word);
    if (id != null) {
      return id;
    }
    int edge = word.indexOf('_');
    if (edge > 0) {
      id = words.get(word.substring(0, edge));
    }
    return id;
  }

  /// Whether the word is part of a host's or a file's name: `pg.acme.com`, `mongodb.net`.
  private static boolean isLabel(byte[] text, int from, int to, int start, int end) {
    boolean before = start > from && (text[start - 1] == '.' || text[start - 1] == '-');
    boolean after =
        end + 1 < to && (text[end] == '.' || text[end] == '-') && TokenText.isWord(text[end + 1]);
    if (!before && !after) {
      return false;
    }
    // `psycopg2.connect(` and `spring.redis.password` are names of code and settings.
    int dots = 0;
    int at = end;
    while (at < to
        && at - end < 80
        && (TokenText.isWord(text[at]) || text[at] == '.' || text[at] == '-')) {
      dots += text[at] == '.' ? 1 : 0;
      at++;
    }
    return before
        && after
        && dots > 0
        && at < to
        && (text[at] == ':' || text[at] == '/' || text[at] == '"' || text[at] == '\'');
  }

  private static boolean isPort(byte[] text, int from, int start) {
    if (start > from && text[start - 1] == ':') {
      return true;
    }
    int first = Math.max(from, start - 12);
    for (int i = first; i + 4 <= start; i++) {
      if ((text[i] | 0x20) == 'p'
          && (text[i + 1] | 0x20) == 'o'
          && (text[i + 2] | 0x20) == 'r'
          && (text[i + 3] | 0x20) == 't') {
        return true;
      }
    }
    return false;
  }

  private static int distance(byte[] text, int start, int stop, int at, int end) {
    int first = start < at ? stop : end;
    int last = start < at ? at : start;
    int distance = start < at ? at - start : 2 * (start - end) + 20;
    for (int i = first; i < last; i++) {
      distance += text[i] == '\n' ? 20 : 0;
    }
    return distance;
  }
}
