package dev.stanch.revokers.provider.plain;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.provider.plain.Descriptor.ActionAnswer;
import dev.stanch.revokers.provider.plain.Descriptor.ActionCall;
import dev.stanch.revokers.provider.plain.Descriptor.Kind;
import dev.stanch.revokers.provider.plain.Descriptor.SameAs;
import dev.stanch.revokers.provider.plain.Descriptor.TenantCall;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verification.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds and ends keys as a descriptor says.
final class PlainRevoker implements Revoker {
  private static final String CLAIM = "claim:";

  /// Between the name of a way and the id of the key that was found so.
  static final String WAY = ":";

  private final Asker asker;
  private final PlainVerifier verifier;
  private final Listings listings;
  private final JustTold justTold;
  private final ReentrantLock askingTenant = new ReentrantLock();
  private volatile Tenant.@Nullable Known known;

  /// @param justTold what was said of the tokens that are looked for
  PlainRevoker(Asker asker, JustTold justTold) {
    this.asker = asker;
    this.justTold = justTold;
    this.verifier = new PlainVerifier(asker, justTold);
    this.listings = new Listings(asker.context().clock());
  }

  @Override
  public Set<Action> actions() {
    var actions = EnumSet.noneOf(Action.class);
    ways().forEach(way -> actions.addAll(way.actions().keySet()));
    return actions;
  }

  @Override
  public int largestBatch() {
    return ways().mapToInt(Kind::batch).max().orElse(1);
  }

  private Stream<Kind> ways() {
    return asker.descriptor().kinds().stream().flatMap(kind -> kind.ways().stream());
  }

  @Override
  public Duration propagation() {
    return ways()
        .map(Kind::propagation)
        .max(Duration::compareTo)
        .orElse(Revoker.super.propagation());
  }

  @Override
  public Target locate(HeldFinding token, RevealPermit permit) throws InterruptedException {
    Kind kind = asker.kind(token, permit).orElse(null);
    if (kind == null) {
      return new Target.ByHandOnly("nothing is known that revokes this kind of token");
    }
    var look = new Look(token, justTold.take(token.secret()).orElse(null), permit);
    List<Kind> ways = kind.ways();
    Target closed = new Target.ByHandOnly(kind.byHand());
    for (int i = 0; i < ways.size(); i++) {
      // Another way is for what this one cannot do, not for what it finds out.
      switch (named(kind, ways.get(i), look)) {
        case Target.Located located -> {
          return withOthers(located, kind, ways.subList(i + 1, ways.size()), look);
        }
        case Target.ByHandOnly byHand -> closed = i == 0 ? byHand : closed;
        case Target.NeedsCredential needs ->
            closed = closed instanceof Target.NeedsCredential ? closed : needs;
        case Target.Foreign foreign -> {
          return foreign;
        }
        case Target.Ambiguous several -> {
          return several;
        }
        case Target.Unclear unclear -> {
          return unclear;
        }
      }
    }
    return closed;
  }

  @Override
  public Target access(HeldFinding token, RevealPermit permit) throws InterruptedException {
    Kind kind = asker.kind(token, permit).orElse(null);
    if (kind == null) {
      return Revoker.super.access(token, permit);
    }
    Target closed = Revoker.super.access(token, permit);
    String text = Asker.text(token.secret(), permit);
    for (Kind way : kind.access()) {
      if (!way.prefixes().isEmpty() && way.prefixes().stream().noneMatch(text::startsWith)) {
        continue;
      }
      switch (named(kind, way, new Look(token, null, permit))) {
        case Target.ByHandOnly _ -> {}
        case Target.NeedsCredential needs ->
            closed = closed instanceof Target.NeedsCredential ? closed : needs;
        case Target told -> {
          return told;
        }
      }
    }
    return closed;
  }

  @Override
  public Tenant organization(RevealPermit permit) throws InterruptedException {
    for (Kind kind : asker.descriptor().kinds()) {
      for (Kind way : kind.access()) {
        if (way.tenant() != null
            && ask(way, way.tenant(), permit) instanceof Tenant.Known organization) {
          return organization;
        }
      }
    }
    return new Tenant.None();
  }

  /// A token whose key is looked for.
  ///
  /// @param told what was just said of it; null where it has to be asked about
  private record Look(HeldFinding token, JustTold.@Nullable Told told, RevealPermit permit) {}

