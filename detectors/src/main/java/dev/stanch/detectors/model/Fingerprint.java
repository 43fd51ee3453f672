package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The stable name of a token at a place: rule, repository, path and token id, but no line, commit,
/// host or absolute path. Index, history, checkout and clone of one repository give one fingerprint
/// under one key; moved lines keep it.
public record Fingerprint(String value) implements Comparable<Fingerprint> {
  private static final int DIGITS = 32;

  public Fingerprint {
    requireNonNull(value, "value");
    if (!value.startsWith("v1:")) {
      throw new IllegalArgumentException("fingerprint of an unknown version");
    }
  }

  /// The fingerprint of `token` under `rule` at `path`.
  ///
  /// @param repository the normalised origin of the repository, or empty where there is none
  /// @param path inside the repository, or inside what was scanned, with `/`
  public static Fingerprint of(RuleId rule, String repository, String path, TokenId token) {
    var digest = new Sha256();
    for (String field : new String[] {rule.value(), repository, path, token.value()}) {
      // No field holds a zero, so fields cannot run into each other.
      digest.update(field.getBytes(StandardCharsets.UTF_8)).update(new byte[1]);
    }
    return new Fingerprint("v1:" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS));
  }

  @Override
  public int compareTo(Fingerprint other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
