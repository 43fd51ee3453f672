package dev.stanch.cli.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the report of another scanner points to: JSON, JSON Lines, SARIF or CSV. Their shapes
/// differ; what they call a file and a line hardly does.
final class ForeignReport {
  private static final Set<String> FILE =
      Set.of("file", "filename", "filepath", "file_path", "path", "uri");
  private static final Set<String> LINE =
      Set.of("line", "startline", "start_line", "line_number", "linenumber");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final int DEPTH = 32;

  private final Path root;
  private final Map<Path, Set<Integer>> files = new LinkedHashMap<>();
  private final Set<String> names = new TreeSet<>();
  private boolean commits;

  private ForeignReport(Path root) {
    this.root = root;
  }

  /// Reads one. A text of another kind points to nothing.
  ///
  /// @param folder where it was made: a report points to nothing outside of it
  static ForeignReport read(byte[] text, Path folder) throws IOException {
    var report = new ForeignReport(folder.toRealPath());
    int first = firstLetter(text);
    if (first == '{' || first == '[') {
      report.json(text);
    } else {
      report.csv(new String(text, StandardCharsets.UTF_8));
    }
    return report;
  }

  /// The files that exist, each with the lines it was named for.
  Map<Path, Set<Integer>> files() {
    return files;
  }

  /// The names of files in commits, where it is a history that it tells of; else nothing.
  Set<String> inHistory() {
    return commits ? names : Set.of();
  }

  private static int firstLetter(byte[] text) {
    for (byte b : text) {
      if (b > ' ') {
        return b;
      }
    }
    return -1;
  }

  private void json(byte[] text) throws IOException {
    try (MappingIterator<JsonNode> values =
        new JsonMapper().readerFor(JsonNode.class).readValues(text)) {
      while (values.hasNextValue()) {
        walk(values.nextValue(), null, DEPTH);
      }
    } catch (JacksonException _) {
      // no JSON after all; what was read so far counts
    }
  }

  /// A line may stand beside the file's name or below it.
  private void walk(JsonNode node, @Nullable Path outer, int depth) {
    if (depth == 0) {
      return;
    }
    Path file = outer;
    for (var field : node.properties()) {
      if (field.getValue().isTextual()) {
        String value = field.getValue().textValue();
        commits |= COMMIT.matcher(value).matches();
        if (FILE.contains(field.getKey().toLowerCase(Locale.ROOT))) {
          file = named(value, file);
        }
      }
    }
    // SARIF keeps file and region side by side.
    file = named(node.path("artifactLocation").path("uri").asText(""), file);
    if (file != null) {
      for (var field : node.properties()) {
        if (LINE.contains(field.getKey().toLowerCase(Locale.ROOT))
            && field.getValue().canConvertToInt()) {
          line(file, field.getValue().asInt());
        }
      }
    }
    for (JsonNode child : node) {
      walk(child, file, depth - 1);
    }
  }

  private void csv(String text) {
    List<List<String>> rows = rows(text);
    if (rows.isEmpty()) {
      return;
    }
    int fileColumn = column(rows.getFirst(), FILE);
    int lineColumn = column(rows.getFirst(), LINE);
    if (fileColumn < 0) {
      return;
    }
    for (List<String> row : rows.subList(1, rows.size())) {
      row.forEach(cell -> commits |= COMMIT.matcher(cell).matches());
      Path file = fileColumn < row.size() ? named(row.get(fileColumn), null) : null;
      if (file != null
          && lineColumn >= 0
          && lineColumn < row.size()
          && row.get(lineColumn).matches("\\d{1,9}")) {
        line(file, Integer.parseInt(row.get(lineColumn)));
      }
    }
  }

  private static int column(List<String> header, Set<String> names) {
    for (int i = 0; i < header.size(); i++) {
      if (names.contains(header.get(i).toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    return -1;
  }

  /// As in RFC 4180: a quoted cell may hold commas, line ends and doubled quotes.
  private static List<List<String>> rows(String text) {
    var rows = new ArrayList<List<String>>();
    List<String> row = new ArrayList<>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (doubled) {
          cell.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(cell.toString().strip());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else {
        cell.append(c);
      }
    }
    row.add(cell.toString().strip());
    rows.add(row);
    return rows;
  }

  private void line(Path file, int line) {
    files.computeIfAbsent(file, _ -> new TreeSet<>()).add(line);
  }

  /// The file of a name, where there is one below the folder; else `otherwise`.
  private @Nullable Path named(String name, @Nullable Path otherwise) {
    if (name.isEmpty()) {
      return otherwise;
    }
    try {
      Path file =
          name.startsWith("file:") ? Path.of(URI.create(name)) : root.resolve(name).normalize();
      if (!file.startsWith(root)) {
        return otherwise;
      }
      names.add(root.relativize(file).toString().replace('\\', '/'));
      if (Files.isRegularFile(file) && file.toRealPath().startsWith(root)) {
        files.computeIfAbsent(file, _ -> new TreeSet<>());
        return file;
      }
    } catch (IllegalArgumentException | FileSystemNotFoundException | IOException _) {
      return otherwise; // no path and no URI at all
    }
    return otherwise;
  }
}
