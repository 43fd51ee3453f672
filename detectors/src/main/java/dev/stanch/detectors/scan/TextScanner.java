package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.source.ChangedException;
import dev.stanch.detectors.source.LimitException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Scans one text after another, of any size, in bounded memory, and what is packed in them. One
/// per thread.
final class TextScanner {
  private static final int WINDOW = 8 << 20;
  private static final int FIRST_BUFFER = 1 << 18;
  private static final Comparator<Found> BY_PLACE =
      (one, other) -> {
        int order = Integer.compare(one.start(), other.start());
        return order != 0
            ? order
            : Integer.compare(one.candidate().rule(), other.candidate().rule());
      };

  private final DetectorSession session;
  private final Detector detector;
  private final @Nullable SearchSession search;
  private final int depth;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private long bytesRead;
  private @Nullable TextScanner inner;

  TextScanner(Detector detector) {
    this(detector, 0);
  }

  private TextScanner(Detector detector, int depth) {
    this.detector = detector;
    this.depth = depth;
    this.session = detector.open();
    this.search = detector.openSearch();
  }

  private record Found(int start, Candidate candidate) {}

  /// What says that a rule was given up in a text.
  static String gaveUp(Rule rule) {
    return "rule " + rule.id() + " was given up: its pattern asks for too many steps";
  }

  /// Bytes read since this scanner was made, unpacked ones not counted.
  long bytesRead() {
    return bytesRead;
  }

  /// Reads a text that is known to be plain.
  List<Hit> scan(InputStream in) throws IOException {
    return scan(in, (_, _) -> {});
  }

  /// Reads `in` to its end and gives what stands in it, in order, overlaps resolved. What is packed
  /// in it and cannot be read goes to `trouble`.
  List<Hit> scan(InputStream in, Unpacker.Trouble trouble) throws IOException {
    return scan(in, new Unpacker.Budget(), trouble, null);
  }

  /// The same, where a rule that is given up in some part is told apart.
  List<Hit> scan(InputStream in, Unpacker.Trouble trouble, Consumer<Rule> givenUp)
      throws IOException {
    return scan(in, new Unpacker.Budget(), trouble, givenUp);
  }

  private List<Hit> scan(
      InputStream in,
      Unpacker.Budget budget,
      Unpacker.Trouble trouble,
      @Nullable Consumer<Rule> givenUp)
      throws IOException {
    int head = fill(in, 0, Content.HEAD);
    Content kind = Content.of(buffer, head);
    if (kind == Content.PLAIN) {
      return plain(in, head, trouble, givenUp);
    }
    String exclusion = kind.exclusion();
    if (exclusion != null) {
      trouble.excluded("", exclusion);
      return List.of();
    }
    InputStream whole =
        new SequenceInputStream(new ByteArrayInputStream(Arrays.copyOf(buffer, head)), in);
    if (depth == Unpacker.DEEPEST) {
      trouble.unread("", "packed too deeply");
      return List.of();
    }
    TextScanner within = inner;
    if (within == null) {
      within = new TextScanner(detector, depth + 1);
      inner = within;
    }
    return unpacked(kind, whole, within, budget, trouble, givenUp);
  }

  private static List<Hit> unpacked(
      Content kind,
      InputStream in,
      TextScanner within,
      Unpacker.Budget budget,
      Unpacker.Trouble trouble,
      @Nullable Consumer<Rule> givenUp)
      throws IOException {
    var hits = new ArrayList<Hit>();
    try {
      Unpacker.unpack(
          kind,
          in,
          budget,
          (way, content) -> {
            for (Hit hit : within.scan(content, budget, trouble.within(way), givenUp)) {
              hits.add(hit.within(way));
            }
          },
          trouble);
    } catch (LimitException e) {
      trouble.unread("", String.valueOf(e.getMessage()));
    } catch (ChangedException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      trouble.unread(
          "", "not a readable " + kind.name().toLowerCase(java.util.Locale.ROOT) + " file");
    }
    return hits;
  }

