package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stanch.detectors.http.Signer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/// How a call is signed, where a provider wants that instead of a credential.
///
/// @param values that the scheme needs, by name
record Signature(Scheme scheme, Map<String, Template> values) {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  Signature {
    values = Map.copyOf(values);
  }

  /// The ways of signing that are known.
  enum Scheme {
    /// Tencent Cloud, version 3: <https://www.tencentcloud.com/document/product/845/32207>.
    TC3("id key service") {
      @Override
      Optional<Signer> signer(Map<String, String> with) {
        return Optional.of(
            new Tc3Signer(value(with, "id"), value(with, "key"), value(with, "service")));
      }
    },
    /// Alibaba Cloud, version 3:
    /// <https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature>.
    ACS3("id key") {
      @Override
      Optional<Signer> signer(Map<String, String> with) {
        return Optional.of(new Acs3Signer(value(with, "id"), value(with, "key")));
      }
    },
    /// Azure Storage with the key of an account, for reads without a body:
    /// <https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key>.
    SHARED_KEY("id key") {
      @Override
      Optional<Signer> signer(Map<String, String> with) {
        try {
          byte[] key = Base64.getDecoder().decode(value(with, "key"));
          return Optional.of(new SharedKeySigner(value(with, "id"), key));
        } catch (IllegalArgumentException _) { // its message repeats the key
          return Optional.empty();
        }
      }
    };

    private final String needs;

    /// @param needs names of the values that it takes
    Scheme(String needs) {
      this.needs = needs;
    }

    List<String> needs() {
      return List.of(needs.split(" ", -1));
    }

    /// Empty where the key is none of its kind.
    abstract Optional<Signer> signer(Map<String, String> with);

    private static String value(Map<String, String> with, String name) {
      return with.getOrDefault(name, "");
    }
  }

  Set<String> names() {
    var names = new TreeSet<String>();
    values.values().forEach(value -> names.addAll(value.names()));
    return names;
  }

  /// What signs; empty where a value is not there or the key is none.
  Optional<Signer> signer(Values known) {
    var filled = new LinkedHashMap<String, String>();
    for (var entry : values.entrySet()) {
      Optional<String> value = entry.getValue().fill(known);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      filled.put(entry.getKey(), value.get());
    }
    return scheme.signer(filled);
  }

  private static HmacUtils hmac(byte[] key) {
    return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key);
  }

  private static String header(Signer.Unsigned request, String name) {
    return request.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /// Not a record, which would print its key.
  private static final class Tc3Signer implements Signer {
    private static final String ALGORITHM = "TC3-HMAC-SHA256";

    private final String id;
    private final String secret;
    private final String service;

    Tc3Signer(String id, String secret, String service) {
      this.id = id;
      this.secret = secret;
      this.service = service;
    }

    @Override
    public Map<String, String> sign(Unsigned request, Instant now) {
      String canonical =
          String.join(
              "\n",
              request.method().name(),
              request.path(),
              request.query(),
              "content-type:" + header(request, "Content-Type").toLowerCase(Locale.ROOT),
              "host:" + request.host().toLowerCase(Locale.ROOT),
              "",
              "content-type;host",
              DigestUtils.sha256Hex(request.body().bytes()));
      String date = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(now);
      String scope = date + "/" + service + "/tc3_request";
      String time = Long.toString(now.getEpochSecond());
      String text = String.join("\n", ALGORITHM, time, scope, DigestUtils.sha256Hex(canonical));
      byte[] derived = ("TC3" + secret).getBytes(UTF_8);
      for (String piece : scope.split("/", -1)) {
        byte[] next = hmac(derived).hmac(piece);
        Arrays.fill(derived, (byte) 0);
        derived = next;
      }
      return Map.of(
          "X-TC-Timestamp",
          time,
          "Authorization",
          "%s Credential=%s/%s, SignedHeaders=content-type;host, Signature=%s"
              .formatted(ALGORITHM, id, scope, hmac(derived).hmacHex(text)));
    }
  }

  private static final class Acs3Signer implements Signer {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";

    private final String id;
    private final String secret;

    Acs3Signer(String id, String secret) {
      this.id = id;
      this.secret = secret;
    }

    @Override
    public Map<String, String> sign(Unsigned request, Instant now) {
      String hash = DigestUtils.sha256Hex(request.body().bytes());
      var added = new TreeMap<String, String>();
      added.put("x-acs-content-sha256", hash);
      added.put("x-acs-date", now.truncatedTo(ChronoUnit.SECONDS).toString());
      added.put("x-acs-signature-nonce", UUID.randomUUID().toString());
      var signed = new TreeMap<>(added);
      signed.put("host", request.host());
      request
          .headers()
          .forEach(
              (name, value) -> {
                if (name.startsWith("x-acs-")) {
                  signed.put(name, value.strip());
                }
              });
      String names = String.join(";", signed.keySet());
      String canonical =
          String.join(
              "\n",
              request.method().name(),
              request.path(),
              String.join("&", new TreeSet<>(List.of(request.query().split("&", -1)))),
              signed.entrySet().stream()
                  .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                  .collect(Collectors.joining()),
              names,
              hash);
      String text = ALGORITHM + "\n" + DigestUtils.sha256Hex(canonical);
      String signature = hmac(secret.getBytes(UTF_8)).hmacHex(text);
      added.put(
          "Authorization",
          "%s Credential=%s,SignedHeaders=%s,Signature=%s"
              .formatted(ALGORITHM, id, names, signature));
      return added;
    }
  }

  private static final class SharedKeySigner implements Signer {
    private final String account;
    private final byte[] key;

    SharedKeySigner(String account, byte[] key) {
      this.account = account;
      this.key = key;
    }

    @Override
    public Map<String, String> sign(Unsigned request, Instant now) {
      String date = HTTP_DATE.format(now);
      var resource = new StringBuilder("/" + account + request.path());
      for (String parameter : new TreeSet<>(List.of(request.query().split("&", -1)))) {
        resource.append('\n').append(parameter.replaceFirst("=", ":"));
      }
      // A read without a body leaves the eleven headers that may stand between empty.
      String text =
          request.method().name()
              + "\n".repeat(12)
              + "x-ms-date:"
              + date
              + "\nx-ms-version:"
              + header(request, "x-ms-version")
              + "\n"
              + resource;
      return Map.of(
          "x-ms-date",
          date,
          "Authorization",
          "SharedKey " + account + ":" + Base64.getEncoder().encodeToString(hmac(key).hmac(text)));
    }
  }
}
