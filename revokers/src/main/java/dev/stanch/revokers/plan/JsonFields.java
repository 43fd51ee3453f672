package dev.stanch.revokers.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The fields of our JSON objects, read strictly: what is missing or of another kind is an
/// [IllegalArgumentException] that names the field and quotes nothing.
public final class JsonFields {
  private JsonFields() {}

  /// A text that must be there.
  public static String text(JsonNode tree, String field) {
    JsonNode value = tree.get(field);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("no '" + field + "'");
    }
    return value.textValue();
  }

  /// A text that may be missing.
  public static @Nullable String optional(JsonNode tree, String field) {
    return tree.hasNonNull(field) ? text(tree, field) : null;
  }

  /// A time that may be missing.
  public static @Nullable Instant instant(JsonNode tree, String field) {
    String text = optional(tree, field);
    return text == null ? null : Instant.parse(text);
  }

  /// A list of texts; a missing one is empty.
  public static List<String> texts(JsonNode tree, String field) {
    var texts = new ArrayList<String>();
    tree.path(field).forEach(value -> texts.add(Objects.requireNonNull(value.textValue(), field)));
    return texts;
  }

  /// Writes what is there.
  static void optional(ObjectNode tree, String field, @Nullable Object value) {
    if (value != null) {
      tree.put(field, value.toString());
    }
  }

  /// Writes a list.
  static void texts(ObjectNode tree, String field, List<String> values) {
    var array = tree.putArray(field);
    values.forEach(array::add);
  }
}
