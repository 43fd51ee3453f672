package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text with values in it: `Bearer {token}`, `{token|sha256}`, `{admin:NAME}`, `{part:NAME}`.
///
/// Braces that hold anything else are text, so that JSON and GraphQL need no escaping.
final class Template {
  private static final Pattern PLACE =
      Pattern.compile(
          "\\{([a-z][a-z0-9-]*(?::[A-Za-z0-9_./-]+)?)"
              + "(?:\\|(sha256|sha256-base64|sha512|base64|first:\\d{1,3}|last:\\d{1,3}|segment:\\d"
              + "|json:[a-z_]+|unpack:[a-z_]+|then:[A-Za-z_]+|capital|number|raw))?}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String text;
  private final List<Object> pieces;

  /// A value in the text.
  private record Place(String name, String filter) {}

  private Template(String text, List<Object> pieces) {
    this.text = text;
    this.pieces = pieces;
  }

  static Template of(String text) {
    var pieces = new ArrayList<Object>();
    Matcher place = PLACE.matcher(text);
    int at = 0;
    while (place.find()) {
      pieces.add(text.substring(at, place.start()));
      pieces.add(new Place(place.group(1), place.group(2) == null ? "" : place.group(2)));
      at = place.end();
    }
    pieces.add(text.substring(at));
    return new Template(text, pieces);
  }

  /// A text in which braces mean nothing.
  static Template literal(String text) {
    return new Template(text, List.of(text));
  }

  /// The names of the values it needs.
  Set<String> names() {
    var names = new TreeSet<String>();
    for (Object piece : pieces) {
      if (piece instanceof Place place) {
        names.add(place.name());
      }
    }
    return names;
  }

  boolean constant() {
    return pieces.size() == 1;
  }

  /// The text with its values; empty when one of them is not there.
  Optional<String> fill(Values values) {
    var out = new StringBuilder();
    for (Object piece : pieces) {
      if (piece instanceof Place(String name, String filter)) {
        Optional<String> value = values.find(name).flatMap(found -> filtered(found, filter));
        if (value.isEmpty()) {
          return Optional.empty();
        }
        out.append(value.get());
      } else {
        out.append(piece);
      }
    }
    return Optional.of(out.toString());
  }

  /// The text with `{}` where values belong, and the values: for a path, whose values are encoded
  /// one by one.
  String skeleton() {
    var out = new StringBuilder();
    for (Object piece : pieces) {
      out.append(piece instanceof Place ? "{}" : piece);
    }
    return out.toString();
  }

  /// The values alone, in order; empty when one of them is not there.
  Optional<List<String>> parts(Values values) {
    var parts = new ArrayList<String>();
    for (Object piece : pieces) {
      if (piece instanceof Place(String name, String filter)) {
        Optional<String> value = values.find(name).flatMap(found -> filtered(found, filter));
        if (value.isEmpty()) {
          return Optional.empty();
        }
        parts.add(value.get());
      }
    }
    return Optional.of(parts);
  }

  /// Empty where the value has no such field.
  private static Optional<String> filtered(String value, String filter) {
    if (filter.startsWith("json:")) {
      return field(value, filter.substring("json:".length())).map(JsonNode::asText);
    }
    if (filter.startsWith("then:")) {
      return Optional.of(filter.substring("then:".length()));
    }
    return filter.startsWith("unpack:")
        ? unpacked(value, filter.substring("unpack:".length()))
        : Optional.of(changed(value, filter));
  }

  private static Optional<JsonNode> field(String json, String name) {
    try {
      JsonNode field = JSON.readTree(json).path(name);
      return field.isTextual() ? Optional.of(field) : Optional.empty();
    } catch (JsonProcessingException _) { // its message repeats the text
      return Optional.empty();
    }
  }

  /// A text field of a JSON object in Base64, as it stands between its quotes there.
  private static Optional<String> unpacked(String base64, String name) {
    try {
      String json = new String(Base64.getDecoder().decode(base64), UTF_8);
      return field(json, name)
          .map(JsonNode::toString)
          .map(quoted -> quoted.substring(1, quoted.length() - 1));
    } catch (IllegalArgumentException _) { // no Base64
      return Optional.empty();
    }
  }

  private static String changed(String value, String filter) {
    int colon = filter.indexOf(':');
    if (colon > 0) {
      int number = Integer.parseInt(filter.substring(colon + 1));
      if (filter.startsWith("segment")) {
        String[] segments = value.split("/", -1);
        return number < segments.length ? segments[number] : "";
      }
      int count = Math.min(number, value.length());
      return filter.startsWith("first")
          ? value.substring(0, count)
          : value.substring(value.length() - count);
    }
    byte[] bytes = value.getBytes(ISO_8859_1);
    return switch (filter) {
      case "sha256" -> HexFormat.of().formatHex(digest("SHA-256", bytes));
      case "sha512" -> HexFormat.of().formatHex(digest("SHA-512", bytes));
      case "sha256-base64" -> Base64.getEncoder().encodeToString(digest("SHA-256", bytes));
      case "capital" -> value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1);
      case "base64" -> Base64.getEncoder().encodeToString(bytes);
      default -> value;
    };
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template that && pieces.equals(that.pieces);
  }

  @Override
  public int hashCode() {
    return pieces.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
