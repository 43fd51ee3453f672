package dev.stanch.revokers.provider.huggingface;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Credentials;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import java.util.List;
import java.util.Set;

/// What an organization of the Enterprise plan lets tokens of its members reach, and how its
/// administrators take that from them, by value:
/// <https://huggingface.co/docs/hub/enterprise-tokens-management>. The Hub's OpenAPI names the same
/// call by id; which listing gives the id no document says, so it is not made.
final class OrganizationAccess {
  static final AdminVariable ADMINISTRATOR =
      new AdminVariable(
          "HF_ORG_ADMIN_TOKEN",
          "a token of an administrator of the organization",
          false,
          AdminVariable.Need.WITHDRAWING);
  static final AdminVariable NAME =
      new AdminVariable(
          "HF_ORG",
          "no right: the organization that tokens are to reach no more",
          false,
          AdminVariable.Need.WITHDRAWING);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Target.Lot ALONE = new Target.Lot("organization", 1);
  private static final String KEY = "organization:";

  private final Http http;
  private final BaseUrl base;
  private final Credentials credentials;

  OrganizationAccess(Http http, BaseUrl base, Credentials credentials) {
    this.http = http;
    this.base = base;
    this.credentials = credentials;
  }

  Tenant organization(RevealPermit permit) {
    return credentials
        .find(NAME)
        .map(name -> name.reveal(permit, bytes -> new String(bytes, ISO_8859_1)))
        .<Tenant>map(name -> new Tenant.Known(name, name))
        .orElse(new Tenant.Missing(NAME));
  }

  /// What the token itself says that it reaches.
  Target find(HeldFinding token, RevealPermit permit) throws InterruptedException {
    Secret administrator = credentials.find(ADMINISTRATOR).orElse(null);
    if (administrator == null) {
      return new Target.NeedsCredential(ADMINISTRATOR);
    }
    Secret name = credentials.find(NAME).orElse(null);
    if (name == null) {
      return new Target.NeedsCredential(NAME);
    }
    if (administrator.sameAs(token.secret())) {
      return new Target.ByHandOnly("the Hub takes no access from the token that makes the call");
    }
    String organization = name.reveal(permit, bytes -> new String(bytes, ISO_8859_1));
    Request request =
        token.secret().reveal(permit, bytes -> Request.get(base, "/api/whoami-v2").bearer(bytes));
    return switch (http.send(request)) {
      case Answer answer when answer.status() == 200 && answer.find("orgs").isArray() ->
          reaches(answer.find("orgs"), organization);
      case Outcome other -> new Target.Unclear(other.reason());
    };
  }

  private static Target reaches(JsonNode organizations, String wanted) {
    for (JsonNode each : organizations) {
      if (!each.path("name").asText().equalsIgnoreCase(wanted)) {
        continue;
      }
      for (JsonNode restriction : each.path("securityRestrictions")) {
        if (restriction.asText().equals("token-revoked")) {
          return new Target.Foreign("it was taken from the token: " + wanted);
        }
      }
      return new Target.Located(
          KEY + wanted, wanted, null, null, List.of(), Set.of(Action.WITHDRAW), List.of(), ALONE);
    }
    return new Target.Foreign("the token's owner is no member of " + wanted);
  }

  ActionResult withdraw(HeldFinding token, Target.Located key, RevealPermit permit)
      throws InterruptedException {
    Secret administrator = credentials.find(ADMINISTRATOR).orElse(null);
    if (administrator == null || !key.keyId().startsWith(KEY)) {
      return new ActionResult.Refused("not an access that can be taken from here");
    }
    var body = JSON.createObjectNode();
    token.secret().reveal(permit, bytes -> body.put("token", new String(bytes, ISO_8859_1)));
    Request request =
        administrator.reveal(
            permit,
            bytes ->
                Request.post(
                        base,
                        "/api/organizations/{}/settings/tokens/revoke",
                        key.keyId().substring(KEY.length()))
                    .bearer(bytes)
                    .json(body));
    return switch (http.send(request)) {
      // Which 2xx no document says; whether the token reaches it still, the token does.
      case Answer answer when answer.status() / 100 == 2 -> new ActionResult.Accepted();
      case Answer answer
          when answer.status() == 400
              || answer.status() == 401
              || answer.status() == 403
              || answer.status() == 404 ->
          new ActionResult.Refused(answer.reason());
      case Outcome other -> ActionResult.undocumented(other);
    };
  }
}
