package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.space.HubRepository;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Scans Hugging Face Spaces.
@Command(
    name = "space",
    description = "Finds tokens in Hugging Face Spaces: history, variables, logs.",
    footer = {
      "",
      "Reads the whole git history with the refs of discussions and pull requests, variables,",
      "build and run logs, and for an owner the values that jobs run with. The values of secrets",
      "are shown to nobody: their names and ages are listed.",
      "",
      "HF_TOKEN, or else the file that `hf auth login` writes, is the credential; read scope is",
      "enough for what its owner may see, and variables, secrets and logs are shown to whoever may",
      "write to the Space. HF_ENDPOINT counts where the configuration allows its host.",
      "",
      "Examples:",
      "  stanch scan space acme/chat",
      "  stanch scan space acme --all-repos --format jsonl",
      "  stanch scan space acme --exposed-since 2024-05-31",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanSpaceCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      paramLabel = "OWNER[/NAME]",
      description = "Every Space of a user or an organization, or the one that is named.")
  private String name;

  @Option(names = "--all-repos", description = "The owner's models and datasets as well.")
  private boolean allRepositories;

  @Option(
      names = "--duplicates",
      description =
          "The Spaces that were copied from the named one as well: they hold its history.")
  private boolean duplicates;

  @Mixin private ExposureOptions exposure;
  @Mixin private ScanOptions scan;
  @Mixin private ScanOnlyOptions only;
  @Mixin private ReportOptions report;

  ScanSpaceCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    boolean single = name.contains("/");
    if (single && allRepositories) {
      throw UserFault.of(ExitCode.USAGE, "--all-repos needs an owner, without a name");
    }
    if (!single && duplicates) {
      throw UserFault.of(ExitCode.USAGE, "--duplicates needs the name of a Space");
    }
    return new ScanRun(wiring, scan, only, report).judging(exposure).run(this::scan);
  }

  private ScanResult scan(Detector detector, ScanProgress progress)
      throws UserFault, SourceException, InterruptedException {
    try (var spaces = SpaceScan.open(wiring, detector, progress, scan.threads())) {
      if (!name.contains("/")) {
        Set<HubRepository.Kind> kinds =
            allRepositories
                ? EnumSet.allOf(HubRepository.Kind.class)
                : EnumSet.of(HubRepository.Kind.SPACE);
        return spaces.run(name, kinds);
      }
      return spaces.run(withDuplicates(spaces), List.of());
    }
  }

  private List<HubRepository> withDuplicates(SpaceScan spaces)
      throws SourceException, InterruptedException {
    HubRepository space = spaces.hub().space(name);
    List<HubRepository> copies = spaces.hub().duplicates(space);
    var all = new ArrayList<HubRepository>();
    all.add(space);
    if (duplicates) {
      all.addAll(copies);
    } else if (!copies.isEmpty()) {
      wiring
          .messages()
          .warning(
              "copies of "
                  + name
                  + " hold its history too: "
                  + copies.stream().map(HubRepository::id).collect(Collectors.joining(", ")));
      wiring.messages().hint("--duplicates scans them as well");
    }
    return all;
  }
}
