package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Where the tokens of one provider may go: to its own hosts, to loopback, and to hosts that the
/// user's own configuration allows. Pure; a client is made for one policy and holds every request
/// to it.
public final class HostPolicy {
  private final Set<HostPattern> own;
  private final Set<HostPattern> allowed;
  private final Set<BaseUrl> configured;

  private HostPolicy(Set<HostPattern> own, Set<HostPattern> allowed, Set<BaseUrl> configured) {
    this.own = Set.copyOf(own);
    this.allowed = Set.copyOf(allowed);
    this.configured = Set.copyOf(configured);
  }

  /// A policy for found tokens.
  ///
  /// @param own the provider's hosts, as [HostPattern]s
  /// @param allowed what the user's own configuration adds; never anything from a scanned place
  public static HostPolicy of(Collection<String> own, Collection<HostPattern> allowed) {
    return new HostPolicy(
        Set.copyOf(own.stream().map(HostPattern::parse).toList()), Set.copyOf(allowed), Set.of());
  }

  /// The same policy for the user's own credentials: these may also go where the user's variables
  /// point. Never for a found token.
  public HostPolicy forOwnCredentials(BaseUrl configuredByUser) {
    var more = new HashSet<>(configured);
    more.add(requireNonNull(configuredByUser, "configuredByUser"));
    return new HostPolicy(own, allowed, more);
  }

  /// Whether this policy lets a request go to `url`, and why.
  public Decision decide(BaseUrl url) {
    if (url.loopback()) {
      return new Decision.Loopback();
    }
    // First, because it says more: what the user allows may be a private address.
    for (HostPattern pattern : allowed) {
      if (pattern.matches(url)) {
        return new Decision.AllowedByUser(pattern);
      }
    }
    if (url.port() == 443 && own.stream().anyMatch(pattern -> pattern.matches(url))) {
      return new Decision.Own();
    }
    for (BaseUrl base : configured) {
      if (base.host().equals(url.host()) && base.port() == url.port()) {
        return new Decision.OwnCredentialsOnly();
      }
    }
    return new Decision.Refused(url.origin());
  }

  /// Whether requests may go to a URL.
  public sealed interface Decision {
    /// The provider's own host: TLS, the usual port, and no private address.
    record Own() implements Decision {}

    /// This machine.
    record Loopback() implements Decision {}

    /// A host that the user's configuration allows: to be named at the head of a plan. It may be a
    /// private address.
    record AllowedByUser(HostPattern entry) implements Decision {
      public AllowedByUser {
        requireNonNull(entry, "entry");
      }
    }

    /// Where the user's variables point; good for the user's own credentials and nothing else. It
    /// may be a private address.
    record OwnCredentialsOnly() implements Decision {}

    /// None of them.
    record Refused(String origin) implements Decision {
      public Refused {
        requireNonNull(origin, "origin");
      }
    }

    /// Whether a request may be sent.
    default boolean allows() {
      return !(this instanceof Refused);
    }

    /// Whether it may be sent to a private address.
    default boolean allowsPrivateAddress() {
      return switch (this) {
        case Loopback _, AllowedByUser _, OwnCredentialsOnly _ -> true;
        case Own _, Refused _ -> false;
      };
    }
  }
}
