package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.Rule;
import java.util.ArrayList;
import java.util.List;

/// A match that passed its rule's own tests, before anything that needs its path.
///
/// Positions are relative to the keyword that led here, so that one candidate can be carried from
/// version to version of a file.
///
/// @param rule index of the rule
/// @param formOnly whether the rule knows the form alone: the provider is a guess from the text
///   around
/// @param offset where the token begins, relative to the keyword's first byte
/// @param length of the token in bytes
/// @param before how many bytes of the rule's match stand in front of the token
/// @param after how many of them stand behind it
/// @param token the token's bytes (decoded, where `via` says so)
/// @param publicPrefix how many of its first bytes are the format's own
/// @param why the reasons for the confidence, in words
/// @param via the encodings on the way in
/// @param traits what a path may have its say about: [#BARE] and its like
record Candidate(
    int rule,
    ProviderId provider,
    boolean formOnly,
    Evidence evidence,
    int offset,
    int length,
    int before,
    int after,
    TokenBytes token,
    int publicPrefix,
    double confidence,
    List<String> why,
    List<Part> parts,
    List<String> via,
    int traits) {
  /// The value stands without quotes, where code would have an expression.
  static final int BARE = 1;

  /// The value is a password rather than a key.
  static final int PASSWORD = 2;

  /// The value is hexadecimal.
  static final int HEX = 4;

  /// The value is words joined.
  static final int WORDS = 8;

  /// The match is a whole document: what is found inside it says more.
  static final int DOCUMENT = 16;

  /// The match is a file, by its path.
  static final int PATH = 32;

  /// The value is all that its text holds: the name of its file must say what it is.
  static final int LONE = 64;

  /// The rule has conditions on paths or commits: until they are known the candidate takes nobody's
  /// place.
  static final int PLACED = 1 << 29;

  /// The rule came with the scanned tree: it may add to what others find, never take its place.
  static final int UNVOUCHED = 1 << 30;

  /// [#UNVOUCHED] for a rule that came with the scanned tree, 0 for any other.
  static int unvouched(Rule rule) {
    return rule.origin() == Rule.Origin.SCANNED_TREE ? UNVOUCHED : 0;
  }

  boolean is(int trait) {
    return (traits & trait) != 0;
  }

  /// The same token, found inside encoded text: its bytes there are the `rawLength` that begin at
  /// `rawOffset` from where the candidate's keyword is said to.
  Candidate encoded(String way, int rawOffset, int rawLength) {
    var ways = new ArrayList<String>();
    ways.add(way);
    ways.addAll(via);
    return new Candidate(
        rule,
        provider,
        formOnly,
        evidence,
        rawOffset,
        rawLength,
        0,
        0,
        token,
        publicPrefix,
        confidence,
        why,
        parts,
        List.copyOf(ways),
        traits);
  }

  /// The same candidate, whose file says whose it is.
  Candidate of(ProviderId service) {
    return new Candidate(
        rule,
        service,
        formOnly,
        evidence,
        offset,
        length,
        before,
        after,
        token,
        publicPrefix,
        confidence,
        why,
        parts,
        via,
        traits);
  }

  /// The same candidate, given what its path says.
  Candidate judged(double sure, List<String> reasons) {
    var all = new ArrayList<String>(why);
    all.addAll(reasons);
    return new Candidate(
        rule,
        provider,
        formOnly,
        evidence,
        offset,
        length,
        before,
        after,
        token,
        publicPrefix,
        sure,
        List.copyOf(all),
        parts,
        via,
        traits);
  }

  /// The same candidate, in a text that stands packed in another.
  Candidate within(String way) {
    var ways = new ArrayList<String>();
    ways.add(way);
    ways.addAll(via);
    return new Candidate(
        rule,
        provider,
        formOnly,
        evidence,
        offset,
        length,
        before,
        after,
        token,
        publicPrefix,
        confidence,
        why,
        parts,
        List.copyOf(ways),
        traits);
  }
}
