package dev.stanch.revokers.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Verifier;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A method that the guard does not hand on would answer for every plugin as if its author had not
/// written it.
final class GuardedProviderTest {
  record Pair(Class<?> promised, Class<?> guard) {}

  static Pair[] pairs() {
    return new Pair[] {
      new Pair(Provider.class, GuardedProvider.class),
      new Pair(Verifier.class, GuardedProvider.GuardedVerifier.class),
      new Pair(Revoker.class, GuardedProvider.GuardedRevoker.class)
    };
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void handsEveryCallOn(Pair pair) {
    for (Method method : pair.promised().getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        assertThat(
                Arrays.stream(pair.guard().getDeclaredMethods())
                    .filter(own -> own.getName().equals(method.getName()))
                    .filter(
                        own -> Arrays.equals(own.getParameterTypes(), method.getParameterTypes())))
            .as("%s", method)
            .isNotEmpty();
      }
    }
  }
}
