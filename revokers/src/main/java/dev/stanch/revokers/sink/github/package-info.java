/// Secrets of GitHub's Actions, Dependabot and Codespaces as sinks.
@NullMarked
package dev.stanch.revokers.sink.github;

import org.jspecify.annotations.NullMarked;