  /// What one way finds, under the name of that way.
  private Target named(Kind kind, Kind way, Look look) throws InterruptedException {
    Target target = locate(way, look);
    if (way.equals(kind)) {
      return target;
    }
    return switch (target) {
      case Target.Located located -> named(way, located);
      case Target.Ambiguous(var keys) ->
          new Target.Ambiguous(
              keys.stream()
                  .map(each -> new Target.Listed(named(way, each.key()), each.name()))
                  .toList());
      case Target.Foreign _, Target.NeedsCredential _, Target.ByHandOnly _, Target.Unclear _ ->
          target;
    };
  }

  private static Target.Located named(Kind way, Target.Located located) {
    return new Target.Located(
        way.name() + WAY + located.keyId(),
        located.tenant(),
        located.createdAt(),
        located.lastUsedAt(),
        located.collateral(),
        located.actions(),
        List.of(),
        located.lot());
  }

  /// The key with the ways that remain where this one is refused: whoever agrees to a plan agrees
  /// to them too. One that would do more, cannot do the same, or is not open now is none.
  private Target.Located withOthers(Target.Located located, Kind kind, List<Kind> others, Look look)
      throws InterruptedException {
    var ids = new ArrayList<String>();
    for (Kind other : others) {
      if (named(kind, other, look) instanceof Target.Located there
          && located.collateral().containsAll(there.collateral())
          && there.actions().containsAll(located.actions())) {
        ids.add(there.keyId());
      }
    }
    return located.withOtherwise(ids);
  }

  private Target locate(Kind kind, Look look) throws InterruptedException {
    HeldFinding token = look.token();
    RevealPermit permit = look.permit();
    Values own = Asker.token(kind, token, permit);
    boolean elsewise =
        actingNames(kind).stream()
            .anyMatch(name -> name.startsWith(CLAIM) && own.find(name).isEmpty());
    if (kind.actions().isEmpty() || elsewise) {
      return new Target.ByHandOnly(kind.byHand());
    }
    Optional<AdminVariable> missing = asker.missing(kind, names(kind));
    if (missing.isPresent()) {
      return new Target.NeedsCredential(missing.get());
    }
    String tenant = null;
    if (kind.tenant() != null && !endsItself(kind)) {
      // An organization that is named by its operator is no account of the provider's.
      boolean organization = kind.actions().containsKey(Action.WITHDRAW);
      switch (organization ? ask(kind, kind.tenant(), permit) : tenant(permit)) {
        case Tenant.Known(String id, _) -> tenant = id;
        case Tenant.Missing(var variable) -> {
          return new Target.NeedsCredential(variable);
        }
        case Tenant.Unknown(String reason) -> {
          return new Target.Unclear("whose key it is: " + reason);
        }
        case Tenant.None _ -> {}
      }
    }
    if (tenant != null && kind.tenant() != null && kind.tenant().sameAs() == SameAs.PROBE) {
      Optional<Target> elsewhere = elsewhere(kind, tenant, look);
      if (elsewhere.isPresent()) {
        return elsewhere.get();
      }
    }
    if (kind.find().isEmpty()) {
      return new Target.Located(
          Target.BY_VALUE,
          tenant,
          null,
          null,
          kind.collateral(),
          kind.actions().keySet(),
          List.of(),
          kind.lot());
    }
    int region = look.told() == null ? verifier.region(kind, token, permit) : look.told().region();
    Values values = asker.acting(kind, token, permit);
    var finder = new Finder(asker, listings, kind, region, values, look.told());
    Target found = finder.find(tenant);
    return finder.forbidden() && endsItself(kind)
        ? new Target.NeedsCredential(asker.descriptor().admin().getFirst())
        : found;
  }

  /// Where a token names another tenant as its own: a listed key that looks like it is not it.
  private Optional<Target> elsewhere(Kind kind, String tenant, Look look)
      throws InterruptedException {
    Verification said =
        look.told() == null
            ? verifier.verifyIn(kind, look.token(), look.permit()).verification()
            : look.told().verification();
    if (said instanceof Verification.Unknown(String reason, Retry retry) && retry == Retry.LATER) {
      return Optional.of(new Target.Unclear("whose token it is: " + reason));
    }
    String theirs = said.told().tenant();
    return theirs == null || theirs.equals(tenant)
        ? Optional.empty()
        : Optional.of(new Target.Foreign("the token is of " + theirs));
  }

  /// Every value that finding and ending a key of this kind needs.
  private Set<String> names(Kind kind) {
    Set<String> names = actingNames(kind);
    if (kind.tenant() != null && !endsItself(kind)) {
      names.addAll(kind.tenant().names());
    }
    return names;
  }

