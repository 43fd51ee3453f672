package dev.stanch.revokers.provider.plain;

import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.revokers.advice.Advisers;
import dev.stanch.revokers.provider.plain.Descriptor.Base;
import dev.stanch.revokers.provider.plain.DescriptorReader.Unconfirmed;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Guidance;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Verifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.function.Function;

/// A provider that is a descriptor.
final class PlainProvider implements Provider {
  /// Ids of providers whose unconfirmed parts the operator wants, separated by commas.
  private static final String OPT_IN = "STANCH_UNCONFIRMED";

  private final Descriptor descriptor;
  private final Function<Unconfirmed, Descriptor> read;

  /// What was told to each client: whoever acts with it hears what whoever asked with it heard.
  private final Map<Http, JustTold> told = Collections.synchronizedMap(new WeakHashMap<>());

  /// @param read reads the descriptor
  PlainProvider(Function<Unconfirmed, Descriptor> read) {
    this.read = read;
    this.descriptor = read.apply(Unconfirmed.LEFT_OUT);
  }

  private Descriptor descriptor(ProviderContext context) {
    boolean wanted =
        Arrays.stream(context.environment().getOrDefault(OPT_IN, "").split(",", -1))
            .anyMatch(each -> each.strip().equals(descriptor.id()));
    return wanted ? read.apply(Unconfirmed.TAKEN) : descriptor;
  }

  @Override
  public ProviderId id() {
    return new ProviderId(descriptor.id());
  }

  @Override
  public String name() {
    return descriptor.name();
  }

  @Override
  public Set<String> hosts() {
    var hosts = new TreeSet<String>();
    for (Base base : descriptor.bases().values()) {
      base.hosts().forEach(each -> hosts.add(each.toString()));
      for (Template url : base.urls()) {
        if (url.constant()) {
          hosts.add(BaseUrl.of(url.toString()).host());
        }
      }
    }
    return hosts;
  }

  @Override
  public Optional<String> baseUrlVariable() {
    Base base = descriptor.bases().values().iterator().next();
    return Optional.of(
        base.variable().isEmpty() ? Places.variable(descriptor, base) : base.variable());
  }

  @Override
  public List<AdminVariable> adminVariables() {
    return descriptor.admin();
  }

  @Override
  public Map<String, Set<String>> takes() {
    return descriptor.takes();
  }

  @Override
  public RateLimit limit() {
    return descriptor.limit();
  }

  @Override
  public Optional<Verifier> verifier(ProviderContext context) {
    Descriptor wanted = descriptor(context);
    return wanted.kinds().stream().anyMatch(kind -> !kind.probes().isEmpty())
        ? Optional.of(new PlainVerifier(new Asker(wanted, context), told(context)))
        : Optional.empty();
  }

  @Override
  public Optional<Revoker> revoker(ProviderContext context) {
    Descriptor wanted = descriptor(context);
    return wanted.kinds().stream().anyMatch(kind -> !kind.actions().isEmpty())
        ? Optional.of(new PlainRevoker(new Asker(wanted, context), told(context)))
        : Optional.empty();
  }

  private JustTold told(ProviderContext context) {
    return told.computeIfAbsent(context.http(), _ -> new JustTold(context.clock()));
  }

  @Override
  public Optional<Rotator> rotator(ProviderContext context) {
    Descriptor wanted = descriptor(context);
    return wanted.kinds().stream().anyMatch(kind -> kind.renewal() != null)
        ? Optional.of(new PlainRotator(new Asker(wanted, context)))
        : Optional.empty();
  }

  @Override
  public Optional<Adviser> adviser() {
    return Optional.ofNullable(descriptor.replacement()).or(() -> Advisers.of(descriptor.id()));
  }

  @Override
  public Optional<Guidance> guidance() {
    return Optional.ofNullable(descriptor.guidance());
  }
}
