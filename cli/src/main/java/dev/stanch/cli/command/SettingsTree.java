package dev.stanch.cli.command;

import dev.stanch.cli.RuleSets;
import dev.stanch.cli.UserFault;
import java.util.Optional;

/// Where settings lie that may count in a run: `stanch.yml`, baselines, ignore files.
interface SettingsTree {
  /// The text of the file of that name; empty where there is none.
  Optional<String> text(String name) throws UserFault;

  /// The files that one of them may name.
  RuleSets.Neighbours neighbours();
}
