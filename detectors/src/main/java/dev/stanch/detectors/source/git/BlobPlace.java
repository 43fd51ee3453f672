package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

/// One path at which a blob stands or stood.
///
/// @param path the path with `/`; bytes that are no UTF-8 stand as `\xNN`; empty for a blob that a
///   ref names directly
/// @param order the place of the first commit among all commits: of two places the one with the
///   lesser order is first
/// @param commit the entry of the first commit whose tree holds the blob at this path, or
///   [ObjectTable#NONE] where only a ref to a tree or blob leads to it
/// @param reach from where any commit that holds the blob at this path is reachable
/// @param inTips whether the tree of a ref or of `HEAD` holds the blob at this path
/// @param inHead whether that of `HEAD` does
public record BlobPlace(
    String path, int order, int commit, Reach reach, boolean inTips, boolean inHead) {
  public BlobPlace {
    requireNonNull(path, "path");
    requireNonNull(reach, "reach");
  }
}
