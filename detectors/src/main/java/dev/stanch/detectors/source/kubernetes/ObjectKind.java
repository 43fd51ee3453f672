package dev.stanch.detectors.source.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/// The kinds of objects that are asked for: whatever holds a secret, starts a container, or keeps
/// what one was started with.
public enum ObjectKind {
  /// First, so that it is known what the others refer to.
  SECRET("", "v1", "Secret", "secrets"),
  CONFIG_MAP("", "v1", "ConfigMap", "configmaps"),
  POD("", "v1", "Pod", "pods"),
  POD_TEMPLATE("", "v1", "PodTemplate", "podtemplates"),
  REPLICATION_CONTROLLER("", "v1", "ReplicationController", "replicationcontrollers"),
  SERVICE("", "v1", "Service", "services"),
  SERVICE_ACCOUNT("", "v1", "ServiceAccount", "serviceaccounts"),
  DEPLOYMENT("apps", "v1", "Deployment", "deployments"),
  STATEFUL_SET("apps", "v1", "StatefulSet", "statefulsets"),
  DAEMON_SET("apps", "v1", "DaemonSet", "daemonsets"),
  REPLICA_SET("apps", "v1", "ReplicaSet", "replicasets"),
  CONTROLLER_REVISION("apps", "v1", "ControllerRevision", "controllerrevisions"),
  JOB("batch", "v1", "Job", "jobs"),
  CRON_JOB("batch", "v1", "CronJob", "cronjobs"),
  INGRESS("networking.k8s.io", "v1", "Ingress", "ingresses");

  private final String group;
  private final String version;
  private final String kind;
  private final String plural;

  ObjectKind(String group, String version, String kind, String plural) {
    this.group = group;
    this.version = version;
    this.kind = kind;
    this.plural = plural;
  }

  /// What manifests call it.
  public String kind() {
    return kind;
  }

  /// What addresses and rights call it.
  public String plural() {
    return plural;
  }

  ResourceDefinitionContext context() {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
