package com.example.acme;

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
import java.util.List;

/// Asks `GET /v1/whoami`.
final class AcmeVerifier implements Verifier {
  private final Http http;
  private final BaseUrl base;

  AcmeVerifier(Http http, BaseUrl base) {
    this.http = http;
    this.base = base;
  }

  @Override
  public Verification verify(HeldFinding token, RevealPermit permit) throws InterruptedException {
    // The token is in hand inside `reveal` alone; a request copies it and never prints it.
    Request request =
        token.secret().reveal(permit, bytes -> Request.get(base, "/v1/whoami").bearer(bytes));
    return switch (http.send(request)) {
      case Answer answer when answer.status() == 200 && answer.value("user").isPresent() ->
          new Verification.Live(Identity.of(answer.value("user").get(), scopes(answer)));
      case Answer answer when said(answer, 403, "suspended") ->
          new Verification.LiveBlocked(Identity.UNTOLD, "its owner is suspended");
      case Answer answer when said(answer, 401, "unknown_token") ->
          new Verification.Dead("unknown or revoked");
      // Whatever is not documented tells nothing: a 401 alone could be a proxy's.
      case Outcome other -> Verification.Unknown.undocumented(other);
    };
  }

  private static boolean said(Answer answer, int status, String error) {
    return answer.status() == status && answer.value("error").filter(error::equals).isPresent();
  }

  private static List<String> scopes(Answer answer) {
    return answer.find("scopes").valueStream().map(scope -> scope.asText()).toList();
  }

  @Override
  public Control control() throws InterruptedException {
    // Anybody may ask for the version, and nobody else answers with this service's name.
    return switch (http.send(Request.get(base, "/v1/version"))) {
      case Answer answer ->
          answer.value("service").filter("acme-deploy"::equals).isPresent()
              ? new Control.Genuine()
              : new Control.Suspect("the version is not that of Acme Deploy");
      case Outcome other -> new Control.NoAnswer(other.reason());
    };
  }
}
