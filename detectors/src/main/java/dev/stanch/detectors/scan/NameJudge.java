package dev.stanch.detectors.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Says what an identifier promises about its value: `DB_PASSWORD` a password, `max_tokens`
/// nothing.
final class NameJudge {
  /// What kind of secret a name speaks of.
  enum Kind {
    PASSWORD,
    SECRET,
    TOKEN,
    KEY,
    CREDENTIAL
  }

  /// A judged name: its words in lower case, and how telling it is (0: not at all, 1: fully).
  record Name(Kind kind, double weight, List<String> words) {}

  private static final Name NOTHING = new Name(Kind.CREDENTIAL, 0, List.of());

  /// Words that turn the name into that of something else when they come behind the telling one.
  private static final Set<String> HARMLESS_AFTER =
      Set.of(
          "id",
          "ids",
          "name",
          "names",
          "field",
          "fields",
          "label",
          "labels",
          "type",
          "types",
          "url",
          "uri",
          "urls",
          "endpoint",
          "host",
          "path",
          "file",
          "files",
          "filename",
          "dir",
          "folder",
          "location",
          "length",
          "len",
          "size",
          "count",
          "limit",
          "min",
          "max",
          "policy",
          "policies",
          "rule",
          "rules",
          "regex",
          "pattern",
          "format",
          "hint",
          "help",
          "text",
          "title",
          "message",
          "msg",
          "error",
          "errors",
          "prompt",
          "placeholder",
          "description",
          "desc",
          "input",
          "form",
          "page",
          "view",
          "reset",
          "forgot",
          "change",
          "changed",
          "confirm",
          "confirmation",
          "required",
          "enabled",
          "disabled",
          "valid",
          "invalid",
          "validator",
          "validation",
          "strength",
          "score",
          "expiry",
          "expires",
          "expiration",
          "expire",
          "ttl",
          "age",
          "lifetime",
          "timeout",
          "time",
          "date",
          "at",
          "by",
          "store",
          "storage",
          "manager",
          "provider",
          "service",
          "client",
          "factory",
          "generator",
          "builder",
          "parser",
          "handler",
          "helper",
          "util",
          "utils",
          "index",
          "position",
          "pos",
          "offset",
          "list",
          "map",
          "set",
          "array",
          "table",
          "column",
          "row",
          "ref",
          "reference",
          "refs",
          "selector",
          "version",
          "algorithm",
          "alg",
          "cipher",
          "mode",
          "method",
          "mechanism",
          "scheme",
          "class",
          "module",
          "package",
          "import",
          "test",
          "tests",
          "prefix",
          "suffix",
          "separator",
          "delimiter",
          "header",
          "param",
          "parameter",
          "params",
          "arg",
          "args",
          "option",
          "options",
          "flag",
          "env",
          "var",
          "variable",
          "attribute",
          "property",
          "usage",
          "budget",
          "price",
          "cost",
          "stream",
          "scope",
          "scopes",
          "audience",
          "issuer",
          "revoked",
          "exists",
          "missing",
          "empty",
          "null",
          "changes",
          "update",
          "updated",
          "create",
          "created",
          "delete",
          "deleted",
          "code",
          "codes",
          "event",
          "events",
          "callback",
          "function",
          "func",
          "fn",
          "only",
          "less",
          "based",
          "authenticator",
          "authentication",
          "protected",
          "level",
          "state",
          "status",
          "arn",
          "uuid",
          "guid",
          "fingerprint",
          "thumbprint",
          "bits",
          "usages",
          "spec",
          "info",
          "data",
          "object",
          "down",
          "up",
          "press",
          "board",
          "word",
          "words",
          "frame",
          "frames",
          "note",
          "pair",
          "pairs",
          "ring",
          "space",
          "stone",
          "points",
          "point",
          "range",
          "schema",
          "encoding",
          "encoder",
          "decoder",
          "mapper",
          "mapping",
          "binding",
          "bindings",
          "iterator",
          "verifier",
          "issued",
          "encrypted",
          "hash",
          "hashed",
          "digest",
          "checksum",
          "loader",
          "resolver",
          "source",
          "config",
          "settings",
          "repository",
          "model",
          "entity",
          "dto",
          "request",
          "response",
          "query",
          "command",
          "action",
          "route",
          "link",
          "button",
          "icon",
          "widget",
          "dialog",
          "window",
          "screen",
          "vault",
          "rotation",
          "num",
          "number",
          "total",
          "used",
          "remaining",
          "bucket",
          "per",
          "to",
          "from",
          "in",
          "of",
          "is",
          "has",
          "was");

