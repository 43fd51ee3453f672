package dev.stanch.detectors.scan;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.scan.Searches.Searching;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Searches one text after another for the rules that have no keyword at a bounded distance. One
/// per thread.
///
/// A text is searched in **sections** that begin at multiples of [#STEP] and reach over into the
/// next one, so that what is found depends on the text alone and not on the pieces in which it was
/// read. The work of a rule in a section is bounded by a multiple of the section's length: an
/// expression that asks for more, as some do when they look far ahead from every place, is given up
/// there, and that is told.
final class SearchSession {
  static final int STEP = 1 << 20;

  /// How far a match may reach beyond the section in which it begins.
  static final int OVER = 1 << 18;

  /// How often the characters of a section may be looked at for one rule, on average.
  static final int LOOKS = 16;

  /// So many looks are free, however short a section is.
  static final int FREE_LOOKS = 1 << 18;

  /// What stands before a section is context for `^` and `\b`: one character.
  private static final int CONTEXT = 4;

  private static final int LONGEST_SECRET = 64 << 10;
  private static final Comparator<Match> BY_START = Comparator.comparingInt(Match::start);

  private final Searches searches;
  private final Automaton automaton;
  private final Automaton.Lanes lanes = new Automaton.Lanes();
  private final SectionText text = new SectionText();
  private final Matcher[] matchers;
  private final BitSet present = new BitSet();
  private final long[] searchedTo;
  private long section;
  private long looks;

  /// Told of what is found.
  interface Out {
    /// A candidate whose secret begins at `start`, which counts from the buffer's beginning.
    void found(int start, Candidate candidate);

    /// A rule that was given up in a part of the text.
    void gaveUp(Rule rule);
  }

  private record Match(Searching rule, int start, int end, Candidate candidate, int secret) {}

  SearchSession(Searches searches, Automaton automaton) {
    this.searches = searches;
    this.automaton = automaton;
    int count = searches.rules.size();
    this.matchers = new Matcher[count];
    this.searchedTo = new long[count];
  }

  /// Whether a keyword of the detector's is one of a searching rule's.
  boolean isSought(int keyword) {
    return !searches.wanting(keyword).isEmpty();
  }

  /// Searches a text that is whole.
  void whole(byte[] bytes, int length, Out out) {
    begin();
    feed(bytes, 0, length, true, out);
  }

  /// Begins a text that is read piece by piece.
  void begin() {
    section = 0;
    Arrays.fill(searchedTo, 0);
  }

  /// How often characters were looked at since the session was opened.
  long looks() {
    return looks;
  }

  /// The position from which the text is still needed.
  long needed() {
    return Math.max(0, section * STEP - Marker.REACH - CONTEXT);
  }

  /// Searches the sections that `buffer[0, filled)`, which stands at `base` in the text, holds
  /// whole.
  void feed(byte[] buffer, long base, int filled, boolean ended, Out out) {
    while (true) {
      long start = section * STEP;
      long end = start + STEP + OVER;
      if (ended ? start > 0 && start >= base + filled : end + Marker.REACH > base + filled) {
        return;
      }
      section(buffer, base, (int) (start - base), (int) (Math.min(end, base + filled) - base), out);
      section++;
    }
  }

  private void section(byte[] buffer, long base, int from, int to, Out out) {
    present.clear();
    automaton.run(
        buffer, from, to, lanes, (keyword, _, _) -> present.or(searches.wanting(keyword)));
    var matches = new ArrayList<Match>();
    boolean set = false;
    for (int i = 0; i < searches.rules.size(); i++) {
      Searching rule = searches.rules.get(i);
      if (rule.sought && !present.get(i)) {
        continue;
      }
      if (!set) {
        text.set(buffer, Math.max(0, from - CONTEXT), to);
        set = true;
      }
      if (rule.sought
          || rule.rule.keywords().isEmpty()
          || holdsKeyword(rule.rule, buffer, from, to)) {
        search(i, buffer, base, from, to, matches, out);
      }
    }
    matches.sort(BY_START);
    for (Match match : matches) {
      if (match.start() < from + STEP
          && match.rule().search.purpose() == Rule.Purpose.FINDS
          && requirementsHold(match, matches, buffer, from)) {
        out.found(match.secret(), match.candidate());
      }
    }
  }

