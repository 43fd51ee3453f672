package dev.stanch.revokers.sink.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealedBoxTest {
  private static final HexFormat HEX = HexFormat.of();

  /// What libsodium makes of this text for this key, where the pair that is used once is of bytes
  /// 1, 8, 15 and so on.
  @Test
  void isWhatLibsodiumMakes() {
    byte[] recipient =
        HEX.parseHex("b0071795e3edcc4c91a74e33856787234d72fd3625d35885967b0e1bc62d7069");
    String text =
        "a text of more than sixty-four bytes, so that two blocks of the cipher are used for it";

    byte[] box = SealedBox.seal(text.getBytes(UTF_8), recipient, new Counting());

    assertThat(HEX.formatHex(box))
        .isEqualTo(
            "c8feca81be196cdf2cadeabf13c4903d7632dce4955aa68b6e5d9adef54e2616"
                + "d9c43a8482d490dcdab0b3d7a4f19c20e81f3b4ba0835a69ba3dfd3b112a7de9"
                + "89beed365e3e0a20e8a5c9e63415ad49c0d49f79ef3a680c85237606def70ea8"
                + "24d20a50ea5bfeb912327561f8946c55d173833707a124d2b0c2fb1f4939c5a8"
                + "d5e1b12efe93");
  }

  /// Random that is none.
  private static final class Counting extends SecureRandom {
    private static final long serialVersionUID = 1;

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (i * 7 + 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 63, 64, 65, 1000, 48 << 10})
  void libsodiumOpensIt(int length) throws Exception {
    var random = new SecureRandom();
    byte[] secret = new byte[X25519.SCALAR_SIZE];
    byte[] recipient = new byte[X25519.POINT_SIZE];
    byte[] text = new byte[length];
    X25519.generatePrivateKey(random, secret);
    X25519.generatePublicKey(secret, 0, recipient, 0);
    random.nextBytes(text);

    assertThat(opened(secret, SealedBox.seal(text, recipient, random)))
        .isEqualTo(HEX.formatHex(text));
  }

  /// What PyNaCl, which is libsodium, finds in a box.
  private static String opened(byte[] secret, byte[] box) throws Exception {
    String program =
        """
        import sys
        secret, box = (bytes.fromhex(line) for line in sys.stdin.read().split())
        try:
            from nacl.public import PrivateKey, SealedBox
        except ImportError:
            sys.exit(3)
        print(SealedBox(PrivateKey(secret)).decrypt(box).hex())
        """;
    Process python;
    try {
      python = new ProcessBuilder(List.of("python3", "-c", program)).start();
    } catch (IOException _) {
      assumeTrue(false, "there is no python3");
      throw new IllegalStateException("the assumption ends the test");
    }
    try (OutputStream in = python.getOutputStream()) {
      in.write((HEX.formatHex(secret) + "\n" + HEX.formatHex(box) + "\n").getBytes(UTF_8));
    }
    String out = new String(python.getInputStream().readAllBytes(), UTF_8);
    String err = new String(python.getErrorStream().readAllBytes(), UTF_8);
    assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assumeTrue(python.exitValue() != 3, "PyNaCl is not installed");
    assertThat(python.exitValue()).as(err).isZero();
    return out.strip();
  }

  @Test
  void takesNoKeyThatIsNone() {
    var random = new SecureRandom();
    for (byte[] key : List.of(new byte[31], new byte[32])) {
      assertThatThrownBy(() -> SealedBox.seal(new byte[1], key, random))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
