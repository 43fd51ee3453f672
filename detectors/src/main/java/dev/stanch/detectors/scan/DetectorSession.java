package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.rule.ByteSet;
import dev.stanch.detectors.rule.Escapes;
import dev.stanch.detectors.rule.Probe;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// The state of one thread that matches: compiled patterns and buffers, reused from text to text.
///
/// Each evaluation of a keyword is a pure function of the bytes around it, and tells which of them
/// it looked at ([#examinedFrom], [#examinedTo]). So a text scanned whole, in windows, or as a
/// delta against an earlier version gives the same candidates.
final class DetectorSession {
  /// How many encodings deep a text is followed.
  private static final int DEEPEST = 3;

  /// Log-odds below which nothing that a path says can make a value worth showing.
  private static final double HOPELESS = -3;

  /// The rule for values of which only the name of their file tells.
  private static final RuleId FILE_RULE = new RuleId("generic-secret-file");

  private final Detector detector;
  private final RuleTables tables;
  private final ByteText text = new ByteText();
  private final @Nullable CompiledRule[] rules;
  private final Asked[] @Nullable [] asked;

  private final KnownPrefixes prefixes;
  private final AssignmentAnalyzer assignments = new AssignmentAnalyzer();
  private final ValueJudge values = new ValueJudge();
  private final ServiceFinder services = new ServiceFinder();
  private final RunDecoder decoder = new RunDecoder();
  private @Nullable EscapedRun escapes;
  private final Automaton.Lanes lanes = new Automaton.Lanes();
  private final int depth;
  private @Nullable DetectorSession inner;
  private @Nullable SearchSession decoded;

  private byte[] bytes = new byte[0];
  private int from;
  private int to;
  private int examinedFrom;
  private int examinedTo;

  /// Where the companion of the last match stands that is the secret itself; -1 for none.
  private int secretStart = -1;

  private int secretEnd;

  DetectorSession(Detector detector) {
    this(detector, 0);
  }

  /// A session for texts that stand encoded, `depth` times over, in others.
  private DetectorSession(Detector detector, int depth) {
    this.depth = depth;
    this.detector = detector;
    this.tables = detector.tables();
    this.prefixes = detector.prefixes();
    this.rules = new @Nullable CompiledRule[tables.ruleCount()];
    this.asked = new Asked[tables.keywordCount()] @Nullable [];
  }

  /// A probe, and its sets in the form that is read fastest.
  private static final class Asked {
    final Probe probe;
    final ByteSet[] following;

    Asked(Probe probe) {
      this.probe = probe;
      this.following = probe.following().toArray(ByteSet[]::new);
    }
  }

  /// Told of each candidate, and where the keyword stands that led to it.
  interface Candidates {
    void candidate(int keywordStart, Candidate candidate);
  }

  /// Scans `bytes[from, to)` as one whole text.
  void scan(byte[] text, int start, int end, Candidates out) {
    scan(text, start, end, start, end, out);
  }

  /// Scans the text `bytes[from, to)`, of which only keywords that begin in `[firstKeyword,
  /// lastKeyword)` count.
  void scan(byte[] text, int start, int end, int firstKeyword, int lastKeyword, Candidates out) {
    use(text, start, end);
    detector
        .automaton()
        .run(
            text,
            firstKeyword,
            Math.min(end, lastKeyword + detector.automaton().longestKeyword()),
            lanes,
            (keyword, keywordStart, keywordEnd) -> {
              if (keywordStart < lastKeyword) {
                evaluate(keyword, keywordStart, keywordEnd, out);
              }
            });
    EncodedRuns.find(
        text,
        firstKeyword,
        lastKeyword,
        end,
        (runStart, runEnd) -> evaluateRun(runStart, runEnd, out));
  }

