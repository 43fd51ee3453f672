package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.AdviceReport;
import dev.stanch.cli.report.Report;
import dev.stanch.cli.report.ReportReader;
import dev.stanch.cli.report.ReportedFinding;
import dev.stanch.cli.report.Suggestion;
import dev.stanch.detectors.model.Finding;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.run.Inquiry;
import dev.stanch.revokers.run.Providers;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderCatalogue;
import dev.stanch.revokers.spi.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Names the smallest replacement of each token.
@Command(
    name = "suggest",
    description = {
      "Names the least-privilege replacement of each token. Changes nothing.",
      "",
      "It reads the code that uses the token: the files that it stands in, and those of the same"
          + " tree that read its variable or the client that reads it. Of a report of Stanch it"
          + " takes the tokens and what providers said as they are, and asks nobody."
    },
    footer = {
      "",
      "Examples:",
      "  stanch suggest",
      "  stanch suggest dir:.",
      "  stanch suggest findings.jsonl --root ../checkout --format json"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class SuggestCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private InputOptions input;
  @Mixin private PlanOutputOptions output;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description =
          "Where the code is that uses the tokens, if not where a report says: a checkout"
              + " of it.")
  private @Nullable Path root;

  /// The command.
  public SuggestCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    var suggestions = new ArrayList<Suggestion>();
    var code = new CodeAround(wiring, folder());
    var advisers = new Advisers(wiring.providerCatalogue());
    var sources = new ArrayList<String>();
    for (String source : input.sources()) {
      Optional<Report> report = report(source);
      if (report.isEmpty()) {
        sources.add(source);
        continue;
      }
      for (ReportedFinding one : report.get().findings()) {
        if (one.counts()) {
          advisers.add(one.finding(), one.verification().answer(), code, suggestions);
        }
      }
    }
    if (!sources.isEmpty()) {
      for (Planner.Verified one : asked(sources)) {
        advisers.add(one.finding(), one.verification(), code, suggestions);
      }
    }
    output.write(wiring, (out, format) -> new AdviceReport(out).write(suggestions, format));
    return ExitCode.CLEAN.value();
  }

  private @Nullable Path folder() throws UserFault {
    if (root == null) {
      return null;
    }
    Path folder = wiring.console().environment().folder().resolve(root);
    if (!Files.isDirectory(folder)) {
      throw UserFault.of(
          ExitCode.USAGE, "no such folder: " + root, "--root names a checkout of the code");
    }
    return folder;
  }

  /// A report of our own.
  private Optional<Report> report(String source) {
    Path file = wiring.console().environment().folder().resolve(source);
    if (source.contains(":") || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(ReportReader.read(in));
    } catch (IOException _) {
      return Optional.empty(); // of another scanner, or none: reading it as a source says so
    }
  }

  private List<Planner.Verified> asked(List<String> sources)
      throws UserFault, InterruptedException {
    try (Providers providers = wiring.providers();
        Gathered gathered = Gathered.of(wiring, input, sources)) {
      return new Questions(wiring, input.scan())
          .ask(gathered, gathered.verifiable(input), providers, Inquiry.Depth.VERDICT);
    }
  }

  /// Who knows a replacement, each made once.
  private static final class Advisers {
    private final ProviderCatalogue catalogue;
    private final Map<String, Optional<Adviser>> known = new HashMap<>();

    Advisers(ProviderCatalogue catalogue) {
      this.catalogue = catalogue;
    }

    void add(
        Finding finding, Verification verification, CodeAround code, List<Suggestion> suggestions)
        throws InterruptedException {
      Optional<Adviser> adviser =
          known.computeIfAbsent(
              finding.provider().value(), id -> catalogue.find(id).flatMap(Provider::adviser));
      if (adviser.isPresent()) {
        suggestions.add(
            new Suggestion(
                finding, verification, adviser.get().advise(verification, code.around(finding))));
      }
    }
  }
}
