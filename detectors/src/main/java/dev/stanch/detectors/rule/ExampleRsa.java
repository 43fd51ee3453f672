package dev.stanch.detectors.rule;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// RSA keys that guard nothing, of 2048 bits. To search for primes takes seconds with the JVM's
/// quick compiler, so every key is made of two that were searched for once.
final class ExampleRsa {
  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
  private static final int BYTES = 128;

  /// How far the primes lie above [#base].
  private static final int[] PRIMES = {
    776, 1546, 1970, 2056, 2638, 3422, 3652, 3848, 5488, 6236, 7312, 8522, 8668, 9526, 9550, 10360,
    10418, 10780, 12502, 14276, 15332, 15490, 17878, 18988
  };

  private ExampleRsa() {}

  static RSAPrivateCrtKey key(RandomGenerator random) throws GeneralSecurityException {
    int first = random.nextInt(PRIMES.length);
    int second = (first + 1 + random.nextInt(PRIMES.length - 1)) % PRIMES.length;
    BigInteger p = base().add(BigInteger.valueOf(PRIMES[first]));
    BigInteger q = base().add(BigInteger.valueOf(PRIMES[second]));
    BigInteger p1 = p.subtract(BigInteger.ONE);
    BigInteger q1 = q.subtract(BigInteger.ONE);
    BigInteger d = EXPONENT.modInverse(p1.multiply(q1));
    var numbers =
        new RSAPrivateCrtKeySpec(
            p.multiply(q), EXPONENT, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p));
    return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(numbers);
  }

  /// A number without a pattern, large enough that two like it make one of 2048 bits.
  private static BigInteger base() {
    byte[] bytes = new byte[BYTES];
    new SplittableRandom(2048).nextBytes(bytes);
    bytes[0] |= (byte) 0xc0;
    return new BigInteger(1, bytes);
  }
}
