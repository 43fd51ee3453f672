package dev.stanch.detectors.source.git;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Visits objects too large for the memory, and the deltas that build on them, through files on
/// disk.
final class LargeWalk {
  /// Objects above this size are not put together from deltas: 4 GB.
  private static final long LARGEST = 4L << 30;

  private final ObjectTable table;
  private final @Nullable BitSet wanted;
  private final BlobVisitor visitor;
  private final EntryReader reader;

  LargeWalk(ObjectTable table, @Nullable BitSet wanted, BlobVisitor visitor) {
    this.table = table;
    this.wanted = wanted;
    this.visitor = visitor;
    this.reader = new EntryReader(table);
  }

  private record Held(int end, Spool bytes) {}

  /// Visits the subtree of a position.
  void walk(int from) {
    var stack = new ArrayDeque<Held>();
    try {
      for (int p = from; p < table.subtreeEnd(from); ) {
        while (!stack.isEmpty() && stack.peek().end() <= p) {
          stack.pop().bytes().close();
        }
        int end = table.subtreeEnd(p);
        int entry = table.entryAt(p);
        int soonest = wanted == null ? p : wanted.nextSetBit(p);
        if (soonest < 0 || soonest >= end) {
          p = end;
          continue;
        }
        String trouble = "";
        Problem.Kind kind = Problem.Kind.CORRUPT;
        try {
          if (end == p + 1 && table.base(entry) == ObjectTable.NONE) {
            stream(entry);
          } else {
            Spool bytes = stack.isEmpty() ? rebuilt(entry) : applied(entry, stack.peek().bytes());
            if (!stack.isEmpty() && stack.peek().end() == end) {
              stack.pop().bytes().close(); // this was the last that needed it
            }
            stack.push(new Held(end, bytes));
            if (soonest == p) {
              visitor.largeBlob(entry, bytes.size(), bytes.open());
            }
          }
        } catch (CorruptException e) {
          trouble = String.valueOf(e.getMessage());
        } catch (IndexOutOfBoundsException | InternalError e) {
          trouble = "its bytes lie beyond the end of the pack";
        } catch (IOException e) {
          kind = Problem.Kind.UNREADABLE;
          trouble = "the large object could not be read";
        }
        if (trouble.isEmpty()) {
          p++;
          continue;
        }
        for (; p < end; p++) {
          table.problems().add(kind, table.name(table.entryAt(p)), trouble);
        }
      }
    } catch (IOException e) {
      table
          .problems()
          .add(
              Problem.Kind.UNREADABLE,
              table.name(table.entryAt(from)),
              "a temporary file could not be closed");
    } finally {
      closeAll(stack);
    }
  }

  private void closeAll(ArrayDeque<Held> stack) {
    while (!stack.isEmpty()) {
      try {
        stack.pop().bytes().close();
      } catch (IOException e) {
        // It is deleted with the process at the latest, and holds nothing that was not read
        // already.
      }
    }
  }

  private void stream(int entry) throws CorruptException, IOException {
    long size = reader.open(entry);
    try (InputStream content = new Exactly(reader.openStream(), size)) {
      visitor.largeBlob(entry, size, content);
    }
  }

  private Spool rebuilt(int entry) throws CorruptException, IOException {
    var chain = new ArrayDeque<Integer>();
    for (int e = entry; e != ObjectTable.NONE; e = table.base(e)) {
      chain.push(e);
    }
    long size = limited(reader.open(chain.pop()));
    Spool bytes =
        Spool.of(
            size,
            out -> {
              try (InputStream content = new Exactly(reader.openStream(), size)) {
                content.transferTo(out);
              }
            });
    while (!chain.isEmpty()) {
      try (Spool base = bytes) {
        bytes = applied(chain.pop(), base);
      }
    }
    return bytes;
  }

  private static long limited(long size) throws CorruptException {
    if (size > LARGEST) {
      throw new CorruptException("the object is too large to be put together: " + size + " bytes");
    }
    return size;
  }

  private Spool applied(int entry, Spool base) throws CorruptException, IOException {
    long deltaSize = reader.open(entry);
    try (InputStream delta =
        new BufferedInputStream(new Exactly(reader.openStream(), deltaSize), 1 << 16)) {
      if (number(delta) != base.size()) {
        throw new CorruptException("the delta was made for another base");
      }
      long size = limited(number(delta));
      Mapped bytes = base.map();
      return Spool.of(size, out -> apply(delta, bytes, size, out));
    }
  }

  private static void apply(InputStream delta, Mapped base, long size, OutputStream out)
      throws IOException, CorruptException {
    byte[] buffer = new byte[1 << 16];
    long left = size;
    for (int command = delta.read(); command >= 0; command = delta.read()) {
      if (command == 0) {
        throw new CorruptException("the delta has an unknown operation");
      }
      long length;
      if (command < 0x80) {
        length = command;
        delta.readNBytes(buffer, 0, command);
        out.write(buffer, 0, command);
      } else {
        long from = 0;
        length = 0;
        for (int i = 0; i < 4; i++) {
          from |= (command & 1 << i) != 0 ? (long) delta.read() << 8 * i : 0;
        }
        for (int i = 0; i < 3; i++) {
          length |= (command & 16 << i) != 0 ? (long) delta.read() << 8 * i : 0;
        }
        length = length == 0 ? 0x10000 : length;
        if (from < 0 || length < 0 || length > base.size() - from || length > left) {
          throw new CorruptException("the delta copies what its base does not have");
        }
        for (long done = 0; done < length; ) {
          int n = (int) Math.min(buffer.length, length - done);
          base.copy(from + done, buffer, 0, n);
          out.write(buffer, 0, n);
          done += n;
        }
      }
      left -= length;
      if (left < 0) {
        throw new CorruptException("the delta's result has another size than announced");
      }
    }
  }

  private static long number(InputStream delta) throws IOException, CorruptException {
    long value = 0;
    for (int shift = 0; shift <= 56; shift += 7) {
      int b = delta.read();
      if (b < 0) {
        break;
      }
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new CorruptException("the delta's header is cut short");
  }

  /// A stream that fails if it ends early, and ends where it should.
  private static final class Exactly extends FilterInputStream {
    private long left;

    Exactly(InputStream from, long size) {
      super(from);
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0 || length == 0) {
        return length == 0 ? 0 : -1;
      }
      int n = in.read(into, offset, (int) Math.min(length, left));
      if (n < 0) {
        throw new EOFException("the object is shorter than announced");
      }
      left -= n;
      return n;
    }
  }
}
