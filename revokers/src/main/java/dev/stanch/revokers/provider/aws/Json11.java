package dev.stanch.revokers.provider.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Request;
import java.util.Set;

/// Speaks AWS's JSON protocol with one service: an action named in a header, signed.
///
/// @param service as signatures name it
/// @param target what stands before each action's name
record Json11(Http http, BaseUrl base, String region, String service, String target) {
  private static final Set<String> REFUSED =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException",
          "ExpiredTokenException",
          "AccessDeniedException");
  private static final Set<String> THROTTLED =
      Set.of("ThrottlingException", "Throttling", "RequestLimitExceeded", "TooManyUpdates");

  /// What came back.
  sealed interface Told {
    /// What the action documents.
    record Result(JsonNode json) implements Told {
      public Result {
        requireNonNull(json, "json");
      }
    }

    /// A refusal in AWS's own words, of which the name alone is kept.
    record Fault(String name) implements Told {
      boolean refused() {
        return REFUSED.contains(name);
      }

      boolean throttled() {
        return THROTTLED.contains(name);
      }
    }

    /// Neither.
    record Nothing(Outcome outcome) implements Told {}
  }

  /// Calls an action that changes nothing.
  Told ask(AccessKey signer, String action, ObjectNode fields) throws InterruptedException {
    return told(http.send(request(signer, action, fields).repeatable()));
  }

  /// Calls an action, once.
  Told act(AccessKey signer, String action, ObjectNode fields) throws InterruptedException {
    return told(http.send(request(signer, action, fields)));
  }

  private Request request(AccessKey signer, String action, ObjectNode fields) {
    return Request.post(base, "/")
        .body("application/x-amz-json-1.1", fields.toString().getBytes(UTF_8))
        .header("X-Amz-Target", target + "." + action)
        .signed(new SignatureVersion4(signer, region, service));
  }

  private static Told told(Outcome outcome) {
    if (!(outcome instanceof Answer answer) || !answer.json().isObject()) {
      return new Told.Nothing(outcome);
    }
    if (answer.status() == 200) {
      return new Told.Result(answer.json());
    }
    String type = answer.value("__type").orElse("");
    String name = type.substring(type.indexOf('#') + 1);
    return answer.status() >= 400 && answer.status() < 500 && name.matches("[A-Za-z0-9]{1,80}")
        ? new Told.Fault(name)
        : new Told.Nothing(outcome);
  }
}
