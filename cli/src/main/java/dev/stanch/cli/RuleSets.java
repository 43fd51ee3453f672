package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.baseline.Configuration;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.rule.BuiltInRules;
import dev.stanch.detectors.rule.Exemption;
import dev.stanch.detectors.rule.GitleaksConfiguration;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleLoader;
import dev.stanch.detectors.rule.RuleProblem;
import dev.stanch.detectors.rule.RuleTables;
import dev.stanch.detectors.scan.Detector;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The built-in rules, alone or joined by the user's own files.
public final class RuleSets {
  private final Path folder;
  private final Messages messages;

  RuleSets(Path folder, Messages messages) {
    this.folder = requireNonNull(folder, "folder");
    this.messages = requireNonNull(messages, "messages");
  }

  /// Rules as they were written, what is wrong with them, and what is ready of the sound ones.
  public record Written(List<RuleLoader.Authored> rules, List<RuleProblem> problems, Ready ready) {
    public Written {
      rules = List.copyOf(rules);
      problems = List.copyOf(problems);
      requireNonNull(ready, "ready");
    }
  }

  /// Rules ready to run, and what configurations say is no finding.
  public record Ready(RuleTables tables, List<Exemption> exemptions) {
    public Ready {
      requireNonNull(tables, "tables");
      exemptions = List.copyOf(exemptions);
    }

    /// What runs them.
    public Detector detector() {
      return new Detector(tables, exemptions);
    }
  }

  /// The form of a file with rules in it.
  public enum Form {
    /// `stanch.yml`.
    STANCH,
    /// A rule file, as docs/RULE-FORMAT.md has it.
    RULES,
    /// A configuration of gitleaks, in TOML.
    GITLEAKS;

    /// The form of a file that the caller names.
    public static Form of(String name, String text) {
      if (name.endsWith(".toml")) {
        return GITLEAKS;
      }
      return Configuration.isOne(text) ? STANCH : RULES;
    }
  }

  /// The files that a configuration names.
  public interface Neighbours {
    /// The text of one of them.
    ///
    /// @throws IOException where there is none; the message says why, to be put behind a colon
    String text(String path) throws IOException;
  }

  /// Those of a configuration that the caller names: relative to its folder, or else to that of the
  /// run.
  ///
  /// @param around the folder that the configuration lies in
  public record CallersFiles(Path around, Path folder) implements Neighbours {
    public CallersFiles {
      requireNonNull(around, "around");
      requireNonNull(folder, "folder");
    }

    @Override
    public String text(String path) throws IOException {
      Path beside = around.resolve(path).normalize();
      return textOf(Files.exists(beside) ? beside : folder.resolve(path), path);
    }
  }

  /// Those of a configuration that came with the scanned tree, which reads nothing outside of it.
  public record FilesOfTree(Path root) implements Neighbours {
    public FilesOfTree {
      requireNonNull(root, "root");
    }

    @Override
    public String text(String path) throws IOException {
      Path file = root.resolve(path).normalize();
      try {
        if (!file.toRealPath().startsWith(root.toRealPath())) {
          throw new IOException("it lies outside the scanned tree");
        }
      } catch (NoSuchFileException e) {
        throw new IOException("there is no such file", e);
      }
      return textOf(file, path);
    }
  }

