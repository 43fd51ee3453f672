package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.ProviderId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says whose a secret is, by what is written beside it: its own name, the section it stands in,
/// the URL or host it is used with, the words around. One per session; tells where it looked.
final class ServiceFinder {
  /// Names of lexicon entries that say only that there is a store.
  private static final Set<String> VAGUE = Set.of("database", "spring", "generic", "kubernetes");

  private static final int MOST_IDENTIFIERS = 2000;

  private final Lexicon lexicon = Lexicon.builtIn();
  private final Memo<Lexicon.Run> runs = new Memo<>();
  private final Memo<Datastores.Word> words = new Memo<>();
  private final Map<String, Identified> identifiers = new HashMap<>();
  private byte[] text = new byte[0];
  private int from;
  private int to;
  private int low;
  private int high;

  void use(byte[] bytes, int first, int last) {
    this.text = bytes;
    this.from = first;
    this.to = last;
  }

  int examinedFrom() {
    return low;
  }

  int examinedTo() {
    return high;
  }

  /// The service of the value at `[start, end)`.
  ///
  /// @param name what the value is assigned to, empty where that is still to be read
  /// @param nameStart where the name stands, or the value
  Lexicon.@Nullable Match find(String name, int nameStart, int start, int end, boolean password) {
    low = Math.min(nameStart, start) - 1;
    high = end + 1;
    int anchor = nameStart;
    String identifier = name;
    if (identifier.isEmpty()) {
      identifier = identifierBefore(start);
      anchor = start;
    }
    Identified identified = identified(identifier);
    Lexicon.Match words = identified.words;
    Lexicon.Match variable = identified.variable;
    if (words != null && !vague(words)) {
      return variable != null && !vague(variable) ? variable : words;
    }
    Lexicon.Match section = section(anchor);
    if (section != null && !vague(section)) {
      return section;
    }
    if (variable != null && !vague(variable)) {
      return variable;
    }
    Lexicon.Match phrase = phrase(identifier, anchor);
    if (phrase != null && !vague(phrase)) {
      return phrase;
    }
    int first = Math.max(from, start - Lexicon.BEFORE);
    int last = Math.min(to, end + Lexicon.AFTER);
    low = Math.min(low, start - Lexicon.BEFORE);
    high = Math.max(high, end + Lexicon.AFTER);
    if (password) {
      Lexicon.Match store = Datastores.builtIn().near(text, first, last, start, end, this.words);
      if (store != null) {
        return store;
      }
    }
    Lexicon.Match near = lexicon.near(text, first, last, start, end, runs);
    if (near != null) {
      return near;
    }
    return identified.header != null ? identified.header : words != null ? words : variable;
  }

  /// What the words of an identifier, the whole of it, and the whole of it as a header say.
  private record Identified(
      Lexicon.@Nullable Match words,
      Lexicon.@Nullable Match variable,
      Lexicon.@Nullable Match header) {
    static final Identified NOTHING = new Identified(null, null, null);
  }

  private Identified identified(String name) {
    if (name.isEmpty()) {
      return Identified.NOTHING;
    }
    Identified known = identifiers.get(name);
    if (known == null) {
      known =
          new Identified(lexicon.ofWords(name), lexicon.ofVariable(name), lexicon.ofHeader(name));
      if (identifiers.size() == MOST_IDENTIFIERS) {
        identifiers.clear();
      }
      identifiers.put(name, known);
    }
    return known;
  }

  /// The service that the identifier in front of a value names beyond doubt.
  Lexicon.@Nullable Match named(int start) {
    low = start - 1;
    high = start + 1;
    Lexicon.Match match = identified(identifierBefore(start)).words;
    return match == null || vague(match) ? null : match;
  }

  /// The service that the word or host round `[start, end)` names.
  Lexicon.@Nullable Match ofRun(int start, int end) {
    int first = start;
    while (first > from && start - first < 64 && Lexicon.isHostByte(text[first - 1])) {
      first--;
    }
    int last = end;
    while (last < to && last - end < 64 && Lexicon.isHostByte(text[last])) {
      last++;
    }
    low = first - 1;
    high = last + 1;
    Lexicon.Match match = lexicon.ofRun(text, first, last, runs);
    return match == null || vague(match) ? null : match;
  }

  /// The service that the words in front of a name belong to: `the acme access token: x`, `new
  /// Acme({ key: "x" })`, `config :acme, key: "x"`.
  private Lexicon.@Nullable Match phrase(String name, int nameStart) {
    int limit = Math.max(from, nameStart - 60);
    low = Math.min(low, limit - 1);
    int at = nameStart;
    if (at > limit && text[at - 1] == ' ' && nameEnds(nameStart + name.length())) {
      Lexicon.Match words = words(name, nameStart, limit);
      if (words != null) {
        return words;
      }
    }
    while (at > limit && (text[at - 1] == ' ' || text[at - 1] == '{' || isQuote(text[at - 1]))) {
      at--;
    }
    boolean called = at > limit && text[at - 1] == '(';
    boolean listed = at > limit && text[at - 1] == ',';
    if (!called && !listed) {
      return null;
    }
    int end = at - 1;
    int first = end;
    while (first > limit && TokenText.isWord(text[first - 1])) {
      first--;
    }
    boolean made = called && first < end && text[first] >= 'A' && text[first] <= 'Z';
    boolean configured = listed && first - 8 >= limit && latin(first - 8, first).equals("config :");
    return made || configured ? lexicon.ofSection(latin(first, end)) : null;
  }

