package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.HostPattern;
import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.Method;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The descriptor against a Vault or OpenBao of the developer's: `STANCH_TEST_VAULT_ADDR` and a
/// root token of it in `STANCH_TEST_VAULT_TOKEN`, such as one in development mode. What the tests
/// make they end.
@NullUnmarked
final class VaultServerTest {
  private static final RevealPermit PERMIT = RevealPermit.grant("Vault test");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Transport transport;
  private Http http;
  private BaseUrl server;
  private String root;
  private Verifier verifier;
  private Revoker revoker;

  @BeforeEach
  void start() throws Exception {
    String address = System.getenv("STANCH_TEST_VAULT_ADDR");
    root = System.getenv("STANCH_TEST_VAULT_TOKEN");
    assumeTrue(address != null && root != null, "STANCH_TEST_VAULT_ADDR and …_TOKEN are not set");
    server = BaseUrl.parse(address);
    Provider vault = new PlainProviders().find(new ProviderId("vault")).orElseThrow();
    transport = new Transport(Map.of(), "test", Time.system(), new SplittableRandom(1));
    http =
        new Http(
            transport,
            HostPolicy.of(vault.hosts(), List.of(HostPattern.parse(server.host()))),
            new Limiter(RateLimit.of(1000, Duration.ofSeconds(1)), Time.system()),
            HttpSettings.usual());
    var context =
        new ProviderContext(
            http,
            Map.of("VAULT_ADDR", address),
            variable ->
                variable.name().equals("VAULT_TOKEN")
                    ? Optional.of(new Secret(root.getBytes(ISO_8859_1)))
                    : Optional.empty(),
            InstantSource.system());
    verifier = vault.verifier(context).orElseThrow();
    revoker = vault.revoker(context).orElseThrow();
  }

  @AfterEach
  void stop() {
    if (transport != null) {
      transport.close();
    }
  }

  private JsonNode call(Method method, String path, String json) throws Exception {
    Request request = Request.of(method, server, path).header("X-Vault-Token", root);
    var outcome = http.send(json.isEmpty() ? request : request.json(JSON.readTree(json)));
    assertThat(outcome).isInstanceOf(Answer.class);
    assertThat(((Answer) outcome).status()).as(path).isBetween(200, 204);
    return ((Answer) outcome).json();
  }

  private String token(String json) throws Exception {
    return call(Method.POST, "/v1/auth/token/create", json).at("/auth/client_token").asText();
  }

  private static HeldFinding found(String rule, String token) {
    return PlainBench.found("vault", rule, token, Map.of());
  }

  private static HeldFinding secretId(String token, String roleId) {
    return PlainBench.found("vault", "vault-approle-secret-id", token, Map.of("id", roleId));
  }

  private void ends(HeldFinding token) throws Exception {
    assertThat(verifier.verify(token, PERMIT).verdict()).isEqualTo("live");
    var located = (Target.Located) revoker.locate(token, PERMIT);
    var batch = List.of(new Revoker.Targeted(token, located));
    assertThat(revoker.act(Action.REVOKE, batch, PERMIT)).isEqualTo(new ActionResult.Accepted());
    assertThat(verifier.verify(token, PERMIT).verdict()).isEqualTo("dead");
    assertThat(revoker.act(Action.REVOKE, batch, PERMIT))
        .isInstanceOfAny(ActionResult.Accepted.class, ActionResult.AlreadyDone.class);
  }

  @Test
  void tokensEndThemselves() throws Exception {
    assertThat(verifier.control()).isEqualTo(new Verifier.Control.Genuine());
    ends(found("vault-service-token", token("{\"ttl\": \"5m\"}")));
  }

  @Test
  void tokensThatMayNotEndThemselvesAreEndedByAnAdministrator() throws Exception {
    String bare = "{\"ttl\": \"5m\", \"no_default_policy\": true, \"policies\": [\"nothing\"]}";
    ends(found("vault-service-token", token(bare)));
  }

  @Test
  void batchTokensAreLeftToTheirTime() throws Exception {
    String plain =
        "{\"ttl\": \"5m\", \"type\": \"batch\", \"policies\": [\"default\"]}"; // none is a root's
    HeldFinding batch = found("vault-batch-token", token(plain));
    assertThat(verifier.verify(batch, PERMIT).verdict()).isEqualTo("live");
    assertThat(revoker.locate(batch, PERMIT)).isInstanceOf(Target.ByHandOnly.class);
  }

  @Test
  void secretIdsOfRolesAreDestroyed() throws Exception {
    if (call(Method.GET, "/v1/sys/auth", "").path("approle/").isMissingNode()) {
      call(Method.POST, "/v1/sys/auth/approle", "{\"type\": \"approle\"}");
    }
    String role = "stanch-test-" + UUID.randomUUID();
    String path = "/v1/auth/approle/role/" + role;
    call(Method.POST, path, "{\"token_ttl\": \"5m\"}");
    String roleId = call(Method.GET, path + "/role-id", "").at("/data/role_id").asText();
    String known = call(Method.POST, path + "/secret-id", "{}").at("/data/secret_id").asText();
    String alone = call(Method.POST, path + "/secret-id", "{}").at("/data/secret_id").asText();

    ends(secretId(known, roleId));
    ends(found("vault-approle-secret-id", alone));
    HeldFinding madeUp = secretId(UUID.randomUUID().toString(), roleId);
    // Nobody saw it alive: it could be another role's.
    assertThat(verifier.verify(madeUp, PERMIT).verdict()).isEqualTo("unknown");
    assertThat(revoker.locate(madeUp, PERMIT)).isInstanceOf(Target.Foreign.class);
    call(Method.DELETE, path, "");
  }
}
