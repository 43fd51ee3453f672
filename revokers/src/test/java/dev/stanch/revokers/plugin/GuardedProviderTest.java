package dev.stanch.revokers.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Provider;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

/// A method that the guard does not hand on would answer for every plugin as if its author had not
/// written it.
final class GuardedProviderTest {
  @Test
  void handsEveryCallOn() throws Exception {
    handsOn(Provider.class, GuardedProvider.class);
    handsOn(Adviser.class, GuardedProvider.GuardedAdviser.class);
  }

  private static void handsOn(Class<?> calls, Class<?> guard) throws Exception {
    for (Method method : calls.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        assertThat(
                guard
                    .getDeclaredMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass())
            .isEqualTo(guard);
      }
    }
  }
}
