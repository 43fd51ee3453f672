package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/// The loose objects of all object folders, sorted by id.
final class LooseObjects {
  private final Path[] folders;
  private final byte[] ids;
  private final int idLength;
  private final byte[] folder;

  private LooseObjects(Path[] folders, byte[] ids, int idLength, byte[] folder) {
    this.folders = folders;
    this.ids = ids;
    this.idLength = idLength;
    this.folder = folder;
  }

  int count() {
    return folder.length;
  }

  void id(int index, byte[] to, int at) {
    System.arraycopy(ids, index * idLength, to, at, idLength);
  }

  /// The first 8 bytes of an object's id.
  long key(int index) {
    return BigEndian.i64(ids, index * idLength);
  }

  /// The file of an object.
  Path file(int index) {
    String hex = HexFormat.of().formatHex(ids, index * idLength, (index + 1) * idLength);
    return folders[folder[index] & 0xff].resolve(hex.substring(0, 2)).resolve(hex.substring(2));
  }

  /// Lists the loose objects of at most 255 object folders; of an id that stands in several the
  /// first counts.
  static LooseObjects list(Path[] folders, int idLength, Problems problems) {
    var found = new Listing(idLength);
    for (int f = 0; f < folders.length; f++) {
      for (int first = 0; first < 256; first++) {
        Path fan = folders[f].resolve(HexFormat.of().toHexDigits((byte) first));
        if (!Files.isDirectory(fan)) {
          continue;
        }
        try (var names = Files.newDirectoryStream(fan)) {
          for (Path name : names) {
            found.add((byte) first, name.getFileName().toString(), (byte) f);
          }
        } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
          problems.add(
              Problem.Kind.UNREADABLE,
              fan.toString(),
              "the folder of loose objects could not be listed");
        }
      }
    }
    return found.sorted(folders);
  }

  private static final class Listing {
    private final int idLength;
    private byte[] ids = new byte[1 << 12];
    private byte[] folder = new byte[1 << 8];
    private int count;

    Listing(int idLength) {
      this.idLength = idLength;
    }

    void add(byte first, String name, byte from) {
      if (name.length() != 2 * (idLength - 1)) {
        return; // temporary files of a running git
      }
      if ((count + 1) * idLength > ids.length) {
        ids = Arrays.copyOf(ids, 2 * ids.length);
      }
      if (count == folder.length) {
        folder = Arrays.copyOf(folder, 2 * count);
      }
      int at = count * idLength;
      ids[at] = first;
      for (int i = 0; i < idLength - 1; i++) {
        int high = Character.digit(name.charAt(2 * i), 16);
        int low = Character.digit(name.charAt(2 * i + 1), 16);
        if (high < 0 || low < 0) {
          return;
        }
        ids[at + 1 + i] = (byte) (high << 4 | low);
      }
      folder[count++] = from;
    }

    LooseObjects sorted(Path[] folders) {
      Integer[] order = new Integer[count];
      Arrays.setAll(order, i -> i);
      Arrays.sort(
          order,
          (a, b) -> {
            int byId =
                Arrays.compareUnsigned(
                    ids, a * idLength, (a + 1) * idLength, ids, b * idLength, (b + 1) * idLength);
            return byId != 0 ? byId : Integer.compare(folder[a] & 0xff, folder[b] & 0xff);
          });
      byte[] sortedIds = new byte[count * idLength];
      byte[] sortedFolder = new byte[count];
      int kept = 0;
      for (int index : order) {
        int from = index * idLength;
        int to = kept * idLength;
        if (kept > 0 && Arrays.equals(ids, from, from + idLength, sortedIds, to - idLength, to)) {
          continue;
        }
        System.arraycopy(ids, from, sortedIds, to, idLength);
        sortedFolder[kept++] = folder[index];
      }
      return new LooseObjects(
          folders,
          Arrays.copyOf(sortedIds, kept * idLength),
          idLength,
          Arrays.copyOf(sortedFolder, kept));
    }
  }
}