  /// Whether what stands at `at` ends a name in prose or in a comment.
  private boolean nameEnds(int at) {
    high = Math.max(high, at + 2);
    return at < to && (text[at] == ':' || text[at] == '`' || text[at] == ' ');
  }

  private Lexicon.@Nullable Match words(String name, int nameStart, int limit) {
    String joined = name;
    int at = nameStart;
    for (int word = 0; word < 3 && at > limit && text[at - 1] == ' '; word++) {
      int end = at - 1;
      at = end;
      while (at > limit && TokenText.isWord(text[at - 1])) {
        at--;
      }
      if (at == end) {
        return null;
      }
      joined = latin(at, end) + "_" + joined;
      Lexicon.Match match = lexicon.ofWords(joined);
      if (match != null) {
        return match;
      }
    }
    return null;
  }

  /// The kind of store that the scheme of the URL round `at` speaks of.
  @Nullable ProviderId ofScheme(int at) {
    int i = at;
    int limit = Math.max(from, at - 300);
    low = limit - 1;
    high = at + 1;
    while (i > limit && text[i - 1] > ' ' && !isQuote(text[i - 1])) {
      i--;
    }
    for (int k = i; k + 2 < at; k++) {
      if (text[k] == ':' && text[k + 1] == '/' && text[k + 2] == '/') {
        int start = k;
        while (start > i
            && (TokenText.isWord(text[start - 1])
                || text[start - 1] == '+'
                || text[start - 1] == ':')) {
          start--;
        }
        return Datastores.builtIn()
            .ofScheme(new String(text, start, k - start, StandardCharsets.ISO_8859_1));
      }
    }
    return null;
  }

  private static boolean isQuote(int b) {
    return b == '"' || b == '\'' || b == '`';
  }

  /// Whether the provider is a kind of system rather than a service whose secret it holds.
  static boolean isVague(ProviderId provider) {
    return VAGUE.contains(provider.value());
  }

  private static boolean vague(Lexicon.Match match) {
    return isVague(match.provider());
  }

  /// The identifier that stands in front of a value, behind at most a few signs.
  private String identifierBefore(int start) {
    int end = start;
    while (end > from
        && start - end < 10
        && (text[end - 1] == ' '
            || text[end - 1] == '='
            || text[end - 1] == ':'
            || text[end - 1] == '>'
            || text[end - 1] == '('
            || text[end - 1] == ','
            || text[end - 1] == '\\'
            || text[end - 1] == ']'
            || text[end - 1] == '@'
            || isQuote(text[end - 1]))) {
      end--;
    }
    int first = end;
    while (first > from
        && end - first < 64
        && (TokenText.isWord(text[first - 1])
            || text[first - 1] == '.'
            || text[first - 1] == '-')) {
      first--;
    }
    low = Math.min(low, first - 1);
    return new String(text, first, end - first, StandardCharsets.ISO_8859_1);
  }

  /// What the sections and blocks that the line stands in are called: `[ovh]`, `ovh {`, `ovh:`.
  private Lexicon.@Nullable Match section(int at) {
    int limit = Math.max(from, at - 900);
    int line = lineStart(at, limit);
    int depth = indent(line, at);
    for (int levels = 0; levels < 4 && line > limit; ) {
      int previous = lineStart(line - 1, limit);
      int end = line - 1;
      line = previous;
      while (end > previous && text[end - 1] <= ' ' && text[end - 1] >= 0) {
        end--;
      }
      int in = indent(previous, end);
      int first = previous + in;
      if (first >= end) {
        continue;
      }
      if (text[first] == '[' && text[end - 1] == ']') {
        low = Math.min(low, previous - 1);
        return lexicon.ofSection(latin(first, end));
      }
      if (in >= depth) {
        continue;
      }
      int last = text[end - 1];
      if (last != '{' && last != ':' && last != '(' && last != '[' && last != '>') {
        continue;
      }
      low = Math.min(low, previous - 1);
      if (end - first <= 60) {
        Lexicon.Match match = lexicon.ofSection(latin(first, end));
        if (match != null) {
          return match;
        }
      }
      depth = in;
      levels++;
    }
    low = Math.min(low, limit - 1);
    return null;
  }

  private int lineStart(int at, int limit) {
    int start = at;
    while (start > limit && text[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private int indent(int line, int end) {
    int i = line;
    while (i < end && (text[i] == ' ' || text[i] == '\t')) {
      i++;
    }
    return i - line;
  }

  private String latin(int start, int end) {
    return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
