package dev.stanch.detectors.rule;

import dev.stanch.detectors.rule.PatternNode.Capture;
import dev.stanch.detectors.rule.PatternNode.Chars;
import dev.stanch.detectors.rule.PatternNode.Choice;
import dev.stanch.detectors.rule.PatternNode.Edge;
import dev.stanch.detectors.rule.PatternNode.Repeat;
import dev.stanch.detectors.rule.PatternNode.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds where the matches of a pattern hold a keyword, by following every way through the pattern
/// as far as it takes.
final class PatternAnchors {
  private static final int MOST_BRANCHES = 512;
  private static final int MOST_RUNS = 160;
  private static final int CHECKED_AFTER_KEYWORD = 6;

  private PatternAnchors() {}

  /// Where one way through the pattern holds a keyword, and which bytes must follow it.
  record Anchor(String keyword, int minOffset, int maxOffset, List<ByteSet> following) {}

  /// The places where every match of the pattern holds one of `keywords`.
  ///
  /// @throws NotOfTheDialect when some match need not hold any at a bounded distance
  static List<Anchor> of(PatternNode pattern, List<String> keywords) throws NotOfTheDialect {
    var anchors = new ArrayList<Anchor>();
    for (Branch branch : branches(pattern, keywords)) {
      Anchor found = branch.anchor(keywords);
      if (found == null) {
        throw new NotOfTheDialect(
            "not every match holds a keyword at a bounded distance from its start; no keyword in: "
                + branch.describe());
      }
      boolean merged = false;
      for (int i = 0; i < anchors.size(); i++) {
        Anchor known = anchors.get(i);
        if (known.keyword().equals(found.keyword())
            && known.minOffset() == found.minOffset()
            && known.maxOffset() == found.maxOffset()) {
          anchors.set(
              i,
              new Anchor(
                  known.keyword(), known.minOffset(), known.maxOffset(), joined(known, found)));
          merged = true;
          break;
        }
      }
      if (!merged) {
        anchors.add(found);
      }
    }
    return anchors;
  }

  private static List<ByteSet> joined(Anchor one, Anchor two) {
    var sets = new ArrayList<ByteSet>();
    for (int i = 0; i < Math.min(one.following().size(), two.following().size()); i++) {
      sets.add(one.following().get(i).copy().addAll(two.following().get(i)));
    }
    return List.copyOf(sets);
  }

  /// One way through the pattern.
  private static final class Branch {
    final List<ByteRun> runs = new ArrayList<>();
    boolean done;

    /// Set where the rest of this way is left open (too many or too long ways).
    boolean open;

    Branch copy() {
      var copy = new Branch();
      copy.runs.addAll(runs);
      copy.done = done;
      copy.open = open;
      return copy;
    }

    @Nullable Anchor anchor(List<String> keywords) {
      Anchor best = null;
      for (String keyword : keywords) {
        byte[] bytes = keyword.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        int index = indexOf(bytes);
        if (index < 0) {
          continue;
        }
        int min = 0;
        int max = 0;
        for (ByteRun run : runs.subList(0, index)) {
          min += run.min();
          max += run.max();
        }
        if (best != null && best.keyword().length() >= keyword.length()) {
          continue;
        }
        var following = new ArrayList<ByteSet>();
        for (int i = index + bytes.length;
            i < runs.size() && following.size() < CHECKED_AFTER_KEYWORD;
            i++) {
          ByteRun run = runs.get(i);
          for (int n = 0; n < run.min() && following.size() < CHECKED_AFTER_KEYWORD; n++) {
            following.add(run.set());
          }
          if (run.min() != run.max()) {
            break;
          }
        }
        best = new Anchor(keyword.toLowerCase(Locale.ROOT), min, max, List.copyOf(following));
      }
      return best;
    }

    int indexOf(byte[] keyword) {
      for (int start = 0; start + keyword.length <= runs.size(); start++) {
        boolean all = true;
        for (int i = 0; i < keyword.length && all; i++) {
          ByteRun run = runs.get(start + i);
          var folded = new ByteSet().add(keyword[i] & 0xff).foldCase();
          all =
              run.min() == 1
                  && run.max() == 1
                  && run.set().size() > 0
                  && run.set().isSubsetOf(folded);
        }
        if (all) {
          return start;
        }
      }
      return -1;
    }

    String describe() {
      var text = new StringBuilder();
      for (ByteRun run : runs) {
        if (text.length() > 60) {
          break;
        }
        text.append(run.set().size() <= 2 ? String.valueOf((char) first(run.set())) : "·");
        if (run.max() > 1) {
          text.append('{').append(run.min()).append(',').append(run.max()).append('}');
        }
      }
      return text.append(open ? "…" : "").toString();
    }

