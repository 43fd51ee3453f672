package dev.stanch.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Our digests and token ids, held against the JDK's.
final class Sha256Test {
  @Test
  void agreesWithTheJdkForEveryLengthAndSplit() throws Exception {
    var random = new Random(3);
    var theirs = MessageDigest.getInstance("SHA-256");
    for (int length = 0; length < 300; length++) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      int split = length == 0 ? 0 : random.nextInt(length);
      assertThat(new Sha256().update(text, 0, split).update(text, split, length).digest())
          .isEqualTo(theirs.digest(text));
    }
  }

  @Test
  void namesTokensByHmac() throws Exception {
    byte[] key = new byte[TokenKey.LENGTH];
    Arrays.fill(key, (byte) 0xa7);
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] text = "some text".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] digest = mac.doFinal(text);
    String alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    var expected = new StringBuilder("v1:");
    var bits = new java.math.BigInteger(1, digest);
    for (int i = 0; i < 26; i++) {
      expected.append(alphabet.charAt(bits.shiftRight(256 - 5 * (i + 1)).intValue() & 31));
    }
    assertThat(new TokenKey(key).idOf(text, 0, text.length).value()).isEqualTo(expected.toString());
  }
}
