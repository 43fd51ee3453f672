package dev.stanch.revokers.provider.plain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.http.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an answer must be like. All that is said must hold.
///
/// @param status one of these; any when empty
/// @param headers by name
/// @param json by JSON pointer
/// @param text what the body must contain, whatever its form; nothing when empty
/// @param form what the body must be
record Condition(
    List<Integer> status,
    Map<String, Expectation> headers,
    Map<String, Expectation> json,
    String text,
    Form form) {
  Condition {
    status = List.copyOf(status);
    headers = Map.copyOf(headers);
    json = Map.copyOf(json);
  }

  /// What kind of body.
  enum Form {
    ANY,
    JSON,
    /// A JSON array, though it be empty.
    LIST,
    EMPTY
  }

  /// What a value must be like.
  sealed interface Expectation {
    /// One of these texts; letter case counts.
    record OneOf(List<String> texts) implements Expectation {
      public OneOf {
        texts = List.copyOf(texts);
      }
    }

    /// A text with this in it, in any letter case.
    record Containing(String text) implements Expectation {}

    /// There, and not null.
    record Present() implements Expectation {}

    /// Not there, or null.
    record Absent() implements Expectation {}
  }

  boolean holds(Answer answer) {
    JsonNode tree = answer.json();
    return (status.isEmpty() || status.contains(answer.status()))
        && fits(answer, tree)
        && headers.entrySet().stream()
            .allMatch(entry -> meets(entry.getValue(), answer.header(entry.getKey()).orElse(null)))
        && json.entrySet().stream()
            .allMatch(entry -> meets(entry.getValue(), text(tree.at(entry.getKey()))))
        && (text.isEmpty() || answer.text().contains(text));
  }

  private boolean fits(Answer answer, JsonNode tree) {
    return switch (form) {
      case ANY -> json.isEmpty() || tree.isContainerNode();
      case JSON -> tree.isContainerNode();
      case LIST -> tree.isArray();
      case EMPTY -> answer.text().isBlank();
    };
  }

  private static @Nullable String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }

  private static boolean meets(Expectation expected, @Nullable String actual) {
    return switch (expected) {
      case Expectation.Absent _ -> actual == null;
      case Expectation.Present _ -> actual != null;
      case Expectation.OneOf(var texts) -> actual != null && texts.contains(actual);
      case Expectation.Containing(var part) ->
          actual != null && actual.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    };
  }

  /// Whether it says more than a status.
  boolean beyondStatus() {
    return !headers.isEmpty() || !json.isEmpty() || !text.isEmpty() || form != Form.ANY;
  }
}