  private static Set<String> actingNames(Kind kind) {
    var names = new TreeSet<String>();
    kind.find().forEach(step -> names.addAll(step.call().names()));
    kind.actions().values().forEach(action -> names.addAll(action.call().names()));
    return names;
  }

  /// Whether tokens of this kind call for themselves, as the operator has no credential. Then whose
  /// they are needs no telling: what they find is their own.
  private boolean endsItself(Kind kind) {
    return actingNames(kind).contains("caller") && !asker.hasAdmin();
  }

  @Override
  public Listing listing(RevealPermit permit) throws InterruptedException {
    var ids = new TreeSet<String>();
    List<Kind> kinds =
        asker.descriptor().kinds().stream()
            .filter(kind -> !kind.actions().isEmpty() && !kind.find().isEmpty())
            .toList();
    for (Kind kind : kinds) {
      Optional<AdminVariable> missing = asker.missing(kind, names(kind));
      if (missing.isPresent()) {
        return new Listing.None(missing.get().name() + " is not set");
      }
      try {
        ids.addAll(new Finder(asker, listings, kind, 0, asker.operator(permit)).ids());
      } catch (UnclearException e) {
        return new Listing.None(String.valueOf(e.getMessage()));
      }
    }
    return kinds.isEmpty() ? Revoker.super.listing(permit) : new Listing.Keys(ids);
  }

  @Override
  public ActionResult act(Action action, List<Targeted> batch, RevealPermit permit)
      throws InterruptedException {
    Targeted first = batch.getFirst();
    Kind kind = asker.kind(first.token(), permit).orElse(null);
    if (kind == null) {
      return new ActionResult.Refused("not something that this provider can do");
    }
    ActionResult result = act(way(kind, first.key().keyId()), action, batch, permit);
    for (String keyId : first.key().otherwise()) {
      if (batch.size() > 1 || !(result instanceof ActionResult.Refused)) {
        return result;
      }
      Kind way = way(kind, keyId);
      // As agreed to: the same key still, and nothing more dies with it.
      if (named(kind, way, new Look(first.token(), null, permit)) instanceof Target.Located there
          && there.keyId().equals(keyId)
          && first.key().collateral().containsAll(there.collateral())) {
        var targeted = new Targeted(first.token(), there);
        result = act(way, action, List.of(targeted), permit);
      }
    }
    return result;
  }

  /// Which way a key id was found.
  private static Kind way(Kind kind, String keyId) {
    return Stream.concat(kind.otherwise().stream(), kind.access().stream())
        .filter(way -> keyId.startsWith(way.name() + WAY))
        .findFirst()
        .orElse(kind);
  }

  private ActionResult act(Kind kind, Action action, List<Targeted> batch, RevealPermit permit)
      throws InterruptedException {
    Targeted first = batch.getFirst();
    ActionCall call = kind.actions().get(action);
    if (call == null) {
      return new ActionResult.Refused("not something that this provider can do");
    }
    if (batch.size() > kind.batch()) {
      return new ActionResult.Refused("more than " + kind.batch() + " in one call");
    }
    var tokens = new ArrayList<String>();
    for (Targeted each : batch) {
      boolean alike =
          asker
              .kind(each.token(), permit)
              .map(its -> way(its, each.key().keyId()))
              .filter(its -> its.name().equals(kind.name()))
              .isPresent();
      if (!alike) {
        return new ActionResult.Refused("two kinds of tokens in one call");
      }
      tokens.add(Asker.text(each.token().secret(), permit));
    }
    int region = verifier.region(kind, first.token(), permit);
    Values values =
        asker
            .acting(kind, first.token(), permit)
            .with(
                kind.find().isEmpty()
                    ? Map.of()
                    : Finder.parts(
                        kind.key(), first.key().keyId().replaceFirst("^" + kind.name() + WAY, "")));
    return switch (asker.withSession(kind, call.call().names(), region, values)) {
      case Asker.SignedIn.Not not -> unsigned(not);
      case Asker.SignedIn.With(var all) ->
          switch (asker.sendOnce(call, region, all, tokens)) {
            case Asker.Sent.NotMade(String reason) ->
                new ActionResult.Refused("not sent: " + reason);
            case Asker.Sent.Came(var outcome) -> {
              if (action == Action.WITHDRAW) {
                listings.forget(); // the next one proves it
              }
              yield result(call, outcome);
            }
          };
    };
  }

