package dev.stanch.revokers.run;

import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.HostPattern;
import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Credentials;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderCatalogue;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.SinkKind;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The providers of this run, each with a client of its own. Thread-safe; closing ends every call.
public final class Providers implements AutoCloseable {
  private static final Duration WORST_SKEW = Duration.ofMinutes(1);

  private static final Map<String, String> BAO =
      Map.of("BAO_ADDR", "VAULT_ADDR", "BAO_TOKEN", "VAULT_TOKEN");

  private final ProviderCatalogue catalogue;
  private final Map<String, SinkKind> sinkKinds;
  private final Map<String, Client> clients = new ConcurrentHashMap<>();
  private final Map<String, ProviderContext> sinkContexts = new ConcurrentHashMap<>();
  private final Map<String, String> environment;
  private final Collection<HostPattern> allowed;
  private final Transport transport;
  private final EnvironmentCredentials credentials;

  /// As they were told: where one variable goes before another, both are worked with.
  private final EnvironmentCredentials told;

  private final Bugs bugs;

  private final InstantSource clock = InstantSource.system();
  private final RandomGenerator random = new SecureRandom();

  /// Who hears of our own mistakes, on any thread.
  @FunctionalInterface
  public interface Bugs {
    /// The code of a provider threw something; its questions and calls end as unknown.
    void happened(ProviderId provider, Throwable bug);
  }

  /// The providers of a catalogue.
  ///
  /// @param environment variables of the process
  /// @param allowed hosts that the user's own configuration adds
  /// @param transport theirs from now on: closed with them
  public Providers(
      ProviderCatalogue catalogue,
      Map<String, String> environment,
      Collection<HostPattern> allowed,
      Transport transport,
      Bugs bugs) {
    this(catalogue, List.of(), environment, allowed, transport, bugs);
  }

  /// The providers of a catalogue, and kinds of sinks.
  ///
  /// @param environment variables of the process
  /// @param allowed hosts that the user's own configuration adds
  /// @param transport theirs from now on: closed with them
  /// @param bugs hears of our own mistakes that the run goes on without
  public Providers(
      ProviderCatalogue catalogue,
      Collection<SinkKind> sinkKinds,
      Map<String, String> environment,
      Collection<HostPattern> allowed,
      Transport transport,
      Bugs bugs) {
    var kinds = new TreeMap<String, SinkKind>();
    sinkKinds.forEach(kind -> kinds.put(kind.name(), kind));
    this.sinkKinds = Collections.unmodifiableSortedMap(kinds);
    this.bugs = bugs;
    this.environment = spelt(environment);
    this.allowed = List.copyOf(allowed);
    this.transport = transport;
    this.credentials = new EnvironmentCredentials(this.environment, clock);
    this.told = new EnvironmentCredentials(environment, clock);
    this.catalogue = catalogue;
  }

  /// OpenBao speaks of itself where Vault's tools speak of Vault; what is meant for it alone goes
  /// before.
  private static Map<String, String> spelt(Map<String, String> environment) {
    var all = new HashMap<>(environment);
    BAO.forEach(
        (bao, vault) -> {
          if (!environment.getOrDefault(bao, "").isBlank()) {
            all.put(vault, environment.get(bao));
          }
        });
    return Map.copyOf(all);
  }

  /// What is made once for a provider.
  private record Client(
      Optional<Prober> prober, Optional<Revoker> revoker, Optional<Rotator> rotator) {}

  private Optional<Client> client(ProviderId id) {
    Client made = clients.get(id.value());
    if (made != null) {
      return Optional.of(made);
    }
    try {
      return catalogue
          .find(id.value())
          .map(provider -> clients.computeIfAbsent(id.value(), _ -> client(provider)));
    } catch (RuntimeException | LinkageError e) {
      return Optional.of(clients.computeIfAbsent(id.value(), _ -> failed(id, e)));
    }
  }

