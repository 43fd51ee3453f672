package dev.stanch.cli.ci;

import static java.util.Objects.requireNonNull;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.ci.CiEvent.Point;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The repository that a CI job has checked out. What lacks of its history is fetched by git from
/// where it was cloned, with the login that the job left there. Nothing is checked out: of a change
/// only objects arrive.
public final class CiCheckout {
  private static final String HINT =
      "check out the whole history (actions/checkout with fetch-depth: 0, GIT_DEPTH: 0 at GitLab)";

  /// Nobody's hooks run, and the folder may belong to another user than a container's.
  private static final List<String> GIT =
      List.of(
          "git",
          "-c",
          "safe.directory=*",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "gc.auto=0",
          "-c",
          "maintenance.auto=false");

  private final Path folder;
  private final String remote;

  private CiCheckout(Path folder, String remote) {
    this.folder = requireNonNull(folder, "folder");
    this.remote = requireNonNull(remote, "remote");
  }

  /// The one in `folder`.
  public static CiCheckout of(Path folder) throws UserFault, InterruptedException {
    List<String> remotes = run(folder, List.of("remote")).lines();
    return new CiCheckout(
        folder, remotes.isEmpty() || remotes.contains("origin") ? "origin" : remotes.getFirst());
  }

  /// The id of what is to be scanned.
  public String head(Point point) throws UserFault, InterruptedException {
    return find(point)
        .orElseThrow(
            () ->
                UserFault.of(
                    ExitCode.INCOMPLETE,
                    "the commits of this change are not here and could not be fetched",
                    HINT));
  }

  /// The id of the first of several that is here or can be had.
  public Optional<String> first(List<Point> points) throws UserFault, InterruptedException {
    for (Point point : points) {
      Optional<String> found = find(point);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> find(Point point) throws UserFault, InterruptedException {
    String word;
    String wanted;
    switch (point) {
      case Point.Id(String id) -> {
        word = id;
        wanted = id;
      }
      case Point.Branch(String name) -> {
        word = "refs/remotes/" + remote + "/" + name;
        wanted = "+refs/heads/" + name + ":" + word;
      }
    }
    Optional<String> here = id(word);
    if (here.isEmpty()) {
      fetch(List.of(wanted));
      here = id(word);
    }
    return here;
  }

  private Optional<String> id(String word) throws UserFault, InterruptedException {
    Answer answer = git("rev-parse", "--verify", "--quiet", word + "^{object}");
    return answer.status() == 0 ? answer.lines().stream().findFirst() : Optional.empty();
  }

  /// Sees to it that the commits that `head` has and `since` has not are all here.
  public void complete(String head, Optional<String> since) throws UserFault, InterruptedException {
    if (isShallow()) {
      var wanted = new ArrayList<String>();
      wanted.add(head);
      since.ifPresent(wanted::add);
      fetch(wanted);
    }
    if (isShallow()) {
      var range = new ArrayList<>(List.of("rev-list", head));
      since.ifPresent(id -> range.add("^" + id));
      var cut = new HashSet<>(git(range.toArray(String[]::new)).lines());
      cut.retainAll(boundary());
      if (!cut.isEmpty()) {
        throw UserFault.of(
            ExitCode.INCOMPLETE,
            "the history of this change is cut off, and could not be fetched",
            HINT);
      }
    }
  }

  /// Fetches all branches and tags with all of their history.
  public void everything() throws UserFault, InterruptedException {
    if (!fetch(List.of("--tags", "+refs/heads/*:refs/remotes/" + remote + "/*")) || isShallow()) {
      throw UserFault.of(
          ExitCode.INCOMPLETE, "the branches of this repository could not be fetched", HINT);
    }
  }

  private boolean fetch(List<String> wanted) throws UserFault, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                "fetch", "--quiet", "--force", "--no-recurse-submodules", "--no-write-fetch-head"));
    if (!wanted.contains("--tags")) {
      command.add("--no-tags");
    }
    if (isShallow()) {
      command.add("--unshallow");
    }
    wanted.stream().filter(each -> each.startsWith("--")).forEach(command::add);
    command.add(remote);
    wanted.stream().filter(each -> !each.startsWith("--")).forEach(command::add);
    return git(command.toArray(String[]::new)).status() == 0;
  }

  private boolean isShallow() throws UserFault, InterruptedException {
    return git("rev-parse", "--is-shallow-repository").lines().contains("true");
  }

  private List<String> boundary() throws UserFault, InterruptedException {
    try {
      return Files.readAllLines(
          folder.resolve(git("rev-parse", "--git-path", "shallow").lines().getFirst()));
    } catch (IOException e) {
      throw UserFault.of(ExitCode.INCOMPLETE, "the checkout cannot be read", HINT);
    }
  }

  /// What git said, without its errors, which may hold an address with a login.
  private record Answer(int status, List<String> lines) {}

  private Answer git(String... arguments) throws UserFault, InterruptedException {
    return run(folder, List.of(arguments));
  }

  private static Answer run(Path folder, List<String> arguments)
      throws UserFault, InterruptedException {
    var command = new ArrayList<>(GIT);
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), said.lines().toList());
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.USAGE,
          "git could not be run in " + folder,
          "check the repository out with git, in a job that has git");
    }
  }
}
