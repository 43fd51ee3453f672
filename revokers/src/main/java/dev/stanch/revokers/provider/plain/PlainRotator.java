package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.provider.plain.Descriptor.ActionCall;
import dev.stanch.revokers.provider.plain.Descriptor.Kind;
import dev.stanch.revokers.provider.plain.Descriptor.Match;
import dev.stanch.revokers.provider.plain.Descriptor.Renewal;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import java.time.Duration;
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

  private static final String SECRET = "secret";
  private static final String ANSWER = "answer:";

  /// How often a token that is read after it was made is asked for.
  private static final int MOST_QUESTIONS = 15;

  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

  /// What is asked before the call that mints may take so long: whoever calls may have to leave the
  /// step to another process after a minute.
  private static final Duration LONGEST_PREPARATION = Duration.ofSeconds(30);

  private final Asker asker;
  private final PlainVerifier verifier;

  PlainRotator(Asker asker) {
    this.asker = asker;
    this.verifier = new PlainVerifier(asker, new JustTold(asker.context().clock()));
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
  public Offer offer(HeldFinding token, Target.Located key, RevealPermit permit)
      throws InterruptedException {
    Way way = way(token, key, permit).orElse(null);
    if (way == null) {
      return new Offer.ByHand("no call of its provider makes a new one of this kind");
    }
    Renewal renewal = way.renewal();
    Optional<AdminVariable> missing = asker.missing(way.kind(), renewal.names());
    if (missing.isPresent()) {
      return new Offer.NeedsCredential(missing.get());
    }
    boolean notOfAll =
        renewal.old().stream()
            .anyMatch(step -> !step.absent().isEmpty() || !step.match().equals(Match.ALL));
    if (notOfAll) {
      try {
        int region = verifier.region(way.kind(), token, permit);
        if (found(way, region, values(way, token, key, permit)).isEmpty()) {
          return new Offer.ByHand("it is none of the keys that " + renewal.how() + " replaces");
        }
      } catch (UnclearException e) {
        return new Offer.Unclear(String.valueOf(e.getMessage()));
      }
    }
    return new Offer.Possible(renewal.manner(), renewal.words(), renewal.collateral());
  }

  /// The values of the operator and of a key's id, and the token's where it may still be used.
  private Values values(Way way, HeldFinding token, Target.Located key, RevealPermit permit) {
    Values who =
        switch (way.renewal().manner()) {
          case CREATE -> asker.acting(way.kind(), token, permit);
          case IN_PLACE -> asker.operator(permit).or(Asker.parts(token.finding()));
        };
    return key.keyId().equals(Target.BY_VALUE)
        ? who
        : who.with(Finder.parts(way.renewal().key(), key.keyId()));
  }

  /// An old key as its provider knows it.
  ///
  /// @param values those that lead to it too
  /// @param json its rights; null where they stand in the listing
  private record Old(Values values, @Nullable JsonNode json) {}

  private Old old(Way way, int region, Values values)
      throws InterruptedException, UnclearException {
    return way.renewal().old().isEmpty()
        ? new Old(values, null)
        : found(way, region, values)
            .orElseThrow(() -> new UnclearException("the old key is not listed"));
  }

  private Optional<Old> found(Way way, int region, Values values)
      throws InterruptedException, UnclearException {
    List<Finder.Element> found = finder(way, region, values).elements(way.renewal().old());
    if (found.size() > 1) {
      throw new UnclearException(found.size() + " listed keys could be the old one");
    }
    return found.stream().findFirst().map(only -> new Old(only.values(), only.json()));
  }

  /// The values that the listing needs. The old token is not asked where only its rights are told.
  private Values whose(Way way, int region, Values values)
      throws InterruptedException, UnclearException {
    Renewal renewal = way.renewal();
    boolean needed =
        renewal.listing().stream()
            .flatMap(step -> step.call().names().stream())
            .anyMatch(
                name -> renewal.old().stream().anyMatch(step -> step.take().containsKey(name)));
    return needed ? old(way, region, values).values() : values;
  }

  private Finder finder(Way way, int region, Values values) {
    // Not one that was listed before: what is new is what counts.
    return new Finder(asker, new Listings(asker.context().clock()), way.kind(), region, values);
  }

  private List<Finder.Listed> listed(Way way, int region, Values values)
      throws InterruptedException, UnclearException {
    return finder(way, region, values).listed(way.renewal().listing(), way.renewal().key());
  }

  @Override
  public Keys keys(HeldFinding token, Target.Located key, RevealPermit permit)
      throws InterruptedException {
    Way way = way(token, key, permit).orElse(null);
    if (way == null) {
      return new Keys.Unclear("nothing lists keys of this kind");
    }
    try {
      int region = verifier.region(way.kind(), token, permit);
      Values values = whose(way, region, values(way, token, key, permit));
      var ids = new TreeSet<String>();
      listed(way, region, values).forEach(each -> ids.add(each.id()));
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
    Instant latest = asker.context().clock().instant().plus(LONGEST_PREPARATION);
    int region = verifier.region(way.kind(), token, permit);
    Values values;
    try {
      Old old = old(way, region, values(way, token, key, permit));
      values = old.values().with(Map.of("marker", marker)).with(expiry(renewal));
      if (!renewal.carry().isEmpty()) {
        values = values.with(carried(way, region, key, old));
      }
    } catch (UnclearException e) {
      return notTold(e);
    }
    ActionCall call = renewal.mint();
    return switch (asker.withSession(way.kind(), call.call().names(), region, values)) {
      case Asker.SignedIn.Not not -> notTold(new UnclearException(not.reason(), not.outcome()));
      case Asker.SignedIn.With _ when asker.context().clock().instant().isAfter(latest) ->
          new Mint.NotMade("its provider took too long to tell what the call needs");
      case Asker.SignedIn.With(var all) ->
          switch (asker.sendOnce(call, region, all, List.of())) {
            case Asker.Sent.NotMade(String reason) -> new Mint.Refused("not sent: " + reason);
            case Asker.Sent.Came(var outcome) ->
                switch (PlainRevoker.result(call, outcome)) {
                  case ActionResult.Accepted _ -> minted(way, region, (Answer) outcome, all);
                  case ActionResult.AlreadyDone(String reason) -> new Mint.Unclear(reason);
                  case ActionResult.Refused(String reason) -> new Mint.Refused(reason);
                  case ActionResult.Unclear(String reason) -> new Mint.Unclear(reason);
                  case ActionResult.Limited(Instant until) -> new Mint.Limited(until);
                };
          };
    };
  }

  /// What the call needs is not told; it was not made.
  private static Mint notTold(UnclearException why) {
    return switch (why.outcome()) {
      case Answer answer when answer.status() == 429 ->
          new Mint.Limited(answer.askAgainAt().orElse(null));
      case Outcome.Deferred(Instant until, _) -> new Mint.Limited(until);
      case null, default ->
          new Mint.NotMade("what the old key may do is not told: " + why.getMessage());
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

  /// What the new key gets of the old one, as far as it has it.
  private Map<String, String> carried(Way way, int region, Target.Located key, Old old)
      throws InterruptedException, UnclearException {
    JsonNode element = old.json();
    if (element == null) {
      for (Finder.Listed each : listed(way, region, old.values())) {
        if (each.id().equals(key.keyId())) {
          element = each.json();
        }
      }
    }
    if (element == null) {
      throw new UnclearException("the old key is not listed");
    }
    var carried = new LinkedHashMap<String, String>();
    for (var entry : way.renewal().carry().entrySet()) {
      JsonNode value = element.at(entry.getValue());
      String text = value.isValueNode() ? value.asText() : value.toString();
      if (!value.isMissingNode() && !value.isNull() && !text.isEmpty()) {
        carried.put(entry.getKey(), text);
      }
    }
    return carried;
  }

  /// What a minting call answered, with what only a further question tells.
  private Mint minted(Way way, int region, Answer answer, Values known)
      throws InterruptedException {
    Renewal renewal = way.renewal();
    JsonNode json = answer.json();
    Values values = known.or(name -> told(name, json));
    Optional<String> secret = renewal.secret().one(answer, json, values);
    if (secret.isPresent()) {
      values = values.with(Map.of(SECRET, secret.get()));
    }
    var taken = new LinkedHashMap<String, String>();
    for (var entry : renewal.take().entrySet()) {
      entry.getValue().one(answer, json, values).ifPresent(it -> taken.put(entry.getKey(), it));
    }
    values = values.with(taken);
    if (!renewal.value().isEmpty()) {
      try {
        values = read(way, region, values);
      } catch (UnclearException e) {
        return new Mint.Unclear("the new token is not told: " + e.getMessage());
      }
      secret = values.find(SECRET);
    }
    var id = new ArrayList<String>();
    for (String name : renewal.key()) {
      // Of what the answer does not tell, the new key has what the old one has.
      String value =
          renewal.take().containsKey(name) ? taken.get(name) : known.find(name).orElse(null);
      if (value == null) {
        return new Mint.Unclear("an answer without '" + name + "'");
      }
      id.add(value);
    }
    if (secret.isEmpty()) {
      return new Mint.Unclear("an answer without a token");
    }
    var parts = new ArrayList<Part>();
    for (var entry : renewal.parts().entrySet()) {
      entry
          .getValue()
          .one(answer, json, values)
          .ifPresent(value -> parts.add(new Part(entry.getKey(), value)));
    }
    return new Mint.Minted(
        new Secret(secret.get().getBytes(ISO_8859_1)),
        Finder.joined(id),
        parts,
        renewal.scopes().list(answer, json, values),
        renewal.expiresAt().time(answer, json, values));
  }

  /// A place in the answer, for texts that do more with it than repeat it.
  private static Optional<String> told(String name, JsonNode json) {
    if (!name.startsWith(ANSWER)) {
      return Optional.empty();
    }
    JsonNode value = json.at(name.substring(ANSWER.length()));
    return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
  }

  /// Reads a token that the minting call did not tell; it may take a while to be there.
  private Values read(Way way, int region, Values values)
      throws InterruptedException, UnclearException {
    for (int question = 0; question < MOST_QUESTIONS; question++) {
      if (question > 0) {
        asker.context().http().time().sleep(BETWEEN_QUESTIONS);
      }
      List<Finder.Element> found = finder(way, region, values).elements(way.renewal().value());
      if (found.size() == 1) {
        return found.getFirst().values();
      }
    }
    throw new UnclearException("it is not there after " + MOST_QUESTIONS + " questions");
  }

  @Override
  public Orphan find(
      HeldFinding token, Target.Located key, String marker, Set<String> before, RevealPermit permit)
      throws InterruptedException {
    Way way = way(token, key, permit).orElse(null);
    if (way == null) {
      return new Orphan.Unclear("nothing lists keys of this kind");
    }
    // A process that was stopped right before its call may have made one under another ending.
    String marked = marker.substring(0, marker.lastIndexOf('-') + 1);
    var found = new ArrayList<Finder.Listed>();
    Values values;
    try {
      int region = verifier.region(way.kind(), token, permit);
      values = whose(way, region, values(way, token, key, permit));
      for (Finder.Listed each : listed(way, region, values)) {
        boolean ours =
            way.renewal().marker().isEmpty()
                ? !before.contains(each.id())
                : each.json().at(way.renewal().marker()).asText().startsWith(marked);
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
    if (way.renewal().marker().isEmpty() && way.renewal().used().places().isEmpty()) {
      return new Orphan.Doubtful(ids, "nothing tells whether it is ours");
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
    int region = verifier.region(way.kind(), token, permit);
    Values values = values(way, token, orphan, permit);
    return switch (asker.withSession(way.kind(), call.call().names(), region, values)) {
      case Asker.SignedIn.Not not -> new ActionResult.Unclear(not.reason());
      case Asker.SignedIn.With(var all) ->
          switch (asker.sendOnce(call, region, all, List.of())) {
            case Asker.Sent.NotMade(String reason) ->
                new ActionResult.Refused("not sent: " + reason);
            case Asker.Sent.Came(var outcome) -> PlainRevoker.result(call, outcome);
          };
    };
  }
}
