package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.fixtures.SparseTar;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A tar whose member has a hole of two gigabytes, which even to pass over it would unfold.
@Timeout(20)
final class SparseArchiveTest {
  @Test
  void isGivenUpBeforeItsHolesAre() {
    assertThatThrownBy(
            () ->
                Unpacker.unpack(
                    Content.TAR,
                    new ByteArrayInputStream(SparseTar.of("picture.png", Integer.MAX_VALUE)),
                    new Unpacker.Budget(),
                    (_, _) -> {}, // a member that is not read, as a picture is not
                    (_, _) -> {}))
        .isInstanceOf(Unpacker.LimitException.class);
  }
}
