package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Code;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Tells which files mention a word without reading all of them for each word: the hashes of their
/// words say which to read. Not thread-safe.
final class Words {
  /// Answers that are kept, in files.
  private static final int MOST_KEPT = 1 << 20;

  private final List<Code.File> files;
  private final long[] places; // the hash of a word and the number of its file, sorted
  private final Map<String, int[]> answered = new HashMap<>();
  private int kept;

  Words(List<Code.File> files) {
    this.files = files;
    long[] all = new long[1024];
    int size = 0;
    for (int i = 0; i < files.size(); i++) {
      for (int hash : hashes(files.get(i).text())) {
        if (size == all.length) {
          all = Arrays.copyOf(all, size * 2);
        }
        all[size++] = place(hash, i);
      }
    }
    this.places = Arrays.copyOf(all, size);
    Arrays.sort(places);
  }

  private static long place(int hash, int file) {
    return (long) hash << 32 | file;
  }

  /// The numbers of the files that mention a word, in their order.
  int[] mentioning(String word) {
    int[] known = answered.get(word);
    if (known == null) {
      known = candidates(word).filter(i -> Script.mentions(files.get(i).text(), word)).toArray();
      if (kept + known.length >= MOST_KEPT) {
        answered.clear();
        kept = 0;
      }
      kept += known.length + 1;
      answered.put(word, known);
    }
    return known;
  }

  private IntStream candidates(String word) {
    int[] hashes = hashes(word);
    if (hashes.length == 0) {
      return IntStream.range(0, files.size());
    }
    int from = 0;
    int to = Integer.MAX_VALUE;
    for (int hash : hashes) { // what mentions all of it mentions each piece: the rarest tells most
      int begin = at(place(hash, 0));
      int end = at(place(hash, files.size()));
      if (end - begin < to - from) {
        from = begin;
        to = end;
      }
    }
    return Arrays.stream(places, from, to).mapToInt(each -> (int) each);
  }

  private int at(long place) {
    int found = Arrays.binarySearch(places, place);
    return found < 0 ? -found - 1 : found;
  }

  /// The hashes of the words of a text, sorted. A text that mentions another as a word has all of
  /// that one's hashes.
  static int[] hashes(String text) {
    int[] all = new int[16];
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      int end = end(text, i);
      if (end > i) {
        if (size == all.length) {
          all = Arrays.copyOf(all, size * 2);
        }
        all[size++] = hash(text, i, end);
        i = end;
      }
    }
    Arrays.sort(all, 0, size);
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        all[distinct++] = all[i];
      }
    }
    return Arrays.copyOf(all, distinct);
  }

  /// Whether a text with these hashes may mention a word; where not, it does not.
  static boolean mayMention(int[] hashes, String word) {
    for (int i = 0; i < word.length(); i++) {
      int end = end(word, i);
      if (end > i && Arrays.binarySearch(hashes, hash(word, i, end)) < 0) {
        return false;
      }
      i = end;
    }
    return true;
  }

  /// Where the word ends that begins here; here, where none does.
  private static int end(String text, int start) {
    int end = start;
    while (end < text.length() && Texts.isWordPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int hash(String text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }
}
