package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a match as what its rule says it is, and tells what it found; a match that does not read
/// so is none.
enum Structure {
  /// Three base64url parts, the first two JSON objects.
  JWT {
    @Override
    @Nullable Reading read(byte[] text, int from, int to) {
      String token = latin(text, from, to);
      String[] parts = token.split("\\.", -1);
      if (parts.length < 3) {
        return null;
      }
      String header = decoded(parts[0]);
      String claims = decoded(parts[1]);
      if (header == null
          || claims == null
          || !isObject(header)
          || !isObject(claims)
          || !header.contains("\"alg\"")
          || !Patterns.CLAIM.matcher(claims).find()) {
        return null;
      }
      var why = new ArrayList<String>();
      var known = new ArrayList<Part>();
      why.add("header and claims are JSON");
      value(header, "alg").ifPresent(alg -> why.add("algorithm " + alg));
      value(claims, "iss").ifPresent(issuer -> known.add(new Part("issuer", issuer)));
      value(claims, "exp").ifPresent(expiry -> known.add(new Part("expires", expiry)));
      return new Reading(why, known);
    }
  },

  /// A PEM or OpenSSH private key whose body decodes to the container its label names.
  PRIVATE_KEY {
    @Override
    @Nullable Reading read(byte[] text, int from, int to) {
      byte[] der = pemBody(latin(text, from, to));
      if (der == null || der.length < 32) {
        return null;
      }
      if (startsWith(der, "openssh-key-v1")) {
        boolean open =
            new String(der, 0, Math.min(40, der.length), StandardCharsets.ISO_8859_1)
                .contains("\0\0\0\4none");
        return new Reading(
            List.of(open ? "OpenSSH container, not encrypted" : "OpenSSH container, encrypted"),
            List.of());
      }
      return isSequence(der) ? new Reading(List.of("DER structure"), List.of()) : null;
    }
  },

  /// Google service-account JSON round the key.
  SERVICE_ACCOUNT_JSON {
    @Override
    @Nullable Reading read(byte[] text, int from, int to) {
      byte[] der = pemBody(latin(text, from, to));
      return der != null && isSequence(der) ? new Reading(List.of("key parses"), List.of()) : null;
    }
  },

