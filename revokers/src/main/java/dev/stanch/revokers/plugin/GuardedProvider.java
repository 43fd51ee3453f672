package dev.stanch.revokers.plugin;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.revokers.run.Guarded;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Guidance;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A provider of somebody else's. What it throws in a call ends that call as an answer that says
/// nothing: one plugin with a mistake neither stops a run nor counts as a bug of ours. The text of
/// an exception may hold a token, so its class alone is told.
final class GuardedProvider implements Provider {
  private final Provider theirs;
  private final ProviderId id;
  private final String name;
  private final Set<String> hosts;
  private final Optional<String> baseUrlVariable;
  private final List<AdminVariable> adminVariables;
  private final Map<String, Set<String>> takes;
  private final RateLimit limit;
  private final Optional<Adviser> adviser;
  private final Optional<Guidance> guidance;

  /// Asks for everything that is fixed, once: what was shown when the user trusted it is what
  /// holds.
  GuardedProvider(Provider theirs) {
    this.theirs = theirs;
    this.id = requireNonNull(theirs.id(), "id");
    this.name = requireNonNull(theirs.name(), "name");
    this.hosts = Set.copyOf(theirs.hosts());
    this.baseUrlVariable = theirs.baseUrlVariable();
    this.adminVariables = List.copyOf(theirs.adminVariables());
    this.takes = Map.copyOf(theirs.takes());
    this.limit = requireNonNull(theirs.limit(), "limit");
    this.adviser = theirs.adviser().map(GuardedAdviser::new);
    this.guidance = theirs.guidance();
  }

  private static String failed(Throwable e) {
    return "the plugin failed: " + e.getClass().getSimpleName();
  }

  @Override
  public ProviderId id() {
    return id;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> hosts() {
    return hosts;
  }

  @Override
  public Optional<String> baseUrlVariable() {
    return baseUrlVariable;
  }

  @Override
  public List<AdminVariable> adminVariables() {
    return adminVariables;
  }

  @Override
  public Map<String, Set<String>> takes() {
    return takes;
  }

  @Override
  public RateLimit limit() {
    return limit;
  }

  /// The same with the one variable that is its own: the others hold credentials of all kinds.
  private ProviderContext narrowed(ProviderContext context) {
    var own = new HashMap<String, String>();
    baseUrlVariable.ifPresent(
        name -> {
          String value = context.environment().get(name);
          if (value != null) {
            own.put(name, value);
          }
        });
    return new ProviderContext(context.http(), own, context.credentials(), context.clock());
  }

  /// One that cannot even be made answers nothing.
  @Override
  public Optional<Verifier> verifier(ProviderContext context) {
    try {
      return theirs
          .verifier(narrowed(context))
          .map(verifier -> Guarded.verifier(verifier, GuardedProvider::failed));
    } catch (RuntimeException | LinkageError e) {
      return Optional.of(Guarded.failed(failed(e)));
    }
  }

  /// One that cannot even be made leaves the work to people.
  @Override
  public Optional<Revoker> revoker(ProviderContext context) {
    try {
      return theirs
          .revoker(narrowed(context))
          .map(revoker -> Guarded.revoker(revoker, GuardedProvider::failed));
    } catch (RuntimeException | LinkageError _) {
      return Optional.empty();
    }
  }

  /// One that cannot even be made leaves the work to people.
  @Override
  public Optional<Rotator> rotator(ProviderContext context) {
    try {
      return theirs
          .rotator(narrowed(context))
          .map(rotator -> Guarded.rotator(rotator, GuardedProvider::failed));
    } catch (RuntimeException | LinkageError _) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Adviser> adviser() {
    return adviser;
  }

  /// What it fails to say is not covered.
  @Override
  public boolean covers(String wide, String narrow) {
    try {
      return theirs.covers(wide, narrow);
    } catch (RuntimeException | LinkageError _) {
      return false;
    }
  }

  @Override
  public Optional<Guidance> guidance() {
    return guidance;
  }

  record GuardedAdviser(Adviser theirs) implements Adviser {
    @Override
    public Advice advise(Verification verification, Code code) {
      try {
        return requireNonNull(theirs.advise(verification, code), "advice");
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
        var unclear = new Advice.Unclear("which replacement: " + failed(e), List.of());
        return new Advice(
            "a smaller token", List.of(), List.of(unclear), "", "", "", List.of(), null);
      }
    }

    @Override
    public boolean includes(String one, String other) {
      try {
        return theirs.includes(one, other);
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError _) {
        return one.equals(other);
      }
    }

    /// What it fails to say makes no scope a spare one.
    @Override
    public boolean needs(String permission, String scope) {
      try {
        return theirs.needs(permission, scope);
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError _) {
        return true;
      }
    }

    @Override
    public Reach reach(String rule, Collection<String> scopes) {
      try {
        return requireNonNull(theirs.reach(rule, scopes), "reach");
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError _) {
        return Reach.UNTOLD;
      }
    }
  }
}
