package dev.stanch.revokers.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Provider;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

/// A method that the guard does not hand on would answer for every plugin as if its author had not
/// written it.
final class GuardedProviderTest {
  @Test
  void handsEveryCallOn() throws Exception {
    for (Method method : Provider.class.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        assertThat(
                GuardedProvider.class
                    .getDeclaredMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass())
            .isEqualTo(GuardedProvider.class);
      }
    }
  }
}
