/// Kubernetes: the objects of a cluster, through fabric8's client, and those of manifests.
@org.jspecify.annotations.NullMarked
package dev.stanch.detectors.source.kubernetes;
