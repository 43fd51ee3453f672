package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.BuiltInTable;
import java.util.Locale;

/// The word lists that judgements rest on: sorted hashes, made at build time from the text files
/// beside `lexicon.tsv`.
final class WordTable {
  /// The lists. Each is said in the head of its file.
  enum Of {
    // name-words.txt
    AFTER,
    BEFORE,
    READER,
    OF_KEY,
    // path-words.txt
    CODE,
    CONFIGURATION,
    SHELL,
    PROSE,
    GENERATED,
    TEST,
    EXAMPLE,
    LOCALE,
    VENDOR,
    // placeholder-words.txt
    WHOLE,
    PART,
    PREFIX,
    COMMON_PASSWORD,
    DOCUMENTED,
    // telling-names.tsv; what a name promises is the value
    TELLING;

    static Of of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /// Longer texts stand in no list.
  static final int LONGEST = 40;

  private final long[] hashes;
  private final byte[] values;

  private WordTable(long[] hashes, byte[] values) {
    this.hashes = hashes;
    this.values = values;
  }

  /// The built-in lists, loaded when first asked for.
  static WordTable builtIn() {
    return Holder.TABLE;
  }

  private static final class Holder {
    static final WordTable TABLE = load();

    private Holder() {}
  }

  private static WordTable load() {
    var data = BuiltInTable.read("scan/words.bin");
    int n = data.getInt();
    long[] hashes = new long[n];
    data.asLongBuffer().get(hashes);
    data.position(data.position() + n * Long.BYTES);
    byte[] values = new byte[n];
    data.get(values);
    return new WordTable(hashes, values);
  }

  /// Where the hash of a text of `list` begins.
  static long seed(Of list) {
    return (0xcbf29ce484222325L ^ list.name().hashCode()) * 0x100000001b3L;
  }

  /// The hash of a text that is one character longer.
  static long step(long hash, char c) {
    return (hash ^ c) * 0x100000001b3L;
  }

  static long hash(Of list, CharSequence text) {
    long hash = seed(list);
    for (int i = 0; i < text.length(); i++) {
      hash = step(hash, text.charAt(i));
    }
    return hash;
  }

  boolean has(Of list, CharSequence text) {
    return has(hash(list, text));
  }

  boolean has(long hash) {
    return SortedHashes.find(hashes, hash) >= 0;
  }

  /// What the list says of `text`, or -1 when it is not in it.
  int value(Of list, CharSequence text) {
    int at = SortedHashes.find(hashes, hash(list, text));
    return at < 0 ? -1 : values[at];
  }
}
