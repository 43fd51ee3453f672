package dev.stanch.detectors.rule;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rules made ready to run: the keyword trie, what each keyword asks for, and the rules themselves.
/// The built-in set is made at build time and stored in the jar; rules and probes are decoded when
/// first needed, because a commit hook needs few.
///
/// Thread-safe: decoding twice gives equal values.
@SuppressWarnings("EnumOrdinal") // the stored form is written and read by one build, never kept
public final class RuleTables {
  private static final String STORED = "rule/rules.bin";
  private static final int MAGIC = 0x53545231;

  /// What the automaton takes.
  private static final int LONGEST_KEYWORD = 64;

  /// Stands where a rule is read by an analyzer and has no pattern.
  private static final String NO_PATTERN = "(x)";

  private final KeywordTrie trie;
  private final byte[] keywordData;
  private final int[] keywordStart;
  private final int[] prefixLength;
  private final byte[] ruleData;
  private final int[] ruleStart;
  private final byte[] probeData;
  private final int[] probeStart;
  private final byte @Nullable [] digest;
  private final @Nullable Rule[] rules;

  /// The rules that search whole texts; they are never stored.
  private List<Integer> searching = List.of();

  /// What the engine needs of a rule's pattern.
  ///
  /// @param leftEdge whether the match must begin at a word edge (checked by the engine, and left
  ///   out of `pattern`)
  /// @param head the bytes that may stand at the first places of a match
  /// @param leading the alphabet of the run that a match begins with
  /// @param leadingLength least length of that run
  /// @param trailing the alphabet that must not go on behind the match
  public record Shape(
      String pattern,
      boolean leftEdge,
      boolean named,
      int minLength,
      int maxLength,
      List<ByteSet> head,
      ByteSet leading,
      int leadingLength,
      ByteSet trailing) {}

  private RuleTables(
      KeywordTrie trie,
      byte[] keywordData,
      int[] keywordStart,
      int[] prefixLength,
      byte[] ruleData,
      int[] ruleStart,
      byte[] probeData,
      int[] probeStart,
      byte @Nullable [] digest) {
    this.trie = trie;
    this.keywordData = keywordData;
    this.keywordStart = keywordStart;
    this.prefixLength = prefixLength;
    this.digest = digest;
    this.ruleData = ruleData;
    this.ruleStart = ruleStart;
    this.probeData = probeData;
    this.probeStart = probeStart;
    this.rules = new @Nullable Rule[ruleStart.length - 1];
  }

