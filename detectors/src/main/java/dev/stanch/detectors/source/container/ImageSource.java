package dev.stanch.detectors.source.container;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.SettingsChunk;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The images of an archive of `docker save` or of an OCI layout: their configuration, their build
/// history, and every file of every layer, those that a later layer deletes too. A layer that
/// several images share is read once, for all of them; one that several steps of an image made
/// alike, once for all of these: what lies above the last of them decides what is seen of it.
///
/// The archive stays open until the source is closed, which is after the scan.
public final class ImageSource implements Source, AutoCloseable {
  /// Begins the name of an image after the address of a file, which holds none itself.
  private static final char NAME = '#';

  /// Engines take some hundred. Each layer is held against all above it.
  private static final int MOST_LAYERS = 1000;

  private final String label;
  private final String container;
  private final ImageFiles files;

  private ImageSource(String label, String container, ImageFiles files) {
    this.label = requireNonNull(label, "label");
    this.container = requireNonNull(container, "container");
    this.files = requireNonNull(files, "files");
  }

  /// A source of the images in a file or a folder.
  public static ImageSource of(Path archiveOrFolder) throws SourceException {
    if (!Files.exists(archiveOrFolder)) {
      throw new SourceException("no such file or folder: " + archiveOrFolder, "check the path");
    }
    return of(
        archiveOrFolder.toString(),
        archiveOrFolder.toAbsolutePath().normalize().toUri().toString(),
        () -> ImageFiles.of(archiveOrFolder));
  }

  /// What opens an archive.
  interface Opening {
    ImageFiles open() throws IOException, SourceException;
  }

