package dev.stanch.detectors.rule;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

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
    String example(String prefix, RandomGenerator random, Check wanted) {
      String body = pick(random, ALNUM, 30);
      byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
      String check = base62Crc(bytes, 0, bytes.length);
      return prefix + body + wanted.of(check);
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
    String example(String prefix, RandomGenerator random, Check wanted) {
      byte[] routing = "o:1\nu:1".getBytes(StandardCharsets.ISO_8859_1);
      byte[] bytes = new byte[16 + routing.length + 1];
      random.nextBytes(bytes);
      System.arraycopy(routing, 0, bytes, 16, routing.length);
      bytes[bytes.length - 1] = (byte) routing.length;
      String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      String length = Integer.toString(payload.length(), 36);
      String head = prefix + payload + ".01." + (length.length() < 2 ? "0" + length : length);
      String check = crc36(head);
      return head + wanted.of(check);
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

  /// Microsoft identifiable keys of 84 or 88 characters: what follows the first eighty is Marvin32
  /// over the sixty bytes that they hold.
  AZURE_IDENTIFIABLE {
    @Override
    public boolean fits(byte[] token, int from, int to) {
      int n = to - from;
      if (n != 84 && n != 88) {
        return false;
      }
      try {
        byte[] hash = hash(latin(token, from, from + 80));
        String check = latin(token, from + 80, to);
        return inBase62(hash, n).equals(check) || inBase64(hash, n).equals(check);
      } catch (IllegalArgumentException _) {
        return false;
      }
    }

    @Override
    String example(String prefix, RandomGenerator random, Check wanted) {
      // PREFIX is everything between the 52 random characters and the check.
      String head = pick(random, ALNUM, 80 - prefix.length()) + prefix;
      String check = random.nextBoolean() ? inBase62(hash(head), 84) : inBase64(hash(head), 88);
      return head + wanted.of(check);
    }

    private String inBase62(byte[] hash, int length) {
      var text = new StringBuilder(base62(hash));
      for (int i = 0; i < hash.length && hash[i] == 0; i++) {
        text.insert(0, '0');
      }
      while (text.length() < 6) {
        text.append('0');
      }
      return length == 84 ? text.substring(0, 4) : text + "==";
    }

    // Three bytes of it fill up 84 characters, four 88.
    private String inBase64(byte[] hash, int length) {
      return Base64.getEncoder().encodeToString(length == 84 ? Arrays.copyOf(hash, 3) : hash);
    }

    private byte[] hash(String head) {
      int folded = Marvin32.fold(Base64.getDecoder().decode(head), SEED);
      return new byte[] {
        (byte) folded, (byte) (folded >>> 8), (byte) (folded >>> 16), (byte) (folded >>> 24)
      };
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
  },

  /// Azure DevOps personal access tokens of the older form: 32 bytes in base 32, four of which are
  /// a CRC-32 over the others.
  AZURE_DEVOPS_CLASSIC {
    @Override
    public boolean fits(byte[] token, int from, int to) {
      byte[] bytes = decoded(token, from, to);
      if (bytes == null) {
        return false;
      }
      int check = 0;
      for (int place : CHECK) {
        check = check << 8 | bytes[place] & 0xff;
      }
      int crc = crc(bytes);
      return check == (crc ^ OF_USER) || check == (crc ^ OF_APPLICATION);
    }

    @Override
    String example(String prefix, RandomGenerator random, Check wanted) {
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      int check = crc(bytes) ^ (random.nextBoolean() ? OF_USER : OF_APPLICATION);
      for (int i = CHECK.length - 1; i >= 0; i--) {
        bytes[CHECK[i]] = (byte) check;
        check >>>= 8;
      }
      if (wanted == Check.FAILING) {
        bytes[CHECK[0]] ^= 1;
      }
      return prefix + encoded(bytes);
    }

    private int crc(byte[] bytes) {
      var crc = new CRC32();
      for (int i = 0; i < bytes.length; i++) {
        boolean checked = true;
        for (int place : CHECK) {
          checked &= i != place;
        }
        if (checked) {
          crc.update(bytes[i]);
        }
      }
      return (int) crc.getValue();
    }

    private byte @Nullable [] decoded(byte[] token, int from, int to) {
      if (to - from != 52) {
        return null;
      }
      byte[] bytes = new byte[32];
      long bits = 0;
      int held = 0;
      int at = 0;
      for (int i = from; i < to; i++) {
        int value = BASE32.indexOf(token[i]);
        if (value < 0) {
          return null;
        }
        bits = bits << 5 | value;
        held += 5;
        if (held >= 8) {
          held -= 8;
          bytes[at++] = (byte) (bits >>> held);
        }
      }
      return bytes;
    }

    private String encoded(byte[] bytes) {
      var text = new StringBuilder(52);
      for (int bit = 0; bit < bytes.length * 8; bit += 5) {
        int pair = (bytes[bit / 8] & 0xff) << 8;
        pair |= bit / 8 + 1 < bytes.length ? bytes[bit / 8 + 1] & 0xff : 0;
        text.append(BASE32.charAt(pair >>> 11 - bit % 8 & 31));
      }
      return text.toString();
    }
  };

  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String ALNUM = BASE62;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  /// Where a classic token of Azure DevOps holds its check, the highest byte first.
  private static final int[] CHECK = {2, 7, 8, 22};

  private static final int OF_USER = 0xE0B9692D;
  private static final int OF_APPLICATION = 0x1019F92E;

  /// ASCII "Default0".
  private static final long SEED = 0x44656661756C7430L;

  /// How an example's check is.
  enum Check {
    FITTING,
    /// Just not.
    FAILING;

    private String of(String check) {
      return this == FITTING ? check : spoiled(check);
    }
  }

  /// Whether the check inside `token[from, to)` fits.
  public abstract boolean fits(byte[] token, int from, int to);

  /// A token of this format.
  abstract String example(String prefix, RandomGenerator random, Check wanted);

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
    int last = check.length() - 1;
    while (check.charAt(last) == '=') {
      last--;
    }
    char other = check.charAt(last) == 'b' ? 'c' : 'b';
    return check.substring(0, last) + other + check.substring(last + 1);
  }
}
