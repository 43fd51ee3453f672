package dev.stanch.revokers.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.revokers.plan.Canaries;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.plan.Samples;
import dev.stanch.revokers.spi.ProviderCatalogue;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A mistake in what asks one provider is that provider's alone.
final class GuardedTest {
  record Pair(Class<?> promised, Class<?> guard) {}

  static Pair[] pairs() {
    return new Pair[] {
      new Pair(Verifier.class, Guarded.GuardedVerifier.class),
      new Pair(Revoker.class, Guarded.GuardedRevoker.class),
      new Pair(Rotator.class, Guarded.GuardedRotator.class)
    };
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void handsEveryCallOn(Pair pair) throws Exception {
    for (Method method : pair.promised().getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        assertThat(
                pair.guard()
                    .getDeclaredMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass())
            .isEqualTo(pair.guard());
      }
    }
  }

  private final List<String> bugs = new ArrayList<>();

  private Providers providers(ProviderCatalogue catalogue) throws Exception {
    return new Providers(
        catalogue,
        Map.of(),
        List.of(),
        new Transport(Map.of(), "test", Time.system(), new SecureRandom()),
        (provider, bug) -> bugs.add(provider + " " + bug.getClass().getSimpleName()));
  }

  private static ScriptedHub hub(String id, int... numbers) {
    var hub = new ScriptedHub(id, 1);
    for (int number : numbers) {
      hub.live.put(Samples.text(number), "acme");
    }
    return hub;
  }

  @Test
  void oneProviderThatThrowsKeepsNobodyFromAskingTheOthers() throws Exception {
    ScriptedHub broken = hub("broken", 1);
    broken.bug = () -> new NullPointerException(Samples.text(1));
    ScriptedHub sound = hub("sound", 2);
    List<HeldFinding> tokens = List.of(Samples.held("broken", 1), Samples.held("sound", 2));
    try (Providers providers = providers(new ProviderCatalogue(List.of(broken, sound)))) {
      List<Planner.Verified> answers =
          new Inquiry(providers, Canaries.NONE).ask(tokens, _ -> true, Inquiry.Depth.KEY);
      assertThat(answers.get(0).verification())
          .isEqualTo(
              new Verification.Unknown(
                  "a bug of Stanch's: NullPointerException", Verification.Retry.NEVER));
      assertThat(answers.get(0).target()).isInstanceOf(Target.Unclear.class);
      assertThat(answers.get(1).verification().verdict()).isEqualTo("live");
      assertThat(bugs)
          .contains("broken NullPointerException")
          .allMatch(bug -> !bug.contains("tok"));
      var ids = Set.of(new ProviderId("broken"), new ProviderId("sound"));
      assertThat(providers.capabilities(ids).get("broken").tenant())
          .isInstanceOf(Tenant.Unknown.class);
      assertThat(providers.capabilities(ids)).containsKey("sound");
    }
  }

  @Test
  void oneThatCannotBeMadeIsUnknown() throws Exception {
    var broken = hub("broken", 1);
    broken.unmade = true;
    try (Providers providers = providers(new ProviderCatalogue(List.of(broken)))) {
      List<Planner.Verified> answers =
          new Inquiry(providers, Canaries.NONE)
              .ask(List.of(Samples.held("broken", 1)), _ -> true, Inquiry.Depth.KEY);
      assertThat(answers.getFirst().verification().verdict()).isEqualTo("unknown");
      assertThat(bugs).contains("broken IllegalStateException");
    }
  }
}
