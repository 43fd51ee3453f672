package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/// Names with their values in files of lines: shell, environment files, Dockerfiles, YAML, INI.
final class Settings {
  private static final int LONGEST_LINE = 2000;

  // Of bounded lines, in which every step back is short: this is read of more text than all else.
  private static final java.util.regex.Pattern LINE =
      java.util.regex.Pattern.compile(
          "(?s)^\\s*(?:-\\s+)?(?:export\\s+|ENV\\s+|ARG\\s+|set\\s+|local\\s+|readonly\\s+)?"
              + "[\"']?([A-Za-z_][\\w.-]*)[\"']?\\s*(?::=|\\?=|=|:\\s)\\s*(.*)$");
  private static final Pattern DOCKER = Pattern.compile("^\\s*ENV\\s+([A-Za-z_]\\w*)\\s+(\\S.*)$");
  private static final Pattern NAME =
      Pattern.compile("^\\s*-?\\s*name:\\s*[\"']?([A-Za-z_]\\w*)[\"']?\\s*$");
  private static final Pattern VALUE = Pattern.compile("^\\s*value:\\s*(\\S.*)$");

  private static final Pattern LOOP =
      Pattern.compile("^[^#]*\\bfor\\s+([A-Za-z_]\\w*)\\s+in\\s+([^;$`(*]+)(?:;|$)");

  private static final Pattern PAIR =
      Pattern.compile("\"([\\w.-]{1,100})\"\\s*:\\s*\"((?:[^\"\\\\\n]|\\\\.){0,1000})\"");

  private Settings() {}

  static List<Script.Assignment> of(String text) {
    var all = new ArrayList<Script.Assignment>();
    String named = ""; // of the pair that a manifest writes on two lines
    for (String line : text.split("\n", -1)) {
      if (line.length() > LONGEST_LINE) {
        continue;
      }
      // A word that stands in all that fits is looked for first: most lines fit nothing.
      Matcher loop = LOOP.matcher(line);
      if (line.contains("for") && loop.find()) {
        all.add(new Script.Assignment(loop.group(1), list(loop.group(2))));
      }
      Matcher value = VALUE.matcher(line);
      if (!named.isEmpty() && value.matches()) {
        all.add(new Script.Assignment(named, literal(value.group(1))));
      }
      Matcher name = NAME.matcher(line);
      named = line.contains("name") && name.matches() ? name.group(1) : "";
      Matcher docker = DOCKER.matcher(line);
      java.util.regex.Matcher setting = LINE.matcher(line);
      if ((line.indexOf('=') >= 0 || line.indexOf(':') >= 0)
          && setting.matches()
          && !setting.group(2).isBlank()) {
        all.add(new Script.Assignment(setting.group(1), literal(setting.group(2))));
      } else if (line.contains("ENV") && docker.matches()) {
        all.add(new Script.Assignment(docker.group(1), literal(docker.group(2))));
      }
    }
    return all;
  }

  /// The names with texts in JSON.
  static List<Script.Assignment> ofJson(String text) {
    var all = new ArrayList<Script.Assignment>();
    Matcher pair = PAIR.matcher(text);
    while (pair.find()) {
      all.add(new Script.Assignment(pair.group(1), '"' + pair.group(2) + '"'));
    }
    return all;
  }

  /// Words as a list of code.
  private static String list(String words) {
    var list = new StringBuilder("[");
    for (String word : words.strip().split("\\s+", -1)) {
      list.append(literal(word)).append(", ");
    }
    return list.append("]").toString();
  }

  /// The value as code would write it.
  private static String literal(String value) {
    String bare = value.strip();
    if (bare.endsWith(",")) {
      bare = bare.substring(0, bare.length() - 1).strip();
    }
    if (bare.length() > 1
        && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
        && bare.charAt(bare.length() - 1) == bare.charAt(0)) {
      bare = bare.substring(1, bare.length() - 1);
    }
    return Texts.quoted(bare);
  }
}
