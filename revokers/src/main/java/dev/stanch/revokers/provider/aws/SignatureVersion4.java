package dev.stanch.revokers.provider.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stanch.detectors.http.Signer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/// Signs as AWS documents for calls of its query protocol:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html>. They have no query.
record SignatureVersion4(AccessKey key, String region, String service) implements Signer {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  @Override
  public Map<String, String> sign(Unsigned request, Instant now) {
    String time = TIME.format(now);
    var headers = new TreeMap<String, String>();
    request.headers().forEach((name, value) -> headers.put(lower(name), value.strip()));
    headers.put("host", request.host());
    headers.put("x-amz-date", time);
    key.session().ifPresent(session -> headers.put("x-amz-security-token", session));
    String signed = String.join(";", headers.keySet());
    String canonical =
        String.join(
            "\n",
            request.method().name(),
            request.path(),
            request.query(),
            headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining()),
            signed,
            DigestUtils.sha256Hex(request.body().bytes()));
    String scope = String.join("/", time.substring(0, 8), region, service, "aws4_request");
    String toSign = String.join("\n", ALGORITHM, time, scope, DigestUtils.sha256Hex(canonical));
    var added = new TreeMap<String, String>();
    added.put("X-Amz-Date", time);
    key.session().ifPresent(session -> added.put("X-Amz-Security-Token", session));
    added.put(
        "Authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(ALGORITHM, key.id(), scope, signed, signature(scope, toSign)));
    return added;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// Keys the text with the secret, by way of each piece of the scope.
  private String signature(String scope, String toSign) {
    byte[] secret = key.secret();
    byte[] prefix = "AWS4".getBytes(UTF_8);
    byte[] derived = Arrays.copyOf(prefix, prefix.length + secret.length);
    System.arraycopy(secret, 0, derived, prefix.length, secret.length);
    Arrays.fill(secret, (byte) 0);
    for (String piece : scope.split("/", -1)) {
      byte[] next = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, derived).hmac(piece);
      Arrays.fill(derived, (byte) 0);
      derived = next;
    }
    return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, derived).hmacHex(toSign);
  }
}
