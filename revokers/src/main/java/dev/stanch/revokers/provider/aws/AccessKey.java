package dev.stanch.revokers.provider.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.RevealPermit;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An access key id with its secret, ready to sign. Prints the id alone.
final class AccessKey {
  private static final Pattern ID = Pattern.compile("A(?:KI|SI|BI|CC)A[A-Z0-9]{12,28}");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9/+=]{40}");

  private final String id;
  private final byte[] secret;
  private final @Nullable String session;

  /// @param session the session token of temporary credentials
  AccessKey(String id, byte[] secret, @Nullable String session) {
    this.id = requireNonNull(id, "id");
    this.secret = secret.clone();
    this.session = session;
  }

  /// The key id of a finding: its part, or the finding itself where no secret stood near it.
  static Optional<String> idOf(HeldFinding token, RevealPermit permit) {
    return token.finding().parts().stream()
        .filter(part -> part.name().equals("id"))
        .map(Part::value)
        .findFirst()
        .or(() -> Optional.of(text(token, permit)))
        .filter(id -> ID.matcher(id).matches());
  }

  /// Id and secret, where the finding has both.
  static Optional<AccessKey> of(HeldFinding token, RevealPermit permit) {
    return idOf(token, permit)
        .filter(_ -> SECRET.matcher(text(token, permit)).matches())
        .map(id -> token.secret().reveal(permit, bytes -> new AccessKey(id, bytes, null)));
  }

  private static String text(HeldFinding token, RevealPermit permit) {
    return token.secret().reveal(permit, bytes -> new String(bytes, ISO_8859_1));
  }

  /// Whether a key of this id ends by itself and works only with a session token.
  static boolean temporary(String id) {
    return id.startsWith("ASIA");
  }

  String id() {
    return id;
  }

  byte[] secret() {
    return secret.clone();
  }

  Optional<String> session() {
    return Optional.ofNullable(session);
  }

  /// Tells secrets of one id apart.
  int mark() {
    return Arrays.hashCode(secret);
  }

  @Override
  public String toString() {
    return "AccessKey[" + id + "]";
  }
}
