package dev.stanch.detectors.rule;

import static java.util.stream.Collectors.joining;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
  static final int LONGEST_KEYWORD = 64;

  /// As many as the stored form can count.
  private static final int MOST_RULES = 0xffff;

  /// Stands where a rule is read by an analyzer and has no pattern.
  private static final String NO_PATTERN = "(x)";

  private final List<Keywords> tries;
  private final Block keywords;
  private final int[] prefixLength;
  private final Block ruleTexts;
  private final Block probeTexts;
  private final byte @Nullable [] digest;
  private final @Nullable Rule[] rules;

  /// What added rules ask of keywords that were there before them.
  private final Map<Integer, List<Probe>> moreProbes = new HashMap<>();

  /// The rules that search whole texts, which are never stored.
  private final List<Integer> searching = new ArrayList<>();

  /// A trie of keywords.
  ///
  /// @param first what its first keyword is among all
  public record Keywords(KeywordTrie trie, int first) {}

  /// Texts one behind the other.
  private static final class Block {
    final byte[] data;
    final int[] starts;

    Block(byte[] data, int[] starts) {
      this.data = data;
      this.starts = starts;
    }

    int count() {
      return starts.length - 1;
    }

    int length(int index) {
      return starts[index + 1] - starts[index];
    }

    DataInputStream open(int index) {
      return new DataInputStream(new ByteArrayInputStream(data, starts[index], length(index)));
    }

    Block and(Block more) {
      byte[] all = Arrays.copyOf(data, data.length + more.data.length);
      System.arraycopy(more.data, 0, all, data.length, more.data.length);
      int[] allStarts = Arrays.copyOf(starts, starts.length + more.count());
      for (int i = 1; i < more.starts.length; i++) {
        allStarts[starts.length - 1 + i] = data.length + more.starts[i];
      }
      return new Block(all, allStarts);
    }
  }

  /// Makes a [Block].
  private static final class BlockBuilder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int[] starts;
    private int count;

    BlockBuilder(int count) {
      this.starts = new int[count + 1];
    }

    /// Where the next text is written to.
    DataOutputStream next() {
      starts[count++] = bytes.size();
      return new DataOutputStream(bytes);
    }

    Block made() {
      starts[count] = bytes.size();
      return new Block(bytes.toByteArray(), starts);
    }
  }

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
      List<Keywords> tries,
      Block keywords,
      int[] prefixLength,
      Block ruleTexts,
      Block probeTexts,
      byte @Nullable [] digest) {
    this.tries = List.copyOf(tries);
    this.keywords = keywords;
    this.prefixLength = prefixLength;
    this.digest = digest;
    this.ruleTexts = ruleTexts;
    this.probeTexts = probeTexts;
    this.rules = new @Nullable Rule[ruleTexts.count()];
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
    var asked = new Asked(0);
    Block texts = asked.take(rules);
    for (String escape : Escapes.keywords()) {
      asked
          .probes
          .computeIfAbsent(escape, _ -> new ArrayList<>())
          .add(new Probe(Probe.Kind.ESCAPE, 0, 0, 0, List.of()));
    }
    return tables(asked, texts).searching(rules, 0);
  }

  /// Says whether tables could be made of a rule, without making any.
  ///
  /// @throws IllegalArgumentException as [#of]
  public static void check(Rule rule) {
    new Asked(0).take(List.of(rule));
  }

  /// These rules and `more`. Nothing that stands is built anew, for a commit hook has no time to:
  /// the new keywords get a trie of their own, and those that were known a further probe.
  ///
  /// @throws IllegalArgumentException as [#of]
  public RuleTables with(List<Rule> more) {
    if (more.isEmpty()) {
      return this;
    }
    var asked = new Asked(ruleCount());
    Block texts = asked.take(more);
    var known = new HashMap<Integer, List<Probe>>();
    int[] lengths = prefixLength.clone();
    asked
        .probes
        .entrySet()
        .removeIf(
            entry -> {
              int keyword = keyword(entry.getKey());
              if (keyword < 0) {
                return false;
              }
              known.put(keyword, entry.getValue());
              Integer length = asked.prefixes.get(entry.getKey());
              if (length != null) {
                lengths[keyword] =
                    lengths[keyword] == 0 ? length : Math.min(lengths[keyword], length);
              }
              return true;
            });
    RuleTables added = tables(asked, texts);
    var allTries = new ArrayList<>(tries);
    allTries.add(new Keywords(added.tries.getFirst().trie(), keywordCount()));
    int[] allLengths = Arrays.copyOf(lengths, lengths.length + added.prefixLength.length);
    System.arraycopy(added.prefixLength, 0, allLengths, lengths.length, added.prefixLength.length);
    var all =
        new RuleTables(
            allTries,
            keywords.and(added.keywords),
            allLengths,
            ruleTexts.and(added.ruleTexts),
            probeTexts.and(added.probeTexts),
            new Sha256().update(sha256()).update(added.stored()).update(searches(more)).digest());
    all.moreProbes.putAll(moreProbes);
    known.forEach(
        (keyword, probes) -> all.moreProbes.merge(keyword, probes, RuleTables::oneAfterTheOther));
    all.searching.addAll(searching);
    searching.forEach(index -> all.rules[index] = rules[index]);
    return all.searching(more, ruleCount());
  }

  private static List<Probe> oneAfterTheOther(List<Probe> one, List<Probe> other) {
    var both = new ArrayList<Probe>(one);
    both.addAll(other);
    return both;
  }

  /// What rules ask of keywords.
  private static final class Asked {
    final Map<String, List<Probe>> probes = new LinkedHashMap<>();
    final Map<String, Integer> prefixes = new HashMap<>();
    private final int first;

    /// @param first the index of the first rule
    Asked(int first) {
      this.first = first;
    }

    /// Takes what `rules` ask for, and gives their stored texts.
    Block take(List<Rule> rules) {
      if (first + rules.size() > MOST_RULES) {
        throw new IllegalArgumentException("more than " + MOST_RULES + " rules");
      }
      var texts = new BlockBuilder(rules.size());
      try {
        for (int i = 0; i < rules.size(); i++) {
          Rule rule = rules.get(i);
          boolean patterned = rule.evidence() != Evidence.GENERIC && rule.search() == null;
          var shape = PatternShape.of(patterned ? rule.pattern() : NO_PATTERN);
          writeRule(texts.next(), rule, shape);
          addProbes(probes, prefixes, first + i, rule, shape);
        }
      } catch (NotOfTheDialect e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      } catch (UTFDataFormatException e) {
        throw new IllegalArgumentException("a text of more than 65535 bytes", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return texts.made();
    }
  }

  private static RuleTables tables(Asked asked, Block ruleTexts) {
    int count = asked.probes.size();
    var bytes = new ArrayList<byte[]>(count);
    int[] prefixLength = new int[count];
    var keywords = new BlockBuilder(count);
    var probes = new BlockBuilder(count);
    try {
      for (var entry : asked.probes.entrySet()) {
        byte[] keyword = entry.getKey().getBytes(StandardCharsets.UTF_8);
        prefixLength[bytes.size()] = asked.prefixes.getOrDefault(entry.getKey(), 0);
        bytes.add(keyword);
        keywords.next().write(keyword);
        writeProbes(probes.next(), entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RuleTables(
        List.of(new Keywords(KeywordTrie.of(bytes), 0)),
        keywords.made(),
        prefixLength,
        ruleTexts,
        probes.made(),
        null);
  }

  /// Takes those of `added` for searching rules that are.
  private RuleTables searching(List<Rule> added, int first) {
    for (int i = 0; i < added.size(); i++) {
      Rule rule = added.get(i);
      if (rule.search() != null) {
        int index = first + i;
        rules[index] = rule;
        searching.add(index);
      }
    }
    return this;
  }

  /// The index of a keyword, or -1.
  private int keyword(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (Keywords one : tries) {
      int keyword = one.trie().find(bytes);
      if (keyword >= 0) {
        return one.first() + keyword;
      }
    }
    return -1;
  }

  /// The rules that search whole texts or judge paths, by index; none among the built-in ones.
  public List<Integer> searching() {
    return Collections.unmodifiableList(searching);
  }

  /// The keywords of a rule, by index.
  public List<Integer> keywordsOf(Rule rule) {
    return rule.keywords().stream().map(word -> keyword(word.toLowerCase(Locale.ROOT))).toList();
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
      throws NotOfTheDialect {
    if (rule.search() != null) {
      for (String keyword : sought(rule) ? rule.keywords() : List.<String>of()) {
        // It asks for nothing but to be seen.
        probes.putIfAbsent(keyword.toLowerCase(Locale.ROOT), new ArrayList<>());
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
    // What the scanned tree says of a prefix rules out no value that begins with it.
    boolean prefixed =
        rule.origin() != Rule.Origin.SCANNED_TREE
            && (rule.evidence() == Evidence.PREFIX || rule.evidence() == Evidence.CHECKSUM);
    for (PatternAnchors.Anchor anchor : shape.anchors(rule.keywords())) {
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

  /// The keywords: those of the set, and of each that was added to it those that are new.
  public List<Keywords> tries() {
    return tries;
  }

  /// Number of keywords.
  public int keywordCount() {
    return keywords.count();
  }

  /// Length of a keyword in bytes.
  public int keywordLength(int keyword) {
    return keywords.length(keyword);
  }

  /// The least length of what matches a rule whose format begins with the keyword, or 0 where no
  /// format does.
  public int prefixLength(int keyword) {
    return prefixLength[keyword];
  }

  /// The keyword as text.
  public String keyword(int keyword) {
    return new String(
        keywords.data, keywords.starts[keyword], keywordLength(keyword), StandardCharsets.UTF_8);
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

  /// Whether a rule has this id.
  public boolean holds(RuleId id) {
    return find(id) >= 0;
  }

  /// The index of the rule of this id, or -1. Looks at nothing else of the rules.
  public int find(RuleId id) {
    byte[] wanted = id.value().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < rules.length; i++) {
      int at = ruleTexts.starts[i] + Short.BYTES; // its id is what a rule's text begins with
      if (((ruleTexts.data[at - 2] & 0xff) << 8 | ruleTexts.data[at - 1] & 0xff) == wanted.length
          && Arrays.equals(ruleTexts.data, at, at + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
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
    try (var in = probeTexts.open(keyword)) {
      int n = in.readUnsignedShort();
      var probes = new ArrayList<Probe>(n);
      for (int i = 0; i < n; i++) {
        var kind = Probe.Kind.values()[in.readUnsignedByte()];
        int rule = in.readUnsignedShort();
        int min = in.readUnsignedShort();
        int max = in.readUnsignedShort();
        probes.add(new Probe(kind, rule, min, max, readSets(in)));
      }
      probes.addAll(moreProbes.getOrDefault(keyword, List.of()));
      return probes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private <T> T decode(int index, Reader<T> reader) {
    try (var in = ruleTexts.open(index)) {
      return reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- stored form
  // ---------------------------------------------------------------------------------------------------

  /// Writes the digest and then the tables.
  void writeTo(OutputStream out) throws IOException {
    out.write(sha256());
    out.write(stored());
  }

  private byte[] stored() {
    try {
      var bytes = new ByteArrayOutputStream();
      var out = new DataOutputStream(bytes);
      out.writeInt(MAGIC);
      for (Keywords one : tries) {
        one.trie().writeTo(out);
      }
      writeBlock(out, keywords);
      for (int length : prefixLength) {
        out.writeInt(length);
      }
      writeBlock(out, ruleTexts);
      writeBlock(out, probeTexts);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What of searching rules is not in the stored form.
  private static byte[] searches(List<Rule> rules) {
    return rules.stream()
        .filter(rule -> rule.search() != null)
        .map(rule -> String.valueOf(rule.search()))
        .collect(joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] sha256() {
    return digest != null
        ? digest
        : new Sha256()
            .update(stored())
            .update(searches(searching.stream().map(this::rule).toList()))
            .digest();
  }

  /// The name of exactly this rule set: `sha256:` and the digest of its stored form, or of what it
  /// was put together from. The built-in set has it stored beside it.
  public String digest() {
    return "sha256:" + HexFormat.of().formatHex(sha256());
  }

  static RuleTables read(ByteBuffer in) throws IOException {
    byte[] digest = new byte[32];
    in.get(digest);
    if (in.getInt() != MAGIC) {
      throw new IOException("not a stored rule set of this version");
    }
    var trie = KeywordTrie.readFrom(in);
    Block keywords = readBlock(in);
    int[] prefixLength = KeywordTrie.ints(in, keywords.count());
    return new RuleTables(
        List.of(new Keywords(trie, 0)),
        keywords,
        prefixLength,
        readBlock(in),
        readBlock(in),
        digest);
  }

  private static void writeBlock(DataOutput out, Block block) throws IOException {
    out.writeInt(block.starts.length);
    for (int start : block.starts) {
      out.writeInt(start);
    }
    out.write(block.data);
  }

  private static Block readBlock(ByteBuffer in) {
    int[] starts = KeywordTrie.ints(in, in.getInt());
    byte[] data = new byte[starts[starts.length - 1]];
    in.get(data);
    return new Block(data, starts);
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
    writeCount(out, rule.aliases());
    for (RuleId alias : rule.aliases()) {
      out.writeUTF(alias.value());
    }
    out.writeUTF(rule.name());
    out.writeUTF(rule.provider().value());
    out.writeUTF(rule.url());
    out.writeByte(rule.evidence().ordinal());
    out.writeUTF(rule.pattern());
    writeCount(out, rule.keywords());
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
    writeCount(out, rule.parts());
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

  private static void writeCount(DataOutput out, List<?> things) throws IOException {
    if (things.size() > 255) {
      throw new IllegalArgumentException("more than 255 keywords, aliases or parts");
    }
    out.writeByte(things.size());
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
    ByteRun leading = shape.leadingRun();
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
