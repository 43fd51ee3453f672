package dev.stanch.detectors.rule;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// An example that holds no token: `{{…}}` is expanded at run time (docs/RULE-FORMAT.md,
/// Templates).
public record ExampleTemplate(String text) {
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGIT = "0123456789";
  private static final int LONGEST = 20_000;

  public ExampleTemplate {
    requireNonNull(text, "text");
  }

  /// Expands the template; the same seed gives the same text.
  ///
  /// @throws IllegalArgumentException when a placeholder is unknown or malformed; the message names
  ///   it
  public String expand(long seed) {
    return expand(text, new SplittableRandom(seed));
  }

  private static String expand(String template, RandomGenerator random) {
    var out = new StringBuilder();
    int at = 0;
    while (true) {
      int open = template.indexOf("{{", at);
      if (open < 0) {
        return out.append(template, at, template.length()).toString();
      }
      int close = closing(template, open);
      out.append(template, at, open)
          .append(placeholder(template.substring(open + 2, close), random));
      at = close + 2;
    }
  }

  private static int closing(String template, int open) {
    int depth = 0;
    for (int i = open; i + 1 < template.length(); i++) {
      if (template.startsWith("{{", i)) {
        depth++;
        i++;
      } else if (template.startsWith("}}", i)) {
        // "}}}" closes with its last two: the first belongs to what stands inside, as in
        // {{jwt:{"a":1}}}.
        if (depth == 1 && template.startsWith("}}}", i)) {
          continue;
        }
        depth--;
        if (depth == 0) {
          return i;
        }
        i++;
      }
    }
    throw new IllegalArgumentException("'{{' without '}}'");
  }

  private static String placeholder(String inside, RandomGenerator random) {
    if (inside.startsWith("\"") && inside.endsWith("\"") && inside.length() >= 2) {
      return inside.substring(1, inside.length() - 1);
    }
    int paren = inside.indexOf('(');
    if (paren > 0 && inside.endsWith(")")) {
      byte[] raw =
          expand(inside.substring(paren + 1, inside.length() - 1), random)
              .getBytes(StandardCharsets.UTF_8);
      switch (inside.substring(0, paren)) {
        case "b64" -> {
          return Base64.getEncoder().encodeToString(raw);
        }
        case "b64url" -> {
          return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
        }
        case "hexof" -> {
          return HexFormat.of().formatHex(raw);
        }
        case "percent" -> {
          return percent(raw);
        }
        case "json" -> {
          return json(new String(raw, StandardCharsets.UTF_8));
        }
        default -> {}
      }
    }
    int colon = inside.indexOf(':');
    String name = colon < 0 ? inside : inside.substring(0, colon);
    String rest = colon < 0 ? "" : inside.substring(colon + 1);
    return switch (name) {
      case "uuid" -> uuid(random);
      case "jwt" -> jwt(rest, random);
      case "pem" -> pem(rest, random);
      case "repeat" -> {
        int split = rest.lastIndexOf(':');
        yield rest.substring(0, split).repeat(length(rest.substring(split + 1), random));
      }
      case "oneof" -> {
        String[] choices = rest.split("\\|", -1);
        yield choices[random.nextInt(choices.length)];
      }
      case "checked", "unchecked" -> {
        int split = rest.indexOf(':');
        String check = split < 0 ? rest : rest.substring(0, split);
        String prefix = split < 0 ? "" : rest.substring(split + 1);
        yield Checksum.named(check)
            .orElseThrow(() -> new IllegalArgumentException("no checksum '" + check + "'"))
            .example(
                prefix,
                random,
                name.equals("checked") ? Checksum.Check.FITTING : Checksum.Check.FAILING);
      }
      default -> {
        int split = inside.lastIndexOf(':');
        if (split < 0) {
          throw new IllegalArgumentException("unknown placeholder {{" + inside + "}}");
        }
        yield varied(
            alphabet(inside.substring(0, split)),
            length(inside.substring(split + 1), random),
            random);
      }
    };
  }

  /// Random text that cannot look like a placeholder by bad luck: it never repeats a character
  /// thrice.
  private static String varied(String alphabet, int length, RandomGenerator random) {
    if (alphabet.length() < 6) {
      return Checksum.pick(random, alphabet, length);
    }
    var text = new StringBuilder(length);
    while (text.length() < length) {
      char next = alphabet.charAt(random.nextInt(alphabet.length()));
      int n = text.length();
      if (n >= 2 && text.charAt(n - 1) == next && text.charAt(n - 2) == next) {
        continue;
      }
      text.append(next);
    }
    return text.toString();
  }

  private static int length(String text, RandomGenerator random) {
    try {
      int dash = text.indexOf('-');
      int length =
          dash < 0
              ? Integer.parseInt(text)
              : random.nextInt(
                  Integer.parseInt(text.substring(0, dash)),
                  Integer.parseInt(text.substring(dash + 1)) + 1);
      if (length > LONGEST) {
        throw new IllegalArgumentException("a length of " + length + " is more than " + LONGEST);
      }
      return length;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a length", e);
    }
  }

