package dev.stanch.cli.ci;

import dev.stanch.cli.Environment;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import java.util.Optional;

/// The CI services whose jobs tell what they run for.
public enum CiJob {
  GITHUB,
  GITLAB;

  /// The one that this process runs in.
  public static CiJob of(Environment environment) throws UserFault {
    if (is(environment, "GITHUB_ACTIONS")) {
      return GITHUB;
    }
    if (is(environment, "GITLAB_CI")) {
      return GITLAB;
    }
    throw UserFault.of(
        ExitCode.USAGE,
        "no CI service is known by the variables here (GITHUB_ACTIONS, GITLAB_CI)",
        "name the commits instead: stanch scan git --range A..B --base A");
  }

  private static boolean is(Environment environment, String variable) {
    return environment.variable(variable).equals(Optional.of("true"));
  }

  /// What the job runs for.
  public CiEvent event(Environment environment) throws UserFault {
    return switch (this) {
      case GITHUB -> GitHubEvent.of(environment);
      case GITLAB -> GitLabEvent.of(environment);
    };
  }
}
