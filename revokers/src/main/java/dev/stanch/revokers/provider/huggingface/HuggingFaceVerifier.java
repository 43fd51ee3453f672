package dev.stanch.revokers.provider.huggingface;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.http.Response;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Asks `GET /api/whoami-v2`.
final class HuggingFaceVerifier implements Verifier {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Http http;
  private final URI base;

  HuggingFaceVerifier(Http http, URI base) {
    this.http = http;
    this.base = base;
  }

  @Override
  public Verification verify(HeldFinding token, RevealPermit permit) throws InterruptedException {
    Request request =
        token
            .secret()
            .reveal(
                permit,
                bytes ->
                    Request.get(base.resolve("api/whoami-v2"))
                        .header(
                            "Authorization",
                            "Bearer " + new String(bytes, StandardCharsets.ISO_8859_1)));
    try {
      return judge(http.send(request));
    } catch (IOException e) {
      return new Verification.Unknown(
          "no answer: " + e.getClass().getSimpleName(), Verification.Retry.LATER);
    }
  }

  @Override
  public Control control() throws InterruptedException {
    // An open listing: no portal answers it with models.
    try {
      Response response = http.send(Request.get(base.resolve("api/models?limit=1")));
      return response.status() == 200 && JSON.readTree(response.text()).isArray()
          ? new Control.Genuine()
          : new Control.Suspect("the list of models is answered with " + response.status());
    } catch (JsonProcessingException _) {
      return new Control.Suspect("the list of models is not JSON");
    } catch (IOException e) {
      return new Control.NoAnswer(e.getClass().getSimpleName());
    }
  }

  private static Verification judge(Response response) {
    return switch (response.status()) {
      case 200 -> identity(response.text());
      // A captive portal answers 401 too; the Hub says why in a header of its own.
      case 401 ->
          response
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
          new Verification.LiveBlocked(
              Identity.UNTOLD, "refused by a policy of the account or organisation");
      case 429 -> new Verification.Unknown("rate limited", Verification.Retry.LATER);
      default ->
          new Verification.Unknown(
              "answer " + response.status(),
              response.status() >= 500 ? Verification.Retry.LATER : Verification.Retry.NEVER);
    };
  }

  private static Verification identity(String body) {
    try {
      JsonNode who = JSON.readTree(body);
      String name = who.path("name").asText("");
      if (name.isEmpty()) {
        return new Verification.Unknown("an answer without a name", Verification.Retry.NEVER);
      }
      return new Verification.Live(Identity.of(name, scopes(who.path("auth").path("accessToken"))));
    } catch (JsonProcessingException _) {
      return new Verification.Unknown("an answer that is not JSON", Verification.Retry.NEVER);
    }
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