  /// The same for an archive that comes from elsewhere.
  ///
  /// @param label what progress and messages call it
  /// @param container what places call it
  static ImageSource of(String label, String container, Opening opening) throws SourceException {
    try {
      return new ImageSource(label, container, opening.open());
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // The archive reader meets hostile headers with whatever comes first; it calls itself for
      // each header that is about the next.
      throw new SourceException(
          "not a readable image archive: " + label,
          "write one with `docker save NAME -o FILE`, unpacked if it was packed",
          e);
    }
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public void enumerate(SourceSink sink) throws SourceException, InterruptedException {
    List<Image> images;
    try {
      images = Image.of(files, (what, reason) -> skip(sink, container, what, reason));
    } catch (IOException e) {
      throw new SourceException(
          "no image in " + label + ": neither manifest.json nor index.json can be read",
          "write one with `docker save NAME -o FILE`",
          e);
    }
    var stacks = new ArrayList<Stack>();
    for (Image image : images) {
      String name = named(image.name());
      var settings = settings(name, image.configuration());
      if (!settings.isEmpty()) {
        sink.chunk(settings.build());
      }
      stacks.add(stack(image, name, sink));
    }
    var reading = new Reading(stacks);
    for (Stack stack : stacks) {
      layers(stack, reading, sink);
    }
  }

  /// The layers of an image that are read, lowest first.
  private record Stack(String image, List<Image.Layer> layers) {}

  /// What is known of the layers of all images, by their files.
  private static final class Reading {
    final Map<String, Layers.Names> names = new HashMap<>();
    final Set<String> missing = new HashSet<>();
    private final Map<String, Integer> images = new HashMap<>();
    private final Map<String, List<LayerChunk.Holder>> holders = new HashMap<>();

    Reading(List<Stack> stacks) {
      for (Stack stack : stacks) {
        stack.layers().stream()
            .map(Image.Layer::file)
            .distinct()
            .forEach(file -> images.merge(file, 1, Integer::sum));
      }
    }

    /// All images that have a layer, once the last of them came to it.
    Optional<List<LayerChunk.Holder>> all(LayerChunk.Holder holder) {
      String file = holder.layer().file();
      List<LayerChunk.Holder> known = holders.computeIfAbsent(file, _ -> new ArrayList<>());
      known.add(holder);
      return known.size() == images.getOrDefault(file, 0) ? Optional.of(known) : Optional.empty();
    }
  }

  /// What places call an image: by its name alone where an engine knows it, and by the file that it
  /// is read from again elsewhere.
  private String named(String image) {
    if (image.isEmpty()) {
      return container;
    }
    return isFile(container) ? container + NAME + image : "image:" + image;
  }

  private static boolean isFile(String container) {
    return container.startsWith("file:");
  }

  /// What the places in a container are read from again: the file, whatever image of it.
  public static String readAgain(String container) {
    int name = container.indexOf(NAME);
    return isFile(container) && name >= 0 ? container.substring(0, name) : container;
  }

  private Stack stack(Image image, String name, SourceSink sink) {
    int lowest = Math.max(0, image.layers().size() - MOST_LAYERS);
    if (lowest > 0) {
      skip(sink, name, "", "it has more than " + MOST_LAYERS + " layers: the lowest are not read");
    }
    return new Stack(
        name,
        image.layers().subList(lowest, image.layers().size()).stream()
            .map(layer -> layer.in(files.own(layer.file())))
            .toList());
  }

  private void layers(Stack stack, Reading reading, SourceSink sink) throws InterruptedException {
    // From the top down: what the layers above a file do to it is known before it is read, and
    // while a layer is read here for its names, those above it are scanned.
    Layers above = Layers.NONE;
    var seen = new HashSet<String>();
    for (int i = stack.layers().size() - 1; i >= 0; i--) {
      Image.Layer layer = stack.layers().get(i).madeAlike(stack.layers());
      Optional<Long> found = files.size(layer.file());
      if (found.isEmpty()) {
        if (reading.missing.add(layer.file())) {
          skip(sink, stack.image(), LayerChunk.title(layer), "missing in the archive");
        }
        continue;
      }
      long size = found.get();
      if (seen.add(layer.file())) {
        var holders = reading.all(new LayerChunk.Holder(stack.image(), layer, above));
        if (holders.isPresent()) {
          sink.chunk(new LayerChunk(files, size, holders.get()));
        }
      }
      if (i > 0) {
        Layers.Names known = reading.names.get(layer.file());
        if (known == null) {
          known = names(layer, size);
          reading.names.put(layer.file(), known);
        }
        above = above.and(known);
      }
    }
  }

  private Layers.Names names(Image.Layer layer, long size) {
    try (var tar = Layers.unpacked(files.open(layer.file()), size)) {
      return Layers.Names.of(tar);
    } catch (IOException | RuntimeException _) {
      return Layers.Names.NONE; // the scan of it tells why
    }
  }

  private static void skip(SourceSink sink, String container, String path, String reason) {
    sink.skip(new Skip(Skip.Kind.SKIPPED, container, path, reason));
  }

  /// What the configuration of an image tells: what its containers are started with, and the
  /// commands that built it.
  static SettingsChunk.Builder settings(String image, JsonNode configuration) {
    var settings =
        new SettingsChunk.Builder(
            Provenance.Setting.Kind.IMAGE_CONFIG, image, new TreeMap<String, String>());
    started(settings, configuration.path("config"));
    int number = 0;
    for (JsonNode step : configuration.path("history")) {
      number++;
      text(settings, "history " + number, step.path("created_by").asText());
      text(settings, "history " + number + " comment", step.path("comment").asText());
    }
    return settings;
  }

  /// What containers are started with, as an image and a container both tell it.
  static void started(SettingsChunk.Builder settings, JsonNode config) {
    for (JsonNode variable : config.path("Env")) {
      String text = variable.asText();
      int equals = text.indexOf('=');
      if (equals > 0) {
        settings.add(
            text.substring(0, equals), text.substring(equals + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    for (var label : config.path("Labels").properties()) {
      settings.add(
          "label " + label.getKey(),
          label.getKey(),
          label.getValue().asText().getBytes(StandardCharsets.UTF_8));
    }
    text(settings, "entrypoint", words(config.path("Entrypoint")));
    text(settings, "command", words(config.path("Cmd")));
    text(settings, "health check", words(config.path("Healthcheck").path("Test")));
    int number = 0;
    for (JsonNode trigger : config.path("OnBuild")) {
      text(settings, "on-build " + ++number, trigger.asText());
    }
  }

  private static String words(JsonNode list) {
    var words = new ArrayList<String>();
    list.forEach(word -> words.add(word.asText()));
    return SettingsChunk.commandLine(words);
  }

  private static void text(SettingsChunk.Builder settings, String title, String text) {
    if (!text.isBlank()) {
      settings.add(title, "", text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException _) {
      // It was read only.
    }
  }
}
