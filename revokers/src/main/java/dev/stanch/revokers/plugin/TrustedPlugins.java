package dev.stanch.revokers.plugin;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The digests that the user trusts, in a file of the user's own: one line each, as `sha256sum`
/// writes it, with the user's credentials that the plugin was shown to ask with.
public final class TrustedPlugins {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64})  (.+?)(?:  asks with ([A-Za-z0-9_]+(?:, [A-Za-z0-9_]+)*))?");

  private final Path file;

  /// Those of a file, which need not be there yet.
  public TrustedPlugins(Path file) {
    this.file = requireNonNull(file, "file");
  }

  /// Whether the user trusts what a plugin is now.
  public enum Trust {
    TRUSTED,
    /// Something else of the same name is trusted.
    CHANGED,
    UNTRUSTED
  }

  /// What a line says.
  private record Entry(String name, List<String> credentials) {
    Entry {
      credentials = List.copyOf(credentials);
    }
  }

  /// Whether `plugin` is trusted.
  public Trust of(Plugin plugin) throws IOException, PluginException {
    Map<String, Entry> entries = read();
    if (entries.containsKey(plugin.digest())) {
      return Trust.TRUSTED;
    }
    return entries.values().stream().anyMatch(entry -> entry.name().equals(plugin.name()))
        ? Trust.CHANGED
        : Trust.UNTRUSTED;
  }

  /// The user's credentials that `plugin` was shown to ask with when it was trusted, by their
  /// variables.
  Set<String> credentials(Plugin plugin) throws IOException, PluginException {
    Entry entry = read().get(plugin.digest());
    return entry == null ? Set.of() : Set.copyOf(entry.credentials());
  }

  /// The trusted plugins that ask with a credential, by the names of their files.
  public List<String> askingWith(String variable) throws IOException, PluginException {
    return read().values().stream()
        .filter(entry -> entry.credentials().contains(variable))
        .map(Entry::name)
        .toList();
  }

  /// Trusts `plugin` as it is now, and nothing else of its name any more.
  ///
  /// @param credentials the variables that it was shown to ask with
  public void add(Plugin plugin, Collection<String> credentials)
      throws IOException, PluginException {
    Map<String, Entry> entries = read();
    entries.values().removeIf(entry -> entry.name().equals(plugin.name()));
    entries.put(plugin.digest(), new Entry(plugin.name(), credentials.stream().sorted().toList()));
    write(entries);
  }

  /// Trusts nothing of this name any more.
  ///
  /// @return whether something was trusted
  public boolean remove(String name) throws IOException, PluginException {
    Map<String, Entry> entries = read();
    boolean was = entries.values().removeIf(entry -> entry.name().equals(name));
    if (was) {
      write(entries);
    }
    return was;
  }

  private Map<String, Entry> read() throws IOException, PluginException {
    var entries = new LinkedHashMap<String, Entry>();
    try {
      Ownership.require("the list of trusted plugins", file);
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          throw PluginException.broken(
              file + " has a line that is no digest and name",
              "remove that line; stanch plugins trust writes the file");
        }
        String credentials = matcher.group(3);
        entries.put(
            matcher.group(1),
            new Entry(
                matcher.group(2),
                credentials == null ? List.of() : List.of(credentials.split(", ", -1))));
      }
    } catch (NoSuchFileException _) {
      // Nothing is trusted yet.
    }
    return entries;
  }

  private void write(Map<String, Entry> entries) throws IOException {
    Path folder = requireNonNull(file.getParent(), "parent");
    Files.createDirectories(folder);
    var text = new StringBuilder();
    entries.forEach(
        (digest, entry) -> {
          text.append(digest).append("  ").append(entry.name());
          if (!entry.credentials().isEmpty()) {
            text.append("  asks with ").append(String.join(", ", entry.credentials()));
          }
          text.append('\n');
        });
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Path fresh =
        posix
            ? Files.createTempFile(
                folder,
                "trusted-plugins",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.createTempFile(folder, "trusted-plugins", "");
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
