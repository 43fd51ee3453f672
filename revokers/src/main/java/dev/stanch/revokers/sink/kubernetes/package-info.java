/// Secrets of Kubernetes as sinks.
@NullMarked
package dev.stanch.revokers.sink.kubernetes;

import org.jspecify.annotations.NullMarked;
