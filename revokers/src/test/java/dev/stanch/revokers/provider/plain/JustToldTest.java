package dev.stanch.revokers.provider.plain;

import static dev.stanch.revokers.provider.plain.PlainBench.found;
import static dev.stanch.revokers.provider.plain.PlainBench.transport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.RecordedRequest;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Looking for the key of a token that just answered for itself.
final class JustToldTest {
  private static final RevealPermit PERMIT = RevealPermit.grant("a test");
  private static final String SELF = "GET https://gitlab.com/api/v4/personal_access_tokens/self";

  private FakeProvider fake;
  private Transport transport;
  private Verifier verifier;
  private Revoker revoker;
  private HeldFinding token;

  @BeforeEach
  void start() throws Exception {
    fake = new FakeProvider("gitlab");
    transport = transport();
    ProviderContext context = PlainBench.context(fake, transport, Map.of());
    Provider provider = PlainBench.provider(fake);
    verifier = provider.verifier(context).orElseThrow();
    revoker = provider.revoker(context).orElseThrow();
    token = found(fake, fake.key("live"));
  }

  @AfterEach
  void stop() {
    transport.close();
    fake.close();
  }

  private static List<String> calls(FakeProvider fake) {
    List<String> calls = fake.requests().stream().map(RecordedRequest::call).toList();
    fake.forget();
    return calls;
  }

  @Test
  void asksNothingTwice() throws Exception {
    assertThat(verifier.verify(token, PERMIT)).isInstanceOf(Verification.Live.class);
    assertThat(calls(fake)).contains(SELF);
    var first = (Target.Located) revoker.locate(token, PERMIT);
    assertThat(calls(fake)).isEmpty();

    // A second look asks for itself, and comes to the same.
    assertThat(revoker.locate(token, PERMIT)).isEqualTo(first);
    assertThat(calls(fake)).containsExactly(SELF);
  }

  @Test
  void takesNoAnswerForAnotherToken() throws Exception {
    FakeKey another = fake.issue(fake.key("live").kind(), fake.key("live").tenant(), "live");
    // The finding of one with the text of another, as when the operator's own key is looked for.
    var mixed = new HeldFinding(token.finding(), found(fake, another).secret());
    verifier.verify(token, PERMIT);
    fake.forget();
    Target found = revoker.locate(mixed, PERMIT);
    assertThat(calls(fake)).containsExactly(SELF);
    assertThat(found).isNotEqualTo(revoker.locate(token, PERMIT));
  }

  @Test
  void proofIsAlwaysAskedFor() throws Exception {
    verifier.verify(token, PERMIT);
    var key = (Target.Located) revoker.locate(token, PERMIT);
    verifier.verify(token, PERMIT);
    revoker.act(Action.REVOKE, List.of(new Revoker.Targeted(token, key)), PERMIT);
    assertThat(verifier.verify(token, PERMIT)).isInstanceOf(Verification.Dead.class);
  }

  @Test
  void whoTheOperatorIsIsAskedOnceForAll() throws Exception {
    try (var router = new FakeProvider("openrouter")) {
      FakeKey admin = router.key("admin");
      Revoker asking =
          PlainBench.revoker(router, transport, Map.of(admin.variable(), admin.token()));
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Object> ask = () -> asking.tenant(PERMIT);
        for (var each : threads.invokeAll(new ArrayList<>(Collections.nCopies(50, ask)))) {
          each.get();
        }
      }
      assertThat(calls(router)).containsExactly("GET https://openrouter.ai/api/v1/key");
    }
  }
}
