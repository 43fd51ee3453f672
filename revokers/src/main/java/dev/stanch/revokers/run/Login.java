package dev.stanch.revokers.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where one tool of the machine keeps what it logs in with: an entry of `logins.yml`, which says
/// what each field means.
record Login(
    String tool,
    List<String> files,
    LoginFile.Format format,
    String table,
    String unless,
    @Nullable OnlyAt onlyAt,
    Map<String, List<String>> variables,
    @Nullable Profile profile,
    List<List<String>> inUse) {
  private static final Set<String> FIELDS =
      Set.of(
          "tool",
          "files",
          "format",
          "table",
          "unless",
          "only-at",
          "variables",
          "profile",
          "in-use");

  Login {
    requireNonNull(tool, "tool");
    requireNonNull(format, "format");
    requireNonNull(table, "table");
    requireNonNull(unless, "unless");
    files = List.copyOf(files);
    variables = Map.copyOf(variables);
    inUse = List.copyOf(inUse);
    if (files.isEmpty() || variables.isEmpty() && inUse.isEmpty()) {
      throw new IllegalArgumentException(tool + ": nothing to read");
    }
  }

  /// The server that a login is for, which the variable must name.
  record OnlyAt(String variable, List<String> path) {
    OnlyAt {
      path = List.copyOf(path);
    }
  }

  /// Which of several logins counts.
  ///
  /// @param variable holds the name of the one that counts
  /// @param path where its name stands otherwise
  /// @param variables where its values stand; `$` is its name
  /// @param lacking what stands for a profile that has none of them
  record Profile(
      String variable, List<String> path, Map<String, List<String>> variables, Lacking lacking) {
    Profile {
      path = List.copyOf(path);
      variables = Map.copyOf(variables);
    }

    /// Where the value for a variable stands in a profile.
    List<String> path(String variable, String name) {
      return variables.getOrDefault(variable, List.of()).stream()
          .map(step -> step.equals("$") ? name : step)
          .toList();
    }
  }

  /// What stands for a profile without a login.
  enum Lacking {
    NOTHING,
    /// What stands outside of all profiles.
    OUTSIDE
  }

  /// All that we know of.
  static List<Login> all() {
    return Known.ALL;
  }

  /// Read once, by whoever asks first.
  private static final class Known {
    static final List<Login> ALL = read();
  }

  private static List<Login> read() {
    try (InputStream in =
        requireNonNull(Login.class.getResourceAsStream("logins.yml"), "logins.yml")) {
      var logins = new ArrayList<Login>();
      for (JsonNode entry : new ObjectMapper(new YAMLFactory()).readTree(in)) {
        logins.add(of(entry));
      }
      return List.copyOf(logins);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Login of(JsonNode entry) {
    for (var field : entry.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw new IllegalArgumentException("a login has no field '" + field.getKey() + "'");
      }
    }
    var inUse = new ArrayList<List<String>>();
    entry.path("in-use").forEach(path -> inUse.add(texts(path)));
    JsonNode onlyAt = entry.path("only-at");
    return new Login(
        entry.path("tool").asText(),
        texts(entry.path("files")),
        LoginFile.Format.of(entry.path("format").asText()),
        entry.path("table").asText(),
        entry.path("unless").asText(),
        onlyAt.isObject()
            ? new OnlyAt(onlyAt.path("variable").asText(), texts(onlyAt.path("path")))
            : null,
        paths(entry.path("variables")),
        profile(entry.path("profile")),
        inUse);
  }

  private static @Nullable Profile profile(JsonNode entry) {
    return entry.isObject()
        ? new Profile(
            entry.path("variable").asText(),
            texts(entry.path("path")),
            paths(entry.path("variables")),
            Lacking.valueOf(entry.path("lacking").asText("nothing").toUpperCase(Locale.ROOT)))
        : null;
  }

  private static Map<String, List<String>> paths(JsonNode entries) {
    var paths = new LinkedHashMap<String, List<String>>();
    entries.properties().forEach(each -> paths.put(each.getKey(), texts(each.getValue())));
    return paths;
  }

  private static List<String> texts(JsonNode items) {
    var texts = new ArrayList<String>();
    items.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
