package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.kubernetes.ManifestSource;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Scans a Kubernetes cluster.
@Command(
    name = "k8s",
    description = "Finds tokens in a Kubernetes cluster, or in manifests and dumps of one.",
    footer = {
      "",
      "Reads Secrets (decoded), ConfigMaps, the environment, commands and annotations of pods and",
      "of what makes pods, with old revisions; releases of Helm, unpacked; the manifest that",
      "`kubectl apply` keeps in an annotation. What a container is given from a Secret is a place",
      "of the token too. A kind that you may not list is a skip, and the exit code is 3.",
      "",
      "The cluster and the login are those of kubectl: the files of KUBECONFIG, ~/.kube/config, or",
      "what a pod is given. The program that a kubeconfig names for its credential is run.",
      "",
      "Examples:",
      "  stanch scan k8s",
      "  stanch scan k8s --context prod --all-namespaces --format jsonl",
      "  stanch scan k8s --namespace web --namespace jobs",
      "  stanch scan k8s --file deploy/",
      "  kubectl get secrets,pods -A -o yaml > dump.yaml && stanch scan k8s --file dump.yaml",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanK8sCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The context of the kubeconfig (default: the current one).")
  private String context;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "A namespace (default: the context's own); may be repeated.")
  private List<String> namespaces = List.of();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Every namespace.")
  private boolean all;

  @Option(
      names = "--file",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Manifests, or a folder of them, instead of a cluster.")
  private List<Path> files = List.of();

  @Mixin private ScanOptions scan;
  @Mixin private ScanOnlyOptions only;
  @Mixin private ReportOptions report;

  ScanK8sCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    if (all && !namespaces.isEmpty()) {
      throw UserFault.of(ExitCode.USAGE, "--all-namespaces and --namespace exclude each other");
    }
    if (!files.isEmpty() && (all || !namespaces.isEmpty() || !context.isEmpty())) {
      throw UserFault.of(
          ExitCode.USAGE, "--file excludes --context, --namespace and --all-namespaces");
    }
    return new ScanRun(wiring, scan, only, report).run(this::scan);
  }

  private ScanResult scan(Detector detector, ScanProgress progress)
      throws UserFault, SourceException, InterruptedException {
    var kubernetes = new KubernetesScan(wiring, detector, progress, scan.threads());
    if (!files.isEmpty()) {
      Path folder = wiring.console().environment().folder();
      return kubernetes.scan(ManifestSource.of(files.stream().map(folder::resolve).toList()));
    }
    return kubernetes.cluster(
        all
            ? KubernetesScan.Scope.everywhere(context)
            : new KubernetesScan.Scope(context, namespaces));
  }
}
