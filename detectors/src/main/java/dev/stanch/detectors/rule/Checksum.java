package dev.stanch.detectors.rule;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// A check value that a token carries inside itself. A token whose check fails is not a finding.
public enum Checksum {
  /// GitHub's classic family and npm: 30 characters, then 6 of their CRC-32 in base 62.
  CRC32_BASE62 {
    @Override
    public boolean fits(byte[] token, int from, int to) {
      int body = to - 36;
      return body >= from && base62Crc(token, body, body + 30).equals(latin(token, body + 30, to));
    }

    @Override
    String example(String prefix, RandomGenerator random, boolean fitting) {
      String body = pick(random, ALNUM, 30);
      byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
      String check = base62Crc(bytes, 0, bytes.length);
      return prefix + body + (fitting ? check : spoiled(check));
    }

    private String base62Crc(byte[] token, int from, int to) {
      var crc = new CRC32();
      crc.update(token, from, to - from);
      long value = crc.getValue();
      char[] text = new char[6];
      for (int i = 5; i >= 0; i--) {
        text[i] = BASE62.charAt((int) (value % 62));
        value /= 62;
      }
      return new String(text);
    }
  },

  /// GitLab routable tokens: payload, `.`, (version `.`), two characters of length in base 36,
  /// seven of CRC-32 in base 36 over all before it.
  GITLAB_ROUTABLE {
    @Override
    public boolean fits(byte[] token, int from, int to) {
      String text = latin(token, from, to);
      int dot = text.lastIndexOf('.');
      if (dot < 0 || text.length() - dot != 10) {
        return false;
      }
      int firstDot = text.indexOf('.');
      int payloadStart = payloadStart(text);
      String length = text.substring(dot + 1, dot + 3);
      int encoded = base36(length);
      if (encoded != firstDot - payloadStart) {
        return false;
      }
      return crc36(text.substring(0, text.length() - 7)).equals(text.substring(text.length() - 7));
    }

    @Override
    String example(String prefix, RandomGenerator random, boolean fitting) {
      byte[] routing = "o:1\nu:1".getBytes(StandardCharsets.ISO_8859_1);
      byte[] bytes = new byte[16 + routing.length + 1];
      random.nextBytes(bytes);
      System.arraycopy(routing, 0, bytes, 16, routing.length);
      bytes[bytes.length - 1] = (byte) routing.length;
      String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      String length = Integer.toString(payload.length(), 36);
      String head = prefix + payload + ".01." + (length.length() < 2 ? "0" + length : length);
      String check = crc36(head);
      return head + (fitting ? check : spoiled(check).toLowerCase(Locale.ROOT));
    }

    private int payloadStart(String text) {
      int dash = text.indexOf('-');
      // Runner tokens carry their kind (`t1_`) between the prefix and the payload.
      int under = text.startsWith("glrt-t") ? text.indexOf('_') : -1;
      return Math.max(dash, under) + 1;
    }

    private int base36(String text) {
      try {
        return Integer.parseInt(text, 36);
      } catch (NumberFormatException _) {
        return -1;
      }
    }

    private String crc36(String head) {
      var crc = new CRC32();
      crc.update(head.getBytes(StandardCharsets.ISO_8859_1));
      String text = Long.toString(crc.getValue(), 36);
      return "0".repeat(7 - text.length()) + text;
    }
  },

  /// Microsoft identifiable keys of 84 characters: the last four are Marvin32 over the first sixty
  /// bytes.
  AZURE_IDENTIFIABLE {
    @Override
    public boolean fits(byte[] token, int from, int to) {
      if (to - from < 84) {
        return false;
      }
      String text = latin(token, from, from + 84);
      try {
        byte[] hash = hash(text.substring(0, 80));
        String check = text.substring(80, 84);
        return base62Check(hash).equals(check)
            || Base64.getEncoder().encodeToString(Arrays.copyOf(hash, 3)).equals(check);
      } catch (IllegalArgumentException _) {
        return false;
      }
    }

    @Override
    String example(String prefix, RandomGenerator random, boolean fitting) {
      // PREFIX is everything between the 52 random characters and the check.
      String head = pick(random, ALNUM, 80 - prefix.length()) + prefix;
      String check = base62Check(hash(head));
      return head + (fitting ? check : spoiled(check));
    }

    private byte[] hash(String head) {
      int folded = Marvin32.fold(Base64.getDecoder().decode(head), SEED);
      return new byte[] {
        (byte) folded, (byte) (folded >>> 8), (byte) (folded >>> 16), (byte) (folded >>> 24)
      };
    }

    private String base62Check(byte[] hash) {
      var text = new StringBuilder(base62(hash));
      for (int i = 0; i < hash.length && hash[i] == 0; i++) {
        text.insert(0, '0');
      }
      while (text.length() < 6) {
        text.append('0');
      }
      return text.substring(0, 4);
    }

    private String base62(byte[] bigEndian) {
      var value = new BigInteger(1, bigEndian);
      var base = BigInteger.valueOf(62);
      var text = new StringBuilder();
      while (value.signum() > 0) {
        var parts = value.divideAndRemainder(base);
        text.append(BASE62.charAt(parts[1].intValue()));
        value = parts[0];
      }
      return text.reverse().toString();
    }
  };

  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String ALNUM = BASE62;

  /// ASCII "Default0".
  private static final long SEED = 0x44656661756C7430L;

  /// Whether the check inside `token[from, to)` fits.
  public abstract boolean fits(byte[] token, int from, int to);

  /// A token of this format whose check fits, or just fails.
  abstract String example(String prefix, RandomGenerator random, boolean fitting);

  /// The check of this name (`crc32-base62`), if there is one.
  public static Optional<Checksum> named(String name) {
    for (Checksum checksum : values()) {
      if (checksum.label().equals(name)) {
        return Optional.of(checksum);
      }
    }
    return Optional.empty();
  }

  /// The name in rule files.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String latin(byte[] token, int from, int to) {
    return new String(token, from, to - from, StandardCharsets.ISO_8859_1);
  }

  static String pick(RandomGenerator random, String alphabet, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static String spoiled(String check) {
    char last = check.charAt(check.length() - 1);
    return check.substring(0, check.length() - 1) + (last == 'b' ? 'c' : 'b');
  }
}
