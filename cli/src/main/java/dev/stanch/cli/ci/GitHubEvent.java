package dev.stanch.cli.ci;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.Environment;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.ci.CiEvent.Author;
import dev.stanch.cli.ci.CiEvent.Change;
import dev.stanch.cli.ci.CiEvent.Everything;
import dev.stanch.cli.ci.CiEvent.Nothing;
import dev.stanch.cli.ci.CiEvent.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads what GitHub Actions tells a job: `GITHUB_EVENT_NAME` and the payload in
/// `GITHUB_EVENT_PATH`, as
/// https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
/// documents them. Nothing of it is run or shown.
final class GitHubEvent {
  private final String name;
  private final JsonNode payload;

  private GitHubEvent(String name, JsonNode payload) {
    this.name = name;
    this.payload = payload;
  }

  static CiEvent of(Environment environment) throws UserFault {
    String name = environment.variable("GITHUB_EVENT_NAME").orElse("");
    Optional<String> file = environment.variable("GITHUB_EVENT_PATH");
    if (name.isEmpty() || file.isEmpty()) {
      throw unreadable("GITHUB_EVENT_NAME or GITHUB_EVENT_PATH is not set");
    }
    try {
      return new GitHubEvent(
              name, new ObjectMapper().readTree(Files.readAllBytes(Path.of(file.get()))))
          .event();
    } catch (JacksonException | IllegalArgumentException e) {
      throw unreadable("the event in GITHUB_EVENT_PATH is not one of GitHub's");
    } catch (IOException e) {
      throw unreadable("the event in GITHUB_EVENT_PATH cannot be read");
    }
  }

  private static UserFault unreadable(String message) {
    return UserFault.of(
        ExitCode.USAGE, message, "name the commits instead: stanch scan git --range A..B");
  }

  private CiEvent event() {
    if (payload.path("pull_request").path("head").path("sha").isTextual()) {
      return pullRequest(payload.path("pull_request"));
    }
    return switch (name) {
      case "push" -> push();
      case "merge_group" -> {
        JsonNode group = payload.path("merge_group");
        Point before = id(group, "base_sha");
        yield new Change(
            name, id(group, "head_sha"), List.of(before), List.of(before), Author.OURS);
      }
      default -> new Everything(name, defaultBranch());
    };
  }

  private CiEvent pullRequest(JsonNode request) {
    JsonNode head = request.path("head");
    JsonNode base = request.path("base");
    Point before = id(base, "sha");
    // The repository of a head is null once its fork is deleted.
    boolean ours =
        head.path("repo").path("full_name").isTextual()
            && head.path("repo")
                .path("full_name")
                .asText()
                .equals(base.path("repo").path("full_name").asText());
    return new Change(
        name, id(head, "sha"), List.of(before), List.of(before), ours ? Author.OURS : Author.FORK);
  }

  private CiEvent push() {
    if (payload.path("deleted").asBoolean()) {
      return new Nothing(name);
    }
    String ref = payload.path("ref").asText();
    String main = payload.path("repository").path("default_branch").asText();
    Point after = id(payload, "after");
    Optional<Point> before = before(payload.path("before").asText());
    if (ref.equals("refs/heads/" + main)) {
      List<Point> known = before.stream().toList();
      return new Change(name, after, known, known, Author.OURS);
    }
    // Of other branches none counts as seen: two that are pushed at once would each pass for known
    // by the other.
    List<Point> known =
        before
            .map(id -> List.of(id, (Point) new Point.Branch(main)))
            .orElseGet(this::defaultBranch);
    return new Change(name, after, known, defaultBranch(), Author.OURS);
  }

  /// What a ref led to; nothing where it is new.
  private static Optional<Point> before(String id) {
    return id.matches("0*") ? Optional.empty() : Optional.of(new Point.Id(id));
  }

  private List<Point> defaultBranch() {
    String name = payload.path("repository").path("default_branch").asText();
    return name.isEmpty() ? List.of() : List.of(new Point.Branch(name));
  }

  private static Point id(JsonNode node, String field) {
    return new Point.Id(node.path(field).asText());
  }
}
