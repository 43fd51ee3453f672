package dev.stanch.detectors.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/// The login for one server, and for no other that it may lead to. Held in memory: it stands in no
/// address and in no argument list.
public final class HostLogin {
  private final String origin;
  private final String user;
  private final Supplier<byte[]> password;

  /// A login.
  ///
  /// @param origin scheme, host and, where it is not the usual one, port
  /// @param password gives a copy, which is wiped after use; an empty one stands for no login
  public HostLogin(String origin, String user, Supplier<byte[]> password) {
    this.origin = requireNonNull(origin, "origin");
    this.user = requireNonNull(user, "user");
    this.password = requireNonNull(password, "password");
  }

  CredentialsProvider provider() {
    return new OneHost();
  }

  private final class OneHost extends LoginProvider {
    @Override
    Optional<Login> login(URIish uri) {
      byte[] secret = password.get();
      try {
        return secret.length > 0 && origin.equals(originOf(uri))
            ? Optional.of(new Login(user, new String(secret, ISO_8859_1).toCharArray()))
            : Optional.empty();
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    }

    private static String originOf(URIish uri) {
      boolean usual =
          uri.getPort() < 0 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
      return uri.getScheme() + "://" + uri.getHost() + (usual ? "" : ":" + uri.getPort());
    }
  }
}
