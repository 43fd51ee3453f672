package dev.stanch.cli.command;

import dev.stanch.cli.RuleSets;
import java.io.IOException;
import java.util.Optional;

/// Where nothing was agreed on before: in a new repository.
record NoSettings() implements SettingsTree {
  @Override
  public Optional<String> text(String name) {
    return Optional.empty();
  }

  @Override
  public RuleSets.Neighbours neighbours() {
    return _ -> {
      throw new IOException("there is no such file");
    };
  }
}
