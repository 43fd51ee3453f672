package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.provider.plain.Descriptor.ActionCall;
import dev.stanch.revokers.provider.plain.Descriptor.Kind;
import dev.stanch.revokers.provider.plain.Descriptor.Renewal;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Replaces keys as a descriptor says.
final class PlainRotator implements Rotator {
  /// The values that say when a new key ends: an instant, its day, and its second since 1970.
  static final Set<String> EXPIRIES = Set.of("expires", "expires-date", "expires-seconds");

  private final Asker asker;

  PlainRotator(Asker asker) {
    this.asker = asker;
  }

  /// A kind of token that can be replaced, and how.
  private record Way(Kind kind, Renewal renewal) {}

  private Optional<Way> way(HeldFinding token, Target.Located key, RevealPermit permit) {
    Kind kind = asker.kind(token, permit).orElse(null);
    Renewal renewal = kind == null ? null : kind.renewal();
    // A key that was found in another way than the kind's own has another id.
    boolean own =
        kind != null
            && kind.otherwise().stream()
                .noneMatch(way -> key.keyId().startsWith(way.name() + PlainRevoker.WAY));
    return kind == null || renewal == null || !own
        ? Optional.empty()
        : Optional.of(new Way(kind, renewal));
  }

  @Override
  public Offer offer(HeldFinding token, Target.Located key, RevealPermit permit) {
    Way way = way(token, key, permit).orElse(null);
    if (way == null) {
      return new Offer.ByHand("no call of its provider makes a new one of this kind");
    }
    Optional<AdminVariable> missing = asker.missing(way.kind(), way.renewal().names());
    return missing.isPresent()
        ? new Offer.NeedsCredential(missing.get())
        : new Offer.Possible(
            way.renewal().manner(), way.renewal().how(), way.renewal().collateral());
  }

  /// The values of the operator and of a key's id, and the token's where it may still be used.
  private Values values(Way way, HeldFinding token, Target.Located key, RevealPermit permit) {
    Values who =
        switch (way.renewal().manner()) {
          case CREATE -> asker.acting(way.kind(), token, permit);
          case IN_PLACE -> asker.operator(permit).or(Asker.parts(token.finding()));
        };
    return who.with(Finder.parts(way.kind(), key.keyId()));
  }

  private List<Finder.Listed> listed(Way way, Values values)
      throws InterruptedException, UnclearException {
    // Not one that was listed before: what is new is what counts.
    var listings = new Listings(asker.context().clock());
    return new Finder(asker, listings, way.kind(), 0, values).listed(way.renewal().listing());
  }