  private static String alphabet(String classes) {
    var all = new StringBuilder();
    int at = 0;
    while (at < classes.length()) {
      if (classes.charAt(at) == '"') {
        int end = classes.indexOf('"', at + 1);
        if (end < 0) {
          throw new IllegalArgumentException("an open quote in {{" + classes + "…}}");
        }
        all.append(classes, at + 1, end);
        at = end + 1;
      } else {
        int end = classes.indexOf('+', at);
        end = end < 0 ? classes.length() : end;
        all.append(named(classes.substring(at, end)));
        at = end;
      }
      if (at < classes.length() && classes.charAt(at) == '+') {
        at++;
      }
    }
    return all.toString();
  }

  private static String named(String name) {
    return switch (name) {
      case "hex" -> DIGIT + "abcdef";
      case "HEX" -> DIGIT + "ABCDEF";
      case "digit" -> DIGIT;
      case "lower" -> LOWER;
      case "upper" -> UPPER;
      case "alpha" -> LOWER + UPPER;
      case "alnum" -> LOWER + UPPER + DIGIT;
      case "base64" -> LOWER + UPPER + DIGIT + "+/";
      case "base64url" -> LOWER + UPPER + DIGIT + "_-";
      case "base32" -> UPPER + "234567";
      default -> throw new IllegalArgumentException("unknown class '" + name + "'");
    };
  }

  private static String uuid(RandomGenerator random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    bytes[6] = (byte) (bytes[6] & 0x0f | 0x40);
    bytes[8] = (byte) (bytes[8] & 0x3f | 0x80);
    String hex = HexFormat.of().formatHex(bytes);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  private static String percent(byte[] raw) {
    var text = new StringBuilder();
    for (byte b : raw) {
      if (b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9') {
        text.append((char) b);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return text.toString();
  }

  private static String json(String raw) {
    return raw.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String jwt(String claims, RandomGenerator random) {
    var url = Base64.getUrlEncoder().withoutPadding();
    String payload =
        claims.isEmpty() ? "{\"sub\":\"" + uuid(random) + "\",\"iat\":1700000000}" : claims;
    byte[] signature = new byte[32];
    random.nextBytes(signature);
    return url.encodeToString(
            "{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + url.encodeToString(payload.getBytes(StandardCharsets.UTF_8))
        + "."
        + url.encodeToString(signature);
  }

  private static String pem(String kind, RandomGenerator random) {
    try {
      return switch (kind) {
        case "RSA" -> armoured("RSA PRIVATE KEY", pkcs1(ExampleRsa.key(random)));
        case "PKCS8" -> armoured("PRIVATE KEY", ExampleRsa.key(random).getEncoded());
        case "EC" -> armoured("EC PRIVATE KEY", sec1(random));
        case "OPENSSH" -> armoured("OPENSSH PRIVATE KEY", openSsh(random));
        default -> throw new IllegalArgumentException("no private key of kind '" + kind + "'");
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes RSA keys", e);
    }
  }

  private static String armoured(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----";
  }

  private static byte[] pkcs1(RSAPrivateCrtKey key) {
    return der(
        0x30,
        join(
            new byte[] {2, 1, 0},
            der(2, key.getModulus().toByteArray()),
            der(2, key.getPublicExponent().toByteArray()),
            der(2, key.getPrivateExponent().toByteArray()),
            der(2, key.getPrimeP().toByteArray()),
            der(2, key.getPrimeQ().toByteArray()),
            der(2, key.getPrimeExponentP().toByteArray()),
            der(2, key.getPrimeExponentQ().toByteArray()),
            der(2, key.getCrtCoefficient().toByteArray())));
  }

  /// An EC key on prime256v1 as RFC 5915 writes it; any 32 bytes are a private value.
  private static byte[] sec1(RandomGenerator random) {
    byte[] value = new byte[32];
    random.nextBytes(value);
    byte[] curve = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
    return der(0x30, join(new byte[] {2, 1, 1}, der(4, value), der(0xa0, curve)));
  }

  private static byte[] openSsh(RandomGenerator random) {
    byte[] publicKey = new byte[32];
    byte[] privateKey = new byte[64];
    byte[] check = new byte[4];
    random.nextBytes(publicKey);
    random.nextBytes(privateKey);
    random.nextBytes(check);
    byte[] type = string("ssh-ed25519".getBytes(StandardCharsets.US_ASCII));
    byte[] none = string("none".getBytes(StandardCharsets.US_ASCII));
    byte[] hidden =
        join(
            check,
            check,
            type,
            string(publicKey),
            string(privateKey),
            string(new byte[0]),
            new byte[] {1, 2, 3});
    return join(
        "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII),
        none,
        none,
        string(new byte[0]),
        new byte[] {0, 0, 0, 1},
        string(join(type, string(publicKey))),
        string(hidden));
  }

  private static byte[] string(byte[] body) {
    int n = body.length;
    return join(
        new byte[] {(byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n}, body);
  }

  private static byte[] der(int tag, byte[] body) {
    int n = body.length;
    byte[] head =
        n < 0x80
            ? new byte[] {(byte) tag, (byte) n}
            : n < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) n}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (n >>> 8), (byte) n};
    return join(head, body);
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
