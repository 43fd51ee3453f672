package dev.stanch.revokers.plan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Guidance;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes plans. Pure: equal input gives equal plans.
public final class Planner {
  /// How many tokens of a provider must be proven before the rest is sent.
  public static final int TRIAL = 3;

  /// The verdicts of tokens that work.
  private static final Set<String> LIVE = Set.of("live", "live-restricted", "live-no-credit");

  private final Map<String, Capabilities> providers;
  private final Owners owners;
  private final Canaries canaries;
  private final Set<TokenId> inUse;
  private final Map<TokenId, Code> code;

  /// A planner.
  ///
  /// @param providers by id: what each lets us do
  /// @param inUse the operator's own credentials, under the key that names the findings
  /// @param code the code around tokens, as far as it can be read
  public Planner(
      Map<String, Capabilities> providers,
      Owners owners,
      Canaries canaries,
      Set<TokenId> inUse,
      Map<TokenId, Code> code) {
    this.providers = Map.copyOf(providers);
    this.owners = owners;
    this.canaries = canaries;
    this.inUse = Set.copyOf(inUse);
    this.code = Map.copyOf(code);
  }

  /// A finding and what is known of it by now.
  ///
  /// @param target which key it is; null where nobody was asked, or where nobody can act
  /// @param rotation what a replacement would take; null where none is wanted
  /// @param chosen the key as a person saw it who chose it; null where nobody had to
  /// @param due what a policy has against it
  /// @param again what it would have against a new one with the same rights too; empty where
  ///   nothing
  public record Verified(
      Finding finding,
      Verification verification,
      @Nullable Target target,
      @Nullable Rotation rotation,
      @Nullable ListedKey chosen,
      List<String> due,
      String again) {
    public Verified {
      requireNonNull(finding, "finding");
      requireNonNull(verification, "verification");
      due = List.copyOf(due);
      requireNonNull(again, "again");
    }

    /// One that is to be revoked.
    public Verified(Finding finding, Verification verification, @Nullable Target target) {
      this(finding, verification, target, null, null, List.of(), "");
    }

    /// The same, to be rotated.
    public Verified rotated(Rotation how) {
      return new Verified(finding, verification, target, how, chosen, due, again);
    }

    /// The same, where a person said which key it is.
    public Verified as(Target.Listed key) {
      return new Verified(
          finding, verification, key.key(), rotation, ListedKey.of(key), due, again);
    }

    /// The same, which a policy has something against.
    ///
    /// @param remaining what it would have against a new one with the same rights too
    public Verified due(List<String> faults, List<String> remaining) {
      return new Verified(
          finding, verification, target, rotation, chosen, faults, String.join("; ", remaining));
    }
  }

  /// A secret that nobody shows and that is to be replaced.
  ///
  /// @param name what stands for the token's id, which nobody can make: that of the entry
  /// @param page where it is set
  /// @param due why
  public record Unshown(InventoryEntry entry, TokenId name, String page, List<String> due) {
    public Unshown {
      requireNonNull(entry, "entry");
      requireNonNull(name, "name");
      requireNonNull(page, "page");
      due = List.copyOf(due);
    }
  }

  /// What a replacement of a token would take.
  ///
  /// @param offer what its provider can do
  /// @param sinks everything that would be written, in this order
  /// @param soak how long the old key may go on being used
  /// @param otherwise what is done where there is no sink, or nobody knows whether it is live
  /// @param exposure why the token counts as public, so that it ends first; empty where it does not
  /// @param uncovered the places that none of the sinks writes
  public record Rotation(
      Rotator.Offer offer,
      List<SeenSink> sinks,
      Duration soak,
      Otherwise otherwise,
      String exposure,
      List<Step.Uncovered> uncovered) {
    public Rotation {
      sinks = List.copyOf(sinks);
      uncovered = List.copyOf(uncovered);
      requireNonNull(exposure, "exposure");
      requireNonNull(offer, "offer");
      requireNonNull(soak, "soak");
      requireNonNull(otherwise, "otherwise");
    }
  }

  /// What is done about a token that cannot be rotated.
  public enum Otherwise {
    /// It is revoked.
    REVOKE,
    /// It is left as it is, and said why.
    LEAVE
  }

  /// A sink as somebody looked at it.
  ///
  /// @param problem why it cannot be written; empty where it can
  /// @param updatedAt when it was written last, where nobody can read it
  public record SeenSink(SinkAddress address, String problem, @Nullable Instant updatedAt) {
    public SeenSink {
      requireNonNull(address, "address");
      requireNonNull(problem, "problem");
    }
  }