  @Override
  public Keys keys(HeldFinding token, Target.Located key, RevealPermit permit)
      throws InterruptedException {
    Way way = way(token, key, permit).orElse(null);
    if (way == null) {
      return new Keys.Unclear("nothing lists keys of this kind");
    }
    try {
      var ids = new TreeSet<String>();
      listed(way, values(way, token, key, permit)).forEach(each -> ids.add(each.id()));
      return new Keys.Listed(ids);
    } catch (UnclearException e) {
      return new Keys.Unclear(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Mint mint(HeldFinding token, Target.Located key, String marker, RevealPermit permit)
      throws InterruptedException {
    Way way = way(token, key, permit).orElse(null);
    if (way == null) {
      return new Mint.Refused("no call of its provider makes a new one of this kind");
    }
    Renewal renewal = way.renewal();
    Values values =
        values(way, token, key, permit).with(Map.of("marker", marker)).with(expiry(renewal));
    if (!renewal.carry().isEmpty()) {
      try {
        values = values.with(carried(way, key, values));
      } catch (UnclearException e) {
        return new Mint.Refused("what the old key may do is not told: " + e.getMessage());
      }
    }
    ActionCall call = renewal.mint();
    return switch (asker.withSession(way.kind(), call.call().names(), 0, values)) {
      case Asker.SignedIn.Not not -> new Mint.Refused(not.reason());
      case Asker.SignedIn.With(var all) ->
          switch (asker.sendOnce(call, 0, all, List.of())) {
            case Asker.Sent.NotMade(String reason) -> new Mint.Refused("not sent: " + reason);
            case Asker.Sent.Came(var outcome) ->
                switch (PlainRevoker.result(call, outcome)) {
                  case ActionResult.Accepted _ -> minted(way, key, (Answer) outcome, all);
                  case ActionResult.AlreadyDone(String reason) -> new Mint.Unclear(reason);
                  case ActionResult.Refused(String reason) -> new Mint.Refused(reason);
                  case ActionResult.Unclear(String reason) -> new Mint.Unclear(reason);
                  case ActionResult.Limited(Instant until) -> new Mint.Limited(until);
                };
          };
    };
  }

  private Map<String, String> expiry(Renewal renewal) {
    if (renewal.lifetime() == null) {
      return Map.of();
    }
    Instant end = asker.context().clock().instant().plus(renewal.lifetime());
    return Map.of(
        "expires", end.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString(),
        "expires-date", end.atZone(ZoneOffset.UTC).toLocalDate().toString(),
        "expires-seconds", Long.toString(end.getEpochSecond()));
  }

  /// What the new key gets of the old one.
  private Map<String, String> carried(Way way, Target.Located key, Values values)
      throws InterruptedException, UnclearException {
    JsonNode old = null;
    for (Finder.Listed each : listed(way, values)) {
      if (each.id().equals(key.keyId())) {
        old = each.json();
      }
    }
    if (old == null) {
      throw new UnclearException("the old key is not listed");
    }
    var carried = new LinkedHashMap<String, String>();
    for (var entry : way.renewal().carry().entrySet()) {
      JsonNode value = old.at(entry.getValue());
      if (value.isMissingNode() || value.isNull()) {
        throw new UnclearException("the old key's element has no " + entry.getValue());
      }
      carried.put(entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
    }
    return carried;
  }

  private static Mint minted(Way way, Target.Located old, Answer answer, Values values) {
    Renewal renewal = way.renewal();
    JsonNode json = answer.json();
    Optional<String> secret = renewal.secret().one(answer, json, values);
    Map<String, String> before = Finder.parts(way.kind(), old.keyId());
    var id = new ArrayList<String>();
    for (String name : way.kind().key()) {
      Extract from = renewal.take().get(name);
      String value = from == null ? before.get(name) : from.one(answer, json, values).orElse(null);
      if (value == null) {
        return new Mint.Unclear("an answer without '" + name + "'");
      }
      id.add(value);
    }
    if (secret.isEmpty()) {
      return new Mint.Unclear("an answer without a token");
    }
    var parts = new ArrayList<Part>();
    renewal
        .parts()
        .forEach(
            (name, from) ->
                from.one(answer, json, values)
                    .ifPresent(value -> parts.add(new Part(name, value))));
    return new Mint.Minted(
        new Secret(secret.get().getBytes(ISO_8859_1)),
        Finder.joined(id),
        parts,
        renewal.scopes().list(answer, json, values),
        renewal.expiresAt().time(answer, json, values));
  }

  @Override
  public Orphan find(
      HeldFinding token, Target.Located key, String marker, Set<String> before, RevealPermit permit)
      throws InterruptedException {
    Way way = way(token, key, permit).orElse(null);
    if (way == null) {
      return new Orphan.Unclear("nothing lists keys of this kind");
    }
    Values values = values(way, token, key, permit);
    var found = new ArrayList<Finder.Listed>();
    try {
      for (Finder.Listed each : listed(way, values)) {
        boolean ours =
            way.renewal().marker().isEmpty()
                ? !before.contains(each.id())
                : each.json().at(way.renewal().marker()).asText().equals(marker);
        if (ours) {
          found.add(each);
        }
      }
    } catch (UnclearException e) {
      return new Orphan.Unclear(String.valueOf(e.getMessage()));
    }
    return orphan(way, key, found, values);
  }

  private static Orphan orphan(
      Way way, Target.Located key, List<Finder.Listed> found, Values values) {
    List<String> ids = found.stream().map(Finder.Listed::id).toList();
    if (found.isEmpty()) {
      return new Orphan.None();
    }
    if (found.size() > 1) {
      return new Orphan.Doubtful(ids, "more than one key could be it");
    }
    Instant used = usedAt(way, found.getFirst(), values);
    return used == null
        ? new Orphan.One(new Target.Located(ids.getFirst(), key.tenant(), null, null, List.of()))
        : new Orphan.Doubtful(ids, "somebody used it at " + used);
  }

  private static @Nullable Instant usedAt(Way way, Finder.Listed key, Values values) {
    return way.renewal().used().time(null, key.json(), values);
  }

  @Override
  public ActionResult discard(HeldFinding token, Target.Located orphan, RevealPermit permit)
      throws InterruptedException {
    Way way = way(token, orphan, permit).orElse(null);
    ActionCall call =
        way == null
            ? null
            : Objects.requireNonNullElseGet(
                way.renewal().discard(), () -> way.kind().actions().get(Action.REVOKE));
    if (way == null || call == null) {
      return new ActionResult.Refused("no call of its provider ends a key by its id");
    }
    Values values = values(way, token, orphan, permit);
    return switch (asker.withSession(way.kind(), call.call().names(), 0, values)) {
      case Asker.SignedIn.Not not -> new ActionResult.Unclear(not.reason());
      case Asker.SignedIn.With(var all) ->
          switch (asker.sendOnce(call, 0, all, List.of())) {
            case Asker.Sent.NotMade(String reason) ->
                new ActionResult.Refused("not sent: " + reason);
            case Asker.Sent.Came(var outcome) -> PlainRevoker.result(call, outcome);
          };
    };
  }
}