  /// Decodes the run at `[start, end)`, where it is encoded text, and scans what it holds.
  void evaluateRun(int start, int end, Candidates out) {
    examinedFrom = start - 1;
    examinedTo = end + 1;
    if (depth == DEEPEST) {
      return;
    }
    String way = decoder.decode(bytes, start, end);
    if (way == null) {
      return;
    }
    within()
        .scan(
            decoder.bytes(),
            0,
            decoder.length(),
            (_, candidate) -> out.candidate(start, candidate.encoded(way, 0, end - start)));
    if (detector.searches() != null) {
      searchDecoded(start, end, way, out);
    }
  }

  /// The session for what stands encoded in this one's texts.
  private DetectorSession within() {
    DetectorSession child = inner;
    if (child == null) {
      child = new DetectorSession(detector, depth + 1);
      inner = child;
    }
    return child;
  }

  /// Decodes the text round the escape at `start` and scans it for tokens that have an escape in
  /// them: any other stands in the text as it is.
  private void escaped(int start, Candidates out) {
    EscapedRun run = escapes;
    if (run == null) {
      run = new EscapedRun();
      escapes = run;
    }
    EscapedRun decoded = run;
    boolean any = depth < DEEPEST && decoded.decode(bytes, from, to, start);
    looked(decoded.examinedFrom(), decoded.examinedTo());
    if (!any) {
      return;
    }
    String way = Escapes.name(bytes[start]);
    within()
        .scan(
            decoded.bytes(),
            0,
            decoded.length(),
            (keyword, candidate) -> {
              int first = keyword + candidate.offset();
              int tokenStart = decoded.origin(first);
              int tokenEnd = decoded.origin(first + candidate.length());
              if (tokenEnd - tokenStart > candidate.length() && saysSoItself(candidate)) {
                out.candidate(
                    start, candidate.encoded(way, tokenStart - start, tokenEnd - tokenStart));
              }
            });
  }

  /// Whether the format or a service's name says that a value is a token. Of the others the text as
  /// it is written says as much.
  private static boolean saysSoItself(Candidate candidate) {
    return candidate.evidence() != Evidence.GENERIC && candidate.evidence() != Evidence.STRUCTURE;
  }

  private void searchDecoded(int start, int end, String way, Candidates out) {
    SearchSession search = decoded;
    if (search == null) {
      search = detector.openSearch();
      decoded = search;
    }
    if (search != null) {
      search.whole(
          decoder.bytes(),
          decoder.length(),
          new SearchSession.Out() {
            @Override
            public void found(int at, Candidate candidate) {
              out.candidate(start, candidate.encoded(way, 0, end - start));
            }

            @Override
            public void gaveUp(Rule rule) {
              // No place to tell it: what a run holds is looked at as a favour to rules of others.
            }
          });
    }
  }

  /// Sets the text of the evaluations that follow.
  void use(byte[] text, int start, int end) {
    this.bytes = text;
    this.from = start;
    this.to = end;
    this.text.set(text, end);
  }

  Automaton.Lanes lanes() {
    return lanes;
  }

  int examinedFrom() {
    return examinedFrom;
  }

  int examinedTo() {
    return examinedTo;
  }

  /// Tries everything that the keyword at `[start, end)` asks for.
  void evaluate(int keyword, int start, int end, Candidates out) {
    examinedFrom = start - 1;
    examinedTo = end + 1;
    Asked[] all = asked[keyword];
    if (all == null) {
      all = tables.probes(keyword).stream().map(Asked::new).toArray(Asked[]::new);
      asked[keyword] = all;
    }
    for (Asked one : all) {
      Probe probe = one.probe;
      switch (probe.kind()) {
        case ANCHORED -> anchored(probe, one.following, start, end, out);
        case NEAR -> near(probe, start, end, out);
        case ANALYZER -> assignment(probe, start, end, out);
        case ESCAPE -> escaped(start, out);
      }
    }
  }

  private void looked(int at, int until) {
    examinedFrom = Math.min(examinedFrom, at);
    examinedTo = Math.max(examinedTo, until);
  }

