package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.ProviderTable;
import dev.stanch.cli.report.ProviderTable.Way;
import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.http.TransportException;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists the providers.
@Command(
    name = "list",
    description =
        "Lists the providers: whether their tokens can be verified, revoked, rotated and replaced"
            + " by smaller ones, and every host that a token may be sent to.",
    footer = {
      "",
      "Examples:",
      "  stanch providers list",
      "  stanch providers list --format json",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ProvidersListCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ProviderTable.Format format;

  ProvidersListCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, IOException, TransportException {
    // Nothing is sent; a provider wants to be told how it would be.
    try (var transport = new Transport(Map.of(), "stanch", Time.system(), new SecureRandom())) {
      List<ProviderTable.Row> rows =
          wiring.providerCatalogue().all().stream()
              .map(provider -> row(provider, transport))
              .toList();
      new ProviderTable(rows).write(format, wiring.console().out());
    }
    return ExitCode.CLEAN.value();
  }

  private static ProviderTable.Row row(Provider provider, Transport transport) {
    var http =
        new Http(
            transport,
            HostPolicy.of(provider.hosts(), List.of()),
            new Limiter(provider.limit(), Time.system()),
            HttpSettings.usual());
    var context =
        new ProviderContext(http, Map.of(), _ -> Optional.empty(), InstantSource.system());
    Way byHand = provider.guidance().isPresent() ? Way.GUIDED : Way.NONE;
    return new ProviderTable.Row(
        provider.id().value(),
        provider.name(),
        provider.verifier(context).isPresent() ? Way.API : Way.NONE,
        provider.revoker(context).isPresent() ? Way.API : byHand,
        provider.rotator(context).isPresent() ? Way.API : byHand,
        provider.adviser().isPresent() ? Way.API : Way.NONE,
        provider.hosts(),
        provider.baseUrlVariable(),
        provider.adminVariables());
  }
}
