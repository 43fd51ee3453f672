package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A provider in memory that does what a test tells it.
final class ScriptedHub implements Provider, Verifier, Revoker {
  final Map<String, String> live = new ConcurrentHashMap<>();
  final Set<String> off = ConcurrentHashMap.newKeySet();

  /// The tokens that the operator's organization lets in.
  final Set<String> reached = ConcurrentHashMap.newKeySet();

  String organization = "acme";

  /// The sizes of the calls that change something, in order.
  final List<Integer> calls = Collections.synchronizedList(new ArrayList<>());

  /// Tokens in the order in which they were acted on.
  final List<String> acted = Collections.synchronizedList(new ArrayList<>());

  private final String id;
  private final int largestBatch;
  Control control = new Control.Genuine();
  Set<Action> actions = Set.of(Action.REVOKE);
  boolean acceptsAnything;
  Duration propagation = Duration.ZERO;

  /// So many of the next questions which key a token is, and whether it is live, are not answered.
  final AtomicInteger silentLocates = new AtomicInteger();

  final AtomicInteger silentProbes = new AtomicInteger();

  /// What its code throws wherever it is asked; null for nothing.
  @Nullable Supplier<RuntimeException> bug;

  /// Whether it cannot even be made.
  boolean unmade;

  /// Whether it lists its keys, which are of the tenant `acme`.
  boolean listed;

  /// Whether it says the same of what is switched off and of what does not exist.
  boolean offIsDead;

  /// The ways that are open besides, and those that a call was told of.
  List<String> otherwise = List.of();

  final Set<String> ways = ConcurrentHashMap.newKeySet();

  /// What a token may go in one call with.
  Function<String, Target.Lot> lot = _ -> Target.Lot.ALL;

  /// So many of the next look-ups do not find the key.
  final AtomicInteger missingLocates = new AtomicInteger();

  /// What a call does instead of working, by its tokens and its number.
  BiFunction<List<String>, Integer, Optional<ActionResult>> fault = (_, _) -> Optional.empty();

  ScriptedHub(String id, int largestBatch) {
    this.id = id;
    this.largestBatch = largestBatch;
  }

  private static String text(HeldFinding token, RevealPermit permit) {
    return token.secret().reveal(permit, bytes -> new String(bytes, StandardCharsets.US_ASCII));
  }

  @Override
  public ProviderId id() {
    return new ProviderId(id);
  }

  @Override
  public String name() {
    return id;
  }

  @Override
  public Set<String> hosts() {
    return Set.of("api.example.com");
  }

  @Override
  public Optional<Verifier> verifier(ProviderContext context) {
    if (unmade) {
      throw new IllegalStateException("no descriptor");
    }
    return Optional.of(this);
  }

  @Override
  public Optional<Revoker> revoker(ProviderContext context) {
    return Optional.of(this);
  }

  @Override
  public Verification verify(HeldFinding token, RevealPermit permit) {
    failWhereTold();
    if (silentProbes.getAndDecrement() > 0) {
      return new Verification.Unknown("no answer", Verification.Retry.LATER);
    }
    String text = text(token, permit);
    if (offIsDead && off.contains(text)) {
      return new Verification.Dead("unknown or switched off");
    }
    if (off.contains(text)) {
      return new Verification.LiveBlocked(Identity.of("acme", List.of()), "switched off");
    }
    String owner = live.get(text);
    if (owner != null || acceptsAnything) {
      return new Verification.Live(Identity.of(owner == null ? "acme" : owner, List.of("write")));
    }
    return new Verification.Dead("unknown or revoked");
  }

  @Override
  public Control control() {
    return control;
  }

  @Override
  public Set<Action> actions() {
    return actions;
  }

  @Override
  public Target locate(HeldFinding token, RevealPermit permit) {
    failWhereTold();
    if (missingLocates.getAndDecrement() > 0) {
      return new Target.Foreign("none of the listed keys");
    }
    if (listed && !live.containsKey(text(token, permit))) {
      return new Target.Foreign("none of the listed keys");
    }
    return silentLocates.getAndDecrement() > 0
        ? new Target.Unclear("no answer")
        : new Target.Located(
            Target.BY_VALUE,
            listed ? "acme" : null,
            null,
            null,
            List.of(),
            Set.of(),
            otherwise,
            lot.apply(text(token, permit)));
  }

  @Override
  public Target access(HeldFinding token, RevealPermit permit) {
    return reached.contains(text(token, permit))
        ? new Target.Located(
            "grant",
            "acme",
            null,
            null,
            List.of(),
            Set.of(Action.WITHDRAW),
            List.of(),
            Target.Lot.ALL)
        : new Target.Foreign("it does not reach acme");
  }

  @Override
  public Tenant organization(RevealPermit permit) {
    return new Tenant.Known(organization, organization);
  }

  @Override
  public synchronized ActionResult act(Action action, List<Targeted> batch, RevealPermit permit) {
    List<String> tokens = batch.stream().map(one -> text(one.token(), permit)).toList();
    calls.add(tokens.size());
    batch.forEach(one -> ways.addAll(one.key().otherwise()));
    Optional<ActionResult> scripted = fault.apply(tokens, calls.size());
    if (scripted.isPresent()) {
      return scripted.get();
    }
    acted.addAll(tokens);
    switch (action) {
      case REVOKE -> {
        tokens.forEach(live::remove);
        tokens.forEach(off::remove);
      }
      case DISABLE -> off.addAll(tokens);
      case ENABLE -> tokens.forEach(off::remove);
      case WITHDRAW -> reached.removeAll(tokens);
    }
    return new ActionResult.Accepted();
  }

  @Override
  public int largestBatch() {
    return largestBatch;
  }

  @Override
  public Duration propagation() {
    return propagation;
  }

  @Override
  public Tenant tenant(RevealPermit permit) {
    failWhereTold();
    return listed ? new Tenant.Known("acme", "Acme") : new Tenant.None();
  }

  private void failWhereTold() {
    if (bug != null) {
      throw bug.get();
    }
  }
}
