package dev.stanch.detectors.source.git;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Finds, in one walk over the deltas of all trees, where each tree and each wanted blob stands.
///
/// A tree's number is its position in the [ObjectTable], counted from the first tree, so that the
/// trees whose deltas build on a tree are an interval of numbers. A tree entry is looked at where
/// it is new, and then carried from base to descendant without being read again: an **instance** is
/// an entry introduced by one tree, alive in the interval of that tree's delta descendants but for
/// the subtrees that drop it.
final class TreePass {
  private static final int TASKS = 400;

  /// Trees whose own bytes or delta are larger are not read: a folder of four hundred thousand
  /// files.
  private static final int LARGEST = 16 << 20;

  /// The new entries one thread holds on its way down a chain.
  private static final int ARENA = 64 << 20;

  /// The entries of trees one thread holds on its way down a chain: fifty times those of a very
  /// large folder.
  private static final int HELD_ENTRIES = 4 << 20;

  /// How many ids are looked up at a time.
  private static final int BATCH = 512;

  private static final int FILTER_BITS = 18;

  /// The child of an entry of no interest.
  private static final int NOTHING = Integer.MIN_VALUE;

  private static final int LISTED_MISSING = 50_000;

  private final ObjectTable table;
  private final int first;
  private final int trees;
  private final int[] wanted; // entries of blobs, ascending
  private final BitSet wantedEntries = new BitSet();
  private final BitSet wantedFilter = new BitSet(1 << FILTER_BITS); // by an id's first bits
  private final int[] tasks;
  private final Slice[] slices;
  private final List<Worker> workers = new ArrayList<>();

  /// What one task found, as ranges of its worker's lists.
  private record Slice(Worker worker, int instances, int instancesEnd, int drops, int dropsEnd) {}

  private TreePass(ObjectTable table, int[] wanted) {
    this.table = table;
    this.first = table.firstPosition(ObjectType.TREE);
    this.trees = table.lastPosition(ObjectType.TREE) - first;
    this.wanted = wanted;
    byte[] id = new byte[table.idLength()];
    for (int entry : wanted) {
      wantedEntries.set(entry);
      table.id(entry, id, 0);
      wantedFilter.set(filtered(BigEndian.i64(id, 0)));
    }
    this.tasks = tasks();
    this.slices = new Slice[tasks.length];
  }

  /// Walks all trees.
  ///
  /// @param wanted the entries of the wanted blobs, each the first of its id, ascending
  static TreeInstances run(ObjectTable table, int[] wanted, int threads)
      throws InterruptedException {
    TreePass pass = new TreePass(table, wanted);
    Parallel.run(threads, next -> pass.newWorker().run(next));
    return pass.merged();
  }

  private synchronized Worker newWorker() {
    Worker worker = new Worker();
    workers.add(worker);
    return worker;
  }

  private static int filtered(long key) {
    return (int) (key >>> 64 - FILTER_BITS);
  }

  /// Runs of whole delta trees.
  private int[] tasks() {
    Numbers cuts = new Numbers();
    cuts.add(0);
    int size = Math.max(16, trees / TASKS);
    int cut = 0;
    for (int t = 0; t < trees; ) {
      t = table.subtreeEnd(first + t) - first;
      if (t - cut >= size || t == trees) {
        cuts.add(t);
        cut = t;
      }
    }
    int[] bounds = new int[cuts.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = cuts.get(i);
    }
    return bounds;
  }

