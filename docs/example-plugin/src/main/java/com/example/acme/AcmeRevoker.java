package com.example.acme;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import java.util.List;
import java.util.Set;

/// Lets a token end itself: `DELETE /v1/tokens/self`.
final class AcmeRevoker implements Revoker {
  private final Http http;
  private final BaseUrl base;

  AcmeRevoker(Http http, BaseUrl base) {
    this.http = http;
    this.base = base;
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.REVOKE);
  }

  @Override
  public Target locate(HeldFinding token, RevealPermit permit) {
    return Target.byValue(); // the call takes the token itself: there is nothing to look up
  }

  @Override
  public ActionResult act(Action action, List<Targeted> batch, RevealPermit permit)
      throws InterruptedException {
    HeldFinding token = batch.getFirst().token(); // one a call: `largestBatch` is 1
    Request request =
        token
            .secret()
            .reveal(permit, bytes -> Request.delete(base, "/v1/tokens/self").bearer(bytes));
    return switch (http.send(request)) {
      case Answer answer when answer.status() == 204 -> new ActionResult.Accepted();
      case Answer answer
          when answer.status() == 401
              && answer.value("error").filter("unknown_token"::equals).isPresent() ->
          new ActionResult.AlreadyDone("no such token any more");
      case Outcome other -> ActionResult.undocumented(other);
    };
  }
}