  private Client failed(ProviderId id, Throwable bug) {
    Verifier nobody = Guarded.failed(reason(id, bug));
    return new Client(
        Optional.of(new Prober(nobody, clock, random)), Optional.empty(), Optional.empty());
  }

  private String reason(ProviderId id, Throwable bug) {
    bugs.happened(id, bug);
    return "a bug of Stanch's: " + bug.getClass().getSimpleName();
  }

  private Client client(Provider provider) {
    Http http =
        new Http(
            transport,
            HostPolicy.of(provider.hosts(), allowed),
            new Limiter(provider.limit(), Time.system()),
            HttpSettings.usual());
    var context =
        new ProviderContext(http, environment, declared(provider.adminVariables()), clock);
    ProviderId id = provider.id();
    return new Client(
        provider
            .verifier(context)
            .map(each -> Guarded.verifier(each, bug -> reason(id, bug)))
            .map(each -> new Prober(each, clock, random)),
        provider.revoker(context).map(each -> Guarded.revoker(each, bug -> reason(id, bug))),
        provider.rotator(context).map(each -> Guarded.rotator(each, bug -> reason(id, bug))));
  }

  /// The provider of an id; none where it cannot even be made.
  private Optional<Provider> find(ProviderId id) {
    try {
      return catalogue.find(id.value());
    } catch (RuntimeException | LinkageError e) {
      bugs.happened(id, e);
      return Optional.empty();
    }
  }

  /// The credentials that a provider or a kind of sink says it uses, and no others.
  private Credentials declared(List<AdminVariable> variables) {
    Set<String> names =
        variables.stream().map(AdminVariable::name).collect(Collectors.toUnmodifiableSet());
    return variable ->
        names.contains(variable.name()) ? credentials.find(variable) : Optional.empty();
  }

  /// What asks a provider.
  Optional<Prober> prober(ProviderId id) {
    return client(id).flatMap(Client::prober);
  }

  /// What acts at a provider.
  Optional<Revoker> revoker(ProviderId id) {
    return client(id).flatMap(Client::revoker);
  }

  /// What mints at a provider.
  Optional<Rotator> rotator(ProviderId id) {
    return client(id).flatMap(Client::rotator);
  }

  /// Which of these scopes allow more than those.
  List<String> beyond(ProviderId id, Collection<String> allowed, Collection<String> scopes) {
    Provider provider = find(id).orElse(null);
    return scopes.stream()
        .filter(
            scope ->
                provider == null
                    || allowed.stream().noneMatch(wide -> provider.covers(wide, scope)))
        .sorted()
        .toList();
  }

  /// The kinds of sinks, by name.
  public Map<String, SinkKind> sinkKinds() {
    return sinkKinds;
  }

  /// The sink of an address.
  ///
  /// @throws IllegalArgumentException when there is no such kind, or it is no address of it; says
  ///   what is wrong with it
  public Sink sink(SinkAddress address) {
    SinkKind kind = sinkKinds.get(address.kind());
    if (kind == null) {
      throw new IllegalArgumentException(
          "no kind of sink is called " + address.kind() + "; there are " + sinkKinds.keySet());
    }
    return kind.open(address, sinkContexts.computeIfAbsent(kind.name(), _ -> context(kind)));
  }

  private ProviderContext context(SinkKind kind) {
    return new ProviderContext(
        new Http(
            transport,
            HostPolicy.of(kind.hosts(), allowed),
            new Limiter(kind.limit(), Time.system()),
            HttpSettings.usual()),
        environment,
        declared(kind.adminVariables()),
        clock);
  }

  /// What these providers let us do; asks each whom our credential acts for.
  public Map<String, Planner.Capabilities> capabilities(Collection<ProviderId> ids)
      throws InterruptedException {
    var capabilities = new HashMap<String, Planner.Capabilities>();
    for (ProviderId id : ids) {
      Provider provider = find(id).orElse(null);
      if (provider != null) {
        Revoker revoker = revoker(id).orElse(null);
        capabilities.put(
            id.value(),
            new Planner.Capabilities(
                revoker == null ? Set.of() : revoker.actions(),
                revoker == null ? 1 : revoker.largestBatch(),
                revoker == null ? new Tenant.None() : revoker.tenant(RevealPermit.grant("tenant")),
                provider.takes(),
                provider.adviser(),
                provider.guidance()));
      }
    }
    return capabilities;
  }