  /// What a provider lets us do, as far as planning needs to know.
  ///
  /// @param tenant whom our own credential acts for
  /// @param takes what may die with a token, by rules
  public record Capabilities(
      Set<Action> actions,
      int largestBatch,
      Tenant tenant,
      Map<String, Set<String>> takes,
      Optional<Adviser> adviser,
      Optional<Guidance> guidance) {
    public Capabilities {
      actions = Set.copyOf(actions);
      takes = Map.copyOf(takes);
    }

    /// Of a provider whose tokens end alone.
    public Capabilities(
        Set<Action> actions,
        int largestBatch,
        Tenant tenant,
        Optional<Adviser> adviser,
        Optional<Guidance> guidance) {
      this(actions, largestBatch, tenant, Map.of(), adviser, guidance);
    }

    /// Of a provider that we know nothing of.
    static final Capabilities NONE =
        new Capabilities(Set.of(), 1, new Tenant.None(), Optional.empty(), Optional.empty());
  }

  /// The plan for these findings, as of `now`.
  public Plan plan(Instant now, List<String> warnings, List<Verified> findings) {
    return plan(now, warnings, findings, List.of());
  }

  /// The plan for these findings and for secrets that nobody shows, as of `now`.
  public Plan plan(
      Instant now, List<String> warnings, List<Verified> findings, List<Unshown> unshown) {
    var steps = new ArrayList<Step>();
    unshown.forEach(one -> steps.add(guided(one)));
    var lots = new HashMap<TokenId, Target.Lot>();
    for (Verified verified : findings) {
      steps.add(step(verified));
      if (verified.target() instanceof Target.Located key) {
        lots.put(verified.finding().token(), key.lot());
      }
    }
    steps.sort(ORDER);
    return new Plan(
        now.truncatedTo(ChronoUnit.SECONDS),
        acting(steps),
        warnings,
        batched(new Lineage(this::takes).ordered(steps), lots),
        choices(steps, findings));
  }

  private Map<String, Set<String>> takes(ProviderId provider) {
    return capabilities(provider).takes();
  }

  /// What a person must choose from, in the order of the steps; once where several tokens may be
  /// any of the same keys.
  private static List<Plan.Choice> choices(List<Step> steps, List<Verified> findings) {
    // Tokens of one listing share it: as many copies of it as tokens would be too much to hold.
    var shared = new IdentityHashMap<List<Target.Listed>, List<ListedKey>>();
    var open = new HashMap<TokenId, List<ListedKey>>();
    for (Verified verified : findings) {
      if (verified.target() instanceof Target.Ambiguous(var keys)) {
        open.put(
            verified.finding().token(),
            shared.computeIfAbsent(keys, all -> all.stream().map(ListedKey::of).toList()));
      }
    }
    var choices = new LinkedHashMap<List<ListedKey>, List<TokenId>>();
    for (Step step : steps) {
      List<ListedKey> keys = open.get(step.subject().token());
      if (keys != null && step instanceof Step.Blocked) {
        choices.computeIfAbsent(keys, _ -> new ArrayList<>()).add(step.subject().token());
      }
    }
    return choices.entrySet().stream()
        .map(each -> new Plan.Choice(each.getValue(), each.getKey()))
        .toList();
  }

  /// Acts first and what is ours first, credentials in use last; the most dangerous first.
  private static final Comparator<Step> ORDER =
      Comparator.comparingInt(Planner::kind)
          .thenComparing(step -> step.subject().group() == Group.IN_USE)
          .thenComparing(step -> step.subject().group())
          .thenComparing(step -> !(step instanceof Step.Rotate rotate && rotate.revokesFirst()))
          .thenComparing(step -> step.subject().severity())
          .thenComparing(step -> !step.subject().verdict().equals("live"))
          .thenComparingInt(step -> -step.subject().identity().scopes().size())
          .thenComparing(step -> step.subject().provider())
          .thenComparing(step -> step.subject().token());

  private static int kind(Step step) {
    return switch (step) {
      case Step.Act _, Step.Rotate _ -> 0;
      case Step.Blocked _ -> 1;
      case Step.ByHand _ -> 2;
      case Step.Nothing _ -> 3;
    };
  }

