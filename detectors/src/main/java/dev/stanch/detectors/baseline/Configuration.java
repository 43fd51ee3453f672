package dev.stanch.detectors.baseline;

import com.google.re2j.Pattern;
import dev.stanch.detectors.rule.LinearPattern;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleProblem;
import dev.stanch.detectors.rule.YamlTree;
import dev.stanch.detectors.rule.YamlTree.Items;
import dev.stanch.detectors.rule.YamlTree.Mapping;
import dev.stanch.detectors.rule.YamlTree.Scalar;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a `stanch.yml` says: allowlists, the least confidence, rules switched off, rules of its own
/// (read by the rule loader).
///
/// @param hasRules whether it holds `rules`
public record Configuration(
    List<Allowlist> allowlists,
    OptionalDouble minConfidence,
    List<String> disabledRules,
    boolean hasRules,
    List<RuleProblem> problems) {
  private static final Set<String> FIELDS =
      Set.of("allow", "min-confidence", "disabled-rules", "rules", "provider");
  private static final Set<String> SETTINGS = Set.of("allow", "min-confidence", "disabled-rules");
  private static final Set<String> ALLOW_FIELDS =
      Set.of(
          "reason", "owner", "expires", "paths", "path-regexes", "rules", "stopwords", "regexes");
  private static final int LONGEST_PATTERN = 4096;

  public Configuration {
    allowlists = List.copyOf(allowlists);
    disabledRules = List.copyOf(disabledRules);
    problems = List.copyOf(problems);
  }

  /// One that says nothing. Costs no parser, because a hook mostly has this one.
  public static Configuration none() {
    return new Configuration(List.of(), OptionalDouble.empty(), List.of(), false, List.of());
  }

  /// Reads a file that messages call `name`. Mistakes are listed, all of them.
  public static Configuration parse(String text, String name) {
    return new Reader(name).read(text);
  }

  /// Whether a text is a configuration and not a rule file.
  public static boolean isOne(String text) {
    try {
      return YamlTree.parse(text) instanceof Mapping document
          && (!document.fields().containsKey("provider")
              || SETTINGS.stream().anyMatch(document.fields()::containsKey));
    } catch (IOException _) {
      return false; // whoever reads it says what is wrong
    }
  }

  private static final class Reader {
    private final String name;
    private final List<RuleProblem> problems = new ArrayList<>();

    Reader(String name) {
      this.name = name;
    }

    Configuration read(String text) {
      var allowlists = new ArrayList<Allowlist>();
      OptionalDouble least = OptionalDouble.empty();
      List<String> disabled = List.of();
      boolean rules = false;
      try {
        if (YamlTree.parse(text) instanceof Mapping document) {
          known(document, FIELDS);
          if (document.fields().get("allow") instanceof Items items) {
            for (YamlTree item : items.items()) {
              Allowlist list = item instanceof Mapping mapping ? allowlist(mapping) : null;
              if (list != null) {
                allowlists.add(list);
              } else if (!(item instanceof Mapping)) {
                problem(item.line(), "an allowlist is a mapping with a 'reason'");
              }
            }
          }
          least = number(document);
          disabled = texts(document, "disabled-rules");
          rules = document.fields().containsKey("rules");
        } else {
          problem(1, "a configuration is a mapping");
        }
      } catch (IOException e) {
        problems.add(YamlTree.problem(name, e));
      }
      return new Configuration(allowlists, least, disabled, rules, problems);
    }

    private OptionalDouble number(Mapping document) {
      if (document.fields().get("min-confidence") instanceof Scalar scalar) {
        try {
          double value = Double.parseDouble(scalar.text());
          if (value >= 0 && value <= 1) {
            return OptionalDouble.of(value);
          }
        } catch (NumberFormatException _) {
          // falls through to the problem
        }
        problem(scalar.line(), "'min-confidence' is a number from 0 to 1");
      }
      return OptionalDouble.empty();
    }

    private @Nullable Allowlist allowlist(Mapping fields) {
      int before = problems.size();
      known(fields, ALLOW_FIELDS);
      String reason = text(fields, "reason");
      if (reason.isEmpty()) {
        problem(fields.line(), "an allowlist needs a 'reason'");
      }
      LocalDate expires = null;
      String date = text(fields, "expires");
      if (!date.isEmpty()) {
        try {
          expires = LocalDate.parse(date);
        } catch (DateTimeException _) {
          problem(fields.line(), "'expires' is a date such as 2027-01-31");
        }
      }
      List<Pattern> paths = new ArrayList<>(patterns(fields, "paths", Allowlist::glob));
      paths.addAll(patterns(fields, "path-regexes", Allowlist::somewhere));
      List<Pattern> regexes =
          patterns(fields, "regexes", text -> LinearPattern.compile(text, Rule.Origin.USER));
      if (problems.size() > before) {
        return null;
      }
      String owner = text(fields, "owner");
      try {
        return new Allowlist(
            name + ":" + fields.line(),
            owner.isEmpty() ? reason : reason + " (" + owner + ")",
            paths,
            texts(fields, "rules"),
            texts(fields, "stopwords"),
            regexes,
            expires);
      } catch (IllegalArgumentException e) {
        problem(fields.line(), String.valueOf(e.getMessage()));
        return null;
      }
    }

    private interface Compiler {
      Pattern compile(String text) throws LinearPattern.UnusableException;
    }

    private List<Pattern> patterns(Mapping fields, String field, Compiler compiler) {
      var patterns = new ArrayList<Pattern>();
      for (String text : texts(fields, field)) {
        try {
          if (text.length() > LONGEST_PATTERN) {
            problem(fields.line(), "a pattern in '" + field + "' is too long");
          } else {
            patterns.add(compiler.compile(text));
          }
        } catch (LinearPattern.UnusableException e) {
          problem(fields.line(), "in '" + field + "': " + e.getMessage());
        }
      }
      return patterns;
    }

    private List<String> texts(Mapping fields, String field) {
      // No switch: linking one takes a hook ten milliseconds.
      YamlTree value = fields.fields().get(field);
      if (value instanceof Mapping) {
        problem(value.line(), "'" + field + "' is a list of texts");
      }
      var texts = new ArrayList<String>();
      if (value instanceof Scalar scalar) {
        texts.add(scalar.text());
      } else if (value instanceof Items items) {
        for (YamlTree item : items.items()) {
          if (item instanceof Scalar scalar && !scalar.text().isEmpty()) {
            texts.add(scalar.text());
          } else {
            problem(item.line(), "'" + field + "' is a list of texts");
          }
        }
      }
      return texts;
    }

    private static String text(Mapping fields, String field) {
      return fields.fields().get(field) instanceof Scalar scalar ? scalar.text() : "";
    }

    private void known(Mapping fields, Set<String> names) {
      fields
          .fields()
          .forEach(
              (field, value) -> {
                if (!names.contains(field)) {
                  problem(value.line(), "unknown field '" + field + "'");
                }
              });
    }

    private void problem(int line, String message) {
      problems.add(new RuleProblem(name, line, message));
    }
  }
}
