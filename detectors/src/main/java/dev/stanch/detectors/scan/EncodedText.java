package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.rule.Escapes;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.scan.DetectorSession.Candidates;
import org.jspecify.annotations.Nullable;

/// Scans what stands encoded in a text: runs of base64 and the like, and tokens of which characters
/// are escaped. Each is decoded and scanned with a session of its own. One per session.
final class EncodedText {
  /// How many encodings deep a text is followed.
  private static final int DEEPEST = 3;

  private final Detector detector;
  private final TextWindow text;
  private final int depth;
  private final RunDecoder decoder = new RunDecoder();
  private @Nullable EscapedRun escapes;
  private @Nullable DetectorSession inner;
  private @Nullable SearchSession decoded;

  EncodedText(Detector detector, TextWindow text, int depth) {
    this.detector = detector;
    this.text = text;
    this.depth = depth;
  }

  /// Decodes the run at `[start, end)`, where it is encoded text, and scans what it holds.
  void run(int start, int end, Candidates out) {
    if (depth == DEEPEST) {
      return;
    }
    String way = decoder.decode(text.bytes, start, end);
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

  /// Decodes the text round the escape at `start` and scans it for tokens that have an escape in
  /// them: any other stands in the text as it is.
  void escaped(int start, Candidates out) {
    EscapedRun run = escapes;
    if (run == null) {
      run = new EscapedRun();
      escapes = run;
    }
    EscapedRun decoded = run;
    boolean any = depth < DEEPEST && decoded.decode(text.bytes, text.from, text.to, start);
    text.looked(decoded.examinedFrom(), decoded.examinedTo());
    if (!any) {
      return;
    }
    String way = Escapes.name(text.bytes[start]);
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

  /// The session for what stands encoded in this one's texts.
  private DetectorSession within() {
    DetectorSession child = inner;
    if (child == null) {
      child = new DetectorSession(detector, depth + 1);
      inner = child;
    }
    return child;
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
}
