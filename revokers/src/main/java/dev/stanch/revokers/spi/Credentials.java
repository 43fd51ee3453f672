package dev.stanch.revokers.spi;

import dev.stanch.detectors.model.Secret;
import java.util.Optional;

/// The operator's own credentials, as the environment and the providers' configuration files hold
/// them.
public interface Credentials {
  /// The credential of this variable, if it is set. The caller does not close it.
  Optional<Secret> find(AdminVariable variable);
}
