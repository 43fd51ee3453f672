package dev.stanch.detectors.rule;

import com.google.re2j.Pattern;
import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.rule.YamlTree.Items;
import dev.stanch.detectors.rule.YamlTree.Mapping;
import dev.stanch.detectors.rule.YamlTree.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A configuration of gitleaks (TOML), read as it is: rules, allowlists and what it extends. Each
/// mistake becomes a [RuleProblem]; the sound rest is given.
public final class GitleaksConfiguration {
  private static final int DEEPEST = 4;
  private static final int MOST_RULES = 5_000;

  private static final Set<String> DOCUMENT_FIELDS =
      Set.of("title", "description", "minVersion", "extend", "rules", "allowlist", "allowlists");
  private static final Set<String> EXTEND_FIELDS = Set.of("path", "useDefault", "disabledRules");
  private static final Set<String> RULE_FIELDS =
      Set.of(
          "id",
          "description",
          "regex",
          "path",
          "secretGroup",
          "entropy",
          "keywords",
          "tags",
          "allowlist",
          "allowlists",
          "required",
          "skipReport");
  private static final Set<String> ALLOWLIST_FIELDS =
      Set.of(
          "description",
          "condition",
          "regexTarget",
          "paths",
          "commits",
          "regexes",
          "stopwords",
          "targetRules");
  private static final Set<String> LISTS = Set.of("keywords", "tags", "allowlists", "required");

  private final Rule.Origin origin;
  private final Extension extension;
  private final Map<String, Raw> raw = new LinkedHashMap<>();
  private final List<RuleLoader.Authored> rules = new ArrayList<>();
  private final List<Exemption> exemptions = new ArrayList<>();
  private final Set<String> disabled = new LinkedHashSet<>();
  private final List<RuleProblem> problems = new ArrayList<>();
  private final List<RuleProblem> notices = new ArrayList<>();
  private boolean useDefault;
  private int widest;

  /// Gives the text of a file that a configuration extends.
  public interface Extension {
    /// Reads `path` as `from`, the file that names it, means it.
    ///
    /// @throws IOException when it cannot be had; the message says why
    String read(String path, String from) throws IOException;
  }

  private record Raw(Mapping fields, String file) {}

  private GitleaksConfiguration(Rule.Origin origin, Extension extension) {
    this.origin = origin;
    this.extension = extension;
  }

  /// Reads a configuration that messages call `name`.
  public static GitleaksConfiguration read(
      String name, String text, Rule.Origin origin, Extension extension) {
    var configuration = new GitleaksConfiguration(origin, extension);
    configuration.document(name, text, 0);
    if (configuration.raw.size() > MOST_RULES) {
      configuration.problem(name, 1, "more than " + MOST_RULES + " rules");
    } else {
      configuration.raw.forEach(configuration::rule);
    }
    configuration.checkRequired();
    configuration.tellCost(name);
    return configuration;
  }

  /// The sound rules.
  public List<RuleLoader.Authored> rules() {
    return List.copyOf(rules);
  }

  /// The allowlists that speak of all rules, or of rules that are not in the configuration.
  public List<Exemption> exemptions() {
    return List.copyOf(exemptions);
  }

  /// The rules of the default set that are switched off.
  public Set<String> disabledRules() {
    return Set.copyOf(disabled);
  }

  /// Whether it builds on a default set of rules.
  public boolean useDefault() {
    return useDefault;
  }

  /// The mistakes.
  public List<RuleProblem> problems() {
    return List.copyOf(problems);
  }

  /// What its author should know that is no mistake.
  public List<RuleProblem> notices() {
    return List.copyOf(notices);
  }

