package dev.stanch.detectors.model;

/// Where a token stands in its text. Lines and columns from 1, columns in bytes, the end exclusive;
/// the offset in bytes from the start of the (decoded) text.
public record Location(int line, int column, int endLine, int endColumn, long offset)
    implements Comparable<Location> {
  public Location {
    if (line < 1 || column < 1 || endLine < line || endColumn < 1 || offset < 0) {
      throw new IllegalArgumentException(
          "not a location: " + line + ":" + column + "-" + endLine + ":" + endColumn);
    }
  }

  @Override
  public int compareTo(Location other) {
    return Long.compare(offset, other.offset);
  }
}
