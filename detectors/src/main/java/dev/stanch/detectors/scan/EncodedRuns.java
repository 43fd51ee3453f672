package dev.stanch.detectors.scan;

/// Finds runs of bytes that may be base64 or hexadecimal: long stretches of their alphabet with
/// nothing else between.
final class EncodedRuns {
  /// Shorter runs cannot hold a token worth decoding.
  static final int SHORTEST = 24;

  /// Longer runs are embedded files, not tokens; and a run must end within what an evaluation may
  /// look at.
  static final int LONGEST = Detector.AHEAD - 64;

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
    int at = first;
    // A run that began earlier is another window's.
    if (at > 0 && inRun(text[at - 1])) {
      while (at < end && inRun(text[at])) {
        at++;
      }
    }
    // Every run of the shortest length covers a multiple of that length from here.
    while (at < last) {
      int probe = at + SHORTEST - 1;
      if (probe >= end) {
        return;
      }
      int start = probe;
      while (start >= at && inRun(text[start])) {
        start--;
      }
      start++;
      if (start > probe) {
        at = probe + 1;
        continue;
      }
      int stop = probe + 1;
      int limit = Math.min(end, start + LONGEST + 1);
      while (stop < limit && inRun(text[stop])) {
        stop++;
      }
      if (start >= last) {
        return;
      }
      if (stop - start > LONGEST) {
        while (stop < end && inRun(text[stop])) {
          stop++;
        }
      } else if (stop - start >= SHORTEST) {
        runs.run(start, stop);
      }
      at = stop + 1;
    }
  }
}
