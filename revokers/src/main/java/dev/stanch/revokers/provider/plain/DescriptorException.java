package dev.stanch.revokers.provider.plain;

import java.util.List;
import java.util.stream.Collectors;

/// A descriptor with mistakes, all of them.
final class DescriptorException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  DescriptorException(List<DescriptorProblem> problems) {
    super(problems.stream().map(DescriptorProblem::toString).collect(Collectors.joining("\n")));
  }
}