  private Step step(Verified verified) {
    Finding finding = verified.finding();
    Verification verification = verified.verification();
    Subject subject = subject(finding, verification, verified.due());
    if (subject.group() == Group.CANARY) {
      return new Step.Nothing(subject, "a canary: using it raises an alarm");
    }
    Capabilities can = capabilities(finding.provider());
    return switch (verification) {
      case Verification.Dead(String detail) -> new Step.Nothing(subject, "dead: " + detail);
      case Verification.DeadLeaked _ -> new Step.Nothing(subject, "dead: blocked as leaked");
      case Verification.NotChecked(String reason) ->
          new Step.ByHand(subject, reason, can.guidance().orElse(null));
      case Verification.Live _,
          Verification.LiveRestricted _,
          Verification.LiveBlocked _,
          Verification.LiveNoCredit _,
          Verification.Unknown _ ->
          replaced(
              aimed(subject, verified.target(), can, verified.chosen()),
              verified.rotation(),
              verified.again());
    };
  }

  /// A revocation with a replacement before it, where one is wanted and can be.
  ///
  /// @param again as in [Verified]
  private static Step replaced(Step step, @Nullable Rotation rotation, String again) {
    if (rotation == null
        || !(step instanceof Step.Act act)
        || act.action() == Action.WITHDRAW) { // it lives on, whoever uses it
      return step;
    }
    Subject subject = act.subject();
    String lack =
        !LIVE.contains(subject.verdict())
            ? "it is not accepted now, so nothing shows what a replacement has to do"
            : rotation.sinks().isEmpty()
                ? "nobody knows what to write a replacement to: name a sink, or revoke it"
                : "";
    if (!lack.isEmpty()) {
      return switch (rotation.otherwise()) {
        case REVOKE -> act;
        case LEAVE -> new Step.Blocked(subject, lack);
      };
    }
    for (SeenSink sink : rotation.sinks()) {
      if (!sink.problem().isEmpty()) {
        return new Step.Blocked(subject, sink.address().text() + ": " + sink.problem());
      }
    }
    List<Step.PlannedSink> sinks =
        rotation.sinks().stream()
            .map(sink -> new Step.PlannedSink(sink.address(), sink.updatedAt()))
            .toList();
    return switch (rotation.offer()) {
      case Rotator.Offer.ByHand(String reason) -> byPerson(act, reason, sinks, rotation);
      case Rotator.Offer.NeedsCredential(AdminVariable variable) ->
          byPerson(act, missing(variable), sinks, rotation);
      case Rotator.Offer.Unclear(String reason) ->
          new Step.Blocked(subject, "its provider does not say how to replace it: " + reason);
      // No call takes the rights that were advised: each gives the new one those of the old one.
      case Rotator.Offer.Possible _ when !again.isEmpty() ->
          byPerson(act, "a call would make another that is due: " + again, sinks, rotation);
      case Rotator.Offer.Possible(Rotator.Manner manner, _, _)
          when manner == Rotator.Manner.IN_PLACE && subject.group() == Group.IN_USE ->
          new Step.Blocked(
              subject, "this machine works with it, and it would die while it is replaced");
      case Rotator.Offer.Possible(Rotator.Manner manner, _, _)
          when manner == Rotator.Manner.CREATE
              && act.irreversible()
              && !first(subject, rotation).isEmpty() ->
          byPerson(
              act,
              "its key is deleted first, and no call copies one that is gone",
              sinks,
              rotation);
      case Rotator.Offer.Possible(Rotator.Manner manner, String how, List<String> collateral) ->
          new Step.Rotate(
              // What dies while it is replaced is not switched off.
              (manner == Rotator.Manner.IN_PLACE ? act.deletion() : act).withCollateral(collateral),
              new Step.Minting.ByCall(manner, how),
              sinks,
              rotation.soak(),
              // In place it ends in the same call as it is.
              manner == Rotator.Manner.IN_PLACE ? "" : first(subject, rotation),
              rotation.uncovered());
    };
  }

  private static Step byPerson(
      Step.Act act, String why, List<Step.PlannedSink> sinks, Rotation rotation) {
    return new Step.Rotate(
        act,
        new Step.Minting.ByPerson(why),
        sinks,
        rotation.soak(),
        first(act.subject(), rotation),
        rotation.uncovered());
  }

  /// Why the old key ends first; what this machine works with ends last, whoever can read it.
  private static String first(Subject subject, Rotation rotation) {
    return subject.group() == Group.IN_USE ? "" : rotation.exposure();
  }

