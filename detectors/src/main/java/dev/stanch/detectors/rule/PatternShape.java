package dev.stanch.detectors.rule;

import dev.stanch.detectors.rule.PatternAnchors.Anchor;
import dev.stanch.detectors.rule.PatternNode.Capture;
import dev.stanch.detectors.rule.PatternNode.Chars;
import dev.stanch.detectors.rule.PatternNode.Choice;
import dev.stanch.detectors.rule.PatternNode.Edge;
import dev.stanch.detectors.rule.PatternNode.Repeat;
import dev.stanch.detectors.rule.PatternNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/// What the text of a pattern says about its matches: how long they are, which bytes stand at fixed
/// places, where a keyword can be. Refuses patterns of which that cannot be said.
final class PatternShape {
  /// Most ways in which one attempt may try to divide a text among its variable counts.
  private static final double MOST_WORK = 4e6;

  private static final int CHECKED_HEAD = 4;

  private final PatternNode root;
  private final List<String> names;
  private final boolean ignoreCase;

  private PatternShape(PatternParser parsed) throws NotOfTheDialect {
    this.root = parsed.root();
    this.names = parsed.groupNames();
    this.ignoreCase = parsed.ignoreCase();
    int captures = parsed.captures();
    if (captures == 0) {
      throw new NotOfTheDialect("no capture group: exactly one must hold the secret");
    }
    if (names.isEmpty() ? captures != 1 : captures != names.size() || !names.contains("secret")) {
      throw new NotOfTheDialect("several capture groups: name them all, one of them 'secret'");
    }
    if (root.minLength() == 0) {
      throw new NotOfTheDialect("matches the empty text");
    }
    if (work(root) > MOST_WORK) {
      throw new NotOfTheDialect(
          "too many ways to match one text: neighbouring variable counts share an alphabet");
    }
  }

  static PatternShape of(String pattern) throws NotOfTheDialect {
    return new PatternShape(new PatternParser(pattern));
  }

  List<String> groupNames() {
    return names;
  }

  boolean ignoreCase() {
    return ignoreCase;
  }

  int minLength() {
    return root.minLength();
  }

  int maxLength() {
    return root.maxLength();
  }

  /// Whether the pattern begins with `\b`.
  boolean startsAtWordEdge() {
    return root instanceof Sequence sequence
        && !sequence.parts().isEmpty()
        && sequence.parts().getFirst() instanceof Edge edge
        && edge.kind() == 'b';
  }

  /// The alphabet of the longest run inside the capture, when the pattern ends with the capture: a
  /// match followed by more of it is a piece of something longer.
  ByteSet trailingAlphabet() {
    PatternNode last = root;
    while (true) {
      switch (last) {
        case Sequence sequence -> {
          if (sequence.parts().isEmpty()) {
            return new ByteSet();
          }
          last = sequence.parts().getLast();
        }
        case Capture capture -> {
          var runs = new ArrayList<ByteRun>();
          collectRuns(capture.body(), runs);
          ByteRun longest = null;
          for (ByteRun run : runs) {
            if (longest == null || run.max() > longest.max()) {
              longest = run;
            }
          }
          return longest == null || longest.max() < 8 ? new ByteSet() : longest.set();
        }
        case Chars _, Choice _, Repeat _, Edge _ -> {
          return new ByteSet();
        }
      }
    }
  }

  private static void collectRuns(PatternNode node, List<ByteRun> runs) {
    switch (node) {
      case Chars chars -> runs.add(new ByteRun(chars.set(), 1, 1));
      case Sequence sequence -> sequence.parts().forEach(part -> collectRuns(part, runs));
      case Choice choice -> choice.options().forEach(option -> collectRuns(option, runs));
      case Repeat repeat -> {
        if (repeat.body() instanceof Chars chars) {
          runs.add(new ByteRun(chars.set(), repeat.min(), repeat.max()));
        } else {
          collectRuns(repeat.body(), runs);
        }
      }
      case Capture capture -> collectRuns(capture.body(), runs);
      case Edge _ -> {}
    }
  }

