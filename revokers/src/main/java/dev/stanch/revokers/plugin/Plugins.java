package dev.stanch.revokers.plugin;

import static java.util.Objects.requireNonNull;

import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The plugins in the user's folders.
public final class Plugins {
  private final List<Path> folders;
  private final TrustedPlugins trusted;

  /// Those of these folders, each of which is there.
  public Plugins(List<Path> folders, TrustedPlugins trusted) {
    this.folders = List.copyOf(folders);
    this.trusted = requireNonNull(trusted, "trusted");
  }

  /// The files that are plugins by their names, trusted or not, in the order of folders and names.
  public List<Path> files() throws IOException, PluginException {
    var files = new ArrayList<Path>();
    for (Path folder : folders) {
      Ownership.require("the plugin folder " + folder, folder.toRealPath());
      try (Stream<Path> all = Files.list(folder)) {
        all.filter(Plugin::isOne).sorted().forEach(files::add);
      }
    }
    return files;
  }

  /// `builtIn` and the providers of every plugin. One that is not trusted refuses them all: a
  /// response that leaves a provider out would lose its tokens.
  public ProviderCatalogue with(ProviderCatalogue builtIn) throws IOException, PluginException {
    ProviderCatalogue catalogue = builtIn;
    for (Path file : files()) {
      Plugin plugin = trusted(file);
      List<Provider> providers = plugin.providers();
      requireShown(plugin, providers);
      catalogue = with(catalogue, plugin, providers);
    }
    return catalogue;
  }

  /// What it asks with was shown when it was trusted: a jar may answer otherwise today.
  private void requireShown(Plugin plugin, List<Provider> providers)
      throws IOException, PluginException {
    Set<String> shown = trusted.credentials(plugin);
    for (Provider provider : providers) {
      for (AdminVariable variable : provider.adminVariables()) {
        if (!shown.contains(variable.name())) {
          throw PluginException.notTrusted(
              "the plugin "
                  + plugin.name()
                  + " asks with "
                  + variable.name()
                  + ", which was not shown when it was trusted",
              "if it may have it: stanch plugins trust " + plugin.file());
        }
      }
    }
  }

  private Plugin trusted(Path file) throws IOException, PluginException {
    Plugin plugin = Plugin.read(file);
    String trust = "stanch plugins trust " + file;
    return switch (trusted.of(plugin)) {
      case TRUSTED -> plugin;
      case UNTRUSTED ->
          throw PluginException.notTrusted(
              "the plugin " + plugin.name() + " is not trusted",
              "it runs as you, and sees the tokens of its provider; if you know where it comes"
                  + " from: "
                  + trust);
      case CHANGED ->
          throw PluginException.notTrusted(
              "the plugin " + plugin.name() + " has changed since it was trusted",
              "if you know what changed it: " + trust);
    };
  }

  /// `catalogue` and the providers of one plugin. Runs its code.
  public static ProviderCatalogue with(ProviderCatalogue catalogue, Plugin plugin)
      throws PluginException {
    return with(catalogue, plugin, plugin.providers());
  }

  private static ProviderCatalogue with(
      ProviderCatalogue catalogue, Plugin plugin, List<Provider> providers) throws PluginException {
    ProviderCatalogue more = catalogue;
    for (Provider provider : providers) {
      if (more.ids().contains(provider.id().value())) {
        throw PluginException.broken(
            "the plugin " + plugin.name() + " adds '" + provider.id() + "', which is there already",
            "no plugin takes the place of another provider: give it an id of its own");
      }
      more = more.with(provider);
    }
    return more;
  }
}
