package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;

/// The names that a text imports, and what it calls them.
final class Imports {
  private static final Pattern FROM =
      Pattern.compile("from[ \\t]+([\\w.]+)[ \\t]+import[ \\t]+(\\([^)]*\\)|[^\\n]+)");
  private static final Pattern BRACES =
      Pattern.compile("import[^'\"{;]*\\{([^}]*)\\}[ \\t]*from[ \\t]*[\"']([^\"']+)[\"']");
  private static final Pattern PATH =
      Pattern.compile("import[ \\t]+([\\w.]+)[ \\t]+as[ \\t]+(\\w+)[ \\t]*(?:\\n|$)");
  private static final Pattern ONE =
      Pattern.compile("(?:type[ \\t]+)?(\\w+)(?:[ \\t]+as[ \\t]+(\\w+))?");

  /// How long a statement may be.
  private static final int LONGEST = 4000;

  private Imports() {}

  /// What a text imports from elsewhere under a name: the name that it has there, behind its module
  /// and a `#`.
  static Map<String, String> of(String text) {
    var all = new LinkedHashMap<String, String>();
    if (!text.contains("import")) {
      return all;
    }
    int end = 0;
    for (int line = 0; end >= 0; line = end + 1) {
      end = text.indexOf('\n', line);
      int word = line;
      while (word < text.length() && (text.charAt(word) == ' ' || text.charAt(word) == '\t')) {
        word++;
      }
      if (text.startsWith("from", word) || text.startsWith("import", word)) {
        statement(text.substring(word, Math.min(text.length(), word + LONGEST)), all);
      }
    }
    return all;
  }

  private static void statement(String text, Map<String, String> all) {
    Matcher from = FROM.matcher(text);
    Matcher braces = BRACES.matcher(text);
    Matcher path = PATH.matcher(text);
    if (from.lookingAt()) {
      names(from.group(1), from.group(2), all);
    } else if (braces.lookingAt()) {
      names(braces.group(2), braces.group(1), all);
    } else if (path.lookingAt()) {
      String whole = path.group(1);
      int dot = whole.lastIndexOf('.');
      if (dot > 0 && Character.isUpperCase(whole.charAt(dot + 1))) { // of Kotlin
        all.put(path.group(2), whole.substring(0, dot) + "#" + whole.substring(dot + 1));
      }
    }
  }

  private static void names(String module, String list, Map<String, String> all) {
    for (String each : list.replaceAll("[()\\\\]", " ").split(",", -1)) {
      Matcher one = ONE.matcher(each.strip());
      if (one.matches()) {
        String alias = one.group(2);
        all.put(alias == null ? one.group(1) : alias, module + "#" + one.group(1));
      }
    }
  }
}
