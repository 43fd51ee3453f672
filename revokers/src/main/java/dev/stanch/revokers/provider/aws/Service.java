package dev.stanch.revokers.provider.aws;

import dev.stanch.detectors.http.BaseUrl;
import java.util.Locale;

/// A service of the query protocol.
enum Service {
  /// Who somebody is.
  STS("2011-06-15"),
  /// Keys and whose they are.
  IAM("2010-05-08");

  private final String version;

  Service(String version) {
    this.version = version;
  }

  String version() {
    return version;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  BaseUrl in(Partition partition) {
    return switch (this) {
      case STS -> partition.sts();
      case IAM -> partition.iam();
    };
  }
}