  private CompiledRule rule(int index) {
    CompiledRule rule = rules[index];
    if (rule == null) {
      rule = new CompiledRule(index, tables, text);
      rules[index] = rule;
    }
    return rule;
  }

  // ---- rules anchored at their keyword
  // -------------------------------------------------------------------------------

  private void anchored(Probe probe, ByteSet[] following, int start, int end, Candidates out) {
    for (int i = 0; i < following.length; i++) {
      if (end + i >= to || !following[i].contains(bytes[end + i] & 0xff)) {
        looked(start, end + i + 1);
        return;
      }
    }
    looked(start, end + following.length);
    CompiledRule rule = rule(probe.rule());
    for (int offset = probe.maxOffset(); offset >= probe.minOffset(); offset--) {
      int at = start - offset;
      if (at < from) {
        continue;
      }
      looked(at - 3, at);
      if ((!rule.shape.leftEdge() || leftEdge(at)) && attempt(rule, at, start, end, out)) {
        return;
      }
    }
    looked(start - probe.maxOffset(), start);
  }

  /// Whether a word may begin at `at`: no word character before it, or one that belongs to an
  /// escape (`\n`, `%3D`).
  private boolean leftEdge(int at) {
    if (at <= from || !TokenText.isWord(bytes[at - 1])) {
      return true;
    }
    int before = bytes[at - 1];
    if (at - 2 >= from && bytes[at - 2] == '\\') {
      return before == 'n' || before == 't' || before == 'r';
    }
    return at - 3 >= from
        && (bytes[at - 3] == '%' || bytes[at - 3] == '=')
        && TokenText.isHex(bytes[at - 2])
        && TokenText.isHex(before)
        && (bytes[at - 3] == '%' || bytes[at - 2] == '3');
  }

  private boolean attempt(
      CompiledRule rule, int at, int keywordStart, int keywordEnd, Candidates out) {
    int least = rule.shape.minLength();
    if (to - at < least) {
      looked(at, at + least);
      return false;
    }
    if (!headFits(rule, at)) {
      return false;
    }
    looked(at, at + least);
    int limit = Math.min(to, at + rule.shape.maxLength() + 1);
    var matcher = rule.matcher();
    matcher.region(at, limit);
    text.watch();
    boolean matches = matcher.lookingAt();
    looked(text.lowest(), metEnd(matcher) ? limit + 2 : text.highest() + 1);
    if (!matches || rule.rule.near() == null && matcher.end() < keywordEnd) {
      return false;
    }
    looked(at, matcher.end() + 1);
    int secretStart = rule.secretGroupStart();
    int secretEnd = rule.secretGroupEnd();
    if (secretStart < 0 || secretEnd <= secretStart) {
      return false;
    }
    if (matcher.end() == secretEnd
        && secretEnd < to
        && rule.trailing.contains(bytes[secretEnd] & 0xff)
        && rule.trailing.contains(bytes[secretEnd - 1] & 0xff)) {
      return false;
    }
    return accept(rule, secretStart, secretEnd, keywordStart, keywordEnd, out);
  }

  /// Whether the outcome of the last attempt depends on where the text, or its region, ends.
  @SuppressWarnings("JdkObsolete") // where a match ends says nothing about an attempt that failed
  private static boolean metEnd(Matcher matcher) {
    return matcher.hitEnd();
  }

  /// Whether a match may begin with the bytes at `at`, which spares most of them the matcher.
  private boolean headFits(CompiledRule rule, int at) {
    for (int place = 0; place < rule.head.length; place++) {
      if (at + place >= to) {
        return true;
      }
      if (!rule.head[place].contains(bytes[at + place] & 0xff)) {
        looked(at, at + place + 1);
        return false;
      }
    }
    return true;
  }

  // ---- rules whose value stands near their keyword
  // ---------------------------------------------------------------------