  /// Reads on until the buffer holds `wanted` bytes, or more where the input gives them at once.
  private int fill(InputStream in, int filled, int wanted) throws IOException {
    int now = filled;
    while (now < wanted) {
      if (now == buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.min(WINDOW, buffer.length * 2));
      }
      int read = in.read(buffer, now, buffer.length - now);
      if (read < 0) {
        break;
      }
      now += read;
      bytesRead += read;
    }
    return now;
  }

  private List<Hit> plain(
      InputStream in, int head, Unpacker.Trouble trouble, @Nullable Consumer<Rule> givenUp)
      throws IOException {
    var hits = new ArrayList<Hit>();
    var lines = new Lines();
    var searchLines = new Lines();
    long base = 0;
    int filled = head;
    int firstKeyword = 0;
    boolean binary = false;
    if (search != null) {
      search.begin();
    }
    while (true) {
      filled = fill(in, filled, WINDOW);
      boolean ended = filled < WINDOW;
      if (base == 0) {
        binary = Content.isBinary(buffer, filled);
      }
      int lastKeyword = ended ? filled : filled - Detector.AHEAD - Marker.REACH;
      var found = new ArrayList<Found>();
      session.scan(
          buffer,
          0,
          filled,
          firstKeyword,
          lastKeyword,
          (at, candidate) -> found.add(new Found(at + candidate.offset(), candidate)));
      if (ended && base == 0) {
        session.loneValues((at, candidate) -> found.add(new Found(at, candidate)));
      }
      if (binary) {
        found.removeIf(one -> !countsInBinary(one.candidate()));
      }
      place(found, base, filled, lines, hits);
      int keep = filled - lastKeyword + Detector.BACK + Marker.REACH;
      if (search != null && !binary) {
        place(
            searched(search, base, filled, ended, trouble, givenUp),
            base,
            filled,
            searchLines,
            hits);
        keep = (int) Math.max(keep, base + filled - search.needed());
      }
      if (ended) {
        return Overlaps.resolve(hits);
      }
      lines.countTo(buffer, base, filled - keep);
      searchLines.countTo(buffer, base, filled - keep);
      System.arraycopy(buffer, filled - keep, buffer, 0, keep);
      base += filled - keep;
      firstKeyword = keep - (filled - lastKeyword);
      filled = keep;
    }
  }

  private List<Found> searched(
      SearchSession search,
      long base,
      int filled,
      boolean ended,
      Unpacker.Trouble trouble,
      @Nullable Consumer<Rule> givenUp) {
    var found = new ArrayList<Found>();
    search.feed(
        buffer,
        base,
        filled,
        ended,
        new SearchSession.Out() {
          @Override
          public void found(int start, Candidate candidate) {
            found.add(new Found(start, candidate));
          }

          @Override
          public void gaveUp(Rule rule) {
            if (givenUp == null) {
              trouble.unread("", TextScanner.gaveUp(rule));
            } else {
              givenUp.accept(rule);
            }
          }
        });
    return found;
  }

  /// Gives each candidate its location and what speaks for it.
  private void place(List<Found> found, long base, int filled, Lines lines, List<Hit> hits) {
    found.sort(BY_PLACE);
    var markers = new Marker.Reader(buffer, filled);
    for (Found one : found) {
      markers.avoid(one.start(), one.start() + one.candidate().length());
    }
    for (Found one : found) {
      int end = one.start() + one.candidate().length();
      hits.add(
          new Hit(
              one.candidate(),
              base + one.start(),
              lines.locate(buffer, base, one.start(), end),
              detector.excuse(markers, buffer, filled, one.start(), one.candidate())));
    }
  }

  /// In bytes that are no text, only what a token says of itself counts.
  static boolean countsInBinary(Candidate candidate) {
    return candidate.evidence() != Evidence.GENERIC && candidate.evidence() != Evidence.CONTEXT;
  }
}
