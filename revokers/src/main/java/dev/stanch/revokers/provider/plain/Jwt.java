package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.http.RsaKey;
import dev.stanch.revokers.provider.plain.Descriptor.Assertion;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// JSON Web Tokens: those that we make, and the claims of those that were found.
final class Jwt {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Longer than a clock that is a little off and a slow call, shorter than any provider allows.
  private static final Duration LIFE = Duration.ofMinutes(10);

  private Jwt() {}

  /// One that says what an assertion says, valid from now; empty where a value is not there or the
  /// key is none.
  static Optional<String> make(Assertion assertion, Values values, Instant now) {
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    for (var claim : assertion.claims().entrySet()) {
      Optional<String> value = claim.getValue().fill(values);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      claims.put(claim.getKey(), value.get());
    }
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(LIFE).getEpochSecond());
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.put("alg", "RS256").put("typ", "JWT");
    Optional<String> keyId = assertion.keyId().fill(values);
    Optional<RsaKey> key = assertion.key().fill(values).flatMap(RsaKey::parse);
    if (keyId.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    header.put("kid", keyId.get());
    String text = encoded(header.toString().getBytes(UTF_8)) + "." + encoded(bytes(claims));
    return Optional.of(text + "." + encoded(key.get().sign(text)));
  }

  private static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(UTF_8);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The claim at a JSON pointer. Nobody has checked the signature: it says what the token is, and
  /// proves nothing.
  static Optional<String> claim(String token, String pointer) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3 || !pointer.startsWith("/")) {
      return Optional.empty();
    }
    try {
      JsonNode claim = JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).at(pointer);
      return claim.isValueNode() && !claim.isNull()
          ? Optional.of(claim.asText())
          : Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException _) { // messages repeat the token
      return Optional.empty();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("an array cannot fail to be read", e);
    }
  }
}
