package dev.stanch.cli.command;

import dev.stanch.cli.Environment;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.kubernetes.Cluster;
import dev.stanch.detectors.source.kubernetes.ClusterLogin;
import dev.stanch.detectors.source.kubernetes.ClusterSource;
import dev.stanch.detectors.source.kubernetes.ManifestSource;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// Scans of clusters and of manifests.
record KubernetesScan(Wiring wiring, Detector detector, ScanProgress progress, int threads) {
  private static final String ALL = "*";

  /// What is looked at in a cluster.
  ///
  /// @param context empty for the current one
  /// @param namespaces empty for the context's own; [#ALL] for all
  record Scope(String context, List<String> namespaces) {
    static Scope of(String name) {
      int slash = name.lastIndexOf('/'); // names of contexts may have some, namespaces have none
      String namespace = name.substring(slash + 1);
      return new Scope(
          slash < 0 ? "" : name.substring(0, slash),
          namespace.isEmpty() ? List.of() : List.of(namespace));
    }

    static Scope everywhere(String context) {
      return new Scope(context, List.of(ALL));
    }
  }

  /// Everything in a source that a person named: `NAMESPACE`, `CONTEXT/NAMESPACE`, where `*` stands
  /// for all namespaces, or a file or folder of manifests. Nothing stands for the current context's
  /// namespace.
  ScanResult everything(String name) throws UserFault, SourceException, InterruptedException {
    Environment environment = wiring.console().environment();
    if (name.startsWith("file:")) {
      return again("k8s:" + name);
    }
    try {
      Path file = environment.folder().resolve(name);
      if (!name.isEmpty() && !name.equals(ALL) && Files.exists(file)) {
        return scan(ManifestSource.of(List.of(file)));
      }
    } catch (InvalidPathException _) {
      // No path, so a namespace.
    }
    return cluster(Scope.of(name));
  }

  /// What stands in a container still.
  ScanResult again(String container) throws UserFault, SourceException, InterruptedException {
    if (ManifestSource.isContainer(container)) {
      var file = ManifestSource.again(container);
      if (file.isEmpty()) {
        throw new SourceException("gone: " + container.substring("k8s:".length()), "");
      }
      return scan(file.get());
    }
    return cluster(Scope.of(container.substring("k8s:".length())));
  }

  /// What a cluster holds.
  ScanResult cluster(Scope scope) throws UserFault, SourceException, InterruptedException {
    var environment = wiring.console().environment();
    var login = ClusterLogin.of(environment.variables(), environment.folder(), scope.context());
    var allowed = wiring.userConfiguration().allowedHosts();
    try (var transport = wiring.transport(login.variables(), login.tls());
        var cluster = Cluster.of(login, allowed, transport)) {
      return scan(
          scope.namespaces().contains(ALL)
              ? ClusterSource.ofAll(cluster)
              : ClusterSource.of(
                  cluster,
                  scope.namespaces().isEmpty() ? List.of(login.namespace()) : scope.namespaces()));
    }
  }

  /// What a source gives.
  ScanResult scan(Source source) throws UserFault, SourceException, InterruptedException {
    return wiring.scanner(detector, threads).scan(source, progress);
  }
}
