package dev.stanch.detectors.source.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stanch.detectors.http.RsaKey;
import dev.stanch.detectors.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kohsuke.github.GHApp;
import org.kohsuke.github.GHAppInstallation;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.authorization.AppInstallationAuthorizationProvider;
import org.kohsuke.github.authorization.AuthorizationProvider;

/// The caller's own GitHub App. Its key signs and never leaves; hub4j has tokens of the
/// installation made and renewed, which live for an hour and are written nowhere.
final class GitHubApp {
  /// GitHub takes ten minutes at the most, and asks to allow for a clock that is fast:
  /// <https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app>.
  private static final Duration LIFE = Duration.ofMinutes(9);

  private static final Duration FAST_CLOCK = Duration.ofMinutes(1);

  private final String prefix;
  private final String id;
  private final RsaKey key;
  private final String installation;
  private final InstantSource clock;

  private GitHubApp(
      String prefix, String id, RsaKey key, String installation, InstantSource clock) {
    this.prefix = prefix;
    this.id = id;
    this.key = key;
    this.installation = installation;
    this.clock = clock;
  }

  /// The one that the variables of a host name, if they name one.
  static Optional<GitHubApp> of(Map<String, String> variables, String host, InstantSource clock)
      throws SourceException {
    String prefix = variables(host);
    String id = variables.getOrDefault(prefix + "ID", "").strip();
    String pem = variables.getOrDefault(prefix + "PRIVATE_KEY", "");
    String file = variables.getOrDefault(prefix + "PRIVATE_KEY_FILE", "");
    if (id.isEmpty() || pem.isBlank() && file.isEmpty()) {
      return Optional.empty();
    }
    String variable = prefix + (pem.isBlank() ? "PRIVATE_KEY_FILE" : "PRIVATE_KEY");
    String text = pem.isBlank() ? read(Path.of(file), variable) : pem;
    RsaKey key =
        RsaKey.parse(text)
            .orElseThrow(
                () ->
                    new SourceException(
                        variable + " holds no RSA private key",
                        "give the .pem file that GitHub made for the App"));
    String installation = variables.getOrDefault(prefix + "INSTALLATION_ID", "").strip();
    if (!installation.matches("\\d{0,18}")) {
      throw new SourceException(
          prefix + "INSTALLATION_ID is no number",
          "it stands at the end of the installation's URL");
    }
    return Optional.of(new GitHubApp(prefix, id, key, installation, clock));
  }

  /// How the variables begin that name an App for a host. As with tokens: what is GitHub's own is
  /// shown to nobody else.
  static String variables(String host) {
    return GitHubToken.ownedByGitHub(host) ? "GITHUB_APP_" : "GITHUB_ENTERPRISE_APP_";
  }

  private static String read(Path file, String variable) throws SourceException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new SourceException(
          "cannot read the file of " + variable + ": " + e.getClass().getSimpleName(),
          "check the path and its permissions");
    }
  }

  /// Whose token it is, in words.
  String origin() {
    return "the installation of " + prefix + "ID";
  }

  /// Gives tokens of the installation, each until it is about to end.
  AuthorizationProvider provider() {
    return new AppInstallationAuthorizationProvider(this::installation, this::assertion);
  }

  /// What GitHub says of it and of its installation; no token is made for that.
  ///
  /// @param builder of a client that has no credential yet
  AppInstallation told(GitHubBuilder builder) throws IOException {
    GHApp app = builder.withAuthorizationProvider(this::assertion).build().getApp();
    GHAppInstallation there = installation(app);
    var permissions = new TreeMap<String, String>();
    there
        .getPermissions()
        .forEach((what, how) -> permissions.put(what, how.name().toLowerCase(Locale.ROOT)));
    return new AppInstallation(
        String.valueOf(app.getName()),
        there.getAccount().getLogin(),
        String.valueOf(there.getRepositorySelection()).toLowerCase(Locale.ROOT),
        permissions,
        there.getSuspendedAt() != null);
  }

  private GHAppInstallation installation(GHApp app) throws IOException {
    if (!installation.isEmpty()) {
      return app.getInstallationById(Long.parseLong(installation));
    }
    GHAppInstallation only = null;
    for (GHAppInstallation one : app.listInstallations()) {
      if (only != null) {
        throw GitHubRefusal.unclear(
            "the App is installed more than once: set " + prefix + "INSTALLATION_ID");
      }
      only = one;
    }
    if (only == null) {
      throw GitHubRefusal.unclear("the App is installed nowhere");
    }
    return only;
  }

  /// A JSON Web Token of the App itself, good for a few minutes.
  private String assertion() {
    Instant now = clock.instant();
    var claims =
        JsonNodeFactory.instance
            .objectNode()
            .put("iat", now.minus(FAST_CLOCK).getEpochSecond())
            .put("exp", now.plus(LIFE).getEpochSecond())
            .put("iss", id);
    var header = JsonNodeFactory.instance.objectNode().put("alg", "RS256").put("typ", "JWT");
    String text = encoded(header.toString()) + "." + encoded(claims.toString());
    return "Bearer "
        + text
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(text));
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "GitHubApp";
  }
}
