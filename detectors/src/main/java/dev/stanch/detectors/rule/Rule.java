package dev.stanch.detectors.rule;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Severity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a token looks like, where its text must stand, and what proves that it is one. Fields as in
/// docs/RULE-FORMAT.md.
public record Rule(
    RuleId id,
    List<RuleId> aliases,
    String name,
    ProviderId provider,
    String url,
    Evidence evidence,
    String pattern,
    List<String> keywords,
    @Nullable Near near,
    double entropy,
    @Nullable String checksum,
    @Nullable String parser,
    List<Companion> parts,
    double confidence,
    Severity severity,
    String impact,
    Origin origin,
    @Nullable Search search) {

  /// Who vouches for a rule.
  public enum Origin {
    /// Ours.
    BUILT_IN,
    /// The caller's own configuration.
    USER,
    /// Found in the scanned tree: may find, may never verify or act.
    SCANNED_TREE
  }

  /// Where a value may begin relative to a keyword: up to `after` bytes behind its end or up to
  /// `before` bytes in front of it, with at most `lines` line ends between.
  public record Near(int after, int before, int lines) {
    /// What a context rule gets when it says nothing.
    public static final Near DEFAULT = new Near(60, 0, 0);

    public Near {
      if (after < 0 || before < 0 || lines < 0 || after > 1024 || before > 1024 || lines > 20) {
        throw new IllegalArgumentException("near reaches at most 1024 bytes and 20 lines");
      }
    }
  }

  /// Another part of a credential, looked for within `lines` lines of the secret.
  public record Companion(String name, String pattern, int lines, boolean required) {
    public Companion {
      requireNonNull(name, "name");
      requireNonNull(pattern, "pattern");
      if (lines < 0 || lines > 50) {
        throw new IllegalArgumentException("a part stands within 50 lines");
      }
    }

    /// Whether this part is the secret itself, and the match its identifier. Every other part may
    /// be shown.
    public boolean isSecret() {
      return name.equals("secret");
    }
  }

  /// How a rule runs that holds no keyword at a bounded distance, or is written beyond the dialect:
  /// over whole texts in linear time, or, without a pattern, over paths alone.
  ///
  /// @param path a pattern that must stand in the path; empty for any
  /// @param group the capture that is the secret; 0 for the first that holds something, else the
  ///   whole match
  /// @param exemptions what the rule does not count as a match
  /// @param required what must be found near by
  public record Search(
      String path,
      int group,
      List<Exemption> exemptions,
      List<Requirement> required,
      Purpose purpose) {
    /// Over every text, without more conditions.
    public static final Search PLAIN = new Search("", 0, List.of(), List.of(), Purpose.FINDS);

    public Search {
      requireNonNull(path, "path");
      requireNonNull(purpose, "purpose");
      exemptions = List.copyOf(exemptions);
      required = List.copyOf(required);
    }
  }

  /// What the matches of a searching rule are for.
  public enum Purpose {
    /// They are findings.
    FINDS,
    /// Other rules require them; nobody is told of them.
    SUPPORTS
  }

  /// Another rule that must match near by.
  ///
  /// @param lines most lines between the two beginnings; -1 for anywhere
  /// @param columns most columns between the two beginnings; -1 for anywhere
  public record Requirement(RuleId rule, int lines, int columns) {
    public Requirement {
      requireNonNull(rule, "rule");
    }
  }

  public Rule {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(provider, "provider");
    requireNonNull(url, "url");
    requireNonNull(evidence, "evidence");
    requireNonNull(pattern, "pattern");
    requireNonNull(severity, "severity");
    requireNonNull(impact, "impact");
    requireNonNull(origin, "origin");
    aliases = List.copyOf(aliases);
    keywords = List.copyOf(keywords);
    parts = List.copyOf(parts);
  }

  /// The same rule, run as `how` says.
  public Rule searching(Search how) {
    return with(id, how);
  }

  /// The same rule under another name.
  public Rule named(RuleId other) {
    return with(other, search);
  }

  private Rule with(RuleId otherId, @Nullable Search how) {
    return new Rule(
        otherId,
        aliases,
        name,
        provider,
        url,
        evidence,
        pattern,
        keywords,
        near,
        entropy,
        checksum,
        parser,
        parts,
        confidence,
        severity,
        impact,
        origin,
        how);
  }

  /// Whether the rule looks at paths and at nothing else.
  public boolean pathOnly() {
    return search != null && pattern.isEmpty();
  }

  /// The default base confidence of a match.
  static double defaultConfidence(Evidence evidence) {
    return switch (evidence) {
      case CHECKSUM -> 0.99;
      case PREFIX -> 0.95;
      case STRUCTURE -> 0.9;
      case CONTEXT -> 0.92;
      case GENERIC -> 0.5;
    };
  }

  /// The name of the built-in check, for rules of that evidence.
  public Optional<String> checksumName() {
    return Optional.ofNullable(checksum);
  }

  /// The name of the built-in parser, where the rule has one.
  public Optional<String> parserName() {
    return Optional.ofNullable(parser);
  }
}
