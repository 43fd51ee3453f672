package dev.stanch.revokers.provider.aws;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Switches access keys off and on again and deletes them, signed by the operator's credentials;
/// where there are none, by the key itself, which its user's policies may allow.
final class AwsRevoker implements Revoker {
  private static final int MOST_PAGES = 20;

  private final Query query;
  private final List<Partition> partitions;
  private final ProviderContext context;
  private volatile Tenant.@Nullable Known known;

  AwsRevoker(Query query, List<Partition> partitions, ProviderContext context) {
    this.query = query;
    this.partitions = List.copyOf(partitions);
    this.context = context;
  }

  @Override
  public Set<Action> actions() {
    return EnumSet.allOf(Action.class);
  }

  @Override
  public Tenant tenant(RevealPermit permit) throws InterruptedException {
    Tenant.Known before = known;
    if (before != null) {
      return before;
    }
    AccessKey operator = operator(permit).orElse(null);
    if (operator == null) {
      return new Tenant.None();
    }
    return switch (query.whoIs(partitions.getFirst(), operator)) {
      case Reply.Told told when told.text("Account").isPresent() -> {
        var found =
            new Tenant.Known(
                told.text("Account").orElseThrow(), told.text("Arn").orElse("an AWS account"));
        known = found;
        yield found;
      }
      case Reply.Told _ -> new Tenant.Unknown("an answer without an account");
      case Reply.Fault fault -> new Tenant.Unknown(fault.reason());
      case Reply.Nothing(var outcome) -> new Tenant.Unknown(outcome.reason());
    };
  }

  Optional<AccessKey> operator(RevealPermit permit) {
    return OperatorKey.find(context, permit);
  }

  @Override
  public Target locate(HeldFinding token, RevealPermit permit) throws InterruptedException {
    String id = AccessKey.idOf(token, permit).orElse(null);
    if (id == null) {
      return new Target.ByHandOnly("no access key id stands beside it");
    }
    if (AccessKey.temporary(id)) {
      return new Target.ByHandOnly(
          "temporary credentials end by themselves, or by a policy on their role that denies"
              + " sessions issued before now");
    }
    AccessKey operator = operator(permit).orElse(null);
    if (operator == null) {
      AccessKey own = AccessKey.of(token, permit).orElse(null);
      return own == null ? new Target.NeedsCredential(AwsProvider.SECRET) : itself(own);
    }
    return switch (tenant(permit)) {
      case Tenant.Known(String account, _) -> listed(id, account, operator);
      case Tenant.Missing(var variable) -> new Target.NeedsCredential(variable);
      case Tenant.None _ -> new Target.NeedsCredential(AwsProvider.SECRET);
      case Tenant.Unknown(String reason) -> new Target.Unclear("whose key it is: " + reason);
    };
  }

  /// The key that signs for itself: its own identity says whose it is.
  private Target itself(AccessKey key) throws InterruptedException {
    for (Partition partition : partitions) {
      switch (query.whoIs(partition, key)) {
        case Reply.Told told -> {
          String arn = told.text("Arn").orElse("");
          int user = arn.indexOf(":user/");
          return user < 0
              ? new Target.ByHandOnly("it is not the key of an IAM user")
              : new Target.Located(
                  new KeyName(partition.name(), arn.substring(arn.lastIndexOf('/') + 1), key.id())
                      .toString(),
                  null,
                  null,
                  null,
                  List.of());
        }
        case Reply.Fault _ -> {}
        case Reply.Nothing(var outcome) -> {
          return new Target.Unclear(outcome.reason());
        }
      }
    }
    return new Target.NeedsCredential(AwsProvider.SECRET);
  }

