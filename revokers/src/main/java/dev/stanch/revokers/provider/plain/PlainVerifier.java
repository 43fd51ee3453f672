package dev.stanch.revokers.provider.plain;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.revokers.provider.plain.Descriptor.Kind;
import dev.stanch.revokers.provider.plain.Descriptor.Probe;
import dev.stanch.revokers.provider.plain.Descriptor.ProbeAnswer;
import dev.stanch.revokers.provider.plain.Descriptor.Told;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verification.Retry;
import dev.stanch.revokers.spi.Verifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Asks as a descriptor says. A refusal counts as dead only after the one who refused has shown,
/// within the minute, that it is the provider: see [#control]. Acceptance counts only of one who
/// does not accept everything. A refusal that need not be the token's fault ([Doubt]) counts only
/// of a token that was accepted before.
final class PlainVerifier implements Verifier {
  private static final Duration CONTROL_HOLDS = Duration.ofSeconds(45);
  private static final Duration CONTROL_AGES = Duration.ofSeconds(25);
  private static final Control.Suspect ACCEPTS_ALL =
      new Control.Suspect("a made-up token is accepted too");
  private static final String NOT_MADE = "not asked: ";

  private final Asker asker;
  private final Listings listings;
  private final JustTold justTold;
  private final Map<String, Seen> controls = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  /// Tokens that were accepted, together with what stands beside them: from then on a refusal is
  /// theirs.
  private final Set<TokenId> accepted = ConcurrentHashMap.newKeySet();

  private record Seen(Control control, Instant at) {
    boolean holds(Instant called) {
      boolean tells = control instanceof Control.Genuine || control.equals(ACCEPTS_ALL);
      return tells ? at.plus(CONTROL_HOLDS).isAfter(called) : at.isAfter(called);
    }

    /// Whether it is time for another one, before this one does not hold any more.
    boolean ages(Instant called) {
      return !at.plus(CONTROL_AGES).isAfter(called);
    }
  }

  /// @param justTold keeps what is said of live tokens
  PlainVerifier(Asker asker, JustTold justTold) {
    this.asker = asker;
    this.justTold = justTold;
    this.listings = new Listings(asker.context().clock());
  }

  @Override
  public Verification verify(HeldFinding token, RevealPermit permit) throws InterruptedException {
    Kind kind = asker.kind(token, permit).orElse(null);
    if (kind == null || kind.probes().isEmpty()) {
      return new Verification.NotChecked("nothing is known that asks about this kind of token");
    }
    Found found = verifyIn(kind, token, permit);
    Said said = found.said();
    Verification verdict = said.verification();
    TokenId id = token.finding().token();
    if (verdict.live()) {
      accepted.add(id);
      said.heard().ifPresent(heard -> justTold.keep(token.secret(), told(heard, found)));
    }
    return verdict.dead() && said.doubt() != Doubt.NONE && !accepted.contains(id)
        ? new Verification.Unknown(said.doubt().reason, Retry.NEVER)
        : verdict;
  }

  private JustTold.Told told(Exchange heard, Found found) {
    return new JustTold.Told(
        heard.call(),
        found.region(),
        heard.answer(),
        found.verification(),
        asker.context().clock().instant());
  }

  @Override
  public void acceptedBefore(TokenId token) {
    accepted.add(token);
  }

  /// Why a refusal may be no fault of the token.
  enum Doubt {
    NONE(""),
    HOST("refused by the host that stands beside it, which may be another customer's"),
    COMPANION("refused together with what it is asked about with, which may belong to another"),
    RIGHT("refused, as one that lives and lacks the right is too"),
    UNLISTED("nothing that we may see knows it");

    private final String reason;

    Doubt(String reason) {
      this.reason = reason;
    }
  }

  /// A question and its answer.
  record Exchange(Call call, Answer answer) {}

