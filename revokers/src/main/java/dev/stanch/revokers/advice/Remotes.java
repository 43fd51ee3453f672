package dev.stanch.revokers.advice;

import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The remotes that a script gives git, and what else names a repository of git.
final class Remotes {
  /// What git calls the remote of a clone.
  static final String DEFAULT = "origin";

  /// What begins the address of a package that is fetched from a repository of git.
  static final String OF_PACKAGE = "git+https://";

  private static final Pattern SSH = Pattern.compile("^(?:ssh://|[\\w.-]+@[\\w.-]+:)");

  private Remotes() {}

  /// The addresses of a script's remotes by their names, of those that have one address.
  static Map<String, String> of(List<Command> commands) {
    var remotes = new HashMap<String, String>();
    for (Command command : commands) {
      if (!command.program().equals("git")) {
        continue;
      }
      Optional<Integer> cloned = command.behind(List.of("git", "clone"));
      Optional<Integer> added =
          command
              .behind(List.of("git", "remote", "add"))
              .or(() -> command.behind(List.of("git", "remote", "set-url")));
      cloned.flatMap(at -> command.word(at, 0)).ifPresent(each -> put(remotes, DEFAULT, each));
      added.ifPresent(
          at ->
              command
                  .word(at, 0)
                  .ifPresent(
                      name ->
                          command.word(at, 1).ifPresent(address -> remotes.put(name, address))));
    }
    return remotes;
  }

  /// Of several clones nobody can tell which one a later command is run in.
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
