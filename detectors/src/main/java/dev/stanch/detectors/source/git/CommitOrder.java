package dev.stanch.detectors.source.git;

import java.util.Arrays;
import java.util.BitSet;

/// The order of commits in which "first" is meant, and which of them the tips reach.
///
/// A commit's corrected date is the greater of its committer's date and one second after the
/// corrected date of each parent, so that parents always come before children, whatever their
/// clocks said. Commits reachable from tips come first, then those that only a reflog or the like
/// leads to, then the unreachable ones; within each by corrected date and then by id. A commit's
/// **rank** is its place in this order; two ranks stand for trees that a ref names directly.
final class CommitOrder {
  private static final int UNSEEN = 0;
  private static final int OPEN = 1;
  private static final int DONE = 2;

  private final CommitTable commits;
  private final BitSet fromTips;
  private final BitSet fromNoted;
  private final int[] rankOf;
  private final int[] atRank;
  private final int tips;
  private final int noted;

  private CommitOrder(
      CommitTable commits,
      BitSet fromTips,
      BitSet fromNoted,
      int[] rankOf,
      int[] atRank,
      int tips,
      int noted) {
    this.commits = commits;
    this.fromTips = fromTips;
    this.fromNoted = fromNoted;
    this.rankOf = rankOf;
    this.atRank = atRank;
    this.tips = tips;
    this.noted = noted;
  }

  /// Orders the commits of a repository.
  ///
  /// @param tipCommits the commits that tips point to
  /// @param notedCommits the commits that are named otherwise
  static CommitOrder of(
      ObjectTable table, CommitTable commits, BitSet tipCommits, BitSet notedCommits) {
    int count = commits.count();
    BitSet fromTips = reach(commits, tipCommits, new BitSet());
    BitSet fromNoted = reach(commits, notedCommits, fromTips);
    long[] date = correctedDates(commits);
    int tips = fromTips.cardinality();
    int noted = tips + 1 + fromNoted.cardinality();
    int bits = 32 - Integer.numberOfLeadingZeros(count);
    long most = (1L << 61 - bits) - 1;
    long[] keys = new long[count];
    for (int c = 0; c < count; c++) {
      long reach = fromTips.get(c) ? 0 : fromNoted.get(c) ? 1 : 2;
      keys[c] = reach << 61 | Math.min(date[c], most) << bits | c;
    }
    Arrays.sort(keys);
    int mask = (1 << bits) - 1;
    int[] sorted = new int[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = (int) keys[i] & mask;
    }
    for (int i = 0; i < count; ) {
      int j = i + 1;
      while (j < count && keys[j] >>> bits == keys[i] >>> bits) {
        j++;
      }
      if (j - i > 1) {
        sortById(table, commits, sorted, i, j);
      }
      i = j;
    }
    int[] rankOf = new int[count];
    int[] atRank = new int[count + 2];
    Arrays.fill(atRank, -1);
    for (int i = 0; i < count; i++) {
      // One rank after the tips' commits and one after the noted ones stand for trees without a
      // commit.
      int rank = i < tips ? i : i < noted - 1 ? i + 1 : i + 2;
      rankOf[sorted[i]] = rank;
      atRank[rank] = sorted[i];
    }
    return new CommitOrder(commits, fromTips, fromNoted, rankOf, atRank, tips, noted);
  }

  int rank(int commit) {
    return rankOf[commit];
  }

  /// The commit at a rank, or -1 for the two ranks that are none.
  int commit(int rank) {
    return atRank[rank];
  }

  /// The rank of a tree that a tip names directly.
  int rankOfTipTree() {
    return tips;
  }

  /// The rank of a tree that a file like `AUTO_MERGE` names.
  int rankOfNotedTree() {
    return noted;
  }

  Reach reach(int rank) {
    return rank <= tips ? Reach.TIPS : rank <= noted ? Reach.NOTED : Reach.NONE;
  }

  boolean reachable(int commit) {
    return fromTips.get(commit) || fromNoted.get(commit);
  }

  CommitTable commits() {
    return commits;
  }

  private static void sortById(
      ObjectTable table, CommitTable commits, int[] sorted, int from, int to) {
    Integer[] tied = new Integer[to - from];
    Arrays.setAll(tied, i -> sorted[from + i]);
    byte[][] ids = new byte[2][table.idLength()];
    Arrays.sort(
        tied,
        (a, b) -> {
          table.id(commits.entry(a), ids[0], 0);
          table.id(commits.entry(b), ids[1], 0);
          return Arrays.compareUnsigned(ids[0], ids[1]);
        });
    for (int i = from; i < to; i++) {
      sorted[i] = tied[i - from];
    }
  }

  /// The commits reachable from some, but for those already known.
  private static BitSet reach(CommitTable commits, BitSet from, BitSet known) {
    BitSet reached = new BitSet(commits.count());
    Numbers stack = new Numbers();
    for (int c = from.nextSetBit(0); c >= 0; c = from.nextSetBit(c + 1)) {
      if (!known.get(c) && !reached.get(c)) {
        reached.set(c);
        stack.add(c);
      }
      while (stack.size() > 0) {
        int top = stack.get(stack.size() - 1);
        stack.truncate(stack.size() - 1);
        for (int p = commits.parents(top) - 1; p >= 0; p--) {
          int parent = commits.parent(top, p);
          if (!known.get(parent) && !reached.get(parent)) {
            reached.set(parent);
            stack.add(parent);
          }
        }
      }
    }
    return reached;
  }

  private static long[] correctedDates(CommitTable commits) {
    int count = commits.count();
    long[] date = new long[count];
    byte[] state = new byte[count];
    Numbers stack = new Numbers();
    for (int c = 0; c < count; c++) {
      if (state[c] != UNSEEN) {
        continue;
      }
      stack.add(c);
      while (stack.size() > 0) {
        int top = stack.get(stack.size() - 1);
        int parents = commits.parents(top);
        if (state[top] == UNSEEN) {
          state[top] = OPEN;
          for (int p = 0; p < parents; p++) {
            int parent = commits.parent(top, p);
            if (state[parent] == UNSEEN) {
              stack.add(parent);
            }
          }
          continue;
        }
        stack.truncate(stack.size() - 1);
        if (state[top] == OPEN) {
          long latest = commits.date(top);
          for (int p = 0; p < parents; p++) {
            latest = Math.max(latest, date[commits.parent(top, p)] + 1);
          }
          date[top] = latest;
          state[top] = DONE;
        }
      }
    }
    return date;
  }
}
