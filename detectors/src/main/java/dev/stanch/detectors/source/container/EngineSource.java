package dev.stanch.detectors.source.container;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.SettingsChunk;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// What an engine tells of its containers, running or not: environment, command, labels and health
/// check, and the configuration and build history of the images that they were made from. Layers
/// are [ImageSource]'s.
public final class EngineSource implements Source {
  private static final int SHORT_ID = 12;

  private final ContainerEngine engine;
  private final List<String> wanted;

  /// A source of these containers, or of all where none is named.
  public EngineSource(ContainerEngine engine, List<String> wanted) {
    this.engine = requireNonNull(engine, "engine");
    this.wanted = List.copyOf(wanted);
  }

  @Override
  public String label() {
    return wanted.isEmpty() ? "containers of " + engine.address() : String.join(", ", wanted);
  }

  @Override
  public void enumerate(SourceSink sink) throws SourceException, InterruptedException {
    var images = new HashSet<String>();
    if (wanted.isEmpty()) {
      for (JsonNode one : listed()) {
        String id = one.path("Id").asText();
        try {
          container(engine.container(id), images, sink);
        } catch (IOException e) {
          skip(sink, "container:" + shortened(id), e);
        }
      }
      return;
    }
    for (String name : wanted) {
      try {
        container(engine.container(name), images, sink);
      } catch (ContainerEngine.RefusedException e) {
        if (e.missing()) {
          throw new SourceException(
              "no such container: " + name, "see docker ps --all for those that there are", e);
        }
        skip(sink, "container:" + name, e);
      } catch (IOException e) {
        throw unanswered(e);
      }
    }
  }

  private JsonNode listed() throws SourceException {
    try {
      return engine.containers();
    } catch (IOException e) {
      throw unanswered(e);
    }
  }

  private static SourceException unanswered(IOException failure) {
    return new SourceException(
        String.valueOf(failure.getMessage()),
        "start Docker or podman's socket (podman system service), or point DOCKER_HOST to one",
        failure);
  }

  private void container(JsonNode inspected, Set<String> images, SourceSink sink)
      throws InterruptedException {
    String name = inspected.path("Name").asText().replaceFirst("^/", "");
    String id = shortened(inspected.path("Id").asText());
    JsonNode config = inspected.path("Config");
    var details = new TreeMap<String, String>();
    details.put("image", config.path("Image").asText());
    details.put("state", inspected.path("State").path("Status").asText());
    if (!name.isEmpty()) {
      details.put("id", id);
    }
    details.values().removeIf(String::isBlank);
    var settings =
        new SettingsChunk.Builder(
            Provenance.Setting.Kind.CONTAINER,
            "container:" + (name.isEmpty() ? id : name),
            details);
    ImageSource.started(settings, config);
    if (!settings.isEmpty()) {
      sink.chunk(settings.build());
    }
    String image = inspected.path("Image").asText();
    if (!image.isEmpty() && images.add(image)) {
      image(image, config.path("Image").asText(image), sink);
    }
  }

  private void image(String id, String name, SourceSink sink) throws InterruptedException {
    try {
      ObjectNode told = new ObjectMapper().createObjectNode();
      told.set("config", engine.image(id).path("Config"));
      ArrayNode steps = told.putArray("history");
      for (JsonNode step : engine.history(id)) {
        steps
            .insertObject(0)
            .put("created_by", step.path("CreatedBy").asText())
            .put("comment", step.path("Comment").asText());
      }
      var settings = ImageSource.settings("image:" + name, told);
      if (!settings.isEmpty()) {
        sink.chunk(settings.build());
      }
    } catch (IOException e) {
      skip(sink, "image:" + name, e);
    }
  }

  /// A thing that is gone since it was listed is no skip.
  private static void skip(SourceSink sink, String what, IOException failure) {
    if (!(failure instanceof ContainerEngine.RefusedException refused && refused.missing())) {
      sink.skip(new Skip(Skip.Kind.SKIPPED, what, what, String.valueOf(failure.getMessage())));
    }
  }

  private static String shortened(String id) {
    return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
  }
}
