package dev.stanch.revokers.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// That tools of a machine log in with what a variable stands for.
///
/// @param tools whose login it is; empty where several have it alike
/// @param files where it stands besides, as people write such places; the first that exists counts
public record ToolLogin(List<String> tools, List<String> files) {
  /// Variables of tools whose files say nothing of them.
  static final Set<String> OTHERS =
      Set.of("GITLAB_TOKEN", "NPM_TOKEN", "PGPASSWORD", "AZURE_CLIENT_SECRET");

  public ToolLogin {
    tools = List.copyOf(tools);
    files = List.copyOf(files);
  }

  /// The login that a variable stands for, if it is one.
  public static Optional<ToolLogin> of(String variable) {
    var tools = new TreeSet<String>();
    var files = new ArrayList<String>();
    for (Login login : Login.all()) {
      if (login.variables().containsKey(variable) || login.files().contains("$" + variable)) {
        tools.add(login.tool());
        files.addAll(login.files());
      }
    }
    if (ConfigurationFiles.AWS.containsKey(variable)) {
      tools.add("aws");
      files.addAll(List.of("~/.aws/credentials", "~/.aws/config"));
    }
    return tools.isEmpty() && !OTHERS.contains(variable)
        ? Optional.empty()
        : Optional.of(new ToolLogin(List.copyOf(tools), files));
  }
}
