package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.BuiltInTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which service a secret of no known format belongs to, judged by the words, hosts and headers
/// beside it.
///
/// A sorted table of hashes made at build time from `lexicon.tsv`; loaded when a text first has
/// something to name.
final class Lexicon {
  /// Bytes in front of a value that are searched for a service.
  static final int BEFORE = 480;

  /// Bytes behind it.
  static final int AFTER = 240;

  private static final int SHORTEST_STEM = 4;
  private static final int LONGEST_WORD = 32;

  /// What a key of the table is.
  enum Kind {
    /// A word that counts anywhere.
    DISTINCTIVE,
    /// An ordinary word: counts at the beginning of an identifier only.
    ORDINARY,
    /// A variable or setting.
    VARIABLE,
    /// A host name.
    HOST,
    /// A header or query parameter.
    HEADER
  }

  /// Hosts that names of packages begin with.
  private static final Set<String> CODE_HOSTS =
      Set.of("github.com", "gitlab.com", "bitbucket.org", "gitee.com");

  /// Why a service was named.
  record Match(ProviderId provider, String why, boolean certain) {}

  private final long[] hashes;
  private final short[] services;
  private final byte[] ids;
  private final int[] idStart;

  private Lexicon(long[] hashes, short[] services, byte[] ids, int[] idStart) {
    this.hashes = hashes;
    this.services = services;
    this.ids = ids;
    this.idStart = idStart;
  }

  static Lexicon builtIn() {
    return Holder.LEXICON;
  }

  private static final class Holder {
    static final Lexicon LEXICON = load();

    private Holder() {}
  }

  private static Lexicon load() {
    // Whole arrays: a hook has no time to look at every entry.
    var data = BuiltInTable.read("scan/lexicon.bin");
    int n = data.getInt();
    long[] hashes = new long[n];
    data.asLongBuffer().get(hashes);
    data.position(data.position() + n * Long.BYTES);
    short[] services = new short[n];
    data.asShortBuffer().get(services);
    data.position(data.position() + n * Short.BYTES);
    int[] idStart = new int[data.getInt()];
    data.asIntBuffer().get(idStart);
    data.position(data.position() + idStart.length * Integer.BYTES);
    byte[] ids = new byte[data.remaining()];
    data.get(ids);
    return new Lexicon(hashes, services, ids, idStart);
  }

  private String id(int service) {
    int start = idStart[service];
    return new String(ids, start, idStart[service + 1] - start, StandardCharsets.US_ASCII);
  }

