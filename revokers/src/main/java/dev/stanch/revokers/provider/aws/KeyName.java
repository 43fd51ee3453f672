package dev.stanch.revokers.provider.aws;

import java.util.Optional;

/// What it takes to act on a key: `aws/alice/AKIA…`. Names of users hold no slash.
record KeyName(String partition, String user, String id) {
  static Optional<KeyName> parse(String text) {
    String[] parts = text.split("/", -1);
    return parts.length == 3
        ? Optional.of(new KeyName(parts[0], parts[1], parts[2]))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return partition + "/" + user + "/" + id;
  }
}
