package dev.stanch.revokers.advice;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Optional;

/// How a text is written.
enum Syntax {
  /// `#` begins a comment, three quotes a string of many lines.
  PYTHON,
  /// `//` and `/* */`.
  BRACES,
  /// `#` begins a comment; lines are commands or settings.
  LINES,
  /// JSON: names and values alone.
  DATA;

  /// A script whose name has no ending, by its folder.
  private static final Pattern OF_SCRIPTS =
      Pattern.compile("(?:^|/)(?:bin|scripts?|ci|tools?|hack)/[\\w-]+$");

  /// Whether things are called in what is written so.
  boolean isCode() {
    return this == PYTHON || this == BRACES;
  }

  /// How the file of a path is written; empty where it is no code: prose, data, pictures.
  static Optional<Syntax> of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (name.startsWith("dockerfile")
        || name.equals("makefile")
        || name.equals("justfile")
        || name.equals("procfile")
        || name.equals("jenkinsfile")
        || name.startsWith(".env")
        || name.equals("package.json")
        || name.equals("go.mod")
        || name.equals(".pypirc")
        || name.equals(".npmrc")
        || name.equals(".netrc")
        || name.startsWith("requirements") && name.endsWith(".txt")) {
      return Optional.of(LINES);
    }
    if (OF_SCRIPTS.matcher(path).find()) {
      return Optional.of(LINES);
    }
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "py", "pyi", "ipynb", "rb", "rake", "r", "ex", "exs", "pl", "tf" -> Optional.of(PYTHON);
      case "js",
          "mjs",
          "cjs",
          "jsx",
          "ts",
          "mts",
          "cts",
          "tsx",
          "java",
          "kt",
          "kts",
          "scala",
          "go",
          "cs",
          "php",
          "rs",
          "swift",
          "groovy",
          "dart",
          "vue",
          "svelte" ->
          Optional.of(BRACES);
      case "sh",
          "bash",
          "zsh",
          "fish",
          "ps1",
          "bat",
          "cmd",
          "mk",
          "yml",
          "yaml",
          "toml",
          "ini",
          "cfg",
          "conf",
          "env",
          "envrc",
          "properties",
          "dockerfile",
          "tfvars" ->
          Optional.of(LINES);
      case "json", "json5", "jsonc" ->
          name.endsWith("lock.json") ? Optional.empty() : Optional.of(DATA);
      default -> Optional.empty();
    };
  }
}
