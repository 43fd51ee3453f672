package dev.stanch.detectors.source.git;

import java.util.Optional;
import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/// Gives JGit a user's name and password for an address, and asks no person for them.
abstract class LoginProvider extends CredentialsProvider {
  /// The login for an address, if there is one.
  abstract Optional<Login> login(URIish uri);

  /// A name and a password, which JGit wants as characters.
  static final class Login {
    private final String user;
    private final char[] password;

    Login(String user, char[] password) {
      this.user = user;
      this.password = password;
    }
  }

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
    Optional<Login> login = supports(items) ? login(uri) : Optional.empty();
    if (login.isEmpty()) {
      return false;
    }
    for (CredentialItem item : items) {
      if (item instanceof CredentialItem.Username user) {
        user.setValue(login.get().user);
      } else if (item instanceof CredentialItem.Password password) {
        password.setValue(login.get().password);
      }
    }
    return true;
  }
}
