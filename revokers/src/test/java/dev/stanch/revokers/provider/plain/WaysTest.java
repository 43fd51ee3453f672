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
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A token that its holder may end, or else an administrator.
final class WaysTest {
  private static final RevealPermit PERMIT = RevealPermit.grant("test");

  @Test
  void theHolderGoesFirst() throws Exception {
    try (var fake = new FakeProvider("vault");
        Transport transport = transport()) {
      Revoker revoker = revoker(fake, transport, Map.of("VAULT_TOKEN", fake.key("admin").token()));
      var located = (Target.Located) revoker.locate(found(fake, fake.key("live")), PERMIT);
      assertThat(located.keyId()).isEqualTo(Target.BY_VALUE);
      assertThat(located.tenant()).isNull();
      assertThat(revoker.tenant(PERMIT)).isInstanceOf(Tenant.Known.class);
    }
  }

  @Test
  void whatAnotherWayWouldNeedIsNotMissed() throws Exception {
    try (var fake = new FakeProvider("github");
        Transport transport = transport()) {
      Revoker revoker = revoker(fake, transport, Map.of());
      assertThat(revoker.tenant(PERMIT)).isEqualTo(new Tenant.None());
      assertThat(revoker.locate(found(fake, fake.key("live-oauth")), PERMIT))
          .isInstanceOf(Target.Located.class);
    }
  }

  @Test
  void aRefusalLeavesItToTheNextWay() throws Exception {
    try (var fake = new FakeProvider("vault");
        Transport transport = transport()) {
      FakeKey key = fake.key("without-default");
      HeldFinding token = found(fake, key);
      Revoker revoker = revoker(fake, transport, Map.of("VAULT_TOKEN", fake.key("admin").token()));
      var located = (Target.Located) revoker.locate(token, PERMIT);
      assertThat(located.keyId()).isEqualTo(Target.BY_VALUE);
      assertThat(located.otherwise())
          .containsExactly("administrator:" + key.fields().path("accessor").asText());
      assertThat(revoker.act(Action.REVOKE, List.of(new Revoker.Targeted(token, located)), PERMIT))
          .isEqualTo(new ActionResult.Accepted());
      assertThat(key.state()).isEqualTo("revoked");
    }
  }

  @Test
  void aRefusalIsTheEndWhereNoOtherWayWasPlanned() throws Exception {
    try (var fake = new FakeProvider("vault");
        Transport transport = transport()) {
      FakeKey key = fake.key("without-default");
      HeldFinding token = found(fake, key);
      Revoker bare = revoker(fake, transport, Map.of());
      var planned = (Target.Located) bare.locate(token, PERMIT);
      Revoker admin = revoker(fake, transport, Map.of("VAULT_TOKEN", fake.key("admin").token()));
      String another = "administrator:" + fake.key("live").fields().path("accessor").asText();
      for (var agreed : List.of(planned, planned.withOtherwise(List.of(another)))) {
        assertThat(admin.act(Action.REVOKE, List.of(new Revoker.Targeted(token, agreed)), PERMIT))
            .isInstanceOf(ActionResult.Refused.class);
      }
      assertThat(key.state()).isEqualTo("denied");
      assertThat(fake.key("live").state()).isEqualTo("live");
    }
  }

  @Test
  void theOwnerOfAnApplicationEndsItsTokens() throws Exception {
    try (var fake = new FakeProvider("github");
        Transport transport = transport()) {
      FakeKey key = fake.key("live-oauth");
      FakeKey client = fake.key("client-id");
      FakeKey secret = fake.key("client-secret");
      Revoker revoker =
          revoker(
              fake,
              transport,
              Map.of(
                  client.variable(), client.token(),
                  secret.variable(), secret.token()));
      var located = new Target.Located("application:by-value", null, null, null, List.of());
      fake.forget();
      assertThat(
              revoker.act(
                  Action.REVOKE, List.of(new Revoker.Targeted(found(fake, key), located)), PERMIT))
          .isEqualTo(new ActionResult.Accepted());
      assertThat(key.state()).isEqualTo("revoked");
      assertThat(fake.requests()).hasSize(1);
      assertThat(fake.requests().getFirst().call())
          .isEqualTo("DELETE https://api.github.com/applications/<client-id>/token");
      assertThat(fake.requests().getFirst().headers())
          .containsEntry("authorization", "Basic <client-id>:<client-secret>");
      assertThat(fake.requests().getFirst().body())
          .isEqualTo("{\"access_token\":\"<live-oauth>\"}");
    }
  }
}
