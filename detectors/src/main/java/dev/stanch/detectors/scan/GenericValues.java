package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.rule.RuleTables;
import dev.stanch.detectors.scan.DetectorSession.Candidates;
import java.util.ArrayList;
import java.util.List;

/// Finds values whose form no rule knows: those that are assigned to telling names, and those that
/// are all their text holds. One per session.
final class GenericValues {
  /// Log-odds below which nothing that a path says can make a value worth showing.
  private static final double HOPELESS = -3;

  /// The rule for values of which only the name of their file tells.
  private static final RuleId FILE_RULE = new RuleId("generic-secret-file");

  private final RuleTables tables;
  private final KnownPrefixes prefixes;
  private final TextWindow text;
  private final OwnerFinder owners;
  private final AssignmentAnalyzer assignments = new AssignmentAnalyzer();
  private final ValueJudge values = new ValueJudge();

  GenericValues(Detector detector, TextWindow text, OwnerFinder owners) {
    this.tables = detector.tables();
    this.prefixes = detector.prefixes();
    this.text = text;
    this.owners = owners;
  }

  /// What is assigned to the telling name round the keyword at `[start, end)`, under `rule`.
  void assigned(int rule, int start, int end, Candidates out) {
    List<Assignment> all = assignments.read(text.bytes, text.from, text.to, start, end);
    text.looked(assignments.examinedFrom(), assignments.examinedTo());
    for (Assignment found : all) {
      ValueJudge.Verdict verdict = values.judge(text.bytes, found);
      if (verdict != null && verdict.logit() >= HOPELESS) {
        assigned(rule, start, found, verdict, out);
      }
    }
  }

  private void assigned(
      int rule, int keywordStart, Assignment found, ValueJudge.Verdict verdict, Candidates out) {
    ProviderId provider = tables.rule(rule).provider();
    var why = new ArrayList<String>(verdict.why());
    Lexicon.Match service =
        owners.service(
            found.name(),
            found.nameStart(),
            found.start(),
            found.end(),
            found.judged().kind() == NameJudge.Kind.PASSWORD);
    if (service != null) {
      provider = service.provider();
      why.add(service.why());
    }
    if (prefixes.isMalformed(text.bytes, found.start(), found.end(), provider)) {
      return;
    }
    byte[] decoded =
        isOfUrl(found) ? PercentText.decoded(text.bytes, found.start(), found.end()) : null;
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
                ? TokenBytes.of(text.bytes, found.start(), found.end())
                : TokenBytes.of(decoded, 0, decoded.length),
            0,
            GenericModel.probability(verdict.logit()),
            List.copyOf(why),
            List.of(),
            decoded == null ? List.of() : List.of(PercentText.WAY),
            verdict.traits(found) | Candidate.unvouched(tables.rule(rule))));
  }

  /// Whether a value is the password of a URL or a parameter of its query.
  private boolean isOfUrl(Assignment found) {
    int name = found.nameStart();
    if (found.form() == Assignment.Form.URL) {
      return true;
    }
    if (found.quoted()
        || name <= text.from
        || text.bytes[name - 1] != '?' && text.bytes[name - 1] != '&') {
      return false;
    }
    text.looked(name - PercentText.REACH, name);
    return PercentText.isQuery(text.bytes, text.from, name);
  }

  /// What a text holds that is nothing but a value. Whether it is a secret, the name of its file
  /// must say.
  void lone(Candidates out) {
    for (LoneValues.Value value : LoneValues.of(text.bytes, text.from, text.to)) {
      var assignment = FileName.UNKNOWN.assigns(value.start(), value.end());
      if (LoneValues.isCrypt(text.bytes, value.start(), value.end())
          || values.judge(text.bytes, assignment) != null) {
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
                TokenBytes.of(text.bytes, value.start(), value.end()),
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                Candidate.LONE));
      }
    }
  }
}
