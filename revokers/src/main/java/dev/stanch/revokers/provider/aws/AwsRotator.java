package dev.stanch.revokers.provider.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Revoker.Targeted;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Makes a second access key of the same user, who may have two. A key has no name of its own: a
/// lost one is the only one that is new and was never used.
final class AwsRotator implements Rotator {
  /// As AWS allows, whether they are switched on or off.
  private static final int MOST_KEYS = 2;

  private final AwsRevoker revoker;

  AwsRotator(AwsRevoker revoker) {
    this.revoker = revoker;
  }

  @Override
  public Offer offer(HeldFinding token, Target.Located key, RevealPermit permit)
      throws InterruptedException {
    KeyName name = KeyName.parse(key.keyId()).orElse(null);
    if (name == null || revoker.operator(permit).isEmpty()) {
      return new Offer.NeedsCredential(AwsProvider.SECRET);
    }
    return switch (keys(token, key, permit)) {
      case Keys.Unclear(String reason) -> new Offer.Unclear(reason);
      case Keys.Listed(Set<String> ids) ->
          ids.size() < MOST_KEYS
              ? new Offer.Possible(
                  Manner.CREATE, "iam:CreateAccessKey of user " + name.user(), List.of())
              : new Offer.ByHand(
                  "user "
                      + name.user()
                      + " has "
                      + ids.size()
                      + " access keys, the most that AWS allows: delete the one that nothing uses");
    };
  }

  @Override
  public Keys keys(HeldFinding token, Target.Located key, RevealPermit permit)
      throws InterruptedException {
    KeyName name = KeyName.parse(key.keyId()).orElse(null);
    if (name == null) {
      return new Keys.Unclear("not a key of an IAM user");
    }
    return switch (revoker.keysOf(name, permit)) {
      case AwsRevoker.Members.Found(var members) -> {
        var ids = new TreeSet<String>();
        members
            .keySet()
            .forEach(id -> ids.add(new KeyName(name.partition(), name.user(), id).toString()));
        yield new Keys.Listed(ids);
      }
      case AwsRevoker.Members.Gone(String reason) -> new Keys.Unclear(reason);
      case AwsRevoker.Members.Unclear(String reason) -> new Keys.Unclear(reason);
    };
  }

  @Override
  public Mint mint(HeldFinding token, Target.Located key, String marker, RevealPermit permit)
      throws InterruptedException {
    KeyName name = KeyName.parse(key.keyId()).orElse(null);
    Partition partition = name == null ? null : revoker.partition(name).orElse(null);
    AccessKey operator = revoker.operator(permit).orElse(null);
    if (name == null || partition == null || operator == null) {
      return new Mint.Refused(AwsProvider.SECRET.name() + " is not set");
    }
    Reply reply =
        revoker
            .query()
            .once(
                Service.IAM,
                partition,
                operator,
                "CreateAccessKey",
                Map.of("UserName", name.user()));
    return switch (reply) {
      case Reply.Told told -> {
        Optional<String> id = told.text("AccessKeyId");
        Optional<String> secret = told.text("SecretAccessKey");
        yield id.isEmpty() || secret.isEmpty()
            ? new Mint.Unclear("an answer without a key")
            : new Mint.Minted(
                new Secret(secret.get().getBytes(ISO_8859_1)),
                new KeyName(name.partition(), name.user(), id.get()).toString(),
                List.of(new Part("id", id.get())),
                List.of(),
                null);
      }
      case Reply.Fault fault when fault.throttled() -> new Mint.Limited(null);
      case Reply.Fault fault when fault.denied() ->
          new Mint.Refused(
              "iam:CreateAccessKey is denied to this credential; a user whom AWS has put under"
                  + " quarantine needs another principal to do it");
      case Reply.Fault fault when fault.code().equals("LimitExceeded") ->
          new Mint.Refused("the user has as many access keys as AWS allows");
      case Reply.Fault fault when fault.gone() ->
          new Mint.Refused("there is no such user any more");
      case Reply.Fault fault -> new Mint.Unclear(fault.reason());
      case Reply.Nothing(Answer answer) when answer.status() == 429 -> new Mint.Limited(null);
      case Reply.Nothing(Outcome.Deferred(Instant until, _)) -> new Mint.Limited(until);
      case Reply.Nothing(Outcome.Refused(String reason)) -> new Mint.Refused(reason);
      case Reply.Nothing(var outcome) -> new Mint.Unclear(outcome.reason());
    };
  }

  @Override
  public Orphan find(
      HeldFinding token, Target.Located key, String marker, Set<String> before, RevealPermit permit)
      throws InterruptedException {
    switch (keys(token, key, permit)) {
      case Keys.Unclear(String reason) -> {
        return new Orphan.Unclear(reason);
      }
      case Keys.Listed(Set<String> ids) -> {
        var fresh = new ArrayList<>(new TreeSet<>(ids));
        fresh.removeAll(before);
        if (fresh.isEmpty()) {
          return new Orphan.None();
        }
        if (fresh.size() > 1) {
          return new Orphan.Doubtful(fresh, "more than one key is new");
        }
        KeyName name = KeyName.parse(fresh.getFirst()).orElseThrow();
        return switch (revoker.lastUse(name, permit)) {
          case AwsRevoker.Use.Never _ ->
              new Orphan.One(
                  new Target.Located(name.toString(), key.tenant(), null, null, List.of()));
          case AwsRevoker.Use.At(Instant at) ->
              new Orphan.Doubtful(fresh, "somebody used it at " + at);
          case AwsRevoker.Use.Unclear(String reason) -> new Orphan.Unclear(reason);
        };
      }
    }
  }

  @Override
  public ActionResult discard(HeldFinding token, Target.Located orphan, RevealPermit permit)
      throws InterruptedException {
    return revoker.act(Action.REVOKE, List.of(new Targeted(token, orphan)), permit);
  }
}
