package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A provider in memory whose keys have ids and owners, and that makes new ones.
final class MintingHub implements Provider, Verifier, Revoker, Rotator {
  /// A key.
  static final class Key {
    final String id;
    final String token;
    final String owner;
    final String marker;
    boolean live = true;
    boolean off;
    Instant used;

    Key(String id, String token, String owner, String marker) {
      this.id = id;
      this.token = token;
      this.owner = owner;
      this.marker = marker;
    }
  }

  /// What a new key shows in the listing: its marker, an id of its own, or no more than the id of
  /// the one that it took the place of.
  enum Naming {
    MARKED,
    BARE,
    KEPT
  }

  final Map<String, Key> keys = new LinkedHashMap<>();
  final Kill kill;
  private final String id;
  private final Manner manner;
  private final Naming naming;
  private int serial;

  /// Whether a person alone can mint.
  boolean byHand;

  /// Whether keys can be switched off, and on again.
  boolean disables;

  /// Whether what was switched off stays so.
  boolean keepsOff;

  /// What it offers in place of a call; null where it mints.
  @Nullable Offer offer;

  List<String> scopes = List.of("write");

  /// When keys were made, where that is told, and whether a younger one dies with an older.
  final Map<String, Instant> born = new HashMap<>();

  boolean families;

  /// What the next mint answers instead of working, by how many were asked for.
  IntFunction<Optional<Mint>> fault = _ -> Optional.empty();

  int mints;

  /// How often keys were ended by the calls that revocations make.
  int acts;

  /// Whether its listing shows nothing of the keys' values.
  boolean blind;

  /// Keys that the listing leaves out.
  final Set<String> hidden = new HashSet<>();

  /// What keys are called where it is not their id.
  final Map<String, String> names = new HashMap<>();

  /// Whether it lists nothing for now.
  boolean silent;

  MintingHub(String id, Manner manner, Naming naming, Kill kill) {
    this.id = id;
    this.manner = manner;
    this.naming = naming;
    this.kill = kill;
  }

  synchronized Key issue(String token, String owner, String marker) {
    return issue("key-" + ++serial, token, owner, marker);
  }

  private Key issue(String name, String token, String owner, String marker) {
    var key = new Key(name, token, owner, marker);
    keys.put(name, key);
    return key;
  }

  /// Those that are accepted.
  synchronized List<Key> live() {
    return keys.values().stream().filter(key -> key.live && !key.off).toList();
  }

  private List<Key> listed() {
    return keys.values().stream().filter(key -> key.live).toList();
  }

  private static String text(HeldFinding token, RevealPermit permit) {
    return token.secret().reveal(permit, bytes -> new String(bytes, StandardCharsets.US_ASCII));
  }

