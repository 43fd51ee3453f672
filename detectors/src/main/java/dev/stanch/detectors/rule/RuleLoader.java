package dev.stanch.detectors.rule;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.rule.YamlTree.Items;
import dev.stanch.detectors.rule.YamlTree.Mapping;
import dev.stanch.detectors.rule.YamlTree.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads rule files. Every mistake becomes a [RuleProblem]; a file with mistakes still gives its
/// sound rules.
public final class RuleLoader {
  private static final Set<String> FILE_FIELDS = Set.of("provider", "name", "url", "rules");
  private static final Set<String> RULE_FIELDS =
      Set.of(
          "id",
          "aliases",
          "name",
          "provider",
          "url",
          "evidence",
          "pattern",
          "keywords",
          "near",
          "entropy",
          "checksum",
          "parser",
          "parts",
          "confidence",
          "severity",
          "impact",
          "match",
          "ignore");
  private static final String KEBAB = "[a-z0-9]++(?:-[a-z0-9]++)*+";
  static final int SHORTEST_KEYWORD = 3;

  private final List<Authored> rules = new ArrayList<>();
  private final List<RuleProblem> problems = new ArrayList<>();
  private final List<RuleProblem> notices = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>();
  private String file = "";

  /// An empty loader; [#load] adds to it.
  public RuleLoader() {}

  /// A rule with its examples and its place.
  public record Authored(
      Rule rule, String file, int line, List<ExampleTemplate> match, List<ExampleTemplate> ignore) {
    public Authored {
      match = List.copyOf(match);
      ignore = List.copyOf(ignore);
    }
  }

  /// The sound rules read so far.
  public List<Authored> rules() {
    return List.copyOf(rules);
  }

  /// The mistakes found so far.
  public List<RuleProblem> problems() {
    return List.copyOf(problems);
  }

  /// What an author should know that is no mistake: rules that cost more than others.
  public List<RuleProblem> notices() {
    return List.copyOf(notices);
  }

  /// Reads one file.
  public void load(String fileName, String text, Rule.Origin origin) {
    this.file = fileName;
    try {
      if (YamlTree.parse(text) instanceof Mapping mapping) {
        document(mapping, origin);
      } else {
        problem(1, "a rule file is a mapping with 'provider' and 'rules'");
      }
    } catch (IOException e) {
      problems.add(YamlTree.problem(file, e));
    }
  }

  /// Reads the `rules` of a configuration file, beside which other things stand.
  public void loadConfiguration(String fileName, String text, Rule.Origin origin) {
    this.file = fileName;
    try {
      if (YamlTree.parse(text) instanceof Mapping mapping
          && mapping.fields().get("rules") instanceof Items items) {
        rules(items, text(mapping, "provider", "generic"), "", origin);
      }
    } catch (IOException e) {
      problems.add(YamlTree.problem(file, e));
    }
  }

  private void document(Mapping document, Rule.Origin origin) {
    unknown(document, FILE_FIELDS);
    String provider = text(document, "provider", "");
    if (provider.isEmpty()) {
      problem(document.line(), "no 'provider'");
      provider = "generic";
    }
    String url = text(document, "url", "");
    switch (document.fields().get("rules")) {
      case Items items -> rules(items, provider, url, origin);
      case null, default -> problem(document.line(), "no list of 'rules'");
    }
  }

  private void rules(Items items, String provider, String url, Rule.Origin origin) {
    for (YamlTree item : items.items()) {
      if (item instanceof Mapping mapping) {
        rule(mapping, provider, url, origin);
      } else {
        problem(item.line(), "a rule is a mapping");
      }
    }
  }

