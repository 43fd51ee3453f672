package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.space.Hub;
import dev.stanch.detectors.source.space.HubRepository;
import dev.stanch.detectors.source.space.SpaceSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// Scans of what Hugging Face hosts: set-up and logs of Spaces through the API, histories clone by
/// clone. Closing ends every call.
final class SpaceScan implements AutoCloseable {
  /// Logs are waited for, not worked at.
  private static final int LOGS_AT_ONCE = 16;

  private final Wiring wiring;
  private final Transport transport;
  private final Hub hub;
  private final Detector detector;
  private final ScanProgress progress;
  private final int threads;

  private SpaceScan(
      Wiring wiring,
      Transport transport,
      Hub hub,
      Detector detector,
      ScanProgress progress,
      int threads) {
    this.wiring = wiring;
    this.transport = transport;
    this.hub = hub;
    this.detector = detector;
    this.progress = progress;
    this.threads = threads;
  }

  /// Scans under the caller's variables; whoever calls closes.
  static SpaceScan open(Wiring wiring, Detector detector, ScanProgress progress, int threads)
      throws UserFault, SourceException {
    var allowed = wiring.userConfiguration().allowedHosts();
    Transport transport = wiring.transport();
    try {
      Hub hub = Hub.of(wiring.console().environment().variables(), allowed, transport);
      return new SpaceScan(wiring, transport, hub, detector, progress, threads);
    } catch (SourceException e) {
      transport.close();
      throw e;
    }
  }

  Hub hub() {
    return hub;
  }

  /// What an owner has, or the one Space that is named.
  ScanResult run(String name, Collection<HubRepository.Kind> kinds)
      throws UserFault, SourceException, InterruptedException {
    var repositories = new LinkedHashSet<HubRepository>();
    progress.phase("asking the Hub for " + name);
    if (name.contains("/")) {
      repositories.add(hub.space(name));
    } else {
      for (HubRepository.Kind kind : kinds) {
        repositories.addAll(hub.repositories(name, kind));
      }
    }
    return run(List.copyOf(repositories), name.contains("/") ? List.of() : List.of(name));
  }

  /// Everything in these repositories.
  ///
  /// @param jobOwners whose jobs are looked at besides
  ScanResult run(List<HubRepository> repositories, List<String> jobOwners)
      throws UserFault, SourceException, InterruptedException {
    var clones = new CloneScan(wiring, detector, progress, threads);
    var parts = new ArrayList<ScanResult>();
    try {
      progress.phase("");
      parts.add(setUp(repositories, jobOwners));
      for (HubRepository repository : repositories) {
        if (progress.stopping()) {
          break;
        }
        parts.add(clones.run(hub.address(repository), hub.login()));
      }
      return ScanResult.joined(parts, progress);
    } catch (UserFault | SourceException | InterruptedException | RuntimeException e) {
      parts.forEach(ScanResult::close);
      throw e;
    }
  }

  /// Variables, secrets' names and logs of the Spaces among these repositories.
  ScanResult setUp(List<HubRepository> repositories, List<String> jobOwners)
      throws UserFault, SourceException, InterruptedException {
    List<HubRepository> spaces =
        repositories.stream().filter(one -> one.kind() == HubRepository.Kind.SPACE).toList();
    return wiring
        .scanner(detector, Math.max(threads, LOGS_AT_ONCE))
        .scan(new SpaceSource(hub, spaces, jobOwners), progress);
  }

  @Override
  public void close() {
    transport.close();
  }
}
