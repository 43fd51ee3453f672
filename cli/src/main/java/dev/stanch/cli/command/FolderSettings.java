package dev.stanch.cli.command;

import static java.util.Objects.requireNonNull;

import dev.stanch.cli.ConfigurationText;
import dev.stanch.cli.RuleSets;
import dev.stanch.cli.UserFault;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The settings in a folder.
///
/// @param without a file that has no say, or null
record FolderSettings(Path root, @Nullable Path without) implements SettingsTree {
  FolderSettings {
    requireNonNull(root, "root");
  }

  @Override
  public Optional<String> text(String name) throws UserFault {
    Path file = root.resolve(name);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !file.equals(without)
        ? Optional.of(ConfigurationText.of(file, name))
        : Optional.empty();
  }

  @Override
  public RuleSets.Neighbours neighbours() {
    return new RuleSets.FilesOfTree(root);
  }
}