  private TreeInstances merged() {
    int instances = 0;
    int drops = 0;
    for (Slice slice : slices) {
      if (slice != null) {
        instances += slice.instancesEnd() - slice.instances();
        drops += slice.dropsEnd() - slice.drops();
      }
    }
    NameTable names = new NameTable();
    NameTable missing = new NameTable();
    int[][] nameOf = new int[workers.size()][];
    int[][] missingOf = new int[workers.size()][];
    long uncounted = 0;
    for (int w = 0; w < workers.size(); w++) {
      nameOf[w] = renumbered(workers.get(w).names, names);
      missingOf[w] = renumbered(workers.get(w).missing, missing);
      uncounted += workers.get(w).unlisted;
    }
    TreeInstances all =
        new TreeInstances(trees, wanted, names, missing, uncounted, instances, drops);
    for (Slice slice : slices) {
      if (slice == null) {
        continue;
      }
      Worker worker = slice.worker();
      int w = workers.indexOf(worker);
      int offset = all.instances() - slice.instances();
      for (int i = slice.instances(); i < slice.instancesEnd(); i++) {
        int child = worker.instanceChild.get(i);
        int key =
            child >= 0
                ? child
                : child == NOTHING
                    ? all.nothing()
                    : trees + wanted.length + missingOf[w][-1 - child];
        all.addInstance(key, nameOf[w][worker.instanceName.get(i)], worker.instanceTree.get(i));
      }
      for (int i = slice.drops(); i < slice.dropsEnd(); i++) {
        all.addDrop(worker.dropInstance.get(i) + offset, worker.dropTree.get(i));
      }
    }
    all.index();
    return all;
  }

  private static int[] renumbered(NameTable from, NameTable to) {
    int[] numbers = new int[from.count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = to.number(from, i);
    }
    return numbers;
  }

  /// The entries of the tree at one depth of the walk.
  private static final class Level {
    int[] start = new int[64]; // where each entry begins in the tree; one more, the tree's size
    int[] place = new int[64]; // where its bytes begin in the arena
    int[] instance = new int[64]; // or -1
    int count;
    int size;
    int end; // tree number after the last descendant
    int arenaMark;

    void add(int at, int instanceOrNone, int length) {
      if (count + 1 == start.length) {
        grow(2 * start.length);
      }
      place[count] = at;
      instance[count] = instanceOrNone;
      count++;
      size += length;
      start[count] = size;
    }

    void carry(Level base, int from, int to) {
      int n = to - from;
      if (count + n + 1 > start.length) {
        grow(Math.max(2 * start.length, count + n + 1));
      }
      System.arraycopy(base.place, from, place, count, n);
      System.arraycopy(base.instance, from, instance, count, n);
      int shift = size - base.start[from];
      int[] mine = start;
      int[] theirs = base.start;
      int delta = count - from;
      for (int i = from + 1; i <= to; i++) {
        mine[i + delta] = theirs[i] + shift;
      }
      count += n;
      size = start[count];
    }

    /// The last entry that begins at or before an offset below the tree's size, looked for behind
    /// `guess` first: copies mostly follow each other.
    int entryAt(int offset, int guess) {
      int low = 0;
      int high = count - 1;
      if (guess < count && start[guess] <= offset) {
        low = guess;
        int step = 1;
        while (low + step <= high && start[low + step] <= offset) {
          low += step;
          step <<= 1;
        }
        high = Math.min(high, low + step - 1);
      }
      while (low < high) {
        int middle = (low + high + 1) >>> 1;
        if (start[middle] <= offset) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return low;
    }

    private void grow(int capacity) {
      start = Arrays.copyOf(start, capacity);
      place = Arrays.copyOf(place, capacity);
      instance = Arrays.copyOf(instance, capacity);
    }
  }

  private final class Worker {
    private final EntryReader reader = new EntryReader(table);
    private final NameTable names = new NameTable();
    private final NameTable missing = new NameTable(); // ids
    private final Numbers instanceChild = new Numbers();
    private final Numbers instanceName = new Numbers();
    private final Numbers instanceTree = new Numbers();
    private final Numbers dropInstance = new Numbers();
    private final Numbers dropTree = new Numbers();
    private final Numbers carried = new Numbers(); // from, to, from, to
    private final ArrayDeque<Level> free = new ArrayDeque<>();
    private final int idLength = table.idLength();
    private Level[] stack = new Level[64];
    private byte[] scratch = new byte[1 << 16];
    private byte[] arena = new byte[1 << 16];
    private int arenaTop;
    private long unlisted;
    private long held;