  private static Step aimed(
      Subject subject, @Nullable Target target, Capabilities can, @Nullable ListedKey chosen) {
    Guidance guidance = can.guidance().orElse(null);
    if (target == null) {
      return new Step.ByHand(subject, "there is no way to revoke it by API", guidance);
    }
    return switch (target) {
      case Target.Located located -> located(subject, located, can, chosen);
      case Target.Foreign(String reason) -> new Step.Blocked(subject, reason);
      case Target.Ambiguous(var keys) ->
          new Step.Blocked(
              subject,
              keys.size() == 1
                  ? "nothing tells whether it is the one listed key: a person must choose"
                  : "nothing tells which of "
                      + keys.size()
                      + " listed keys it is, if any: a person must choose");
      case Target.NeedsCredential(AdminVariable variable) ->
          new Step.ByHand(subject, missing(variable), guidance);
      case Target.ByHandOnly(String reason) -> new Step.ByHand(subject, reason, guidance);
      case Target.Unclear(String reason) ->
          new Step.Blocked(subject, "its provider does not say which key it is: " + reason);
    };
  }

  /// What to set, in words.
  public static String missing(AdminVariable variable) {
    return variable.name() + " is not set; it needs: " + variable.right();
  }

  private static Step located(
      Subject subject, Target.Located key, Capabilities can, @Nullable ListedKey chosen) {
    Instant exposed = subject.exposedSince().orElse(null);
    if (key.createdAt() != null && exposed != null && key.createdAt().isAfter(exposed)) {
      return new Step.Blocked(subject, "the key that looks like it was made after the leak");
    }
    Set<Action> actions = key.actions().isEmpty() ? can.actions() : key.actions();
    boolean withdrawn = actions.equals(Set.of(Action.WITHDRAW));
    // What is withdrawn is the operator's organization's by the call itself.
    String mismatch = withdrawn ? "" : mismatch(key.tenant(), can.tenant());
    if (!mismatch.isEmpty()) {
      return new Step.Blocked(subject, mismatch);
    }
    if (actions.isEmpty()) {
      return new Step.ByHand(
          subject, "there is no way to revoke it by API", can.guidance().orElse(null));
    }
    Action action =
        withdrawn
            ? Action.WITHDRAW
            : actions.contains(Action.DISABLE) ? Action.DISABLE : Action.REVOKE;
    return new Step.Act(
        subject,
        action,
        key.keyId(),
        key.tenant(),
        key.collateral(),
        key.otherwise(),
        0,
        chosen,
        List.of());
  }

  private static String mismatch(@Nullable String keyTenant, Tenant acting) {
    if (keyTenant == null) {
      return ""; // the token itself is all that the call takes, and needs no credential
    }
    return switch (acting) {
      case Tenant.None _ -> "";
      case Tenant.Known(String id, String name) ->
          keyTenant.equals(id)
              ? ""
              : "the key belongs to " + keyTenant + ", our credential to " + name;
      case Tenant.Missing(AdminVariable variable) -> missing(variable);
      case Tenant.Unknown(String reason) ->
          "nobody can tell whom our credential acts for: " + reason;
    };
  }

  /// Nobody can read it, so nobody but a person can replace it.
  private static Step guided(Unshown unshown) {
    InventoryEntry entry = unshown.entry();
    var subject =
        new Subject(
            unshown.name(),
            entry.kind(),
            ProviderId.GENERIC,
            unshown(entry.container(), entry.name()),
            Severity.HIGH,
            Group.UNKNOWN,
            "not-checked",
            "nobody shows its value",
            new Identity(null, null, null, List.of(), entry.setAt(), null, null),
            place(entry),
            unshown.due(),
            null);
    return new Step.ByHand(
        subject,
        "nobody can read it: replace it, whoever its provider is",
        new Guidance(
            unshown.page(),
            List.of(
                "make a new one at the provider that issued it, with no more permissions than its"
                    + " user needs",
                "set " + entry.name() + " to the new one",
                "restart what uses it and see that it works",
                "end the old one at its provider"),
            "whoever may set " + entry.name()));
  }

  /// What stands in the place of a token that nobody shows.
  public static String unshown(String container, String name) {
    return name + " of " + container;
  }

  /// Where it is listed again.
  private static List<Place> place(InventoryEntry entry) {
    String host = entry.container().replaceFirst(":.*", "");
    Provenance.Setting.Kind kind =
        host.equals("jobs")
            ? Provenance.Setting.Kind.JOB
            : Provenance.Setting.Kind.labelled(host).orElse(null);
    return kind == null
        ? List.of()
        : List.of(
            new Place(
                new Provenance.Setting(kind, entry.container(), entry.name(), new TreeMap<>()),
                new Location(1, 1, 1, 1, 0),
                List.of()));
  }

