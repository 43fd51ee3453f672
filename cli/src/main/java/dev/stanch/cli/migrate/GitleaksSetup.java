package dev.stanch.cli.migrate;

import dev.stanch.detectors.rule.Exemption;
import dev.stanch.detectors.rule.GitleaksConfiguration;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A configuration of gitleaks as `stanch.yml`. What that file cannot say keeps the whole
/// configuration where it is: it is read as it is, and one rule must not run twice.
final class GitleaksSetup {
  private static final List<String> FILES = List.of(".gitleaks.toml", "gitleaks.toml");

  private final Migration migration;
  private final Settings settings;

  GitleaksSetup(Migration migration, Settings settings) {
    this.migration = migration;
    this.settings = settings;
  }

  void move() throws IOException {
    for (String name : FILES) {
      String text = migration.text(name).orElse("");
      if (!text.isEmpty()) {
        configuration(name, text);
      }
    }
  }

  private void configuration(String name, String text) throws IOException {
    var read =
        GitleaksConfiguration.read(
            name,
            text,
            Rule.Origin.USER,
            (path, _) -> Files.readString(migration.folder().resolve(path)));
    var obstacles = new ArrayList<String>();
    read.problems().forEach(problem -> obstacles.add(problem.toString()));
    Set<String> required = new HashSet<>();
    for (RuleLoader.Authored one : read.rules()) {
      Rule.Search search = one.rule().search();
      if (search != null) {
        search.required().forEach(needed -> required.add(needed.rule().value()));
      }
    }
    var moved = new Settings();
    for (RuleLoader.Authored one : read.rules()) {
      String obstacle = obstacle(one.rule(), required);
      if (!obstacle.isEmpty()) {
        obstacles.add(name + ":" + one.line() + ": rule '" + one.rule().id() + "' " + obstacle);
      } else {
        add(one.rule(), settings(obstacles, moved));
      }
    }
    for (Exemption exemption : read.exemptions()) {
      allow(exemption, List.copyOf(exemption.rules()), obstacles, moved);
    }
    if (obstacles.isEmpty()) {
      // Once more into the real settings: nothing stands in the way.
      read.rules().forEach(one -> add(one.rule(), settings));
      read.exemptions()
          .forEach(one -> allow(one, List.copyOf(one.rules()), new ArrayList<>(), settings));
      migration.delete(name);
      migration.changed(
          name
              + ": "
              + count(read.rules().size(), "rule")
              + " and the allowlists moved to "
              + Settings.FILE);
    } else {
      migration.changed(
          name
              + " stays: it is read as it is"
              + (name.startsWith(".") ? "" : ", named with --config " + name));
      obstacles.forEach(
          obstacle -> migration.left(obstacle + " (so " + name + " keeps what it says)"));
    }
    if (!read.disabledRules().isEmpty()) {
      migration.left(
          name
              + ": disabledRules "
              + read.disabledRules()
              + " name rules of gitleaks; put ours into 'disabled-rules' of "
              + Settings.FILE
              + " and name the file with --config");
    }
    if (!read.useDefault() && !read.rules().isEmpty()) {
      migration.left(
          name
              + ": runs without the default rules; those of Stanch always run beside "
              + Settings.FILE);
    }
  }

  /// Where to put a rule while it is not known whether all can go.
  private static Settings settings(List<String> obstacles, Settings trial) {
    return obstacles.isEmpty() ? trial : new Settings();
  }

  private static String obstacle(Rule rule, Set<String> required) {
    Rule.Search search = rule.search();
    if (search == null) {
      return "";
    }
    if (rule.pathOnly()) {
      return "looks at paths alone";
    }
    if (!search.path().isEmpty()) {
      return "has a condition on the path";
    }
    if (!search.required().isEmpty() || required.contains(rule.id().value())) {
      return "is part of a composite";
    }
    for (Exemption exemption : search.exemptions()) {
      String why = obstacle(exemption);
      if (!why.isEmpty()) {
        return "has an allowlist that " + why;
      }
    }
    return secretNamed(rule.pattern(), search.group()).isEmpty()
        ? "has a secretGroup that cannot be named"
        : "";
  }

  private static String obstacle(Exemption exemption) {
    if (!exemption.commits().isEmpty()) {
      return "names commits";
    }
    if (exemption.target() != Exemption.Target.SECRET && !exemption.regexes().isEmpty()) {
      return "looks at the " + (exemption.target() == Exemption.Target.LINE ? "line" : "match");
    }
    return "";
  }

  private static void add(Rule rule, Settings to) {
    Rule.Search search = rule.search();
    int group = search == null ? 0 : search.group();
    var fields = new LinkedHashMap<String, String>();
    fields.put("id", rule.id().value());
    fields.put("name", Settings.quoted(rule.name()));
    fields.put("evidence", "structure");
    fields.put("pattern", Settings.quoted(secretNamed(rule.pattern(), group)));
    if (!rule.keywords().isEmpty()) {
      List<String> usable = rule.keywords();
      fields.put("keywords", Settings.list(usable));
    }
    if (rule.entropy() > 0) {
      fields.put("entropy", String.valueOf(rule.entropy()));
    }
    fields.put("severity", "high");
    fields.put("impact", Settings.quoted(rule.impact()));
    to.rule(fields);
    if (search != null) {
      for (Exemption exemption : search.exemptions()) {
        allow(exemption, List.of(rule.id().value()), new ArrayList<>(), to);
      }
    }
  }

  private static void allow(
      Exemption exemption, List<String> rules, List<String> obstacles, Settings to) {
    String why = obstacle(exemption);
    if (!why.isEmpty()) {
      obstacles.add(exemption.source() + ": an allowlist " + why);
      return;
    }
    String reason =
        exemption.reason().isEmpty() ? "allowed by gitleaks" : exemption.reason().strip();
    var kinds = new LinkedHashMap<String, List<String>>();
    kinds.put("path-regexes", exemption.paths());
    kinds.put("regexes", exemption.regexes());
    kinds.put("stopwords", exemption.stopwords());
    if (exemption.condition() == Exemption.Condition.ALL) {
      kinds.put("rules", rules);
      to.allow(reason, kinds);
      return;
    }
    kinds.forEach(
        (kind, texts) -> {
          if (!texts.isEmpty()) {
            to.allow(reason, new LinkedHashMap<>(Map.of(kind, texts, "rules", rules)));
          }
        });
  }

  /// The pattern with its n-th group named `secret`; empty where that group cannot be found.
  static String secretNamed(String pattern, int group) {
    if (group == 0) {
      return pattern;
    }
    int seen = 0;
    boolean inClass = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        if (pattern.startsWith("\\Q", i)) {
          return "";
        }
        i++;
      } else if (inClass) {
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
        if (pattern.startsWith("]", i + 1) || pattern.startsWith("^]", i + 1)) {
          i = pattern.indexOf(']', i);
        }
      } else if (c == '(') {
        boolean named = pattern.startsWith("(?P<", i) || pattern.startsWith("(?<", i);
        if ((named || !pattern.startsWith("(?", i)) && ++seen == group) {
          int rest = named ? pattern.indexOf('>', i) + 1 : i + 1;
          return pattern.substring(0, i) + "(?P<secret>" + pattern.substring(rest);
        }
      }
    }
    return "";
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
