package dev.stanch.detectors.source.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Texts by place, read as a scan reads them.
final class ImageTexts implements SourceSink, Chunk.Texts {
  final Map<String, String> texts = new TreeMap<>();
  final Map<String, Provenance.Layer> layers = new TreeMap<>();
  final List<String> places = new ArrayList<>();
  final List<Skip> skips = new ArrayList<>();
  final List<String> excluded = new ArrayList<>();

  private ImageTexts() {}

  /// Everything in the images of a file or a folder.
  static ImageTexts of(Path archive) throws SourceException, InterruptedException {
    var seen = new ImageTexts();
    try (var source = ImageSource.of(archive)) {
      source.enumerate(seen);
    }
    return seen;
  }

  @Override
  public void chunk(Chunk chunk) {
    try {
      chunk.each(this);
    } catch (IOException e) {
      skips.add(
          new Skip(
              Skip.Kind.SKIPPED,
              chunk.provenance().container(),
              chunk.provenance().path(),
              String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void text(Chunk text) throws IOException {
    String path = text.provenance().path();
    if (text.provenance() instanceof Provenance.Layer layer) {
      path = layer.step() + " " + path;
      layers.put(path, layer);
    }
    text.places(new Location(1, 1, 1, 2, 0), List.of()).forEach(each -> places.add(told(each)));
    try (var in = text.open()) {
      texts.merge(path, new String(in.readAllBytes(), UTF_8), (one, other) -> one + "|" + other);
    }
  }

  /// The image of a place in a layer, its step and path there, and whether its containers see it.
  private static String told(Place place) {
    if (place.provenance() instanceof Provenance.Layer layer) {
      String image = layer.container().replaceAll(".*#", "");
      return image + " " + layer.step() + " " + layer.path() + (layer.inImage() ? "" : " gone");
    }
    return place.provenance().container();
  }

  @Override
  public void excluded(Provenance what, String reason) {
    excluded.add(what.path() + ": " + reason);
  }

  @Override
  public void skip(Skip skip) {
    skips.add(skip);
  }
}
