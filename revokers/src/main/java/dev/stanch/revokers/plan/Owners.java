package dev.stanch.revokers.plan;

import dev.stanch.revokers.spi.Identity;
import java.util.List;
import java.util.Locale;

/// Who counts as us: users, organisations, accounts and e-mail domains of the user's own
/// configuration.
///
/// @param names each a name (`acme`), a name at one provider (`huggingface:acme`) or a domain
///   (`@example.com`)
public record Owners(List<String> names) {
  /// Nobody.
  public static final Owners NOBODY = new Owners(List.of());

  public Owners {
    names = names.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
  }

  /// Whether the token of `identity`, issued by `provider`, is ours.
  public boolean include(String provider, Identity identity) {
    return has(provider, identity.owner()) || has(provider, identity.tenant());
  }

  private boolean has(String provider, @org.jspecify.annotations.Nullable String told) {
    if (told == null || told.isBlank()) {
      return false;
    }
    String name = told.strip().toLowerCase(Locale.ROOT);
    int at = name.lastIndexOf('@');
    return names.contains(name)
        || names.contains(provider + ":" + name)
        || at > 0 && names.contains(name.substring(at));
  }
}
