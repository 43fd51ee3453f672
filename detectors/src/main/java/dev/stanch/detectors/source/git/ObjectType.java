package dev.stanch.detectors.source.git;

/// The four types of git objects.
public enum ObjectType {
  /// A state of the tree with its parents and message.
  COMMIT(0),
  /// A folder.
  TREE(1),
  /// A file's content.
  BLOB(2),
  /// An annotated tag.
  TAG(3);

  /// The type's number in the object table's arrays.
  final int code;

  ObjectType(int code) {
    this.code = code;
  }
}
