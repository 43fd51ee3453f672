package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

/// Whom the operator's own credential of a provider acts for.
public sealed interface Tenant {
  /// This account, organisation or project.
  record Known(String id, String name) implements Tenant {
    public Known {
      requireNonNull(id, "id");
      requireNonNull(name, "name");
    }
  }

  /// No credential is needed: the calls take the token itself.
  record None() implements Tenant {}

  /// A credential is needed and not here.
  record Missing(AdminVariable variable) implements Tenant {
    public Missing {
      requireNonNull(variable, "variable");
    }
  }

  /// The provider did not say: steps of this provider are refused.
  record Unknown(String reason) implements Tenant {
    public Unknown {
      requireNonNull(reason, "reason");
    }
  }
}
