package dev.stanch.revokers.provider.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Asks `GET /api/whoami-v2`.
final class HuggingFaceVerifier implements Verifier {
  private final Http http;
  private final BaseUrl base;

  HuggingFaceVerifier(Http http, BaseUrl base) {
    this.http = http;
    this.base = base;
  }

  @Override
  public Verification verify(HeldFinding token, RevealPermit permit) throws InterruptedException {
    Request request =
        token.secret().reveal(permit, bytes -> Request.get(base, "/api/whoami-v2").bearer(bytes));
    return switch (http.send(request)) {
      case Answer answer -> judge(answer);
      case Outcome other -> Verification.Unknown.undocumented(other);
    };
  }

  @Override
  public Control control() throws InterruptedException {
    // An open listing: no portal answers it with models.
    return switch (http.send(Request.get(base, "/api/models").query("limit", "1"))) {
      case Answer answer ->
          answer.status() == 200 && answer.json().isArray()
              ? new Control.Genuine()
              : new Control.Suspect("the list of models is not one: " + answer.reason());
      case Outcome other -> new Control.NoAnswer(other.reason());
    };
  }

  private static Verification judge(Answer answer) {
    return switch (answer.status()) {
      case 200 -> identity(answer);
      // A captive portal answers 401 too; the Hub says why in a header of its own.
      case 401 ->
          answer
              .header("x-error-message")
              .<Verification>map(
                  message ->
                      new Verification.Dead(
                          message.toLowerCase(Locale.ROOT).contains("expired")
                              ? "expired"
                              : "unknown or revoked"))
              .orElse(
                  new Verification.Unknown(
                      "a refusal that is not the Hub's", Verification.Retry.NEVER));
      case 403 ->
          answer.header("x-error-message").isPresent()
              ? new Verification.LiveBlocked(
                  Identity.UNTOLD, "refused by a policy of the account or organisation")
              : new Verification.Unknown(
                  "a refusal that is not the Hub's", Verification.Retry.NEVER);
      default -> Verification.Unknown.undocumented(answer);
    };
  }

  private static Verification identity(Answer answer) {
    return answer
        .value("name")
        .<Verification>map(
            name ->
                new Verification.Live(Identity.of(name, scopes(answer.find("auth.accessToken")))))
        .orElse(new Verification.Unknown("an answer without a name", Verification.Retry.NEVER));
  }

  private static List<String> scopes(JsonNode token) {
    String role = token.path("role").asText("");
    if (!role.equals("fineGrained")) {
      return role.isEmpty() ? List.of() : List.of(role);
    }
    var scopes = new ArrayList<String>();
    token.path("fineGrained").path("global").forEach(permission -> scopes.add(permission.asText()));
    for (JsonNode scoped : token.path("fineGrained").path("scoped")) {
      String entity = scoped.path("entity").path("name").asText("");
      scoped
          .path("permissions")
          .forEach(permission -> scopes.add(permission.asText() + " on " + entity));
    }
    return scopes;
  }
}
