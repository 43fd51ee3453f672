package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.BuiltInRules;
import dev.stanch.detectors.rule.GitleaksConfiguration;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleLoader;
import dev.stanch.detectors.rule.RuleTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Rules that search whole texts, beside the built-in ones.
final class SearchSamples {
  private SearchSamples() {}

  static Detector detector() {
    return detector(
        BuiltInRules.load().rules(),
        """
        [[rules]]
        id = "loop"
        regex = '(?m)^for \\(int i = 0; i < (\\d+);.*$'
        keywords = ["for ("]

        [[rules]]
        id = "anywhere"
        regex = '[Tt]oken\\W+(\\w{8,})'
        entropy = 2.5
        [[rules.allowlists]]
        regexTarget = "line"
        regexes = ["[{]"]

        [[rules]]
        id = "far"
        regex = '(?s)key.{0,400}?([a-f0-9]{32,})'
        keywords = ["key"]
        [[rules.required]]
        id = "loop"
        withinLines = 4
        """);
  }

  static Detector detector(String toml) {
    return detector(List.of(), toml);
  }

  private static Detector detector(List<RuleLoader.Authored> others, String toml) {
    var read =
        GitleaksConfiguration.read(
            "sample.toml",
            toml,
            Rule.Origin.USER,
            (path, _) -> {
              throw new IOException(path);
            });
    if (!read.problems().isEmpty()) {
      throw new IllegalArgumentException(read.problems().toString());
    }
    var rules = new ArrayList<Rule>();
    others.forEach(one -> rules.add(one.rule()));
    read.rules().forEach(one -> rules.add(one.rule()));
    return new Detector(RuleTables.of(rules), read.exemptions());
  }
}