  /// The credentials that this machine works with. The caller closes them.
  public List<Secret> credentialsInUse() {
    var names = new TreeSet<>(ToolLogin.OTHERS);
    names.addAll(BAO.keySet());
    for (String id : catalogue.ids()) {
      find(new ProviderId(id)).stream()
          .flatMap(provider -> provider.adminVariables().stream())
          .map(AdminVariable::name)
          .forEach(names::add);
    }
    for (SinkKind kind : sinkKinds.values()) {
      kind.adminVariables().stream().map(AdminVariable::name).forEach(names::add);
    }
    return told.all(names);
  }

  /// The keys that this machine works with at one provider and that may be listed there, by their
  /// variables. The caller closes them.
  Map<String, Secret> operators(ProviderId id) {
    var found = new TreeMap<String, Secret>();
    find(id).stream()
        .flatMap(provider -> provider.adminVariables().stream())
        .filter(AdminVariable::listed)
        .forEach(
            variable ->
                credentials.find(variable).ifPresent(own -> found.put(variable.name(), own)));
    return found;
  }

  /// What these providers would need to be acted at and is not here: the variable's name and the
  /// smallest right.
  public List<String> missing(Collection<ProviderId> ids) {
    var lines = new ArrayList<String>();
    for (ProviderId id : ids) {
      Provider provider = find(id).orElse(null);
      if (provider == null) {
        continue;
      }
      List<AdminVariable> needed =
          provider.adminVariables().stream()
              .filter(variable -> variable.need() == AdminVariable.Need.ENDING)
              .toList();
      if (!needed.isEmpty()
          && needed.stream().allMatch(variable -> credentials.find(variable).isEmpty())) {
        lines.add(provider.name() + ": " + Planner.missing(needed.getFirst()));
      }
    }
    return lines;
  }

  /// Base URLs of the environment: what whoever agrees to a plan must know.
  public List<String> redirections(Collection<ProviderId> ids) {
    var lines = new ArrayList<String>();
    for (ProviderId id : ids) {
      Provider provider = find(id).orElse(null);
      String variable = provider == null ? "" : provider.baseUrlVariable().orElse("");
      if (provider != null && !environment.getOrDefault(variable, "").isBlank()) {
        lines.add(provider.name() + " is called where " + variable + " points: " + host(variable));
      }
    }
    return lines;
  }

  /// The same of the hosts of some providers, who are asked for a sign of life first.
  public List<String> skews(Collection<ProviderId> ids) throws InterruptedException {
    var probers = new ArrayList<Prober>();
    for (ProviderId id : ids) {
      prober(id).ifPresent(probers::add);
    }
    try {
      Parallel.map(probers, Prober::doubt);
    } catch (JournalException e) {
      throw new IllegalStateException("no journal is asked here", e);
    }
    return skews();
  }

  /// Hosts whose clock and ours differ by more than a minute; nothing that rests on times can be
  /// believed then.
  public List<String> skews() {
    var lines = new ArrayList<String>();
    transport
        .skews()
        .forEach(
            (host, skew) -> {
              if (skew.abs().compareTo(WORST_SKEW) > 0) {
                lines.add(
                    "the clock of this machine is "
                        + skew.abs().toSeconds()
                        + " seconds "
                        + (skew.isNegative() ? "ahead of " : "behind ")
                        + host);
              }
            });
    lines.sort(null);
    return lines;
  }

  private String host(String variable) {
    try {
      return BaseUrl.parse(environment.getOrDefault(variable, "")).origin();
    } catch (BadUrlException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
