package dev.stanch.detectors.rule;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A YAML document with the line of each of its values, so that a mistake can be named with its
/// place.
public sealed interface YamlTree {
  /// The parser's time grows with the square of a text's length.
  int LONGEST = 1 << 20;

  /// The line where the value stands, from 1.
  int line();

  /// A scalar as it is written; `null` and an absent value are the empty text.
  record Scalar(String text, int line) implements YamlTree {}

  /// A list.
  record Items(List<YamlTree> items, int line) implements YamlTree {}

  /// A mapping, in the order of the document.
  record Mapping(Map<String, YamlTree> fields, int line) implements YamlTree {}

  /// Parses one document.
  ///
  /// @throws IOException when `text` is not YAML or nests or repeats itself beyond reason; the
  ///   message names line and column
  static YamlTree parse(String text) throws IOException {
    if (text.length() > LONGEST) {
      throw new IOException("line 1: larger than " + (LONGEST >> 20) + " MiB");
    }
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      if (parser.nextToken() == null) {
        return new Mapping(Map.of(), 1);
      }
      return value(parser, 0);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new IOException("line " + line + ": " + firstLine(e.getOriginalMessage()), e);
    }
  }

  /// What [#parse] said, as a problem of a file.
  static RuleProblem problem(String file, IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf(": ");
    if (!message.startsWith("line ") || end < 0) {
      return new RuleProblem(file, 1, message);
    }
    return new RuleProblem(
        file,
        Integer.parseInt(message.substring("line ".length(), end)),
        message.substring(end + 2));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("not YAML");
  }

  private static YamlTree value(JsonParser parser, int depth) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    if (depth > 32) {
      throw new IOException("line " + line + ": nested too deeply");
    }
    JsonToken token = parser.currentToken();
    switch (token) {
      case START_OBJECT -> {
        var fields = new LinkedHashMap<String, YamlTree>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          int nameLine = parser.currentTokenLocation().getLineNr();
          parser.nextToken();
          if (fields.put(name, value(parser, depth + 1)) != null) {
            throw new IOException("line " + nameLine + ": '" + name + "' stands twice");
          }
        }
        return new Mapping(fields, line);
      }
      case START_ARRAY -> {
        var items = new ArrayList<YamlTree>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser, depth + 1));
        }
        return new Items(items, line);
      }
      case VALUE_NULL -> {
        return new Scalar("", line);
      }
      default -> {
        return new Scalar(parser.getText(), line);
      }
    }
  }
}
