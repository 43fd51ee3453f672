package dev.stanch.revokers.plan;

import static java.util.Objects.requireNonNull;

/// A document of ours that is not as it should be: which field, by its path, and what is wrong with
/// it. Quotes nothing of what stands there.
public final class MalformedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;

  /// @param path of the field, such as `steps[2].batch`
  /// @param problem what is wrong, without the path
  MalformedException(String path, String problem) {
    super((path.isEmpty() ? "" : path + ": ") + problem);
    this.path = requireNonNull(path, "path");
    this.problem = requireNonNull(problem, "problem");
  }

  /// The same, as seen from what holds the object.
  MalformedException within(String outer) {
    return new MalformedException(path.isEmpty() ? outer : outer + "." + path, problem);
  }
}
