package dev.stanch.detectors.source;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What is the same for every clone of a repository: the host and path of its origin, without
/// scheme, user, port and `.git`. Read from the configuration, of which nothing is executed.
public final class RepositoryIdentity {
  private static final long LARGEST_CONFIG = 1 << 20;

  private RepositoryIdentity() {}

  /// The identity of the repository at `container`, a `file:` folder or the address it was cloned
  /// from; empty where it has no origin that others could have too.
  public static String of(String container) {
    if (!container.startsWith("file:")) {
      return normalise(container);
    }
    try {
      return ofFolder(Path.of(URI.create(container)));
    } catch (IllegalArgumentException | FileSystemNotFoundException | IOException _) {
      return "";
    }
  }

  private static String ofFolder(Path folder) throws IOException {
    Path git = folder.resolve(".git");
    if (Files.isRegularFile(git)) { // a worktree or a submodule
      String line = Files.readString(git, StandardCharsets.UTF_8).strip();
      if (!line.startsWith("gitdir:")) {
        return "";
      }
      git = folder.resolve(line.substring("gitdir:".length()).strip());
      Path common = git.resolve("commondir");
      if (Files.isRegularFile(common)) {
        git = git.resolve(Files.readString(common, StandardCharsets.UTF_8).strip());
      }
    }
    Path config = (Files.isDirectory(git) ? git : folder).resolve("config");
    if (!Files.isRegularFile(config) || Files.size(config) > LARGEST_CONFIG) {
      return "";
    }
    boolean origin = false;
    String url = "";
    String settings;
    try (var in = new FileInputStream(config.toFile())) {
      settings = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String line : settings.split("\n", -1)) {
      String text = line.strip();
      if (text.startsWith("[")) {
        origin = text.replace(" ", "").toLowerCase(Locale.ROOT).startsWith("[remote\"origin\"]");
      } else if (origin && text.toLowerCase(Locale.ROOT).matches("url\\s*=.*")) {
        url = text.substring(text.indexOf('=') + 1).strip().replace("\"", "");
      }
    }
    return normalise(url);
  }

  /// The host and path of an address; empty for a path on this machine.
  static String normalise(String address) {
    String rest = address.strip();
    int scheme = rest.indexOf("://");
    if (scheme >= 0) {
      if (rest.regionMatches(true, 0, "file", 0, scheme)) {
        return "";
      }
      rest = rest.substring(scheme + 3);
    } else {
      int colon = rest.indexOf(':');
      int slash = rest.indexOf('/');
      if (colon <= 1 || slash >= 0 && slash < colon) {
        return ""; // a path (or a drive letter), not host:path
      }
      rest = rest.substring(0, colon) + "/" + rest.substring(colon + 1);
    }
    int path = rest.indexOf('/');
    if (path < 0) {
      return "";
    }
    String host = rest.substring(rest.lastIndexOf('@', path) + 1, path);
    int port = host.lastIndexOf(':');
    if (port > host.lastIndexOf(']')) {
      host = host.substring(0, port);
    }
    String name = rest.substring(path).replaceAll("[?#].*", "").replaceAll("/+", "/");
    name = name.replaceFirst("/$", "").replaceFirst("\\.git$", "").replaceFirst("/$", "");
    return (host + name).toLowerCase(Locale.ROOT);
  }
}
