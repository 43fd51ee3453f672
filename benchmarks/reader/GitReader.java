import dev.stanch.detectors.source.git.Attribution;
import dev.stanch.detectors.source.git.BlobFrame;
import dev.stanch.detectors.source.git.BlobPlace;
import dev.stanch.detectors.source.git.BlobVisitor;
import dev.stanch.detectors.source.git.BlobWalk;
import dev.stanch.detectors.source.git.GitRepository;
import dev.stanch.detectors.source.git.History;
import dev.stanch.detectors.source.git.ObjectReader;
import dev.stanch.detectors.source.git.ObjectStore;
import dev.stanch.detectors.source.git.ObjectTable;
import dev.stanch.detectors.source.git.ObjectType;
import dev.stanch.detectors.source.git.Problems;
import dev.stanch.detectors.source.git.Refs;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/// Drives the git reader alone; see `run` beside this file.
public final class GitReader {
  private static final int THREADS = 2;

  private final LongAdder blobs = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder wrong = new LongAdder();

  public static void main(String[] arguments) throws Exception {
    new GitReader().run(arguments);
  }

  private void run(String[] arguments) throws Exception {
    Problems problems = new Problems(20);
    GitRepository repository = GitRepository.at(Path.of(arguments[1]), null, Map.of());
    long start = System.nanoTime();
    try (ObjectStore store = repository.openObjects(problems)) {
      ObjectTable table = ObjectTable.build(store, THREADS);
      long tables = System.nanoTime();
      switch (arguments[0]) {
        case "verify" -> {
          BlobWalk.all(table, THREADS, () -> new Hashing(table));
          others(table);
        }
        case "walk" -> BlobWalk.all(table, THREADS, Reading::new);
        case "places" -> places(repository, table, problems, -1, arguments[2]);
        case "all" -> {
          BlobWalk.all(table, THREADS, Reading::new);
          long walked = System.nanoTime();
          places(repository, table, problems, 500, "");
          System.err.printf(
              "walk %.2f s, history and attribution %.2f s%n",
              (walked - tables) / 1e9, (System.nanoTime() - walked) / 1e9);
        }
        default -> throw new IllegalArgumentException(arguments[0]);
      }
      System.err.printf(
          "%s: %d entries, tables %.2f s, all %.2f s; %d blobs, %d MB, %d wrong, %d problems%n",
          arguments[0],
          table.size(),
          (tables - start) / 1e9,
          (System.nanoTime() - start) / 1e9,
          blobs.sum(),
          bytes.sum() >> 20,
          wrong.sum(),
          problems.count());
    }
    System.exit(wrong.sum() == 0 ? 0 : 1);
  }

  private void others(ObjectTable table) {
    ObjectReader reader = new ObjectReader(table);
    for (int e = 0; e < table.size(); e++) {
      if (table.known(e) && table.type(e) != ObjectType.BLOB) {
        byte[] read = reader.read(e, 1 << 28);
        MessageDigest digest = digest(table);
        digest.update(header(table.type(e).name().toLowerCase(java.util.Locale.ROOT), read.length));
        check(table, e, digest.digest(read));
      }
    }
  }

  private void places(
      GitRepository repository, ObjectTable table, Problems problems, int some, String file)
      throws Exception {
    History history =
        History.read(repository, table, Refs.read(repository, problems), THREADS, null);
    int first = table.firstPosition(ObjectType.BLOB);
    int count = table.lastPosition(ObjectType.BLOB) - first;
    int[] wanted = new int[some < 0 ? count : some];
    Random random = new Random(1);
    Arrays.setAll(wanted, i -> table.entryAt(first + (some < 0 ? i : random.nextInt(count))));
    Attribution attribution = Attribution.of(history, wanted, THREADS);
    if (file.isEmpty()) {
      return;
    }
    try (var out = new PrintWriter(new BufferedWriter(Files.newBufferedWriter(Path.of(file))))) {
      for (int entry : wanted) {
        for (BlobPlace place : attribution.places(entry)) {
          out.print(table.name(entry) + "\t" + place.path() + "\t");
          out.print((place.commit() < 0 ? "-" : table.name(place.commit())) + "\t" + place.reach());
          out.print("\t" + place.inTips() + "\t" + place.inHead() + "\0");
        }
      }
    }
  }

  private static byte[] header(String type, long size) {
    return (type + " " + size + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private static MessageDigest digest(ObjectTable table) {
    try {
      return MessageDigest.getInstance(table.idLength() == 20 ? "SHA-1" : "SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check(ObjectTable table, int entry, byte[] digest) {
    if (!table.name(entry).equals(HexFormat.of().formatHex(digest))) {
      wrong.increment();
      System.err.println("wrong: " + table.name(entry));
    }
  }

  private final class Hashing implements BlobVisitor {
    private final ObjectTable table;
    private final MessageDigest digest;

    Hashing(ObjectTable table) {
      this.table = table;
      this.digest = digest(table);
    }

    @Override
    public void blob(BlobFrame frame) {
      blobs.increment();
      bytes.add(frame.length());
      digest.update(header("blob", frame.length()));
      digest.update(frame.bytes(), 0, frame.length());
      check(table, frame.entry(), digest.digest());
    }

    @Override
    public void largeBlob(int entry, long size, InputStream content) throws IOException {
      blobs.increment();
      bytes.add(size);
      digest.update(header("blob", size));
      byte[] part = new byte[1 << 16];
      for (int n = content.read(part); n >= 0; n = content.read(part)) {
        digest.update(part, 0, n);
      }
      check(table, entry, digest.digest());
    }
  }

  private final class Reading implements BlobVisitor {
    @Override
    public void blob(BlobFrame frame) {
      blobs.increment();
      bytes.add(frame.length());
    }

    @Override
    public void largeBlob(int entry, long size, InputStream content) throws IOException {
      blobs.increment();
      bytes.add(content.transferTo(OutputStream.nullOutputStream()));
    }
  }
}
