package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a file's path says about the candidates in it. Asked after everything else, so that a text
/// is scanned the same wherever it stands.
final class PathJudge {
  private static final Set<String> CODE =
      Set.of(
          "py", "pyi", "pyx", "java", "kt", "kts", "scala", "groovy", "js", "jsx", "mjs", "cjs",
          "ts", "tsx", "go", "rs", "c", "h", "cc", "cpp", "cxx", "hpp", "hh", "cs", "vb", "fs",
          "swift", "m", "mm", "rb", "php", "pl", "pm", "lua", "r", "dart", "ex", "exs", "erl",
          "hrl", "clj", "cljs", "hs", "ml", "mli", "vue", "svelte", "sol", "zig", "nim", "jl",
          "f90", "pas", "asm", "s", "proto", "graphql", "css", "scss", "less", "phpt", "tcl", "rst",
          "html", "htm", "jsp", "erb", "ejs");
  private static final Set<String> NOT_HELD =
      Set.of(
          "svg",
          "css",
          "scss",
          "less",
          "map",
          "pyi",
          "po",
          "pot",
          "mo",
          "xlf",
          "xliff",
          "resx",
          "strings",
          "lock",
          "sum",
          "snap",
          "min",
          "woff",
          "ttf",
          "eot",
          "ipynb_checkpoints");
  private static final Set<String> LOCKS =
      Set.of(
          "package-lock.json",
          "yarn.lock",
          "pnpm-lock.yaml",
          "composer.lock",
          "gemfile.lock",
          "cargo.lock",
          "poetry.lock",
          "pipfile.lock",
          "go.sum",
          "flake.lock",
          "npm-shrinkwrap.json",
          "mix.lock",
          "pubspec.lock",
          "podfile.lock",
          "gradle.lockfile",
          "packages.lock.json",
          "uv.lock",
          "bun.lock",
          "deno.lock",
          "codeowners",
          "sha256sums");
  private static final Set<String> TESTS =
      Set.of(
          "test",
          "tests",
          "spec",
          "specs",
          "__tests__",
          "testdata",
          "fixtures",
          "fixture",
          "mock",
          "mocks",
          "__mocks__",
          "testing",
          "testsuite",
          "unittest",
          "unittests",
          "e2e",
          "integration-tests");
  private static final Set<String> EXAMPLES =
      Set.of(
          "example",
          "examples",
          "sample",
          "samples",
          "demo",
          "demos",
          "doc",
          "docs",
          "documentation",
          "tutorial",
          "tutorials",
          "templates",
          "boilerplate",
          "playground");
  private static final Set<String> LOCALES =
      Set.of(
          "locale",
          "locales",
          "i18n",
          "l10n",
          "lang",
          "langs",
          "translations",
          "translation",
          "languages",
          "_locales");

  private PathJudge() {}

  /// Confidence with the path taken into account, and why it changed.
  record Judged(double confidence, List<String> why) {}

  static Judged judge(Candidate candidate, String path) {
    if (candidate.evidence() != Evidence.GENERIC && candidate.evidence() != Evidence.CONTEXT
        || path.isEmpty()) {
      return new Judged(candidate.confidence(), List.of());
    }
    String lower = path.toLowerCase(Locale.ROOT);
    int slash = lower.lastIndexOf('/');
    String file = lower.substring(slash + 1);
    int dot = file.lastIndexOf('.');
    String ending = dot < 0 ? "" : file.substring(dot + 1);
    double shift = 0;
    String why = "";
    if (LOCKS.contains(file)
        || NOT_HELD.contains(ending)
        || file.endsWith(".min.js")
        || file.endsWith(".bundle.js")) {
      shift -= 4;
      why = "in a generated file";
    } else if (candidate.bare() && CODE.contains(ending)) {
      shift -= 6;
      why = "an expression in code";
    }
    boolean test = false;
    boolean example =
        file.contains("example")
            || file.contains("sample")
            || file.contains(".dist")
            || file.contains("template")
            || file.contains("stub")
            || file.startsWith("readme")
            || file.startsWith("changelog");
    boolean locale = false;
    for (String folder : lower.substring(0, Math.max(slash, 0)).split("/", -1)) {
      test |= TESTS.contains(folder);
      example |= EXAMPLES.contains(folder);
      locale |= LOCALES.contains(folder);
      if (folder.equals("node_modules")
          || folder.equals("vendor")
          || folder.equals("third_party")
          || folder.equals("site-packages")) {
        shift -= 1;
      }
    }
    test |=
        file.startsWith("test_")
            || file.contains("_test.")
            || file.contains(".test.")
            || file.contains(".spec.")
            || file.contains("_spec.")
            || file.contains("test.java")
            || file.contains("tests.")
            || file.contains("test.php")
            || file.contains("mock");
    if (locale) {
      shift -= 3;
      why = "in a translation";
    } else if (test) {
      shift -= 1.6;
      why = "in a test";
    } else if (example) {
      shift -= 1.2;
      why = "in an example";
    }
    if (shift == 0) {
      return new Judged(candidate.confidence(), List.of());
    }
    double p = Math.clamp(candidate.confidence(), 0.001, 0.999);
    double logit = Math.log(p / (1 - p)) + shift;
    return new Judged(1 / (1 + Math.exp(-logit)), why.isEmpty() ? List.of() : List.of(why));
  }
}