  private void near(Probe probe, int start, int end, Candidates out) {
    if (!wordBegins(start)) {
      return;
    }
    CompiledRule rule = rule(probe.rule());
    Rule.Near near = rule.rule.near();
    if (near == null) {
      return;
    }
    if (near.after() > 0
        && search(rule, end, Math.min(to, end + near.after()), near.lines(), start, end, out)) {
      return;
    }
    if (near.before() > 0) {
      int first = Math.max(from, start - near.before());
      int lines = 0;
      for (int i = start - 1; i >= first; i--) {
        if (bytes[i] == '\n' && lines++ == near.lines()) {
          first = i + 1;
        }
      }
      looked(first - 1, start);
      search(rule, first, start, near.lines(), start, end, out);
    }
  }

  /// Whether a word of an identifier begins at `at`: `mistral` in `my_mistral` and `myMistral`, not
  /// in `demistral`.
  private boolean wordBegins(int at) {
    if (at <= from || !TokenText.isLetter(bytes[at]) || !TokenText.isLetter(bytes[at - 1])) {
      return true;
    }
    return bytes[at] <= 'Z' && bytes[at - 1] >= 'a';
  }

  private boolean search(
      CompiledRule rule,
      int first,
      int last,
      int lines,
      int keywordStart,
      int keywordEnd,
      Candidates out) {
    int left = lines;
    int least = rule.shape.leadingLength();
    boolean[] leading = rule.leading;
    int at = first;
    while (at < last) {
      int b = bytes[at] & 0xff;
      if (b == '\n') {
        if (left-- == 0) {
          break;
        }
        at++;
      } else if (!leading[b]) {
        at++;
      } else {
        int end = at + 1;
        int far = Math.min(to, at + least);
        while (end < far && leading[bytes[end] & 0xff]) {
          end++;
        }
        looked(at - 3, end + 1);
        if (end - at >= least
            && (!rule.shape.leftEdge() || leftEdge(at))
            && attempt(rule, at, keywordStart, keywordEnd, out)) {
          looked(first, at);
          return true;
        }
        if (least == 1) {
          // A delimiter: any byte of the run may be the one before the value.
          at++;
          continue;
        }
        // The next value begins behind this run.
        while (end < to && end < last && leading[bytes[end] & 0xff]) {
          end++;
        }
        at = end;
      }
    }
    looked(first, at + 1);
    return false;
  }

  // ---- values assigned to telling names
  // -------------------------------------------------------------------------------

  private void assignment(Probe probe, int start, int end, Candidates out) {
    List<Assignment> all = assignments.read(bytes, from, to, start, end);
    looked(assignments.examinedFrom(), assignments.examinedTo());
    for (Assignment found : all) {
      ValueJudge.Verdict verdict = values.judge(bytes, found);
      if (verdict != null && verdict.logit() >= HOPELESS) {
        generic(probe.rule(), start, found, verdict, List.of(), out);
      }
    }
  }

  private void generic(
      int rule,
      int keywordStart,
      Assignment found,
      ValueJudge.Verdict verdict,
      List<Part> parts,
      Candidates out) {
    ProviderId provider = tables.rule(rule).provider();
    var why = new ArrayList<String>(verdict.why());
    Lexicon.Match service =
        service(
            found.name(),
            found.nameStart(),
            found.start(),
            found.end(),
            found.judged().kind() == NameJudge.Kind.PASSWORD);
    if (service != null) {
      provider = service.provider();
      why.add(service.why());
    }
    if (prefixes.isMalformed(bytes, found.start(), found.end(), provider)) {
      return;
    }
    byte[] decoded = isOfUrl(found) ? PercentText.decoded(bytes, found.start(), found.end()) : null;
    out.candidate(
        keywordStart,
        new Candidate(
            rule,
            provider,
            true,
            Evidence.GENERIC,
            found.start() - keywordStart,
            found.end() - found.start(),
            Math.max(0, found.start() - found.nameStart()),
            0,
            decoded == null
                ? TokenBytes.of(bytes, found.start(), found.end())
                : TokenBytes.of(decoded, 0, decoded.length),
            0,
            GenericModel.probability(verdict.logit()),
            List.copyOf(why),
            parts,
            decoded == null ? List.of() : List.of(PercentText.WAY),
            verdict.traits(found) | unvouched(tables.rule(rule))));
  }

