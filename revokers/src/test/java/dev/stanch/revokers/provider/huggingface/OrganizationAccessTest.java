package dev.stanch.revokers.provider.huggingface;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.Fault;
import dev.stanch.fixtures.RecordedRequest;
import dev.stanch.revokers.plan.Samples;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the administrators of an organization take from a token that lives on.
final class OrganizationAccessTest {
  private static final RevealPermit PERMIT = RevealPermit.grant("test");

  private FakeProvider fake;
  private Transport transport;

  @BeforeEach
  void start() throws Exception {
    fake = new FakeProvider("huggingface");
    transport = new Transport(Map.of(), "test", Time.system(), new SplittableRandom(1));
  }

  @AfterEach
  void stop() {
    transport.close();
    fake.close();
  }

  private Revoker revoker(Map<String, String> operator) {
    var provider = new HuggingFaceProvider();
    var http =
        new Http(
            transport,
            HostPolicy.of(provider.hosts(), List.of()),
            new Limiter(provider.limit(), Time.system()),
            HttpSettings.usual().withAttempts(1));
    return provider
        .revoker(
            new ProviderContext(
                http,
                Map.of("HF_ENDPOINT", fake.base("https://huggingface.co")),
                variable ->
                    Optional.ofNullable(operator.get(variable.name()))
                        .map(value -> new Secret(value.getBytes(ISO_8859_1))),
                InstantSource.system()))
        .orElseThrow();
  }

  private Map<String, String> operator(String organization) {
    return Map.of("HF_ORG", organization, "HF_ORG_ADMIN_TOKEN", fake.key("administrator").token());
  }

  private static HeldFinding held(FakeKey key) {
    return new HeldFinding(
        Samples.held("huggingface", 1).finding(), new Secret(key.token().getBytes(ISO_8859_1)));
  }

  @Test
  void takesOneOrganizationFromAToken() throws Exception {
    HeldFinding token = held(fake.key("live"));
    Revoker revoker = revoker(operator("acme"));
    var access = (Target.Located) revoker.access(token, PERMIT);
    assertThat(access.keyId()).isEqualTo("organization:acme");
    assertThat(access.tenant()).isEqualTo("acme");
    assertThat(access.actions()).isEqualTo(Set.of(Action.WITHDRAW));
    fake.forget();
    assertThat(withdraw(revoker, token, access)).isEqualTo(new ActionResult.Accepted());
    RecordedRequest sent = fake.requests().getLast();
    assertThat(sent.call())
        .isEqualTo("POST https://huggingface.co/api/organizations/acme/settings/tokens/revoke");
    assertThat(sent.headers()).containsEntry("authorization", "Bearer <administrator>");
    assertThat(sent.body()).isEqualTo("{\"token\":\"<live>\"}");
    assertThat(revoker.access(token, PERMIT)).isInstanceOf(Target.Foreign.class);
    assertThat(fake.key("live").state()).isNotEqualTo("revoked");
  }

  @Test
  void leavesOtherOrganizationsAndItsOwnTokenAlone() throws Exception {
    HeldFinding token = held(fake.key("live"));
    assertThat(revoker(operator("another")).access(token, PERMIT))
        .isInstanceOf(Target.Foreign.class);
    assertThat(revoker(operator("acme")).access(held(fake.key("administrator")), PERMIT))
        .isInstanceOf(Target.ByHandOnly.class);
    Target unset = revoker(Map.of()).access(token, PERMIT);
    assertThat(((Target.NeedsCredential) unset).variable().name()).isEqualTo("HF_ORG_ADMIN_TOKEN");
  }

  @Test
  void takesNoFaultForAnAnswer() throws Exception {
    HeldFinding token = held(fake.key("live"));
    Revoker revoker = revoker(operator("acme"));
    var access = (Target.Located) revoker.access(token, PERMIT);
    for (Fault fault : List.of(Fault.SERVER_ERROR, Fault.RESET, Fault.PORTAL, Fault.REDIRECT)) {
      fake.breakDown(fault);
      assertThat(revoker.access(token, PERMIT)).isInstanceOf(Target.Unclear.class);
      assertThat(withdraw(revoker, token, access)).isNotEqualTo(new ActionResult.Accepted());
      fake.heal();
    }
    assertThat(fake.key("live").state()).isEqualTo("live");
  }

  private static ActionResult withdraw(Revoker revoker, HeldFinding token, Target.Located what)
      throws InterruptedException {
    return revoker.act(Action.WITHDRAW, List.of(new Revoker.Targeted(token, what)), PERMIT);
  }
}
