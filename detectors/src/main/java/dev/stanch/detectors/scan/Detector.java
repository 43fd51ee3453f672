package dev.stanch.detectors.scan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.rule.RuleTables;

/// Rules compiled to run. Immutable and shared; each thread opens a [DetectorSession] of its own.
public final class Detector {
  /// No evaluation looks further back from its keyword than this.
  static final int BACK = 8 << 10;

  /// No evaluation looks further ahead of its keyword than this.
  static final int AHEAD = 32 << 10;

  private final RuleTables tables;
  private final Automaton automaton;
  private final KnownPrefixes prefixes;

  /// A detector of the rules in `tables`.
  public Detector(RuleTables tables) {
    this.tables = requireNonNull(tables, "tables");
    this.automaton = new Automaton(tables);
    this.prefixes = new KnownPrefixes(tables);
  }

  /// The rules this detector runs.
  public RuleTables tables() {
    return tables;
  }

  Automaton automaton() {
    return automaton;
  }

  KnownPrefixes prefixes() {
    return prefixes;
  }

  DetectorSession open() {
    return new DetectorSession(this);
  }
}
