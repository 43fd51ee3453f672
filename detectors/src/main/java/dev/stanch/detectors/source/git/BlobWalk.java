package dev.stanch.detectors.source.git;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Walks the delta forest of blobs depth first: every entry is inflated once, every delta applied
/// once.
public final class BlobWalk {
  private static final int TASKS = 256;

  /// Objects above this size are streamed.
  static final int LARGE = 8 << 20;

  /// How many bytes of objects one thread holds; a branch that would need more is taken up again
  /// from its root.
  private static final long HELD = 48L << 20;

  private final ObjectTable table;
  private final @Nullable BitSet wanted;
  private final int prefix;
  private final int[] tasks;
  private final int[] turns; // the tasks in the order in which they are taken

  private BlobWalk(ObjectTable table, @Nullable BitSet wanted, ObjectType type, int prefix) {
    this.table = table;
    this.wanted = wanted;
    this.prefix = prefix;
    this.tasks = tasks(table, type);
    this.turns = turns(table, tasks);
  }

  /// Visits every blob entry.
  ///
  /// @param visitors makes the visitor of each thread
  public static void all(ObjectTable table, int threads, Supplier<? extends BlobVisitor> visitors)
      throws InterruptedException {
    Parallel.run(threads, all(table, visitors));
  }

  /// The same as a share of work.
  static Parallel.Worker all(ObjectTable table, Supplier<? extends BlobVisitor> visitors) {
    return new BlobWalk(table, null, ObjectType.BLOB, Integer.MAX_VALUE).worker(visitors);
  }

  /// Visits the blobs at some positions, and the delta bases on the way to them.
  ///
  /// @param positions positions of blobs in the table
  public static void some(
      ObjectTable table, BitSet positions, int threads, Supplier<? extends BlobVisitor> visitors)
      throws InterruptedException {
    Parallel.run(
        threads,
        new BlobWalk(table, positions, ObjectType.BLOB, Integer.MAX_VALUE).worker(visitors));
  }

  /// The work of visiting every object of a type.
  ///
  /// @param prefix how many bytes of an object the visitor needs: of an object outside all delta
  ///   chains no more are read
  static Parallel.Worker objects(
      ObjectTable table, ObjectType type, int prefix, Supplier<? extends BlobVisitor> visitors) {
    return new BlobWalk(table, null, type, prefix).worker(visitors);
  }

  private Parallel.Worker worker(Supplier<? extends BlobVisitor> visitors) {
    return next -> new Walker(visitors.get()).run(next);
  }

  /// Cuts the positions of a type into tasks: runs of whole delta trees, and parts of very large
  /// ones.
  private static int[] tasks(ObjectTable table, ObjectType type) {
    int from = table.firstPosition(type);
    int to = table.lastPosition(type);
    int size = Math.max(16, (to - from) / TASKS);
    var cuts = new java.util.stream.IntStream.Builder[] {java.util.stream.IntStream.builder()};
    int cut = from;
    cuts[0].add(from);
    for (int p = from; p < to; ) {
      int end = table.subtreeEnd(p);
      if (end - p <= 4 * size) {
        p = end;
        if (p - cut >= size) {
          cuts[0].add(p);
          cut = p;
        }
        continue;
      }
      // The subtree of the last child is the end of its parent's: it can be walked apart, from its
      // own first blob.
      int node = p;
      while (end - node > size) {
        int heavy = lastChild(table, node, end);
        if (heavy - cut >= size) {
          cuts[0].add(heavy);
          cut = heavy;
        }
        if (heavy == end) {
          break;
        }
        node = heavy;
      }
      if (end - cut > 0) {
        cuts[0].add(end);
        cut = end;
      }
      p = end;
    }
    if (cut != to) {
      cuts[0].add(to);
    }
    return cuts[0].build().toArray();
  }

  /// Large tasks first, so that no thread is left with one when the others have ended; else as the
  /// pack has them.
  private static int[] turns(ObjectTable table, int[] tasks) {
    int count = tasks.length - 1;
    long[] bytes = new long[count];
    long all = 0;
    for (int i = 0; i < count; i++) {
      for (int p = tasks[i]; p < tasks[i + 1]; p++) {
        bytes[i] += table.stored(table.entryAt(p));
      }
      all += bytes[i];
    }
    int[] turns = new int[count];
    int turn = 0;
    for (boolean large : new boolean[] {true, false}) {
      for (int i = 0; i < count; i++) {
        if (bytes[i] > 2 * all / count == large) {
          turns[turn++] = i;
        }
      }
    }
    return turns;
  }

  private static int lastChild(ObjectTable table, int node, int end) {
    int child = node + 1;
    while (child < end && table.subtreeEnd(child) != end) {
      child = table.subtreeEnd(child);
    }
    return child;
  }

  /// One thread's walk.
  private final class Walker {
    private final BlobVisitor visitor;
    private final EntryReader reader = new EntryReader(table);
    private final BufferPool pool = new BufferPool(HELD);
    private final ArrayDeque<Integer> deferred = new ArrayDeque<>();
    private BlobFrame[] frames = new BlobFrame[64];
    private byte[] scratch = new byte[1 << 16];

    Walker(BlobVisitor visitor) {
      this.visitor = visitor;
    }

    void run(AtomicInteger next) {
      for (int t = next.getAndIncrement(); t < turns.length; t = next.getAndIncrement()) {
        walk(tasks[turns[t]], tasks[turns[t] + 1]);
        while (!deferred.isEmpty()) {
          int position = deferred.pop();
          walk(position, table.subtreeEnd(position));
        }
      }
    }

