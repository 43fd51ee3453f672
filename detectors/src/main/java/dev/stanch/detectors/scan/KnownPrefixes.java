package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.Probe;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleTables;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The prefixes of the formats that rules know, and how long a token of each is: a value that
/// begins like a token of such a format but cannot be one is cut or made up. Thread-safe.
final class KnownPrefixes {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 16;

  /// No format that varies by more than this is sure of its greatest length.
  private static final int NARROW = 8;

  /// Shorter values with a prefix that many services use are cut rather than another service's.
  private static final int SHORT = 20;

  /// What many services begin their tokens with.
  private static final Set<String> COMMON =
      Set.of(
          "access",
          "api",
          "app",
          "console",
          "dev",
          "key",
          "live",
          "pat",
          "private",
          "prod",
          "project",
          "pubkey",
          "sat",
          "sdk",
          "secret",
          "service",
          "sk_live",
          "sk_prod",
          "sk_test",
          "standard",
          "test",
          "token",
          "user");

  private final RuleTables tables;
  private final Automaton automaton;
  private final Map<Integer, Format> formats = new ConcurrentHashMap<>();

  /// What the rules whose tokens begin with a keyword say of them.
  ///
  /// @param least length of the shortest token
  /// @param most length of the longest, or very large where the formats leave it open
  /// @param checked whether each of them ends in a checksum: a token of it is found by its rule
  private record Format(int least, int most, boolean checked, Set<ProviderId> providers) {}

  /// @param automaton finds the keywords of `tables`
  KnownPrefixes(RuleTables tables, Automaton automaton) {
    this.tables = tables;
    this.automaton = automaton;
  }

  private static boolean tells(String keyword) {
    int n = keyword.length();
    char last = keyword.charAt(n - 1);
    return n >= SHORTEST
        && n <= LONGEST
        && (last == '_'
            || last == '-'
            || n >= 4 && !isLetters(keyword)
            || keyword.equals("akia")
            || keyword.equals("aiza"));
  }

  private static boolean isLetters(String keyword) {
    for (int i = 0; i < keyword.length(); i++) {
      if (!Character.isLetter(keyword.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// Whether other services than those of the rules may use it as well.
  static boolean isCommon(String keyword) {
    return keyword.length() <= SHORTEST
        || COMMON.contains(keyword.substring(0, keyword.length() - 1));
  }

  private Format read(int keyword) {
    int most = 0;
    int narrowest = Integer.MAX_VALUE;
    boolean checked = true;
    var providers = new HashSet<ProviderId>();
    for (Probe probe : tables.probes(keyword)) {
      if (probe.kind() != Probe.Kind.ANCHORED || probe.maxOffset() != 0) {
        continue;
      }
      Rule rule = tables.rule(probe.rule());
      if (rule.origin() == Rule.Origin.SCANNED_TREE) {
        continue;
      }
      RuleTables.Shape shape = tables.shape(probe.rule());
      checked &= rule.evidence() == Evidence.CHECKSUM;
      most = Math.max(most, shape.maxLength());
      narrowest = Math.min(narrowest, shape.minLength());
      providers.add(rule.provider());
    }
    boolean open = most - narrowest > NARROW;
    return new Format(
        tables.prefixLength(keyword), open ? Integer.MAX_VALUE : most, checked, providers);
  }

  /// Whether the value has the prefix of a known format and is no token of it. A length that is off
  /// by a tenth may be of a format that has changed.
  ///
  /// @param service whose the value is by all that is written beside it
  boolean isMalformed(byte[] text, int start, int end, ProviderId service) {
    int keyword = longest(text, start, Math.min(end, start + LONGEST));
    if (keyword < 0) {
      return false;
    }
    Format format = formats.computeIfAbsent(keyword, this::read);
    int n = end - start;
    if (isCommon(tables.keyword(keyword)) && !format.providers.contains(service)) {
      return n < SHORT && n * 4 < format.least * 3;
    }
    return format.checked || n * 10 < format.least * 9 || n * 10L > format.most * 11L;
  }

  /// The longest keyword that `text[start, end)` begins with and that tells a format, or -1.
  private int longest(byte[] text, int start, int end) {
    var longest = new int[] {-1};
    automaton.runBriefly(
        text,
        start,
        end,
        (keyword, at, _) -> {
          // Those that begin here come by their lengths.
          if (at == start && tables.prefixLength(keyword) > 0 && tells(tables.keyword(keyword))) {
            longest[0] = keyword;
          }
        });
    return longest[0];
  }
}
