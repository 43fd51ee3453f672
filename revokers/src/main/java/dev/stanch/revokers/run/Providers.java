package dev.stanch.revokers.run;

import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderCatalogue;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The providers of this run, each with a client of its own. Closing ends every call.
public final class Providers implements AutoCloseable {
  private final ProviderCatalogue catalogue =
      new ProviderCatalogue(Providers.class.getClassLoader());
  private final Map<String, ProviderContext> contexts = new HashMap<>();
  private final Map<String, String> environment;
  private final Transport transport;

  /// The providers on the class path.
  ///
  /// @param environment variables of the process
  /// @param transport theirs from now on: closed with them
  public Providers(Map<String, String> environment, Transport transport) {
    this.environment = Map.copyOf(environment);
    this.transport = transport;
  }

  /// The provider of an id, if we know it.
  Optional<Provider> find(String id) {
    return catalogue.find(id);
  }

  ProviderContext context(Provider provider) {
    return contexts.computeIfAbsent(
        provider.id().value(),
        _ ->
            new ProviderContext(
                http(provider),
                environment,
                new EnvironmentCredentials(environment),
                InstantSource.system()));
  }

  private Http http(Provider provider) {
    return new Http(
        transport,
        HostPolicy.of(provider.hosts(), List.of()),
        new Limiter(provider.limit(), Time.system()),
        HttpSettings.usual());
  }

  /// What each provider lets us do.
  public Map<String, Planner.Capabilities> capabilities() {
    var capabilities = new HashMap<String, Planner.Capabilities>();
    for (Provider provider : catalogue.all()) {
      Optional<Revoker> revoker = provider.revoker(context(provider));
      capabilities.put(
          provider.id().value(),
          new Planner.Capabilities(
              revoker.isPresent(),
              revoker.map(each -> each.actions().contains(Action.DISABLE)).orElse(false),
              provider.adviser()));
    }
    return capabilities;
  }

  @Override
  public void close() {
    transport.close();
  }
}