  private static int unvouched(Rule rule) {
    return rule.origin() == Rule.Origin.SCANNED_TREE ? Candidate.UNVOUCHED : 0;
  }

  /// Whether a value is the password of a URL or a parameter of its query.
  private boolean isOfUrl(Assignment found) {
    int name = found.nameStart();
    if (found.form() == Assignment.Form.URL) {
      return true;
    }
    if (found.quoted() || name <= from || bytes[name - 1] != '?' && bytes[name - 1] != '&') {
      return false;
    }
    looked(name - PercentText.REACH, name);
    return PercentText.isQuery(bytes, from, name);
  }

  /// What a text holds that is nothing but a value. Whether it is a secret, the name of its file
  /// must say.
  void loneValues(Candidates out) {
    for (LoneValues.Value value : LoneValues.of(bytes, from, to)) {
      var assignment = FileName.UNKNOWN.assigns(value.start(), value.end());
      if (LoneValues.isCrypt(bytes, value.start(), value.end())
          || values.judge(bytes, assignment) != null) {
        int rule = tables.find(FILE_RULE);
        if (rule < 0) {
          return; // not among these rules
        }
        out.candidate(
            value.start(),
            new Candidate(
                rule,
                ProviderId.GENERIC,
                true,
                Evidence.GENERIC,
                0,
                value.end() - value.start(),
                0,
                0,
                TokenBytes.of(bytes, value.start(), value.end()),
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                Candidate.LONE));
      }
    }
  }

  /// The service that the name, or else the text round a value, speaks of.
  private Lexicon.@Nullable Match service(
      String name, int nameStart, int start, int end, boolean password) {
    services.use(bytes, from, to);
    Lexicon.Match match = services.find(name, nameStart, start, end, password);
    looked(services.examinedFrom(), services.examinedTo());
    return match;
  }

  /// Whose a match is, where the text says otherwise or more than the rule.
  private Lexicon.@Nullable Match owner(
      CompiledRule compiled, int start, int end, int keywordStart, int keywordEnd) {
    Rule rule = compiled.rule;
    services.use(bytes, from, to);
    boolean formOnly =
        rule.provider().equals(ProviderId.GENERIC) || ServiceFinder.isVague(rule.provider());
    if (rule.evidence() == Evidence.STRUCTURE) {
      ProviderId store = services.ofScheme(start);
      looked(services.examinedFrom(), services.examinedTo());
      if (store != null && (formOnly || rule.id().value().endsWith("-url"))) {
        return new Lexicon.Match(store, "scheme of the URL", true);
      }
    }
    if (rule.id().value().equals("private-key-pgp")) {
      return null; // a person's: no service beside it owns it
    }
    if (formOnly) {
      int host = hostStart(compiled);
      if (host >= 0) {
        Lexicon.Match of = services.ofRun(host, endOfHost(host));
        looked(services.examinedFrom(), services.examinedTo());
        boolean inUrl = host > from && (bytes[host - 1] == '@' || bytes[host - 1] == '/');
        if (of != null || !inUrl) {
          return of; // what else stands near says nothing of another machine
        }
      }
      return service("", start, start, end, rule.id().value().contains("password"));
    }
    if (rule.evidence() == Evidence.CONTEXT) {
      Lexicon.Match named = services.named(start);
      looked(services.examinedFrom(), services.examinedTo());
      if (named == null && rule.near() != null) {
        // A rule for the like keys of several services: its keyword says whose this one is.
        named = services.ofRun(keywordStart, keywordEnd);
        looked(services.examinedFrom(), services.examinedTo());
      }
      // `openai_api_key` beside a host of Azure OpenAI is Azure OpenAI's.
      return named != null && rule.id().value().contains("-" + named.provider().value())
          ? null
          : named;
    }
    if (rule.evidence() == Evidence.PREFIX
        && KnownPrefixes.isCommon(latin(keywordStart, keywordEnd).toLowerCase(Locale.ROOT))) {
      Lexicon.Match named = services.named(start);
      looked(services.examinedFrom(), services.examinedTo());
      return named;
    }
    return null;
  }