  /// Words that do the same in front of it.
  private static final Set<String> HARMLESS_BEFORE =
      Set.of(
          "public",
          "pub",
          "foreign",
          "primary",
          "cache",
          "sort",
          "partition",
          "hash",
          "range",
          "map",
          "dict",
          "i18n",
          "translation",
          "locale",
          "message",
          "keyboard",
          "max",
          "min",
          "num",
          "number",
          "count",
          "total",
          "n",
          "next",
          "prev",
          "previous",
          "continuation",
          "page",
          "cursor",
          "lexer",
          "parse",
          "parser",
          "syntax",
          "special",
          "unk",
          "pad",
          "eos",
          "bos",
          "cls",
          "sep",
          "mask",
          "csrf",
          "xsrf",
          "forgot",
          "reset",
          "show",
          "hide",
          "toggle",
          "invalid",
          "wrong",
          "missing",
          "enter",
          "confirm",
          "repeat",
          "new",
          "old",
          "no",
          "has",
          "is",
          "get",
          "fetch",
          "find",
          "lookup",
          "read",
          "validate",
          "check",
          "verify",
          "compare",
          "generate",
          "hashed",
          "encrypted",
          "masked",
          "obfuscated",
          "redacted",
          "object",
          "row",
          "column",
          "index",
          "registry",
          "config",
          "property",
          "attribute",
          "json",
          "yaml",
          "lang",
          "language",
          "metric",
          "dimension",
          "tag",
          "label",
          "group",
          "field",
          "header",
          "query",
          "param",
          "shortcut",
          "hot",
          "modifier",
          "arrow",
          "escape",
          "shift",
          "ctrl",
          "alt",
          "meta",
          "any",
          "each",
          "composite",
          "unique",
          "natural",
          "surrogate",
          "storage",
          "routing",
          "event",
          "context",
          "state",
          "react",
          "node",
          "tree",
          "trie",
          "component",
          "feature",
          "flag",
          "setting",
          "resource",
          "entry",
          "item",
          "element",
          "option",
          "input",
          "output",
          "cell",
          "dataset",
          "image",
          "s3",
          "path",
          "file",
          "dir",
          "name",
          "type");

  private static final Set<String> READERS =
      Set.of(
          "get",
          "fetch",
          "find",
          "load",
          "read",
          "lookup",
          "resolve",
          "require",
          "has",
          "is",
          "check",
          "validate",
          "verify",
          "compare",
          "getenv",
          "env",
          "environ",
          "config",
          "param",
          "input",
          "prompt",
          "select",
          "query",
          "delete",
          "remove",
          "contains",
          "include",
          "includes",
          "test",
          "it",
          "describe",
          "print",
          "println",
          "printf",
          "log",
          "debug",
          "info",
          "warn",
          "error",
          "raise",
          "throw",
          "assert",
          "expect",
          "t",
          "gettext",
          "translate",
          "format",
          "getstring",
          "getproperty",
          "getsecret",
          "getparameter",
          "tr",
          "i18n",
          "exception",
          "parse",
          "compile",
          "regexp",
          "regex",
          "re",
          "match",
          "replace",
          "split",
          "strip",
          "len",
          "secret",
          "vault",
          "var",
          "ref",
          "file",
          "open",
          "path",
          "url",
          "import",
          "from",
          "gettoken",
          "getpassword");

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
    Kind kind = kindOf(word, telling);
    if (kind == null) {
      return NOTHING;
    }
    List<String> before = words(name.substring(0, wordStart));
    List<String> after = words(name.substring(wordEnd));
    double weight = 1;
    if (!after.isEmpty()) {
      for (String next : after) {
        if (HARMLESS_AFTER.contains(next)) {
          return NOTHING;
        }
      }
      weight *= 0.8;
    }
    if (!before.isEmpty()) {
      String last = before.getLast();
      if (HARMLESS_BEFORE.contains(last)
          || HARMLESS_BEFORE.contains(before.getFirst()) && kind == Kind.KEY) {
        return NOTHING;
      }
    }
    if (kind == Kind.KEY && word.equals("key") && before.isEmpty() && after.isEmpty()) {
      weight *= 0.35; // a bare `key` is most often that of a map
    } else if (kind == Kind.KEY && word.equals("key") && !telling(before)) {
      weight *= 0.6;
    } else if (word.equals("auth") || word.equals("pass") && before.isEmpty()) {
      weight *= 0.7;
    }
    var all = new ArrayList<String>(before);
    all.add(word);
    all.addAll(after);
    return new Name(kind, weight, List.copyOf(all));
  }

  private static boolean telling(List<String> before) {
    for (String word : before) {
      switch (word) {
        case "api",
            "access",
            "secret",
            "private",
            "priv",
            "auth",
            "client",
            "app",
            "application",
            "account",
            "service",
            "signing",
            "sign",
            "encryption",
            "encrypt",
            "master",
            "admin",
            "license",
            "licence",
            "consumer",
            "shared",
            "server",
            "webhook",
            "hmac",
            "jwt",
            "session",
            "cookie",
            "storage",
            "subscription",
            "integration",
            "write",
            "deploy",
            "ssh",
            "aes",
            "des",
            "crypto",
            "cipher",
            "rest",
            "dev",
            "prod",
            "live",
            "user",
            "root",
            "publishable",
            "merchant" -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private static @org.jspecify.annotations.Nullable Kind kindOf(String word, String telling) {
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
                case "password", "passwd" -> Kind.PASSWORD;
                case "secret" -> Kind.SECRET;
                case "apikey" -> Kind.KEY;
                default -> null;
              }
              : null;
    };
  }

  /// Whether a call of this name reads or checks rather than sets: its argument is a name, not a
  /// value.
  boolean isReader(String name) {
    List<String> words = words(name);
    if (words.isEmpty()) {
      return false;
    }
    return READERS.contains(words.getFirst()) || READERS.contains(words.getLast());
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
