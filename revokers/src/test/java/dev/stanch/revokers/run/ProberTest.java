package dev.stanch.revokers.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.plan.Group;
import dev.stanch.revokers.plan.Samples;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ProberTest {
  private static final TokenId TOKEN =
      new TokenKey(new byte[TokenKey.LENGTH]).idOf(new byte[] {1, 2, 3}, 0, 3);

  /// Keeps what it is told.
  private static final class Told implements Verifier {
    private final List<TokenId> accepted = new ArrayList<>();

    @Override
    public Verification verify(HeldFinding token, RevealPermit permit) {
      return new Verification.NotChecked("not asked here");
    }

    @Override
    public void acceptedBefore(TokenId token) {
      accepted.add(token);
    }

    @Override
    public Control control() {
      return new Control.Genuine();
    }
  }

  private static Subject planned(String verdict) {
    return new Subject(
        TOKEN,
        "rule",
        new ProviderId("acme"),
        "redacted",
        Severity.HIGH,
        Group.OURS,
        verdict,
        null,
        Identity.UNTOLD,
        List.of(),
        List.of(),
        null);
  }

  /// A resumed incident asks anew, and a refusal may count only of what was accepted before.
  @Test
  void tellsTheVerifierWhatWasAcceptedBefore() {
    var told = new Told();
    var prober = new Prober(told, InstantSource.system(), new SplittableRandom(1));
    prober.remember(planned("unknown"));
    prober.remember(planned("dead"));
    assertThat(told.accepted).isEmpty();
    prober.remember(planned("live"));
    prober.remember(planned("live-restricted"));
    assertThat(told.accepted).containsExactly(TOKEN, TOKEN);
  }

  @Test
  void hidesATokenThatAnAnswerEchoes() throws Exception {
    String text = Samples.text(1);
    var echo =
        new Verifier() {
          @Override
          public Verification verify(HeldFinding token, RevealPermit permit) {
            boolean ours =
                token.secret().reveal(permit, bytes -> new String(bytes, UTF_8).equals(text));
            return ours
                ? new Verification.LiveRestricted(
                    new Identity(
                        "owner " + text, text, text, List.of("scope " + text), null, null, null),
                    "because of " + text)
                : new Verification.Dead("unknown");
          }

          @Override
          public Control control() {
            return new Control.Genuine();
          }
        };
    var prober = new Prober(echo, InstantSource.system(), new SplittableRandom(1));
    try (HeldFinding held = Samples.held("hub", 1)) {
      Verification said = prober.ask(held);
      assertThat(said.verdict()).isEqualTo("live-restricted");
      assertThat(said.told().owner()).isEqualTo("owner " + held.finding().redacted());
      assertThat(said.toString()).doesNotContain(text);
    }
  }
}
