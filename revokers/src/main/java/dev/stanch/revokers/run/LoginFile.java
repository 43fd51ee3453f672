package dev.stanch.revokers.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.stanch.detectors.source.Netrc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.sqlite.SQLiteConfig;

/// A file in which a tool keeps its login, read into a tree. What cannot be read is no login: the
/// tool would have none either.
final class LoginFile {
  private static final int LARGEST = 1 << 22;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new JsonMapper();
  private static final Pattern URL_LOGIN =
      Pattern.compile("[a-z]+://([^:/@]*)(?::([^@/]*))?@([^/]*).*");

  private final InstantSource clock;

  LoginFile(InstantSource clock) {
    this.clock = clock;
  }

  /// How it is written.
  enum Format {
    TEXT,
    JSON,
    YAML,
    TOML,
    INI,
    NETRC,
    NPMRC,
    DOCKER,
    KUBECONFIG,
    PGPASS,
    GIT,
    SQLITE;

    static Format of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }

  /// Their content, where a tool takes several files for one; missing where there is none.
  ///
  /// @param table of a database
  JsonNode read(List<Path> files, Format format, String table) {
    if (format == Format.KUBECONFIG) {
      return kubeconfig(files);
    }
    return files.size() == 1 ? read(files.getFirst(), format, table) : NODES.missingNode();
  }

