package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.ProgressDisplay;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.IncidentReport;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Standing;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Group;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.run.InHand;
import dev.stanch.revokers.run.IncidentRunner;
import dev.stanch.revokers.run.Orders;
import dev.stanch.revokers.run.Providers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Opens incidents from plans, and brings incidents forward.
final class Acting {
  private final Wiring wiring;
  private final RunOptions options;
  private final ScanOptions scan;

  Acting(Wiring wiring, RunOptions options, ScanOptions scan) {
    this.wiring = wiring;
    this.options = options;
    this.scan = scan;
  }

  /// A new incident with every step of a plan, nothing done yet.
  ///
  /// @param withheld the steps that are not taken, each with why
  /// @param kept what later runs could not read again, or null
  Incident open(
      Journal journal,
      Plan plan,
      Map<Integer, String> withheld,
      String reason,
      Gathered gathered,
      @Nullable Kept kept)
      throws UserFault, JournalException {
    byte[] key = new byte[TokenKey.LENGTH];
    wiring.random().nextBytes(key);
    var names = new TokenKey(key);
    var added = new ArrayList<JournalEntry.Added>();
    List<Step> steps = plan.steps();
    for (int i = 0; i < steps.size(); i++) {
      HeldFinding held = gathered.tokens().get(steps.get(i).subject().token());
      added.add(
          new JournalEntry.Added(
              i + 1,
              steps.get(i),
              held == null ? null : held.secret().idUnder(names),
              beginning(steps.get(i), withheld.get(i + 1))));
    }
    String id = journal.name();
    if (kept == null) {
      return journal.open(id, plan, reason, key, added, null);
    }
    // First the copy, then the journal that names it: the other way round a crash would lose it.
    Spool.write(kept.spool, kept.text, wiring.tokenKey(), id, wiring.random());
    return journal.open(
        id,
        plan,
        reason,
        key,
        added,
        new JournalEntry.Spooled(kept.spool.toAbsolutePath().toString()));
  }

  /// A text that is kept for later runs, encrypted.
  static final class Kept {
    private final Path spool;
    private final byte[] text;

    /// @param spool where
    Kept(Path spool, byte[] text) {
      this.spool = spool;
      this.text = text.clone();
    }
  }

  /// Whether this machine's clock is right, said before anything that rests on times: to make a
  /// plan asks everybody, to carry one out does not.
  static void sayClocks(Wiring wiring, Providers providers, Stream<Step> steps)
      throws InterruptedException {
    var ids = new TreeSet<ProviderId>();
    steps
        .filter(step -> step.act().isPresent())
        .forEach(step -> ids.add(step.subject().provider()));
    providers.skews(ids).forEach(wiring.messages()::warning);
  }

  private static StepState beginning(Step step, @Nullable String withheld) {
    return switch (step) {
      case Step.Act _ ->
          withheld == null ? new StepState.Planned() : new StepState.Withheld(withheld);
      case Step.Rotate rotate ->
          withheld != null
              ? new StepState.Withheld(withheld)
              : switch (rotate.minting()) {
                case Step.Minting.ByPerson _ when rotate.revokesFirst() -> new StepState.Planned();
                case Step.Minting.ByCall _ -> new StepState.Planned();
                case Step.Minting.ByPerson(String why) -> new StepState.HandedOver(why);
              };
      case Step.ByHand byHand -> new StepState.Guided(byHand.why());
      case Step.Blocked blocked -> new StepState.Refused(blocked.why());
      case Step.Nothing nothing ->
          nothing.subject().group() == Group.CANARY
              ? new StepState.Spared(nothing.why())
              : new StepState.Dead(nothing.why(), null, null);
    };
  }