  private Subject subject(Finding finding, Verification verification, List<String> due) {
    return new Subject(
        finding.token(),
        finding.rule().value(),
        finding.provider(),
        finding.redacted(),
        finding.severity(),
        group(finding, verification),
        verification.verdict(),
        verification.why().orElse(null),
        verification.told(),
        finding.places(),
        due,
        verification.dead() ? null : advice(finding, verification));
  }

  /// The replacement, where somebody knows one.
  private @Nullable Advice advice(Finding finding, Verification verification) {
    Code around = code.getOrDefault(finding.token(), Code.NONE);
    return capabilities(finding.provider())
        .adviser()
        .map(adviser -> adviser.advise(verification, around))
        .orElse(null);
  }

  private Group group(Finding finding, Verification verification) {
    if (canaries.include(finding) || canaries.include(verification.told())) {
      return Group.CANARY;
    }
    if (inUse.contains(finding.token())) {
      return Group.IN_USE;
    }
    return switch (verification) {
      case Verification.Unknown _, Verification.NotChecked _ -> Group.UNKNOWN;
      case Verification.Live _,
          Verification.LiveRestricted _,
          Verification.LiveBlocked _,
          Verification.LiveNoCredit _,
          Verification.Dead _,
          Verification.DeadLeaked _ ->
          owners.include(finding.provider().value(), verification.told())
              ? Group.OURS
              : Group.THIRD_PARTY;
    };
  }

  private Capabilities capabilities(ProviderId provider) {
    return providers.getOrDefault(provider.value(), Capabilities.NONE);
  }

  private List<Plan.Acting> acting(List<Step> steps) {
    return steps.stream()
        .map(step -> step.subject().provider().value())
        .distinct()
        .sorted()
        .<Plan.Acting>mapMulti(
            (provider, out) -> {
              switch (providers.getOrDefault(provider, Capabilities.NONE).tenant()) {
                case Tenant.None _ -> {}
                case Tenant.Known(String id, String name) ->
                    out.accept(new Plan.Acting(provider, id, name));
                case Tenant.Missing(AdminVariable variable) ->
                    out.accept(new Plan.Acting(provider, "", missing(variable)));
                case Tenant.Unknown(String reason) ->
                    out.accept(new Plan.Acting(provider, "", "unknown: " + reason));
              }
            })
        .toList();
  }

  /// The first batch of each provider is the trial; credentials in use go alone.
  private List<Step> batched(List<Step> steps, Map<TokenId, Target.Lot> lots) {
    var batches = new HashMap<String, Batches>();
    var result = new ArrayList<Step>();
    for (Step step : steps) {
      switch (step) {
        case Step.Act act -> result.add(act.inBatch(number(act, batches, lots)));
        case Step.Rotate rotate ->
            result.add(rotate.inBatch(number(rotate.revocation(), batches, lots)));
        case Step.ByHand _, Step.Blocked _, Step.Nothing _ -> result.add(step);
      }
    }
    return result;
  }

  private int number(Step.Act act, Map<String, Batches> batches, Map<TokenId, Target.Lot> lots) {
    ProviderId provider = act.subject().provider();
    int largest = capabilities(provider).largestBatch();
    Target.Lot lot = lots.getOrDefault(act.subject().token(), Target.Lot.ALL);
    return batches.computeIfAbsent(provider.value(), _ -> new Batches(largest)).number(act, lot);
  }

  /// The calls of one provider, as they fill.
  private static final class Batches {
    private final int largest;
    private final Map<Together, Batch> open = new HashMap<>();
    private int count;

    Batches(int largest) {
      this.largest = largest;
    }

    /// What may go in one call.
    private record Together(Target.Lot lot, Action action, Group group) {}

    private record Batch(int number, int size) {}

    int number(Step.Act act, Target.Lot lot) {
      Group group = act.subject().group();
      var together = new Together(lot, act.action(), group);
      Batch last = open.get(together);
      int room = Math.min(largest, lot.largest());
      boolean full =
          last == null
              || group == Group.IN_USE
              || last.size() >= (last.number() == 1 ? Math.min(TRIAL, room) : room);
      Batch now =
          last == null || full ? new Batch(++count, 1) : new Batch(last.number(), last.size() + 1);
      open.put(together, now);
      return now.number();
    }
  }
}
