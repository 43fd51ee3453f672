package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The object folders of a repository, its alternates among them, with their packs mapped.
///
/// Thread-safe; whoever opens it closes it, after every thread that reads has ended.
public final class ObjectStore implements AutoCloseable {
  /// git's own bound for chains of alternates.
  private static final int ALTERNATES_DEPTH = 5;

  private static final int FOLDERS = 255;

  private final @Nullable Arena arena;
  private final int idLength;
  private final Problems problems;
  private final List<Path> folders = new ArrayList<>();
  private final List<Pack> packs = new ArrayList<>();
  private final List<Mapped> opened = new ArrayList<>();

  private ObjectStore(@Nullable Arena arena, int idLength, Problems problems) {
    this.arena = arena;
    this.idLength = idLength;
    this.problems = problems;
  }

  /// Opens object folders; what cannot be opened becomes a problem.
  ///
  /// @param objects the object folders to begin with: the repository's own, then further ones
  /// @param idLength 20 for SHA-1, 32 for SHA-256
  public static ObjectStore open(List<Path> objects, int idLength, Problems problems) {
    return open(Arena.ofShared(), objects, idLength, problems);
  }

  /// The same for a process that reads a few objects and ends: packs are not mapped.
  static ObjectStore openBriefly(List<Path> objects, int idLength, Problems problems) {
    return open(null, objects, idLength, problems);
  }