    private static int first(ByteSet set) {
      for (int value = 255; value > 0; value--) {
        if (set.contains(value)) {
          return value;
        }
      }
      return 0;
    }
  }

  private static List<Branch> branches(PatternNode pattern, List<String> keywords) {
    List<Branch> start = new ArrayList<>();
    start.add(new Branch());
    return extend(start, pattern, keywords);
  }

  private static List<Branch> extend(
      List<Branch> branches, PatternNode node, List<String> keywords) {
    return switch (node) {
      case Edge _ -> branches;
      case Capture capture -> extend(branches, capture.body(), keywords);
      case Chars chars -> chars(branches, chars.set(), keywords);
      case Sequence sequence -> {
        List<Branch> now = branches;
        for (PatternNode part : sequence.parts()) {
          now = extend(now, part, keywords);
        }
        yield now;
      }
      case Choice choice -> {
        var all = new ArrayList<Branch>();
        for (Branch branch : branches) {
          if (branch.done || branches.size() * choice.options().size() > MOST_BRANCHES) {
            branch.open |= !branch.done;
            branch.done = true;
            all.add(branch);
          }
        }
        var going = branches.stream().filter(branch -> !branch.done).toList();
        for (PatternNode option : choice.options()) {
          if (!going.isEmpty()) {
            all.addAll(extend(copies(going), option, keywords));
          }
        }
        yield all;
      }
      case Repeat repeat -> {
        if (repeat.body() instanceof Chars chars) {
          for (Branch branch : branches) {
            if (!branch.done) {
              if (repeat.min() == repeat.max() && repeat.min() <= MOST_RUNS) {
                for (int i = 0; i < repeat.min(); i++) {
                  branch.runs.add(new ByteRun(chars.set(), 1, 1));
                }
              } else {
                branch.runs.add(new ByteRun(chars.set(), repeat.min(), repeat.max()));
              }
              finish(branch, keywords);
            }
          }
          yield branches;
        }
        List<Branch> now = branches;
        for (int i = 0; i < Math.min(repeat.min(), 4); i++) {
          now = extend(now, repeat.body(), keywords);
        }
        if (repeat.max() == repeat.min() && repeat.min() <= 4) {
          yield now;
        }
        if (repeat.max() == 1) {
          var all =
              new ArrayList<Branch>(copies(now.stream().filter(branch -> !branch.done).toList()));
          all.addAll(extend(now, repeat.body(), keywords));
          yield all;
        }
        // A longer repetition of a group: what follows stands at distances that are not worth
        // spelling out.
        for (Branch branch : now) {
          branch.open |= !branch.done;
          branch.done = true;
        }
        yield now;
      }
    };
  }

  private static List<Branch> chars(List<Branch> branches, ByteSet set, List<String> keywords) {
    // A small class such as [pousr] is spelt out, so that keywords such as ghp_ can be seen in it.
    if (set.size() > 1
        && set.size() <= 12
        && !oneLetter(set)
        && branches.size() * set.size() <= MOST_BRANCHES / 2) {
      var all = new ArrayList<Branch>();
      for (Branch branch : branches) {
        if (branch.done) {
          all.add(branch);
          continue;
        }
        for (int value = 0; value < 256; value++) {
          if (set.contains(value)) {
            Branch next = branch.copy();
            next.runs.add(new ByteRun(new ByteSet().add(value), 1, 1));
            finish(next, keywords);
            all.add(next);
          }
        }
      }
      return all;
    }
    for (Branch branch : branches) {
      if (!branch.done) {
        branch.runs.add(new ByteRun(set, 1, 1));
        finish(branch, keywords);
      }
    }
    return branches;
  }

  private static boolean oneLetter(ByteSet set) {
    if (set.size() != 2) {
      return false;
    }
    for (int lower = 'a'; lower <= 'z'; lower++) {
      if (set.contains(lower) && set.contains(lower - 32)) {
        return true;
      }
    }
    return false;
  }

  private static void finish(Branch branch, List<String> keywords) {
    if (branch.runs.size() > MOST_RUNS * 2) {
      branch.done = true;
      branch.open = true;
      return;
    }
    Anchor anchor = branch.anchor(keywords);
    if (anchor != null && anchor.following().size() >= CHECKED_AFTER_KEYWORD) {
      branch.done = true;
    }
  }

  private static List<Branch> copies(List<Branch> branches) {
    return new ArrayList<>(branches.stream().map(Branch::copy).toList());
  }
}
