package dev.stanch.revokers.plugin;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Guidance;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
    this.limit = requireNonNull(theirs.limit(), "limit");
    this.adviser = theirs.adviser();
    this.guidance = theirs.guidance();
  }

  @FunctionalInterface
  private interface Call<T> {
    T make() throws InterruptedException;
  }

  /// Not every language knows checked exceptions, and an assertion that fails is an error.
  private static <T> T guarded(Call<T> call, Function<String, T> otherwise)
      throws InterruptedException {
    try {
      return requireNonNull(call.make(), "an answer");
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return otherwise.apply(failed(e));
    }
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
      return theirs.verifier(narrowed(context)).map(GuardedVerifier::new);
    } catch (RuntimeException | LinkageError e) {
      return Optional.of(new Failed(e));
    }
  }

  /// One that cannot even be made leaves the work to people.
  @Override
  public Optional<Revoker> revoker(ProviderContext context) {
    try {
      return theirs.revoker(narrowed(context)).map(GuardedRevoker::new);
    } catch (RuntimeException | LinkageError _) {
      return Optional.empty();
    }
  }

  /// One that cannot even be made leaves the work to people.
  @Override
  public Optional<Rotator> rotator(ProviderContext context) {
    try {
      return theirs.rotator(context).map(GuardedRotator::new);
    } catch (RuntimeException | LinkageError _) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Adviser> adviser() {
    return adviser;
  }

  @Override
  public Optional<Guidance> guidance() {
    return guidance;
  }

  private record Failed(Throwable with) implements Verifier {
    @Override
    public Verification verify(HeldFinding token, RevealPermit permit) {
      return new Verification.Unknown(failed(with), Verification.Retry.NEVER);
    }

    @Override
    public Control control() {
      return new Control.NoAnswer(failed(with));
    }
  }

  record GuardedVerifier(Verifier theirs) implements Verifier {
    @Override
    public Verification verify(HeldFinding token, RevealPermit permit) throws InterruptedException {
      return guarded(
          () -> theirs.verify(token, permit),
          why -> new Verification.Unknown(why, Verification.Retry.NEVER));
    }

    @Override
    public void acceptedBefore(TokenId token) {
      try {
        theirs.acceptedBefore(token);
      } catch (RuntimeException | LinkageError _) {
        // It is told, not asked.
      }
    }

    @Override
    public Control control() throws InterruptedException {
      return guarded(theirs::control, Control.NoAnswer::new);
    }
  }

  record GuardedRevoker(Revoker theirs, Set<Action> actions, int largestBatch, Duration propagation)
      implements Revoker {
    GuardedRevoker(Revoker theirs) {
      this(theirs, theirs.actions(), theirs.largestBatch(), theirs.propagation());
    }

    GuardedRevoker {
      actions = Set.copyOf(actions);
      requireNonNull(propagation, "propagation");
    }

    @Override
    public Target locate(HeldFinding token, RevealPermit permit) throws InterruptedException {
      return guarded(() -> theirs.locate(token, permit), Target.Unclear::new);
    }

    @Override
    public ActionResult act(Action action, List<Targeted> batch, RevealPermit permit)
        throws InterruptedException {
      return guarded(() -> theirs.act(action, batch, permit), ActionResult.Unclear::new);
    }

    @Override
    public Listing listing(RevealPermit permit) throws InterruptedException {
      return guarded(() -> theirs.listing(permit), Listing.None::new);
    }

    @Override
    public Tenant tenant(RevealPermit permit) throws InterruptedException {
      return guarded(() -> theirs.tenant(permit), Tenant.Unknown::new);
    }
  }

  record GuardedRotator(Rotator theirs, Duration settling) implements Rotator {
    GuardedRotator(Rotator theirs) {
      this(theirs, theirs.settling());
    }

    GuardedRotator {
      requireNonNull(settling, "settling");
    }

    @Override
    public Offer offer(HeldFinding token, Target.Located key, RevealPermit permit)
        throws InterruptedException {
      return guarded(() -> theirs.offer(token, key, permit), Offer.Unclear::new);
    }

    @Override
    public Keys keys(HeldFinding token, Target.Located key, RevealPermit permit)
        throws InterruptedException {
      return guarded(() -> theirs.keys(token, key, permit), Keys.Unclear::new);
    }

    @Override
    public Mint mint(HeldFinding token, Target.Located key, String marker, RevealPermit permit)
        throws InterruptedException {
      return guarded(() -> theirs.mint(token, key, marker, permit), Mint.Unclear::new);
    }

    @Override
    public Orphan find(
        HeldFinding token,
        Target.Located key,
        String marker,
        Set<String> before,
        RevealPermit permit)
        throws InterruptedException {
      return guarded(() -> theirs.find(token, key, marker, before, permit), Orphan.Unclear::new);
    }

    @Override
    public ActionResult discard(HeldFinding token, Target.Located orphan, RevealPermit permit)
        throws InterruptedException {
      return guarded(() -> theirs.discard(token, orphan, permit), ActionResult.Unclear::new);
    }
  }
}
