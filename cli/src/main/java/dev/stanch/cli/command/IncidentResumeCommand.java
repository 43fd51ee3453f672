package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Standing;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.run.Orders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Goes on with an incident.
@Command(
    name = "resume",
    description =
        "Goes on with an incident: what was agreed to and is not proven yet. Asks again about what"
            + " people had to do. With an option that chooses steps it also takes those of them"
            + " that were withheld.",
    footer = {
      "",
      "Examples:",
      "  stanch incident resume",
      "  stanch incident resume i3kd8w2ma",
      "  stanch incident resume --third-party --reason 'the host asked us to'",
      "  stanch incident resume --purge"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentResumeCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Option(
      names = "--purge",
      description =
          "Also deletes keys that were switched off at least --grace days ago, for good: they"
              + " cannot be switched on again.")
  private boolean purge;

  @Option(
      names = "--grace",
      paramLabel = "DAYS",
      defaultValue = "7",
      description =
          "With --purge: how long a key has been switched off at least (default:"
              + " ${DEFAULT-VALUE}).")
  private int grace;

  @Option(
      names = "--plan-hash",
      paramLabel = "HASH",
      description =
          "The hash of the plan that the incident carries out; takes the place of the question"
              + " where more is done than was agreed to.")
  private @Nullable String planHash;

  @Mixin private IncidentOptions which;
  @Mixin private ScanOptions scan;
  @Mixin private ReleaseOptions release;
  @Mixin private RunOptions run;

  IncidentResumeCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    release.check();
    if (grace < 0) {
      throw UserFault.of(ExitCode.USAGE, "--grace is a number of days");
    }
    return which.with(wiring, this::resume);
  }

  private int resume(Incident incident) throws UserFault, InterruptedException, JournalException {
    Standing standing = incident.standing();
    var acts = new ArrayList<Step.Act>();
    Set<Integer> released = released(standing, acts);
    Set<Integer> purged = purged(standing, acts);
    if (!acts.isEmpty()) {
      agree(standing, acts);
    }
    return new Acting(wiring, run, scan)
        .goOn(incident, release.reason(), new byte[0], new Orders(released, purged));
  }

  /// The withheld steps that the options choose; none where nothing was chosen.
  private Set<Integer> released(Standing standing, List<Step.Act> acts) {
    var withheld = new TreeMap<Integer, Step.Act>();
    for (StepStanding step : standing.steps()) {
      if (step.state().kind() == StepState.Kind.WITHHELD && step.step() instanceof Step.Act act) {
        withheld.put(step.number(), act);
      }
    }
    if (!release.chosen()) {
      return Set.of();
    }
    withheld.keySet().removeAll(release.withheld(withheld).keySet());
    acts.addAll(withheld.values());
    return withheld.keySet();
  }

  /// The contained steps whose keys were switched off long enough ago.
  private Set<Integer> purged(Standing standing, List<Step.Act> acts) {
    Instant latest = wiring.console().environment().clock().instant().minus(Duration.ofDays(grace));
    var due = new TreeMap<Integer, Step.Act>();
    for (StepStanding step : standing.steps()) {
      if (purge
          && step.state() instanceof StepState.Contained(Instant at)
          && !at.isAfter(latest)
          && step.step() instanceof Step.Act act) {
        due.put(step.number(), act.deletion());
      }
    }
    if (purge && due.isEmpty()) {
      wiring.messages().hint("nothing was switched off " + grace + " days ago or earlier");
    }
    acts.addAll(due.values());
    return due.keySet();
  }

  private void agree(Standing standing, List<Step.Act> acts) throws UserFault {
    if (planHash == null) {
      new Confirmation(wiring).ask(acts);
    } else if (!planHash.equals(standing.planHash())) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "the incident carries out another plan: " + standing.planHash(),
          "stanch incident show " + standing.id() + " says what it is about");
    }
  }
}