  /// A key that the operator's account lists.
  private Target listed(String id, String account, AccessKey operator) throws InterruptedException {
    Partition partition = partitions.getFirst();
    switch (query.ask(
        Service.STS, partition, operator, "GetAccessKeyInfo", Map.of("AccessKeyId", id))) {
      case Reply.Told told -> {
        String theirs = told.text("Account").orElse(account);
        if (!theirs.equals(account)) {
          return new Target.Foreign("the key is of account " + theirs);
        }
      }
      case Reply.Fault fault -> {
        if (!fault.denied()) {
          return new Target.Unclear("whose key it is: " + fault.reason());
        }
      }
      case Reply.Nothing(var outcome) -> {
        return new Target.Unclear(outcome.reason());
      }
    }
    return switch (query.ask(
        Service.IAM, partition, operator, "GetAccessKeyLastUsed", Map.of("AccessKeyId", id))) {
      case Reply.Told told ->
          told.text("UserName").isPresent()
              ? ofUser(id, account, operator, told)
              : new Target.Unclear("an answer without a user");
      case Reply.Fault fault when fault.gone() ->
          new Target.Foreign("account " + account + " has no such key");
      case Reply.Fault fault -> new Target.Unclear("iam:GetAccessKeyLastUsed: " + fault.reason());
      case Reply.Nothing(var outcome) -> new Target.Unclear(outcome.reason());
    };
  }

  private Target ofUser(String id, String account, AccessKey operator, Reply.Told lastUse)
      throws InterruptedException {
    Partition partition = partitions.getFirst();
    String user = lastUse.text("UserName").orElseThrow();
    return switch (members(user, partition, operator)) {
      case Members.Found(var created) ->
          created.containsKey(id)
              ? new Target.Located(
                  new KeyName(partition.name(), user, id).toString(),
                  account,
                  time(Optional.ofNullable(created.get(id))),
                  time(lastUse.text("LastUsedDate")),
                  List.of())
              : new Target.Foreign("account " + account + " lists no such key of " + user);
      case Members.Gone _ -> new Target.Foreign("account " + account + " has no user " + user);
      case Members.Unclear(String reason) -> new Target.Unclear(reason);
    };
  }

  /// The access keys of a user.
  sealed interface Members {
    /// All of them, each with when it was made as AWS writes it.
    record Found(SortedMap<String, String> created) implements Members {}

    /// There is no such user.
    record Gone(String reason) implements Members {}

    record Unclear(String reason) implements Members {}
  }

  /// The access keys of a key's user.
  Members keysOf(KeyName key, RevealPermit permit) throws InterruptedException {
    Partition partition = partition(key).orElse(null);
    AccessKey operator = operator(permit).orElse(null);
    return partition == null || operator == null
        ? new Members.Unclear(AwsProvider.SECRET.name() + " is not set")
        : members(key.user(), partition, operator);
  }

  private Members members(String user, Partition partition, AccessKey operator)
      throws InterruptedException {
    var created = new TreeMap<String, String>();
    var fields = new TreeMap<>(Map.of("UserName", user));
    for (int page = 0; page < MOST_PAGES; page++) {
      switch (query.ask(Service.IAM, partition, operator, "ListAccessKeys", fields)) {
        case Reply.Told told -> {
          for (var member : told.all("member")) {
            Reply.text(member, "AccessKeyId")
                .ifPresent(id -> created.put(id, Reply.text(member, "CreateDate").orElse("")));
          }
          if (!told.text("IsTruncated").filter("true"::equals).isPresent()) {
            return new Members.Found(created);
          }
          fields.put("Marker", told.text("Marker").orElse(""));
        }
        case Reply.Fault fault -> {
          return fault.gone()
              ? new Members.Gone("there is no user " + user)
              : new Members.Unclear("iam:ListAccessKeys: " + fault.reason());
        }
        case Reply.Nothing(var outcome) -> {
          return new Members.Unclear(outcome.reason());
        }
      }
    }
    return new Members.Unclear("a listing of more than " + MOST_PAGES + " pages");
  }

  /// When a key was used last.
  sealed interface Use {
    record Never() implements Use {}

    record At(Instant at) implements Use {}

