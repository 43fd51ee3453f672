package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.TriageReport;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.plan.Group;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.plan.Step;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// From a leak to its end.
@Command(
    name = "respond",
    description =
        "Finds, asks, plans and, with --apply and one confirmation, acts, proves and reports.",
    footer = {
      "",
      "Examples:",
      "  stanch respond git:. dir:deploy",
      "  stanch respond --keys keys.tsv dir:deploy",
      "  stanch respond --format json --output dry-run.json dir:deploy",
      "  stanch respond --apply git:.",
      "  stanch respond --rotate --sinks sinks.yml --apply dir:deploy",
      "  stanch respond - < dump.txt",
      "  stanch respond --spool dump.spool --apply --plan plan.json --plan-hash HASH - < dump.txt"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class RespondCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Option(
      names = "--rotate",
      description =
          "Replaces tokens whose sinks are known before it revokes them; the others are revoked.")
  private boolean rotate;

  @Mixin private ApplyOptions options;
  @Mixin private RotationOptions rotation;

  /// The command.
  public RespondCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return options.run(
        wiring,
        rotate ? Rotation.of(wiring, rotation, Planner.Otherwise.REVOKE) : null,
        RespondCommand::triage);
  }

  /// Is this claimed leak real? Counts before anything else.
  private static TriageReport triage(Draft draft, Gathered gathered, Journal journal)
      throws JournalException {
    boolean matters =
        draft.nobodyIsUs() // whose they are is still to be told
            || draft.plan().steps().stream().anyMatch(RespondCommand::matters);
    return new TriageReport(
        draft.verified(),
        groups(draft),
        earlier(journal, gathered),
        matters ? TriageReport.Outcome.GOES_ON : TriageReport.Outcome.ENDS);
  }

  /// Ours and live, or perhaps so: an answer that did not come is no good news.
  private static boolean matters(Step step) {
    return switch (step.subject().group()) {
      case OURS, IN_USE -> !(step instanceof Step.Nothing);
      case UNKNOWN -> step.subject().verdict().equals("unknown");
      case THIRD_PARTY, CANARY -> false;
    };
  }

  private static Map<TokenId, Group> groups(Draft draft) {
    var groups = new TreeMap<TokenId, Group>();
    for (Step step : draft.plan().steps()) {
      groups.put(step.subject().token(), step.subject().group());
    }
    return groups;
  }

  /// The tokens that an earlier incident was about.
  private static Set<TokenId> earlier(Journal journal, Gathered gathered) throws JournalException {
    var known = new HashSet<TokenId>();
    for (Journal.Listed listed : journal.list()) {
      Incident incident = journal.find(listed.id()).orElse(null);
      if (incident == null) {
        continue;
      }
      var ids = new HashSet<TokenId>();
      for (StepStanding step : incident.standing().steps()) {
        if (step.token() != null) {
          ids.add(step.token());
        }
      }
      for (HeldFinding held : gathered.tokens().values()) {
        if (ids.contains(held.secret().idUnder(incident.key()))) {
          known.add(held.finding().token());
        }
      }
    }
    return known;
  }
}
