package dev.stanch.revokers.run;

import dev.stanch.detectors.http.Http;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// The providers of this run, each with a client of its own. Closing closes the clients.
public final class Providers implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Map<String, Provider> providers = new LinkedHashMap<>();
  private final Map<String, ProviderContext> contexts = new HashMap<>();
  private final Map<String, String> environment;
  private final String userAgent;

  /// The providers on the class path.
  ///
  /// @param environment variables of the process
  /// @param userAgent names the tool and its version
  public Providers(Map<String, String> environment, String userAgent) {
    this.environment = Map.copyOf(environment);
    this.userAgent = userAgent;
    for (Provider provider : ServiceLoader.load(Provider.class)) {
      providers.put(provider.id().value(), provider);
    }
  }

  /// The provider of an id, if we know it.
  Optional<Provider> find(String id) {
    return Optional.ofNullable(providers.get(id));
  }

  ProviderContext context(Provider provider) {
    return contexts.computeIfAbsent(
        provider.id().value(),
        _ ->
            new ProviderContext(
                new Http(provider.hosts(), TIMEOUT, userAgent),
                environment,
                new EnvironmentCredentials(environment),
                InstantSource.system()));
  }

  /// What each provider lets us do.
  public Map<String, Planner.Capabilities> capabilities() {
    var capabilities = new HashMap<String, Planner.Capabilities>();
    providers.forEach(
        (id, provider) -> {
          Optional<Revoker> revoker = provider.revoker(context(provider));
          capabilities.put(
              id,
              new Planner.Capabilities(
                  revoker.isPresent(),
                  revoker.map(each -> each.actions().contains(Action.DISABLE)).orElse(false),
                  provider.adviser()));
        });
    return capabilities;
  }

  @Override
  public void close() {
    contexts.values().forEach(context -> context.http().close());
  }
}
