/// Variables of GitLab's pipelines as sinks.
@NullMarked
package dev.stanch.revokers.sink.gitlab;

import org.jspecify.annotations.NullMarked;
