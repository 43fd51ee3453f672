package dev.stanch.detectors.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.transport.CredentialItem;
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

  private final class OneHost extends CredentialsProvider {
    @Override
    public boolean isInteractive() {
      return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
      for (CredentialItem item : items) {
        if (!(item instanceof CredentialItem.Username)
            && !(item instanceof CredentialItem.Password)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) throws UnsupportedCredentialItem {
      byte[] secret = password.get();
      if (!supports(items) || secret.length == 0 || !origin.equals(originOf(uri))) {
        return false;
      }
      for (CredentialItem item : items) {
        if (item instanceof CredentialItem.Username name) {
          name.setValue(user);
        } else if (item instanceof CredentialItem.Password word) {
          word.setValue(new String(secret, ISO_8859_1).toCharArray());
        }
      }
      java.util.Arrays.fill(secret, (byte) 0);
      return true;
    }

    private static String originOf(URIish uri) {
      boolean usual =
          uri.getPort() < 0 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
      return uri.getScheme() + "://" + uri.getHost() + (usual ? "" : ":" + uri.getPort());
    }
  }
}
