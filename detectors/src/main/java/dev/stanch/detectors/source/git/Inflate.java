package dev.stanch.detectors.source.git;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;

/// A decoder of zlib streams whose inflated size is known, as git's are.
///
/// Git's entries are small (one to four kilobytes), so a stream's cost is that of building its code
/// tables and of crossing into native code, not of copying bytes; this decoder builds its tables by
/// doubling and stays in Java. Hostile input is bounded by the two arrays: nothing is allocated by
/// what a stream says of itself, and a stream can neither write past `outTo` nor take more input
/// than it was given. Not thread-safe: one per thread.
final class Inflate {
  /// The stream is not zlib, is damaged, or holds more or fewer bytes than announced.
  static final int CORRUPT = -1;

  /// Bytes that must follow the input's end in its array: the bit buffer is filled eight bytes at a
  /// time.
  static final int IN_SLACK = 32;

  /// Bytes after the output's end that may be overwritten by a match copied eight bytes at a time.
  static final int OUT_SLACK = 8;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LITLEN_BITS = 10;
  private static final int DISTANCE_BITS = 8;
  private static final int CODELEN_BITS = 7;

  // An entry: bits 0-5 length of code and extra bits together, 6-9 that of the code, 10-12 kind,
  // 16-30 value.
  private static final int LITERAL = 1 << 31;
  private static final int SUBTABLE = 1 << 10;
  private static final int END = 1 << 11;
  private static final int INVALID = 1 << 12;
  private static final int SPECIAL = SUBTABLE | END | INVALID;

