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
import dev.stanch.revokers.run.Providers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
      "  stanch incident resume --activated 3,4",
      "  stanch incident resume --purge"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentResumeCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Option(
      names = "--purge",
      description =
          "Also deletes keys that were switched off at least --grace days ago, for good: they"
              + " cannot be switched on again. Options that choose steps choose among these then.")
  private boolean purge;

  @Option(
      names = "--purge-hash",
      paramLabel = "HASH",
      description =
          "The hash of exactly the keys that --purge deletes, as it prints it without a terminal;"
              + " takes the place of the question.")
  private @Nullable String purgeHash;

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

  @Option(
      names = "--activated",
      paramLabel = "N",
      split = ",",
      description =
          "Says that whatever uses the sinks of step N has the new token by now; its old one can"
              + " go.")
  private Set<Integer> activated = new HashSet<>();

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
    Orders orders =
        purge
            ? new Orders(Set.of(), purged(standing), activated, Set.of())
            : new Orders(released(standing), Set.of(), activated, Set.of());
    return new Acting(wiring, run, scan)
        .goOn(incident, release.reason(), new byte[0], SuppliedValues.none(), orders);
  }

  /// The withheld steps that the options choose; none where nothing was chosen.
  private Set<Integer> released(Standing standing) throws UserFault {
    var withheld = new TreeMap<Integer, Step.Act>();
    for (StepStanding step : standing.steps()) {
      if (step.state().kind() == StepState.Kind.WITHHELD) {
        step.step().act().ifPresent(act -> withheld.put(step.number(), act));
      }
    }
    if (!release.chosen()) {
      return Set.of();
    }
    withheld.keySet().removeAll(release.withheld(withheld, ours()).keySet());
    if (!withheld.isEmpty()) {
      agree(
          standing,
          standing.steps().stream()
              .filter(step -> withheld.containsKey(step.number()))
              .map(StepStanding::step)
              .toList());
    }
    return withheld.keySet();
  }

  private void agree(Standing standing, List<Step> acts) throws UserFault {
    if (planHash == null) {
      new Confirmation(wiring).ask(acts);
    } else if (!planHash.equals(standing.planHash())) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "the incident carries out another plan: " + standing.planHash(),
          "stanch incident show " + standing.id() + " says what it is about");
    }
  }

  /// The contained steps whose keys were switched off long enough ago, as far as they may be
  /// deleted and that was agreed to: to switch a key off was another question.
  private Set<Integer> purged(Standing standing) throws UserFault {
    Instant latest = wiring.console().environment().clock().instant().minus(Duration.ofDays(grace));
    var due = new TreeMap<Integer, Step.Act>();
    for (StepStanding step : standing.steps()) {
      if (step.state() instanceof StepState.Contained(Instant at) && !at.isAfter(latest)) {
        step.step()
            .act()
            .filter(act -> !act.irreversible())
            .ifPresent(act -> due.put(step.number(), act.deletion()));
      }
    }
    if (due.isEmpty()) {
      wiring.messages().hint("nothing was switched off " + grace + " days ago or earlier");
      return Set.of();
    }
    Map<Integer, String> kept = release.withheld(due, ours());
    kept.forEach(
        (number, why) ->
            wiring.messages().warning("step " + number + " stays switched off: " + why));
    due.keySet().removeAll(kept.keySet());
    if (!due.isEmpty()) {
      agree(new Deletions(standing.id(), due));
    }
    return due.keySet();
  }

  private Ours ours() throws UserFault {
    try (Providers providers = wiring.providers()) {
      return Ours.of(wiring, providers);
    }
  }

  private void agree(Deletions deletions) throws UserFault {
    if (purgeHash == null && Confirmation.possible(wiring.console().environment())) {
      new Confirmation(wiring).ask(deletions.list());
    } else if (purgeHash == null) {
      deletions.print(wiring.console().out());
      throw UserFault.of(
          ExitCode.REFUSED,
          "nothing was deleted: there is no terminal to ask at",
          "read the list, and give --purge-hash with its hash");
    } else if (!purgeHash.equals(deletions.hash())) {
      deletions.print(wiring.console().out());
      throw UserFault.of(
          ExitCode.REFUSED,
          "other keys would be deleted than you agreed to: their hash is " + deletions.hash(),
          "read the list again");
    }
  }
}
