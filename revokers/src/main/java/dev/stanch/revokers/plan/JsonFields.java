package dev.stanch.revokers.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of our JSON objects, read strictly: what is missing or of another kind is a
/// [MalformedException] that names the field and quotes nothing.
public final class JsonFields {
  private JsonFields() {}

  private static MalformedException wrong(String field, String problem) {
    return new MalformedException(field, problem);
  }

  private static JsonNode there(JsonNode tree, String field) {
    JsonNode value = tree.get(field);
    if (value == null || value.isNull()) {
      throw wrong("", "no '" + field + "'");
    }
    return value;
  }

  /// A text that must be there.
  public static String text(JsonNode tree, String field) {
    JsonNode value = there(tree, field);
    if (!value.isTextual()) {
      throw wrong(field, "not a text");
    }
    return value.textValue();
  }

  /// A text that may be missing.
  public static @Nullable String optional(JsonNode tree, String field) {
    return tree.hasNonNull(field) ? text(tree, field) : null;
  }

  /// A time that must be there.
  public static Instant time(JsonNode tree, String field) {
    try {
      return Instant.parse(text(tree, field));
    } catch (DateTimeParseException _) { // its message repeats the text
      throw wrong(field, "not a time");
    }
  }

  /// A time that may be missing.
  public static @Nullable Instant instant(JsonNode tree, String field) {
    return tree.hasNonNull(field) ? time(tree, field) : null;
  }

  /// A whole number that must be there.
  public static int integer(JsonNode tree, String field) {
    JsonNode value = there(tree, field);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(field, "not a whole number");
    }
    return value.intValue();
  }

  /// The same, where it may be large.
  public static long count(JsonNode tree, String field) {
    JsonNode value = there(tree, field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(field, "not a whole number");
    }
    return value.longValue();
  }

  /// A number that must be there.
  public static double number(JsonNode tree, String field) {
    JsonNode value = there(tree, field);
    if (!value.isNumber()) {
      throw wrong(field, "not a number");
    }
    return value.doubleValue();
  }

  /// A truth value that must be there.
  public static boolean flag(JsonNode tree, String field) {
    JsonNode value = there(tree, field);
    if (!value.isBoolean()) {
      throw wrong(field, "neither true nor false");
    }
    return value.booleanValue();
  }

  /// One of a type's names, as our documents write them.
  public static <E extends Enum<E>> E oneOf(JsonNode tree, String field, Class<E> type) {
    String name = text(tree, field).toUpperCase(Locale.ROOT).replace('-', '_');
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(name)) {
        return value;
      }
    }
    throw wrong(field, "not a value of this version");
  }

  /// A list of texts; a missing one is empty.
  public static List<String> texts(JsonNode tree, String field) {
    return list(
        tree,
        field,
        value -> {
          if (!value.isTextual()) {
            throw wrong("", "not a text");
          }
          return value.textValue();
        });
  }

  /// A list of what `read` makes of each item; a missing one is empty.
  public static <T> List<T> list(JsonNode tree, String field, Function<JsonNode, T> read) {
    JsonNode items = tree.path(field);
    if (!items.isMissingNode() && !items.isArray()) {
      throw wrong(field, "not a list");
    }
    var all = new ArrayList<T>();
    for (JsonNode item : items) {
      all.add(within(field + "[" + all.size() + "]", item, read));
    }
    return all;
  }

  /// What `read` makes of an object that must be there.
  public static <T> T object(JsonNode tree, String field, Function<JsonNode, T> read) {
    return within(field, there(tree, field), read);
  }

  private static <T> T within(String name, JsonNode item, Function<JsonNode, T> read) {
    try {
      return read.apply(item);
    } catch (MalformedException e) {
      throw e.within(name);
    } catch (IllegalArgumentException e) { // of a type that checks itself
      throw new MalformedException(name, String.valueOf(e.getMessage()));
    }
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
