package dev.stanch.detectors.source.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The settings of one git `config` file, as text. Includes are not followed and nothing is
/// executed.
final class GitConfig {
  /// One setting; section and key in lower case, the subsection as it stands.
  record Setting(String section, String subsection, String key, String value) {}

  private final List<Setting> settings;

  private GitConfig(List<Setting> settings) {
    this.settings = settings;
  }

  /// The last value of a setting without a subsection.
  Optional<String> get(String section, String key) {
    String last = null;
    for (Setting s : settings) {
      if (s.section().equals(section) && s.subsection().isEmpty() && s.key().equals(key)) {
        last = s.value();
      }
    }
    return Optional.ofNullable(last);
  }

  List<Setting> settings() {
    return settings;
  }

  /// Parses a file's text; lines that are no settings are passed over.
  static GitConfig parse(String text) {
    List<Setting> settings = new ArrayList<>();
    String section = "";
    String subsection = "";
    int at = 0;
    while (at < text.length()) {
      int end = lineEnd(text, at);
      String line = text.substring(at, end).strip();
      int next = end + 1;
      if (line.startsWith("[")) {
        int close = headerEnd(line);
        String header = line.substring(1, close);
        int quote = header.indexOf('"');
        if (quote >= 0) {
          section = header.substring(0, quote).strip().toLowerCase(Locale.ROOT);
          int last = header.lastIndexOf('"');
          subsection =
              last > quote
                  ? header.substring(quote + 1, last).replace("\\\"", "\"").replace("\\\\", "\\")
                  : "";
        } else {
          int dot = header.indexOf('.');
          section = (dot < 0 ? header : header.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
          subsection = dot < 0 ? "" : header.substring(dot + 1).strip();
        }
        line = close < line.length() ? line.substring(close + 1).strip() : "";
      }
      if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
        int equals = line.indexOf('=');
        String key =
            (equals < 0 ? line : line.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
        StringBuilder value = new StringBuilder();
        if (equals < 0) {
          value.append("true");
        } else {
          String raw = line.substring(equals + 1);
          while (continues(raw) && next < text.length()) {
            int more = lineEnd(text, next);
            raw = raw.substring(0, raw.length() - 1) + text.substring(next, more);
            next = more + 1;
          }
          unquote(raw.strip(), value);
        }
        settings.add(new Setting(section, subsection, key, value.toString()));
      }
      at = next;
    }
    return new GitConfig(settings);
  }

  private static int lineEnd(String text, int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private static int headerEnd(String line) {
    boolean quoted = false;
    for (int i = 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ']' && !quoted) {
        return i;
      }
    }
    return line.length();
  }

  private static boolean continues(String raw) {
    int slashes = 0;
    while (slashes < raw.length() && raw.charAt(raw.length() - 1 - slashes) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private static void unquote(String raw, StringBuilder value) {
    boolean quoted = false;
    int kept = 0; // spaces before a comment are not part of the value
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        kept = value.length();
        continue;
      }
      if ((c == '#' || c == ';') && !quoted) {
        break;
      }
      if (c == '\\' && i + 1 < raw.length()) {
        c = raw.charAt(++i);
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'b' ? '\b' : c;
        value.append(c);
        kept = value.length();
        continue;
      }
      value.append(c);
      if (quoted || !Character.isWhitespace(c)) {
        kept = value.length();
      }
    }
    value.setLength(kept);
  }
}
