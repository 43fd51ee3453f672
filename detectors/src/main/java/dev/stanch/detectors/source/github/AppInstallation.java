package dev.stanch.detectors.source.github;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What GitHub says of an App and of where it is installed.
///
/// @param app its name
/// @param account whose repositories it was given
/// @param repositories `all` of them, or those that were `selected`
/// @param permissions what it may do there, such as `contents` and `read`
/// @param suspended whether its owner has switched it off
public record AppInstallation(
    String app,
    String account,
    String repositories,
    SortedMap<String, String> permissions,
    boolean suspended) {
  public AppInstallation {
    requireNonNull(app, "app");
    requireNonNull(account, "account");
    requireNonNull(repositories, "repositories");
    permissions = Collections.unmodifiableSortedMap(new TreeMap<>(permissions));
  }
}