  private void document(String file, String text, int depth) {
    Mapping document;
    try {
      document = TomlTree.parse(text);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      int colon = message.indexOf(": ");
      problem(file, Integer.parseInt(message.substring(5, colon)), message.substring(colon + 2));
      return;
    }
    known(document, DOCUMENT_FIELDS, file);
    if (document.fields().get("extend") instanceof Mapping extend) {
      extend(extend, file, depth);
    }
    for (Mapping fields : mappings(document, "rules")) {
      String id = text(fields, "id");
      if (id.isEmpty()) {
        problem(file, fields.line(), "a rule without an 'id'");
      } else {
        raw.merge(id, new Raw(fields, file), GitleaksConfiguration::merged);
      }
    }
    for (Mapping fields : allowlists(document)) {
      Exemption exemption = exemption(fields, file);
      if (exemption != null) {
        exemptions.add(exemption);
      }
    }
  }

  private void extend(Mapping extend, String file, int depth) {
    known(extend, EXTEND_FIELDS, file);
    useDefault |= text(extend, "useDefault").equals("true");
    String path = text(extend, "path");
    if (!path.isEmpty()) {
      int line = line(extend, "path");
      if (depth == DEEPEST) {
        problem(file, line, "extends too deeply");
      } else {
        try {
          document(path, extension.read(path, file), depth + 1);
        } catch (IOException e) {
          problem(file, line, "cannot extend " + path + ": " + e.getMessage());
        }
      }
    }
    for (String id : texts(extend, "disabledRules")) {
      if (raw.remove(id) == null) {
        disabled.add(id);
      }
    }
  }

  /// A rule that is written again changes what the earlier one says, and adds to its lists.
  private static Raw merged(Raw earlier, Raw later) {
    var fields = new LinkedHashMap<>(earlier.fields().fields());
    later
        .fields()
        .fields()
        .forEach(
            (name, value) ->
                fields.merge(
                    name,
                    value,
                    (before, now) ->
                        LISTS.contains(name)
                                && before instanceof Items one
                                && now instanceof Items other
                            ? new Items(
                                Stream.concat(one.items().stream(), other.items().stream())
                                    .toList(),
                                other.line())
                            : now));
    return new Raw(new Mapping(fields, later.fields().line()), later.file());
  }

  private void rule(String id, Raw written) {
    Mapping fields = written.fields();
    String file = written.file();
    int before = problems.size();
    known(fields, RULE_FIELDS, file);
    String regex = text(fields, "regex");
    String path = text(fields, "path");
    List<Exemption> own = new ArrayList<>();
    for (Mapping one : allowlists(fields)) {
      Exemption exemption = exemption(one, file);
      if (exemption != null) {
        own.add(exemption);
      }
    }
    if (regex.isEmpty() && path.isEmpty()) {
      refinement(id, own, fields, file);
      return;
    }
    if (own.size() > 16) {
      problem(file, fields.line(), "rule '" + id + "' has more than 16 allowlists");
    }
    Pattern compiled = regex.isEmpty() ? null : pattern(regex, file, line(fields, "regex"));
    if (!path.isEmpty()) {
      pattern(path, file, line(fields, "path"));
    }
    int group = (int) number(fields, "secretGroup", file, 0, 1000);
    if (compiled != null && group > compiled.groupCount()) {
      problem(
          file,
          line(fields, "secretGroup"),
          "secretGroup " + group + ", but the regex has " + compiled.groupCount() + " groups");
    }
    List<Rule.Requirement> required = required(fields, file);
    double entropy = number(fields, "entropy", file, 0, 8);
    List<String> keywords = texts(fields, "keywords");
    if (keywords.size() > 255) {
      problem(file, line(fields, "keywords"), "more than 255 keywords");
    }
    if (problems.size() > before) {
      return;
    }
    widest = Math.max(widest, compiled == null ? 0 : compiled.programSize());
    var purpose =
        text(fields, "skipReport").equals("true") ? Rule.Purpose.SUPPORTS : Rule.Purpose.FINDS;
    String name = text(fields, "description");
    rules.add(
        new RuleLoader.Authored(
            new Rule(
                new RuleId(ruleId(id)),
                ruleId(id).equals(id) ? List.of() : List.of(new RuleId(id)),
                name.isEmpty() ? id : name.strip(),
                ProviderId.GENERIC,
                "",
                Evidence.STRUCTURE,
                regex,
                keywords,
                null,
                entropy,
                null,
                null,
                List.of(),
                0.9,
                Severity.HIGH,
                "What the rule's author had in mind.",
                origin,
                new Rule.Search(path, group, own, required, purpose)),
            file,
            fields.line(),
            List.of(),
            List.of()));
  }