  private void rule(Mapping fields, String fileProvider, String url, Rule.Origin origin) {
    int before = problems.size();
    unknown(fields, RULE_FIELDS);
    String id = text(fields, "id", "");
    if (!id.matches(KEBAB)) {
      problem(fields.line(), "rule id '" + id + "' is not kebab case");
    } else {
      String known = places.putIfAbsent(id, file + ":" + fields.line());
      if (known != null) {
        problem(fields.line(), "rule id '" + id + "' stands already at " + known);
      }
    }
    String provider = text(fields, "provider", fileProvider);
    if (!provider.matches(KEBAB)) {
      problem(
          line(fields, "provider"),
          "provider '" + provider + "' is not lower case, digits and hyphens");
      provider = "generic";
    }
    Evidence evidence =
        oneOf(fields, "evidence", Evidence.values(), Evidence::label, Evidence.PREFIX);
    Severity severity =
        oneOf(fields, "severity", Severity.values(), Severity::label, Severity.HIGH);
    String pattern = evidence == Evidence.GENERIC ? "" : needed(fields, "pattern");
    String name = needed(fields, "name");
    String impact = needed(fields, "impact");
    List<String> keywords = texts(fields, "keywords");
    if (keywords.isEmpty() && origin == Rule.Origin.BUILT_IN && evidence != Evidence.GENERIC) {
      problem(line(fields, "keywords"), "no keywords");
    }
    for (String keyword : keywords) {
      if (keyword.length() < SHORTEST_KEYWORD
          || keyword.length() > RuleTables.LONGEST_KEYWORD
          || !keyword.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
        problem(
            line(fields, "keywords"),
            "keyword '" + keyword + "' is not 3 to 64 printable ASCII characters");
      }
    }
    for (String alias : texts(fields, "aliases")) {
      if (!alias.matches(KEBAB)) {
        problem(line(fields, "aliases"), "alias '" + alias + "' is not kebab case");
      }
    }
    boolean asksNear = fields.fields().containsKey("near");
    Rule.Near near =
        evidence == Evidence.CONTEXT || evidence == Evidence.CHECKSUM && asksNear
            ? near(fields)
            : null;
    if (near == null && asksNear) {
      problem(line(fields, "near"), "'near' goes with evidence 'context' or 'checksum' only");
    }
    String checksum = optional(fields, "checksum");
    if (checksum != null && Checksum.named(checksum).isEmpty()) {
      problem(line(fields, "checksum"), "no checksum '" + checksum + "'");
    }
    if (evidence == Evidence.CHECKSUM && checksum == null) {
      problem(fields.line(), "evidence 'checksum' without a 'checksum'");
    }
    checkPattern(fields, pattern, keywords, evidence, near, origin);
    if (problems.size() > before
        && problems.stream().skip(before).anyMatch(p -> p.file().equals(file))) {
      return;
    }
    List<ExampleTemplate> match =
        texts(fields, "match").stream().map(ExampleTemplate::new).toList();
    List<ExampleTemplate> ignore =
        texts(fields, "ignore").stream().map(ExampleTemplate::new).toList();
    if (origin == Rule.Origin.BUILT_IN && (match.size() < 2 || ignore.size() < 2)) {
      problem(fields.line(), "rule '" + id + "' needs two 'match' and two 'ignore' examples");
    }
    double entropy = number(fields, "entropy", 0, 8, 0);
    double confidence = number(fields, "confidence", 0, 1, Rule.defaultConfidence(evidence));
    List<Rule.Companion> parts = parts(fields);
    if (problems.size() > before) {
      return;
    }
    var rule =
        new Rule(
            new RuleId(id),
            texts(fields, "aliases").stream().map(RuleId::new).toList(),
            name,
            new ProviderId(provider),
            text(fields, "url", url),
            evidence,
            pattern,
            keywords,
            near,
            entropy,
            checksum,
            optional(fields, "parser"),
            parts,
            confidence,
            severity,
            impact,
            origin,
            null);
    Rule runs = origin == Rule.Origin.BUILT_IN ? rule : runnable(rule, fields);
    if (problems.size() == before) {
      rules.add(new Authored(runs, file, fields.line(), match, ignore));
    }
  }

  /// The rule as the engine can run it: at its keywords, else over whole texts.
  private Rule runnable(Rule rule, Mapping fields) {
    String reason;
    try {
      if (rule.keywords().isEmpty()) {
        reason = "no keywords";
      } else {
        var shape = PatternShape.of(rule.evidence() == Evidence.GENERIC ? "(x)" : rule.pattern());
        if (rule.evidence() == Evidence.PREFIX
            || rule.evidence() == Evidence.CHECKSUM && rule.near() == null
            || rule.evidence() == Evidence.STRUCTURE) {
          shape.anchors(rule.keywords());
        }
        return rule;
      }
    } catch (NotOfTheDialect e) {
      reason = String.valueOf(e.getMessage());
    }
    if (!rule.parts().isEmpty()) {
      problem(
          line(fields, "pattern"),
          reason
              + " (a rule with 'parts' needs the dialect of RULE-FORMAT.md: bound its repetitions,"
              + " or leave 'parts' out)");
      return rule;
    }
    try {
      int steps = LinearPattern.compile(rule.pattern(), rule.origin()).programSize();
      notices.add(
          new RuleProblem(
              file,
              line(fields, "pattern"),
              "rule '" + rule.id() + "' " + cost(rule, steps) + ": " + reason));
    } catch (LinearPattern.UnusableException e) {
      problem(line(fields, "pattern"), String.valueOf(e.getMessage()));
    }
    return rule.searching(Rule.Search.PLAIN);
  }

  /// What a searching rule costs, in words.
  static String cost(Rule rule, int steps) {
    return "searches "
        + (RuleTables.sought(rule) ? "every whole text that holds a keyword" : "every text whole")
        + " (up to "
        + steps
        + " steps a byte), also in histories";
  }

