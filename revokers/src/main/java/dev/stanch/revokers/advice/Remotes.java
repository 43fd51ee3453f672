package dev.stanch.revokers.advice;

import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The remotes that a script gives git, and what else names a repository of git.
final class Remotes {
  /// What git calls the remote of a clone.
  static final String DEFAULT = "origin";

  /// What begins the address of a package that is fetched from a repository of git.
  static final String OF_PACKAGE = "git+https://";

  private static final Pattern SSH = Pattern.compile("^(?:ssh://|[\\w.-]+@[\\w.-]+:)");

  /// The action that clones, the repository of the workflow where none is named.
  private static final String CHECKOUT = "actions/checkout";

  private static final String GITHUB = "https://github.com/";
  private static final Set<String> MOVING = Set.of("cd", "pushd");
  private static final int LONGEST_FOLDER = 500;

  private final Map<String, String> named = new HashMap<>();
  private final Map<String, String> clones = new HashMap<>(); // by their folders' last names
  private final Map<Command, String> folders = new HashMap<>(); // that git is run in

  private Remotes() {}

  /// The remotes of a script.
  static Remotes of(List<Command> commands) {
    var remotes = new Remotes();
    String folder = "";
    for (Command command : commands) {
      folder = remotes.run(command, folder);
    }
    return remotes;
  }

  /// The remotes of a workflow, each step of which begins in a folder of its own.
  static Remotes of(List<Command> commands, Workflow workflow) {
    var remotes = new Remotes();
    remotes.checkOut(workflow.actions());
    String folder = "";
    Workflow.Step last = null;
    for (Command command : commands) {
      Workflow.Step step = workflow.step(command.line());
      folder =
          remotes.run(command, step.equals(last) ? folder : setting(step, "working-directory"));
      last = step;
    }
    return remotes;
  }

  /// What is checked out, where it is not the workflow's own repository alone.
  private void checkOut(List<Workflow.Action> actions) {
    List<Workflow.Step> all =
        actions.stream()
            .filter(each -> each.name().equals(CHECKOUT))
            .map(Workflow.Action::step)
            .toList();
    if (all.stream().anyMatch(step -> !setting(step, "repository").isEmpty())) {
      for (Workflow.Step step : all) {
        String repository = setting(step, "repository");
        clones.put(
            last(setting(step, "path")),
            GITHUB + (repository.isEmpty() ? "${{ github.repository }}" : repository));
      }
    }
  }

  private static String setting(Workflow.Step step, String name) {
    return step.settings().stream()
        .filter(each -> each.name().equals(name))
        .map(each -> Texts.literal(each.value()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  /// Reads a command that is run in a folder; the folder that the next one is run in.
  private String run(Command command, String folder) {
    if (MOVING.contains(command.program())) {
      return command.word(1, 0).map(each -> into(folder, each)).orElse("");
    }
    if (!command.program().equals("git")) {
      return folder;
    }
    String here = command.option("C").map(each -> into(folder, each)).orElse(folder);
    folders.put(command, here);
    Optional<Integer> added =
        command
            .behind(List.of("git", "remote", "add"))
            .or(() -> command.behind(List.of("git", "remote", "set-url")));
    command.behind(List.of("git", "clone")).ifPresent(at -> cloned(command, at));
    added.ifPresent(
        at -> {
          Optional<String> address = command.word(at, 1);
          command.word(at, 0).ifPresent(name -> address.ifPresent(each -> add(name, each, here)));
        });
    return folder;
  }

  private void cloned(Command command, int at) {
    command
        .word(at, 0)
        .ifPresent(
            address -> {
              String itself = last(address).replaceFirst("\\.git$", "");
              put(named, DEFAULT, address);
              clones.put(command.word(at, 1).map(Remotes::last).orElse(itself), address);
            });
  }

  private void add(String name, String address, String folder) {
    named.put(name, address);
    if (name.equals(DEFAULT)) {
      clone(folder).ifPresent(each -> clones.put(each, address));
    }
  }

  /// The addresses of the remotes that a command sees by their names, of those that have one.
  Map<String, String> at(Command command) {
    Optional<String> clone = clone(folders.getOrDefault(command, ""));
    if (clone.isEmpty()) {
      return named;
    }
    var here = new HashMap<>(named);
    here.put(DEFAULT, clones.getOrDefault(clone.get(), ""));
    return here;
  }

  /// The last name of the clone that a folder is of; empty where that is not seen.
  private Optional<String> clone(String folder) {
    for (String each : List.of(folder.split("/", -1)).reversed()) {
      if (clones.containsKey(each)) {
        return Optional.of(each);
      }
    }
    return clones.containsKey("") ? Optional.of("") : Optional.empty();
  }

  /// The folder that a path leads to from another.
  private static String into(String folder, String path) {
    boolean absolute =
        folder.isEmpty() || "/$~".indexOf(path.isEmpty() ? '/' : path.charAt(0)) >= 0;
    if (path.startsWith("-") || path.startsWith("..")) {
      return "";
    }
    return absolute || folder.length() > LONGEST_FOLDER ? path : folder + "/" + path;
  }

  /// The last name of a path; empty for the folder that one is in.
  private static String last(String path) {
    String bare = path.replaceFirst("/+$", "");
    String name = bare.substring(bare.lastIndexOf('/') + 1);
    return name.equals(".") ? "" : name;
  }

  /// Of several clones nobody can tell which one a command is run in whose folder is not seen.
  private static void put(Map<String, String> remotes, String name, String address) {
    remotes.merge(
        name,
        address,
        (one, other) ->
            one.equals(other) ? one : one.substring(0, one.lastIndexOf('/') + 1) + Constants.HOLE);
  }

  /// Whether an address is one that a key opens, not a token.
  static boolean isOverSsh(String address) {
    return address.indexOf(':') > 0 && SSH.matcher(address).find();
  }

  /// The repository that a package is fetched from, without what names its version.
  static String repository(String address) {
    int begin = address.indexOf(OF_PACKAGE) + "git+".length(); // behind `name @ `
    String bare = address.substring(begin).replaceFirst("[?#;\\s].*", "");
    int path = bare.indexOf('/', bare.indexOf("://") + 3);
    int version = path < 0 ? -1 : bare.indexOf('@', path);
    return version < 0 ? bare : bare.substring(0, version);
  }
}
