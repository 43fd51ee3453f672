package dev.stanch.revokers.provider.huggingface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Credentials;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Sends tokens to `POST /api/credentials/revoke`: unauthenticated, by value, final. The answer is
/// always 202, whether or not the tokens existed, so only a probe afterwards proves anything.
final class HuggingFaceRevoker implements Revoker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_BATCH = 1000;

  private final Http http;
  private final BaseUrl base;
  private final OrganizationAccess access;

  HuggingFaceRevoker(Http http, BaseUrl base, Credentials credentials) {
    this.http = http;
    this.base = base;
    this.access = new OrganizationAccess(http, base, credentials);
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
  public Target access(HeldFinding token, RevealPermit permit) throws InterruptedException {
    return access.find(token, permit);
  }

  @Override
  public Tenant organization(RevealPermit permit) {
    return access.organization(permit);
  }

  @Override
  public ActionResult act(Action action, List<Targeted> batch, RevealPermit permit)
      throws InterruptedException {
    if (action == Action.WITHDRAW) {
      return access.withdraw(batch.getFirst().token(), batch.getFirst().key(), permit);
    }
    ObjectNode body = JSON.createObjectNode();
    var credentials = body.putArray("credentials");
    for (Targeted targeted : batch) {
      targeted
          .token()
          .secret()
          .reveal(permit, bytes -> credentials.add(new String(bytes, StandardCharsets.ISO_8859_1)));
    }
    Request request = Request.post(base, "/api/credentials/revoke").json(body);
    return switch (http.send(request)) {
      case Answer answer ->
          switch (answer.status()) {
            case 202 -> new ActionResult.Accepted();
            case 400, 422 -> new ActionResult.Refused(answer.reason());
            default -> ActionResult.undocumented(answer);
          };
      case Outcome other -> ActionResult.undocumented(other);
    };
  }
}
