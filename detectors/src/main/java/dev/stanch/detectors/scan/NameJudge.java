package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.WordTable.Of;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Says what an identifier promises about its value: `DB_PASSWORD` a password, `max_tokens`
/// nothing.
final class NameJudge {
  /// What kind of secret a name speaks of.
  enum Kind {
    PASSWORD(1),
    SECRET(2),
    TOKEN(3),
    KEY(4),
    CREDENTIAL(5);

    /// What stands for it in the stored table.
    final int code;

    Kind(int code) {
      this.code = code;
    }

    static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind " + code);
    }
  }

  /// A judged name: its words in lower case, and how telling it is (0: not at all, 1: fully).
  record Name(Kind kind, double weight, List<String> words) {}

  private static final Name NOTHING = new Name(Kind.CREDENTIAL, 0, List.of());

  private final WordTable words = WordTable.builtIn();
  private final Memo<Identifier> judged = new Memo<>();
  private final Memo<Boolean> readers = new Memo<>();

  /// An identifier and what it promises.
  record Identifier(String spelling, Name judged) {
    Kind kind() {
      return judged.kind();
    }

    List<String> words() {
      return judged.words();
    }
  }

  /// Judges the identifier `text[start, end)`, in which the telling word that was seen stands at
  /// `[from, to)`.
  Identifier judge(byte[] text, int start, int end, int from, int to) {
    return judged.of(
        text,
        start,
        end,
        (from - start) << 8 | to - start,
        name -> new Identifier(name, judge(name, from - start, to - start)));
  }

  /// Judges `name`, in which the telling word that was seen stands at `[from, to)`.
  Name judge(String name, int from, int to) {
    String telling = name.substring(from, to).toLowerCase(Locale.ROOT);
    // The word round the telling letters: it may be another word (`keyboard`, `passenger`,
    // `author`).
    int wordEnd = to;
    while (wordEnd < name.length() && isLower(name.charAt(wordEnd))) {
      wordEnd++;
    }
    // ALLCAPS words go on in capitals.
    if (wordEnd == to && to < name.length() && isUpper(name.charAt(to - 1))) {
      while (wordEnd < name.length()
          && isUpper(name.charAt(wordEnd))
          && (wordEnd + 1 >= name.length() || !isLower(name.charAt(wordEnd + 1)))) {
        wordEnd++;
      }
    }
    int wordStart = from;
    if (from > 0
        && Character.isLetter(name.charAt(from - 1))
        && Character.isLetter(name.charAt(from))) {
      boolean camel = isUpper(name.charAt(from)) && isLower(name.charAt(from - 1));
      if (!camel) {
        while (wordStart > 0
            && Character.isLetter(name.charAt(wordStart - 1))
            && (isUpper(name.charAt(wordStart - 1)) == isUpper(name.charAt(from)))) {
          wordStart--;
        }
        if (wordStart > 0
            && isUpper(name.charAt(wordStart - 1))
            && isLower(name.charAt(wordStart))) {
          wordStart--;
        }
      }
    }
    String word = name.substring(wordStart, wordEnd).toLowerCase(Locale.ROOT);
    List<String> before = words(name.substring(0, wordStart));
    List<String> after = words(name.substring(wordEnd));
    var all = new ArrayList<String>(before);
    all.add(word);
    all.addAll(after);
    Name known = known(all, before.size(), telling, inSegment(name, wordStart, before).size());
    if (known != null) {
      return known;
    }
    Kind kind = kindOf(word, telling);
    if (kind == null) {
      return NOTHING;
    }
    double weight = 1;
    if (!after.isEmpty()) {
      for (String next : after) {
        if (words.has(Of.AFTER, next)) {
          return NOTHING;
        }
      }
      weight *= 0.8;
    }
    if (harmless(inSegment(name, wordStart, before), kind)) {
      return NOTHING;
    }
    if (kind == Kind.KEY && word.equals("key")) {
      // A bare `key` is most often that of a map.
      weight *= before.isEmpty() && after.isEmpty() ? 0.35 : ofKey(before) ? 1 : 0.6;
    } else if (word.equals("auth") || word.equals("pass") && before.isEmpty()) {
      weight *= 0.7;
    }
    return new Name(kind, weight, List.copyOf(all));
  }

  /// What the lists say of the longest run of words that ends the identifier, if they know one that
  /// holds the telling word.
  private @Nullable Name known(List<String> all, int tellingAt, String telling, int segment) {
    var joined = new StringBuilder();
    int best = -1;
    int first = all.size();
    for (int i = all.size() - 1; i >= 0 && all.size() - i <= 6; i--) {
      joined.insert(0, all.get(i));
      if (joined.length() > WordTable.LONGEST) {
        break;
      }
      if (i > tellingAt) {
        continue;
      }
      int value = words.value(Of.TELLING, joined);
      if (value >= 0) {
        best = value;
        first = i;
      }
    }
    if (best < 0) {
      return null;
    }
    if (best == 0) {
      return NOTHING;
    }
    Kind kind = Kind.of(best / 16);
    List<String> before = all.subList(0, first);
    if (harmless(all.subList(Math.min(first, tellingAt - segment), first), kind)) {
      return NOTHING;
    }
    double weight = best % 16 / 15.0;
    if (kind == Kind.KEY && telling.equals("key") && weight < 0.5 && !before.isEmpty()) {
      weight = ofKey(before) ? 1 : 0.6;
    }
    return new Name(kind, weight, List.copyOf(all));
  }

  /// Those of the words in front of a telling one that belong to its own part of a dotted name: the
  /// token of `config.token` is no harmless one.
  private static List<String> inSegment(String name, int wordStart, List<String> before) {
    int dot = name.lastIndexOf('.', wordStart);
    return dot < 0 ? before : words(name.substring(dot + 1, wordStart));
  }

  private boolean harmless(List<String> before, Kind kind) {
    return !before.isEmpty()
        && (words.has(Of.BEFORE, before.getLast())
            || kind == Kind.KEY && words.has(Of.BEFORE, before.getFirst()));
  }

  private boolean ofKey(List<String> before) {
    for (String word : before) {
      if (words.has(Of.OF_KEY, word)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Kind kindOf(String word, String telling) {
    return switch (word) {
      case "password",
          "passwd",
          "pwd",
          "pass",
          "passphrase",
          "passcode",
          "passwords",
          "psw",
          "pswd",
          "pw",
          "passwort",
          "kennwort",
          "wachtwoord",
          "contrasena",
          "clave",
          "senha",
          "haslo",
          "parol",
          "mdp",
          "userpass",
          "dbpass",
          "rootpass",
          "mypass",
          "sshpass",
          "pgpassword",
          "userpwd",
          "adminpassword",
          "dbpassword",
          "dbpasswd",
          "mysqlpassword",
          "rootpassword",
          "userpassword",
          "smtppassword",
          "ftppassword",
          "ldappassword",
          "keypass",
          "storepass",
          "keypassword",
          "storepassword",
          "bindpw",
          "rootpw",
          "dbpwd",
          "sapassword",
          "loginpassword",
          "mailpassword",
          "proxypassword",
          "ftppass",
          "smtppass" ->
          Kind.PASSWORD;
      case "secret",
          "secrets",
          "clientsecret",
          "appsecret",
          "secretkey",
          "sharedsecret",
          "apisecret",
          "appsecretkey",
          "consumersecret",
          "tokensecret",
          "webhooksecret",
          "jwtsecret",
          "cookiesecret",
          "sessionsecret",
          "secretaccesskey",
          "signingsecret" ->
          Kind.SECRET;
      case "token",
          "tokens",
          "authtoken",
          "accesstoken",
          "apitoken",
          "bearertoken",
          "refreshtoken",
          "bottoken",
          "usertoken",
          "sessiontoken",
          "csrftoken",
          "deploytoken",
          "bearer",
          "pat",
          "jwt",
          "idtoken" ->
          Kind.TOKEN;
      case "key",
          "keys",
          "apikey",
          "accesskey",
          "privatekey",
          "authkey",
          "appkey",
          "apikeys",
          "secretapikey",
          "masterkey",
          "licensekey",
          "signingkey",
          "encryptionkey",
          "sshkey",
          "accountkey",
          "xapikey",
          "servicekey",
          "clientkey",
          "sharedkey",
          "subscriptionkey",
          "salt",
          "pepper",
          "licence",
          "license" ->
          Kind.KEY;
      case "credential",
          "credentials",
          "cred",
          "creds",
          "auth",
          "authorization",
          "dsn",
          "basicauth" ->
          Kind.CREDENTIAL;
      default ->
          telling.length() >= 6 && word.endsWith(telling) && word.length() <= telling.length() + 12
              ? switch (telling) {
                case "secret" -> Kind.SECRET;
                case "apikey" -> Kind.KEY;
                default -> null;
              }
              : ofPassword(word);
    };
  }

  /// `rpcpassword`, `myscript_ftppasswd`; not `forgotpassword`.
  private @Nullable Kind ofPassword(String word) {
    for (String ending : List.of("password", "passwd")) {
      int before = word.length() - ending.length();
      if (before > 0 && before <= 12 && word.endsWith(ending)) {
        return words.has(Of.BEFORE, word.substring(0, before)) ? null : Kind.PASSWORD;
      }
    }
    return null;
  }

  /// Whether a call of this name reads or checks rather than sets: its argument is a name, not a
  /// value.
  boolean isReader(byte[] text, int start, int end) {
    return readers.of(text, start, end, 0, this::isReader);
  }

  /// Whether a call of this name reads or checks rather than sets.
  boolean isReader(String name) {
    List<String> words = words(name.substring(name.lastIndexOf('.') + 1));
    if (words.isEmpty()) {
      return false;
    }
    return this.words.has(Of.READER, words.getFirst())
        || this.words.has(Of.READER, words.getLast());
  }

  /// The words of an identifier, in lower case: `dbPassword_2` gives db, password, 2.
  static List<String> words(String name) {
    var words = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      boolean edge =
          i == name.length()
              || !Character.isLetterOrDigit(name.charAt(i))
              || i > start
                  && (isUpper(name.charAt(i))
                          && (!isUpper(name.charAt(i - 1))
                              || i + 1 < name.length() && isLower(name.charAt(i + 1)))
                      || Character.isDigit(name.charAt(i))
                          != Character.isDigit(name.charAt(i - 1)));
      if (edge) {
        if (i > start) {
          words.add(name.substring(start, i).toLowerCase(Locale.ROOT));
        }
        start = i < name.length() && Character.isLetterOrDigit(name.charAt(i)) ? i : i + 1;
      }
    }
    return words;
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
