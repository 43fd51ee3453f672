package dev.stanch.revokers.spi;

import dev.stanch.detectors.http.RateLimit;
import java.util.List;
import java.util.Set;

/// A kind of store that replacements are written to. Found by `ServiceLoader`.
///
/// An implementation has no state but what it is made with: everything of a run comes in its
/// [ProviderContext].
public interface SinkKind {
  /// The name before the colon of an address: `vault`, `github-actions`.
  String name();

  /// How its addresses look, for people: `vault:MOUNT/PATH#FIELD`.
  String usage();

  /// Every host that a value may be sent to, as [Provider#hosts] says them; none where it goes over
  /// no network, and none where only a variable of the process names the host, which the user's own
  /// configuration has to allow then.
  default Set<String> hosts() {
    return Set.of();
  }

  /// The operator's credentials that writing takes, the most useful first.
  default List<AdminVariable> adminVariables() {
    return List.of();
  }

  /// How fast it may be called, as it documents.
  default RateLimit limit() {
    return RateLimit.undocumented();
  }

  /// The sink of an address. Asks nobody: what is not there or may not be written shows in
  /// [Sink#look].
  ///
  /// @throws IllegalArgumentException when it is no address of this kind; says what is wrong with
  ///   it, in words for people
  Sink open(SinkAddress address, ProviderContext context);
}