  private static final int[] LENGTH_BASE = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_EXTRA = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] DISTANCE_BASE = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };
  private static final int[] DISTANCE_EXTRA = {
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
  };
  private static final byte[] CODELEN_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int[] LITLEN_VALUES = litlenValues();
  private static final int[] DISTANCE_VALUES = distanceValues();
  private static final int[] CODELEN_VALUES = codelenValues();
  private static final int[] FIXED_LITLEN = new int[1 << LITLEN_BITS];
  private static final int[] FIXED_DISTANCE = new int[1 << DISTANCE_BITS];

  static {
    byte[] lengths = new byte[288];
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, 288, (byte) 8);
    Inflate maker = new Inflate();
    maker.build(lengths, 0, 288, LITLEN_VALUES, LITLEN_BITS, FIXED_LITLEN);
    Arrays.fill(lengths, 0, 32, (byte) 5);
    maker.build(lengths, 0, 32, DISTANCE_VALUES, DISTANCE_BITS, FIXED_DISTANCE);
  }

  // Root table plus the largest possible sum of second-level tables (15-bit codes, 288 and 32
  // symbols).
  private final int[] litlenTable = new int[2400];
  private final int[] distanceTable = new int[1024];
  private final int[] codelenTable = new int[1 << CODELEN_BITS];
  private final byte[] lengths = new byte[320 + 138];
  private final int[] perLength = new int[16];
  private final int[] offset = new int[16];
  private final short[] sorted = new short[288];
  private final Adler32 adler = new Adler32();

  private int consumed;

  // Where decoding has come to between two blocks.
  private long buffer;
  private int bits;
  private int input;
  private boolean cut; // the output is full and the block goes on

  Inflate() {}

  /// The input bytes the last call took, header and checksum included.
  int consumed() {
    return consumed;
  }

  /// Inflates a whole stream that must hold exactly `outTo - outFrom` bytes; checks its checksum.
  ///
  /// @return the number of bytes written, or [#CORRUPT]
  int exact(byte[] in, int inFrom, int inTo, byte[] out, int outFrom, int outTo) {
    return run(in, inFrom, inTo, out, outFrom, outTo, true);
  }

  /// Inflates the beginning of a stream: as many bytes as there are, at most `outTo - outFrom`. No
  /// checksum.
  ///
  /// @return the number of bytes written, or [#CORRUPT]
  int prefix(byte[] in, int inFrom, int inTo, byte[] out, int outFrom, int outTo) {
    return run(in, inFrom, inTo, out, outFrom, outTo, false);
  }

  private int run(
      byte[] in, int inFrom, int inTo, byte[] out, int outFrom, int outTo, boolean whole) {
    if (inFrom < 0
        || inTo > in.length - IN_SLACK
        || inTo - inFrom < 2
        || outFrom < 0
        || outTo > out.length) {
      return CORRUPT;
    }
    int header = (in[inFrom] & 0xff) << 8 | in[inFrom + 1] & 0xff;
    if ((header & 0x0f20) != 0x0800 || header % 31 != 0) {
      return CORRUPT; // not deflate, or with a preset dictionary, which git never uses
    }
    int pos = inFrom + 2;
    int o = outFrom;
    long buf = 0;
    int n = 0;
    boolean last;
    do {
      if (n < 32) {
        buf |= (long) LONG.get(in, pos) << n;
        pos += (63 - n) >>> 3;
        n |= 56;
      }
      if (pos > inTo + 8) {
        return CORRUPT;
      }
      last = (buf & 1) != 0;
      int kind = (int) (buf >>> 1) & 3;
      buf >>>= 3;
      n -= 3;
      int[] litlen;
      int[] distance;
      if (kind == 0) {
        pos -= n >>> 3; // give the whole bytes back
        int length = pos + 4 <= inTo ? (in[pos] & 0xff) | (in[pos + 1] & 0xff) << 8 : -1;
        if (length < 0 || (length ^ 0xffff) != ((in[pos + 2] & 0xff) | (in[pos + 3] & 0xff) << 8)) {
          return CORRUPT;
        }
        pos += 4;
        buf = 0;
        n = 0;
        if (length > inTo - pos) {
          return CORRUPT;
        }
        int fits = Math.min(length, outTo - o);
        System.arraycopy(in, pos, out, o, fits);
        o += fits;
        pos += length;
        if (fits < length) {
          return full(whole, pos, inFrom, inTo, o - outFrom);
        }
        continue;
      } else if (kind == 1) {
        litlen = FIXED_LITLEN;
        distance = FIXED_DISTANCE;
      } else if (kind == 2) {
        int nLitlen = ((int) buf & 31) + 257;
        int nDistance = ((int) (buf >>> 5) & 31) + 1;
        int nCodelen = ((int) (buf >>> 10) & 15) + 4;
        buf >>>= 14;
        n -= 14;
        if (nLitlen > 286 || nDistance > 30) {
          return CORRUPT;
        }
        byte[] lens = lengths;
        for (int i = 0; i < 19; i++) {
          lens[i] = 0;
        }
        for (int i = 0; i < nCodelen; i++) {
          if (n < 3) {
            buf |= (long) LONG.get(in, pos) << n;
            pos += (63 - n) >>> 3;
            n |= 56;
          }
          lens[CODELEN_ORDER[i]] = (byte) (buf & 7);
          buf >>>= 3;
          n -= 3;
        }
        int[] codelen = codelenTable;
        if (!build(lens, 0, 19, CODELEN_VALUES, CODELEN_BITS, codelen)) {
          return CORRUPT;
        }
        int total = nLitlen + nDistance;
        for (int i = 0; i < total; ) {
          if (n < 14) {
            buf |= (long) LONG.get(in, pos) << n;
            pos += (63 - n) >>> 3;
            n |= 56;
            if (pos > inTo + 8) {
              return CORRUPT;
            }
          }
          int e = codelen[(int) buf & (1 << CODELEN_BITS) - 1];
          if ((e & INVALID) != 0) {
            return CORRUPT;
          }
          buf >>>= e;
          n -= e & 63;
          int symbol = e >>> 16;
          if (symbol < 16) {
            lens[i++] = (byte) symbol;
            continue;
          }
          byte value = 0;
          int times;
          if (symbol == 16) {
            if (i == 0) {
              return CORRUPT;
            }
            value = lens[i - 1];
            times = 3 + ((int) buf & 3);
            buf >>>= 2;
            n -= 2;
          } else if (symbol == 17) {
            times = 3 + ((int) buf & 7);
            buf >>>= 3;
            n -= 3;
          } else {
            times = 11 + ((int) buf & 127);
            buf >>>= 7;
            n -= 7;
          }
          if (i + times > total) {
            return CORRUPT;
          }
          for (int end = i + times; i < end; i++) {
            lens[i] = value;
          }
        }
        if (lens[256] == 0) {
          return CORRUPT; // a block that cannot end
        }
        litlen = litlenTable;
        distance = distanceTable;
        if (!build(lens, nLitlen, nDistance, DISTANCE_VALUES, DISTANCE_BITS, distance)
            || !build(lens, 0, nLitlen, LITLEN_VALUES, LITLEN_BITS, litlen)) {
          return CORRUPT;
        }
      } else {
        return CORRUPT;
      }

      buffer = buf;
      bits = n;
      input = pos;
      int end = codes(in, inTo, out, outFrom, o, outTo, litlen, distance);
      if (end < 0) {
        return CORRUPT;
      }
      buf = buffer;
      n = bits;
      pos = input;
      o = end;
      if (cut) {
        return full(whole, pos - (n >>> 3), inFrom, inTo, o - outFrom);
      }
    } while (!last);

    pos -= n >>> 3;
    if (pos > inTo) {
      return CORRUPT; // the last codes were read from what follows the input
    }
    if (whole) {
      if (o != outTo || pos + 4 > inTo) {
        return CORRUPT;
      }
      int sum =
          in[pos] << 24
              | (in[pos + 1] & 0xff) << 16
              | (in[pos + 2] & 0xff) << 8
              | in[pos + 3] & 0xff;
      adler.reset();
      adler.update(out, outFrom, outTo - outFrom);
      if ((int) adler.getValue() != sum) {
        return CORRUPT;
      }
      pos += 4;
    }
    consumed = pos - inFrom;
    return o - outFrom;
  }

  /// Decodes one block's codes. A method of its own, since the quick compiler keeps the variables
  /// of a small one in registers.
  ///
  /// @return where the output ends, or [#CORRUPT]
  private int codes(
      byte[] in,
      int inTo,
      byte[] out,
      int outFrom,
      int begin,
      int outTo,
      int[] litlen,
      int[] distance) {
    long buf = buffer;
    int n = bits;
    int pos = input;
    int o = begin;
    cut = false;
    for (; ; ) {
      if (n < 48) { // two literals, the longest length code and its extra bits
        buf |= (long) LONG.get(in, pos) << n;
        pos += (63 - n) >>> 3;
        n |= 56;
        if (pos > inTo + 8) {
          return CORRUPT;
        }
      }
      int e = litlen[(int) buf & (1 << LITLEN_BITS) - 1];
      if (e < 0 && o < outTo) {
        out[o++] = (byte) (e >>> 16);
        buf >>>= e;
        n -= e & 63;
        e = litlen[(int) buf & (1 << LITLEN_BITS) - 1];
        if (e < 0 && o < outTo) {
          out[o++] = (byte) (e >>> 16);
          buf >>>= e;
          n -= e & 63;
          continue;
        }
      }
      if ((e & SUBTABLE) != 0) {
        e = litlen[(e >>> 16) + ((int) (buf >>> LITLEN_BITS) & (1 << e) - 1)];
      }
      if (e < 0) { // a literal with a long code, or one that finds no room
        if (o == outTo) {
          cut = true;
          break;
        }
        out[o++] = (byte) (e >>> 16);
        buf >>>= e;
        n -= e & 63;
        continue;
      }
      if ((e & SPECIAL) != 0) {
        if ((e & END) == 0) {
          return CORRUPT;
        }
        buf >>>= e;
        n -= e & 63;
        break;
      }
      int length = (e >>> 16) + ((int) (buf & (1L << e) - 1) >>> (e >>> 6 & 15));
      buf >>>= e;
      n -= e & 63;
      if (n < 28) { // the longest distance code and its extra bits
        buf |= (long) LONG.get(in, pos) << n;
        pos += (63 - n) >>> 3;
        n |= 56;
      }
      e = distance[(int) buf & (1 << DISTANCE_BITS) - 1];
      if ((e & SPECIAL) != 0) {
        if ((e & SUBTABLE) != 0) {
          e = distance[(e >>> 16) + ((int) (buf >>> DISTANCE_BITS) & (1 << e) - 1)];
        }
        if ((e & INVALID) != 0) {
          return CORRUPT;
        }
      }
      int from = o - ((e >>> 16) + ((int) (buf & (1L << e) - 1) >>> (e >>> 6 & 15)));
      buf >>>= e;
      n -= e & 63;
      if (from < outFrom) {
        return CORRUPT;
      }
      int end = o + length;
      if (end > outTo) {
        copy(out, from, o, outTo);
        o = outTo;
        cut = true;
        break;
      }
      if (o - from >= 8 && end + OUT_SLACK <= out.length) {
        do {
          LONG.set(out, o, (long) LONG.get(out, from));
          o += 8;
          from += 8;
        } while (o < end);
      } else {
        copy(out, from, o, end);
      }
      o = end;
    }
    buffer = buf;
    bits = n;
    input = pos;
    return o;
  }

  /// Copies bytes that may overlap what they are copied to, which repeats them.
  private static void copy(byte[] out, int from, int to, int end) {
    if (to - from == 1) {
      Arrays.fill(out, to, end, out[from]);
      return;
    }
    for (int o = to, i = from; o < end; ) {
      out[o++] = out[i++];
    }
  }

  /// The output is full and the stream goes on.
  private int full(boolean whole, int pos, int inFrom, int inTo, int written) {
    if (whole || pos > inTo) {
      return CORRUPT;
    }
    consumed = pos - inFrom;
    return written;
  }

  /// Builds a decoding table: a root indexed by the next `rootBits` bits, second-level tables
  /// behind longer codes.
  private boolean build(byte[] lens, int from, int count, int[] values, int rootBits, int[] table) {
    int[] per = perLength;
    for (int i = 0; i < 16; i++) {
      per[i] = 0;
    }
    for (int i = from; i < from + count; i++) {
      per[lens[i]]++;
    }
    int used = count - per[0];
    int left = 1;
    int max = 0;
    int[] off = offset;
    off[1] = 0;
    for (int i = 1; i < 16; i++) {
      left = (left << 1) - per[i];
      if (left < 0) {
        return false;
      }
      if (per[i] != 0) {
        max = i;
      }
      if (i < 15) {
        off[i + 1] = off[i] + per[i];
      }
    }
    if (left > 0 && max > 1) {
      return false;
    }
    short[] sym = sorted;
    for (int i = 0; i < count; i++) {
      int length = lens[from + i];
      if (length != 0) {
        sym[off[length]++] = (short) i;
      }
    }
    if (left > 0) { // no code, or a single one of one bit: the other half is invalid
      Arrays.fill(table, 0, 1 << rootBits, INVALID);
      if (used == 1) {
        int entry = entry(values[sym[0]], 1);
        for (int i = 0; i < 1 << rootBits; i += 2) {
          table[i] = entry;
        }
      }
      return true;
    }
    int code = 0;
    int length = 1;
    while (per[length] == 0) {
      length++;
    }
    int size = 1 << length;
    int next = 0;
    // Codes are numbered in bit-reversed order, so that each doubling of the table is one block
    // copy.
    while (length <= rootBits) {
      for (int i = per[length]; i > 0; i--) {
        table[code] = entry(values[sym[next++]], length);
        if (code == size - 1) {
          for (; length < rootBits; length++) {
            System.arraycopy(table, 0, table, size, size);
            size <<= 1;
          }
          return true;
        }
        code = next(code, size >>> 1);
      }
      do {
        if (++length <= rootBits) {
          System.arraycopy(table, 0, table, size, size);
          size <<= 1;
        }
      } while (per[length] == 0);
    }
    int rootMask = (1 << rootBits) - 1;
    size = 1 << length;
    int root = -1;
    int start = 0;
    int end = 1 << rootBits;
    int remaining = per[length];
    int subBits = 0;
    for (; ; ) {
      if ((code & rootMask) != root) {
        root = code & rootMask;
        start = end;
        subBits = length - rootBits;
        int space = remaining;
        while (space < 1 << subBits) {
          subBits++;
          space = (space << 1) + (rootBits + subBits < 16 ? per[rootBits + subBits] : 0);
        }
        end = start + (1 << subBits);
        table[root] = start << 16 | SUBTABLE | subBits;
      }
      int entry = entry(values[sym[next++]], length);
      for (int i = start + (code >>> rootBits); i < end; i += 1 << length - rootBits) {
        table[i] = entry;
      }
      if (code == size - 1) {
        return true;
      }
      code = next(code, size >>> 1);
      remaining--;
      while (remaining == 0) {
        length++;
        size <<= 1;
        remaining = per[length];
      }
    }
  }

  /// The code after one, both with their bits reversed; `top` is the first bit of their length.
  private static int next(int code, int top) {
    int bit = top;
    while ((code & bit) != 0) {
      bit >>>= 1;
    }
    return code & bit - 1 | bit;
  }

  private static int entry(int value, int length) {
    return value + (length << 6 | length);
  }

  private static int[] litlenValues() {
    int[] values = new int[288];
    for (int i = 0; i < 256; i++) {
      values[i] = LITERAL | i << 16;
    }
    values[256] = END;
    for (int i = 0; i < 29; i++) {
      values[257 + i] = LENGTH_BASE[i] << 16 | LENGTH_EXTRA[i];
    }
    values[286] = INVALID;
    values[287] = INVALID;
    return values;
  }

  private static int[] distanceValues() {
    int[] values = new int[32];
    for (int i = 0; i < 30; i++) {
      values[i] = DISTANCE_BASE[i] << 16 | DISTANCE_EXTRA[i];
    }
    values[30] = INVALID;
    values[31] = INVALID;
    return values;
  }

  private static int[] codelenValues() {
    int[] values = new int[19];
    for (int i = 0; i < 19; i++) {
      values[i] = i << 16;
    }
    return values;
  }
}
