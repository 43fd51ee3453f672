package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tree, parents and date of every stored commit.
///
/// A commit's number is its position in the [ObjectTable], counted from the first commit.
public final class CommitTable {
  /// Enough of most commits for everything up to the committer's line.
  private static final int HEADER = 420;

  private static final int NONE = -1;
  private static final int LISTED_MISSING = 10_000;

  private static final byte[] DIGIT = new byte[256];

  static {
    for (int c = 0; c < 256; c++) {
      DIGIT[c] = (byte) Character.digit(c, 16);
    }
  }

  private final ObjectTable table;
  private final int first;
  private final int count;
  private final int firstTree;
  private final int[] tree;
  private final int[] parent; // the first, then more[] where there are more than two
  private final int[] secondParent;
  private final Map<Integer, int[]> more = new ConcurrentHashMap<>();
  private final long[] date;
  private final ConcurrentLinkedQueue<Absent> absent = new ConcurrentLinkedQueue<>();

  /// A commit's tree or parent that is not stored.
  record Absent(int commit, ObjectType type, String id) {}

  /// A table that is empty until its [#reading] is done.
  CommitTable(ObjectTable table) {
    this.table = table;
    this.first = table.firstPosition(ObjectType.COMMIT);
    this.count = table.lastPosition(ObjectType.COMMIT) - first;
    this.firstTree = table.firstPosition(ObjectType.TREE);
    this.tree = new int[count];
    this.parent = new int[count];
    this.secondParent = new int[count];
    this.date = new long[count];
    Arrays.fill(tree, NONE);
    Arrays.fill(parent, NONE);
    Arrays.fill(secondParent, NONE);
  }

  /// The work of reading all commits.
  ///
  /// @param shallow the ids of commits whose parents are cut off, in hexadecimal digits
  /// @param messages makes each thread's visitor of whole commit objects; null where nobody wants
  ///   to see them, which saves most of the reading
  Parallel.Worker reading(Set<String> shallow, @Nullable Supplier<? extends BlobVisitor> messages) {
    return BlobWalk.objects(
        table,
        ObjectType.COMMIT,
        messages == null ? HEADER : Integer.MAX_VALUE,
        () -> new Parser(shallow, messages == null ? null : messages.get()));
  }

  int count() {
    return count;
  }

  /// The number of the commit at an entry, or -1.
  int number(int entry) {
    return table.is(entry, ObjectType.COMMIT) ? table.positionOf(entry) - first : NONE;
  }

  int entry(int commit) {
    return table.entryAt(first + commit);
  }

  /// The number of a commit's tree, counted from the first tree's position, or -1.
  int tree(int commit) {
    return tree[commit];
  }

  long date(int commit) {
    return date[commit];
  }

  int parents(int commit) {
    if (parent[commit] == NONE) {
      return 0;
    }
    if (secondParent[commit] == NONE) {
      return 1;
    }
    int[] others = more.get(commit);
    return others == null ? 2 : 2 + others.length;
  }

  int parent(int commit, int which) {
    return switch (which) {
      case 0 -> parent[commit];
      case 1 -> secondParent[commit];
      default -> more.getOrDefault(commit, new int[0])[which - 2];
    };
  }

  Iterable<Absent> absent() {
    return absent;
  }

  private final class Parser implements BlobVisitor {
    private final Set<String> shallow;
    private final @Nullable BlobVisitor messages;
    private final ObjectReader reader = new ObjectReader(table);
    private final byte[] id = new byte[table.idLength()];

    Parser(Set<String> shallow, @Nullable BlobVisitor messages) {
      this.shallow = shallow;
      this.messages = messages;
    }

    @Override
    public void blob(BlobFrame frame) {
      if (!parse(frame.entry(), frame.bytes(), frame.length()) && frame.length() >= HEADER) {
        byte[] whole = reader.read(frame.entry(), BlobWalk.LARGE);
        if (whole.length > frame.length()) {
          parse(frame.entry(), whole, whole.length);
        }
      }
      if (messages != null) {
        messages.blob(frame);
      }
    }

    @Override
    public void largeBlob(int entry, long size, InputStream content) throws IOException {
      byte[] begin = content.readNBytes(BlobWalk.LARGE);
      parse(entry, begin, begin.length);
      table
          .problems()
          .add(
              Problem.Kind.TOO_LARGE,
              table.name(entry),
              "the commit's message is too long to be read");
    }

    /// Notes what the header says; false if it ends before the committer's line does.
    private boolean parse(int entry, byte[] bytes, int length) {
      int commit = table.positionOf(entry) - first;
      int line = 5 + 2 * id.length + 1;
      if (length < line || !starts(bytes, 0, length, "tree ") || !hex(bytes, 5)) {
        table
            .problems()
            .add(
                Problem.Kind.CORRUPT, table.name(entry), "the commit does not begin with its tree");
        return true;
      }
      int found = table.find(id, 0);
      if (found != ObjectTable.NONE && table.is(found, ObjectType.TREE)) {
        tree[commit] = table.positionOf(found) - firstTree;
      } else {
        missing(commit, ObjectType.TREE);
      }
      int at = line;
      int parents = 0;
      parent[commit] = NONE;
      secondParent[commit] = NONE;
      boolean cut = !shallow.isEmpty() && shallow.contains(table.name(entry));
      while (starts(bytes, at, length, "parent ")
          && at + 7 + 2 * id.length < length
          && hex(bytes, at + 7)) {
        if (!cut) {
          found = table.find(id, 0);
          if (found != ObjectTable.NONE && table.is(found, ObjectType.COMMIT)) {
            addParent(commit, parents++, table.positionOf(found) - first);
          } else {
            missing(commit, ObjectType.COMMIT);
          }
        }
        at += 7 + 2 * id.length + 1;
      }
      while (at < length) {
        int end = at;
        while (end < length && bytes[end] != '\n') {
          end++;
        }
        if (end == length) {
          return false;
        }
        if (end == at) {
          return true; // no committer: a date of 0
        }
        if (starts(bytes, at, end, "committer ")) {
          date[commit] = dateOf(bytes, at, end);
          return true;
        }
        at = end + 1;
      }
      return false;
    }

    private void missing(int commit, ObjectType type) {
      if (absent.size() < LISTED_MISSING) {
        absent.add(new Absent(commit, type, HexFormat.of().formatHex(id)));
      }
    }

    private void addParent(int commit, int which, int number) {
      switch (which) {
        case 0 -> parent[commit] = number;
        case 1 -> secondParent[commit] = number;
        default -> {
          int[] others = more.getOrDefault(commit, new int[0]);
          if (others.length == which - 2) {
            others = Arrays.copyOf(others, which - 1);
            others[which - 2] = number;
            more.put(commit, others);
          }
        }
      }
    }

    private boolean hex(byte[] bytes, int at) {
      for (int i = 0; i < id.length; i++) {
        int high = DIGIT[bytes[at + 2 * i] & 0xff];
        int low = DIGIT[bytes[at + 2 * i + 1] & 0xff];
        if ((high | low) < 0) {
          return false;
        }
        id[i] = (byte) (high << 4 | low);
      }
      return true;
    }
  }

  /// The seconds after the last `>` of an author's or committer's line; 0 where there are none.
  static long dateOf(byte[] bytes, int from, int to) {
    int at = to - 1;
    while (at > from && bytes[at] != '>') {
      at--;
    }
    long seconds = 0;
    for (at += 2; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      seconds = Math.min(seconds * 10 + bytes[at] - '0', 1L << 50);
    }
    return seconds;
  }

  private static boolean starts(byte[] bytes, int at, int length, String word) {
    if (at + word.length() > length) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
