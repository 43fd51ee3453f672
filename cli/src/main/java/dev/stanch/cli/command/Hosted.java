package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.HostLogin;
import dev.stanch.detectors.source.git.RemoteAddress;
import dev.stanch.detectors.source.kubernetes.ManifestSource;
import dev.stanch.detectors.source.space.HubRepository;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// What is hosted elsewhere, for commands that want its tokens in hand.
record Hosted(Wiring wiring, Detector detector, ScanProgress progress, int threads) {
  private static final String SPACE = "space:";
  private static final String JOBS = "jobs:";
  private static final String GITHUB = "github:";
  private static final String GISTS = "gists:";
  private static final String K8S = "k8s:";

  /// Whether a person who names this means something hosted.
  static boolean isSource(String source) {
    return source.startsWith(SPACE) || source.startsWith(GITHUB) || source.startsWith(K8S);
  }

  /// Whether places that lie in this lie in something hosted, its history aside.
  static boolean isContainer(String container) {
    return isSource(container) || container.startsWith(JOBS) || container.startsWith(GISTS);
  }

  /// What is read for the places in a container: of a cluster, the namespace.
  static String readAgain(String container) {
    return container.startsWith(K8S) && !ManifestSource.isContainer(container)
        ? container.replaceFirst("/[^/]*/[^/]*$", "")
        : container;
  }

  private static String name(String source) {
    return source.substring(source.indexOf(':') + 1);
  }

  /// Everything in a source that a person named.
  ScanResult everything(String source) throws UserFault, SourceException, InterruptedException {
    String name = name(source);
    if (source.startsWith(K8S)) {
      return new KubernetesScan(wiring, detector, progress, threads).everything(name);
    }
    if (source.startsWith(SPACE)) {
      try (var spaces = SpaceScan.open(wiring, detector, progress, threads)) {
        return spaces.run(name, EnumSet.of(HubRepository.Kind.SPACE));
      }
    }
    try (var github = GitHubScan.open(wiring, detector, progress, threads)) {
      return name.contains("/")
          ? github.run(List.of(github.api().repository(name)), List.of(), ScanMemory.none())
          : github.run(
              github.api().repositories(name).stream()
                  .filter(one -> !one.fork() && !one.archived())
                  .toList(),
              List.of(name),
              ScanMemory.none());
    }
  }

  /// What stands in a container still, its history aside.
  ScanResult again(String container) throws UserFault, SourceException, InterruptedException {
    String name = name(container);
    if (container.startsWith(K8S)) {
      return new KubernetesScan(wiring, detector, progress, threads).again(container);
    }
    if (container.startsWith(SPACE) || container.startsWith(JOBS)) {
      try (var spaces = SpaceScan.open(wiring, detector, progress, threads)) {
        return container.startsWith(JOBS)
            ? spaces.setUp(List.of(), List.of(name))
            : spaces.setUp(List.of(spaces.hub().space(name)), List.of());
      }
    }
    try (var github = GitHubScan.open(wiring, detector, progress, threads)) {
      return container.startsWith(GISTS)
          ? github.gists(name)
          : github.texts(github.api().repository(name));
    }
  }

  /// The history at an address of whoever hosts these; nothing elsewhere, since it may be a report
  /// that names the address.
  Optional<ScanResult> history(String address)
      throws UserFault, SourceException, InterruptedException {
    Optional<RemoteAddress> remote = RemoteAddress.parse(address);
    if (remote.isEmpty()) {
      return Optional.empty();
    }
    try (var spaces = SpaceScan.open(wiring, detector, progress, threads)) {
      if (spaces.hub().hosts(remote.get())) {
        return Optional.of(cloned(remote.get(), spaces.hub().login()));
      }
    }
    try (var github = GitHubScan.open(wiring, detector, progress, threads)) {
      if (github.api().hosts(remote.get())) {
        return Optional.of(cloned(remote.get(), github.api().login()));
      }
    }
    return Optional.empty();
  }

  private ScanResult cloned(RemoteAddress address, HostLogin login)
      throws UserFault, InterruptedException {
    return new CloneScan(wiring, detector, progress, threads).run(address, login);
  }
}