  /// What one probe's answer says.
  ///
  /// @param heard the answer; none where the verdict rests on several, or on none
  record Said(Verification verification, Doubt doubt, Optional<Exchange> heard) {
    static Said of(Verification verification) {
      return new Said(verification, Doubt.NONE, Optional.empty());
    }
  }

  /// What was said, and the region that said it.
  record Found(Said said, int region) {
    Verification verification() {
      return said.verification();
    }
  }

  /// Asks every region until one knows the token.
  Found verifyIn(Kind kind, HeldFinding token, RevealPermit permit) throws InterruptedException {
    // A few tokens are asked about together with the operator's.
    Values parts = Asker.parts(token.finding()).or(asker.admin(permit));
    Values values = Asker.token(kind, token, permit).or(parts);
    Found best = new Found(Said.of(new Verification.Unknown("nobody was asked", Retry.NEVER)), 0);
    for (int region = 0; region < asker.regions(); region++) {
      Said said = ask(kind, region, values);
      Verification verdict = checked(kind, region, parts, said.verification());
      var found = new Found(new Said(verdict, said.doubt(), said.heard()), region);
      if (verdict.live()) {
        return found;
      }
      if (region == 0 || !verdict.dead()) {
        best = found;
      }
    }
    return best;
  }

  /// The region that knows the token, asked for only where there are several.
  int region(Kind kind, HeldFinding token, RevealPermit permit) throws InterruptedException {
    if (asker.regions() == 1 || kind.probes().isEmpty()) {
      return 0;
    }
    Found found = verifyIn(kind, token, permit);
    return found.verification().live() ? found.region() : 0;
  }

  /// A verdict that the control lets stand.
  private Verification checked(Kind kind, int region, Values parts, Verification verdict)
      throws InterruptedException {
    if (!verdict.dead() && !verdict.live()) {
      return verdict;
    }
    Control control = control(kind, region, parts);
    if (verdict.live()) {
      // Only the one thing that makes "accepted" worthless counts against a live token.
      return control.equals(ACCEPTS_ALL)
          ? new Verification.Unknown(ACCEPTS_ALL.reason(), Retry.NEVER)
          : verdict;
    }
    return switch (control) {
      case Control.Genuine _ -> verdict;
      case Control.Suspect(String reason) ->
          new Verification.Unknown("refused by somebody else: " + reason, Retry.LATER);
      case Control.NoAnswer(String reason) ->
          new Verification.Unknown("refused, then no answer: " + reason, Retry.LATER);
    };
  }

  private Said ask(Kind kind, int region, Values values) throws InterruptedException {
    Verification last = new Verification.Unknown("no probe tells", Retry.NEVER);
    for (Probe probe : kind.probes()) {
      switch (ask(kind, probe, region, values)) {
        case Heard.Says(var said) -> {
          return said;
        }
        case Heard.AskNext(var meanwhile) -> last = meanwhile;
      }
    }
    return Said.of(last);
  }

  /// What came of one probe.
  private sealed interface Heard {
    record Says(Said said) implements Heard {}

    /// Nothing: the next one may tell.
    record AskNext(Verification meanwhile) implements Heard {}

    static Heard unknown(String reason, Retry retry) {
      return new Says(Said.of(new Verification.Unknown(reason, retry)));
    }
  }

  private Heard ask(Kind kind, Probe probe, int region, Values values) throws InterruptedException {
    if (probe.before().isEmpty()) {
      return put(kind, probe, region, values);
    }
    return switch (new Finder(asker, listings, kind, region, values).follow(probe.before())) {
      case Finder.Walked.Unclear(String reason) -> Heard.unknown(reason, Retry.LATER);
      case Finder.Walked.Found(var each) -> putToEach(kind, probe, region, each);
    };
  }