  /// No session: the call itself was not made.
  private ActionResult unsigned(Asker.SignedIn.Not not) {
    return switch (not.why()) {
      case Asker.Sent.Came(Answer answer) when answer.status() == 429 ->
          new ActionResult.Limited(answer.askAgainAt().orElse(null));
      case Asker.Sent.Came(Outcome.Deferred(Instant until, _)) -> new ActionResult.Limited(until);
      case Asker.Sent.Came _, Asker.Sent.NotMade _ -> new ActionResult.Unclear(not.reason());
    };
  }

  static ActionResult result(ActionCall call, Outcome outcome) {
    return switch (outcome) {
      case Answer answer ->
          call.answers().stream()
              .filter(each -> each.when().holds(answer))
              .findFirst()
              .map(each -> result(each, answer))
              .orElseGet(() -> ActionResult.undocumented(answer));
      case Outcome other -> ActionResult.undocumented(other);
    };
  }

  private static ActionResult result(ActionAnswer means, Answer answer) {
    String detail = means.detail().isEmpty() ? answer.reason() : means.detail();
    return switch (means.result()) {
      case ACCEPTED -> new ActionResult.Accepted();
      case DONE -> new ActionResult.AlreadyDone(detail);
      case REFUSED -> new ActionResult.Refused(detail);
      case LIMITED -> new ActionResult.Limited(answer.askAgainAt().orElse(null));
      case UNCLEAR -> new ActionResult.Unclear(detail);
    };
  }

  @Override
  public Tenant tenant(RevealPermit permit) throws InterruptedException {
    Tenant.Known before = known;
    if (before != null) {
      return before;
    }
    askingTenant.lockInterruptibly(); // one asks, and all who came meanwhile hear it
    try {
      return known == null ? askTenant(permit) : known;
    } finally {
      askingTenant.unlock();
    }
  }

  private Tenant askTenant(RevealPermit permit) throws InterruptedException {
    for (Kind kind : asker.descriptor().kinds()) {
      for (Kind way : kind.ways()) {
        // What another way does not need is not missed.
        boolean spare = !way.equals(kind) && asker.missing(way, names(way)).isPresent();
        if (way.tenant() != null && !way.actions().isEmpty() && !endsItself(way) && !spare) {
          return ask(way, way.tenant(), permit);
        }
      }
    }
    return new Tenant.None();
  }

  private Tenant ask(Kind kind, TenantCall tenant, RevealPermit permit)
      throws InterruptedException {
    Optional<AdminVariable> missing = asker.missing(kind, names(kind));
    if (missing.isPresent()) {
      return new Tenant.Missing(missing.get());
    }
    Tenant told = new Tenant.Unknown("nobody was asked");
    for (int region = 0; region < asker.regions() && !(told instanceof Tenant.Known); region++) {
      Tenant there = ask(kind, tenant, region, permit);
      told = region == 0 || there instanceof Tenant.Known ? there : told;
    }
    return told;
  }

  private Tenant ask(Kind kind, TenantCall tenant, int region, RevealPermit permit)
      throws InterruptedException {
    return switch (asker.withSession(kind, tenant.names(), region, asker.admin(permit))) {
      case Asker.SignedIn.Not not -> new Tenant.Unknown(not.reason());
      case Asker.SignedIn.With(var values) -> told(tenant, region, values);
    };
  }

  private static Optional<String> id(TenantCall tenant, Answer answer, Values values) {
    return switch (tenant.listed()) {
      case ONE -> tenant.id().only(answer, answer.json(), values);
      case WHOLE -> tenant.id().joined(answer, answer.json(), values);
    };
  }

  private Tenant told(TenantCall tenant, int region, Values values) throws InterruptedException {
    if (tenant.call() == null) {
      return tenant
          .id()
          .one(null, MissingNode.getInstance(), values)
          .<Tenant>map(id -> new Tenant.Known(id, id))
          .orElseGet(() -> new Tenant.Unknown("the operator's credential does not tell"));
    }
    return switch (asker.send(tenant.call(), region, values)) {
      case Asker.Sent.NotMade(String reason) -> new Tenant.Unknown(reason);
      case Asker.Sent.Came(Answer answer) -> {
        Optional<String> id =
            answer.status() / 100 == 2 ? id(tenant, answer, values) : Optional.empty();
        if (id.isEmpty()) {
          yield new Tenant.Unknown(answer.reason() + " does not tell, or names several");
        }
        var found =
            new Tenant.Known(
                id.get(), tenant.name().one(answer, answer.json(), values).orElse(id.get()));
        known = found;
        yield found;
      }
      case Asker.Sent.Came(var outcome) -> new Tenant.Unknown(outcome.reason());
    };
  }
}
