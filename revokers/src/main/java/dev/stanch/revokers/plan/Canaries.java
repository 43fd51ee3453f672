package dev.stanch.revokers.plan;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Part;
import dev.stanch.revokers.spi.Identity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Decoys: tokens that raise an alarm when they are used, so that not even their provider is asked.
///
/// @param accounts the accounts they belong to: names, or AWS account numbers, which a key id holds
public record Canaries(List<String> accounts) {
  /// None that we know of.
  public static final Canaries NONE = new Canaries(List.of());

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int KEY_ID = 20;

  public Canaries {
    accounts = List.copyOf(accounts);
  }

  /// Whether a token is one, by what can be told without asking anybody.
  public boolean include(Finding finding) {
    return finding.parts().stream()
        .map(Part::value)
        .anyMatch(value -> awsAccount(value).filter(accounts::contains).isPresent());
  }

  /// Whether a token is one, by what its provider told.
  public boolean include(Identity identity) {
    return Stream.of(identity.owner(), identity.tenant())
        .filter(Objects::nonNull)
        .anyMatch(accounts::contains);
  }

  /// The account number inside an AWS access key id: 40 bits of the base 32 after its prefix.
  static Optional<String> awsAccount(String keyId) {
    if (keyId.length() != KEY_ID || !(keyId.startsWith("AKIA") || keyId.startsWith("ASIA"))) {
      return Optional.empty();
    }
    if (keyId.charAt(4) == 'I' || keyId.charAt(4) == 'J') {
      return Optional.empty(); // of an older scheme, which holds no account
    }
    long bits = 0;
    for (int i = 4; i < 14; i++) {
      int digit = BASE32.indexOf(keyId.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      bits = bits << 5 | digit;
    }
    // The first bit of ten characters is not the number's, the last nine neither.
    return Optional.of("%012d".formatted((bits & 0x1ffff_ffff_ffffL) >> 9));
  }
}