  private JsonNode read(Path file, Format format, String table) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return NODES.missingNode();
      }
      if (format == Format.SQLITE) {
        return database(file, table);
      }
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, UTF_8);
      return switch (format) {
        case TEXT ->
            new TextNode(new String(bytes, ISO_8859_1).lines().findFirst().orElse("").strip());
        case JSON -> tree(JSON.readTree(bytes));
        case YAML, KUBECONFIG -> tree(new ObjectMapper(new YAMLFactory()).readTree(bytes));
        case TOML -> tree(new TomlMapper().readTree(bytes));
        case INI -> ini(text);
        case NETRC -> netrc(text);
        case NPMRC -> npmrc(text);
        case DOCKER -> docker(JSON.readTree(bytes));
        case PGPASS -> pgpass(text);
        case GIT -> gitCredentials(text);
        case SQLITE -> NODES.missingNode();
      };
    } catch (IOException
        | SQLException
        | IllegalArgumentException
        | UnsupportedOperationException _) { // a section of a field's name
      return NODES.missingNode();
    }
  }

  private static JsonNode tree(JsonNode read) {
    return read == null ? NODES.missingNode() : read;
  }

  private static ObjectNode ini(String text) {
    ObjectNode tree = NODES.objectNode();
    ObjectNode section = tree;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      String stripped = line.strip();
      int equals = stripped.indexOf('=');
      if (stripped.startsWith("[") && stripped.endsWith("]")) {
        section = tree.withObjectProperty(stripped.substring(1, stripped.length() - 1).strip());
      } else if (equals > 0 && !stripped.startsWith("#") && !stripped.startsWith(";")) {
        section.put(
            stripped.substring(0, equals).strip(), unquoted(stripped.substring(equals + 1)));
      }
    }
    return tree;
  }

  private static String unquoted(String value) {
    String text = value.strip();
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /// By machine, in the order of the file: a machine may have several.
  private static ObjectNode netrc(String text) {
    ObjectNode tree = NODES.objectNode();
    for (Netrc.Entry entry : Netrc.parse(text).entries()) {
      tree.withArrayProperty(entry.machine())
          .addObject()
          .put("login", entry.login())
          .put("password", entry.password());
    }
    return tree;
  }

  /// `//registry.example.com/:_authToken=…` by registry. A value that names a variable is none.
  private static ObjectNode npmrc(String text) {
    ObjectNode tree = NODES.objectNode();
    ini(text)
        .properties()
        .forEach(
            entry -> {
              int colon = entry.getKey().lastIndexOf(':');
              String value = entry.getValue().asText();
              if (colon >= 0 && !value.startsWith("${")) {
                tree.withObjectProperty(entry.getKey().substring(0, colon))
                    .put(entry.getKey().substring(colon + 1), value);
              }
            });
    return tree;
  }

  private static ObjectNode docker(JsonNode config) {
    ObjectNode tree = NODES.objectNode();
    for (var server : config.path("auths").properties()) {
      ObjectNode login = tree.putObject(server.getKey());
      String pair =
          new String(Base64.getDecoder().decode(server.getValue().path("auth").asText()), UTF_8);
      int colon = pair.indexOf(':');
      if (colon > 0) {
        login.put("username", pair.substring(0, colon)).put("password", pair.substring(colon + 1));
      }
      if (server.getValue().hasNonNull("identitytoken")) {
        login.put("identitytoken", server.getValue().path("identitytoken").asText());
      }
    }
    return tree;
  }

  /// Several files as one, as kubectl takes them: whoever says a thing first is right. With what
  /// the current context comes to under `current`.
  private JsonNode kubeconfig(List<Path> files) {
    ObjectNode tree = NODES.objectNode();
    for (Path file : files) {
      if (read(file, Format.KUBECONFIG, "") instanceof ObjectNode config) {
        config.properties().forEach(field -> merge(tree, field.getKey(), field.getValue()));
        // Where it names a file, it does so from where it stands.
        for (JsonNode user : config.path("users")) {
          if (user.path("user") instanceof ObjectNode login) {
            tokenOfFile(file, login);
          }
        }
      }
    }
    JsonNode context =
        named(tree.path("contexts"), tree.path("current-context").asText()).path("context");
    tree.putObject("current")
        .put(
            "server",
            named(tree.path("clusters"), context.path("cluster").asText())
                .path("cluster")
                .path("server")
                .asText())
        .put(
            "token",
            named(tree.path("users"), context.path("user").asText())
                .path("user")
                .path("token")
                .asText());
    return tree;
  }

  private static void merge(ObjectNode all, String name, JsonNode value) {
    if (value instanceof ArrayNode items) {
      ArrayNode known = all.withArrayProperty(name);
      for (JsonNode item : items) {
        if (named(known, item.path("name").asText()).isMissingNode()) {
          known.add(item);
        }
      }
    } else if (all.path(name).asText().isEmpty()) {
      all.set(name, value);
    }
  }

  /// A token in a file of its own goes before one that stands here.
  private void tokenOfFile(Path config, ObjectNode login) {
    String name = login.path("tokenFile").asText();
    if (!name.isEmpty()) {
      String token = read(config.resolveSibling(name), Format.TEXT, "").asText();
      if (!token.isEmpty()) {
        login.put("token", token);
      }
    }
  }

  private static JsonNode named(JsonNode items, String name) {
    return StreamSupport.stream(items.spliterator(), false)
        .filter(item -> item.path("name").asText().equals(name))
        .findFirst()
        .orElseGet(NODES::missingNode);
  }

  /// Lines of `host:port:database:user:password`; a colon in a field is escaped.
  private static ArrayNode pgpass(String text) {
    ArrayNode tree = NODES.arrayNode();
    text.lines()
        .map(line -> line.split("(?<!\\\\):", 5))
        .filter(fields -> fields.length == 5 && !fields[0].startsWith("#"))
        .forEach(fields -> tree.addObject().put("password", fields[4].replace("\\:", ":")));
    return tree;
  }

  private static ArrayNode gitCredentials(String text) {
    ArrayNode tree = NODES.arrayNode();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      Matcher login = URL_LOGIN.matcher(line.strip());
      if (login.matches()) {
        tree.addObject().put("username", login.group(1)).put("password", login.group(2));
      }
    }
    return tree;
  }

  /// The rows of a table that have not expired; JSON in them is read too.
  private ArrayNode database(Path file, String table) throws SQLException, IOException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    ArrayNode tree = NODES.arrayNode();
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
        var statement = connection.prepareStatement("SELECT * FROM \"" + table + "\"");
        ResultSet rows = statement.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        ObjectNode row = NODES.objectNode();
        for (int i = 1; i <= columns; i++) {
          String value = rows.getString(i);
          if (value != null) {
            row.set(
                rows.getMetaData().getColumnName(i),
                value.startsWith("{") ? JSON.readTree(value) : new TextNode(value));
          }
        }
        if (!expired(row.path("token_expiry").asText())) {
          tree.add(row);
        }
      }
    }
    return tree;
  }

  private boolean expired(String at) {
    try {
      return !at.isEmpty()
          && LocalDateTime.parse(at.replace(' ', 'T'))
              .toInstant(ZoneOffset.UTC)
              .isBefore(clock.instant());
    } catch (DateTimeParseException _) {
      return false;
    }
  }

  /// Every text at a path; `*` is any name, or any item.
  static void collect(JsonNode tree, Iterator<String> path, List<String> found) {
    if (!path.hasNext()) {
      String text = tree.isTextual() ? tree.textValue().strip() : "";
      if (!text.isEmpty()) {
        found.add(text.startsWith("Bearer ") ? text.substring(7) : text);
      }
      return;
    }
    String name = path.next();
    if (!name.equals("*")) {
      collect(tree.path(name), path, found);
      return;
    }
    var rest = new java.util.ArrayList<String>();
    path.forEachRemaining(rest::add);
    tree.forEach(child -> collect(child, rest.iterator(), found));
  }
}
