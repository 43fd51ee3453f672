package dev.stanch.detectors.source.container;

import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.source.Chunk;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/// The files of one layer, each a text of its own, with a place in each image that has the layer.
final class LayerChunk implements Chunk {
  private final ImageFiles files;
  private final long size;
  private final List<Holder> holders;

  /// An image that has the layer.
  ///
  /// @param layer what this image calls it
  /// @param above what lies on top of it there
  record Holder(String image, Image.Layer layer, Layers above) {
    Provenance at(String path) {
      return at(path, above.leave(path));
    }

    Provenance at(String path, boolean visible) {
      return new Provenance.Layer(image, path, layer.digest(), layer.step(), visible);
    }
  }

  /// @param holders in the order of the archive; trouble is told of the first
  LayerChunk(ImageFiles files, long size, List<Holder> holders) {
    this.files = files;
    this.size = size;
    this.holders = List.copyOf(holders);
  }

  /// What the layer as a whole is called where it cannot be read.
  static String title(Image.Layer layer) {
    return "layer " + layer.digest();
  }

  @Override
  public Provenance provenance() {
    return first().at(title(first().layer()), true);
  }

  private Holder first() {
    return holders.getFirst();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open() throws IOException {
    return files.open(first().layer().file());
  }

  @Override
  public void each(Texts texts) throws IOException {
    try (var tar = Layers.unpacked(open(), size)) {
      for (TarArchiveEntry entry = Layers.next(tar); entry != null; entry = Layers.next(tar)) {
        String path = Layers.normal(entry.getName());
        if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
          texts.excluded(first().at(path, true), "device");
          continue;
        }
        boolean link = entry.isSymbolicLink() || entry.isLink(); // what it leads to is read itself
        if (!entry.isFile() || link || Layers.isWhiteout(path)) {
          continue;
        }
        if (entry.isSparse()) {
          texts.excluded(first().at(path, true), "sparse file");
          continue;
        }
        texts.text(new Member(holders, path, entry.getSize(), tar));
      }
    }
  }

  /// A file of the layer, while the layer's reading has come to it.
  private record Member(List<Holder> holders, String path, long size, InputStream tar)
      implements Chunk {
    @Override
    public Provenance provenance() {
      return holders.getFirst().at(path);
    }

    /// What the layers above do to a file is asked only of one in which something was found.
    @Override
    public List<Place> places(Location location, List<String> via) {
      return holders.stream().map(each -> new Place(each.at(path), location, via)).toList();
    }

    @Override
    public InputStream open() {
      return new FilterInputStream(tar) {
        @Override
        public void close() {
          // The layer goes on behind it.
        }
      };
    }
  }
}
