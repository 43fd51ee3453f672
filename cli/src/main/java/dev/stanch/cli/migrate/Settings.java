package dev.stanch.cli.migrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Entries for `stanch.yml`, added to what the file says already.
final class Settings {
  static final String FILE = "stanch.yml";

  private final List<String> rules = new ArrayList<>();
  private final List<String> allow = new ArrayList<>();

  /// Adds an allowlist.
  ///
  /// @param lists by field; empty ones are left out
  void allow(String reason, Map<String, List<String>> lists) {
    allow.add("  - reason: " + quoted(reason));
    lists.forEach(
        (field, texts) -> {
          if (!texts.isEmpty()) {
            allow.add("    " + field + ": " + list(texts));
          }
        });
  }

  /// Adds a rule: its fields in order, each as YAML has it.
  void rule(Map<String, String> fields) {
    String begin = "  - ";
    for (var field : fields.entrySet()) {
      rules.add(begin + field.getKey() + ": " + field.getValue());
      begin = "    ";
    }
  }

  boolean isEmpty() {
    return rules.isEmpty() && allow.isEmpty();
  }

  void addTo(Migration migration) throws IOException {
    if (isEmpty()) {
      return;
    }
    String text = migration.text(FILE).orElse("");
    text = with(text, "allow", allow, migration);
    migration.write(FILE, with(text, "rules", rules, migration));
  }

  private static String with(String text, String section, List<String> lines, Migration migration) {
    if (lines.isEmpty()) {
      return text;
    }
    String block = String.join("\n", lines) + "\n";
    List<String> all = text.lines().toList();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).strip().equals(section + ":") && all.get(i).startsWith(section)) {
        return lines(all.subList(0, i + 1)) + block + lines(all.subList(i + 1, all.size()));
      }
      if (all.get(i).startsWith(section + ":")) {
        migration.left(
            FILE
                + ":"
                + (i + 1)
                + ": '"
                + section
                + "' is written on one line; add by hand:\n"
                + block.stripTrailing());
        return text;
      }
    }
    return text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + section + ":\n" + block;
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  static String list(List<String> texts) {
    return texts.stream().map(Settings::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /// A text as YAML reads it back.
  static String quoted(String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      var out = new StringBuilder("\"");
      text.chars()
          .forEach(
              c -> {
                switch (c) {
                  case '\n' -> out.append("\\n");
                  case '\t' -> out.append("\\t");
                  case '\r' -> out.append("\\r");
                  case '"', '\\' -> out.append('\\').append((char) c);
                  default -> {
                    if (c < ' ' || c == 0x7f) {
                      out.append(String.format("\\x%02x", c));
                    } else {
                      out.append((char) c);
                    }
                  }
                }
              });
      return out.append('"').toString();
    }
    return "'" + text.replace("'", "''") + "'";
  }
}
