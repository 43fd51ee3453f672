package dev.stanch.detectors.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The built-in rules as they were written, with their examples: for listing and proving, never for
/// scanning.
public final class BuiltInRules {
  static final String INDEX = "index";
  private static final String FOLDER = "/dev/stanch/detectors/rules/";

  private BuiltInRules() {}

  /// Every rule file of the jar, read.
  public static RuleLoader load() {
    var loader = new RuleLoader();
    for (String file : text(INDEX).lines().toList()) {
      loader.load(file, text(file), Rule.Origin.BUILT_IN);
    }
    return loader;
  }

  private static String text(String name) {
    try (InputStream in = BuiltInRules.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
