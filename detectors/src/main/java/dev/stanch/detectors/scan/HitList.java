package dev.stanch.detectors.scan;

import java.util.Arrays;

/// The keywords seen in one text, sorted by where they begin, each with how far round it its
/// evaluation looked and what came of it. Plain arrays: a history has millions.
final class HitList {
  /// In [#outcome]: nothing came of it.
  static final int NOTHING = -1;

  int[] start = new int[64];
  int[] keyword = new int[64];

  /// How far in front of `start` the evaluation looked.
  int[] back = new int[64];

  /// How far behind `start` it looked.
  int[] ahead = new int[64];

  int[] outcome = new int[64];
  int size;
  int outcomes;

  void clear() {
    size = 0;
    outcomes = 0;
  }

  void add(int at, int word, int lookedBack, int lookedAhead, int result) {
    if (size == start.length) {
      int longer = size * 2;
      start = Arrays.copyOf(start, longer);
      keyword = Arrays.copyOf(keyword, longer);
      back = Arrays.copyOf(back, longer);
      ahead = Arrays.copyOf(ahead, longer);
      outcome = Arrays.copyOf(outcome, longer);
    }
    // Keywords are found by their ends, so one that begins earlier may come later; never much.
    int i = size++;
    while (i > 0 && start[i - 1] > at) {
      start[i] = start[i - 1];
      keyword[i] = keyword[i - 1];
      back[i] = back[i - 1];
      ahead[i] = ahead[i - 1];
      outcome[i] = outcome[i - 1];
      i--;
    }
    start[i] = at;
    keyword[i] = word;
    back[i] = lookedBack;
    ahead[i] = lookedAhead;
    outcome[i] = result;
    if (result != NOTHING) {
      outcomes++;
    }
  }

  /// Index of the first hit that begins at `at` or later, which is looked for near `guess` first:
  /// copied regions mostly follow each other.
  int firstFrom(int at, int guess) {
    int low = 0;
    int high = size;
    if (guess > 0 && start[guess - 1] < at) {
      low = guess;
      int step = 1;
      while (low + step < size && start[low + step] < at) {
        low += step;
        step *= 2;
      }
      high = Math.min(size, low + step + 1);
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (start[middle] < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
