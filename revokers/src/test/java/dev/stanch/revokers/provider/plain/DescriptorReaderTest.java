package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.revokers.provider.plain.DescriptorReader.Unconfirmed;
import dev.stanch.revokers.spi.Action;
import org.junit.jupiter.api.Test;

final class DescriptorReaderTest {
  private static final String SOUND =
      """
      id: acme
      name: Acme
      documentation: https://acme.example/docs
      bases:
        api: {url: https://api.acme.example/v1}
      tokens:
        - kind: key
          made-up: '{{"acme_"}}{{hex:32}}'
          probe:
            get: /me
            bearer: '{token}'
            answers:
              - {status: 200, json: {/id: {present: true}}, verdict: live}
              - {status: 401, json: {/error: invalid}, verdict: dead}
          revoke:
            delete: /me
            bearer: '{token}'
            answers:
              - {status: 204, result: accepted}
      """;

  private static Descriptor read(String yaml) {
    return DescriptorReader.read("acme.yml", yaml, Unconfirmed.LEFT_OUT);
  }

  @Test
  void readsWhatIsSound() {
    assertThat(read(SOUND).kinds().getFirst().actions()).containsOnlyKeys(Action.REVOKE);
  }

  @Test
  void saysAllMistakesAtOnceWithTheirLines() {
    String wrong =
        SOUND
            .replace("get: /me", "get: /me?x=1")
            .replace("bearer: '{token}'", "bearer: '{tokn}'")
            .replace("result: accepted", "result: fine")
            .replace("name: Acme", "nmae: Acme");
    assertThatThrownBy(() -> read(wrong))
        .isInstanceOf(DescriptorException.class)
        .hasMessageContaining("acme.yml:1: no 'name'")
        .hasMessageContaining("acme.yml:2: unknown field 'nmae'")
        .hasMessageContaining("acme.yml:10: a path begins with / and has no ?")
        .hasMessageContaining("{tokn} stands for nothing here")
        .hasMessageContaining("acme.yml:19: 'result' is one of accepted, done");
  }

  @Test
  void refusesToCallATokenDeadForAStatus() {
    assertThatThrownBy(() -> read(SOUND.replace("json: {/error: invalid}, ", "")))
        .hasMessageContaining("acme.yml:14: a status alone proves nothing");
  }

  @Test
  void refusesAHostFromAnAnswer() {
    String wrong = SOUND.replace("https://api.acme.example/v1", "'https://{host}/v1'");
    assertThatThrownBy(() -> read(wrong)).hasMessageContaining("needs 'hosts'");
  }

  @Test
  void refusesAnActionForWhichNobodySaysWhose() {
    String wrong =
        SOUND
            .replace(
                "delete: /me\n      bearer: '{token}'",
                "delete: '/keys/{key}'\n      bearer: '{admin}'")
            .replace("tokens:", "admin: [{variable: ACME_ADMIN, right: all}]\ntokens:");
    assertThatThrownBy(() -> read(wrong))
        .hasMessageContaining("no 'tenant'")
        .hasMessageContaining("{key} stands for nothing here");
  }

  @Test
  void comparesNoTenantThatNoProbeNames() {
    String wrong =
        SOUND
            .replace(
                "    revoke:",
                "    tenant: {get: /me, bearer: '{admin}', id: /org, same-as: probe}\n    revoke:")
            .replace("tokens:", "admin: [{variable: ACME_ADMIN, right: all}]\ntokens:");
    assertThatThrownBy(() -> read(wrong)).hasMessageContaining("'same-as' needs a probe");
  }

  @Test
  void leavesOutWhatNobodyConfirms() {
    String yaml =
        SOUND.replace("revoke:\n", "revoke:\n      confirmed: false\n")
            + "guidance: {link: https://acme.example, who: the owner, steps: [delete it]}\n";
    Descriptor.Kind kind = read(yaml).kinds().getFirst();
    assertThat(kind.actions()).isEmpty();
    assertThat(kind.byHand()).contains("STANCH_UNCONFIRMED");
    assertThat(
            DescriptorReader.read("acme.yml", yaml, Unconfirmed.TAKEN).kinds().getFirst().actions())
        .containsOnlyKeys(Action.REVOKE);
  }

  @Test
  void namesTheLineOfWhatIsNotYaml() {
    assertThatThrownBy(() -> read("id: acme\nname: [unclosed\n"))
        .isInstanceOf(DescriptorException.class)
        .hasMessageStartingWith("acme.yml:");
  }

  @Test
  void letsTheCredentialItselfTellWhomItActsFor() {
    String asked =
        SOUND
            .replace("tokens:", "admin: [{variable: ACME_APP, right: the app}]\ntokens:")
            .replace("    revoke:", "    tenant: {id: '{admin:ACME_APP}'}\n    revoke:");
    assertThat(read(asked).kinds().getFirst().tenant().names()).containsExactly("admin:ACME_APP");
    assertThatThrownBy(() -> read(asked.replace("'{admin:ACME_APP}'", "/id")))
        .hasMessageContaining("without a call only the operator's credential can tell");
  }
}