  /// For keywords that the automaton does not take.
  private static boolean holdsKeyword(Rule rule, byte[] buffer, int from, int to) {
    String lower =
        new String(buffer, from, to - from, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    return rule.keywords().stream().anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)));
  }

  private void search(
      int number, byte[] buffer, long base, int from, int to, List<Match> matches, Out out) {
    Searching rule = searches.rules.get(number);
    Pattern pattern = rule.pattern;
    if (pattern == null) {
      return;
    }
    long allowed = FREE_LOOKS + (long) LOOKS * (to - from);
    text.allow(allowed);
    try {
      Matcher matcher = matchers[number];
      if (matcher == null) {
        matcher = pattern.matcher(text);
        matchers[number] = matcher;
      } else {
        matcher.reset(text);
      }
      int first = (int) Math.max(from, searchedTo[number] - base);
      boolean more = first < to && matcher.find(text.characterAt(first));
      while (more) {
        int start = text.byteAt(matcher.start(), to);
        int end = text.byteAt(matcher.end(), to);
        if (start < from + STEP) {
          searchedTo[number] = base + end;
        }
        Match match = match(rule, matcher, buffer, start, end, to);
        if (match != null) {
          matches.add(match);
        }
        more = matcher.find();
      }
    } catch (SectionText.SpentException _) {
      out.gaveUp(rule.rule);
    } finally {
      looks += allowed - text.left();
    }
  }

  private @Nullable Match match(
      Searching rule, Matcher matcher, byte[] buffer, int start, int end, int to) {
    int group = group(rule.search, matcher);
    if (group < 0 || matcher.start(group) < 0) {
      return null;
    }
    int secretStart = text.byteAt(matcher.start(group), to);
    int secretEnd = text.byteAt(matcher.end(group), to);
    while (group == 0 && secretStart < secretEnd && buffer[secretStart] == '\n') {
      secretStart++;
    }
    while (group == 0 && secretStart < secretEnd && buffer[secretEnd - 1] == '\n') {
      secretEnd--;
    }
    if (secretEnd <= secretStart || secretEnd - secretStart > LONGEST_SECRET) {
      return null;
    }
    double entropy = TokenText.entropy(buffer, secretStart, secretEnd);
    if (rule.rule.entropy() > 0 && entropy <= rule.rule.entropy()
        || rule.checksum != null && !rule.checksum.fits(buffer, secretStart, secretEnd)
        || !keywordIsNear(rule, buffer, secretStart, to)) {
      return null;
    }
    var why = new ArrayList<String>();
    why.add("expression of " + rule.rule.id());
    List<Part> parts = List.of();
    if (rule.structure != null) {
      Structure.Reading reading = rule.structure.read(buffer, secretStart, secretEnd);
      if (reading == null) {
        return null;
      }
      why.addAll(reading.why());
      parts = reading.parts();
    }
    why.add("length " + (secretEnd - secretStart));
    why.add("entropy " + Math.round(entropy * 10) / 10.0);
    int traits = Searches.traits(rule);
    if (!rule.exemptions.isEmpty()) {
      String secret =
          new String(buffer, secretStart, secretEnd - secretStart, StandardCharsets.UTF_8);
      Exemptions.Around around = Exemptions.around(buffer, to, start, end, start, end, secret);
      for (int i = 0; i < rule.exemptions.size(); i++) {
        switch (rule.exemptions.get(i).ask(around)) {
          case YES -> {
            return null;
          }
          case WHERE_IT_FITS -> traits |= Searches.exemption(i);
          case NO -> {}
        }
      }
    }
    var candidate =
        new Candidate(
            rule.index,
            rule.rule.provider(),
            Searches.formOnly(rule.rule),
            rule.rule.evidence(),
            0,
            secretEnd - secretStart,
            secretStart - start,
            Math.max(0, end - secretEnd),
            TokenBytes.of(buffer, secretStart, secretEnd),
            0,
            rule.rule.confidence(),
            List.copyOf(why),
            parts,
            List.of(),
            traits);
    return new Match(rule, start, end, candidate, secretStart);
  }

  /// Whether a keyword stands as near to the value at `value` as its rule wants.
  private static boolean keywordIsNear(Searching rule, byte[] buffer, int value, int to) {
    Rule.Near near = rule.rule.near();
    if (near == null || rule.near.isEmpty()) {
      return true;
    }
    for (byte[] keyword : rule.near) {
      int n = keyword.length;
      int last = Math.min(to - n, value + near.before());
      for (int at = Math.max(0, value - near.after() - n); at <= last; at++) {
        if ((at + n <= value || at >= value)
            && stands(keyword, buffer, at)
            && lines(buffer, Math.min(at, value), Math.max(at, value)) <= near.lines()) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean stands(byte[] keyword, byte[] buffer, int at) {
    for (int i = 0; i < keyword.length; i++) {
      if (TokenText.lower(buffer[at + i]) != keyword[i]) {
        return false;
      }
    }
    return true;
  }

  /// The group that is the secret; -1 where the pattern has not so many.
  private static int group(Rule.Search search, Matcher matcher) {
    if (search.group() > 0) {
      return search.group() <= matcher.groupCount() ? search.group() : -1;
    }
    if (matcher.pattern().namedGroups().containsKey("secret")) {
      return matcher.pattern().namedGroups().get("secret");
    }
    for (int i = 1; i <= matcher.groupCount(); i++) {
      if (matcher.start(i) >= 0 && matcher.end(i) > matcher.start(i)) {
        return i;
      }
    }
    return 0;
  }

  private static boolean requirementsHold(
      Match match, List<Match> matches, byte[] buffer, int from) {
    for (Rule.Requirement needed : match.rule().search.required()) {
      boolean holds = false;
      for (Match other : matches) {
        if (other.rule().rule.id().equals(needed.rule())
            && (needed.lines() < 0 || lines(buffer, match, other) <= needed.lines())
            && (needed.columns() < 0
                || Math.abs(column(buffer, match, from) - column(buffer, other, from))
                    <= needed.columns())) {
          holds = true;
          break;
        }
      }
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static int lines(byte[] buffer, Match one, Match other) {
    return lines(
        buffer, Math.min(one.start(), other.start()), Math.max(one.start(), other.start()));
  }

  private static int lines(byte[] buffer, int from, int to) {
    int lines = 0;
    for (int i = from; i < to; i++) {
      lines += buffer[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  private static int column(byte[] buffer, Match match, int from) {
    int at = match.start();
    while (at > from && buffer[at - 1] != '\n') {
      at--;
    }
    return match.start() - at;
  }
}
