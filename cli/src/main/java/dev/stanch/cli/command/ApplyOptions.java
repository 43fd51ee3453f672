package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.DryRun;
import dev.stanch.cli.report.TriageReport;
import dev.stanch.detectors.model.Place;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.run.Orders;
import dev.stanch.revokers.run.Providers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What `revoke`, `rotate` and `respond` share: the guards between a plan and its execution.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ApplyOptions {
  @Mixin private InputOptions input;
  @Mixin private KeyOptions keys;
  @Mixin private ReleaseOptions release;
  @Mixin private RunOptions run;
  @Mixin private JournalOptions journalOptions;
  @Mixin private PlanOutputOptions output;

  @Option(
      names = "--apply",
      description = "Acts. On a terminal it asks first; elsewhere it needs --plan and --plan-hash.")
  private boolean apply;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "The plan to carry out, written by 'stanch plan --format json'.")
  private @Nullable Path planFile;

  @Option(
      names = "--plan-hash",
      paramLabel = "HASH",
      description = "The hash of the plan that you read; another plan is refused.")
  private @Nullable String planHash;

  @Option(
      names = "--spool",
      paramLabel = "FILE",
      description =
          "Keeps standard input there, encrypted, until the incident is closed, and files from"
              + " which a token is rotated away; --apply needs it where a token could not be read"
              + " again.")
  private @Nullable Path spool;

  /// What is said of a draft before anything else.
  interface Preface {
    /// Nothing, for commands that take it for granted that something is to be done.
    Preface NONE = (_, _, _) -> null;

    /// Whether the leak is real.
    @Nullable TriageReport of(Draft draft, Gathered gathered, Journal journal)
        throws JournalException;
  }

  /// @param rotation what is wanted of replacements; null where tokens are only revoked
  int run(Wiring wiring, @Nullable Rotation rotation, Preface preface)
      throws UserFault, InterruptedException {
    check(wiring);
    try (Journal journal = journalOptions.open(wiring);
        Providers providers = wiring.providers()) {
      Path file = planFile;
      return file == null
          ? fromSources(wiring, journal, providers, rotation, preface)
          : fromFile(wiring, journal, providers, PlanFile.read(wiring, file));
    } catch (JournalException e) {
      throw JournalOptions.fault(e);
    }
  }

  private void check(Wiring wiring) throws UserFault {
    release.check();
    run.settings();
    if (planFile != null && keys.given()) {
      throw UserFault.of(
          ExitCode.USAGE,
          "--key, --keys and --withdraw with --plan: a plan says which keys it is about",
          "plan again with them");
    }
    if (apply
        && !Confirmation.possible(wiring.console().environment())
        && (planFile == null || planHash == null)) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "--apply without --plan and --plan-hash, and no terminal to ask at",
          "run 'stanch plan --format json --output FILE', read it, and give both: what is revoked"
              + " stays revoked");
    }
    if (apply && output.given()) {
      throw UserFault.of(
          ExitCode.USAGE,
          "--format and --output with --apply: they are for what would be done",
          "'stanch incident show --format json' tells what was done");
    }
    if (apply && input.standardInput() && spool == null) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "--apply on standard input without --spool",
          "it cannot be read again after a crash; name a file to keep it in, encrypted");
    }
  }

  private int fromSources(
      Wiring wiring,
      Journal journal,
      Providers providers,
      @Nullable Rotation rotation,
      Preface preface)
      throws UserFault, InterruptedException, JournalException {
    ChosenKeys chosen = keys.read(wiring);
    try (Gathered gathered = Gathered.of(wiring, input)) {
      Draft draft = Draft.of(wiring, gathered, input, providers, chosen, rotation, null);
      TriageReport triage = preface.of(draft, gathered, journal);
      Map<Integer, String> withheld = release.withheld(draft.plan(), draft.ours());
      if (triage != null && triage.ends()) {
        write(wiring, new DryRun(triage, draft.plan(), withheld));
        return (gathered.complete() ? ExitCode.CLEAN : ExitCode.INCOMPLETE).value();
      }
      if (!apply) {
        return dryRun(wiring, new DryRun(triage, draft.plan(), withheld));
      }
      if (triage != null) {
        triage.text(wiring.console().out());
      }
      requireSame(draft.plan());
      confirm(wiring, draft.plan(), withheld);
      return act(wiring, journal, providers, draft.plan(), withheld, gathered);
    }
  }

  private int fromFile(Wiring wiring, Journal journal, Providers providers, Plan plan)
      throws UserFault, InterruptedException, JournalException {
    Map<Integer, String> withheld = release.withheld(plan, Ours.of(wiring, providers));
    if (!apply) {
      return dryRun(wiring, new DryRun(null, plan, withheld));
    }
    requireSame(plan);
    if (plan.expired(wiring.console().environment().clock().instant())) {
      throw UserFault.of(
          ExitCode.REFUSED, "the plan has expired: it is of " + plan.createdAt(), "plan again");
    }
    Acting.sayClocks(wiring, providers, plan.steps().stream());
    if (planHash == null) {
      confirm(wiring, plan, withheld);
    }
    List<Place> places =
        plan.steps().stream().flatMap(step -> step.subject().places().stream()).toList();
    try (Gathered gathered =
        input.standardInput()
            ? Gathered.of(wiring, input)
            : Gathered.again(wiring, input.scan(), places, List.of())) {
      return act(wiring, journal, providers, plan, withheld, gathered);
    }
  }

  private static void confirm(Wiring wiring, Plan plan, Map<Integer, String> withheld)
      throws UserFault {
    var taken = new ArrayList<Step>();
    List<Step> steps = plan.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).act().isPresent() && !withheld.containsKey(i + 1)) {
        taken.add(steps.get(i));
      }
    }
    new Confirmation(wiring).ask(taken);
  }

  private void requireSame(Plan plan) throws UserFault {
    if (planHash != null && !plan.hash().equals(planHash)) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "another plan than you agreed to: it is " + plan.hash(),
          "run 'stanch plan' again and read it");
    }
  }

  private int dryRun(Wiring wiring, DryRun dry) throws UserFault {
    write(wiring, dry);
    wiring.messages().hint("nothing was changed; to act, " + toAct(wiring));
    return (dry.plan().steps().isEmpty() ? ExitCode.CLEAN : ExitCode.FINDINGS).value();
  }

  private void write(Wiring wiring, DryRun dry) throws UserFault {
    DryRun.On on = output.file().isPresent() ? DryRun.On.FILE : DryRun.On.SCREEN;
    output.write(wiring, (out, format) -> dry.write(out, format, on));
  }

  private String toAct(Wiring wiring) {
    if (Confirmation.possible(wiring.console().environment()) && !input.standardInput()) {
      return "give --apply: it shows the counts and asks";
    }
    String sources = String.join(" ", input.sources());
    return "run 'stanch plan --format json --output plan.json "
        + sources
        + "', read it, and give --apply --plan plan.json --plan-hash HASH"
        + (input.standardInput() ? " --spool FILE" : "");
  }

  private int act(
      Wiring wiring,
      Journal journal,
      Providers providers,
      Plan plan,
      Map<Integer, String> withheld,
      Gathered gathered)
      throws UserFault, InterruptedException, JournalException {
    var acting = new Acting(wiring, run, input.scan());
    byte[] kept = kept(plan, withheld, gathered);
    try {
      Path file = spool;
      Incident incident =
          acting.open(
              journal,
              plan,
              withheld,
              release.reason(),
              gathered,
              file == null || kept.length == 0
                  ? null
                  : new Acting.Kept(wiring.console().environment().folder().resolve(file), kept));
      return acting.run(incident, gathered, providers, Orders.NONE);
    } finally {
      Arrays.fill(kept, (byte) 0);
    }
  }

  /// What cannot be read again after a crash: standard input, and files that are the only place of
  /// a token that is rotated away.
  private byte[] kept(Plan plan, Map<Integer, String> withheld, Gathered gathered)
      throws UserFault {
    var kept = new ByteArrayOutputStream();
    kept.writeBytes(gathered.standardInput());
    Set<Path> files = new TreeSet<>();
    List<Step> steps = plan.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Rotate rotate && !withheld.containsKey(i + 1)) {
        files.addAll(Rotation.onlyPlaces(rotate));
      }
    }
    if (!files.isEmpty() && spool == null) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "once replaced, a token stands nowhere but in " + files.size() + " files that lose it",
          "name a file with --spool: the old values are kept in it, encrypted, until they are"
              + " proven dead");
    }
    for (Path file : files) {
      try {
        kept.write('\n');
        kept.writeBytes(Files.readAllBytes(file));
      } catch (IOException e) {
        throw UserFault.of(
            ExitCode.INCOMPLETE,
            "cannot read " + file + ": " + e.getClass().getSimpleName(),
            "check the file and its permissions");
      }
    }
    return kept.toByteArray();
  }
}