    // Ids to be looked up together: those of trees, whose instances wait for their number, and of
    // blobs nobody asked for, which need only be there.
    private final long[] awaitedKey = new long[BATCH];
    private final byte[] awaitedId = new byte[BATCH * idLength];
    private final int[] awaitedInstance = new int[BATCH]; // -1 for a blob
    private final int[] awaitedEntry = new int[BATCH];
    private int awaited;

    /// Whether blobs are looked up at once: those that are missing get instances too.
    private boolean atOnce = !table.shortIds();

    private boolean blobMissing;
    private boolean again;

    // The entry being put together: its bytes begin in the arena at `pending`.
    private int pending;
    private int idLeft; // -1 before the name's end
    private int tree;
    private int copied; // the base's entry behind the last copy
    private Level level = new Level();

    void run(AtomicInteger next) {
      for (int i = next.getAndIncrement(); i < tasks.length - 1; i = next.getAndIncrement()) {
        int instances = instanceChild.size();
        int drops = dropInstance.size();
        long unlistedBefore = unlisted;
        walk(tasks[i], tasks[i + 1]);
        if (blobMissing) { // then more will be, so from here on they are looked for
          forget(instances);
          dropInstance.truncate(drops);
          dropTree.truncate(drops);
          unlisted = unlistedBefore;
          blobMissing = false;
          atOnce = true;
          again = true;
          walk(tasks[i], tasks[i + 1]);
          again = false;
        }
        slices[i] = new Slice(this, instances, instanceChild.size(), drops, dropInstance.size());
      }
    }

    private void walk(int from, int to) {
      int depth = -1;
      for (int t = from; t < to; ) {
        while (depth >= 0 && stack[depth].end <= t) {
          arenaTop = stack[depth].arenaMark;
          held -= stack[depth].start.length;
          free.push(stack[depth--]);
        }
        Level base = depth < 0 ? null : stack[depth];
        int end = table.subtreeEnd(first + t) - first;
        Level made = free.isEmpty() ? new Level() : free.pop();
        made.end = end;
        made.arenaMark = arenaTop;
        int instances = instanceChild.size();
        String trouble;
        try {
          if (held > HELD_ENTRIES) {
            throw new CorruptException("its chain of deltas has more entries than can be held");
          }
          read(t, made, base);
          trouble = "";
        } catch (CorruptException e) {
          trouble = String.valueOf(e.getMessage());
        } catch (IndexOutOfBoundsException | InternalError e) {
          trouble = "its bytes lie beyond the end of the pack";
        }
        if (trouble.isEmpty()) {
          if (base != null) {
            drop(base, t);
          }
          if (depth + 1 == stack.length) {
            stack = Arrays.copyOf(stack, 2 * stack.length);
          }
          stack[++depth] = made;
          held += made.start.length;
          t++;
        } else {
          if (!again) {
            unreadable(t, trouble);
          }
          arenaTop = made.arenaMark;
          resolve();
          forget(instances);
          if (base != null) { // nothing of the base is known to live on
            carried.truncate(0);
            drop(base, t);
          }
          free.push(made);
          t = end;
        }
      }
      while (depth >= 0) {
        free.push(stack[depth--]);
      }
      arenaTop = 0;
      held = 0;
      resolve();
    }

    private void forget(int instances) {
      instanceChild.truncate(instances);
      instanceName.truncate(instances);
      instanceTree.truncate(instances);
    }

    private void unreadable(int t, String why) {
      String name = table.name(table.entryAt(first + t));
      table.problems().add(Problem.Kind.CORRUPT, name, why);
      for (int d = t + 1; d < table.subtreeEnd(first + t) - first; d++) {
        table
            .problems()
            .add(
                Problem.Kind.CORRUPT,
                table.name(table.entryAt(first + d)),
                "its delta base " + name + " could not be read");
      }
    }

