package dev.stanch.detectors.rule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The build step that turns the rule files into the stored tables. A mistake in any rule fails the
/// build, all of them named at once.
public final class RuleSetBuilder {
  private RuleSetBuilder() {}

  /// Arguments: the folder of rule files, the folder of class files.
  public static void main(String[] args) throws IOException {
    Path rules = Path.of(args[0]);
    Path target = Path.of(args[1]).resolve(RuleSetBuilder.class.getPackageName().replace('.', '/'));
    var loader = load(rules);
    if (!loader.problems().isEmpty()) {
      throw new IllegalStateException(
          loader.problems().size()
              + " problems in the built-in rules:\n"
              + String.join("\n", loader.problems().stream().map(RuleProblem::toString).toList()));
    }
    Path index = Files.createDirectories(Path.of(args[1]).resolve("dev/stanch/detectors/rules"));
    Files.writeString(
        index.resolve(BuiltInRules.INDEX),
        String.join(
            "\n", files(rules).stream().map(file -> file.getFileName().toString()).toList()));
    Files.createDirectories(target);
    RuleTables tables =
        RuleTables.of(loader.rules().stream().map(RuleLoader.Authored::rule).toList());
    try (var out = Files.newOutputStream(target.resolve("rules.bin"))) {
      tables.writeTo(out);
    }
  }

  /// Every rule file of a folder, in the order of their names.
  static RuleLoader load(Path folder) throws IOException {
    var loader = new RuleLoader();
    for (Path file : files(folder)) {
      loader.load(file.getFileName().toString(), Files.readString(file), Rule.Origin.BUILT_IN);
    }
    return loader;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> stream = Files.list(folder)) {
      return stream.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    }
  }
}
