package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.run.Inquiry;
import dev.stanch.revokers.run.Providers;
import dev.stanch.revokers.spi.Revoker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes a lost journal anew.
@Command(
    name = "recover",
    description =
        "Makes a journal anew that was lost: from the plan, and from what the providers say now."
            + " Without --confirm it only says what it would write. It never acts.",
    footer = {
      "",
      "Examples:",
      "  stanch incident recover --plan plan.json",
      "  stanch incident recover --plan plan.json --confirm HASH"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentRecoverCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Option(
      names = "--plan",
      required = true,
      paramLabel = "FILE",
      description = "The plan that was being carried out.")
  private Path planFile;

  @Option(
      names = "--confirm",
      paramLabel = "HASH",
      description = "The plan's hash: writes the journal.")
  private @Nullable String confirm;

  @Mixin private ScanOptions scan;
  @Mixin private ReleaseOptions release;
  @Mixin private RunOptions run;
  @Mixin private JournalOptions journalOptions;

  IncidentRecoverCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    release.check();
    Plan plan = PlanFile.read(wiring, planFile);
    List<Place> places =
        plan.steps().stream().flatMap(step -> step.subject().places().stream()).toList();
    try (Journal journal = journalOptions.open(wiring);
        Providers providers = wiring.providers();
        Gathered gathered = Gathered.again(wiring, scan, places, List.of())) {
      List<JournalEntry.Noted> notes = show(plan, gathered, providers);
      if (confirm == null) {
        wiring.messages().hint("nothing was written; to write it: --confirm " + plan.hash());
        return ExitCode.FINDINGS.value();
      }
      if (!plan.hash().equals(confirm)) {
        throw UserFault.of(
            ExitCode.REFUSED,
            "another plan: it is " + plan.hash(),
            "name the plan that the incident was opened with");
      }
      Map<Integer, String> withheld =
          new TreeMap<>(release.withheld(plan, Ours.of(wiring, providers)));
      for (int i = 0; i < plan.steps().size(); i++) {
        if (plan.steps().get(i) instanceof Step.Rotate) {
          // Nobody knows any more what was minted.
          withheld.putIfAbsent(
              i + 1, "its journal was lost: see at the provider whether a new key was made");
        }
      }
      Incident incident =
          new Acting(wiring, run, scan)
              .open(journal, plan, withheld, release.reason(), gathered, null);
      for (JournalEntry.Noted note : notes) {
        incident.note(note);
      }
      wiring
          .messages()
          .hint(
              "incident "
                  + incident.id()
                  + " is written; stanch incident resume asks about every token before it acts");
      return ExitCode.FINDINGS.value();
    } catch (JournalException e) {
      throw JournalOptions.fault(e);
    }
  }

  /// What the provider says now stands beside what the plan said: about the token, or where that
  /// cannot be read any more, about its key.
  ///
  /// @return what is known of keys alone, for the journal
  private List<JournalEntry.Noted> show(Plan plan, Gathered gathered, Providers providers)
      throws UserFault, InterruptedException {
    var inquiry = new Inquiry(providers, wiring.userConfiguration().canaries());
    var listings = new HashMap<ProviderId, Revoker.Listing>();
    var notes = new ArrayList<JournalEntry.Noted>();
    var out = wiring.console().out();
    int number = 0;
    for (Step step : plan.steps()) {
      number++;
      HeldFinding held = gathered.tokens().get(step.subject().token());
      String now;
      switch (step) {
        case Step.Act _, Step.Rotate _ -> {
          if (held == null) {
            now = "not readable; " + key(step.act().orElseThrow(), inquiry, listings);
            notes.add(new JournalEntry.Noted("step " + number, "recovered: " + now));
          } else {
            now = inquiry.verify(held).verdict();
          }
        }
        case Step.ByHand _, Step.Blocked _, Step.Nothing _ -> now = "not asked";
      }
      out.println(
          number
              + "  "
              + step.verb()
              + "  "
              + step.subject().provider()
              + "  "
              + step.subject().redacted()
              + "  then "
              + step.subject().verdict()
              + ", now "
              + now);
    }
    out.flush();
    return notes;
  }

  /// What the provider's listing says of a key. That it is not there proves nothing of the token.
  private static String key(
      Step.Act act, Inquiry inquiry, Map<ProviderId, Revoker.Listing> listings)
      throws InterruptedException {
    ProviderId provider = act.subject().provider();
    Revoker.Listing listing = listings.get(provider);
    if (listing == null) {
      listing = inquiry.listing(provider);
      listings.put(provider, listing);
    }
    return switch (listing) {
      case Revoker.Listing.Keys(var ids) ->
          ids.contains(act.keyId()) ? "its key is still listed" : "its key is not listed any more";
      case Revoker.Listing.None(String why) -> "nothing lists its key: " + why;
    };
  }
}
