package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import dev.stanch.revokers.plugin.Plugin;
import dev.stanch.revokers.plugin.PluginException;
import dev.stanch.revokers.plugin.Plugins;
import dev.stanch.revokers.plugin.TrustedPlugins;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The plugins of this run. What is wrong with one becomes a fault that names it.
public final class PluginFolders {
  private final Path folder;
  private final Plugins plugins;
  private final TrustedPlugins trusted;

  private PluginFolders(Path folder, List<Path> folders, TrustedPlugins trusted) {
    this.folder = requireNonNull(folder, "folder");
    this.plugins = new Plugins(folders, trusted);
    this.trusted = requireNonNull(trusted, "trusted");
  }

  static PluginFolders of(Environment environment, List<Path> named) throws UserFault {
    Path configuration = UserConfiguration.folder(environment);
    var folders = new ArrayList<Path>();
    Path usual = configuration.resolve("plugins");
    if (Files.isDirectory(usual)) {
      folders.add(usual);
    }
    for (Path each : named) {
      Path folder = environment.folder().resolve(each);
      if (!Files.isDirectory(folder)) {
        throw UserFault.of(ExitCode.USAGE, "no such plugin folder: " + each, "check the path");
      }
      folders.add(folder);
    }
    return new PluginFolders(
        environment.folder(),
        folders,
        new TrustedPlugins(configuration.resolve("trusted-plugins")));
  }

  /// These providers and those of all plugins.
  ProviderCatalogue with(ProviderCatalogue builtIn) throws UserFault {
    return guarded(() -> plugins.with(builtIn));
  }

  /// A plugin in a folder, and what would become of it.
  ///
  /// @param state `trusted`, `changed`, `untrusted`, or why it is refused
  public record Row(Path file, String digest, String state) {
    public Row {
      requireNonNull(file, "file");
      requireNonNull(digest, "digest");
      requireNonNull(state, "state");
    }
  }

  /// Every plugin, whether it would be loaded or not; runs none.
  public List<Row> rows() throws UserFault {
    return guarded(
        () -> {
          var rows = new ArrayList<Row>();
          for (Path file : plugins.files()) {
            rows.add(row(file));
          }
          return rows;
        });
  }

  private Row row(Path file) throws IOException, PluginException {
    Plugin plugin;
    try {
      plugin = Plugin.read(file);
    } catch (PluginException e) {
      return new Row(file, "-", "refused: " + e.getMessage());
    }
    String state =
        switch (trusted.of(plugin)) {
          case TRUSTED -> "trusted";
          case CHANGED -> "changed";
          case UNTRUSTED -> "untrusted";
        };
    return new Row(file, plugin.digest(), state);
  }

  /// What was trusted.
  public record Trusted(String name, String digest, List<Provider> providers) {
    public Trusted {
      requireNonNull(name, "name");
      requireNonNull(digest, "digest");
      providers = List.copyOf(providers);
    }
  }

  /// Trusts a file as it is now, after it was loaded beside the built-in providers.
  public Trusted trust(Path file) throws UserFault {
    return guarded(
        () -> {
          Plugin plugin = Plugin.read(folder.resolve(file));
          var builtIn = new ProviderCatalogue(PluginFolders.class.getClassLoader());
          ProviderCatalogue both = Plugins.with(builtIn, plugin);
          trusted.add(plugin);
          return new Trusted(
              plugin.name(),
              plugin.digest(),
              both.ids().stream()
                  .filter(id -> !builtIn.ids().contains(id))
                  .map(id -> both.find(id).orElseThrow())
                  .toList());
        });
  }

  /// Trusts nothing of this name any more.
  ///
  /// @return whether something was trusted
  public boolean untrust(String name) throws UserFault {
    return guarded(() -> trusted.remove(name));
  }

  @FunctionalInterface
  private interface Work<T> {
    T done() throws IOException, PluginException;
  }

  private static <T> T guarded(Work<T> work) throws UserFault {
    try {
      return work.done();
    } catch (PluginException e) {
      throw UserFault.of(
          switch (e.fault()) {
            case NOT_TRUSTED -> ExitCode.REFUSED;
            case BROKEN -> ExitCode.USAGE;
          },
          String.valueOf(e.getMessage()),
          e.hint());
    } catch (NoSuchFileException e) {
      throw UserFault.of(ExitCode.USAGE, "no such file: " + e.getFile(), "check the path");
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.USAGE, "cannot read the plugins: " + e, "check the files' permissions");
    }
  }
}