  /// The built-in set.
  public static RuleTables builtIn() {
    try {
      return read(BuiltInTable.read(STORED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Tables of these rules.
  ///
  /// @throws IllegalArgumentException when a rule's pattern is beyond the dialect or its keywords
  ///   are not in every match
  public static RuleTables of(List<Rule> rules) {
    var probes = new LinkedHashMap<String, List<Probe>>();
    var prefixes = new HashMap<String, Integer>();
    try {
      var ruleBytes = new ByteArrayOutputStream();
      int[] ruleStart = new int[rules.size() + 1];
      for (int i = 0; i < rules.size(); i++) {
        Rule rule = rules.get(i);
        ruleStart[i] = ruleBytes.size();
        boolean patterned = rule.evidence() != Evidence.GENERIC && rule.search() == null;
        var shape = PatternShape.of(patterned ? rule.pattern() : NO_PATTERN);
        writeRule(new DataOutputStream(ruleBytes), rule, shape);
        addProbes(probes, prefixes, i, rule, shape);
      }
      ruleStart[rules.size()] = ruleBytes.size();
      for (String escape : Escapes.keywords()) {
        probes
            .computeIfAbsent(escape, _ -> new ArrayList<>())
            .add(new Probe(Probe.Kind.ESCAPE, 0, 0, 0, List.of()));
      }
      byte[][] keywords = new byte[probes.size()][];
      int[] keywordStart = new int[probes.size() + 1];
      int[] prefixLength = new int[probes.size()];
      var keywordBytes = new ByteArrayOutputStream();
      int[] probeStart = new int[probes.size() + 1];
      var probeBytes = new ByteArrayOutputStream();
      int k = 0;
      for (var entry : probes.entrySet()) {
        keywords[k] = entry.getKey().getBytes(StandardCharsets.UTF_8);
        keywordStart[k] = keywordBytes.size();
        prefixLength[k] = prefixes.getOrDefault(entry.getKey(), 0);
        keywordBytes.writeBytes(keywords[k]);
        probeStart[k++] = probeBytes.size();
        writeProbes(new DataOutputStream(probeBytes), entry.getValue());
      }
      keywordStart[k] = keywordBytes.size();
      probeStart[k] = probeBytes.size();
      return new RuleTables(
              KeywordTrie.of(List.of(keywords)),
              keywordBytes.toByteArray(),
              keywordStart,
              prefixLength,
              ruleBytes.toByteArray(),
              ruleStart,
              probeBytes.toByteArray(),
              probeStart,
              null)
          .withSearching(rules);
    } catch (PatternShape.NotOfTheDialect e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RuleTables withSearching(List<Rule> all) {
    var found = new ArrayList<Integer>();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).search() != null) {
        rules[i] = all.get(i);
        found.add(i);
      }
    }
    searching = List.copyOf(found);
    return this;
  }

  /// The rules that search whole texts or judge paths, by index; none among the built-in ones.
  public List<Integer> searching() {
    return searching;
  }

  /// Whether the automaton can tell whether a text holds one of a searching rule's keywords.
  public static boolean sought(Rule rule) {
    return !rule.pathOnly()
        && !rule.keywords().isEmpty()
        && rule.keywords().stream()
            .allMatch(
                word ->
                    word.length() >= RuleLoader.SHORTEST_KEYWORD
                        && word.length() <= LONGEST_KEYWORD
                        && word.chars().allMatch(c -> c < 0x80));
  }

  private static void addProbes(
      Map<String, List<Probe>> probes,
      Map<String, Integer> prefixes,
      int index,
      Rule rule,
      PatternShape shape)
      throws PatternShape.NotOfTheDialect {
    if (rule.search() != null) {
      for (String keyword : sought(rule) ? rule.keywords() : List.<String>of()) {
        probes
            .computeIfAbsent(keyword.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(new Probe(Probe.Kind.PRESENCE, index, 0, 0, List.of()));
      }
      return;
    }
    if (rule.near() != null || rule.evidence() == Evidence.GENERIC) {
      var kind = rule.near() != null ? Probe.Kind.NEAR : Probe.Kind.ANALYZER;
      for (String keyword : rule.keywords()) {
        probes
            .computeIfAbsent(keyword.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(new Probe(kind, index, 0, 0, List.of()));
      }
      return;
    }
    boolean prefixed = rule.evidence() == Evidence.PREFIX || rule.evidence() == Evidence.CHECKSUM;
    for (PatternShape.Anchor anchor : shape.anchors(rule.keywords())) {
      if (prefixed && anchor.maxOffset() == 0) {
        prefixes.merge(anchor.keyword(), shape.minLength(), Math::min);
      }
      probes
          .computeIfAbsent(anchor.keyword(), _ -> new ArrayList<>())
          .add(
              new Probe(
                  Probe.Kind.ANCHORED,
                  index,
                  anchor.minOffset(),
                  anchor.maxOffset(),
                  anchor.following()));
    }
  }

  /// The keywords' trie.
  public KeywordTrie trie() {
    return trie;
  }

  /// Number of keywords.
  public int keywordCount() {
    return keywordStart.length - 1;
  }

  /// Length of a keyword in bytes.
  public int keywordLength(int keyword) {
    return keywordStart[keyword + 1] - keywordStart[keyword];
  }

  /// The least length of what matches a rule whose format begins with the keyword, or 0 where no
  /// format does.
  public int prefixLength(int keyword) {
    return prefixLength[keyword];
  }

  /// The keyword as text.
  public String keyword(int keyword) {
    return new String(
        keywordData, keywordStart[keyword], keywordLength(keyword), StandardCharsets.UTF_8);
  }

  /// Number of rules.
  public int ruleCount() {
    return rules.length;
  }

  /// The rule of an index.
  public Rule rule(int index) {
    Rule rule = rules[index];
    if (rule == null) {
      rule = decode(index, RuleTables::readRule);
      rules[index] = rule;
    }
    return rule;
  }

  /// What the engine needs of a rule's pattern.
  public Shape shape(int index) {
    return decode(
        index,
        in -> {
          readRule(in);
          return readShape(in);
        });
  }

  /// What a keyword asks for.
  public List<Probe> probes(int keyword) {
    try {
      var in =
          new DataInputStream(
              new ByteArrayInputStream(
                  probeData, probeStart[keyword], probeStart[keyword + 1] - probeStart[keyword]));
      int n = in.readUnsignedShort();
      var probes = new ArrayList<Probe>(n);
      for (int i = 0; i < n; i++) {
        var kind = Probe.Kind.values()[in.readUnsignedByte()];
        int rule = in.readUnsignedShort();
        int min = in.readUnsignedShort();
        int max = in.readUnsignedShort();
        probes.add(new Probe(kind, rule, min, max, readSets(in)));
      }
      return probes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private <T> T decode(int index, Reader<T> reader) {
    try (var in =
        new DataInputStream(
            new ByteArrayInputStream(
                ruleData, ruleStart[index], ruleStart[index + 1] - ruleStart[index]))) {
      return reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- stored form
  // ---------------------------------------------------------------------------------------------------

  /// Writes the digest and then the tables.
  void writeTo(OutputStream out) throws IOException {
    byte[] body = stored();
    out.write(sha256(body));
    out.write(body);
  }

  private byte[] stored() {
    try {
      var bytes = new ByteArrayOutputStream();
      var out = new DataOutputStream(bytes);
      out.writeInt(MAGIC);
      trie.writeTo(out);
      writeBlock(out, keywordData, keywordStart);
      for (int length : prefixLength) {
        out.writeInt(length);
      }
      writeBlock(out, ruleData, ruleStart);
      writeBlock(out, probeData, probeStart);
      for (int index : searching) {
        out.write(String.valueOf(rule(index).search()).getBytes(StandardCharsets.UTF_8));
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The name of exactly this rule set: `sha256:` and the digest of its stored form. The built-in
  /// set has it stored beside it.
  public String digest() {
    byte[] known = digest;
    return "sha256:" + HexFormat.of().formatHex(known == null ? sha256(stored()) : known);
  }

  static RuleTables read(ByteBuffer in) throws IOException {
    byte[] digest = new byte[32];
    in.get(digest);
    if (in.getInt() != MAGIC) {
      throw new IOException("not a stored rule set of this version");
    }
    var trie = KeywordTrie.readFrom(in);
    int[] keywordStart = KeywordTrie.ints(in, in.getInt());
    byte[] keywordData = readBlock(in, keywordStart);
    int[] prefixLength = KeywordTrie.ints(in, keywordStart.length - 1);
    int[] ruleStart = KeywordTrie.ints(in, in.getInt());
    byte[] ruleData = readBlock(in, ruleStart);
    int[] probeStart = KeywordTrie.ints(in, in.getInt());
    byte[] probeData = readBlock(in, probeStart);
    return new RuleTables(
        trie,
        keywordData,
        keywordStart,
        prefixLength,
        ruleData,
        ruleStart,
        probeData,
        probeStart,
        digest);
  }

  private static void writeBlock(DataOutput out, byte[] data, int[] starts) throws IOException {
    out.writeInt(starts.length);
    for (int start : starts) {
      out.writeInt(start);
    }
    out.write(data);
  }

  private static byte[] readBlock(ByteBuffer in, int[] starts) {
    byte[] data = new byte[starts[starts.length - 1]];
    in.get(data);
    return data;
  }

  private static void writeProbes(DataOutput out, List<Probe> probes) throws IOException {
    out.writeShort(probes.size());
    for (Probe probe : probes) {
      out.writeByte(probe.kind().ordinal());
      out.writeShort(probe.rule());
      out.writeShort(probe.minOffset());
      out.writeShort(probe.maxOffset());
      writeSets(out, probe.following());
    }
  }

  private static void writeSets(DataOutput out, List<ByteSet> sets) throws IOException {
    out.writeByte(sets.size());
    for (ByteSet set : sets) {
      writeSet(out, set);
    }
  }

  private static void writeSet(DataOutput out, ByteSet set) throws IOException {
    for (long word : set.toWords()) {
      out.writeLong(word);
    }
  }

  private static List<ByteSet> readSets(DataInputStream in) throws IOException {
    int count = in.readUnsignedByte();
    var sets = new ArrayList<ByteSet>(count);
    for (int i = 0; i < count; i++) {
      sets.add(readSet(in));
    }
    return sets;
  }

  private static ByteSet readSet(DataInputStream in) throws IOException {
    return ByteSet.fromWords(in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  private static void writeRule(DataOutput out, Rule rule, PatternShape shape) throws IOException {
    out.writeUTF(rule.id().value());
    out.writeByte(rule.aliases().size());
    for (RuleId alias : rule.aliases()) {
      out.writeUTF(alias.value());
    }
    out.writeUTF(rule.name());
    out.writeUTF(rule.provider().value());
    out.writeUTF(rule.url());
    out.writeByte(rule.evidence().ordinal());
    out.writeUTF(rule.pattern());
    out.writeByte(rule.keywords().size());
    for (String keyword : rule.keywords()) {
      out.writeUTF(keyword);
    }
    Rule.Near near = rule.near();
    out.writeBoolean(near != null);
    if (near != null) {
      out.writeShort(near.after());
      out.writeShort(near.before());
      out.writeByte(near.lines());
    }
    out.writeDouble(rule.entropy());
    out.writeUTF(rule.checksumName().orElse(""));
    out.writeUTF(rule.parserName().orElse(""));
    out.writeByte(rule.parts().size());
    for (Rule.Companion part : rule.parts()) {
      out.writeUTF(part.name());
      out.writeUTF(part.pattern());
      out.writeByte(part.lines());
      out.writeBoolean(part.required());
    }
    out.writeDouble(rule.confidence());
    out.writeByte(rule.severity().ordinal());
    out.writeUTF(rule.impact());
    out.writeByte(rule.origin().ordinal());
    writeShape(out, rule, shape);
  }

  private static Rule readRule(DataInputStream in) throws IOException {
    var id = new RuleId(in.readUTF());
    int aliasCount = in.readUnsignedByte();
    var aliases = new ArrayList<RuleId>(aliasCount);
    for (int i = 0; i < aliasCount; i++) {
      aliases.add(new RuleId(in.readUTF()));
    }
    String name = in.readUTF();
    var provider = new ProviderId(in.readUTF());
    String url = in.readUTF();
    Evidence evidence = Evidence.values()[in.readUnsignedByte()];
    String pattern = in.readUTF();
    int keywordCount = in.readUnsignedByte();
    var keywords = new ArrayList<String>(keywordCount);
    for (int i = 0; i < keywordCount; i++) {
      keywords.add(in.readUTF());
    }
    Rule.Near near =
        in.readBoolean()
            ? new Rule.Near(in.readUnsignedShort(), in.readUnsignedShort(), in.readUnsignedByte())
            : null;
    double entropy = in.readDouble();
    String checksum = in.readUTF();
    String parser = in.readUTF();
    int partCount = in.readUnsignedByte();
    var parts = new ArrayList<Rule.Companion>(partCount);
    for (int i = 0; i < partCount; i++) {
      parts.add(
          new Rule.Companion(in.readUTF(), in.readUTF(), in.readUnsignedByte(), in.readBoolean()));
    }
    return new Rule(
        id,
        aliases,
        name,
        provider,
        url,
        evidence,
        pattern,
        keywords,
        near,
        entropy,
        checksum.isEmpty() ? null : checksum,
        parser.isEmpty() ? null : parser,
        parts,
        in.readDouble(),
        Severity.values()[in.readUnsignedByte()],
        in.readUTF(),
        Rule.Origin.values()[in.readUnsignedByte()],
        null);
  }

  private static void writeShape(DataOutput out, Rule rule, PatternShape shape) throws IOException {
    PatternShape.Item leading = shape.leadingRun();
    var word = ByteSet.of("_").addRange('a', 'z').addRange('A', 'Z').addRange('0', '9');
    // The engine knows more word edges than \b does (an escape such as \n before a token), so it
    // checks this one itself.
    boolean leftEdge =
        shape.startsAtWordEdge() && leading.set().size() < 256 && leading.set().isSubsetOf(word);
    String pattern = rule.search() == null ? rule.pattern() : NO_PATTERN;
    if (leftEdge) {
      int flags =
          pattern.startsWith("(?") && pattern.matches("(?s)\\(\\?[ims]+\\).*")
              ? pattern.indexOf(')') + 1
              : 0;
      pattern = pattern.substring(0, flags) + pattern.substring(flags + 2);
    }
    out.writeUTF(pattern);
    out.writeBoolean(leftEdge);
    out.writeBoolean(!shape.groupNames().isEmpty());
    out.writeShort(Math.min(shape.minLength(), 0xffff));
    out.writeShort(Math.min(shape.maxLength(), 0xffff));
    writeSets(out, shape.head());
    writeSet(out, leading.set());
    out.writeShort(leading.min());
    writeSet(out, shape.trailingAlphabet());
  }

  private static Shape readShape(DataInputStream in) throws IOException {
    return new Shape(
        in.readUTF(),
        in.readBoolean(),
        in.readBoolean(),
        in.readUnsignedShort(),
        in.readUnsignedShort(),
        readSets(in),
        readSet(in),
        in.readUnsignedShort(),
        readSet(in));
  }
}