  /// Puts the question for each thing that was found. Where there are several, one that knows the
  /// token tells, and that none does says nothing of it.
  private Heard putToEach(Kind kind, Probe probe, int region, List<Values> found)
      throws InterruptedException {
    for (Values values : found) {
      Heard heard = put(kind, probe, region, values);
      boolean dead = heard instanceof Heard.Says(var said) && said.verification().dead();
      if (!dead || found.size() == 1) {
        return heard;
      }
    }
    return new Heard.Says(
        new Said(
            new Verification.Dead("known nowhere any more"), Doubt.UNLISTED, Optional.empty()));
  }

  private Heard put(Kind kind, Probe probe, int region, Values known) throws InterruptedException {
    Values values;
    switch (asker.withSession(kind, probe.call().names(), region, known)) {
      case Asker.SignedIn.Not not -> {
        return Heard.unknown(not.reason(), Retry.LATER);
      }
      case Asker.SignedIn.With(var all) -> values = all;
    }
    return switch (asker.send(probe.call(), region, values)) {
      case Asker.Sent.NotMade(String reason) -> Heard.unknown(reason, Retry.NEVER);
      case Asker.Sent.Came(Answer answer) -> heard(probe, answer, values);
      case Asker.Sent.Came(var outcome) ->
          new Heard.Says(Said.of(Verification.Unknown.undocumented(outcome)));
    };
  }

  private Heard heard(Probe probe, Answer answer, Values values) {
    Optional<ProbeAnswer> match =
        probe.answers().stream().filter(each -> each.when().holds(answer)).findFirst();
    if (match.isEmpty()) {
      return new Heard.Says(Said.of(unexpected(answer)));
    }
    ProbeAnswer means = match.get();
    return means.verdict() == Descriptor.Verdict.NEXT
        ? new Heard.AskNext(unexpected(answer))
        : new Heard.Says(
            new Said(
                verdict(means, probe.identity(), answer, values),
                doubt(probe, means.verdict()),
                Optional.of(new Exchange(probe.call(), answer))));
  }

  private Doubt doubt(Probe probe, Descriptor.Verdict verdict) {
    return asker.goesWhereFindingSays(probe.call())
        ? Doubt.HOST
        : probe.call().provesMoreThanTheToken()
            ? Doubt.COMPANION
            : verdict == Descriptor.Verdict.REFUSED ? Doubt.RIGHT : Doubt.NONE;
  }

  private static Verification verdict(ProbeAnswer means, Told told, Answer answer, Values values) {
    return switch (means.verdict()) {
      case LIVE -> new Verification.Live(identity(told, answer, values));
      case LIVE_RESTRICTED ->
          new Verification.LiveRestricted(identity(told, answer, values), means.detail());
      case LIVE_BLOCKED ->
          new Verification.LiveBlocked(identity(told, answer, values), means.detail());
      case LIVE_NO_CREDIT -> new Verification.LiveNoCredit(identity(told, answer, values));
      case DEAD, REFUSED -> new Verification.Dead(means.detail());
      case DEAD_LEAKED -> new Verification.DeadLeaked();
      case UNKNOWN, NEXT -> new Verification.Unknown(means.detail(), Retry.NEVER);
    };
  }

  private static Identity identity(Told told, Answer answer, Values values) {
    var json = answer.json();
    return new Identity(
        told.owner().one(answer, json, values).orElse(null),
        told.tenant().only(answer, json, values).orElse(null),
        told.key().one(answer, json, values).orElse(null),
        told.scopes().list(answer, json, values),
        told.createdAt().time(answer, json, values),
        told.expiresAt().time(answer, json, values),
        told.lastUsedAt().time(answer, json, values));
  }

  private static Verification unexpected(Answer answer) {
    String reason =
        answer.status() == 429
            ? "rate limited"
            : answer.status() / 100 == 3
                ? "a redirect, which is not followed"
                : "answer " + answer.status() + ", which does not tell";
    return new Verification.Unknown(reason, answer.retryable() ? Retry.LATER : Retry.NEVER);
  }

