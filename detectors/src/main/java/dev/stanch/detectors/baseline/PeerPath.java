package dev.stanch.detectors.baseline;

/// Paths as other scanners write them.
final class PeerPath {
  private PeerPath() {}

  /// The path as ours are: with `/`, from the top of the repository.
  static String of(String path) {
    String plain = path.replace('\\', '/');
    while (plain.startsWith("./")) {
      plain = plain.substring(2);
    }
    return plain;
  }
}
