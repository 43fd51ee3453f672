package dev.stanch.detectors.source.git;

import java.util.Arrays;

/// Applies git's deltas and notes their operations.
///
/// Neighbouring inserts, and copies that go on where the last one ended, are joined: git cuts both
/// at limits of its format, and every cut would be a junction to look at again. Not thread-safe.
final class Delta {
  /// In [#operations], in place of a base offset: the bytes are new.
  static final int INSERT = -1;

  private int at;
  private int[] operations = new int[3 * 64];
  private int count;

  Delta() {}

  /// The operations of the last delta applied: base offset or [#INSERT], length, target offset, and
  /// so on.
  int[] operations() {
    return operations;
  }

  int count() {
    return count;
  }

  /// The size of the base a delta was made for.
  static long baseSize(byte[] delta, int length) throws CorruptException {
    return new Delta().number(delta, length);
  }

  private long number(byte[] delta, int length) throws CorruptException {
    long value = 0;
    int b;
    int shift = 0;
    do {
      if (at >= length || shift > 56) {
        throw new CorruptException("the delta's header is cut short");
      }
      b = delta[at++];
      value |= (long) (b & 0x7f) << shift;
      shift += 7;
    } while (b < 0);
    return value;
  }

  /// Reads a delta's header.
  ///
  /// @return the size of the result
  long begin(byte[] delta, int length, int baseLength) throws CorruptException {
    at = 0;
    count = 0;
    if (number(delta, length) != baseLength) {
      throw new CorruptException("the delta was made for another base");
    }
    return number(delta, length);
  }

  /// Applies the delta whose header was read by [#begin].
  void apply(byte[] delta, int length, byte[] base, int baseLength, byte[] out, int outLength)
      throws CorruptException {
    int d = at;
    int o = 0;
    int[] ops = operations;
    int n = 0; // next free number in ops
    int lastCopyEnd = -2; // base offset at which the last operation, a copy, ended
    boolean lastInsert = false;
    while (d < length) {
      int command = delta[d++];
      if (n + 3 > ops.length) {
        ops = Arrays.copyOf(ops, ops.length * 2);
        operations = ops;
      }
      if (command < 0) {
        int from = 0;
        int size = 0;
        if (d + 7 > length && d + Integer.bitCount(command & 0x7f) > length) {
          throw new CorruptException("the delta is cut short");
        }
        if ((command & 1) != 0) {
          from = delta[d++] & 0xff;
        }
        if ((command & 2) != 0) {
          from |= (delta[d++] & 0xff) << 8;
        }
        if ((command & 4) != 0) {
          from |= (delta[d++] & 0xff) << 16;
        }
        if ((command & 8) != 0) {
          from |= (delta[d++] & 0xff) << 24;
        }
        if ((command & 16) != 0) {
          size = delta[d++] & 0xff;
        }
        if ((command & 32) != 0) {
          size |= (delta[d++] & 0xff) << 8;
        }
        if ((command & 64) != 0) {
          size |= (delta[d++] & 0xff) << 16;
        }
        if (size == 0) {
          size = 0x10000;
        }
        if (from < 0 || size > baseLength - from || size > outLength - o) {
          throw new CorruptException("the delta copies what its base does not have");
        }
        System.arraycopy(base, from, out, o, size);
        if (from == lastCopyEnd) {
          ops[n - 2] += size;
        } else {
          ops[n] = from;
          ops[n + 1] = size;
          ops[n + 2] = o;
          n += 3;
        }
        lastCopyEnd = from + size;
        lastInsert = false;
        o += size;
      } else if (command != 0) {
        if (command > length - d || command > outLength - o) {
          throw new CorruptException("the delta is cut short");
        }
        System.arraycopy(delta, d, out, o, command);
        d += command;
        if (lastInsert) {
          ops[n - 2] += command;
        } else {
          ops[n] = INSERT;
          ops[n + 1] = command;
          ops[n + 2] = o;
          n += 3;
        }
        lastCopyEnd = -2;
        lastInsert = true;
        o += command;
      } else {
        throw new CorruptException("the delta has an unknown operation");
      }
    }
    if (o != outLength) {
      throw new CorruptException("the delta's result has another size than announced");
    }
    count = n / 3;
  }
}
