package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.source.SourceException;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// Where a repository lies that is not on this machine, or is to be cloned as if it were not.
///
/// @param text the address as it is fetched from
/// @param shown the same without a user, for reports
public record RemoteAddress(String text, String shown) {
  private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "git", "file");
  private static final int SHORTEST_TOKEN = 20;
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
  private static final Pattern USER_AND_HOST = Pattern.compile("[^/@:\\s]+@[^/@:\\s]+:[^:].*");

  public RemoteAddress {
    requireNonNull(text, "text");
    requireNonNull(shown, "shown");
  }

  /// Reads what a command line names; empty where that is a path.
  ///
  /// @throws SourceException when it is an address, but none to clone from
  public static Optional<RemoteAddress> parse(String text) throws SourceException {
    boolean url = URL.matcher(text).matches();
    if (!url && !USER_AND_HOST.matcher(text).matches()) {
      return Optional.empty();
    }
    URIish parsed;
    try {
      parsed = new URIish(text);
    } catch (URISyntaxException e) {
      throw new SourceException("not an address", "write https://HOST/PATH or USER@HOST:PATH");
    }
    if (url && !SCHEMES.contains(String.valueOf(parsed.getScheme()))) {
      throw new SourceException(
          "no address to clone from: " + parsed.getScheme(), "use https, http, ssh, git or file");
    }
    boolean http = url && parsed.getScheme().startsWith("http");
    if (parsed.getPass() != null || http && looksSecret(parsed.getUser())) {
      throw new SourceException(
          "the address holds a password, which others see on the command line",
          "put it into ~/.netrc, or let a program that GIT_ASKPASS names print it");
    }
    for (String part : new String[] {parsed.getHost(), parsed.getUser()}) {
      if (part != null && part.startsWith("-")) {
        throw new SourceException(
            "a user or host cannot begin with a hyphen",
            "write https://HOST/PATH or USER@HOST:PATH");
      }
    }
    String shown = parsed.setUser(null).toString();
    int query = http ? shown.indexOf('?') : -1;
    return Optional.of(new RemoteAddress(text, query < 0 ? shown : shown.substring(0, query)));
  }

  /// Whether what stands where a user's name should may be a token: servers of git take it there.
  private static boolean looksSecret(@Nullable String user) {
    return user != null
        && user.length() >= SHORTEST_TOKEN
        && user.chars().anyMatch(c -> c >= '0' && c <= '9')
        && user.indexOf('@') < 0;
  }

  /// The user's name, which messages leave out.
  Optional<String> user() {
    try {
      return Optional.ofNullable(new URIish(text).getUser());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // read before
    }
  }

  /// The host, or what stands for it in messages.
  String host() {
    try {
      String host = new URIish(text).getHost();
      return host == null ? shown : host;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // read before
    }
  }
}
