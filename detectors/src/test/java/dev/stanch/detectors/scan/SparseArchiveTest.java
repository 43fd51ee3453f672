package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.source.LimitException;
import dev.stanch.fixtures.SparseTar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tars that even to pass over would unfold, or fill the memory.
@Timeout(20)
final class SparseArchiveTest {
  @Test
  void isGivenUpBeforeItsHolesAre() {
    assertThatThrownBy(() -> members(SparseTar.of("picture.png", Integer.MAX_VALUE)))
        .isInstanceOf(LimitException.class)
        .hasMessage("unpacks to more than 1024 MiB");
  }

  @Test
  void isGivenUpWhereItListsTooManyHoles() {
    assertThatThrownBy(() -> members(SparseTar.ofHoles("zeros", 1 << 20)))
        .isInstanceOf(LimitException.class)
        .hasMessage("headers of more than 1 MiB");
  }

  @Test
  void isReadWhereItListsSome() throws IOException {
    assertThat(members(SparseTar.ofHoles("zeros", 10_000))).containsExactly("tar:zeros");
  }

  /// Without reading them, as a picture is not.
  private static List<String> members(byte[] tar) throws IOException {
    var members = new ArrayList<String>();
    Unpacker.unpack(
        Content.TAR,
        new ByteArrayInputStream(tar),
        new Unpacker.Budget(),
        (way, _) -> members.add(way),
        (_, _) -> {});
    return members;
  }
}