  /// The id as ours are written.
  static String ruleId(String id) {
    String plain = id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    plain = plain.replaceAll("^-|-$", "");
    return plain.isEmpty() ? "rule" : plain;
  }

  /// A rule without a pattern speaks of one of the default set: what it allows counts there.
  private void refinement(String id, List<Exemption> own, Mapping fields, String file) {
    if (own.isEmpty()) {
      problem(file, fields.line(), "rule '" + id + "' has neither 'regex' nor 'path'");
      return;
    }
    own.forEach(exemption -> exemptions.add(exemption.of(Set.of(id))));
    notices.add(
        new RuleProblem(
            file,
            fields.line(),
            "the allowlists of '"
                + id
                + "' count for a built-in rule of that name, if there is one"));
  }

  private List<Rule.Requirement> required(Mapping fields, String file) {
    var required = new ArrayList<Rule.Requirement>();
    for (Mapping one : mappings(fields, "required")) {
      known(one, Set.of("id", "withinLines", "withinColumns"), file);
      String id = text(one, "id");
      if (id.isEmpty()) {
        problem(file, one.line(), "a required rule without an 'id'");
      } else {
        required.add(
            new Rule.Requirement(
                new RuleId(ruleId(id)),
                within(one, "withinLines", file),
                within(one, "withinColumns", file)));
      }
    }
    return required;
  }

  private int within(Mapping fields, String field, String file) {
    return fields.fields().containsKey(field) ? (int) number(fields, field, file, 0, 1e9) : -1;
  }

  private void checkRequired() {
    var ids = new HashSet<String>();
    rules.forEach(one -> ids.add(one.rule().id().value()));
    rules.removeIf(
        one -> {
          Rule.Search search = one.rule().search();
          for (Rule.Requirement needed :
              search == null ? List.<Rule.Requirement>of() : search.required()) {
            if (!ids.contains(needed.rule().value())) {
              problem(
                  one.file(),
                  one.line(),
                  "rule '"
                      + one.rule().id()
                      + "' requires '"
                      + needed.rule()
                      + "', which is not in this configuration");
              return true;
            }
          }
          return false;
        });
  }

  private void tellCost(String file) {
    List<Rule> searching =
        rules.stream().map(RuleLoader.Authored::rule).filter(rule -> !rule.pathOnly()).toList();
    if (!searching.isEmpty()) {
      List<String> everywhere =
          searching.stream()
              .filter(rule -> !RuleTables.sought(rule))
              .map(rule -> rule.id().value())
              .toList();
      notices.add(
          new RuleProblem(
              file,
              1,
              searching.size()
                  + (searching.size() == 1 ? " rule searches" : " rules search")
                  + " every version of a file whole where one of its keywords stands"
                  + (everywhere.isEmpty()
                      ? ""
                      : ", "
                          + everywhere.size()
                          + " in every file for want of keywords ("
                          + String.join(", ", everywhere.subList(0, Math.min(5, everywhere.size())))
                          + (everywhere.size() > 5 ? ", …" : "")
                          + ")")
                  + ": up to "
                  + widest
                  + " steps a byte and rule"));
    }
    List<String> paths =
        rules.stream()
            .map(RuleLoader.Authored::rule)
            .filter(Rule::pathOnly)
            .map(rule -> rule.id().value())
            .toList();
    if (!paths.isEmpty()) {
      notices.add(
          new RuleProblem(
              file,
              1,
              "rules of paths alone ("
                  + String.join(", ", paths)
                  + ") make the scan of a history attribute every file"));
    }
  }