  /// FNV-1a over the kind and the text.
  static long hash(Kind kind, CharSequence text, int from, int to) {
    long hash = (0xcbf29ce484222325L ^ kind.name().charAt(0)) * 0x100000001b3L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private int service(Kind kind, CharSequence text, int from, int to) {
    int at = SortedHashes.find(hashes, hash(kind, text, from, to));
    return at < 0 ? -1 : services[at] & 0xffff;
  }

  private Match match(int service, String why, boolean certain) {
    return new Match(new ProviderId(id(service)), why, certain);
  }

  /// The service whose variable or setting the identifier is.
  @Nullable Match ofVariable(String name) {
    String joined = String.join("", NameJudge.words(name));
    int service = service(Kind.VARIABLE, joined, 0, joined.length());
    return service < 0 ? null : match(service, "variable " + name, true);
  }

  /// The service whose header the identifier is.
  @Nullable Match ofHeader(String name) {
    String joined = String.join("", NameJudge.words(name));
    int service = service(Kind.HEADER, joined, 0, joined.length());
    return service < 0 ? null : match(service, "header " + name, false);
  }

  /// The service that a section of a configuration is called after; ordinary words count.
  @Nullable Match ofSection(String head) {
    List<String> words = NameJudge.words(head);
    for (int i = words.size() - 1; i >= 0; i--) {
      int found = longest(words, i, true);
      if (found >= 0) {
        return match(found, "section " + head, true);
      }
    }
    return null;
  }

  /// The service that words of the identifier name.
  @Nullable Match ofWords(String name) {
    List<String> words = NameJudge.words(name);
    boolean client = !words.isEmpty() && words.getLast().equals("client");
    for (int i = 0; i < words.size(); i++) {
      int longest = longest(words, i, client || i == 0 && words.size() > 1);
      if (longest < 0) {
        longest = stem(words.get(i));
      }
      if (longest >= 0) {
        return match(longest, "name " + name, true);
      }
    }
    return null;
  }

  private int longest(List<String> words, int first, boolean ordinary) {
    var several = new StringBuilder();
    int longest = -1;
    for (int j = first; j < Math.min(words.size(), first + 4); j++) {
      several.append(words.get(j));
      int found = service(Kind.DISTINCTIVE, several, 0, several.length());
      if (found < 0 && ordinary) {
        found = service(Kind.ORDINARY, several, 0, several.length());
      }
      longest = found >= 0 ? found : longest;
    }
    return longest;
  }

  /// A service whose distinctive word begins a longer one: `sendgridkey`.
  private int stem(String word) {
    for (int length = Math.min(word.length() - 1, LONGEST_WORD);
        length >= SHORTEST_STEM + 1;
        length--) {
      int service = service(Kind.DISTINCTIVE, word, 0, length);
      if (service >= 0) {
        return service;
      }
    }
    return -1;
  }

  /// What a run of the bytes that hosts and identifiers are made of says: a service, or -1, and
  /// why.
  record Run(int service, boolean host, String why) {}

  private static final Run NOTHING = new Run(-1, false, "");

  /// The service nearest to `at` in `text[from, to)`: a host, a header or a distinctive word; what
  /// stands before counts more than what stands behind.
  @Nullable Match near(byte[] text, int from, int to, int at, int end, Memo<Run> runs) {
    int total = 0;
    for (int i = from; i < at; i++) {
      total += text[i] == '\n' ? 1 : 0;
    }
    int lines = 0;
    Run best = NOTHING;
    int nearest = Integer.MAX_VALUE;
    for (int i = from; i < to; ) {
      if (!isHostByte(text[i])) {
        lines += text[i] == '\n' ? 1 : 0;
        i++;
        continue;
      }
      int start = i;
      while (i < to && isHostByte(text[i])) {
        i++;
      }
      int distance = start < at ? at - start : 2 * (start - at) + 40;
      distance += Math.abs(total - lines) * 30;
      if (start >= at && i <= end || distance >= nearest) {
        continue;
      }
      Run run = runs.of(text, start, i, 0, this::read);
      if (run.service >= 0 && !(run.host && isImport(text, from, to, start, i))) {
        best = run;
        nearest = run.host ? distance / 3 : distance; // a host is where the value is sent
      }
    }
    return best.service < 0 ? null : match(best.service, best.why, false);
  }

  /// Whether the host at `[start, end)` begins the path of a package: `"github.com/acme/shop"` says
  /// where code comes from, not where a value goes.
  private static boolean isImport(byte[] text, int from, int to, int start, int end) {
    int before = start > from ? text[start - 1] : '\n';
    boolean alone = before <= ' ' || before == '"' || before == '\'' || before == '`';
    return alone
        && end + 1 < to
        && text[end] == '/'
        && TokenText.isLetter(text[end + 1])
        && CODE_HOSTS.contains(new String(text, start, end - start, StandardCharsets.US_ASCII));
  }

  /// The service that a run of bytes names.
  @Nullable Match ofRun(byte[] text, int start, int end, Memo<Run> runs) {
    Run run = runs.of(text, start, end, 0, this::read);
    return run.service < 0 ? null : match(run.service, run.why, false);
  }

  private static final boolean[] HOST_BYTES = new boolean[256];

  static {
    for (int c = 0; c < 128; c++) {
      HOST_BYTES[c] = TokenText.isLetter(c) || c >= '0' && c <= '9' || ".-_".indexOf(c) >= 0;
    }
  }

  /// Whether hosts and identifiers are made of such bytes.
  static boolean isHostByte(byte b) {
    return HOST_BYTES[b & 0xff];
  }

  private Run read(String run) {
    String lower = run.toLowerCase(Locale.ROOT);
    if (lower.indexOf('.') > 0) {
      for (int label = 0; label >= 0 && label < lower.length(); ) {
        int host = service(Kind.HOST, lower, label, lower.length());
        if (host >= 0) {
          return new Run(host, true, "host " + lower);
        }
        int dot = lower.indexOf('.', label);
        label = dot < 0 ? -1 : dot + 1;
      }
    }
    int found = -1;
    List<String> words = NameJudge.words(run);
    boolean client =
        words.size() > 1 && (words.getLast().equals("client") || run.endsWith(".Client"));
    for (int i = 0; i < words.size() && found < 0; i++) {
      found = longest(words, i, client);
      if (found < 0 && words.get(i).length() > SHORTEST_STEM + 2) {
        found = stem(words.get(i));
      }
    }
    if (found < 0) {
      String joined = String.join("", words);
      found = service(Kind.HEADER, joined, 0, joined.length());
    }
    return found < 0
        ? NOTHING
        : new Run(found, false, "beside " + (run.length() > 40 ? run.substring(0, 40) : run));
  }
}