    private void read(int t, Level made, @org.jspecify.annotations.Nullable Level base)
        throws CorruptException {
      tree = t;
      level = made;
      made.count = 0;
      made.size = 0;
      made.start[0] = 0;
      carried.truncate(0);
      pending = arenaTop;
      idLeft = -1;
      copied = 0;
      long announced = reader.open(table.entryAt(first + t));
      if (announced > LARGEST) {
        throw new CorruptException("the tree is too large to be read: " + announced + " bytes");
      }
      int length = (int) announced;
      if (scratch.length < length + Inflate.OUT_SLACK) {
        scratch = new byte[length + (length >> 2) + Inflate.OUT_SLACK];
      }
      reader.inflate(scratch);
      if (base == null) {
        feed(scratch, 0, length);
      } else {
        apply(base, length);
      }
      if (idLeft >= 0 || arenaTop != pending) {
        throw new CorruptException("the tree ends within an entry");
      }
    }

    private void apply(Level base, int length) throws CorruptException {
      byte[] delta = scratch;
      int d = 0;
      long baseSize = 0;
      long size = 0;
      for (int shift = 0, b = -1; b < 0; shift += 7) {
        b = delta[d++];
        baseSize |= (long) (b & 0x7f) << shift;
      }
      for (int shift = 0, b = -1; b < 0; shift += 7) {
        b = delta[d++];
        size |= (long) (b & 0x7f) << shift;
      }
      if (baseSize != base.size || size > Integer.MAX_VALUE) {
        throw new CorruptException("the delta was made for another base");
      }
      while (d < length) {
        int command = delta[d++];
        if (command > 0) {
          if (command > length - d) {
            throw new CorruptException("the delta is cut short");
          }
          feed(delta, d, command);
          d += command;
          continue;
        }
        if (command == 0) {
          throw new CorruptException("the delta has an unknown operation");
        }
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < 4; i++) {
          if ((command & 1 << i) != 0) {
            from |= (delta[d++] & 0xff) << 8 * i;
          }
        }
        for (int i = 0; i < 3; i++) {
          if ((command & 16 << i) != 0) {
            bytes |= (delta[d++] & 0xff) << 8 * i;
          }
        }
        if (bytes == 0) {
          bytes = 0x10000;
        }
        if (d > length || from < 0 || bytes > base.size - from) {
          throw new CorruptException("the delta copies what its base does not have");
        }
        copy(base, from, bytes);
        if (level.size > size) {
          throw new CorruptException("the delta's result has another size than announced");
        }
      }
      if (level.size != size) {
        throw new CorruptException("the delta's result has another size than announced");
      }
    }

    private void copy(Level base, int from, int length) throws CorruptException {
      int at = from;
      int to = from + length;
      int entry = base.entryAt(at, copied);
      while (at < to) {
        if (base.start[entry] == at && idLeft < 0 && arenaTop == pending) {
          int after = base.start[base.count] <= to ? base.count : base.entryAt(to, entry);
          if (after > entry) {
            level.carry(base, entry, after);
            carried.add(entry);
            carried.add(after);
            at = base.start[after];
            entry = after;
            continue;
          }
        }
        int piece = Math.min(base.start[entry + 1], to) - at;
        room(piece);
        feed(arena, base.place[entry] + at - base.start[entry], piece);
        at += piece;
        entry++;
      }
      copied = entry;
    }

    private void room(int more) throws CorruptException {
      if (more > arena.length - arenaTop) {
        if (more > ARENA - arenaTop) {
          throw new CorruptException(
              "its chain of deltas brings more new entries than can be held");
        }
        arena = Arrays.copyOf(arena, Math.max(arenaTop + more, Math.min(ARENA, 2 * arena.length)));
      }
    }

    /// Takes bytes of the tree that were not carried; `from` may be the arena if it has room.
    private void feed(byte[] from, int begin, int length) throws CorruptException {
      room(length);
      int at = begin;
      int end = begin + length;
      while (at < end) {
        int n;
        if (idLeft < 0) {
          int i = at;
          while (i < end && from[i] != 0) {
            i++;
          }
          n = Math.min(i + 1, end) - at;
          if (i < end) {
            idLeft = idLength;
          }
          System.arraycopy(from, at, arena, arenaTop, n);
          arenaTop += n;
        } else {
          n = Math.min(idLeft, end - at);
          System.arraycopy(from, at, arena, arenaTop, n);
          arenaTop += n;
          idLeft -= n;
          if (idLeft == 0) {
            newEntry();
          }
        }
        at += n;
      }
    }