  /// Where the host of a match stands that has a domain; -1 for none.
  private int hostStart(CompiledRule compiled) {
    for (CompiledRule.Shown group : compiled.shown()) {
      int start = group.name().equals("host") ? compiled.matcher().start(group.group()) : -1;
      if (start >= 0) {
        String host = latin(start, compiled.matcher().end(group.group()));
        return Structure.hasDomain(host) ? start : -1;
      }
    }
    return -1;
  }

  private int endOfHost(int start) {
    int end = start;
    while (end < to && Lexicon.isHostByte(bytes[end])) {
      end++;
    }
    return end;
  }

  // ---- what every match must pass
  // ---------------------------------------------------------------------------------------

  private boolean accept(
      CompiledRule compiled, int start, int end, int keywordStart, int keywordEnd, Candidates out) {
    Rule rule = compiled.rule;
    if (compiled.checksum != null && !compiled.checksum.fits(bytes, start, end)) {
      return false;
    }
    double entropy = TokenText.entropy(bytes, start, end);
    if (entropy < rule.entropy()) {
      return false;
    }
    Structure.Reading reading = null;
    if (compiled.structure != null) {
      reading = compiled.structure.read(bytes, start, end);
      if (reading == null) {
        return false;
      }
    }
    int body = rule.near() == null && keywordStart == start ? Math.min(keywordEnd, end) : start;
    if (rule.evidence() != Evidence.CHECKSUM && TokenText.isFiller(bytes, body, end)) {
      return false;
    }
    // The form of these says nothing about their value.
    if ((rule.evidence() == Evidence.CONTEXT || rule.id().value().endsWith("-password"))
        && end - start <= 256
        && !ValueJudge.isPlausible(latin(start, end))) {
      return false;
    }
    var parts = new ArrayList<Part>();
    if (!companions(compiled, start, end, parts)) {
      return false;
    }
    // Where a companion is the secret, the match is its identifier.
    boolean identified = secretStart >= 0;
    int tokenStart = identified ? secretStart : start;
    int tokenEnd = identified ? secretEnd : end;
    if (identified) {
      parts.addFirst(new Part("id", latin(start, end)));
    }
    for (CompiledRule.Shown group : compiled.shown()) {
      int first = compiled.matcher().start(group.group());
      if (first >= 0) {
        parts.add(new Part(group.name(), latin(first, compiled.matcher().end(group.group()))));
      }
    }
    if (ValueJudge.isDocumented(latin(tokenStart, tokenEnd))) {
      return false;
    }
    double worth = compiled.structure == null ? 1 : Structure.worth(latin(start, end), parts);
    if (worth == 0) {
      return false;
    }
    var why = new ArrayList<String>();
    switch (rule.evidence()) {
      case CHECKSUM -> why.add("checksum fits");
      case PREFIX ->
          why.add(keywordStart == start ? "prefix " + latin(start, body) : "marker of the format");
      case STRUCTURE -> why.add("structure of " + rule.name());
      case CONTEXT, GENERIC -> why.add("beside " + latin(keywordStart, keywordEnd));
    }
    if (reading != null) {
      why.addAll(reading.why());
      parts.addAll(reading.parts());
    }
    if (identified) {
      why.add("secret beside its identifier");
    }
    why.add("length " + (tokenEnd - tokenStart));
    why.add("entropy " + Math.round(entropy * 10) / 10.0);
    if (worth < 1) {
      why.add("host of no consequence");
    }
    ProviderId provider = rule.provider();
    Lexicon.Match owner = owner(compiled, start, end, keywordStart, keywordEnd);
    if (owner != null && !owner.provider().equals(provider)) {
      provider = owner.provider();
      why.add(owner.why());
    }
    byte[] decoded =
        isOfUrl(rule) && !identified ? PercentText.decoded(bytes, tokenStart, tokenEnd) : null;
    out.candidate(
        keywordStart,
        new Candidate(
            compiled.index,
            provider,
            rule.provider().equals(ProviderId.GENERIC),
            rule.evidence(),
            tokenStart - keywordStart,
            tokenEnd - tokenStart,
            identified ? 0 : Math.max(0, start - compiled.matcher().start()),
            identified ? 0 : Math.max(0, compiled.matcher().end() - end),
            decoded == null
                ? TokenBytes.of(bytes, tokenStart, tokenEnd)
                : TokenBytes.of(decoded, 0, decoded.length),
            identified ? 0 : body - start,
            rule.confidence() * worth,
            List.copyOf(why),
            List.copyOf(parts),
            decoded == null ? List.of() : List.of(PercentText.WAY),
            traits(rule) | unvouched(rule)));
    return true;
  }

