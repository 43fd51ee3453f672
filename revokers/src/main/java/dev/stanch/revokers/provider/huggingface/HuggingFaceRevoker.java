package dev.stanch.revokers.provider.huggingface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.http.Response;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Sends tokens to `POST /api/credentials/revoke`: unauthenticated, by value, final. The answer is
/// always 202, whether or not the tokens existed, so only a probe afterwards proves anything.
final class HuggingFaceRevoker implements Revoker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_BATCH = 1000;

  private final Http http;
  private final URI base;

  HuggingFaceRevoker(Http http, URI base) {
    this.http = http;
    this.base = base;
  }

  @Override
  public int largestBatch() {
    return LARGEST_BATCH;
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.REVOKE);
  }

  @Override
  public Target locate(HeldFinding token, RevealPermit permit) {
    return Target.byValue();
  }

  @Override
  public ActionResult act(Action action, List<Targeted> batch, RevealPermit permit)
      throws InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    var credentials = body.putArray("credentials");
    for (Targeted targeted : batch) {
      targeted
          .token()
          .secret()
          .reveal(permit, bytes -> credentials.add(new String(bytes, StandardCharsets.ISO_8859_1)));
    }
    try {
      Response response =
          http.send(Request.postJson(base.resolve("api/credentials/revoke"), body.toString()));
      return switch (response.status()) {
        case 202 -> new ActionResult.Accepted();
        case 400, 422 -> new ActionResult.Refused("answer " + response.status());
        default -> new ActionResult.Unclear("answer " + response.status());
      };
    } catch (IOException e) {
      return new ActionResult.Unclear("no answer: " + e.getClass().getSimpleName());
    }
  }
}
