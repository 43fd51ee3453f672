package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.rule.BuiltInRules;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleLoader;
import dev.stanch.detectors.rule.RuleProblem;
import dev.stanch.detectors.rule.RuleTables;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The built-in rules, alone or joined by the user's own files.
public final class RuleSets {
  private final Path folder;
  private final Messages messages;

  RuleSets(Path folder, Messages messages) {
    this.folder = requireNonNull(folder, "folder");
    this.messages = requireNonNull(messages, "messages");
  }

  /// Rules as they were written, what is wrong with them, and the tables of the sound ones.
  public record Written(
      List<RuleLoader.Authored> rules, List<RuleProblem> problems, RuleTables tables) {
    public Written {
      rules = List.copyOf(rules);
      problems = List.copyOf(problems);
      requireNonNull(tables, "tables");
    }
  }

  /// Reads the built-in rules and `files` with their examples: slower than [#tables].
  public Written written(List<Path> files) throws UserFault {
    RuleLoader loader = BuiltInRules.load();
    for (Path file : files) {
      loader.load(file.toString(), read(file), Rule.Origin.USER);
    }
    var sound = new ArrayList<RuleLoader.Authored>();
    var problems = new ArrayList<RuleProblem>(loader.problems());
    for (RuleLoader.Authored authored : loader.rules()) {
      try {
        if (authored.rule().origin() != Rule.Origin.BUILT_IN) {
          RuleTables.of(List.of(authored.rule())); // says alone what it would say among all
        }
        sound.add(authored);
      } catch (IllegalArgumentException e) {
        problems.add(
            new RuleProblem(authored.file(), authored.line(), String.valueOf(e.getMessage())));
      }
    }
    return new Written(
        sound, problems, RuleTables.of(sound.stream().map(RuleLoader.Authored::rule).toList()));
  }

  /// Rules inside a configuration file.
  ///
  /// @param name how messages call the file
  public record Configured(String name, String text, Rule.Origin origin) {
    public Configured {
      requireNonNull(name, "name");
      requireNonNull(text, "text");
      requireNonNull(origin, "origin");
    }
  }

  /// The rules ready to run, with those of configurations and without the `disabled` ones. A
  /// mistake in a file that the caller named is a fault; in one that came with the scanned tree it
  /// costs that rule.
  public RuleTables tables(List<Path> files, List<Configured> configured, Set<String> disabled)
      throws UserFault {
    RuleTables named = tables(files);
    if (configured.isEmpty() && disabled.isEmpty()) {
      return named;
    }
    var rules = new LinkedHashMap<String, Rule>();
    for (int i = 0; i < named.ruleCount(); i++) {
      rules.put(named.rule(i).id().value(), named.rule(i));
    }
    rules.keySet().removeAll(disabled);
    for (Configured one : configured) {
      var loader = new RuleLoader();
      loader.loadConfiguration(one.name(), one.text(), one.origin());
      var problems = new ArrayList<RuleProblem>(loader.problems());
      for (RuleLoader.Authored authored : loader.rules()) {
        String mistake = mistake(authored.rule(), rules);
        if (mistake.isEmpty()) {
          rules.put(authored.rule().id().value(), authored.rule());
        } else {
          problems.add(new RuleProblem(one.name(), authored.line(), mistake));
        }
      }
      boolean fatal = one.origin() == Rule.Origin.USER && !problems.isEmpty();
      for (RuleProblem problem : problems) {
        if (fatal) {
          messages.error(problem.toString());
        } else {
          messages.warning(problem + "; this rule is left out");
        }
      }
      if (fatal) {
        throw UserFault.of(ExitCode.USAGE, "the rules have mistakes: " + problems.size());
      }
    }
    return RuleTables.of(List.copyOf(rules.values()));
  }

  private static String mistake(Rule rule, Map<String, Rule> known) {
    if (known.containsKey(rule.id().value())) {
      return "rule id '" + rule.id() + "' is taken";
    }
    try {
      RuleTables.of(List.of(rule));
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// The rules ready to run; one mistake in a file is a fault, after all of them are named.
  public RuleTables tables(List<Path> files) throws UserFault {
    if (files.isEmpty()) {
      return RuleTables.builtIn();
    }
    Written written = written(files);
    if (!written.problems().isEmpty()) {
      written.problems().forEach(problem -> messages.error(problem.toString()));
      throw UserFault.of(
          ExitCode.USAGE,
          "the rules have mistakes: " + written.problems().size(),
          "stanch rules check names them too, and proves the examples");
    }
    return written.tables();
  }

  private String read(Path file) throws UserFault {
    try {
      return Files.readString(folder.resolve(file));
    } catch (NoSuchFileException _) {
      throw UserFault.of(ExitCode.USAGE, "no such rule file: " + file, "check the path");
    } catch (AccessDeniedException _) {
      throw UserFault.of(ExitCode.USAGE, "cannot read " + file + ": permission denied");
    } catch (CharacterCodingException _) {
      throw UserFault.of(ExitCode.USAGE, "cannot read " + file + ": it is not UTF-8");
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.USAGE, "cannot read " + file + ": " + e.getClass().getSimpleName());
    }
  }
}
