package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Http;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// What a provider works with during one run.
///
/// @param http the client, made for this provider's hosts
/// @param environment variables of the process; a base URL in them counts only for hosts that the
///   client allows
/// @param credentials the operator's own
/// @param clock what time it is
public record ProviderContext(
    Http http, Map<String, String> environment, Credentials credentials, InstantSource clock) {
  public ProviderContext {
    requireNonNull(http, "http");
    environment = Map.copyOf(environment);
    requireNonNull(credentials, "credentials");
    requireNonNull(clock, "clock");
  }

  /// Where the provider's API begins: where the variable points, or else at `usual`. Empty where
  /// the variable holds no usable URL: nobody is asked then, least of all the usual one.
  public Optional<BaseUrl> base(String variable, BaseUrl usual) {
    String told = environment.getOrDefault(variable, "");
    try {
      return Optional.of(told.isBlank() ? usual : BaseUrl.parse(told));
    } catch (BadUrlException _) {
      return Optional.empty();
    }
  }
}