    record Unclear(String reason) implements Use {}
  }

  Use lastUse(KeyName key, RevealPermit permit) throws InterruptedException {
    Partition partition = partition(key).orElse(null);
    AccessKey operator = operator(permit).orElse(null);
    if (partition == null || operator == null) {
      return new Use.Unclear(AwsProvider.SECRET.name() + " is not set");
    }
    return switch (query.ask(
        Service.IAM,
        partition,
        operator,
        "GetAccessKeyLastUsed",
        Map.of("AccessKeyId", key.id()))) {
      case Reply.Told told -> {
        Instant at = time(told.text("LastUsedDate"));
        yield at == null ? new Use.Never() : new Use.At(at);
      }
      case Reply.Fault fault -> new Use.Unclear("iam:GetAccessKeyLastUsed: " + fault.reason());
      case Reply.Nothing(var outcome) -> new Use.Unclear(outcome.reason());
    };
  }

  Query query() {
    return query;
  }

  Optional<Partition> partition(KeyName key) {
    return partitions.stream().filter(each -> each.name().equals(key.partition())).findFirst();
  }

  /// "N/A" where it was never used.
  private static @Nullable Instant time(Optional<String> text) {
    try {
      return text.map(Instant::parse).orElse(null);
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  @Override
  public ActionResult act(Action action, List<Targeted> batch, RevealPermit permit)
      throws InterruptedException {
    Targeted targeted = batch.getFirst();
    KeyName name = KeyName.parse(targeted.key().keyId()).orElse(null);
    Partition partition =
        partitions.stream()
            .filter(each -> name != null && each.name().equals(name.partition()))
            .findFirst()
            .orElse(null);
    AccessKey signer =
        operator(permit).or(() -> AccessKey.of(targeted.token(), permit)).orElse(null);
    if (name == null || partition == null || signer == null) {
      return new ActionResult.Refused("not a key that can be acted on from here");
    }
    var fields = new TreeMap<>(Map.of("UserName", name.user(), "AccessKeyId", name.id()));
    String call = "UpdateAccessKey";
    switch (action) {
      case DISABLE -> fields.put("Status", "Inactive");
      case ENABLE -> fields.put("Status", "Active");
      case REVOKE -> call = "DeleteAccessKey";
      case WITHDRAW -> {
        return new ActionResult.Refused("not something that this provider can do");
      }
    }
    return switch (query.ask(Service.IAM, partition, signer, call, fields)) {
      case Reply.Told _ -> new ActionResult.Accepted();
      case Reply.Fault fault -> refused(action, call, fault);
      case Reply.Nothing(var outcome) -> nothing(outcome);
    };
  }

  private static ActionResult refused(Action action, String call, Reply.Fault fault) {
    if (fault.throttled()) {
      return new ActionResult.Limited(null);
    }
    if (fault.gone()) {
      return action == Action.ENABLE
          ? new ActionResult.Refused("there is no such key any more")
          : new ActionResult.AlreadyDone("there is no such key any more");
    }
    if (fault.denied()) {
      // AWSCompromisedKeyQuarantine, which AWS attaches to users whose keys leaked, denies it too.
      return new ActionResult.Refused(
          "iam:"
              + call
              + " is denied to this credential; a user whom AWS has put under quarantine needs"
              + " another principal to do it");
    }
    return new ActionResult.Unclear(fault.reason());
  }

  private static ActionResult nothing(Outcome outcome) {
    return switch (outcome) {
      case Answer answer when answer.status() == 429 -> new ActionResult.Limited(null);
      case Outcome.Deferred(Instant until, _) -> new ActionResult.Limited(until);
      case Outcome.Refused(String reason) -> new ActionResult.Refused(reason);
      case Answer _, Outcome.Unreachable _, Outcome.TimedOut _, Outcome.TooLarge _ ->
          new ActionResult.Unclear(outcome.reason());
    };
  }
}
