package dev.stanch.detectors.scan;

import java.util.concurrent.atomic.LongAdder;

/// How far a scan has come, for whoever watches it, and the one way to stop it early.
///
/// Thread-safe; counters only grow. Reading is cheap enough for a progress bar, writing for a call
/// per block read.
public final class ScanProgress {
  private final LongAdder bytes = new LongAdder();
  private final LongAdder texts = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final LongAdder expected = new LongAdder();
  private final LongAdder expectedTexts = new LongAdder();
  private volatile boolean stopping;
  private volatile String phase = "";

  /// Nothing read yet, nothing expected.
  public ScanProgress() {}

  /// Counts bytes that were looked at.
  public void read(long more) {
    bytes.add(more);
  }

  /// Counts a text that was looked at.
  public void text() {
    texts.increment();
  }

  /// Counts tokens seen for the first time.
  public void found(long more) {
    tokens.add(more);
  }

  /// Says that so many more bytes are to come; without it nobody can tell how long a scan takes.
  public void expect(long more) {
    expected.add(more);
  }

  /// Says that so many more texts are to come, where nobody knows how long they are.
  public void expectTexts(long more) {
    expectedTexts.add(more);
  }

  /// Says what is done where nothing is scanned, before or after it; empty once that is over.
  public void phase(String what) {
    phase = what;
  }

  /// What is done where nothing is scanned, or empty.
  public String phase() {
    return phase;
  }

  /// Asks the scan to end: what was found so far becomes its result.
  public void stop() {
    stopping = true;
  }

  /// Whether somebody asked the scan to end.
  public boolean stopping() {
    return stopping;
  }

  /// Bytes looked at so far.
  public long bytes() {
    return bytes.sum();
  }

  /// Texts looked at so far.
  public long texts() {
    return texts.sum();
  }

  /// Different tokens seen so far, before any threshold.
  public long tokens() {
    return tokens.sum();
  }

  /// Texts to look at in all, or 0 where nobody knows.
  public long expectedTexts() {
    return expectedTexts.sum();
  }

  /// Bytes to look at in all, or 0 where nobody knows.
  public long expectedBytes() {
    return expected.sum();
  }
}
