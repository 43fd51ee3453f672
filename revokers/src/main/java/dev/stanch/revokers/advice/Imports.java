package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;

/// The names that a text imports, and what it calls them.
final class Imports {
  private static final Pattern FROM =
      Pattern.compile("(?m)^[ \\t]*from[ \\t]+([\\w.]+)[ \\t]+import[ \\t]+(\\([^)]*\\)|[^\\n]+)");
  private static final Pattern BRACES =
      Pattern.compile(
          "(?m)^[ \\t]*import[^'\"{;]*\\{([^}]*)\\}[ \\t]*from[ \\t]*[\"']([^\"']+)[\"']");
  private static final Pattern PATH =
      Pattern.compile("(?m)^[ \\t]*import[ \\t]+([\\w.]+)[ \\t]+as[ \\t]+(\\w+)[ \\t]*$");
  private static final Pattern ONE =
      Pattern.compile("(?:type[ \\t]+)?(\\w+)(?:[ \\t]+as[ \\t]+(\\w+))?");

  private Imports() {}

  /// What a text imports from elsewhere under a name: the name that it has there, behind its module
  /// and a `#`.
  static Map<String, String> of(String text) {
    var all = new LinkedHashMap<String, String>();
    if (!text.contains("import")) {
      return all;
    }
    Matcher from = FROM.matcher(text);
    while (from.find()) {
      names(from.group(1), from.group(2), all);
    }
    Matcher braces = BRACES.matcher(text);
    while (braces.find()) {
      names(braces.group(2), braces.group(1), all);
    }
    Matcher path = PATH.matcher(text);
    while (path.find()) {
      String whole = path.group(1);
      int dot = whole.lastIndexOf('.');
      if (dot > 0 && Character.isUpperCase(whole.charAt(dot + 1))) { // of Kotlin
        all.put(path.group(2), whole.substring(0, dot) + "#" + whole.substring(dot + 1));
      }
    }
    return all;
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