  synchronized Optional<Key> of(String token) {
    return keys.values().stream().filter(key -> key.token.equals(token)).findFirst();
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
  public Map<String, Set<String>> takes() {
    String rule = id + "-token";
    return families ? Map.of(rule, Set.of(rule)) : Map.of();
  }

  @Override
  public Optional<Verifier> verifier(ProviderContext context) {
    return Optional.of(this);
  }

  @Override
  public Optional<Revoker> revoker(ProviderContext context) {
    return Optional.of(this);
  }

  @Override
  public Optional<Rotator> rotator(ProviderContext context) {
    return byHand ? Optional.empty() : Optional.of(this);
  }

  @Override
  public synchronized Verification verify(HeldFinding token, RevealPermit permit) {
    return of(text(token, permit))
        .filter(key -> key.live)
        .<Verification>map(
            key -> {
              var identity =
                  new Identity(key.owner, null, key.id, scopes, born.get(key.id), null, null);
              return key.off
                  ? new Verification.LiveBlocked(identity, "switched off")
                  : new Verification.Live(identity);
            })
        .orElse(new Verification.Dead("unknown or revoked"));
  }

  @Override
  public Control control() {
    return new Control.Genuine();
  }

  @Override
  public Set<Action> actions() {
    return disables ? Set.of(Action.DISABLE, Action.ENABLE, Action.REVOKE) : Set.of(Action.REVOKE);
  }

  @Override
  public synchronized Target locate(HeldFinding token, RevealPermit permit) {
    if (blind && !live().isEmpty()) {
      return new Target.Ambiguous(
          live().stream()
              .filter(key -> !hidden.contains(key.id))
              .map(key -> new Target.Listed(located(key), names.getOrDefault(key.id, key.id)))
              .toList());
    }
    return of(text(token, permit))
        .filter(key -> key.live)
        .<Target>map(key -> located(key))
        .orElse(new Target.Foreign("none of the listed keys"));
  }

  private static Target.Located located(Key key) {
    return new Target.Located(key.id, null, null, key.used, List.of());
  }

  @Override
  public synchronized ActionResult act(Action action, List<Targeted> batch, RevealPermit permit) {
    kill.here();
    acts++;
    for (Targeted one : batch) {
      switch (action) {
        case DISABLE -> keys.get(one.key().keyId()).off = true;
        case ENABLE -> keys.get(one.key().keyId()).off = keepsOff;
        case REVOKE -> end(one.key().keyId());
        case WITHDRAW -> throw new AssertionError("its keys reach nobody's organisation");
      }
    }
    kill.here();
    return new ActionResult.Accepted();
  }

  private void end(String key) {
    Key found = keys.get(key);
    if (found != null) {
      found.live = false;
    }
  }

  @Override
  public Duration propagation() {
    return Duration.ZERO;
  }

  @Override
  public Duration settling() {
    return Duration.ZERO;
  }

  @Override
  public Offer offer(HeldFinding token, Target.Located key, RevealPermit permit) {
    return offer == null ? new Offer.Possible(manner, "POST /keys", List.of()) : offer;
  }

  @Override
  public synchronized Keys keys(HeldFinding token, Target.Located key, RevealPermit permit) {
    var ids = new TreeSet<String>();
    listed().forEach(each -> ids.add(each.id));
    return new Keys.Listed(ids);
  }

  @Override
  public synchronized Mint mint(
      HeldFinding token, Target.Located key, String marker, RevealPermit permit) {
    kill.here();
    mints++;
    Optional<Mint> scripted = fault.apply(mints);
    if (scripted.isPresent()) {
      return scripted.get();
    }
    Mint minted = made(key, marker);
    kill.here();
    return minted;
  }

  /// Makes it without telling anybody.
  synchronized Mint made(Target.Located key, String marker) {
    Key before = keys.get(key.keyId());
    if (manner == Manner.IN_PLACE) {
      end(key.keyId());
    }
    serial++;
    Key made =
        issue(
            naming == Naming.KEPT ? before.id : "key-" + serial,
            "tok" + "_" + "zyxwvutsrqponmlkjihgf%06d".formatted(serial),
            before.owner,
            naming == Naming.MARKED ? marker : "");
    return new Mint.Minted(
        new Secret(made.token.getBytes(StandardCharsets.US_ASCII)),
        made.id,
        List.of(),
        scopes,
        null);
  }

  @Override
  public synchronized Orphan find(
      HeldFinding token,
      Target.Located key,
      String marker,
      Set<String> before,
      RevealPermit permit) {
    if (silent) {
      return new Orphan.Unclear("no answer");
    }
    var found = new ArrayList<Key>();
    for (Key each : listed()) {
      if (naming == Naming.MARKED ? each.marker.equals(marker) : !before.contains(each.id)) {
        found.add(each);
      }
    }
    return switch (found.size()) {
      case 0 -> new Orphan.None();
      case 1 -> new Orphan.One(located(found.getFirst()));
      default ->
          new Orphan.Doubtful(found.stream().map(each -> each.id).toList(), "more than one is new");
    };
  }

  @Override
  public synchronized ActionResult discard(
      HeldFinding token, Target.Located orphan, RevealPermit permit) {
    kill.here();
    end(orphan.keyId());
    kill.here();
    return new ActionResult.Accepted();
  }
}
