package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.BuiltInTable;
import java.util.Arrays;

/// How well a text compresses under byte-pair merges learned from ordinary text: words take few
/// tokens, random text many.
///
/// The table holds the first merges of a public vocabulary, those of two to eight printable bytes,
/// cut at build time. A text is merged exactly as the full vocabulary would with only these merges.
final class TokenEfficiency {
  /// Longer texts are judged by their beginning.
  private static final int LONGEST = 128;

  private final long[] tokens;
  private final short[] ranks;

  private TokenEfficiency(long[] tokens, short[] ranks) {
    this.tokens = tokens;
    this.ranks = ranks;
  }

  /// The built-in table, loaded when first asked for.
  static TokenEfficiency table() {
    return Holder.TABLE;
  }

  private static final class Holder {
    static final TokenEfficiency TABLE = load();

    private Holder() {}
  }

  private static TokenEfficiency load() {
    var stored = BuiltInTable.read("scan/tokens.bin");
    int n = stored.getInt();
    long[] tokens = new long[n];
    stored.asLongBuffer().get(tokens);
    stored.position(stored.position() + n * Long.BYTES);
    short[] ranks = new short[n];
    stored.asShortBuffer().get(ranks);
    return new TokenEfficiency(tokens, ranks);
  }

  /// Packs up to eight bytes; no two texts pack to one value, since no byte is zero.
  static long pack(byte[] text, int from, int to) {
    long packed = 0;
    for (int i = from; i < to; i++) {
      packed = packed << 8 | text[i] & 0xff;
    }
    return packed;
  }

  private int rank(byte[] text, int from, int to) {
    if (to - from > 8) {
      return Integer.MAX_VALUE;
    }
    int at = Arrays.binarySearch(tokens, pack(text, from, to));
    return at < 0 ? Integer.MAX_VALUE : ranks[at] & 0xffff;
  }

  /// Bytes per token of `text[from, to)`, from 1 to 8.
  double charactersPerToken(byte[] text, int from, int to) {
    int end = Math.min(to, from + LONGEST);
    int n = end - from;
    if (n == 0) {
      return 1;
    }
    // starts[i] is where the i-th piece begins; pieces are merged lowest rank first, as byte-pair
    // encoding does.
    int[] starts = new int[n + 1];
    for (int i = 0; i <= n; i++) {
      starts[i] = from + i;
    }
    int pieces = n;
    while (pieces > 1) {
      int best = Integer.MAX_VALUE;
      int at = -1;
      for (int i = 0; i + 1 < pieces; i++) {
        int rank = rank(text, starts[i], starts[i + 2]);
        if (rank < best) {
          best = rank;
          at = i;
        }
      }
      if (at < 0) {
        break;
      }
      System.arraycopy(starts, at + 2, starts, at + 1, pieces - at - 1);
      pieces--;
    }
    return (double) n / pieces;
  }
}
