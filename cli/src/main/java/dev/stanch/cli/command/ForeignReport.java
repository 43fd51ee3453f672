package dev.stanch.cli.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The files that the report of another scanner names: JSON, JSON Lines, SARIF or CSV. Their shapes
/// differ; what they call a file and a line hardly does.
final class ForeignReport {
  private static final Set<String> FILE =
      Set.of("file", "filename", "filepath", "file_path", "path", "uri");
  private static final Set<String> LINE =
      Set.of("line", "startline", "start_line", "line_number", "linenumber");
  private static final int DEPTH = 32;

  private final Path folder;
  private final Map<Path, Set<Integer>> files = new LinkedHashMap<>();

  private ForeignReport(Path folder) {
    this.folder = folder;
  }

  /// The files that exist, each with the lines it was named for; none for a text of another kind.
  static Map<Path, Set<Integer>> files(byte[] text, Path folder) {
    var report = new ForeignReport(folder);
    int first = firstLetter(text);
    if (first == '{' || first == '[') {
      report.json(text);
    } else {
      report.csv(new String(text, StandardCharsets.UTF_8));
    }
    return report.files;
  }

  private static int firstLetter(byte[] text) {
    for (byte b : text) {
      if (b > ' ') {
        return b;
      }
    }
    return -1;
  }

  private void json(byte[] text) {
    try (MappingIterator<JsonNode> values =
        new JsonMapper().readerFor(JsonNode.class).readValues(text)) {
      while (values.hasNextValue()) {
        walk(values.nextValue(), null, DEPTH);
      }
    } catch (JacksonException _) {
      // no JSON after all; what was read so far counts
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("an array cannot fail to be read", e);
    }
  }

  /// A line may stand beside the file's name or below it.
  private void walk(JsonNode node, @Nullable Path outer, int depth) {
    if (depth == 0) {
      return;
    }
    Path file = outer;
    if (node.isObject()) {
      for (var field : node.properties()) {
        if (field.getValue().isTextual()
            && FILE.contains(field.getKey().toLowerCase(Locale.ROOT))) {
          Path named = existing(field.getValue().textValue());
          if (named != null) {
            file = named;
            files.computeIfAbsent(named, _ -> new TreeSet<>());
          }
        }
      }
      if (file != null) {
        lines(node, file);
      }
    }
    // SARIF keeps file and region side by side.
    Path beside = file == null ? sibling(node) : file;
    for (JsonNode child : node) {
      walk(child, beside, depth - 1);
    }
  }

  private @Nullable Path sibling(JsonNode node) {
    String uri = node.path("artifactLocation").path("uri").asText("");
    return uri.isEmpty() ? null : existing(uri);
  }

  private void lines(JsonNode node, Path file) {
    for (var field : node.properties()) {
      if (LINE.contains(field.getKey().toLowerCase(Locale.ROOT))
          && field.getValue().canConvertToInt()) {
        files.computeIfAbsent(file, _ -> new TreeSet<>()).add(field.getValue().asInt());
      }
    }
  }

  private void csv(String text) {
    List<String> rows = text.lines().toList();
    if (rows.isEmpty()) {
      return;
    }
    String[] header = rows.getFirst().split(",", -1);
    int fileColumn = column(header, FILE);
    int lineColumn = column(header, LINE);
    if (fileColumn < 0) {
      return;
    }
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      Path file = fileColumn < cells.length ? existing(unquoted(cells[fileColumn])) : null;
      if (file != null) {
        Set<Integer> lines = files.computeIfAbsent(file, _ -> new TreeSet<>());
        if (lineColumn >= 0
            && lineColumn < cells.length
            && unquoted(cells[lineColumn]).matches("\\d{1,9}")) {
          lines.add(Integer.parseInt(unquoted(cells[lineColumn])));
        }
      }
    }
  }

  private static int column(String[] header, Set<String> names) {
    for (int i = 0; i < header.length; i++) {
      if (names.contains(unquoted(header[i]).toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    return -1;
  }

  private static String unquoted(String cell) {
    String text = cell.strip();
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /// Only files below the folder the command runs in: a report must not point anywhere else.
  private @Nullable Path existing(String name) {
    try {
      Path root = folder.toRealPath();
      Path file =
          name.startsWith("file:") ? Path.of(URI.create(name)) : root.resolve(name).normalize();
      return Files.isRegularFile(file) && file.toRealPath().startsWith(root) ? file : null;
    } catch (IllegalArgumentException // no path and no URI at all
        | java.nio.file.FileSystemNotFoundException
        | IOException _) {
      return null;
    }
  }
}
