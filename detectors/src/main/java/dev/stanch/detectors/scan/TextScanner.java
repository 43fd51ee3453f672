package dev.stanch.detectors.scan;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Scans one text after another, of any size, in bounded memory. One per thread.
final class TextScanner {
  private static final int WINDOW = 8 << 20;
  private static final Comparator<Found> BY_PLACE =
      Comparator.comparingInt(Found::start).thenComparingInt(f -> f.candidate().rule());

  private final DetectorSession session;
  private byte[] buffer = new byte[1 << 20];
  private long bytesRead;

  TextScanner(Detector detector) {
    this.session = detector.open();
  }

  private record Found(int start, Candidate candidate) {}

  /// Bytes read since this scanner was made.
  long bytesRead() {
    return bytesRead;
  }

  /// Reads `in` to its end and gives what stands in it, in order, overlaps resolved.
  List<Hit> scan(InputStream in) throws IOException {
    var hits = new ArrayList<Hit>();
    var lines = new Lines();
    long base = 0;
    int filled = 0;
    int firstKeyword = 0;
    while (true) {
      boolean ended = false;
      while (filled < WINDOW) {
        if (filled == buffer.length) {
          buffer = java.util.Arrays.copyOf(buffer, Math.min(WINDOW, buffer.length * 2));
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
          ended = true;
          break;
        }
        filled += read;
        bytesRead += read;
      }
      int lastKeyword = ended ? filled : filled - Detector.AHEAD;
      var found = new ArrayList<Found>();
      session.scan(
          buffer,
          0,
          filled,
          firstKeyword,
          lastKeyword,
          (at, candidate) -> found.add(new Found(at + candidate.offset(), candidate)));
      found.sort(BY_PLACE);
      for (Found one : found) {
        hits.add(
            new Hit(
                one.candidate(),
                base + one.start(),
                lines.locate(buffer, base, one.start(), one.start() + one.candidate().length())));
      }
      if (ended) {
        return Overlaps.resolve(hits);
      }
      int keep = filled - lastKeyword + Detector.BACK;
      lines.countTo(buffer, base, filled - keep);
      System.arraycopy(buffer, filled - keep, buffer, 0, keep);
      base += filled - keep;
      firstKeyword = Detector.BACK;
      filled = keep;
    }
  }
}