    /// Walks an interval of positions that is made of whole subtrees but for the last child of
    /// some.
    private void walk(int from, int to) {
      int depth = -1;
      for (int p = from; p < to; ) {
        while (depth >= 0 && frames[depth].end <= p) {
          frames[depth--].release(pool);
        }
        int end = table.subtreeEnd(p);
        if (wanted != null) {
          int soonest = wanted.nextSetBit(p);
          if (soonest < 0 || soonest >= end) {
            p = end;
            continue;
          }
        }
        if (depth + 1 == frames.length) {
          frames = java.util.Arrays.copyOf(frames, 2 * frames.length);
        }
        BlobFrame frame = frames[depth + 1];
        if (frame == null) {
          frame = new BlobFrame(depth + 1);
          frames[depth + 1] = frame;
        }
        frame.entry = table.entryAt(p);
        frame.end = end;
        frame.wanted = wanted == null || wanted.get(p);
        frame.base = depth < 0 ? null : frames[depth];
        switch (load(frame, p)) {
          case READY -> {
            visitor.blob(frame);
            depth++;
            p++;
            // Nobody but this only or last child needs the base from here on.
            if (depth > 0 && frames[depth - 1].end == end) {
              frames[depth - 1].release(pool);
            }
          }
          case DEFERRED, FAILED -> p = end;
        }
      }
      while (depth >= 0) {
        frames[depth--].release(pool);
      }
    }

    private Outcome load(BlobFrame frame, int position) {
      int entry = frame.entry;
      try {
        BlobFrame base = frame.base;
        boolean ready;
        if (base != null) {
          ready = readDelta(entry, base.bytes, base.length, frame);
        } else if (table.base(entry) != ObjectTable.NONE) {
          ready = readChain(entry, frame);
        } else {
          ready = readWhole(entry, frame, frame.end == position + 1 ? prefix : Integer.MAX_VALUE);
        }
        if (ready) {
          return Outcome.READY;
        }
        deferred.push(position);
        return Outcome.DEFERRED;
      } catch (LargeException e) {
        large(position);
      } catch (CorruptException e) {
        unreadable(position, String.valueOf(e.getMessage()));
      } catch (IndexOutOfBoundsException | InternalError e) {
        unreadable(position, "its bytes lie beyond the end of the pack");
      }
      return Outcome.FAILED;
    }

    private boolean readWhole(int entry, BlobFrame frame, int most)
        throws CorruptException, LargeException {
      long size = reader.open(entry);
      if (size > most && !table.isLoose(entry)) {
        byte[] begin = pool.take(most + Inflate.OUT_SLACK);
        if (begin == null) {
          return false;
        }
        frame.bytes = begin;
        frame.length = most;
        return finished(frame, () -> reader.prefix(begin, most));
      }
      if (size > LARGE) {
        throw new LargeException();
      }
      byte[] bytes = pool.take((int) size + Inflate.OUT_SLACK);
      if (bytes == null) {
        return false;
      }
      frame.bytes = bytes;
      frame.length = (int) size;
      return finished(frame, () -> reader.inflate(bytes));
    }

    private boolean readDelta(int entry, byte[] base, int baseLength, BlobFrame frame)
        throws CorruptException, LargeException {
      long deltaSize = reader.open(entry);
      if (deltaSize > LARGE) {
        throw new LargeException();
      }
      if (scratch.length < deltaSize + Inflate.OUT_SLACK) {
        scratch = new byte[(int) deltaSize + (int) (deltaSize >> 2) + Inflate.OUT_SLACK];
      }
      reader.inflate(scratch);
      Delta delta = frame.delta();
      long size = delta.begin(scratch, (int) deltaSize, baseLength);
      if (size > LARGE) {
        throw new LargeException();
      }
      byte[] bytes = pool.take((int) size + Inflate.OUT_SLACK);
      if (bytes == null) {
        return false;
      }
      frame.bytes = bytes;
      frame.length = (int) size;
      return finished(
          frame, () -> delta.apply(scratch, (int) deltaSize, base, baseLength, bytes, (int) size));
    }

    /// Rebuilds a blob whose base is not on the way of this walk, from the root of its delta tree.
    private boolean readChain(int entry, BlobFrame frame) throws CorruptException, LargeException {
      var chain = new ArrayDeque<Integer>();
      for (int e = entry; e != ObjectTable.NONE; e = table.base(e)) {
        chain.push(e);
      }
      if (!readWhole(chain.pop(), frame, Integer.MAX_VALUE)) {
        return false;
      }
      while (!chain.isEmpty()) {
        byte[] base = frame.bytes;
        boolean read;
        try {
          read = readDelta(chain.pop(), base, frame.length, frame);
        } finally {
          pool.release(base);
        }
        if (!read) {
          return false;
        }
      }
      return true;
    }

    private boolean finished(BlobFrame frame, Step step) throws CorruptException {
      boolean done = false;
      try {
        step.run();
        done = true;
      } finally {
        if (!done) {
          frame.release(pool);
        }
      }
      return true;
    }

    private void unreadable(int position, String why) {
      int entry = table.entryAt(position);
      table.problems().add(Problem.Kind.CORRUPT, table.name(entry), why);
      for (int p = position + 1; p < table.subtreeEnd(position); p++) {
        table
            .problems()
            .add(
                Problem.Kind.CORRUPT,
                table.name(table.entryAt(p)),
                "its delta base " + table.name(entry) + " could not be read");
      }
    }

    private void large(int position) {
      new LargeWalk(table, wanted, visitor).walk(position);
    }
  }

  private enum Outcome {
    READY,
    DEFERRED,
    FAILED
  }

  private interface Step {
    void run() throws CorruptException;
  }

  /// The object is to be streamed.
  private static final class LargeException extends Exception {
    private static final long serialVersionUID = 1L;

    LargeException() {
      super(null, null, false, false);
    }
  }
}
