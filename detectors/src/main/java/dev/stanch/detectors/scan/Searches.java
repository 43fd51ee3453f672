package dev.stanch.detectors.scan;

import com.google.re2j.Pattern;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.Checksum;
import dev.stanch.detectors.rule.Exemption;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules that search whole texts or judge paths, compiled. Immutable and shared; each thread
/// opens a [SearchSession] of its own.
final class Searches {
  /// The first of the traits that stand for exemptions whose text part holds.
  private static final int FIRST_EXEMPTION = 8;

  private static final BitSet NONE = new BitSet();

  /// Most exemptions of one rule that ask for a place.
  static final int MOST_PLACED = 16;

  final List<Searching> rules = new ArrayList<>();
  private final List<Searching> byPath = new ArrayList<>();
  private final Map<Integer, Searching> byIndex = new HashMap<>();

  /// By keyword: the numbers in `rules` of those that want it.
  private final Map<Integer, BitSet> wanting = new HashMap<>();

  /// A rule with its patterns compiled.
  static final class Searching {
    final int index;
    final Rule rule;
    final Rule.Search search;
    final @Nullable Pattern path;
    final @Nullable Pattern pattern;
    final List<Exemptions.Ready> exemptions;
    final @Nullable Checksum checksum;
    final @Nullable Structure structure;

    /// The keywords, one of which must stand near the value; empty where none need be.
    final List<byte[]> near;

    /// Whether the automaton tells that a keyword is there.
    final boolean sought;

    Searching(int index, Rule rule, Rule.Search search) {
      this.index = index;
      this.rule = rule;
      this.search = search;
      this.path = search.path().isEmpty() ? null : Exemptions.compiled(search.path());
      this.pattern = rule.pathOnly() ? null : Exemptions.compiled(rule.pattern());
      this.exemptions = search.exemptions().stream().map(Exemptions.Ready::new).toList();
      this.checksum = rule.checksumName().flatMap(Checksum::named).orElse(null);
      this.structure = rule.parserName().map(Structure::named).orElse(null);
      this.near =
          rule.near() == null
              ? List.of()
              : rule.keywords().stream()
                  .map(word -> word.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
                  .toList();
      this.sought = RuleTables.sought(rule);
    }

    boolean asksForPlace() {
      return path != null || search.exemptions().stream().anyMatch(Exemption::asksForPlace);
    }
  }

  private Searches(RuleTables tables) {
    for (int index : tables.searching()) {
      Rule rule = tables.rule(index);
      Rule.Search search = rule.search();
      if (search != null) {
        var one = new Searching(index, rule, search);
        if (one.sought) {
          for (int keyword : tables.keywordsOf(rule)) {
            wanting.computeIfAbsent(keyword, _ -> new BitSet()).set(rules.size());
          }
        }
        (one.pattern == null ? byPath : rules).add(one);
        byIndex.put(index, one);
      }
    }
  }

  /// The numbers in `rules` of those that want a keyword in a text.
  BitSet wanting(int keyword) {
    return wanting.getOrDefault(keyword, NONE);
  }

  /// Those of `tables`. Not asked for where there are none, so that the usual scan does not even
  /// load this class.
  static Searches of(RuleTables tables) {
    return new Searches(tables);
  }

  /// Whether some rule looks at paths alone.
  boolean judgePaths() {
    return !byPath.isEmpty();
  }

  /// Whether some rule must search a text that holds no keyword of any.
  boolean searchAnything() {
    return rules.stream().anyMatch(rule -> !rule.sought);
  }

  /// The path that conditions are held against: that of the innermost archive member.
  static String path(Place place) {
    String path = place.provenance().path();
    for (String way : place.via()) {
      int colon = way.indexOf(':');
      path = colon < 0 ? path : way.substring(colon + 1);
    }
    return path;
  }

  /// Whether a candidate may stand at a place, by its rule's conditions on paths and commits.
  boolean admits(Candidate candidate, Place place) {
    Searching rule = byIndex.get(candidate.rule());
    if (rule == null || !candidate.is(Candidate.PLACED)) {
      return true;
    }
    String path = path(place);
    if (rule.path != null && !rule.path.matcher(path).find()) {
      return false;
    }
    String commit = place.provenance().commitId().orElse("");
    for (int i = 0; i < rule.exemptions.size(); i++) {
      if (candidate.is(exemption(i)) && rule.exemptions.get(i).fits(path, commit)) {
        return false;
      }
    }
    return true;
  }

  /// The trait that says that the text part of a rule's exemption holds.
  static int exemption(int number) {
    return 1 << (FIRST_EXEMPTION + Math.min(number, MOST_PLACED - 1));
  }

  /// What a file's path alone says: a hit at its beginning for each rule that looks at paths.
  List<Hit> byPath(String path) {
    var hits = new ArrayList<Hit>();
    for (Searching one : byPath) {
      if (one.path != null
          && one.path.matcher(path).find()
          && one.exemptions.stream().noneMatch(exemption -> exemption.fits(path, ""))) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        var candidate =
            new Candidate(
                one.index,
                one.rule.provider(),
                true,
                one.rule.evidence(),
                0,
                name.length,
                0,
                0,
                TokenBytes.of(name, 0, name.length),
                name.length,
                one.rule.confidence(),
                List.of("path " + path),
                List.of(),
                List.of(),
                traits(one) | Candidate.PATH);
        hits.add(new Hit(candidate, 0, new Location(1, 1, 1, 1, 0), null));
      }
    }
    return hits;
  }

  /// What the order of candidates must know of a rule.
  static int traits(Searching rule) {
    return Candidate.unvouched(rule.rule) | (rule.asksForPlace() ? Candidate.PLACED : 0);
  }

  static boolean formOnly(Rule rule) {
    return rule.provider().equals(ProviderId.GENERIC);
  }
}
