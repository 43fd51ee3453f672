package dev.stanch.detectors.source.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads single objects by their ids without a table of all of them: for a hook, or for a few
/// commits of a long history. Keeps what it read last, since neighbours in history stand on the
/// same delta bases. Not thread-safe.
public final class ObjectLookup {
  private static final long CACHED = 24L << 20;
  private static final int LONGEST_CHAIN = 10_000;

  private final ObjectStore store;
  private final EntryReader reader;
  private final Delta delta = new Delta();
  private final Map<Spot, GitObject> cache = new LinkedHashMap<>(256, 0.75f, true);
  private long cached;

  /// Written out, since what the JVM generates for a record is made anew in every process.
  private record Spot(Pack pack, long offset) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Spot that
          && offset == that.offset
          && pack.file().equals(that.pack.file());
    }

    @Override
    public int hashCode() {
      return pack.file().hashCode() * 31 + Long.hashCode(offset);
    }
  }

  /// A look-up in an object store.
  public ObjectLookup(ObjectStore store) {
    this.store = store;
    this.reader = new EntryReader(store.idLength());
  }

  /// Reads an object; nothing if it is not stored or not readable, which is then a problem of the
  /// store's.
  ///
  /// @param id in hexadecimal digits
  /// @param most the size up to which it is read
  public Optional<GitObject> read(String id, int most) {
    Optional<GitObject> found = find(id, most);
    if (found.isEmpty()) {
      return found;
    }
    return found.filter(object -> object != UNREADABLE);
  }

  /// Opens a blob of any size as a stream, to be read to its end before the next object is asked
  /// for; nothing if it is not stored or not readable, which is then a problem of the store's.
  ///
  /// @param held the size up to which it is held in memory; larger ones are read as they come,
  ///   which those stored as deltas cannot be
  public Optional<InputStream> open(String id, int held) {
    try {
      byte[] bytes = HexFormat.of().parseHex(id);
      Spot spot = spot(bytes);
      Path file = spot == null ? file(id) : null;
      if (spot != null && spot.offset() >= 12 && spot.offset() < spot.pack().end()) {
        long size = reader.openPacked(spot.pack(), spot.offset(), spot.pack().end());
        if (size > held && reader.kind() < 5) {
          return Optional.of(reader.openStream());
        }
      } else if (file != null) {
        long size = reader.openLoose(file);
        return Optional.of(
            size > held
                ? reader.openStream()
                : new ByteArrayInputStream(inflated(Math.toIntExact(size))));
      }
    } catch (CorruptException | IOException | IndexOutOfBoundsException | InternalError e) {
      // Told by the attempt below.
    }
    Optional<GitObject> whole = read(id, held);
    return whole.isPresent()
        ? Optional.of(new ByteArrayInputStream(whole.get().bytes()))
        : Optional.empty();
  }

  /// Adds a problem with an object that broke off while its stream was read.
  public void problem(String id, String detail) {
    store.problems().add(Problem.Kind.CORRUPT, id, detail);
  }

  /// Whether an object is stored.
  public boolean has(String id) {
    if (id.length() != 2 * store.idLength()) {
      return false;
    }
    byte[] bytes = HexFormat.of().parseHex(id);
    return spot(bytes) != null || file(id) != null;
  }

  /// The one stored object whose id begins with some hexadecimal digits; nothing if there are
  /// several.
  Optional<String> abbreviated(String digits) {
    Set<String> found = new HashSet<>();
    byte[] least =
        HexFormat.of().parseHex(digits + "0".repeat(2 * store.idLength() - digits.length()));
    byte[] id = new byte[store.idLength()];
    for (Pack pack : store.packs()) {
      PackIndex index = pack.index();
      for (int p = index.firstNotBelow(least, 0); p < index.count(); p++) {
        index.id(p, id, 0);
        String name = HexFormat.of().formatHex(id);
        if (!name.startsWith(digits)) {
          break;
        }
        found.add(name);
      }
    }
    for (Path folder : store.folders()) {
      Path fan = folder.resolve(digits.substring(0, 2));
      if (Files.isDirectory(fan)) {
        try (var names = Files.newDirectoryStream(fan, digits.substring(2) + "*")) {
          names.forEach(name -> found.add(digits.substring(0, 2) + name.getFileName()));
        } catch (IOException | DirectoryIteratorException e) {
          return Optional.empty();
        }
      }
    }
    return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
  }

  private static final GitObject UNREADABLE = new GitObject(ObjectType.BLOB, new byte[0]);

  private Optional<GitObject> find(String id, int most) {
    try {
      byte[] bytes = HexFormat.of().parseHex(id);
      Spot spot = spot(bytes);
      if (spot != null) {
        return Optional.of(readPacked(spot, most));
      }
      Path file = file(id);
      if (file != null) {
        return Optional.of(readLoose(file, most));
      }
      store.problems().add(Problem.Kind.MISSING, id, "not in the repository");
      return Optional.empty();
    } catch (CorruptException e) {
      store.problems().add(Problem.Kind.CORRUPT, id, String.valueOf(e.getMessage()));
    } catch (IndexOutOfBoundsException | InternalError e) {
      store.problems().add(Problem.Kind.CORRUPT, id, "its bytes lie beyond the end of the pack");
    }
    return Optional.of(UNREADABLE);
  }

  private @Nullable Spot spot(byte[] id) {
    if (id.length == store.idLength()) {
      for (Pack pack : store.packs()) {
        int position = pack.index().find(id, 0);
        if (position >= 0) {
          return new Spot(pack, pack.index().offset(position));
        }
      }
    }
    return null;
  }

  private @Nullable Path file(String id) {
    for (Path folder : store.folders()) {
      Path file = folder.resolve(id.substring(0, 2)).resolve(id.substring(2));
      if (Files.exists(file)) {
        return file;
      }
    }
    return null;
  }

  private GitObject readLoose(Path file, int most) throws CorruptException {
    byte[] bytes = inflated(limited(reader.openLoose(file), most));
    return new GitObject(type(reader.looseType()), bytes);
  }

  private GitObject readPacked(Spot spot, int most) throws CorruptException {
    var changed = new ArrayDeque<Spot>();
    var changes = new ArrayDeque<byte[]>();
    Spot at = spot;
    GitObject object = null;
    while (object == null) {
      object = cache.get(at);
      if (object != null) {
        break;
      }
      if (at.offset() < 12 || at.offset() >= at.pack().end()) {
        throw new CorruptException("the object lies beyond the end of its pack");
      }
      int size = limited(reader.openPacked(at.pack(), at.offset(), at.pack().end()), most);
      switch (reader.kind()) {
        case 1, 2, 3, 4 ->
            object = keep(at, new GitObject(type(reader.kind() - 1), inflated(size)));
        case 6 -> {
          long base = at.offset() - reader.baseDistance();
          changed.push(at);
          changes.push(inflated(size));
          at = new Spot(at.pack(), base);
        }
        case 7 -> {
          byte[] baseId = reader.baseId();
          changed.push(at);
          changes.push(inflated(size));
          Spot base = spot(baseId);
          if (base == null) {
            String name = HexFormat.of().formatHex(baseId);
            Path file = file(name);
            if (file == null) {
              throw new CorruptException("its delta base " + name + " is not in the repository");
            }
            object = readLoose(file, most);
          } else {
            at = base;
          }
        }
        default -> throw new CorruptException("objects of type " + reader.kind() + " do not exist");
      }
      if (changes.size() > LONGEST_CHAIN) {
        throw new CorruptException("its chain of delta bases is too long or goes in a circle");
      }
    }
    while (!changes.isEmpty()) {
      byte[] change = changes.pop();
      byte[] base = object.bytes();
      int size = limited(delta.begin(change, change.length, base.length), most);
      byte[] result = new byte[size];
      delta.apply(change, change.length, base, base.length, result, size);
      object = keep(changed.pop(), new GitObject(object.type(), result));
    }
    return object;
  }

  private byte[] inflated(int size) throws CorruptException {
    byte[] bytes = new byte[size + Inflate.OUT_SLACK];
    reader.inflate(bytes);
    return Arrays.copyOf(bytes, size);
  }

  private GitObject keep(Spot spot, GitObject object) {
    int size = object.bytes().length;
    if (size <= CACHED / 8 && cache.put(spot, object) == null) {
      cached += size + 200;
      var eldest = cache.entrySet().iterator();
      while (cached > CACHED && eldest.hasNext()) {
        cached -= eldest.next().getValue().bytes().length + 200;
        eldest.remove();
      }
    }
    return object;
  }

  private static ObjectType type(int code) {
    return switch (code) {
      case 0 -> ObjectType.COMMIT;
      case 1 -> ObjectType.TREE;
      case 2 -> ObjectType.BLOB;
      default -> ObjectType.TAG;
    };
  }

  private static int limited(long size, int most) throws CorruptException {
    if (size > most) {
      throw new CorruptException(
          "the object is too large to be read as what it is: " + size + " bytes");
    }
    return (int) size;
  }
}
