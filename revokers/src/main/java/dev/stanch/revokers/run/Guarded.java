package dev.stanch.revokers.run;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Keeps what one provider's code throws with that provider: the call ends as an answer that says
/// nothing, and all others go on.
public final class Guarded {
  private Guarded() {}

  /// Hears of a failure, and says in words what answers tell of it. The text of an exception may
  /// hold a token: its class is all that may be told.
  @FunctionalInterface
  public interface Failure {
    String told(Throwable failure);
  }

  /// The same verifier, which does not throw.
  public static Verifier verifier(Verifier theirs, Failure failure) {
    return new GuardedVerifier(theirs, failure);
  }

  /// The same revoker, which does not throw once it is made.
  public static Revoker revoker(Revoker theirs, Failure failure) {
    return new GuardedRevoker(theirs, failure);
  }

  /// The same rotator, which does not throw once it is made.
  public static Rotator rotator(Rotator theirs, Failure failure) {
    return new GuardedRotator(theirs, failure);
  }

  /// In place of a verifier that could not even be made: it knows nothing.
  public static Verifier failed(String why) {
    return new Failed(why);
  }

  @FunctionalInterface
  private interface Call<T> {
    T make() throws InterruptedException;
  }

  /// Not every language knows checked exceptions, and an assertion that fails is an error.
  private static <T> T guarded(Call<T> call, Failure failure, Function<String, T> otherwise)
      throws InterruptedException {
    try {
      return requireNonNull(call.make(), "an answer");
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return otherwise.apply(failure.told(e));
    }
  }

  private record Failed(String why) implements Verifier {
    @Override
    public Verification verify(HeldFinding token, RevealPermit permit) {
      return new Verification.Unknown(why, Verification.Retry.NEVER);
    }

    @Override
    public Control control() {
      return new Control.NoAnswer(why);
    }
  }

  record GuardedVerifier(Verifier theirs, Failure failure) implements Verifier {
    @Override
    public Verification verify(HeldFinding token, RevealPermit permit) throws InterruptedException {
      return guarded(
          () -> theirs.verify(token, permit),
          failure,
          why -> new Verification.Unknown(why, Verification.Retry.NEVER));
    }

    @Override
    public void acceptedBefore(TokenId token) {
      try {
        theirs.acceptedBefore(token);
      } catch (RuntimeException | LinkageError e) {
        failure.told(e);
      }
    }

    @Override
    public Control control() throws InterruptedException {
      return guarded(theirs::control, failure, Control.NoAnswer::new);
    }
  }

  record GuardedRevoker(
      Revoker theirs, Failure failure, Set<Action> actions, int largestBatch, Duration propagation)
      implements Revoker {
    GuardedRevoker(Revoker theirs, Failure failure) {
      this(theirs, failure, theirs.actions(), theirs.largestBatch(), theirs.propagation());
    }

    GuardedRevoker {
      actions = Set.copyOf(actions);
      requireNonNull(propagation, "propagation");
    }

    @Override
    public Target locate(HeldFinding token, RevealPermit permit) throws InterruptedException {
      return guarded(() -> theirs.locate(token, permit), failure, Target.Unclear::new);
    }

    @Override
    public Target access(HeldFinding token, RevealPermit permit) throws InterruptedException {
      return guarded(() -> theirs.access(token, permit), failure, Target.Unclear::new);
    }

    @Override
    public Tenant organization(RevealPermit permit) throws InterruptedException {
      return guarded(() -> theirs.organization(permit), failure, Tenant.Unknown::new);
    }

    @Override
    public ActionResult act(Action action, List<Targeted> batch, RevealPermit permit)
        throws InterruptedException {
      return guarded(() -> theirs.act(action, batch, permit), failure, ActionResult.Unclear::new);
    }

    @Override
    public Listing listing(RevealPermit permit) throws InterruptedException {
      return guarded(() -> theirs.listing(permit), failure, Listing.None::new);
    }

    @Override
    public Tenant tenant(RevealPermit permit) throws InterruptedException {
      return guarded(() -> theirs.tenant(permit), failure, Tenant.Unknown::new);
    }
  }

  record GuardedRotator(Rotator theirs, Failure failure, Duration settling) implements Rotator {
    GuardedRotator(Rotator theirs, Failure failure) {
      this(theirs, failure, theirs.settling());
    }

    GuardedRotator {
      requireNonNull(settling, "settling");
    }

    @Override
    public Offer offer(HeldFinding token, Target.Located key, RevealPermit permit)
        throws InterruptedException {
      return guarded(() -> theirs.offer(token, key, permit), failure, Offer.Unclear::new);
    }

    @Override
    public Keys keys(HeldFinding token, Target.Located key, RevealPermit permit)
        throws InterruptedException {
      return guarded(() -> theirs.keys(token, key, permit), failure, Keys.Unclear::new);
    }

    @Override
    public Mint mint(HeldFinding token, Target.Located key, String marker, RevealPermit permit)
        throws InterruptedException {
      return guarded(() -> theirs.mint(token, key, marker, permit), failure, Mint.Unclear::new);
    }

    @Override
    public Orphan find(
        HeldFinding token,
        Target.Located key,
        String marker,
        Set<String> before,
        RevealPermit permit)
        throws InterruptedException {
      return guarded(
          () -> theirs.find(token, key, marker, before, permit), failure, Orphan.Unclear::new);
    }

    @Override
    public ActionResult discard(HeldFinding token, Target.Located orphan, RevealPermit permit)
        throws InterruptedException {
      return guarded(
          () -> theirs.discard(token, orphan, permit), failure, ActionResult.Unclear::new);
    }
  }
}
