package dev.stanch.revokers.plugin;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The digests that the user trusts, in a file of the user's own: one line each, as `sha256sum`
/// writes it.
public final class TrustedPlugins {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");

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

  /// Whether `plugin` is trusted.
  public Trust of(Plugin plugin) throws IOException, PluginException {
    Map<String, String> names = read();
    if (names.containsKey(plugin.digest())) {
      return Trust.TRUSTED;
    }
    return names.containsValue(plugin.name()) ? Trust.CHANGED : Trust.UNTRUSTED;
  }

  /// Trusts `plugin` as it is now, and nothing else of its name any more.
  public void add(Plugin plugin) throws IOException, PluginException {
    Map<String, String> names = read();
    names.values().removeIf(plugin.name()::equals);
    names.put(plugin.digest(), plugin.name());
    write(names);
  }

  /// Trusts nothing of this name any more.
  ///
  /// @return whether something was trusted
  public boolean remove(String name) throws IOException, PluginException {
    Map<String, String> names = read();
    boolean was = names.values().removeIf(name::equals);
    if (was) {
      write(names);
    }
    return was;
  }

  private Map<String, String> read() throws IOException, PluginException {
    var names = new LinkedHashMap<String, String>();
    try {
      Ownership.require("the list of trusted plugins", file);
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          throw PluginException.broken(
              file + " has a line that is no digest and name",
              "remove that line; stanch plugins trust writes the file");
        }
        names.put(matcher.group(1), matcher.group(2));
      }
    } catch (NoSuchFileException _) {
      // Nothing is trusted yet.
    }
    return names;
  }

  private void write(Map<String, String> names) throws IOException {
    Path folder = requireNonNull(file.getParent(), "parent");
    Files.createDirectories(folder);
    var text = new StringBuilder();
    names.forEach((digest, name) -> text.append(digest).append("  ").append(name).append('\n'));
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
