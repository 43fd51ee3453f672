package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.source.git.BlobFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/// Scans the versions of files as deltas: what is known of a blob's base is carried over copied
/// regions, and only what is new, or stands where two regions meet, is looked at. Gives exactly
/// what a scan of each whole blob gives.
///
/// Why that holds: the evaluation of a keyword depends only on the bytes that it says it examined.
/// A keyword inside a copied region whose examined bytes all lie in that region has the outcome it
/// had in the base; any other is evaluated anew. A keyword that is inside no copied region overlaps
/// an inserted byte or a junction, and the automaton is run over those: from the earliest byte
/// where a keyword that reaches the junction can begin, to where the automaton's state lies wholly
/// behind it. One per thread.
final class DeltaScan {
  /// In [HitList#keyword]: an encoded run.
  private static final int RUN = -1;

  /// In [HitList#keyword]: the whole of a text. Never carried over.
  private static final int WHOLE = -2;

  private final Detector detector;
  private final Automaton automaton;
  private final DetectorSession session;
  private final @Nullable SearchSession search;

  /// Whether every text must be searched whole, whatever keywords it holds.
  private final boolean searchAll;

  private final List<Candidate> found = new ArrayList<>();

  // Made once: making them anew at each of a delta's operations would be felt.
  private final DetectorSession.Candidates candidates = (_, candidate) -> found.add(candidate);
  private final Automaton.Hits keywords = this::evaluate;
  private final EncodedRuns.Runs runs = this::evaluateRun;

  /// Candidates by outcome number; kept for the whole walk, shared by all versions.
  private final List<List<Candidate>> outcomes = new ArrayList<>();

  private HitList[] byDepth = new HitList[16];
  private HitList current = new HitList();
  private int knownRuns;

  /// Where in the base's hits the last copied region ended.
  private int next;

  DeltaScan(Detector detector) {
    this.detector = detector;
    this.automaton = detector.automaton();
    this.session = detector.open();
    this.search = detector.openSearch();
    Searches searches = detector.searches();
    this.searchAll = searches != null && searches.searchAnything();
  }

  Detector detector() {
    return detector;
  }

  /// Whether a text with these keywords must also be searched whole.
  boolean mustSearch(HitList hits) {
    if (search == null || searchAll) {
      return searchAll;
    }
    for (int i = 0; i < hits.size; i++) {
      if (hits.keyword[i] >= 0 && search.isSought(hits.keyword[i])) {
        return true;
      }
    }
    return false;
  }

  /// Searches a whole text for the rules that cannot be carried over from its base.
  void search(byte[] text, int length, ObjIntConsumer<Candidate> found, Consumer<Rule> givenUp) {
    if (search != null) {
      search.whole(
          text,
          length,
          new SearchSession.Out() {
            @Override
            public void found(int start, Candidate candidate) {
              found.accept(candidate, start);
            }

            @Override
            public void gaveUp(Rule rule) {
              givenUp.accept(rule);
            }
          });
    }
  }

  /// The candidates of an outcome in a [HitList].
  List<Candidate> candidates(int outcome) {
    return outcomes.get(outcome);
  }

  /// Scans a blob, given that its base, if it has one, was scanned at one depth less.
  HitList scan(BlobFrame frame) {
    HitList hits = at(frame.depth());
    hits.clear();
    current = hits;
    session.use(frame.bytes(), 0, frame.length());
    BlobFrame base = frame.base();
    if (base == null) {
      whole(frame.bytes(), frame.length());
    } else {
      delta(frame, at(base.depth()));
    }
    loneValues();
    return hits;
  }

  /// Scans a text that has no base.
  HitList scan(byte[] text, int length) {
    HitList hits = at(0);
    hits.clear();
    current = hits;
    session.use(text, 0, length);
    whole(text, length);
    loneValues();
    return hits;
  }

  private void whole(byte[] text, int length) {
    automaton.run(text, 0, length, session.lanes(), keywords);
    EncodedRuns.find(text, 0, length, length, runs);
  }

  private void loneValues() {
    session.loneValues(
        (at, candidate) -> {
          outcomes.add(List.of(candidate));
          current.add(at, WHOLE, 0, 0, outcomes.size() - 1);
        });
  }

