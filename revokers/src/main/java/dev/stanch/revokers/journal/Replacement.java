package dev.stanch.revokers.journal;

import static dev.stanch.revokers.plan.JsonFields.instant;
import static dev.stanch.revokers.plan.JsonFields.text;
import static dev.stanch.revokers.plan.JsonFields.texts;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.TokenId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a new key. Holds no token.
///
/// @param keyId the provider's name of it; empty where it told none
/// @param token under the incident's key: whatever holds the new value is recognised by it
/// @param parts its companions, none of them secret
/// @param scopes what it may do, where told
/// @param expiresAt when it ends by itself, where told
public record Replacement(
    String keyId,
    TokenId token,
    List<Part> parts,
    List<String> scopes,
    @Nullable Instant expiresAt) {
  public Replacement {
    requireNonNull(keyId, "keyId");
    requireNonNull(token, "token");
    parts = List.copyOf(parts);
    scopes = List.copyOf(scopes);
  }

  /// It in words.
  String words() {
    return keyId.isEmpty() ? "a new key" : "key " + keyId;
  }

  /// It as JSON.
  public ObjectNode json() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("key", keyId).put("token", token.value());
    ArrayNode all = tree.putArray("parts");
    parts.forEach(part -> all.addObject().put("name", part.name()).put("value", part.value()));
    ArrayNode may = tree.putArray("scopes");
    scopes.forEach(may::add);
    if (expiresAt != null) {
      tree.put("expires", expiresAt.toString());
    }
    return tree;
  }

  /// Reads what [#json] wrote.
  public static Replacement of(JsonNode tree) {
    var parts = new ArrayList<Part>();
    for (JsonNode part : tree.path("parts")) {
      parts.add(new Part(text(part, "name"), text(part, "value")));
    }
    return new Replacement(
        text(tree, "key"),
        new TokenId(text(tree, "token")),
        parts,
        texts(tree, "scopes"),
        instant(tree, "expires"));
  }
}
