package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

/// One object's type and bytes.
public final class GitObject {
  private final ObjectType type;
  private final byte[] bytes;

  GitObject(ObjectType type, byte[] bytes) {
    this.type = requireNonNull(type, "type");
    this.bytes = requireNonNull(bytes, "bytes");
  }

  /// The object's type.
  public ObjectType type() {
    return type;
  }

  /// The object's bytes, which may be shared: not to be changed.
  public byte[] bytes() {
    return bytes;
  }
}