  /// The run of bytes that every match begins with: its alphabet and its least length.
  ByteRun leadingRun() {
    PatternNode node = root;
    while (true) {
      switch (node) {
        case Sequence sequence -> {
          PatternNode next = null;
          for (PatternNode part : sequence.parts()) {
            if (!(part instanceof Edge)) {
              next = part;
              break;
            }
          }
          if (next == null) {
            return new ByteRun(new ByteSet().complement(), 1, 1);
          }
          node = next;
        }
        case Capture capture -> node = capture.body();
        case Chars chars -> {
          return new ByteRun(chars.set(), 1, 1);
        }
        case Repeat repeat when repeat.body() instanceof Chars chars && repeat.min() > 0 -> {
          return new ByteRun(chars.set(), repeat.min(), repeat.max());
        }
        case Choice _, Repeat _, Edge _ -> {
          return new ByteRun(new ByteSet().complement(), 1, 1);
        }
      }
    }
  }

  /// The bytes that may stand at the first places of a match, place by place; where a match may end
  /// earlier, any byte may.
  List<ByteSet> head() {
    var sets = new ByteSet[CHECKED_HEAD];
    for (int place = 0; place < CHECKED_HEAD; place++) {
      sets[place] = new ByteSet();
    }
    int ends = place(root, 1, sets);
    for (int place = 0; place < CHECKED_HEAD; place++) {
      // What begins before an end goes on as the text does.
      if ((ends & (2 << place) - 1) != 0) {
        sets[place] = new ByteSet().complement();
      }
    }
    return List.of(sets);
  }

  /// Adds to `sets` what stands where, for each place that a bit of `starts` says `node` may begin
  /// at, and tells where it may end.
  private static int place(PatternNode node, int starts, ByteSet[] sets) {
    return switch (node) {
      case Edge _ -> starts;
      case Capture capture -> place(capture.body(), starts, sets);
      case Chars chars -> {
        for (int place = 0; place < CHECKED_HEAD; place++) {
          if ((starts >> place & 1) != 0) {
            sets[place].addAll(chars.set());
          }
        }
        yield starts << 1 & (1 << CHECKED_HEAD) - 1;
      }
      case Sequence sequence -> {
        int ends = starts;
        for (PatternNode part : sequence.parts()) {
          ends = place(part, ends, sets);
        }
        yield ends;
      }
      case Choice choice -> {
        int ends = 0;
        for (PatternNode option : choice.options()) {
          ends |= place(option, starts, sets);
        }
        yield ends;
      }
      case Repeat repeat -> {
        int ends = repeat.min() == 0 ? starts : 0;
        int now = starts;
        // A body of no bytes ends where it began: once is then as good as often.
        for (int times = 1;
            times <= repeat.max() && times <= repeat.min() + CHECKED_HEAD;
            times++) {
          now = place(repeat.body(), now, sets);
          ends |= times >= repeat.min() ? now : 0;
          if (now == 0) {
            break;
          }
        }
        yield ends;
      }
    };
  }

  /// The places where every match holds one of `keywords`.
  ///
  /// @throws NotOfTheDialect when some match need not hold any at a bounded distance
  List<Anchor> anchors(List<String> keywords) throws NotOfTheDialect {
    return PatternAnchors.of(root, keywords);
  }

  /// An upper bound of the ways a backtracking matcher may divide a text among the variable counts
  /// of `node`.
  private static double work(PatternNode node) {
    return switch (node) {
      case Chars _, Edge _ -> 1;
      case Capture capture -> work(capture.body());
      case Choice choice -> choice.options().stream().mapToDouble(PatternShape::work).sum();
      case Repeat repeat -> repeat.max() - repeat.min() + 1 + work(repeat.body());
      case Sequence sequence -> {
        List<PatternNode> parts = flat(sequence.parts());
        double ways = 1;
        for (int i = 0; i < parts.size(); i++) {
          PatternNode part = parts.get(i);
          // A run that cannot go on into what follows it ends at one place only.
          boolean fixed =
              part instanceof Repeat(Chars(var run), _, _)
                  && i + 1 < parts.size()
                  && parts.get(i + 1) instanceof Chars(var next)
                  && !run.intersects(next);
          ways *= fixed ? 1 : Math.max(1, work(part));
        }
        yield ways;
      }
    };
  }

  /// The parts as one sequence: a capture says nothing about how a text may be divided.
  private static List<PatternNode> flat(List<PatternNode> parts) {
    var all = new ArrayList<PatternNode>();
    for (PatternNode part : parts) {
      switch (part) {
        case Capture(Sequence(var inner)) -> all.addAll(flat(inner));
        case Capture(var inner) -> all.add(inner);
        case Sequence(var inner) -> all.addAll(flat(inner));
        case Chars _, Choice _, Repeat _, Edge _ -> all.add(part);
      }
    }
    return all;
  }
}
