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
import org.junit.jupiter.api.Test;

/// Looking for the key of a token that just answered for itself.
final class JustToldTest {
  private static final RevealPermit PERMIT = RevealPermit.grant("a test");
  private static final String SELF = "GET https://gitlab.com/api/v4/personal_access_tokens/self";

  private static List<String> calls(FakeProvider fake) {
    List<String> calls = fake.requests().stream().map(RecordedRequest::call).toList();
    fake.forget();
    return calls;
  }

  @Test
  void asksNothingTwice() throws Exception {
    try (var fake = new FakeProvider("gitlab");
        Transport transport = transport()) {
      Provider provider = PlainBench.provider(fake);
      ProviderContext context = PlainBench.context(fake, transport, Map.of());
      Verifier verifier = provider.verifier(context).orElseThrow();
      Revoker revoker = provider.revoker(context).orElseThrow();
      HeldFinding token = found(fake, fake.key("live"));

      assertThat(verifier.verify(token, PERMIT)).isInstanceOf(Verification.Live.class);
      assertThat(calls(fake)).contains(SELF);
      var first = (Target.Located) revoker.locate(token, PERMIT);
      assertThat(calls(fake)).isEmpty();

      // A second look asks for itself, and comes to the same.
      assertThat(revoker.locate(token, PERMIT)).isEqualTo(first);
      assertThat(calls(fake)).containsExactly(SELF);
    }
  }

  @Test
  void takesNoAnswerForAnotherToken() throws Exception {
    try (var fake = new FakeProvider("gitlab");
        Transport transport = transport()) {
      Provider provider = PlainBench.provider(fake);
      ProviderContext context = PlainBench.context(fake, transport, Map.of());
      HeldFinding token = found(fake, fake.key("live"));
      FakeKey another = fake.issue(fake.key("live").kind(), fake.key("live").tenant(), "live");
      // The finding of one with the text of another, as when the operator's own key is looked for.
      var mixed = new HeldFinding(token.finding(), found(fake, another).secret());

      provider.verifier(context).orElseThrow().verify(token, PERMIT);
      fake.forget();
      Revoker revoker = provider.revoker(context).orElseThrow();
      Target found = revoker.locate(mixed, PERMIT);
      assertThat(calls(fake)).containsExactly(SELF);
      assertThat(found).isNotEqualTo(revoker.locate(token, PERMIT));
    }
  }

  @Test
  void proofIsAlwaysAskedFor() throws Exception {
    try (var fake = new FakeProvider("gitlab");
        Transport transport = transport()) {
      Provider provider = PlainBench.provider(fake);
      ProviderContext context = PlainBench.context(fake, transport, Map.of());
      Verifier verifier = provider.verifier(context).orElseThrow();
      Revoker revoker = provider.revoker(context).orElseThrow();
      HeldFinding token = found(fake, fake.key("live"));

      verifier.verify(token, PERMIT);
      var key = (Target.Located) revoker.locate(token, PERMIT);
      verifier.verify(token, PERMIT);
      revoker.act(Action.REVOKE, List.of(new Revoker.Targeted(token, key)), PERMIT);
      assertThat(verifier.verify(token, PERMIT)).isInstanceOf(Verification.Dead.class);
    }
  }

  @Test
  void whoTheOperatorIsIsAskedOnceForAll() throws Exception {
    try (var fake = new FakeProvider("openrouter");
        Transport transport = transport()) {
      FakeKey admin = fake.key("admin");
      Revoker revoker =
          PlainBench.revoker(fake, transport, Map.of(admin.variable(), admin.token()));
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Object> ask = () -> revoker.tenant(PERMIT);
        for (var each : threads.invokeAll(new ArrayList<>(Collections.nCopies(50, ask)))) {
          each.get();
        }
      }
      assertThat(calls(fake)).containsExactly("GET https://openrouter.ai/api/v1/key");
    }
  }
}
