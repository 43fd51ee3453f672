package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.HostLogin;
import dev.stanch.detectors.source.git.RemoteAddress;
import dev.stanch.detectors.source.github.ActionsLogSource;
import dev.stanch.detectors.source.kubernetes.ManifestSource;
import dev.stanch.detectors.source.space.HubRepository;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is hosted elsewhere, for commands that want its tokens in hand. Each host is asked by one
/// client, whatever is read there: it keeps to one pace. Closing ends every call.
final class Hosted implements AutoCloseable {
  private static final String SPACE = "space:";
  private static final String JOBS = "jobs:";
  private static final String GITHUB = "github:";
  private static final String GISTS = "gists:";
  private static final String K8S = "k8s:";

  private final Wiring wiring;
  private final Detector detector;
  private final ScanProgress progress;
  private final int threads;
  private @Nullable SpaceScan spaces;
  private @Nullable GitHubScan github;

  Hosted(Wiring wiring, Detector detector, ScanProgress progress, int threads) {
    this.wiring = wiring;
    this.detector = detector;
    this.progress = progress;
    this.threads = threads;
  }

  private SpaceScan spaces() throws UserFault, SourceException {
    SpaceScan open = spaces;
    if (open == null) {
      open = SpaceScan.open(wiring, detector, progress, threads);
      spaces = open;
    }
    return open;
  }

  private GitHubScan github() throws UserFault, SourceException {
    GitHubScan open = github;
    if (open == null) {
      open = GitHubScan.open(wiring, detector, progress, threads);
      github = open;
    }
    return open;
  }

  /// Whether a person who names this means something hosted.
  static boolean isSource(String source) {
    return source.startsWith(SPACE) || source.startsWith(GITHUB) || source.startsWith(K8S);
  }

  /// Whether places that lie in this lie in something hosted, its history aside.
  static boolean isContainer(String container) {
    return isSource(container) || container.startsWith(JOBS) || container.startsWith(GISTS);
  }

  /// Whether a name that is not listed any more is gone: jobs are listed as long as they run, and
  /// those of others not at all.
  static boolean tellsAllNames(String container) {
    return container.startsWith(SPACE) || container.startsWith(GITHUB);
  }

  /// What is read for a place: of a cluster, the namespace; of a repository's logs, the one.
  static String readAgain(Provenance.Setting place) {
    String container = place.container();
    if (container.startsWith(GITHUB) && ActionsLogSource.isPath(place.path())) {
      return container + "/" + place.path();
    }
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
      return spaces().run(name, EnumSet.of(HubRepository.Kind.SPACE));
    }
    GitHubScan scan = github();
    return name.contains("/")
        ? scan.run(List.of(scan.api().repository(name)), List.of(), ScanMemory.none())
        : scan.run(
            scan.api().repositories(name).stream()
                .filter(one -> !one.fork() && !one.archived())
                .toList(),
            List.of(name),
            ScanMemory.none());
  }

  /// What stands in a container still, its history aside.
  ScanResult again(String container) throws UserFault, SourceException, InterruptedException {
    String name = name(container);
    if (container.startsWith(K8S)) {
      return new KubernetesScan(wiring, detector, progress, threads).again(container);
    }
    if (container.startsWith(JOBS)) {
      return spaces().setUp(List.of(), List.of(name));
    }
    if (container.startsWith(SPACE)) {
      return spaces().setUp(List.of(spaces().hub().space(name)), List.of());
    }
    if (container.startsWith(GISTS)) {
      return github().gists(name);
    }
    String[] parts = name.split("/", 3);
    return parts.length == 3
        ? github().log(parts[0] + "/" + parts[1], parts[2])
        : github().texts(github().api().repository(name));
  }

  /// The history at an address of whoever hosts these; nothing elsewhere, since it may be a report
  /// that names the address.
  Optional<ScanResult> history(String address)
      throws UserFault, SourceException, InterruptedException {
    Optional<RemoteAddress> remote = RemoteAddress.parse(address);
    if (remote.isEmpty()) {
      return Optional.empty();
    }
    if (spaces().hub().hosts(remote.get())) {
      return Optional.of(cloned(remote.get(), spaces().hub().login()));
    }
    if (github().api().hosts(remote.get())) {
      return Optional.of(cloned(remote.get(), github().api().login()));
    }
    return Optional.empty();
  }

  private ScanResult cloned(RemoteAddress address, HostLogin login)
      throws UserFault, InterruptedException {
    return new CloneScan(wiring, detector, progress, threads).run(address, login);
  }

  @Override
  public void close() {
    if (spaces != null) {
      spaces.close();
    }
    if (github != null) {
      github.close();
    }
  }
}