  /// Goes on with an incident: reads again what its open steps need, and works on them.
  ///
  /// @param reason why more is released than before, or empty
  /// @param supplied a text that holds tokens besides
  /// @return the exit code
  /// @param values new values that people made
  int goOn(Incident incident, String reason, byte[] supplied, SuppliedValues values, Orders orders)
      throws UserFault, InterruptedException, JournalException {
    Optional<String> changed = incident.check(null);
    if (changed.isPresent()) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "the journal of " + incident.id() + " was changed: " + changed.get(),
          "stanch incident recover --plan FILE makes it anew from the plan");
    }
    try (Providers providers = wiring.providers()) {
      incident.resume(reason);
      Stream<Step> open =
          incident.standing().steps().stream()
              .filter(step -> step.state().kind().open())
              .map(StepStanding::step);
      sayClocks(wiring, providers, open);
      try (Gathered gathered = again(incident.standing())) {
        if (supplied.length > 0) {
          gathered.add(supplied);
        }
        Set<Integer> left = left(incident, gathered, Ours.of(wiring, providers));
        return run(incident, gathered, providers, values, orders.leaving(left));
      }
    }
  }

  /// The steps that are not begun here, whoever agreed to them elsewhere: they are not ours.
  private Set<Integer> left(Incident incident, Gathered gathered, Ours ours)
      throws JournalException {
    var left = new TreeSet<Integer>();
    Standing standing = incident.standing();
    Map<Integer, HeldFinding> tokens = matched(standing, incident.key(), gathered);
    for (StepStanding step : standing.steps()) {
      boolean begun =
          step.state().kind() != StepState.Kind.PLANNED
              && step.state().kind() != StepState.Kind.HANDED_OVER
              && step.state().kind() != StepState.Kind.PARKED
              && step.state().kind() != StepState.Kind.NEEDS_TOKEN;
      HeldFinding held = tokens.get(step.number());
      if (begun || held == null || step.step().act().isEmpty()) {
        continue;
      }
      String why = ours.objection(step.step().subject(), held.finding().token());
      if (!why.isEmpty()) {
        left.add(step.number());
        wiring.messages().warning("step " + step.number() + " is left: " + why);
      }
    }
    return left;
  }

  /// Works on an incident with the tokens that are in hand or can be read again, and reports.
  int run(Incident incident, Gathered gathered, Providers providers, Orders orders)
      throws UserFault, InterruptedException {
    return run(incident, gathered, providers, SuppliedValues.none(), orders);
  }

  private int run(
      Incident incident,
      Gathered gathered,
      Providers providers,
      SuppliedValues values,
      Orders orders)
      throws UserFault, InterruptedException {
    var clock = wiring.console().environment().clock();
    var progress = new ProviderProgress("proven", wiring.console().environment().clockOnTheWall());
    try (EventLog events = EventLog.open(wiring, options)) {
      Standing before = incident.standing();
      Map<Integer, HeldFinding> tokens = matched(before, incident.key(), gathered);
      SuppliedValues.Assigned assigned = values.to(before, tokens, gathered, wiring);
      var inHand =
          new InHand(tokens, assigned.values(), known(incident.key(), gathered), gathered.listed());
      int unwanted;
      wiring
          .messages()
          .hint(
              "incident "
                  + incident.id()
                  + "; to go on later: stanch incident resume "
                  + incident.id());
      Standing after;
      try (ProgressDisplay display = wiring.progressDisplay(progress, scan.quiet())) {
        var runner =
            new IncidentRunner(
                providers,
                options.settings(),
                clock,
                new Voice(wiring, events, progress, display, before, tokens.keySet(), orders));
        wiring.console().environment().interruption().onRequest(() -> runner.stop("interrupted"));
        after = runner.run(incident, inHand, orders);
        unwanted = runner.unwanted() + assigned.refused();
        runner
            .stopped()
            .ifPresent(
                why -> display.aside(() -> wiring.messages().warning("stopped early: " + why)));
      }
      var out = options.eventsToStandardOutput() ? wiring.console().err() : wiring.console().out();
      new IncidentReport(out).lines(after);
      if (after.settled()) {
        for (String spool : after.spools()) {
          Spool.delete(Path.of(spool), wiring.tokenKey(), after.id());
        }
      }
      return (unwanted > 0 ? ExitCode.REFUSED : ending(after)).value();
    } catch (JournalException e) {
      throw JournalOptions.fault(e);
    }
  }

  /// How a run ended: refused steps come before what is merely left.
  static ExitCode ending(Standing standing) {
    return standing.count(StepState.Kind.REFUSED) > 0
        ? ExitCode.REFUSED
        : standing.settled() ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }

  /// The tokens of steps: those with the right id, under the incident's key or, where a token was
  /// never read, under the plan's.
  static Map<Integer, HeldFinding> matched(Standing standing, TokenKey key, Gathered gathered) {
    Map<TokenId, HeldFinding> byIncident = known(key, gathered);
    var matched = new HashMap<Integer, HeldFinding>();
    for (StepStanding step : standing.steps()) {
      HeldFinding held =
          step.token() == null
              ? gathered.tokens().get(step.step().subject().token())
              : byIncident.get(step.token());
      if (held != null && held.finding().provider().equals(step.step().subject().provider())) {
        matched.put(step.number(), held);
      }
    }
    return matched;
  }

  /// Everything in hand, under an incident's key.
  private static Map<TokenId, HeldFinding> known(TokenKey key, Gathered gathered) {
    var known = new HashMap<TokenId, HeldFinding>();
    for (HeldFinding held : gathered.tokens().values()) {
      known.put(held.secret().idUnder(key), held);
    }
    return known;
  }

  /// Reads again what the open steps of an incident need.
  Gathered again(Standing standing) throws UserFault, InterruptedException {
    var places = new ArrayList<Place>();
    for (StepStanding step : standing.steps()) {
      if (!step.state().kind().settled()) {
        places.addAll(step.step().subject().places());
      }
    }
    var spooled = new ArrayList<byte[]>();
    for (String spool : standing.spools()) {
      Spool.read(Path.of(spool), wiring.tokenKey(), standing.id()).ifPresent(spooled::add);
    }
    return Gathered.again(wiring, scan, places, spooled);
  }

  /// Says what happens.
  private static final class Voice implements IncidentRunner.Listener {
    private final Wiring wiring;
    private final EventLog events;
    private final ProviderProgress progress;
    private final ProgressDisplay display;
    private final String incident;
    private final Map<Integer, Step> steps = new HashMap<>();
    private final Set<Integer> underWay = ConcurrentHashMap.newKeySet();

    Voice(
        Wiring wiring,
        EventLog events,
        ProviderProgress progress,
        ProgressDisplay display,
        Standing standing,
        Set<Integer> inHand,
        Orders orders) {
      this.wiring = wiring;
      this.events = events;
      this.progress = progress;
      this.display = display;
      this.incident = standing.id();
      for (StepStanding step : standing.steps()) {
        steps.put(step.number(), step.step());
        events.found(incident, step.number(), step.step(), now());
        boolean wanted =
            step.state().kind().open()
                || orders.released().contains(step.number())
                || orders.purged().contains(step.number());
        if (wanted && inHand.contains(step.number())) {
          underWay.add(step.number());
          progress.expect(step.step().subject().provider());
        }
      }
    }

    private Instant now() {
      return wiring.console().environment().clock().instant();
    }

    @Override
    public void moved(JournalEntry.Moved move) {
      Step step = steps.get(move.number());
      if (step == null) {
        return;
      }
      events.moved(incident, move.number(), step, move.state(), now());
      ProviderId provider = step.subject().provider();
      if (move.state() instanceof StepState.Parked parked) {
        progress.parked(provider, parked.until());
      } else if (!move.state().kind().open() && underWay.remove(move.number())) {
        progress.done(provider);
      }
    }

    @Override
    public void noted(String subject, String text) {
      display.aside(() -> wiring.messages().warning(subject + ": " + text));
    }
  }
}
