/// Git repositories read without git: objects, refs, history.
///
/// Nothing of a repository is trusted and nothing of it is executed; whatever cannot be read
/// becomes a [Problem][dev.stanch.detectors.source.git.Problem] and the reading goes on.
@org.jspecify.annotations.NullMarked
package dev.stanch.detectors.source.git;
