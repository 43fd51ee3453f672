package dev.stanch.detectors.source.container;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.source.Chunk;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/// The files of one layer, each a text of its own.
final class LayerChunk implements Chunk {
  private final ImageFiles files;
  private final long size;
  private final String image;
  private final Image.Layer layer;
  private final Layers above;

  LayerChunk(ImageFiles files, long size, String image, Image.Layer layer, Layers above) {
    this.files = files;
    this.size = size;
    this.image = image;
    this.layer = layer;
    this.above = above;
  }

  /// What the layer as a whole is called where it cannot be read.
  static String title(Image.Layer layer) {
    return "layer " + layer.digest();
  }

  @Override
  public Provenance provenance() {
    return at(title(layer), true);
  }

  private Provenance at(String path, boolean visible) {
    return new Provenance.Layer(image, path, layer.digest(), layer.step(), visible);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open() throws IOException {
    return files.open(layer.file());
  }

  @Override
  public void each(Texts texts) throws IOException {
    try (var tar = Layers.unpacked(open(), size)) {
      for (TarArchiveEntry entry = Layers.next(tar); entry != null; entry = Layers.next(tar)) {
        String path = Layers.normal(entry.getName());
        if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
          texts.excluded(at(path, true), "device");
          continue;
        }
        boolean link = entry.isSymbolicLink() || entry.isLink(); // what it leads to is read itself
        if (!entry.isFile() || link || Layers.isWhiteout(path)) {
          continue;
        }
        if (entry.isSparse()) {
          texts.excluded(at(path, true), "sparse file");
          continue;
        }
        texts.text(new Member(at(path, above.leave(path)), entry.getSize(), tar));
      }
    }
  }

  /// A file of the layer, while the layer's reading has come to it.
  private record Member(Provenance provenance, long size, InputStream tar) implements Chunk {
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