  /// An identifier of AWS: all but the oldest hold their account's number.
  AWS_ACCESS_KEY {
    @Override
    @Nullable Reading read(byte[] text, int from, int to) {
      if (to - from != 20 || text[from + 4] == 'I' || text[from + 4] == 'J') {
        return NOTHING_MORE;
      }
      // Five bits a character; the number is the 40 bits behind the first, of the first 48.
      long bits = 0;
      for (int i = from + 4; i < from + 14; i++) {
        bits = bits << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text[i]);
      }
      long account = bits >> 9 & (1L << 40) - 1;
      return account > 999_999_999_999L
          ? NOTHING_MORE // no account has so high a number
          : new Reading(
              List.of("account in the identifier"),
              List.of(new Part("account", String.format(Locale.ROOT, "%012d", account))));
    }
  },

  /// `user:password` in base64.
  BASIC_AUTH {
    @Override
    @Nullable Reading read(byte[] text, int from, int to) {
      String pair = decoded(latin(text, from, to));
      int colon = pair == null ? -1 : pair.indexOf(':');
      if (pair == null || colon < 0 || colon > pair.length() - 4) {
        return null;
      }
      String user = pair.substring(0, colon);
      String password = pair.substring(colon + 1);
      if (!printable(pair) || isWellKnownPair(user, password)) {
        return null;
      }
      return new Reading(List.of("decodes to user and password"), List.of(new Part("user", user)));
    }
  },

  /// The password of a connection string.
  CONNECTION_STRING {
    @Override
    @Nullable Reading read(byte[] text, int from, int to) {
      return isPassword(latin(text, from, to))
          ? new Reading(List.of("password of a connection string"), List.of())
          : null;
    }
  },

  /// A password by itself: no placeholder, no reference, no sample.
  PASSWORD {
    @Override
    @Nullable Reading read(byte[] text, int from, int to) {
      return isPassword(latin(text, from, to)) ? new Reading(List.of(), List.of()) : null;
    }
  },

  /// A password where a word of a sentence could stand: no letters alone.
  PASSWORD_IN_PROSE {
    @Override
    @Nullable Reading read(byte[] text, int from, int to) {
      if (text[to - 1] == ':') {
        return null; // the name of what follows
      }
      for (int i = from; i < to; i++) {
        if (!TokenText.isLetter(text[i]) && ".-/?!".indexOf(text[i]) < 0) {
          return PASSWORD.read(text, from, to);
        }
      }
      return null;
    }
  },

  /// The entries of a Kubernetes Secret manifest: at least one holds a value.
  KUBERNETES_SECRET {
    @Override
    @Nullable Reading read(byte[] text, int from, int to) {
      Matcher entry = Patterns.ENTRY.matcher(latin(text, from, to));
      while (entry.find()) {
        String value = entry.group(1);
        if (!isReference(value)
            && value.length() >= 8
            && !Patterns.PLACEHOLDERS.matcher(value).matches()) {
          return new Reading(List.of("manifest with data"), List.of());
        }
      }
      return null;
    }
  };

  /// Compiled when a parser first needs them: most texts of a hook need none.
  private static final class Patterns {
    static final Pattern ENTRY =
        Pattern.compile("[A-Za-z0-9_.-]{1,60}\"?: {0,3}[\"']?([^\\s\"']{1,400})");
    static final Pattern PLACEHOLDERS =
        Pattern.compile(
            "(?i)(?:pass|passwd|password|pwd|secret|pw|user|username|changeme|change_me|your.*|my_?pass.*|x+|\\*+|\\.+|example.*|placeholder|"
                + "<.*|\\[.*|\\{.*|%.*%|.*\\$\\{.*|.*\\{\\{.*|<?redacted>?|token|key|foo|bar|test|mypassword|dbpassword|db_password|db_pass|userpass|pass1234?)");

    static final Pattern NOWHERE =
        Pattern.compile(
            "(?i)(?:your|my-?host|host(?:name)?(?:$|[:/])|server(?:$|[:/])"
                + "|(?:[a-z0-9-]+\\.)*(?:example(?:\\.(?:com|org|net))?|test|invalid)(?:$|[:/]))");
    static final Pattern HERE =
        Pattern.compile(
            "(?i)(?:localhost|127\\.|0\\.0\\.0\\.0|\\[?::1|(?:[a-z0-9-]+\\.)+localhost(?:$|[:/]))");

    /// A registered claim, or one that says who or what is let in: without any a token lets nobody
    /// in.
    static final Pattern CLAIM =
        Pattern.compile(
            "(?i)\"(?:iss|sub|aud|exp|nbf|iat|jti"
                + "|[a-z_]{0,20}(?:user|name|mail|id|role|scope|group|client|account|tenant|org|key|token"
                + "|permission|type|session|access|admin)[a-z_]{0,20})\"\\s*:");

    static final Pattern DOMAIN =
        Pattern.compile("(?:[A-Za-z0-9_-]{1,63}\\.){1,9}[A-Za-z]{2,24}(?::\\d{1,5})?");

    private Patterns() {}
  }

  /// What was read: reasons, and parts that may be shown.
  record Reading(List<String> why, List<Part> parts) {
    Reading {
      why = List.copyOf(why);
      parts = List.copyOf(parts);
    }
  }

  private static final Reading NOTHING_MORE = new Reading(List.of(), List.of());

  abstract @Nullable Reading read(byte[] text, int from, int to);

  /// How much a password beside these parts is worth: nothing where it repeats the user name, half
  /// where its host is one made up for examples, a little more where it is this machine.
  static double worth(String password, List<Part> parts) {
    double worth = 1;
    for (Part part : parts) {
      if (part.name().equals("user") && part.value().equalsIgnoreCase(password)) {
        return 0;
      }
      if (part.name().equals("host")) {
        worth =
            Patterns.NOWHERE.matcher(part.value()).lookingAt()
                ? 0.5
                : Patterns.HERE.matcher(part.value()).lookingAt() ? 0.65 : 1;
      }
    }
    return worth;
  }

  /// Whether the host has a domain of its own: no address, no name of the local net.
  static boolean hasDomain(String host) {
    return Patterns.DOMAIN.matcher(host).matches()
        && !Patterns.NOWHERE.matcher(host).lookingAt()
        && !Patterns.HERE.matcher(host).lookingAt();
  }

  /// The parser of this name (`private-key`).
  static @Nullable Structure named(String name) {
    for (Structure structure : values()) {
      if (structure.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
        return structure;
      }
    }
    return null;
  }

  private static String latin(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static @Nullable String decoded(String base64) {
    String padless = base64.replace("=", "");
    boolean url = padless.indexOf('-') >= 0 || padless.indexOf('_') >= 0;
    try {
      byte[] bytes = (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(padless);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static boolean isObject(String json) {
    String text = json.strip();
    return text.startsWith("{")
        && text.endsWith("}")
        && text.indexOf('"') > 0
        && text.indexOf(':') > 0;
  }

  private static Optional<String> value(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}]{1,200})").matcher(json);
    return matcher.find() && printable(matcher.group(1))
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  private static boolean printable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != 0xfffd);
  }

  private static boolean isWellKnownPair(String user, String password) {
    String pair = (user + ":" + password).toLowerCase(Locale.ROOT);
    return pair.equals("aladdin:open sesame")
        || pair.equals("aladdin:opensesame")
        || pair.startsWith("user:pass")
        || pair.startsWith("username:pass")
        || pair.equals("admin:admin")
        || pair.equals("test:test")
        || pair.equals("foo:bar")
        || isReference(password)
        || Patterns.PLACEHOLDERS.matcher(password).matches();
  }

  private static boolean isPassword(String value) {
    return !isReference(value)
        && !Patterns.PLACEHOLDERS.matcher(value).matches()
        && !ValueJudge.isVersion(value)
        && ValueJudge.isPlausible(value);
  }

  private static boolean isReference(String value) {
    return value.contains("${")
        || value.contains("{{")
        || value.contains("$(")
        || value.contains("#{")
        || value.contains("%(")
        || value.startsWith("<")
        || value.startsWith("$") && value.length() > 1 && Character.isLetter(value.charAt(1))
        || value.startsWith("%") && value.endsWith("%");
  }

  /// The decoded body of a PEM block, whose line ends may stand as `\n`; null when it is not
  /// base64.
  private static byte @Nullable [] pemBody(String pem) {
    int begin = pem.indexOf("-----BEGIN");
    int start = begin < 0 ? -1 : pem.indexOf("-----", begin + 10);
    int end = pem.lastIndexOf("-----END");
    if (start < 0 || end < start) {
      return null;
    }
    var body = new StringBuilder();
    String inside =
        pem.substring(start + 5, end).replace("\\r", "").replace("\\n", "").replace("\\", "");
    for (String line : inside.split("[\\r\\n]+", -1)) {
      if (line.indexOf(':') < 0) { // headers such as Proc-Type
        for (int i = 0; i < line.length(); i++) {
          char c = line.charAt(i);
          if (Character.isLetterOrDigit(c) || c == '+' || c == '/') {
            body.append(c);
          }
        }
      }
    }
    try {
      return Base64.getDecoder().decode(body.toString());
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static boolean startsWith(byte[] bytes, String text) {
    return bytes.length > text.length()
        && new String(bytes, 0, text.length(), StandardCharsets.ISO_8859_1).equals(text);
  }

  /// Whether the bytes are one DER sequence, whose length is that of the whole (a little may be
  /// cut).
  private static boolean isSequence(byte[] der) {
    if (der[0] != 0x30) {
      return false;
    }
    int first = der[1] & 0xff;
    int header = 2;
    int length = first;
    if (first >= 0x80) {
      int bytes = first & 0x7f;
      if (bytes < 1 || bytes > 2) {
        return false;
      }
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | der[2 + i] & 0xff;
      }
      header += bytes;
    }
    return header + length == der.length
        || header + length - 3 <= der.length && der.length <= header + length + 3;
  }
}
