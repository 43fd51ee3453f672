package dev.stanch.detectors.source.git;

import org.jspecify.annotations.Nullable;

/// One blob of a [BlobWalk]: its bytes, and how they come from its delta base's bytes.
public final class BlobFrame {
  /// The base offset of an operation that brings new bytes.
  public static final int INSERT = Delta.INSERT;

  private static final byte[] NONE = {};

  private final int depth;
  private final Delta delta = new Delta();
  int entry;
  int end;
  byte[] bytes = NONE;
  int length;
  @Nullable BlobFrame base;
  boolean wanted;

  BlobFrame(int depth) {
    this.depth = depth;
  }

  /// How many ancestors of the blob the walk has on its way: 0 for one without a base. The base has
  /// one less.
  public int depth() {
    return depth;
  }

  /// The blob's entry in the [ObjectTable].
  public int entry() {
    return entry;
  }

  /// Whether the caller asked for this blob; others are on the way to one.
  public boolean wanted() {
    return wanted;
  }

  /// An array that begins with the blob's bytes; see [#length()].
  public byte[] bytes() {
    return bytes;
  }

  /// The number of the blob's bytes.
  public int length() {
    return length;
  }

  /// The frame of the delta base, or null where the blob is to be looked at on its own.
  public @Nullable BlobFrame base() {
    return base;
  }

  /// How many operations make the blob from its base; they cover its bytes from first to last
  /// without a gap.
  public int operationCount() {
    return base == null ? 0 : delta.count();
  }

  /// The operations: base offset (or [#INSERT]), length and target offset of the first, then those
  /// of the next.
  public int[] operations() {
    return delta.operations();
  }

  Delta delta() {
    return delta;
  }

  void release(BufferPool pool) {
    pool.release(bytes);
    bytes = NONE;
  }
}