  private static ObjectStore open(
      @Nullable Arena arena, List<Path> objects, int idLength, Problems problems) {
    ObjectStore store = new ObjectStore(arena, idLength, problems);
    try {
      store.find(objects);
      for (Path folder : store.folders) {
        store.openPacks(folder.resolve("pack"));
      }
      return store;
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  /// The bytes of an object id.
  public int idLength() {
    return idLength;
  }

  /// Where problems go.
  public Problems problems() {
    return problems;
  }

  List<Pack> packs() {
    return packs;
  }

  /// The loose objects as they are now.
  LooseObjects loose() {
    return LooseObjects.list(folders.toArray(Path[]::new), idLength, problems);
  }

  List<Path> folders() {
    return folders;
  }

  @Override
  public void close() {
    if (arena != null) {
      arena.close();
    }
    for (Mapped file : opened) {
      try {
        file.close();
      } catch (IOException e) {
        problems.add(Problem.Kind.UNREADABLE, "", "a pack could not be closed");
      }
    }
  }

  private record Waiting(Path folder, int depth) {}

  private void find(List<Path> objects) {
    Set<Object> seen = new HashSet<>();
    var queue = new java.util.ArrayDeque<Waiting>();
    objects.forEach(folder -> queue.add(new Waiting(folder, 0)));
    while (!queue.isEmpty()) {
      Waiting next = queue.remove();
      Path folder = next.folder();
      if (!Files.isDirectory(folder)) {
        problems.add(Problem.Kind.UNREADABLE, folder.toString(), "the object folder is not there");
        continue;
      }
      Object key;
      try {
        key = folder.toRealPath();
      } catch (IOException e) {
        key = folder.toAbsolutePath().normalize();
      }
      if (!seen.add(key)) {
        continue;
      }
      if (folders.size() == FOLDERS) {
        problems.add(Problem.Kind.UNSUPPORTED, folder.toString(), "more than 255 object folders");
        return;
      }
      folders.add(folder);
      for (Path alternate : alternates(folder)) {
        if (next.depth() == ALTERNATES_DEPTH) {
          problems.add(
              Problem.Kind.UNREADABLE, alternate.toString(), "alternates are nested too deeply");
        } else {
          queue.add(new Waiting(alternate, next.depth() + 1));
        }
      }
    }
  }

  private List<Path> alternates(Path folder) {
    Path list = folder.resolve("info").resolve("alternates");
    if (!Files.isRegularFile(list)) {
      return List.of();
    }
    List<Path> alternates = new ArrayList<>();
    try {
      if (Files.size(list) > 1 << 20) {
        throw new IOException("too long");
      }
      for (String line : Files.readString(list, StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          alternates.add(folder.resolve(line).normalize());
        }
      }
    } catch (IOException | InvalidPathException e) {
      problems.add(
          Problem.Kind.UNREADABLE, list.toString(), "the list of alternates could not be read");
    }
    return alternates;
  }

  private void openPacks(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.startsWith("pack-") && name.endsWith(".pack")) {
          files.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      problems.add(
          Problem.Kind.UNREADABLE, folder.toString(), "the folder of packs could not be listed");
      return;
    }
    files.sort(null);
    Map<String, PackIndex> listed = null;
    for (Path file : files) {
      String name = file.getFileName().toString();
      Path index = folder.resolve(name.substring(0, name.length() - 5) + ".idx");
      try {
        if (!Files.isRegularFile(file)) {
          throw new CorruptException("the pack is not a regular file");
        }
        PackIndex ids;
        if (Files.isRegularFile(index)) {
          ids = PackIndex.open(open(index), idLength);
        } else {
          if (listed == null) {
            listed = multiPackIndex(folder.resolve("multi-pack-index"));
          }
          ids = listed.get(name.substring(0, name.length() - 5) + ".idx");
          if (ids == null) {
            throw new CorruptException("the pack has no index");
          }
        }
        openPack(file, name, ids);
      } catch (IOException e) {
        problems.add(
            Problem.Kind.UNREADABLE, file.toString(), "the pack or its index could not be opened");
      } catch (CorruptException | IndexOutOfBoundsException | InternalError e) {
        problems.add(Problem.Kind.CORRUPT, file.toString(), reason(e));
      }
    }
  }

  private static String reason(Throwable e) {
    return e instanceof CorruptException
        ? String.valueOf(e.getMessage())
        : "the pack or its index is cut short";
  }

  private Mapped open(Path file) throws IOException {
    if (arena != null) {
      return Mapped.open(file, arena);
    }
    Mapped bytes = Mapped.openPieces(file);
    opened.add(bytes);
    return bytes;
  }

  private void openPack(Path file, String name, PackIndex index)
      throws IOException, CorruptException {
    Mapped bytes = open(file);
    if (bytes.size() < 12 || bytes.i32(0) != 0x5041434b) {
      throw new CorruptException("the pack has no header");
    }
    int version = bytes.i32(4);
    if (version != 2 && version != 3) {
      throw new CorruptException("pack version " + version + " is unknown");
    }
    // The index counts: a pack cut short still yields the objects before the cut.
    packs.add(new Pack(file, name, bytes, index, bytes.size() - idLength));
  }

  /// The parts of a multi-pack-index by the `.idx` name of their pack.
  private Map<String, PackIndex> multiPackIndex(Path file) throws IOException, CorruptException {
    Map<String, PackIndex> parts = new HashMap<>();
    if (!Files.isRegularFile(file)) {
      return parts;
    }
    Mapped bytes = open(file);
    if (bytes.size() < 12
        || bytes.i32(0) != 0x4d494458
        || bytes.u8(5) != (idLength == 20 ? 1 : 2)) {
      throw new CorruptException("the multi-pack-index has no header");
    }
    long names = -1;
    long namesEnd = -1;
    long fanout = -1;
    long ids = -1;
    long places = -1;
    long large = -1;
    int chunks = bytes.u8(6);
    for (int i = 0; i < chunks; i++) {
      long row = 12 + 12L * i;
      long at = bytes.i64(row + 4);
      switch (bytes.i32(row)) {
        case 0x504e414d -> { // PNAM
          names = at;
          namesEnd = bytes.i64(row + 16);
        }
        case 0x4f494446 -> fanout = at; // OIDF
        case 0x4f49444c -> ids = at; // OIDL
        case 0x4f4f4646 -> places = at; // OOFF
        case 0x4c4f4646 -> large = at; // LOFF
        default -> {} // the chunk is optional
      }
    }
    if (names < 0
        || namesEnd < names
        || namesEnd - names > 1 << 24
        || fanout < 0
        || ids < 0
        || places < 0) {
      throw new CorruptException("the multi-pack-index lacks a part");
    }
    byte[] text = new byte[(int) (namesEnd - names)];
    bytes.copy(names, text, 0, text.length);
    String[] packNames = new String(text, StandardCharsets.UTF_8).split("\0", -1);
    int packCount = Math.min(packNames.length, bytes.i32(8));
    long count = bytes.u32(fanout + 255 * 4);
    if (count * idLength > bytes.size() || packCount < 0) {
      throw new CorruptException("the multi-pack-index is cut short");
    }
    int[] packOf = new int[(int) count];
    int[] perPack = new int[packCount];
    for (int i = 0; i < count; i++) {
      int pack = bytes.i32(places + 8L * i);
      if (pack < 0 || pack >= packCount) {
        throw new CorruptException("the multi-pack-index names a pack that is not listed");
      }
      packOf[i] = pack;
      perPack[pack]++;
    }
    for (int p = 0; p < packCount; p++) {
      byte[] own = new byte[Math.multiplyExact(perPack[p], idLength)];
      long[] offsets = new long[perPack[p]];
      int next = 0;
      for (int i = 0; i < count; i++) {
        if (packOf[i] == p) {
          bytes.copy(ids + (long) idLength * i, own, next * idLength, idLength);
          long offset = bytes.u32(places + 8L * i + 4);
          offsets[next++] =
              large >= 0 && (offset & 0x80000000L) != 0
                  ? bytes.i64(large + 8 * (offset & 0x7fffffffL))
                  : offset;
        }
      }
      parts.put(packNames[p], new PackIndex.Listed(own, Arrays.copyOf(offsets, next), idLength));
    }
    return parts;
  }
}
