package dev.stanch.detectors.baseline;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.model.TokenKey;
import java.io.IOException;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Findings that somebody accepted on a date: JSON Lines, a header with the salt and one sorted
/// entry a line, so that a merge of two baselines is one. Names no host, commit, line or absolute
/// path, and gives no token away.
///
/// Reads what a careless merge leaves: lines in any order, doubled lines, two headers.
public final class Baseline {
  private static final String SCHEMA = "1";
  private static final int LONGEST_LINE = 1 << 16;
  private static final Pattern CONFLICT = Pattern.compile("(<{7}|={7}|>{7}|\\|{7})( .*)?");
  private static final JsonFactory JSON = new JsonFactory();

  /// Bits of strength below which a token's id is derived slowly.
  private static final double GUESSABLE = 80;

  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::path)
          .thenComparing(Entry::rule)
          .thenComparing(Entry::token)
          .thenComparing(Entry::accepted);

  private final List<String> salts;
  private final List<Entry> entries;

  /// How a token's id is made of it.
  public enum Derivation {
    PLAIN,
    /// Slowly, for a token that could be guessed.
    SLOW;

    private static Derivation of(Secret secret) {
      return secret.strength() < GUESSABLE ? SLOW : PLAIN;
    }

    private TokenId name(Secret secret, TokenKey key) {
      return switch (this) {
        case PLAIN -> secret.idUnder(key);
        case SLOW -> secret.slowIdUnder(key);
      };
    }
  }

  /// One token accepted under one rule at one path.
  ///
  /// @param derivation of `token`
  /// @param expires the last day on which it counts, or null for ever
  public record Entry(
      RuleId rule,
      String path,
      TokenId token,
      Derivation derivation,
      String reason,
      String owner,
      @Nullable LocalDate expires,
      LocalDate accepted) {
    public Entry {
      requireNonNull(rule, "rule");
      requireNonNull(path, "path");
      requireNonNull(token, "token");
      requireNonNull(reason, "reason");
      requireNonNull(owner, "owner");
      requireNonNull(accepted, "accepted");
    }

    /// Whether it counts no more on `day`.
    public boolean expired(LocalDate day) {
      return expires != null && expires.isBefore(day);
    }

    private Entry with(TokenId id) {
      return new Entry(rule, path, id, derivation, reason, owner, expires, accepted);
    }
  }

  private Baseline(List<String> salts, List<Entry> entries) {
    this.salts = List.copyOf(salts);
    this.entries = entries.stream().sorted(ORDER).distinct().toList();
  }

  /// A baseline without entries, with a salt of its own.
  public static Baseline empty(SecureRandom random) {
    byte[] salt = new byte[TokenKey.LENGTH];
    random.nextBytes(salt);
    return new Baseline(List.of(HexFormat.of().formatHex(salt)), List.of());
  }

  /// The entries, sorted.
  public List<Entry> entries() {
    return entries;
  }

  /// The same baseline with other entries.
  public Baseline with(List<Entry> others) {
    return new Baseline(salts, others);
  }

  /// An entry for a token at a path, named under this baseline's salt.
  public Entry entry(
      HeldFinding held,
      String path,
      String reason,
      String owner,
      @Nullable LocalDate expires,
      LocalDate accepted) {
    var derivation = Derivation.of(held.secret());
    var blank =
        new Entry(
            held.finding().rule(),
            path,
            held.finding().token(),
            derivation,
            reason,
            owner,
            expires,
            accepted);
    return blank.with(derivation.name(held.secret(), keys().getFirst()));
  }

  List<TokenKey> keys() {
    return salts.stream().map(salt -> new TokenKey(HexFormat.of().parseHex(salt))).toList();
  }

  /// Finds the entries that speak of a token at a path. Remembers what it has derived, and which
  /// entries were of use. Not thread-safe.
  public static final class Matcher {
    private final List<TokenKey> keys;
    private final Map<Where, List<Entry>> byPlace;
    private final Map<Named, Set<TokenId>> names = new LinkedHashMap<>();
    private final Set<Entry> used = new LinkedHashSet<>();

    private record Where(RuleId rule, String path) {}

    private record Named(TokenId token, Derivation derivation) {}

    /// One over the entries of `baseline`, expired or not.
    public Matcher(Baseline baseline) {
      this.keys = baseline.keys();
      this.byPlace =
          baseline.entries().stream()
              .collect(Collectors.groupingBy(entry -> new Where(entry.rule(), entry.path())));
    }

    /// The entries for `held` at `path`. Only when some entry names the rule and the path is
    /// anything derived.
    public List<Entry> of(HeldFinding held, String path) {
      var found = new ArrayList<Entry>();
      for (Entry entry : byPlace.getOrDefault(new Where(held.finding().rule(), path), List.of())) {
        if (names(held, entry.derivation()).contains(entry.token())) {
          found.add(entry);
          used.add(entry);
        }
      }
      return found;
    }

    private Set<TokenId> names(HeldFinding held, Derivation derivation) {
      return names.computeIfAbsent(
          new Named(held.finding().token(), derivation),
          _ ->
              keys.stream()
                  .map(key -> derivation.name(held.secret(), key))
                  .collect(Collectors.toUnmodifiableSet()));
    }

    /// The entries that matched something so far.
    public Set<Entry> used() {
      return Set.copyOf(used);
    }
  }

  // ---- the file
  // ------------------------------------------------------------------------------------------------------

  /// Reads a baseline.
  ///
  /// @throws BaselineException when a line is none of a baseline's
  public static Baseline parse(String text) throws BaselineException {
    var salts = new LinkedHashSet<String>();
    var entries = new ArrayList<Entry>();
    var days = new HashMap<String, LocalDate>(); // few of them, and dear to read
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.charAt(0) != '{' && CONFLICT.matcher(line).matches()) {
        continue; // both sides of a conflict count
      }
      if (line.length() > LONGEST_LINE) {
        throw new BaselineException(number, "too long");
      }
      Map<String, String> fields = fields(line, number);
      try {
        if ("baseline".equals(fields.get("type"))) {
          if (!SCHEMA.equals(fields.get("schema"))) {
            throw new BaselineException(number, "a baseline of another version");
          }
          String salt = fields.getOrDefault("under", "");
          if (HexFormat.of().parseHex(salt).length != TokenKey.LENGTH) {
            throw new BaselineException(number, "the salt has " + TokenKey.LENGTH + " bytes");
          }
          salts.add(salt);
        } else {
          entries.add(entry(fields, days, number));
        }
      } catch (IllegalArgumentException | DateTimeException _) {
        throw new BaselineException(number, "not an entry of a baseline");
      }
    }
    if (salts.isEmpty()) {
      throw new BaselineException(1, "no header with a salt");
    }
    return new Baseline(List.copyOf(salts), entries);
  }

  private static Entry entry(Map<String, String> fields, Map<String, LocalDate> days, int number)
      throws BaselineException {
    String expires = fields.get("expires");
    return new Entry(
        new RuleId(required(fields, "rule", number)),
        required(fields, "path", number),
        new TokenId(required(fields, "id", number)),
        "pbkdf2".equals(fields.get("derivation")) ? Derivation.SLOW : Derivation.PLAIN,
        fields.getOrDefault("reason", ""),
        fields.getOrDefault("owner", ""),
        expires == null ? null : days.computeIfAbsent(expires, LocalDate::parse),
        days.computeIfAbsent(required(fields, "accepted", number), LocalDate::parse));
  }

  private static String required(Map<String, String> fields, String name, int number)
      throws BaselineException {
    String value = fields.get(name);
    if (value == null) {
      throw new BaselineException(number, "an entry of a baseline without '" + name + "'");
    }
    return value;
  }

  private static Map<String, String> fields(String line, int number) throws BaselineException {
    try (JsonParser parser = JSON.createParser(line)) {
      var fields = new LinkedHashMap<String, String>();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BaselineException(number, "not an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
          throw new BaselineException(number, "every field is a text");
        }
        fields.put(name, parser.getText());
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new BaselineException(number, "one object a line");
      }
      return fields;
    } catch (JacksonException _) {
      throw new BaselineException(number, "not JSON");
    } catch (BaselineException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("a string is read without faults", e);
    }
  }

  /// The baseline as its file holds it.
  public String text() {
    var text = new StringBuilder();
    for (String salt : salts) {
      text.append(line("type", "baseline", "schema", SCHEMA, "under", salt)).append('\n');
    }
    for (Entry entry : entries) {
      LocalDate expires = entry.expires();
      text.append(
              line(
                  "path",
                  entry.path(),
                  "rule",
                  entry.rule().value(),
                  "id",
                  entry.token().value(),
                  "derivation",
                  entry.derivation() == Derivation.SLOW ? "pbkdf2" : "",
                  "reason",
                  entry.reason(),
                  "owner",
                  entry.owner(),
                  "expires",
                  expires == null ? "" : expires.toString(),
                  "accepted",
                  entry.accepted().toString()))
          .append('\n');
    }
    return text.toString();
  }

  /// One object of the pairs whose value is not empty; a path may be.
  private static String line(String... pairs) {
    var line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      for (int i = 0; i < pairs.length; i += 2) {
        if (!pairs[i + 1].isEmpty() || pairs[i].equals("path")) {
          json.writeStringField(pairs[i], pairs[i + 1]);
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string is written without faults", e);
    }
    return line.toString();
  }
}