  private HitList at(int depth) {
    if (depth >= byDepth.length) {
      byDepth = java.util.Arrays.copyOf(byDepth, Math.max(depth + 1, byDepth.length * 2));
    }
    HitList hits = byDepth[depth];
    if (hits == null) {
      hits = new HitList();
      byDepth[depth] = hits;
    }
    return hits;
  }

  private void delta(BlobFrame frame, HitList base) {
    byte[] text = frame.bytes();
    int length = frame.length();
    int[] operations = frame.operations();
    int count = frame.operationCount();
    // Where the last run of the automaton stopped counting: keywords that begin before it are
    // known.
    int known = 0;
    knownRuns = 0;
    next = 0;
    boolean afterCopy = false;
    for (int i = 0; i < count; i++) {
      int source = operations[3 * i];
      int size = operations[3 * i + 1];
      int target = operations[3 * i + 2];
      if (source == BlobFrame.INSERT) {
        automaton.runAcross(text, known, target, target + size, length, session.lanes(), keywords);
        runsAcross(text, target, target + size, length);
        known = target + size;
        afterCopy = false;
      } else {
        if (afterCopy) {
          automaton.runAcross(text, known, target, target, length, session.lanes(), keywords);
          runsAcross(text, target, target, length);
          known = target;
        }
        carry(base, source, size, target);
        afterCopy = true;
      }
    }
    runsAcross(text, length, length, length);
  }

  /// Looks at every encoded run that touches `[from, to]`: any other lies, with the bytes that end
  /// it, in one copied region.
  private void runsAcross(byte[] text, int from, int to, int length) {
    int first = from;
    while (first > knownRuns
        && from - first <= EncodedRuns.LONGEST
        && EncodedRuns.inRun(text[first - 1])) {
      first--;
    }
    int last = to;
    while (last < length && last - to <= EncodedRuns.LONGEST && EncodedRuns.inRun(text[last])) {
      last++;
    }
    if (last - first >= EncodedRuns.SHORTEST) {
      EncodedRuns.find(text, first, last, Math.min(length, last + 1), runs);
    }
    knownRuns = Math.max(knownRuns, last);
  }

  private void carry(HitList base, int source, int size, int target) {
    int end = source + size;
    int shift = target - source;
    next = base.firstFrom(source, next);
    for (int i = next; i < base.size; i++) {
      int start = base.start[i];
      if (start >= end) {
        next = i;
        return;
      }
      int keyword = base.keyword[i];
      if (keyword == WHOLE) {
        continue;
      }
      if (keyword == RUN) {
        // At its beginning a text has no byte in front that could belong to the run.
        boolean begins = start > source || start + target == 0;
        if (begins && start + base.ahead[i] <= end) {
          current.add(start + shift, RUN, 1, base.ahead[i], base.outcome[i]);
        }
        continue;
      }
      if (start - base.back[i] >= source && start + base.ahead[i] <= end) {
        current.add(start + shift, keyword, base.back[i], base.ahead[i], base.outcome[i]);
        continue;
      }
      int keywordEnd = start + automaton.keywordLength(keyword);
      // One that is cut in two is found again at the junction, if it is still there.
      if (keywordEnd <= end) {
        evaluate(keyword, start + shift, keywordEnd + shift);
      }
    }
  }

  private void evaluate(int keyword, int start, int end) {
    found.clear();
    session.evaluate(keyword, start, end, candidates);
    int back = start - session.examinedFrom();
    current.add(start, keyword, back, session.examinedTo() - start, outcome());
  }

  private void evaluateRun(int start, int end) {
    found.clear();
    session.evaluateRun(start, end, candidates);
    int outcome = outcome();
    // A run without a candidate can be forgotten: as long as its bytes stay, nothing comes of it.
    if (outcome != HitList.NOTHING) {
      current.add(start, RUN, 1, end + 1 - start, outcome);
    }
  }

  private int outcome() {
    if (found.isEmpty()) {
      return HitList.NOTHING;
    }
    outcomes.add(List.copyOf(found));
    return outcomes.size() - 1;
  }
}
