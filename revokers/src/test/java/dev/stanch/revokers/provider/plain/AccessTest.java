package dev.stanch.revokers.provider.plain;

import static dev.stanch.revokers.provider.plain.PlainBench.found;
import static dev.stanch.revokers.provider.plain.PlainBench.revoker;
import static dev.stanch.revokers.provider.plain.PlainBench.transport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.RecordedRequest;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What an organization takes from a token that lives on.
final class AccessTest {
  private static final RevealPermit PERMIT = RevealPermit.grant("test");

  private static Map<String, String> operator(FakeProvider fake) {
    var operator = new HashMap<String, String>();
    for (FakeKey key : fake.keys()) {
      if (!key.variable().isEmpty()) {
        operator.put(key.variable(), key.token());
      }
    }
    return operator;
  }

  @Test
  void aPersonSaysWhichGrantAFineGrainedTokenHas() throws Exception {
    try (var fake = new FakeProvider("github");
        Transport transport = transport()) {
      HeldFinding token = found(fake, fake.key("live-fine-grained"));
      Revoker revoker = revoker(fake, transport, operator(fake));
      List<Target.Listed> grants = ((Target.Ambiguous) revoker.access(token, PERMIT)).keys();
      // Of its owner alone, of all pages.
      assertThat(grants)
          .extracting(each -> each.key().keyId())
          .containsExactly("grant:" + id(fake, "grant"), "grant:" + id(fake, "another-grant"));
      assertThat(grants).extracting(Target.Listed::name).doesNotContainNull();
      Target.Located grant = grants.getFirst().key();
      assertThat(grant.tenant()).isEqualTo("acme");
      assertThat(grant.actions()).isEqualTo(Set.of(Action.WITHDRAW));
      fake.forget();
      assertThat(withdraw(revoker, token, grant)).isEqualTo(new ActionResult.Accepted());
      RecordedRequest sent = fake.requests().getLast();
      assertThat(sent.call())
          .isEqualTo(
              "POST https://api.github.com/orgs/acme/personal-access-tokens/" + id(fake, "grant"));
      assertThat(sent.headers()).containsEntry("authorization", "Bearer <app-of-organization>");
      assertThat(sent.body()).isEqualTo("{\"action\":\"revoke\"}");
      assertThat(((Target.Ambiguous) revoker.access(token, PERMIT)).keys())
          .noneMatch(each -> each.key().keyId().equals(grant.keyId()));
      assertThat(fake.key("live-fine-grained").state()).isEqualTo("live");
      assertThat(fake.key("another-grant").state()).isEqualTo("live");
    }
  }

  @Test
  void theEndOfAClassicTokenTellsItsAuthorization() throws Exception {
    try (var fake = new FakeProvider("github");
        Transport transport = transport()) {
      HeldFinding token = found(fake, fake.key("live"));
      Revoker revoker = revoker(fake, transport, operator(fake));
      var authorization = (Target.Located) revoker.access(token, PERMIT);
      fake.forget();
      assertThat(withdraw(revoker, token, authorization)).isEqualTo(new ActionResult.Accepted());
      assertThat(fake.requests().getLast().call())
          .isEqualTo(
              "DELETE https://api.github.com/orgs/acme/credential-authorizations/"
                  + id(fake, "authorized"));
      assertThat(fake.requests().getLast().headers())
          .containsEntry("authorization", "Bearer <owner-of-organization>");
      // SSH keys that are listed too show nothing of tokens.
      assertThat(revoker.access(token, PERMIT)).isInstanceOf(Target.Foreign.class);
      assertThat(fake.key("live").state()).isEqualTo("live");
      assertThat(fake.key("another-authorized").state()).isEqualTo("live");
    }
  }

  @Test
  void namesTheCredentialThatIsMissing() throws Exception {
    try (var fake = new FakeProvider("github");
        Transport transport = transport()) {
      Revoker revoker = revoker(fake, transport, Map.of("GITHUB_ORG", "acme"));
      Target fineGrained = revoker.access(found(fake, fake.key("live-fine-grained")), PERMIT);
      assertThat(((Target.NeedsCredential) fineGrained).variable().name())
          .isEqualTo("GITHUB_ORG_APP_TOKEN");
      Target classic = revoker.access(found(fake, fake.key("live")), PERMIT);
      assertThat(((Target.NeedsCredential) classic).variable().name())
          .isEqualTo("GITHUB_ORG_OWNER_TOKEN");
      assertThat(revoker.access(found(fake, fake.key("live-installation")), PERMIT))
          .isInstanceOf(Target.ByHandOnly.class);
    }
  }

  private static ActionResult withdraw(Revoker revoker, HeldFinding token, Target.Located what)
      throws InterruptedException {
    return revoker.act(Action.WITHDRAW, List.of(new Revoker.Targeted(token, what)), PERMIT);
  }

  private static String id(FakeProvider fake, String role) {
    return fake.key(role).fields().path("id").asText();
  }
}