  private static String textOf(Path file, String path) throws IOException {
    try {
      if (!Files.isRegularFile(file)) {
        throw new NoSuchFileException(path);
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8", e);
    }
  }

  /// Rules inside a file.
  ///
  /// @param name how messages call the file
  /// @param neighbours the files that it may name
  public record Configured(
      String name, String text, Rule.Origin origin, Form form, Neighbours neighbours) {
    public Configured {
      requireNonNull(name, "name");
      requireNonNull(text, "text");
      requireNonNull(origin, "origin");
      requireNonNull(form, "form");
      requireNonNull(neighbours, "neighbours");
    }
  }

  /// Reads the built-in rules and `files` with their examples: slower than [#ready].
  public Written written(List<Path> files) throws UserFault {
    RuleLoader builtIn = BuiltInRules.load();
    var gathered = new Gathered();
    gathered.problems.addAll(builtIn.problems());
    for (Path file : files) {
      gathered.add(configured(file));
    }
    gathered.tellNotices();
    var rules = new ArrayList<>(builtIn.rules());
    rules.removeIf(one -> gathered.isLeftOut(one.rule()));
    rules.addAll(gathered.added.values());
    return new Written(rules, gathered.problems, gathered.ready());
  }

  /// The rules ready to run, with those of `files` and of configurations and without the `disabled`
  /// ones. A mistake in a file that the caller named is a fault, after all of them are told; in one
  /// that came with the scanned tree it costs that rule.
  public Ready ready(List<Path> files, List<Configured> configured, Set<String> disabled)
      throws UserFault {
    if (files.isEmpty() && configured.isEmpty() && disabled.isEmpty()) {
      return new Ready(RuleTables.builtIn(), List.of());
    }
    var gathered = new Gathered();
    for (String id : disabled) {
      if (!gathered.leaveOut(id)) {
        messages.warning("disabled-rules: " + unknown(id));
      }
    }
    for (Path file : files) {
      gathered.add(configured(file));
    }
    for (Configured one : configured) {
      gathered.add(one);
    }
    gathered.tellNotices();
    if (!gathered.problems.isEmpty()) {
      gathered.problems.forEach(problem -> messages.error(problem.toString()));
      throw UserFault.of(
          ExitCode.USAGE,
          "the rules have mistakes: " + gathered.problems.size(),
          "stanch rules check names them too, and proves the examples");
    }
    return gathered.ready();
  }

  private static String unknown(String id) {
    return "no built-in rule is called '" + id + "': nothing was disabled";
  }

  private Configured configured(Path file) throws UserFault {
    String name = file.toString();
    String text = ConfigurationText.of(folder.resolve(file), name);
    return new Configured(
        name,
        text,
        Rule.Origin.USER,
        Form.of(name, text),
        new CallersFiles(folder.resolve(file).toAbsolutePath().resolveSibling(""), folder));
  }

  /// Rules put together from several files.
  private final class Gathered {
    private final RuleTables builtIn = RuleTables.builtIn();

    /// The built-in rules that do not run, by id.
    private final Set<String> leftOut = new HashSet<>();

    final Map<String, RuleLoader.Authored> added = new LinkedHashMap<>();
    final List<RuleProblem> problems = new ArrayList<>();
    private final List<RuleProblem> notices = new ArrayList<>();
    private final List<Exemption> exemptions = new ArrayList<>();

    boolean isLeftOut(Rule rule) {
      return leftOut.contains(rule.id().value());
    }

    private boolean isTaken(RuleId id) {
      return added.containsKey(id.value()) || !leftOut.contains(id.value()) && builtIn.holds(id);
    }

    private Stream<Rule> builtIn() {
      return IntStream.range(0, builtIn.ruleCount())
          .mapToObj(builtIn::rule)
          .filter(rule -> !isLeftOut(rule));
    }

    void add(Configured one) {
      switch (one.form()) {
        case STANCH, RULES -> yaml(one);
        case GITLEAKS -> gitleaks(one);
      }
    }

    private void yaml(Configured one) {
      var loader = new RuleLoader();
      if (one.form() == Form.RULES) {
        loader.load(one.name(), one.text(), one.origin());
      } else {
        loader.loadConfiguration(one.name(), one.text(), one.origin());
      }
      notices.addAll(loader.notices());
      loader.problems().forEach(problem -> problem(one, problem));
      for (RuleLoader.Authored authored : loader.rules()) {
        if (isTaken(authored.rule().id())) {
          problem(one, authored, "rule id '" + authored.rule().id() + "' is taken");
        } else {
          adopt(one, authored);
        }
      }
    }

    private void gitleaks(Configured one) {
      var read =
          GitleaksConfiguration.read(
              one.name(), one.text(), one.origin(), (path, _) -> one.neighbours().text(path));
      boolean trusted = one.origin() != Rule.Origin.SCANNED_TREE;
      notices.addAll(read.notices());
      read.problems().forEach(problem -> problem(one, problem));
      exemptions.addAll(read.exemptions());
      if (!read.useDefault() && !read.rules().isEmpty() && trusted) {
        added.clear();
        builtIn().toList().forEach(rule -> leftOut.add(rule.id().value()));
        tell(
            one,
            "does not extend the default rules, so its "
                + read.rules().size()
                + " alone run ('useDefault = true' under [extend] adds the built-in ones)");
      } else if (read.useDefault()) {
        tell(one, "the built-in rules stand in for the default ones of gitleaks");
      }
      disable(one, read.disabledRules());
      for (RuleLoader.Authored authored : read.rules()) {
        RuleId id = authored.rule().id();
        if (!isTaken(id)) {
          adopt(one, authored);
        } else if (trusted) {
          if (builtIn.holds(id)) {
            leftOut.add(id.value());
          }
          tell(one, "its rule '" + id + "' takes the place of the one of that name");
          adopt(one, authored);
        } else {
          adopt(
              one,
              new RuleLoader.Authored(
                  authored.rule().named(new RuleId(id + "-of-tree")),
                  authored.file(),
                  authored.line(),
                  authored.match(),
                  authored.ignore()));
        }
      }
    }

    private void disable(Configured one, Set<String> disabled) {
      if (one.origin() == Rule.Origin.SCANNED_TREE) {
        if (!disabled.isEmpty()) {
          tell(one, "disabledRules counts only with --config");
        }
        return;
      }
      for (String id : disabled) {
        if (!leaveOut(id)) {
          tell(one, unknown(id));
        }
      }
    }

    /// Does without the rule of a name; false where there is none.
    boolean leaveOut(String id) {
      List<Rule> meant = builtIn().filter(rule -> isCalled(rule, id)).toList();
      meant.forEach(rule -> leftOut.add(rule.id().value()));
      return added.values().removeIf(known -> isCalled(known.rule(), id)) || !meant.isEmpty();
    }

    private static boolean isCalled(Rule rule, String id) {
      return rule.id().value().equals(id)
          || rule.aliases().stream().anyMatch(alias -> alias.value().equals(id));
    }

    /// Takes a rule over if the engine can run it.
    private void adopt(Configured one, RuleLoader.Authored authored) {
      Optional<String> parser = authored.rule().parserName();
      if (parser.isPresent() && !Detector.knowsParser(parser.get())) {
        problem(one, authored, "no parser '" + parser.get() + "' (RULE-FORMAT.md lists them)");
        return;
      }
      try {
        RuleTables.check(authored.rule()); // says alone what it would say among all
        added.put(authored.rule().id().value(), authored);
      } catch (IllegalArgumentException e) {
        problem(one, authored, String.valueOf(e.getMessage()));
      }
    }

    private void problem(Configured one, RuleLoader.Authored authored, String message) {
      problem(one, new RuleProblem(authored.file(), authored.line(), message));
    }

    private void problem(Configured one, RuleProblem problem) {
      if (one.origin() == Rule.Origin.SCANNED_TREE) {
        messages.warning(problem + "; this rule is left out");
      } else {
        problems.add(problem);
      }
    }

    private void tell(Configured one, String text) {
      messages.warning(one.name() + ": " + text);
    }

    void tellNotices() {
      notices.forEach(notice -> messages.warning(notice.toString()));
    }

    Ready ready() {
      List<Rule> more = added.values().stream().map(RuleLoader.Authored::rule).toList();
      RuleTables first = leftOut.isEmpty() ? builtIn : RuleTables.of(builtIn().toList());
      return new Ready(first.with(more), exemptions);
    }
  }
}
