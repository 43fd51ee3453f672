package dev.stanch.revokers.provider.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The provider against an AWS that somebody else wrote, with signatures checked.
@NullUnmarked
final class AwsMotoTest {
  private static final RevealPermit PERMIT = RevealPermit.grant("moto test");
  private static final String ALL =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\","
          + "\"Resource\":\"*\"}]}";

  private MotoServer moto;
  private AwsBench bench;
  private Query query;
  private Partition partition;

  @BeforeEach
  void start() throws Exception {
    moto = MotoServer.start().orElse(null);
    assumeTrue(moto != null, "python3 with moto[server] is not installed");
    bench = new AwsBench();
    partition = new Partition("aws", moto.base(), moto.base(), "us-east-1");
    query = new Query(bench.http());
  }

  @AfterEach
  void stop() throws Exception {
    if (moto != null) {
      bench.close();
      moto.close();
    }
  }

  /// Makes a user with a key, who may do everything.
  private AccessKey user(String name) throws InterruptedException {
    var anybody = new AccessKey("AKIA" + "0".repeat(16), new byte[40], null);
    ask(anybody, "CreateUser", Map.of("UserName", name));
    ask(
        anybody,
        "PutUserPolicy",
        Map.of("UserName", name, "PolicyName", "all", "PolicyDocument", ALL));
    Reply.Told made = ask(anybody, "CreateAccessKey", Map.of("UserName", name));
    return new AccessKey(
        made.text("AccessKeyId").orElseThrow(),
        made.text("SecretAccessKey").orElseThrow().getBytes(ISO_8859_1),
        null);
  }

  private Reply.Told ask(AccessKey signer, String action, Map<String, String> fields)
      throws InterruptedException {
    return (Reply.Told) query.ask(Service.IAM, partition, signer, action, new TreeMap<>(fields));
  }

  /// From now on moto checks signatures and policies.
  private void enforce() throws InterruptedException {
    Request request =
        Request.post(moto.base(), "/moto-api/reset-auth").body("text/plain", "0".getBytes(UTF_8));
    assertThat(((Answer) bench.http().send(request)).status()).isEqualTo(200);
  }

  private ProviderContext context(Optional<AccessKey> operator) {
    return bench.context(Map.of("AWS_ENDPOINT_URL", moto.base().toString()), operator);
  }

  private String status(AccessKey operator, String user) throws InterruptedException {
    return ask(operator, "ListAccessKeys", Map.of("UserName", user)).text("Status").orElse("none");
  }

  @Test
  void verifiesSwitchesOffAndOnAndDeletesWithTheOperatorsKey() throws Exception {
    AccessKey operator = user("operator");
    AccessKey leaked = user("alice");
    enforce();
    var provider = new AwsProvider(new Waits());
    Verifier verifier = provider.verifier(context(Optional.of(operator))).orElseThrow();
    Revoker revoker = provider.revoker(context(Optional.of(operator))).orElseThrow();
    HeldFinding token = AwsBench.found(leaked);

    Verification live = verifier.verify(token, PERMIT);
    assertThat(live.verdict()).isEqualTo("live");
    assertThat(live.told().owner()).endsWith(":user/alice");
    assertThat(
            verifier
                .verify(
                    AwsBench.found(leaked.id(), new String(operator.secret(), ISO_8859_1)), PERMIT)
                .why())
        .contains("not the secret of its key id");

    Tenant.Known tenant = (Tenant.Known) revoker.tenant(PERMIT);
    assertThat(tenant.id()).isEqualTo(live.told().tenant());
    Target.Located where = (Target.Located) revoker.locate(token, PERMIT);
    assertThat(where.keyId()).isEqualTo("aws/alice/" + leaked.id());
    assertThat(where.tenant()).isEqualTo(tenant.id());
    assertThat(where.createdAt()).isNotNull();

    var batch = List.of(new Revoker.Targeted(token, where));
    assertThat(revoker.act(Action.DISABLE, batch, PERMIT)).isEqualTo(new ActionResult.Accepted());
    assertThat(status(operator, "alice")).isEqualTo("Inactive");
    assertThat(revoker.locate(token, PERMIT)).isInstanceOf(Target.Located.class);
    assertThat(revoker.act(Action.ENABLE, batch, PERMIT)).isEqualTo(new ActionResult.Accepted());
    assertThat(status(operator, "alice")).isEqualTo("Active");
    assertThat(revoker.act(Action.REVOKE, batch, PERMIT)).isEqualTo(new ActionResult.Accepted());
    assertThat(status(operator, "alice")).isEqualTo("none");
    assertThat(verifier.verify(token, PERMIT).dead()).isTrue();
    assertThat(revoker.act(Action.REVOKE, batch, PERMIT))
        .isInstanceOf(ActionResult.AlreadyDone.class);
  }

  @Test
  void switchesAKeyOffWithItselfWhereNobodyElseIsThere() throws Exception {
    AccessKey leaked = user("alice");
    AccessKey watcher = user("watcher");
    enforce();
    Revoker revoker = new AwsProvider(new Waits()).revoker(context(Optional.empty())).orElseThrow();
    HeldFinding token = AwsBench.found(leaked);

    assertThat(revoker.tenant(PERMIT)).isEqualTo(new Tenant.None());
    Target.Located where = (Target.Located) revoker.locate(token, PERMIT);
    assertThat(revoker.act(Action.DISABLE, List.of(new Revoker.Targeted(token, where)), PERMIT))
        .isEqualTo(new ActionResult.Accepted());
    assertThat(status(watcher, "alice")).isEqualTo("Inactive");
  }
}
