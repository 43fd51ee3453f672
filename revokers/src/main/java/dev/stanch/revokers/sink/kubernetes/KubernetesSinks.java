package dev.stanch.revokers.sink.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.Time;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.SinkKind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys of Secrets in Kubernetes. The address is the place where `scan k8s` finds the token, with
/// its key. Facts:
/// <https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/secret-v1/>.
public final class KubernetesSinks implements SinkKind {
  static final AdminVariable LOGIN =
      new AdminVariable(
          "KUBECONFIG",
          "get and patch on secrets; list and patch on deployments, statefulsets and daemonsets;"
              + " list on pods, jobs and cronjobs");

  private static final Pattern WHERE =
      Pattern.compile("(\\S+)/([a-z0-9-]+)/Secret/([a-z0-9.-]+)#([A-Za-z0-9._-]+)");

  private final Time time;

  /// The kind; found by `ServiceLoader`.
  public KubernetesSinks() {
    this(Time.system());
  }

  /// @param time what a rollout is waited for by
  KubernetesSinks(Time time) {
    this.time = requireNonNull(time, "time");
  }

  @Override
  public String name() {
    return "k8s";
  }

  @Override
  public String usage() {
    return "k8s:CONTEXT/NAMESPACE/Secret/NAME#KEY";
  }

  @Override
  public List<AdminVariable> adminVariables() {
    return List.of(LOGIN);
  }

  @Override
  public Sink open(SinkAddress address, ProviderContext context) {
    Matcher where = WHERE.matcher(address.where());
    if (!where.matches()) {
      throw new IllegalArgumentException("not of the form " + usage());
    }
    return new KubernetesSink(
        address,
        new KubernetesSink.Place(where.group(1), where.group(2), where.group(3), where.group(4)),
        context,
        time);
  }
}
