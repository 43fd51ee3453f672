package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.ByteSet;
import dev.stanch.detectors.rule.Probe;
import dev.stanch.detectors.rule.RuleTables;
import org.jspecify.annotations.Nullable;

/// The state of one thread that matches: compiled patterns and buffers, reused from text to text.
///
/// Each evaluation of a keyword is a pure function of the bytes around it, and tells which of them
/// it looked at ([#examinedFrom], [#examinedTo]). So a text scanned whole, in windows, or as a
/// delta against an earlier version gives the same candidates.
final class DetectorSession {
  private final Automaton automaton;
  private final RuleTables tables;
  private final Asked[] @Nullable [] asked;
  private final Automaton.Lanes lanes = new Automaton.Lanes();
  private final TextWindow text = new TextWindow();
  private final RuleMatcher rules;
  private final GenericValues generic;
  private final EncodedText encoded;

  DetectorSession(Detector detector) {
    this(detector, 0);
  }

  /// A session for texts that stand encoded, `depth` times over, in others.
  DetectorSession(Detector detector, int depth) {
    this.automaton = detector.automaton();
    this.tables = detector.tables();
    this.asked = new Asked[tables.keywordCount()] @Nullable [];
    var owners = new OwnerFinder(text);
    this.rules = new RuleMatcher(tables, text, new MatchJudge(text, owners));
    this.generic = new GenericValues(detector, text, owners);
    this.encoded = new EncodedText(detector, text, depth);
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

  /// Scans `bytes[start, end)` as one whole text.
  void scan(byte[] bytes, int start, int end, Candidates out) {
    scan(bytes, start, end, start, end, out);
  }

  /// Scans the text `bytes[start, end)`, of which only keywords that begin in `[firstKeyword,
  /// lastKeyword)` count.
  void scan(byte[] bytes, int start, int end, int firstKeyword, int lastKeyword, Candidates out) {
    use(bytes, start, end);
    automaton.run(
        bytes,
        firstKeyword,
        Math.min(end, lastKeyword + automaton.longestKeyword()),
        lanes,
        (keyword, keywordStart, keywordEnd) -> {
          if (keywordStart < lastKeyword) {
            evaluate(keyword, keywordStart, keywordEnd, out);
          }
        });
    EncodedRuns.find(
        bytes,
        firstKeyword,
        lastKeyword,
        end,
        (runStart, runEnd) -> evaluateRun(runStart, runEnd, out));
  }

  /// Decodes the run at `[start, end)`, where it is encoded text, and scans what it holds.
  void evaluateRun(int start, int end, Candidates out) {
    text.startAt(start, end);
    encoded.run(start, end, out);
  }

  /// What a text holds that is nothing but a value. Whether it is a secret, the name of its file
  /// must say.
  void loneValues(Candidates out) {
    generic.lone(out);
  }

  /// Sets the text of the evaluations that follow.
  void use(byte[] bytes, int start, int end) {
    text.use(bytes, start, end);
    rules.use(bytes, end);
  }

  Automaton.Lanes lanes() {
    return lanes;
  }

  int examinedFrom() {
    return text.examinedFrom();
  }

  int examinedTo() {
    return text.examinedTo();
  }

  /// Tries everything that the keyword at `[start, end)` asks for.
  void evaluate(int keyword, int start, int end, Candidates out) {
    text.startAt(start, end);
    Asked[] all = asked[keyword];
    if (all == null) {
      all = tables.probes(keyword).stream().map(Asked::new).toArray(Asked[]::new);
      asked[keyword] = all;
    }
    for (Asked one : all) {
      Probe probe = one.probe;
      switch (probe.kind()) {
        case ANCHORED -> rules.anchored(probe, one.following, start, end, out);
        case NEAR -> rules.near(probe, start, end, out);
        case ANALYZER -> generic.assigned(probe.rule(), start, end, out);
        case ESCAPE -> encoded.escaped(start, out);
      }
    }
  }
}
