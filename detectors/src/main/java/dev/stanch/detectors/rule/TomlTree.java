package dev.stanch.detectors.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.stanch.detectors.rule.YamlTree.Items;
import dev.stanch.detectors.rule.YamlTree.Mapping;
import dev.stanch.detectors.rule.YamlTree.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A TOML document as the same tree that YAML gives. The library's tree has no lines, since tables
/// may be written in any order; the lines of tables and keys are read beside it.
final class TomlTree {
  private static final int LONGEST = 8 << 20;
  private static final Pattern KEY =
      Pattern.compile("\\s*[\"']?([A-Za-z0-9_-]+)[\"']?\\s*(?:\\.[^=]*)?=.*");

  private final Map<String, Integer> lines = new HashMap<>();

  private TomlTree() {}

  /// Parses a document.
  ///
  /// @throws IOException when `text` is not TOML; the message names the line
  static Mapping parse(String text) throws IOException {
    if (text.length() > LONGEST) {
      throw new IOException("line 1: larger than " + (LONGEST >> 20) + " MiB");
    }
    JsonNode document;
    try {
      document = TomlMapper.builder().build().readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String message = e.getOriginalMessage().lines().findFirst().orElse("not TOML");
      throw new IOException("line " + line + ": " + message, e);
    }
    var tree = new TomlTree();
    tree.read(text);
    return document.isObject() ? tree.mapping(document, "", 1) : new Mapping(Map.of(), 1);
  }

  private YamlTree value(JsonNode node, String path, int around) {
    int line = lines.getOrDefault(path, around);
    if (node.isObject()) {
      return mapping(node, path, line);
    }
    if (node.isArray()) {
      var items = new ArrayList<YamlTree>();
      for (JsonNode item : node) {
        items.add(value(item, path + "#" + items.size(), line));
      }
      return new Items(items, line);
    }
    return new Scalar(node.asText(), line);
  }

  private Mapping mapping(JsonNode node, String path, int around) {
    int line = lines.getOrDefault(path, around);
    var fields = new LinkedHashMap<String, YamlTree>();
    node.properties()
        .forEach(
            field ->
                fields.put(
                    field.getKey(), value(field.getValue(), path + "/" + field.getKey(), line)));
    return new Mapping(fields, line);
  }

  /// Notes where tables and keys stand. Lines inside a text of several lines are passed over.
  private void read(String text) {
    var counts = new HashMap<String, Integer>();
    String table = "";
    String open = "";
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (open.isEmpty()) {
        Matcher key = KEY.matcher(line);
        String header = header(line);
        if (!header.isEmpty()) {
          table = table(header, line.strip().startsWith("[["), counts);
          lines.putIfAbsent(table, number);
        } else if (key.matches()) {
          lines.putIfAbsent(table + "/" + key.group(1), number);
        }
      }
      open = openAfter(line, open);
    }
  }

  /// What stands between the brackets of a table's header, if a line is one; else empty.
  private static String header(String line) {
    String text = line.strip();
    int first = text.startsWith("[[") ? 2 : 1;
    int end = text.startsWith("[") ? text.indexOf(']') : -1;
    return end < first ? "" : text.substring(first, end).strip();
  }

  /// The path of a table whose header is `name`, with the number of each list's last table.
  private static String table(String name, boolean listed, Map<String, Integer> counts) {
    var path = new StringBuilder();
    List<String> parts = Stream.of(name.split("\\.", -1)).map(String::strip).toList();
    for (int i = 0; i < parts.size(); i++) {
      path.append('/').append(parts.get(i).replace("\"", "").replace("'", ""));
      String here = path.toString();
      if (i == parts.size() - 1 && listed) {
        counts.merge(here, 0, (known, _) -> known + 1);
      }
      if (counts.containsKey(here)) {
        path.append('#').append(counts.get(here));
      }
    }
    return path.toString();
  }

  /// The delimiter of the text of several lines that is open behind a line; empty for none.
  private static String openAfter(String line, String before) {
    String open = before;
    int at = 0;
    while (true) {
      if (open.isEmpty()) {
        int literal = line.indexOf("'''", at);
        int basic = line.indexOf("\"\"\"", at);
        if (literal < 0 && basic < 0) {
          return "";
        }
        boolean first = basic < 0 || literal >= 0 && literal < basic;
        open = first ? "'''" : "\"\"\"";
        at = (first ? literal : basic) + 3;
      } else {
        int end = line.indexOf(open, at);
        if (end < 0) {
          return open;
        }
        at = end + 3;
        open = "";
      }
    }
  }
}