  private void checkPattern(
      Mapping fields,
      String pattern,
      List<String> keywords,
      Evidence evidence,
      Rule.@Nullable Near near,
      Rule.Origin origin) {
    if (evidence == Evidence.GENERIC) {
      if (fields.fields().containsKey("pattern")) {
        problem(
            line(fields, "pattern"), "evidence 'generic' reads assignments and has no 'pattern'");
      }
      return;
    }
    if (pattern.isEmpty() || origin != Rule.Origin.BUILT_IN) {
      return;
    }
    try {
      var shape = PatternShape.of(pattern);
      shape.groupNames().forEach(name -> shown(fields, name));
      if (near == null) {
        shape.anchors(keywords);
      }
    } catch (NotOfTheDialect e) {
      problem(line(fields, "pattern"), String.valueOf(e.getMessage()));
    }
  }

  /// Parts stand in reports: a name that speaks of a secret is refused, but for `secret` itself,
  /// which becomes the token.
  private void shown(Mapping fields, String part) {
    if (!part.equals("secret") && part.matches(".*(?:secret|key|token|password|cookie).*")) {
      problem(
          fields.line(),
          "part '" + part + "' would be shown in reports; only 'secret' may hold a secret");
    }
  }

  private Rule.Near near(Mapping fields) {
    if (!(fields.fields().get("near") instanceof Mapping near)) {
      return Rule.Near.DEFAULT;
    }
    unknown(near, Set.of("after", "before", "lines"));
    return new Rule.Near(
        (int)
            number(
                near,
                "after",
                0,
                1024,
                near.fields().containsKey("before") ? 0 : Rule.Near.DEFAULT.after()),
        (int) number(near, "before", 0, 1024, 0),
        (int) number(near, "lines", 0, 20, 0));
  }

  private List<Rule.Companion> parts(Mapping fields) {
    var parts = new ArrayList<Rule.Companion>();
    if (fields.fields().get("parts") instanceof Items items) {
      for (YamlTree item : items.items()) {
        if (item instanceof Mapping part) {
          unknown(part, Set.of("name", "pattern", "lines", "required"));
          String pattern = needed(part, "pattern");
          shown(part, needed(part, "name"));
          try {
            PatternShape.of(pattern);
          } catch (NotOfTheDialect e) {
            problem(line(part, "pattern"), String.valueOf(e.getMessage()));
          }
          parts.add(
              new Rule.Companion(
                  needed(part, "name"),
                  pattern,
                  (int) number(part, "lines", 0, 50, 5),
                  text(part, "required", "false").equals("true")));
        } else {
          problem(item.line(), "a part is a mapping with 'name' and 'pattern'");
        }
      }
    }
    return parts;
  }

  private <T> T oneOf(
      Mapping fields, String field, T[] values, Function<T, String> label, T otherwise) {
    String text = needed(fields, field);
    for (T value : values) {
      if (label.apply(value).equals(text)) {
        return value;
      }
    }
    if (!text.isEmpty()) {
      problem(line(fields, field), "'" + field + "' cannot be '" + text + "'");
    }
    return otherwise;
  }

  private String needed(Mapping fields, String field) {
    String text = text(fields, field, "");
    if (text.isEmpty()) {
      problem(fields.line(), "no '" + field + "'");
    }
    return text;
  }

  private @Nullable String optional(Mapping fields, String field) {
    String text = text(fields, field, "");
    return text.isEmpty() ? null : text;
  }

  private String text(Mapping fields, String field, String otherwise) {
    // No switch here and below: linking one takes a hook that reads a configuration ten
    // milliseconds.
    YamlTree value = fields.fields().get(field);
    if (value instanceof Scalar scalar) {
      return scalar.text();
    }
    if (value != null) {
      problem(value.line(), "'" + field + "' is one text");
    }
    return otherwise;
  }

  private List<String> texts(Mapping fields, String field) {
    YamlTree value = fields.fields().get(field);
    if (value instanceof Mapping) {
      problem(value.line(), "'" + field + "' is a list of texts");
    }
    var texts = new ArrayList<String>();
    if (value instanceof Scalar scalar) {
      texts.add(scalar.text());
    } else if (value instanceof Items items) {
      for (YamlTree item : items.items()) {
        if (item instanceof Scalar scalar) {
          texts.add(scalar.text());
        } else {
          problem(item.line(), "'" + field + "' is a list of texts");
        }
      }
    }
    return texts;
  }

  private double number(Mapping fields, String field, double least, double most, double otherwise) {
    String text = text(fields, field, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // falls through to the problem
    }
    problem(line(fields, field), "'" + field + "' is a number from " + least + " to " + most);
    return otherwise;
  }

  private void unknown(Mapping fields, Set<String> known) {
    fields
        .fields()
        .forEach(
            (name, value) -> {
              if (!known.contains(name)) {
                problem(value.line(), "unknown field '" + name + "'");
              }
            });
  }

  private static int line(Mapping fields, String field) {
    YamlTree value = fields.fields().get(field);
    return value == null ? fields.line() : value.line();
  }

  private void problem(int line, String message) {
    problems.add(new RuleProblem(file, line, message));
  }
}
