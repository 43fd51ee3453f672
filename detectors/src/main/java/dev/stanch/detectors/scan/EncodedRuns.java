package dev.stanch.detectors.scan;

/// Finds runs of bytes that may be base64 or hexadecimal: long stretches of their alphabet with
/// nothing else between.
final class EncodedRuns {
  /// Shorter runs cannot hold a token worth decoding.
  static final int SHORTEST = 24;

  /// Longer runs are embedded files, not tokens; and a run must end within what an evaluation may
  /// look at.
  static final int LONGEST = Detector.AHEAD - 64;

  /// No lower byte is in a run.
  private static final int FIRST_IN_RUN = '+';

  private static final boolean[] IN_RUN = new boolean[256];

  static {
    for (int c = 0; c < 128; c++) {
      IN_RUN[c] =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '+'
              || c == '/'
              || c == '-'
              || c == '_';
    }
  }

  private EncodedRuns() {}

  /// Told of each run, in order.
  interface Runs {
    void run(int start, int end);
  }

  static boolean inRun(int b) {
    return IN_RUN[b & 0xff];
  }

  /// Reports the runs that begin in `[first, last)`; bytes before `first` and up to `end` may be
  /// looked at.
  static void find(byte[] text, int first, int last, int end, Runs runs) {
    boolean[] inRun = IN_RUN;
    // Where the next run can begin: none that is long enough begins before it.
    int start = first;
    // A run that began earlier is another window's.
    if (start > 0 && inRun[text[start - 1] & 0xff]) {
      start = endOfRun(text, start, end);
    }
    while (start < last && start + SHORTEST <= end) {
      // A run from here, or from any byte up to the first of these eight, holds all of them.
      if (EightBytes.anyBelowOrHigh(text, start + SHORTEST - EightBytes.COUNT, FIRST_IN_RUN)) {
        start += SHORTEST - EightBytes.COUNT + 1;
        continue;
      }
      // From the last byte that a run from here must hold, back to the first that it cannot.
      int at = start + SHORTEST - 1;
      while (at >= start && inRun[text[at] & 0xff]) {
        at--;
      }
      if (at >= start) {
        start = at + 1;
        continue;
      }
      int stop = endOfRun(text, start + SHORTEST, end);
      if (stop - start <= LONGEST) {
        runs.run(start, stop);
      }
      start = stop + 1;
    }
  }

  private static int endOfRun(byte[] text, int from, int end) {
    int at = from;
    while (at < end && IN_RUN[text[at] & 0xff]) {
      at++;
    }
    return at;
  }
}
