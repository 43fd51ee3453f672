package dev.stanch.revokers.sink.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.yaml.snakeyaml.LoaderOptions;

/// How the text of a file is read by programs, as far as its name tells: what its values are, and
/// how one that is no plain word is written.
enum FileFormat {
  JSON {
    @Override
    List<Scalar> parsed(String text) throws IOException {
      try (JsonParser parser = JSON_FACTORY.createParser(text)) {
        return scalars(parser);
      }
    }

    @Override
    List<String> spellings(char before, char after, String value) {
      return List.of(quoted(value));
    }
  },

  YAML {
    @Override
    List<Scalar> parsed(String text) throws IOException {
      try (JsonParser parser = YAML_FACTORY.createParser(text)) {
        return scalars(parser);
      }
    }

    @Override
    List<String> spellings(char before, char after, String value) {
      if (before == '\'' && after == '\'') {
        return List.of(value.replace("'", "''"));
      }
      String escaped = quoted(value);
      return List.of(before == '"' && after == '"' ? escaped : '"' + escaped + '"');
    }
  },

  TOML {
    @Override
    List<Scalar> parsed(String text) throws IOException {
      var scalars = new ArrayList<Scalar>();
      flatten(new TomlMapper().readTree(text), scalars);
      return scalars;
    }

    @Override
    List<String> spellings(char before, char after, String value) {
      return before == '"' ? List.of(quoted(value)) : List.of();
    }
  },

  PROPERTIES {
    @Override
    List<Scalar> parsed(String text) throws IOException {
      var scalars = new ArrayList<Scalar>();
      var properties =
          new Properties() {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Object put(Object key, Object value) {
              scalars.add(new Scalar("key", key.toString()));
              scalars.add(new Scalar("value", value.toString()));
              return value;
            }
          };
      properties.load(new StringReader(text));
      return scalars;
    }

    @Override
    List<String> spellings(char before, char after, String value) {
      var text = new StringBuilder();
      String read = FileText.readable(value);
      for (int i = 0; i < read.length(); i++) {
        char c = read.charAt(i);
        switch (c) {
          case '\\' -> text.append("\\\\");
          case '\n' -> text.append("\\n");
          case '\r' -> text.append("\\r");
          case '\t' -> text.append("\\t");
          case ' ' -> text.append(text.isEmpty() ? "\\ " : " ");
          default -> text.append(c < 0x7f ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
      }
      return List.of(text.toString());
    }
  },

  /// Assignments of a shell, or of what reads files like them.
  SHELL {
    @Override
    List<Scalar> parsed(String text) throws IOException {
      throw new IOException("only a shell reads it");
    }

    // What stands in quotes of its own may hold what those quotes leave alone.
    @Override
    List<String> spellings(char before, char after, String value) {
      if (before != after || value.chars().anyMatch(Character::isISOControl)) {
        return List.of();
      }
      boolean plain =
          before == '\'' && value.indexOf('\'') < 0
              || before == '"' && value.chars().noneMatch(c -> "\"$`\\!".indexOf(c) >= 0);
      return plain ? List.of(value) : List.of();
    }
  },

  /// Everything else: only what means nothing to any reader is written to it.
  OTHER {
    @Override
    List<Scalar> parsed(String text) throws IOException {
      throw new IOException("nobody knows how it is read");
    }

    @Override
    List<String> spellings(char before, char after, String value) {
      return List.of();
    }
  };

  private static final int LARGEST = 1 << 26;

  private static final JsonFactory JSON_FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .build();

  private static final YAMLFactory YAML_FACTORY = yamlFactory();

  /// Something that a file holds.
  ///
  /// @param key what kind of thing; never a value
  /// @param value as its readers get it
  record Scalar(String key, String value) {}

  /// The format of a file of this name.
  static FileFormat of(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    if (name.startsWith(".env")) {
      return SHELL;
    }
    return switch (extension) {
      case "json", "jsonc", "json5", "jsonl", "ndjson", "ipynb", "tfstate", "tfvars.json", "map" ->
          JSON;
      case "yml", "yaml" -> YAML;
      case "toml" -> TOML;
      case "properties" -> PROPERTIES;
      case "env", "envrc", "sh", "bash", "zsh", "bashrc", "zshrc", "profile", "bash_profile" ->
          SHELL;
      default -> OTHER;
    };
  }

  abstract List<Scalar> parsed(String text) throws IOException;

  /// How a value may be written that may not stand there as it is.
  ///
  /// @param before the character before it; 0 where there is none
  /// @param after the character after it
  abstract List<String> spellings(char before, char after, String value);

  /// The values of a text in order, if it can be read at all: it may be a template of something.
  Optional<List<Scalar>> read(String text) {
    try {
      return Optional.of(parsed(text));
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException _) {
      return Optional.empty(); // a message would quote the text
    }
  }

  private static YAMLFactory yamlFactory() {
    var options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    return YAMLFactory.builder().loaderOptions(options).build();
  }

  private static List<Scalar> scalars(JsonParser parser) throws IOException {
    var scalars = new ArrayList<Scalar>();
    while (!parser.isClosed()) {
      JsonToken token = parser.nextToken();
      if (token != null) {
        boolean holds = token.isScalarValue() || token == JsonToken.FIELD_NAME;
        scalars.add(new Scalar(token.name(), holds ? parser.getText() : ""));
      }
    }
    return scalars;
  }

  private static void flatten(JsonNode node, List<Scalar> scalars) {
    scalars.add(new Scalar(node.getNodeType().name(), node.isContainerNode() ? "" : node.asText()));
    for (var entry : node.properties()) {
      scalars.add(new Scalar("key", entry.getKey()));
      flatten(entry.getValue(), scalars);
    }
    if (node.isArray()) {
      node.forEach(item -> flatten(item, scalars));
    }
  }

  /// A value inside the double quotes of JSON, which are those of YAML and TOML too.
  private static String quoted(String value) {
    var text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default ->
            text.append(
                c < ' ' || c == 0x7f ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    return text.toString();
  }
}
