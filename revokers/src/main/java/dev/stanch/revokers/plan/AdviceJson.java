package dev.stanch.revokers.plan;

import static dev.stanch.revokers.plan.JsonFields.text;
import static dev.stanch.revokers.plan.JsonFields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Advice.Permission;
import dev.stanch.revokers.spi.Advice.Unclear;
import dev.stanch.revokers.spi.Advice.Use;
import dev.stanch.revokers.spi.Advice.WithoutToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Advice as JSON (docs/schema/advice.json), the same wherever it stands.
public final class AdviceJson {
  private AdviceJson() {}

  /// Writes it.
  public static ObjectNode tree(Advice advice) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("summary", advice.summary());
    var permissions = tree.putArray("permissions");
    for (Permission each : advice.permissions()) {
      ObjectNode permission = permissions.addObject();
      permission.put("name", each.name());
      if (!each.on().isEmpty()) {
        permission.put("on", each.on());
      }
      evidence(permission, each.evidence());
    }
    var unclear = tree.putArray("cannotTell");
    for (Unclear each : advice.unclear()) {
      ObjectNode one = unclear.addObject();
      one.put("what", each.what());
      evidence(one, each.evidence());
    }
    tree.put("link", advice.link());
    tree.put("expiry", advice.expiry());
    tree.put("policy", advice.policy());
    texts(tree, "steps", advice.steps());
    advice
        .tokenless()
        .ifPresent(
            way ->
                tree.putObject("withoutToken")
                    .put("id", way.id())
                    .put("summary", way.summary())
                    .put("link", way.link())
                    .put("snippet", way.snippet()));
    return tree;
  }

  private static void evidence(ObjectNode of, List<Use> uses) {
    var evidence = of.putArray("evidence");
    for (Use each : uses) {
      evidence
          .addObject()
          .put("path", each.path())
          .put("line", each.line())
          .put("call", each.call());
    }
  }

  /// Reads it; null where there is none.
  static @Nullable Advice advice(JsonNode tree) {
    if (!tree.isObject()) {
      return null;
    }
    var permissions = new ArrayList<Permission>();
    for (JsonNode each : tree.path("permissions")) {
      permissions.add(
          new Permission(text(each, "name"), each.path("on").asText(""), evidence(each)));
    }
    var unclear = new ArrayList<Unclear>();
    for (JsonNode each : tree.path("cannotTell")) {
      unclear.add(new Unclear(text(each, "what"), evidence(each)));
    }
    JsonNode way = tree.path("withoutToken");
    return new Advice(
        text(tree, "summary"),
        permissions,
        unclear,
        text(tree, "link"),
        text(tree, "expiry"),
        text(tree, "policy"),
        texts(tree, "steps"),
        way.isObject()
            ? new WithoutToken(
                text(way, "id"), text(way, "summary"), text(way, "link"), text(way, "snippet"))
            : null);
  }

  private static List<Use> evidence(JsonNode of) {
    var uses = new ArrayList<Use>();
    for (JsonNode each : of.path("evidence")) {
      uses.add(new Use(text(each, "path"), each.path("line").asInt(), text(each, "call")));
    }
    return uses;
  }
}
