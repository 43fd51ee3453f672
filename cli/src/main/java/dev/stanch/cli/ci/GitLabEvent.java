package dev.stanch.cli.ci;

import dev.stanch.cli.Environment;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.ci.CiEvent.Author;
import dev.stanch.cli.ci.CiEvent.Change;
import dev.stanch.cli.ci.CiEvent.Everything;
import dev.stanch.cli.ci.CiEvent.Point;
import java.util.List;
import java.util.Optional;

/// Reads what GitLab CI tells a job in its variables, as
/// https://docs.gitlab.com/ci/variables/predefined_variables/ documents them.
final class GitLabEvent {
  private final Environment environment;
  private final String name;

  private GitLabEvent(Environment environment) {
    this.environment = environment;
    this.name = environment.variable("CI_PIPELINE_SOURCE").orElse("pipeline");
  }

  static CiEvent of(Environment environment) throws UserFault {
    try {
      return new GitLabEvent(environment).event();
    } catch (IllegalArgumentException e) {
      throw UserFault.of(
          ExitCode.USAGE,
          "the variables of GitLab CI are not what it documents",
          "name the commits instead: stanch scan git --range A..B");
    }
  }

  private CiEvent event() {
    Optional<Point> main = environment.variable("CI_DEFAULT_BRANCH").map(Point.Branch::new);
    return switch (name) {
      case "merge_request_event" -> mergeRequest();
      case "push" -> push(main);
      default -> new Everything(name, main.stream().toList());
    };
  }

  private CiEvent mergeRequest() {
    Optional<Point> target =
        environment.variable("CI_MERGE_REQUEST_TARGET_BRANCH_NAME").map(Point.Branch::new);
    // A pipeline of merged results stands on a commit that nobody wrote; the head is told then.
    String head =
        environment
            .variable("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA")
            .or(() -> environment.variable("CI_COMMIT_SHA"))
            .orElse("");
    boolean ours =
        environment.variable("CI_MERGE_REQUEST_SOURCE_PROJECT_ID").isPresent()
            && environment
                .variable("CI_MERGE_REQUEST_SOURCE_PROJECT_ID")
                .equals(environment.variable("CI_MERGE_REQUEST_PROJECT_ID"));
    return new Change(
        name,
        new Point.Id(head),
        List.of(new Point.Id(environment.variable("CI_MERGE_REQUEST_DIFF_BASE_SHA").orElse(""))),
        target.stream().toList(),
        ours ? Author.OURS : Author.FORK);
  }

  private CiEvent push(Optional<Point> main) {
    Point after = new Point.Id(environment.variable("CI_COMMIT_SHA").orElse(""));
    List<Point> before =
        environment
            .variable("CI_COMMIT_BEFORE_SHA")
            .filter(id -> !id.matches("0*"))
            .<Point>map(Point.Id::new)
            .stream()
            .toList();
    boolean onMain =
        environment.variable("CI_COMMIT_BRANCH").equals(environment.variable("CI_DEFAULT_BRANCH"));
    if (onMain) {
      return new Change(name, after, before, before, Author.OURS);
    }
    var since = new java.util.ArrayList<>(before);
    main.ifPresent(since::add);
    return new Change(name, after, since, main.stream().toList(), Author.OURS);
  }
}