    private void newEntry() {
      int at = pending;
      int mode = 0;
      int digit = arena[at];
      while (digit >= '0' && digit <= '7') {
        mode = mode << 3 | digit - '0';
        digit = arena[++at];
      }
      int id = arenaTop - idLength;
      int kind = mode & 0170000;
      int instance = -1;
      if (digit == ' ' && kind != 0160000) {
        instance = instance(kind == 0040000, id, at + 1);
      }
      level.add(pending, instance, arenaTop - pending);
      pending = arenaTop;
      idLeft = -1;
    }

    /// The instance an entry makes, or -1 if it is of no interest.
    private int instance(boolean folder, int id, int nameAt) {
      long key = BigEndian.i64(arena, id);
      int child = NOTHING;
      if (atOnce || !folder && wantedFilter.get(filtered(key))) {
        child = child(folder, table.find(arena, id), arena, id);
        if (child == NOTHING) {
          return -1;
        }
      } else if (!folder) {
        await(key, id, -1);
        return -1;
      }
      int instance = instanceChild.size();
      instanceChild.add(child);
      instanceName.add(names.number(arena, nameAt, id - 1 - nameAt));
      instanceTree.add(tree);
      if (child == NOTHING) {
        await(key, id, instance);
      }
      return instance;
    }

    private void await(long key, int id, int instance) {
      if (awaited == BATCH) {
        resolve();
      }
      awaitedKey[awaited] = key;
      System.arraycopy(arena, id, awaitedId, awaited * idLength, idLength);
      awaitedInstance[awaited++] = instance;
    }

    /// Looks up the ids that wait for it.
    private void resolve() {
      table.findAll(awaitedKey, awaited, awaitedEntry);
      for (int i = 0; i < awaited; i++) {
        int instance = awaitedInstance[i];
        if (instance >= 0) {
          instanceChild.set(instance, child(true, awaitedEntry[i], awaitedId, i * idLength));
        } else {
          blobMissing |= awaitedEntry[i] == ObjectTable.NONE;
        }
      }
      awaited = 0;
    }

    /// What an id means: a tree, a wanted blob, something that is missing, or nothing of interest.
    private int child(boolean folder, int entry, byte[] ids, int id) {
      if (entry == ObjectTable.NONE) {
        if (missing.count() >= LISTED_MISSING) {
          unlisted++;
          return NOTHING;
        }
        return -1 - missing.number(ids, id, idLength);
      }
      if (folder) {
        return table.is(entry, ObjectType.TREE) ? table.positionOf(entry) - first : NOTHING;
      }
      return wantedEntries.get(entry) ? trees + Arrays.binarySearch(wanted, entry) : NOTHING;
    }

    /// Notes which of the base's instances the tree does not carry on.
    private void drop(Level base, int t) {
      int next = 0;
      for (int i = 0; i < carried.size(); i += 2) {
        if (carried.get(i) < next) {
          dropUnstamped(base, t);
          return;
        }
        next = carried.get(i + 1);
      }
      next = 0;
      for (int i = 0; i < carried.size(); i += 2) {
        dropRange(base, next, carried.get(i), t);
        next = carried.get(i + 1);
      }
      dropRange(base, next, base.count, t);
    }

    private void dropRange(Level base, int from, int to, int t) {
      for (int i = from; i < to; i++) {
        if (base.instance[i] >= 0) {
          dropInstance.add(base.instance[i]);
          dropTree.add(t);
        }
      }
    }

    /// The same where copies run backwards or twice.
    private void dropUnstamped(Level base, int t) {
      BitSet stamped = new BitSet(base.count);
      for (int i = 0; i < carried.size(); i += 2) {
        stamped.set(carried.get(i), carried.get(i + 1));
      }
      for (int i = stamped.nextClearBit(0); i < base.count; i = stamped.nextClearBit(i + 1)) {
        dropRange(base, i, i + 1, t);
      }
    }
  }
}
