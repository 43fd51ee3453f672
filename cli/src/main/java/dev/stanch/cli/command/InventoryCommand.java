package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.Inventory;
import dev.stanch.cli.report.InventoryReport;
import dev.stanch.cli.report.Report;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.run.Inquiry;
import dev.stanch.revokers.run.Providers;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists every token by its id.
@Command(
    name = "inventory",
    description = "Lists which tokens stand where, how old they are, whose, and by whom shared.",
    footer = {
      "",
      "Joins all sources by the tokens' ids: a token is listed once, with all its places. Secrets",
      "of Spaces and repositories, whose values nobody shows, are listed by name. What a policy"
          + " has",
      "something against stands first and makes the exit code 1. A policy is a YAML file:",
      "",
      "  max-age-days: 365      # older ones are too old (the default)",
      "  shared: refused        # by several containers; or: allowed",
      "  account-wide: refused  # classic kinds, keys of a whole account",
      "  broader: refused       # than the code around it, as --verify shows",
      "  expiry: any            # or: required, of what --verify shows to be live",
      "  set-before: 2024-05-31 # replace what was set before (default: nothing)",
      "",
      "'stanch plan --due' plans the replacement of what the policy has something against.",
      "",
      "Examples:",
      "  stanch inventory git:. space:acme github:acme",
      "  stanch inventory space:acme --policy policy.yml --format csv --output tokens.csv",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class InventoryCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private InputOptions input;

  @Option(
      names = "--verify",
      description = "Asks each token's own provider whether it is live, whose, and till when.")
  private boolean verify;

  @Mixin private PolicyOptions policy;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private InventoryReport.Format format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes the inventory to FILE instead of standard output.")
  private @Nullable Path output;

  /// The command.
  public InventoryCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    Due due = Due.of(wiring, policy);
    Instant now = wiring.console().environment().clock().instant();
    try (Gathered gathered = Gathered.of(wiring, input)) {
      Map<TokenId, Verification> answers = verify ? answers(gathered) : Map.of();
      Inventory inventory = inventory(gathered, answers, due, now);
      write(inventory, new InventoryReport(format, now));
      if (inventory.faulty() > 0) {
        return ExitCode.FINDINGS.value();
      }
      return (inventory.state() == ScanResult.State.COMPLETE ? ExitCode.CLEAN : ExitCode.INCOMPLETE)
          .value();
    }
  }

  private Map<TokenId, Verification> answers(Gathered gathered)
      throws UserFault, InterruptedException {
    var answers = new HashMap<TokenId, Verification>();
    try (Providers providers = wiring.providers()) {
      for (Planner.Verified one :
          new Questions(wiring, input.scan())
              .ask(gathered, gathered.verifiable(input), providers, Inquiry.Depth.VERDICT)) {
        answers.put(one.finding().token(), one.verification());
      }
    }
    return answers;
  }

  private Inventory inventory(
      Gathered gathered, Map<TokenId, Verification> answers, Due due, Instant now)
      throws InterruptedException {
    var items = new ArrayList<Inventory.Item>();
    var notAsked = new Verification.NotChecked("not asked");
    var code = new CodeAround(wiring, null);
    for (HeldFinding one : gathered.tokens().values()) {
      Finding finding = one.finding();
      Verification answer = answers.getOrDefault(finding.token(), notAsked);
      // Where nobody told what it may do, there is nothing to hold against its use.
      items.add(
          due.item(
              finding,
              answer,
              answer.told().scopes().isEmpty() ? Code.NONE : code.around(finding)));
    }
    Report report = gathered.report(Map.of(), now);
    items.addAll(due.items(report.entries()));
    return new Inventory(items, report.summary().state());
  }

  private void write(Inventory inventory, InventoryReport report) throws UserFault {
    try {
      if (output == null) {
        report.write(inventory, wiring.console().out());
        wiring.console().out().flush();
      } else {
        ReportOptions.replace(
            wiring.console().environment().folder().resolve(output),
            ReportOptions.Readers.ANYBODY,
            text -> report.write(inventory, text));
      }
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "cannot write the inventory: " + e.getClass().getSimpleName(),
          "check the folder, its permissions and the space left");
    }
  }
}
