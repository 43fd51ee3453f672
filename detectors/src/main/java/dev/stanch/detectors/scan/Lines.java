package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Location;

/// Counts lines up to growing positions of one text.
final class Lines {
  private int line = 1;
  private long lineStart;
  private long counted;

  /// Counts the line ends of `bytes[from, to)`, where `bytes[0]` stands at `base` in the text.
  /// Parts already counted are passed over.
  void countTo(byte[] bytes, long base, int to) {
    int from = (int) (counted - base);
    if (from >= to) {
      return;
    }
    int at = from;
    int ends = 0;
    for (; at <= to - EightBytes.COUNT; at += EightBytes.COUNT) {
      ends += EightBytes.count(bytes, at, (byte) '\n');
    }
    for (; at < to; at++) {
      ends += bytes[at] == '\n' ? 1 : 0;
    }
    if (ends > 0) {
      line += ends;
      while (bytes[at - 1] != '\n') {
        at--;
      }
      lineStart = base + at;
    }
    counted = base + to;
  }

  /// The location of `bytes[from, to)`, which begins where counting has come to or later.
  Location locate(byte[] bytes, long base, int from, int to) {
    countTo(bytes, base, from);
    int firstLine = line;
    int firstColumn = (int) (base + from - lineStart) + 1;
    int endLine = line;
    long endLineStart = lineStart;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        endLine++;
        endLineStart = base + i + 1;
      }
    }
    return new Location(
        firstLine, firstColumn, endLine, (int) (base + to - endLineStart) + 1, base + from);
  }
}
