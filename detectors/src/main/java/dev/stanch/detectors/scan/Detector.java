package dev.stanch.detectors.scan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.rule.Exemption;
import dev.stanch.detectors.rule.RuleTables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rules compiled to run. Immutable and shared; each thread opens a [DetectorSession] of its own.
public final class Detector {
  /// No evaluation looks further back from its keyword than this.
  static final int BACK = 8 << 10;

  /// No evaluation looks further ahead of its keyword than this.
  static final int AHEAD = 32 << 10;

  private final RuleTables tables;
  private final Automaton automaton;
  private final KnownPrefixes prefixes;
  private final @Nullable Searches searches;
  private final @Nullable Exemptions exemptions;

  /// A detector of the rules in `tables`.
  public Detector(RuleTables tables) {
    this(tables, List.of());
  }

  /// A detector of the rules in `tables`, for which `exemptions` say what does not count.
  public Detector(RuleTables tables, List<Exemption> exemptions) {
    this.tables = requireNonNull(tables, "tables");
    this.searches = tables.searching().isEmpty() ? null : Searches.of(tables);
    this.exemptions = exemptions.isEmpty() ? null : new Exemptions(exemptions);
    this.automaton = new Automaton(tables);
    this.prefixes = new KnownPrefixes(tables, automaton);
  }

  /// Whether rules may name a parser so.
  public static boolean knowsParser(String name) {
    return Structure.named(name) != null;
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

  /// The rules that search whole texts; null where there are none.
  @Nullable Searches searches() {
    return searches;
  }

  /// A session of the rules that search whole texts; null where there are none.
  @Nullable SearchSession openSearch() {
    return searches == null ? null : new SearchSession(searches, automaton);
  }

  /// What a path alone says.
  List<Hit> byPath(String path) {
    return searches == null ? List.of() : searches.byPath(path);
  }

  /// Whether some rule looks at paths alone.
  boolean judgesPaths() {
    return searches != null && searches.judgePaths();
  }

  /// What speaks for a candidate whose token stands at `start` in a text: a comment beside it, else
  /// a configuration.
  @Nullable Excuse excuse(
      Marker.Reader markers, byte[] text, int length, int start, Candidate candidate) {
    int end = Math.min(length, start + candidate.length());
    Marker marker = markers.beside(start, end);
    return marker != null || exemptions == null
        ? marker
        : exemptions.held(
            Exemptions.around(
                text,
                length,
                start,
                end,
                start - candidate.before(),
                end + candidate.after(),
                candidate.token().utf8()));
  }

  DetectorSession open() {
    return new DetectorSession(this);
  }
}
