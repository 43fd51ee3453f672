package dev.stanch.detectors.rule;

import java.util.List;

/// What to do when a keyword is seen: which rule to try, from where, and what must follow for it to
/// be worth trying.
///
/// @param rule index of the rule; 0 for [Kind#ESCAPE]
/// @param minOffset least distance of the keyword from the match's start
/// @param maxOffset largest distance of the keyword from the match's start
/// @param following the bytes that may follow the keyword, place by place
public record Probe(Kind kind, int rule, int minOffset, int maxOffset, List<ByteSet> following) {
  /// How the rule is tried.
  public enum Kind {
    /// The match begins at a bounded distance before the keyword.
    ANCHORED,
    /// The value stands near the keyword.
    NEAR,
    /// The rule has no pattern: code reads the assignment to the name that holds the keyword.
    ANALYZER,
    /// No rule: a character is escaped here, and what it stands in is worth decoding.
    ESCAPE
  }

  public Probe {
    following = List.copyOf(following);
  }
}