  private static int traits(Rule rule) {
    return switch (rule.parserName().orElse("")) {
      case "kubernetes-secret" -> Candidate.DOCUMENT;
      case "password" -> Candidate.PASSWORD;
      default -> 0;
    };
  }

  /// Whether the token of a rule is the password of a URL.
  private static boolean isOfUrl(Rule rule) {
    String id = rule.id().value();
    return rule.evidence() == Evidence.STRUCTURE
        && (id.endsWith("-url") || id.endsWith("-url-credential") || id.endsWith("-url-password"));
  }

  private boolean companions(CompiledRule compiled, int start, int end, List<Part> parts) {
    secretStart = -1;
    for (CompiledRule.Companion companion : compiled.companions()) {
      String name = companion.part().name();
      if (parts.stream().anyMatch(part -> part.name().equals(name))) {
        continue;
      }
      int first = lineStart(start, companion.part().lines());
      int last = lineEnd(end, companion.part().lines());
      var matcher = companion.matcher();
      matcher.region(first, last);
      boolean secret = companion.part().isSecret();
      int best = Integer.MAX_VALUE;
      int foundStart = -1;
      int foundEnd = -1;
      while (matcher.find()) {
        int candidateStart = matcher.start(1);
        int candidateEnd = matcher.end(1);
        // Identifiers mostly stand in front of their secrets: one behind it is as good a fifth
        // nearer.
        int distance =
            candidateStart >= end ? candidateStart - end : (start - candidateEnd) * 6 / 5;
        if ((candidateEnd <= start || candidateStart >= end)
            && distance < best
            && !(secret && TokenText.isFiller(bytes, candidateStart, candidateEnd))) {
          best = distance;
          foundStart = candidateStart;
          foundEnd = candidateEnd;
        }
      }
      if (foundStart < 0) {
        if (companion.part().required()) {
          return false;
        }
      } else if (secret) {
        secretStart = foundStart;
        secretEnd = foundEnd;
      } else {
        parts.add(new Part(name, latin(foundStart, foundEnd)));
      }
    }
    return true;
  }

  private int lineStart(int at, int lines) {
    int left = lines;
    int first = Math.max(from, at - Detector.BACK / 2);
    int i = at;
    while (i > first && !(bytes[i - 1] == '\n' && left-- == 0)) {
      i--;
    }
    looked(i - 1, at);
    return i;
  }

  private int lineEnd(int at, int lines) {
    int left = lines;
    int last = Math.min(to, at + Detector.AHEAD / 4);
    int i = at;
    while (i < last && !(bytes[i] == '\n' && left-- == 0)) {
      i++;
    }
    looked(at, i + 1);
    return i;
  }

  private String latin(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
