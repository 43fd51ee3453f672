package dev.stanch.revokers.run;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.plan.Canaries;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Asks providers about tokens, all providers at once, and changes nothing. Thread-safe.
public final class Inquiry {
  /// A plan must not leave a token out for one answer that did not come.
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(500), Duration.ofSeconds(2));

  private final Providers providers;
  private final Canaries canaries;

  /// What tokens may be any of, once for all of them.
  private final Map<Target, Target> choices = new ConcurrentHashMap<>();

  /// One that asks these providers.
  public Inquiry(Providers providers, Canaries canaries) {
    this.providers = requireNonNull(providers, "providers");
    this.canaries = requireNonNull(canaries, "canaries");
  }

  /// Asks a token's own provider about it.
  public Verification verify(HeldFinding token) throws InterruptedException {
    if (canaries.include(token.finding())) {
      return new Verification.NotChecked("a canary: asking raises an alarm");
    }
    Prober prober = providers.prober(token.finding().provider()).orElse(null);
    return prober == null
        ? new Verification.NotChecked("nothing here asks its provider")
        : prober.ask(token);
  }

  /// Asks about all of them that `allowed` lets through, and, where `depth` says so, which key each
  /// is.
  public List<Planner.Verified> ask(
      List<HeldFinding> tokens, Predicate<HeldFinding> allowed, Depth depth)
      throws InterruptedException {
    return ask(tokens, allowed, depth, _ -> {});
  }

  /// The same.
  ///
  /// @param heard told each answer when it comes, on any thread
  public List<Planner.Verified> ask(
      List<HeldFinding> tokens,
      Predicate<HeldFinding> allowed,
      Depth depth,
      Consumer<Planner.Verified> heard)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Planner.Verified>> answers =
          threads.invokeAll(
              tokens.stream()
                  .<Callable<Planner.Verified>>map(
                      token ->
                          () -> {
                            Planner.Verified answer = verified(token, allowed, depth);
                            heard.accept(answer);
                            return answer;
                          })
                  .toList());
      var verified = new ArrayList<Planner.Verified>();
      for (Future<Planner.Verified> answer : answers) {
        verified.add(answer.get());
      }
      return verified;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("asking was interrupted");
      }
      throw new IllegalStateException("asking a provider failed", e.getCause());
    }
  }

  /// How much is asked.
  public enum Depth {
    /// Whether it is live, and whose.
    VERDICT,
    /// Also which key it is, as far as acting needs to know.
    KEY,
    /// In place of the key, what it reaches in the operator's organization.
    ACCESS
  }

  private Planner.Verified verified(HeldFinding token, Predicate<HeldFinding> allowed, Depth depth)
      throws InterruptedException {
    if (!allowed.test(token)) {
      return new Planner.Verified(
          token.finding(), new Verification.NotChecked("nothing proves its provider"), null);
    }
    Verification answer = verify(token);
    for (Duration pause : PAUSES) {
      if (!(answer instanceof Verification.Unknown(_, var retry))
          || retry != Verification.Retry.LATER) {
        break;
      }
      Thread.sleep(pause);
      answer = verify(token);
    }
    boolean act =
        depth != Depth.VERDICT && !answer.dead() && !(answer instanceof Verification.NotChecked);
    return new Planner.Verified(
        token.finding(),
        answer,
        act ? locatePatiently(token, depth).map(this::shared).orElse(null) : null);
  }

  /// How a token's provider can replace it.
  public Rotator.Offer offer(HeldFinding token, Target.Located key) throws InterruptedException {
    Rotator rotator = providers.rotator(token.finding().provider()).orElse(null);
    return rotator == null
        ? new Rotator.Offer.ByHand("its provider has no call that makes a new one")
        : rotator.offer(token, key, RevealPermit.grant("offer"));
  }

  /// Looks at a sink that a replacement of a token would be written to.
  public Planner.SeenSink look(HeldFinding token, SinkAddress where) throws InterruptedException {
    Sink sink;
    try {
      sink = providers.sink(where);
    } catch (IllegalArgumentException e) {
      return new Planner.SeenSink(where, String.valueOf(e.getMessage()), null);
    }
    Sink.Value old = Renewal.value(token, where).orElse(null);
    if (old == null) {
      return new Planner.SeenSink(where, "the token has no part '" + where.part() + "'", null);
    }
    return switch (sink.look(old, null, RevealPermit.grant("look at a sink"))) {
      case Sink.State.HoldsOld _ -> new Planner.SeenSink(where, "", null);
      case Sink.State.WriteOnly(Instant at) -> new Planner.SeenSink(where, "", at);
      case Sink.State.HoldsNew _ -> new Planner.SeenSink(where, "it holds something new", null);
      case Sink.State.HoldsOther(List<Secret> values) -> {
        values.forEach(Secret::close);
        yield new Planner.SeenSink(where, "it does not hold the token", null);
      }
      case Sink.State.Missing(String reason) -> new Planner.SeenSink(where, reason, null);
      case Sink.State.Unclear(String reason) -> new Planner.SeenSink(where, reason, null);
    };
  }

  private Target shared(Target target) {
    return target instanceof Target.Ambiguous
        ? choices.computeIfAbsent(target, Function.identity())
        : target;
  }

  private Optional<Target> locatePatiently(HeldFinding token, Depth depth)
      throws InterruptedException {
    Optional<Target> target = locate(providers, token, depth);
    for (Duration pause : PAUSES) {
      if (!(target.orElse(null) instanceof Target.Unclear)) {
        break;
      }
      Thread.sleep(pause);
      target = locate(providers, token, depth);
    }
    return target;
  }

  /// What a provider lists of its keys, for tokens that cannot be read any more.
  public Revoker.Listing listing(ProviderId provider) throws InterruptedException {
    Revoker revoker = providers.revoker(provider).orElse(null);
    return revoker == null
        ? new Revoker.Listing.None("nothing here acts on its keys")
        : revoker.listing(RevealPermit.grant("list keys"));
  }

  /// What is known of the keys that this machine itself works with at a provider: a person who
  /// chooses a key for a token must not choose one of those.
  ///
  /// @param tokens all of that provider
  /// @return by the variable of each credential; not one that is the only token itself
  public Map<String, Target> own(ProviderId provider, List<HeldFinding> tokens)
      throws InterruptedException {
    var own = new TreeMap<String, Target>();
    for (Map.Entry<String, Secret> each : providers.operators(provider).entrySet()) {
      try (Secret secret = each.getValue()) {
        Optional<HeldFinding> another =
            tokens.stream().filter(token -> !secret.sameAs(token.secret())).findFirst();
        if (another.isPresent()) {
          locate(providers, new HeldFinding(another.get().finding(), secret), Depth.KEY)
              .ifPresent(target -> own.put(each.getKey(), target));
        }
      }
    }
    return own;
  }

  /// Which key a token is, or what it reaches; empty where nobody can act on it.
  static Optional<Target> locate(Providers providers, HeldFinding token, Depth depth)
      throws InterruptedException {
    ProviderId id = token.finding().provider();
    Revoker revoker = providers.revoker(id).orElse(null);
    if (revoker == null) {
      return Optional.empty();
    }
    RevealPermit permit = RevealPermit.grant("locate");
    return Optional.of(
        depth == Depth.ACCESS ? revoker.access(token, permit) : revoker.locate(token, permit));
  }
}