  /// The first kind that shows the provider speaks for all: every verdict is held to the control of
  /// its own kind besides, and one host that is away says nothing about the others.
  @Override
  public Control control() throws InterruptedException {
    Control last = new Control.NoAnswer("nothing is known that asks");
    for (Kind kind : asker.descriptor().kinds()) {
      if (kind.probes().isEmpty()) {
        continue;
      }
      last = control(kind, 0, Values.NONE);
      // Where the host or another part comes from the finding, only verify can ask, and it does.
      if (last instanceof Control.NoAnswer(String reason) && reason.startsWith(NOT_MADE)) {
        return new Control.Genuine();
      }
      if (!(last instanceof Control.NoAnswer)) {
        return last;
      }
    }
    return last;
  }

  private Control control(Kind kind, int region, Values parts) throws InterruptedException {
    String host = parts.find("part:host").orElse("");
    String name = kind.name() + '\n' + region + '\n' + host;
    Instant called = asker.context().clock().instant();
    Seen seen = seen(name, called);
    if (seen != null && !seen.ages(called)) {
      return seen.control();
    }
    // One asks; meanwhile the others go on with what still holds, or wait and take what comes.
    ReentrantLock asking = locks.computeIfAbsent(name, _ -> new ReentrantLock());
    if (seen == null) {
      asking.lockInterruptibly();
    } else if (!asking.tryLock()) {
      return seen.control();
    }
    try {
      Seen last = seen(name, called);
      if (last != null && !last.ages(called)) {
        return last.control();
      }
      var now = new Seen(askControl(kind, region, parts), asker.context().clock().instant());
      if (last != null && now.control() instanceof Control.NoAnswer) {
        return last.control();
      }
      controls.put(name, now);
      return now.control();
    } finally {
      asking.unlock();
    }
  }

  /// The control that holds: a telling one for a while, any other only for who asked before it
  /// came.
  private @Nullable Seen seen(String name, Instant called) {
    Seen seen = controls.get(name);
    return seen != null && seen.holds(called) ? seen : null;
  }

  private Control askControl(Kind kind, int region, Values parts) throws InterruptedException {
    if (kind.control() != null) {
      Descriptor.Control wanted = kind.control();
      switch (asker.send(wanted.call(), region, parts)) {
        case Asker.Sent.NotMade(String reason) -> {
          return new Control.NoAnswer(NOT_MADE + reason);
        }
        case Asker.Sent.Came(Answer answer) -> {
          if (wanted.genuine().stream().noneMatch(each -> each.holds(answer))) {
            return new Control.Suspect(
                wanted.call().path() + " is answered with " + answer.status());
          }
        }
        case Asker.Sent.Came(var outcome) -> {
          return new Control.NoAnswer(outcome.reason());
        }
      }
    }
    return askMadeUp(kind, region, parts);
  }

  /// Whoever accepts a token that nobody was given accepts everything, and whoever does not refuse
  /// it as documented is somebody else.
  private Control askMadeUp(Kind kind, int region, Values parts) throws InterruptedException {
    String token = new ExampleTemplate(kind.madeUp()).expand(new SecureRandom().nextLong());
    Values values = Asker.token(kind, token, parts);
    Optional<String> lacking = asker.lacking(kind, values);
    if (lacking.isPresent()) {
      return new Control.NoAnswer(NOT_MADE + "'" + lacking.get() + "' is not known");
    }
    return switch (ask(kind, region, values).verification()) {
      case Verification.Dead _, Verification.DeadLeaked _ -> new Control.Genuine();
      case Verification.Unknown(String reason, Retry retry) ->
          retry == Retry.LATER
              ? new Control.NoAnswer(reason)
              : new Control.Suspect("a made-up token is not refused as documented: " + reason);
      case Verification.Live _,
          Verification.LiveRestricted _,
          Verification.LiveBlocked _,
          Verification.LiveNoCredit _,
          Verification.NotChecked _ ->
          ACCEPTS_ALL;
    };
  }
}