  private @Nullable Exemption exemption(Mapping fields, String file) {
    int before = problems.size();
    known(fields, ALLOWLIST_FIELDS, file);
    Exemption.Condition condition =
        switch (text(fields, "condition").toUpperCase(Locale.ROOT)) {
          case "", "OR", "||" -> Exemption.Condition.ANY;
          case "AND", "&&" -> Exemption.Condition.ALL;
          case String other -> {
            problem(
                file, line(fields, "condition"), "condition '" + other + "' is neither AND nor OR");
            yield Exemption.Condition.ANY;
          }
        };
    Exemption.Target target =
        switch (text(fields, "regexTarget").toLowerCase(Locale.ROOT)) {
          case "", "secret" -> Exemption.Target.SECRET;
          case "match" -> Exemption.Target.MATCH;
          case "line" -> Exemption.Target.LINE;
          case String other -> {
            problem(
                file,
                line(fields, "regexTarget"),
                "regexTarget '" + other + "' is none of secret, match and line");
            yield Exemption.Target.SECRET;
          }
        };
    List<String> paths = texts(fields, "paths");
    List<String> regexes = texts(fields, "regexes");
    paths.forEach(pattern -> pattern(pattern, file, line(fields, "paths")));
    regexes.forEach(pattern -> pattern(pattern, file, line(fields, "regexes")));
    if (problems.size() > before) {
      return null;
    }
    try {
      return new Exemption(
          file + ":" + fields.line(),
          text(fields, "description"),
          condition,
          target,
          Set.copyOf(
              texts(fields, "targetRules").stream().map(GitleaksConfiguration::ruleId).toList()),
          paths,
          Set.copyOf(texts(fields, "commits")),
          regexes,
          texts(fields, "stopwords"));
    } catch (IllegalArgumentException e) {
      problem(file, fields.line(), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable Pattern pattern(String text, String file, int line) {
    try {
      return LinearPattern.compile(text, origin);
    } catch (LinearPattern.UnusableException e) {
      problem(file, line, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static List<Mapping> allowlists(Mapping fields) {
    var lists = new ArrayList<Mapping>();
    if (fields.fields().get("allowlist") instanceof Mapping one) {
      lists.add(one);
    }
    lists.addAll(mappings(fields, "allowlist"));
    lists.addAll(mappings(fields, "allowlists"));
    return lists;
  }

  private static List<Mapping> mappings(Mapping fields, String field) {
    var mappings = new ArrayList<Mapping>();
    if (fields.fields().get(field) instanceof Items items) {
      for (YamlTree item : items.items()) {
        if (item instanceof Mapping mapping) {
          mappings.add(mapping);
        }
      }
    }
    return mappings;
  }

  private static String text(Mapping fields, String field) {
    return fields.fields().get(field) instanceof Scalar scalar ? scalar.text() : "";
  }

  private static List<String> texts(Mapping fields, String field) {
    return fields.fields().get(field) instanceof Items items
        ? items.items().stream()
            .filter(Scalar.class::isInstance)
            .map(item -> ((Scalar) item).text())
            .filter(text -> !text.isEmpty())
            .toList()
        : List.of();
  }

  private double number(Mapping fields, String field, String file, double least, double most) {
    String text = text(fields, field);
    if (text.isEmpty()) {
      return 0;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // falls through to the problem
    }
    problem(file, line(fields, field), "'" + field + "' cannot be '" + text + "'");
    return 0;
  }

  private void known(Mapping fields, Set<String> names, String file) {
    fields
        .fields()
        .forEach(
            (name, value) -> {
              if (!names.contains(name)) {
                notices.add(
                    new RuleProblem(
                        file, value.line(), "unknown field '" + name + "' is passed over"));
              }
            });
  }

  private static int line(Mapping fields, String field) {
    YamlTree value = fields.fields().get(field);
    return value == null ? fields.line() : value.line();
  }

  private void problem(String file, int line, String message) {
    problems.add(new RuleProblem(file, line, message));
  }
}
