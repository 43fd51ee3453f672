package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import dev.stanch.revokers.plugin.Plugin;
import dev.stanch.revokers.plugin.PluginException;
import dev.stanch.revokers.plugin.Plugins;
import dev.stanch.revokers.plugin.TrustedPlugins;
import dev.stanch.revokers.run.ToolLogin;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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

  /// A credential of the user's that a provider of a plugin asks with.
  ///
  /// @param others whose login it is besides, in words; empty where nobody else's
  public record Wanted(Provider provider, String variable, String others) {
    public Wanted {
      requireNonNull(provider, "provider");
      requireNonNull(variable, "variable");
      requireNonNull(others, "others");
    }
  }

  /// What was trusted.
  public record Trusted(String name, String digest, List<Provider> providers, List<Wanted> wanted) {
    public Trusted {
      requireNonNull(name, "name");
      requireNonNull(digest, "digest");
      providers = List.copyOf(providers);
      wanted = List.copyOf(wanted);
    }
  }

  /// Trusts a file as it is now, after it was loaded beside the built-in providers.
  ///
  /// @param granted variables that it may ask with although they stand for a login of somebody else
  public Trusted trust(Path file, Set<String> granted) throws UserFault {
    Loaded loaded = guarded(() -> loaded(file));
    for (Wanted wanted : loaded.wanted()) {
      if (!wanted.others().isEmpty() && !granted.contains(wanted.variable())) {
        throw UserFault.of(
            ExitCode.REFUSED,
            "the plugin "
                + loaded.plugin().name()
                + " asks with your "
                + wanted.variable()
                + ", "
                + wanted.others(),
            "if "
                + String.join(", ", new TreeSet<>(wanted.provider().hosts()))
                + " may see it, add --credential "
                + wanted.variable());
      }
    }
    return guarded(
        () -> {
          trusted.add(
              loaded.plugin(),
              loaded.wanted().stream().map(Wanted::variable).collect(Collectors.toSet()));
          return new Trusted(
              loaded.plugin().name(),
              loaded.plugin().digest(),
              loaded.providers(),
              loaded.wanted());
        });
  }

  private record Loaded(Plugin plugin, List<Provider> providers, List<Wanted> wanted) {
    Loaded {
      providers = List.copyOf(providers);
      wanted = List.copyOf(wanted);
    }
  }

  private Loaded loaded(Path file) throws IOException, PluginException {
    Plugin plugin = Plugin.read(folder.resolve(file));
    var builtIn = ProviderCatalogue.builtIn();
    ProviderCatalogue both = Plugins.with(builtIn, plugin);
    List<Provider> providers =
        both.ids().stream()
            .filter(id -> !builtIn.ids().contains(id))
            .map(id -> both.find(id).orElseThrow())
            .toList();
    var wanted = new ArrayList<Wanted>();
    for (Provider provider : providers) {
      for (AdminVariable variable : provider.adminVariables()) {
        String name = variable.name();
        wanted.add(new Wanted(provider, name, others(plugin, name, builtIn)));
      }
    }
    return new Loaded(plugin, providers, wanted);
  }

  /// Whose login a variable stands for besides, in words; empty where nobody else's.
  private String others(Plugin plugin, String variable, ProviderCatalogue builtIn)
      throws IOException, PluginException {
    var whose = new TreeSet<String>();
    for (Provider provider : builtIn.all()) {
      if (provider.adminVariables().stream().anyMatch(each -> each.name().equals(variable))) {
        whose.add(provider.name());
      }
    }
    for (String other : trusted.askingWith(variable)) {
      if (!other.equals(plugin.name())) {
        whose.add("the plugin " + other);
      }
    }
    ToolLogin login = ToolLogin.of(variable).orElse(null);
    if (login != null) {
      whose.addAll(login.tools().isEmpty() ? List.of("other tools") : login.tools());
    }
    return whose.isEmpty()
        ? ""
        : "a login of "
            + String.join(", ", whose)
            + (login == null || login.files().isEmpty()
                ? ""
                : "; where it is not set, what stands in " + String.join(", ", login.files()));
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
