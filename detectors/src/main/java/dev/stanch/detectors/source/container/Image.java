package dev.stanch.detectors.source.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One image of an archive: its configuration and the files of its layers, lowest first.
///
/// @param name how the archive calls it; empty where it has no name
record Image(String name, JsonNode configuration, List<Layer> layers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// More than any tool writes, and little enough to hold.
  private static final int LARGEST_JSON = 16 << 20;

  private static final int DEEPEST_INDEX = 4;
  private static final int MOST_IMAGES = 1000;
  private static final Pattern DIGEST = Pattern.compile("[a-z0-9+._-]{1,32}:[0-9a-fA-F]{32,128}");

  Image {
    layers = List.copyOf(layers);
  }

  /// A layer of an image.
  ///
  /// @param file its file's name in the archive
  /// @param digest what places call it
  /// @param step which build step made it: its number and its instruction, never its text, since an
  ///   argument in it may be a token
  record Layer(String file, String digest, String step) {
    /// The same in another file.
    Layer in(String other) {
      return new Layer(other, digest, step);
    }

    /// The same, made by every step that made one of the same file.
    Layer madeAlike(List<Layer> all) {
      return new Layer(
          file,
          digest,
          all.stream()
              .filter(each -> each.file.equals(file))
              .map(Layer::step)
              .collect(Collectors.joining(", ")));
    }
  }

  /// What could not be read of an archive's images.
  interface Trouble {
    void unread(String what, String reason);
  }

  /// The images of an archive in either format: that of `docker save`, or an OCI layout.
  ///
  /// @throws IOException when it holds neither
  static List<Image> of(ImageFiles files, Trouble trouble) throws IOException {
    var images = new ArrayList<Image>();
    if (files.size("manifest.json").isPresent()) {
      for (JsonNode one : json(files, "manifest.json")) {
        add(one, files, images, trouble);
      }
    } else {
      index(json(files, "index.json"), "", files, images, trouble, 0);
    }
    return images;
  }

  /// An image as `docker save` tells of it.
  private static void add(JsonNode saved, ImageFiles files, List<Image> images, Trouble trouble) {
    String name = saved.path("RepoTags").path(0).asText("");
    var layers = new ArrayList<String>();
    saved.path("Layers").forEach(layer -> layers.add(Layers.normal(layer.asText())));
    add(name, Layers.normal(saved.path("Config").asText()), layers, files, images, trouble);
  }

  private static void add(
      String name,
      String configuration,
      List<String> layers,
      ImageFiles files,
      List<Image> images,
      Trouble trouble) {
    try {
      JsonNode json = json(files, configuration);
      images.add(new Image(name, json, layers(layers, json)));
    } catch (IOException e) {
      trouble.unread(
          configuration.isEmpty() ? "an image without a configuration" : configuration, reason(e));
    }
  }

  /// The images of an OCI index; one for several platforms is an index in the index.
  private static void index(
      JsonNode index,
      String outerName,
      ImageFiles files,
      List<Image> images,
      Trouble trouble,
      int depth) {
    for (JsonNode descriptor : index.path("manifests")) {
      if (depth == DEEPEST_INDEX || images.size() == MOST_IMAGES) {
        trouble.unread("index", "has too many images");
        return;
      }
      String name = name(descriptor).orElse(outerName);
      String digest = descriptor.path("digest").asText();
      try {
        JsonNode manifest = json(files, blob(digest));
        if (manifest.has("manifests")) {
          index(manifest, name, files, images, trouble, depth + 1);
          continue;
        }
        var layers = new ArrayList<String>();
        for (JsonNode layer : manifest.path("layers")) {
          layers.add(blob(layer.path("digest").asText()));
        }
        add(
            name,
            blob(manifest.path("config").path("digest").asText()),
            layers,
            files,
            images,
            trouble);
      } catch (NoSuchFileException _) {
        // An index may name platforms that the archive leaves out.
        if (depth == 0) {
          trouble.unread(digest, "missing in the archive");
        }
      } catch (IOException e) {
        trouble.unread(digest, reason(e));
      }
    }
  }

  private static Optional<String> name(JsonNode descriptor) {
    JsonNode notes = descriptor.path("annotations");
    return Optional.ofNullable(
            notes
                .path("io.containerd.image.name")
                .asText(notes.path("org.opencontainers.image.ref.name").asText(null)))
        .filter(name -> !name.isBlank());
  }

  private static String blob(String digest) throws IOException {
    if (!DIGEST.matcher(digest).matches()) {
      throw new IOException("not a digest");
    }
    return "blobs/" + digest.replace(':', '/');
  }

  private static JsonNode json(ImageFiles files, String name) throws IOException {
    try (InputStream in = files.open(name)) {
      byte[] text = in.readNBytes(LARGEST_JSON + 1);
      if (text.length > LARGEST_JSON) {
        throw new IOException("larger than " + (LARGEST_JSON >> 20) + " MiB");
      }
      return JSON.readTree(text);
    }
  }

  /// Names each layer after the step of the build history that made it: those that made none are
  /// marked there.
  private static List<Layer> layers(List<String> files, JsonNode configuration) {
    var steps = new ArrayList<String>();
    int number = 0;
    for (JsonNode step : configuration.path("history")) {
      number++;
      if (!step.path("empty_layer").asBoolean()) {
        steps.add(number + instruction(step.path("created_by").asText()));
      }
    }
    JsonNode digests = configuration.path("rootfs").path("diff_ids");
    var layers = new ArrayList<Layer>();
    for (int i = 0; i < files.size(); i++) {
      layers.add(
          new Layer(
              files.get(i),
              digests.path(i).asText(files.get(i)),
              steps.size() == files.size() ? steps.get(i) : String.valueOf(i + 1)));
    }
    return layers;
  }

  private static final Pattern INSTRUCTION =
      Pattern.compile("^(?:/bin/sh -c #\\(nop\\) +)?(COPY|ADD|RUN|WORKDIR|ENV|ARG)\\b");

  private static String instruction(String createdBy) {
    var named = INSTRUCTION.matcher(createdBy);
    if (named.find()) {
      return " " + named.group(1);
    }
    return createdBy.startsWith("/bin/sh -c") || createdBy.startsWith("|") ? " RUN" : "";
  }

  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "missing in the archive";
      case com.fasterxml.jackson.core.JacksonException _ -> "not readable as JSON";
      default -> "unreadable: " + failure.getMessage();
    };
  }
}
