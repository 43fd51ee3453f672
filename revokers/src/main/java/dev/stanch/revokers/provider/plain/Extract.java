package dev.stanch.revokers.provider.plain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.http.Answer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a value stands in an answer: the first of these places that has one. A place is a JSON
/// pointer (`*` for every element), `header:NAME`, or a [Template].
record Extract(List<String> places) {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,16}(?:\\.\\d+)?");
  private static final long MILLIS_FROM = 100_000_000_000L;
  static final Extract NOTHING = new Extract(List.of());

  Extract {
    places = List.copyOf(places);
  }

  /// Every value at the first place that has one.
  ///
  /// @param answer whose headers count; null where only the JSON does
  List<String> all(@Nullable Answer answer, JsonNode json, Values values) {
    for (String place : places) {
      List<String> found = at(place, answer, json, values);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /// The value, if there is one.
  Optional<String> one(@Nullable Answer answer, JsonNode json, Values values) {
    return all(answer, json, values).stream().findFirst();
  }

  /// The one value that every element has: of several, none is certain.
  Optional<String> only(@Nullable Answer answer, JsonNode json, Values values) {
    var distinct = new TreeSet<>(all(answer, json, values));
    return distinct.size() == 1 ? Optional.of(distinct.first()) : Optional.empty();
  }

  /// All values, in order and once each, as one text.
  Optional<String> joined(@Nullable Answer answer, JsonNode json, Values values) {
    var distinct = new TreeSet<>(all(answer, json, values));
    return distinct.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", distinct));
  }

  /// The values; one text is split at blanks and commas.
  List<String> list(@Nullable Answer answer, JsonNode json, Values values) {
    List<String> all = all(answer, json, values);
    if (all.size() != 1) {
      return all;
    }
    return Pattern.compile("[\\s,]+")
        .splitAsStream(all.getFirst())
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /// The value as a time: ISO 8601, a date, or seconds or milliseconds since 1970.
  @Nullable Instant time(@Nullable Answer answer, JsonNode json, Values values) {
    return one(answer, json, values).flatMap(Extract::instant).orElse(null);
  }

  private static List<String> at(
      String place, @Nullable Answer answer, JsonNode json, Values values) {
    if (place.startsWith("header:")) {
      return answer == null
          ? List.of()
          : answer.header(place.substring("header:".length())).stream().toList();
    }
    if (place.isEmpty() || place.startsWith("/")) {
      var found = new ArrayList<String>();
      collect(json, place, found);
      return found;
    }
    return Template.of(place).fill(values).stream().toList();
  }

  private static void collect(JsonNode node, String pointer, List<String> found) {
    int star = pointer.indexOf("/*");
    if (star >= 0 && (star + 2 == pointer.length() || pointer.charAt(star + 2) == '/')) {
      for (JsonNode element : node.at(pointer.substring(0, star))) {
        collect(element, pointer.substring(star + 2), found);
      }
      return;
    }
    JsonNode value = node.at(pointer);
    if (value.isArray()) {
      value.forEach(element -> add(element, found));
    } else {
      add(value, found);
    }
  }

  private static void add(JsonNode value, List<String> found) {
    if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
      found.add(value.asText());
    }
  }

  static Optional<Instant> instant(String text) {
    try {
      if (NUMBER.matcher(text).matches()) {
        long number = (long) Double.parseDouble(text);
        return number <= 0
            ? Optional.empty()
            : Optional.of(
                number >= MILLIS_FROM
                    ? Instant.ofEpochMilli(number)
                    : Instant.ofEpochSecond(number));
      }
      if (text.length() == "2026-01-01".length()) {
        return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      String iso = text.replaceFirst(" UTC$", "Z").replaceFirst(" (?=\\d\\d:)", "T");
      return Optional.of(
          iso.matches(".*(?:[Zz]|[+-]\\d\\d(?::?\\d\\d)?)$") && !iso.endsWith("Z")
              ? OffsetDateTime.parse(
                      iso.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"),
                      DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                  .toInstant()
              : Instant.parse(iso.endsWith("Z") ? iso : iso + "Z"));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
