package dev.stanch.detectors.rule;

import java.util.List;

/// A part of a pattern.
sealed interface PatternNode {
  /// Lengths stop growing long before numbers end.
  int LONGEST = 1 << 24;

  record Chars(ByteSet set) implements PatternNode {}

  record Sequence(List<PatternNode> parts) implements PatternNode {}

  record Choice(List<PatternNode> options) implements PatternNode {}

  record Repeat(PatternNode body, int min, int max) implements PatternNode {}

  record Capture(PatternNode body) implements PatternNode {}

  /// `\b`, `^`, `$`: matches between bytes.
  record Edge(char kind) implements PatternNode {}

  /// How many bytes it matches at the least.
  default int minLength() {
    return switch (this) {
      case Chars _ -> 1;
      case Edge _ -> 0;
      case Sequence sequence -> sequence.parts().stream().mapToInt(PatternNode::minLength).sum();
      case Choice choice ->
          choice.options().stream().mapToInt(PatternNode::minLength).min().orElse(0);
      case Repeat repeat -> times(repeat.min(), repeat.body().minLength());
      case Capture capture -> capture.body().minLength();
    };
  }

  /// How many bytes it matches at the most.
  default int maxLength() {
    return switch (this) {
      case Chars _ -> 1;
      case Edge _ -> 0;
      case Sequence sequence -> sequence.parts().stream().mapToInt(PatternNode::maxLength).sum();
      case Choice choice ->
          choice.options().stream().mapToInt(PatternNode::maxLength).max().orElse(0);
      case Repeat repeat -> times(repeat.max(), repeat.body().maxLength());
      case Capture capture -> capture.body().maxLength();
    };
  }

  private static int times(int count, int length) {
    return (int) Math.min((long) count * length, LONGEST);
  }
}
