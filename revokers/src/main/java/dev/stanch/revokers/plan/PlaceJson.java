package dev.stanch.revokers.plan;

import static dev.stanch.revokers.plan.JsonFields.count;
import static dev.stanch.revokers.plan.JsonFields.flag;
import static dev.stanch.revokers.plan.JsonFields.instant;
import static dev.stanch.revokers.plan.JsonFields.integer;
import static dev.stanch.revokers.plan.JsonFields.optional;
import static dev.stanch.revokers.plan.JsonFields.text;
import static dev.stanch.revokers.plan.JsonFields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/// Places as JSON, as reports, plans and journals hold them.
public final class PlaceJson {
  private PlaceJson() {}

  /// Writes one.
  public static ObjectNode tree(Place place) {
    Provenance provenance = place.provenance();
    Location location = place.location();
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("kind", provenance.kind());
    tree.put("container", provenance.container());
    tree.put("path", provenance.path());
    tree.put("line", location.line());
    tree.put("column", location.column());
    tree.put("endLine", location.endLine());
    tree.put("endColumn", location.endColumn());
    tree.put("offset", location.offset());
    if (!place.via().isEmpty()) {
      texts(tree, "via", place.via());
    }
    switch (provenance) {
      case Provenance.Git git -> {
        tree.put("blob", git.blob());
        optional(tree, "commit", git.commit());
        optional(tree, "author", git.author());
        optional(tree, "date", git.date());
        tree.put("inTips", git.inTips());
      }
      case Provenance.GitMessage message -> {
        tree.put("commit", message.object());
        optional(tree, "author", message.author());
        optional(tree, "date", message.date());
        tree.put("inTips", message.inTips());
      }
      case Provenance.Layer layer -> {
        tree.put("layer", layer.layer());
        tree.put("step", layer.step());
        tree.put("inImage", layer.inImage());
      }
      case Provenance.Setting setting -> {
        ObjectNode details = tree.putObject("details");
        setting.details().forEach(details::put);
      }
      case Provenance.GitConfig _,
          Provenance.File _,
          Provenance.Stream _,
          Provenance.Elsewhere _ -> {}
    }
    return tree;
  }

  /// Reads one.
  public static Place place(JsonNode tree) {
    String container = text(tree, "container");
    String path = text(tree, "path");
    String kind = text(tree, "kind");
    String author = optional(tree, "author");
    Instant date = instant(tree, "date");
    Provenance provenance =
        switch (kind) {
          case "git" ->
              new Provenance.Git(
                  container,
                  path,
                  text(tree, "blob"),
                  optional(tree, "commit"),
                  author,
                  date,
                  flag(tree, "inTips"));
          case "git-message" ->
              new Provenance.GitMessage(
                  container, text(tree, "commit"), author, date, flag(tree, "inTips"));
          case "git-config" -> new Provenance.GitConfig(container, path);
          case "file" -> new Provenance.File(container, path);
          case "image" ->
              new Provenance.Layer(
                  container, path, text(tree, "layer"), text(tree, "step"), flag(tree, "inImage"));
          case "stdin" -> new Provenance.Stream(container);
          default ->
              Provenance.Setting.Kind.labelled(kind)
                  .<Provenance>map(of -> new Provenance.Setting(of, container, path, details(tree)))
                  .orElseGet(() -> new Provenance.Elsewhere(kind, container, path));
        };
    return new Place(
        provenance,
        new Location(
            integer(tree, "line"),
            integer(tree, "column"),
            integer(tree, "endLine"),
            integer(tree, "endColumn"),
            count(tree, "offset")),
        texts(tree, "via"));
  }

  private static SortedMap<String, String> details(JsonNode place) {
    var details = new TreeMap<String, String>();
    for (var detail : place.path("details").properties()) {
      details.put(detail.getKey(), detail.getValue().asText());
    }
    return details;
  }
}
