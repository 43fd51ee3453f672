package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.scan.DetectorSession.Candidates;
import java.util.ArrayList;
import java.util.List;

/// Says whether a match of a pattern is a candidate, with the reasons: its checksum, entropy and
/// structure, its companions, and whether it is a filler or a documented example. One per session.
final class MatchJudge {
  private final TextWindow text;
  private final OwnerFinder owners;

  /// Where the companion of the last match stands that is the secret itself; -1 for none.
  private int secretStart = -1;

  private int secretEnd;

  MatchJudge(TextWindow text, OwnerFinder owners) {
    this.text = text;
    this.owners = owners;
  }

  /// Hands out the match of the rule whose secret stands at `[start, end)`, and tells whether it is
  /// a candidate.
  boolean accept(
      CompiledRule compiled, int start, int end, int keywordStart, int keywordEnd, Candidates out) {
    Rule rule = compiled.rule;
    if (compiled.checksum != null && !compiled.checksum.fits(text.bytes, start, end)) {
      return false;
    }
    double entropy = TokenText.entropy(text.bytes, start, end);
    if (entropy < rule.entropy()) {
      return false;
    }
    Structure.Reading reading = null;
    if (compiled.structure != null) {
      reading = compiled.structure.read(text.bytes, start, end);
      if (reading == null) {
        return false;
      }
    }
    int body = rule.near() == null && keywordStart == start ? Math.min(keywordEnd, end) : start;
    if (rule.evidence() != Evidence.CHECKSUM && TokenText.isFiller(text.bytes, body, end)) {
      return false;
    }
    // The form of these says nothing about their value.
    if ((rule.evidence() == Evidence.CONTEXT || rule.id().value().endsWith("-password"))
        && end - start <= 256
        && !ValueJudge.isPlausible(text.latin(start, end))) {
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
      parts.addFirst(new Part("id", text.latin(start, end)));
    }
    for (CompiledRule.Shown group : compiled.shown()) {
      int first = compiled.matcher().start(group.group());
      if (first >= 0) {
        parts.add(new Part(group.name(), text.latin(first, compiled.matcher().end(group.group()))));
      }
    }
    if (ValueJudge.isDocumented(text.latin(tokenStart, tokenEnd))) {
      return false;
    }
    double worth = compiled.structure == null ? 1 : Structure.worth(text.latin(start, end), parts);
    if (worth == 0) {
      return false;
    }
    var why = new ArrayList<String>();
    switch (rule.evidence()) {
      case CHECKSUM -> why.add("checksum fits");
      case PREFIX ->
          why.add(
              keywordStart == start ? "prefix " + text.latin(start, body) : "marker of the format");
      case STRUCTURE -> why.add("structure of " + rule.name());
      case CONTEXT, GENERIC -> why.add("beside " + text.latin(keywordStart, keywordEnd));
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
    Lexicon.Match owner = owners.of(compiled, start, end, keywordStart, keywordEnd);
    if (owner != null && !owner.provider().equals(provider)) {
      provider = owner.provider();
      why.add(owner.why());
    }
    byte[] decoded =
        isOfUrl(rule) && !identified ? PercentText.decoded(text.bytes, tokenStart, tokenEnd) : null;
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
                ? TokenBytes.of(text.bytes, tokenStart, tokenEnd)
                : TokenBytes.of(decoded, 0, decoded.length),
            identified ? 0 : body - start,
            rule.confidence() * worth,
            List.copyOf(why),
            List.copyOf(parts),
            decoded == null ? List.of() : List.of(PercentText.WAY),
            traits(rule) | Candidate.unvouched(rule)));
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

  /// Looks for the parts that belong to the match at `[start, end)`; false where one is wanting.
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
            && !(secret && TokenText.isFiller(text.bytes, candidateStart, candidateEnd))) {
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
        parts.add(new Part(name, text.latin(foundStart, foundEnd)));
      }
    }
    return true;
  }

  /// Where the line begins that stands `lines` lines above that of `at`.
  private int lineStart(int at, int lines) {
    int left = lines;
    int first = Math.max(text.from, at - Detector.BACK / 2);
    int i = at;
    while (i > first && !(text.bytes[i - 1] == '\n' && left-- == 0)) {
      i--;
    }
    text.looked(i - 1, at);
    return i;
  }

  /// Where the line ends that stands `lines` lines below that of `at`.
  private int lineEnd(int at, int lines) {
    int left = lines;
    int last = Math.min(text.to, at + Detector.AHEAD / 4);
    int i = at;
    while (i < last && !(text.bytes[i] == '\n' && left-- == 0)) {
      i++;
    }
    text.looked(at, i + 1);
    return i;
  }
}
