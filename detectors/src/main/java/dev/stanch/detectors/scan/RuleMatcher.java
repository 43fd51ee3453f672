package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.ByteSet;
import dev.stanch.detectors.rule.Probe;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleTables;
import dev.stanch.detectors.scan.DetectorSession.Candidates;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Tries the patterns of rules at the keywords that led to them. What costs least is asked first:
/// the bytes behind the keyword, the bytes at the head of a match, then the pattern. One per
/// session.
final class RuleMatcher {
  private final RuleTables tables;
  private final TextWindow text;
  private final MatchJudge judge;
  private final ByteText characters = new ByteText();
  private final @Nullable CompiledRule[] rules;

  RuleMatcher(RuleTables tables, TextWindow text, MatchJudge judge) {
    this.tables = tables;
    this.text = text;
    this.judge = judge;
    this.rules = new @Nullable CompiledRule[tables.ruleCount()];
  }

  /// Sets the text of the attempts that follow.
  void use(byte[] bytes, int end) {
    characters.set(bytes, end);
  }

  /// Tries a rule whose matches hold the keyword at `[start, end)` at a known distance.
  ///
  /// @param following which bytes must stand behind the keyword
  void anchored(Probe probe, ByteSet[] following, int start, int end, Candidates out) {
    byte[] bytes = text.bytes;
    for (int i = 0; i < following.length; i++) {
      if (end + i >= text.to || !following[i].contains(bytes[end + i] & 0xff)) {
        text.looked(start, end + i + 1);
        return;
      }
    }
    text.looked(start, end + following.length);
    CompiledRule rule = rule(probe.rule());
    for (int offset = probe.maxOffset(); offset >= probe.minOffset(); offset--) {
      int at = start - offset;
      if (at < text.from) {
        continue;
      }
      text.looked(at - 3, at);
      if ((!rule.shape.leftEdge() || leftEdge(at)) && attempt(rule, at, start, end, out)) {
        return;
      }
    }
    text.looked(start - probe.maxOffset(), start);
  }

  /// Whether a word may begin at `at`: no word character before it, or one that belongs to an
  /// escape (`\n`, `%3D`).
  private boolean leftEdge(int at) {
    if (at <= text.from || !TokenText.isWord(text.bytes[at - 1])) {
      return true;
    }
    int before = text.bytes[at - 1];
    if (at - 2 >= text.from && text.bytes[at - 2] == '\\') {
      return before == 'n' || before == 't' || before == 'r';
    }
    return at - 3 >= text.from
        && (text.bytes[at - 3] == '%' || text.bytes[at - 3] == '=')
        && TokenText.isHex(text.bytes[at - 2])
        && TokenText.isHex(before)
        && (text.bytes[at - 3] == '%' || text.bytes[at - 2] == '3');
  }

  private boolean attempt(
      CompiledRule rule, int at, int keywordStart, int keywordEnd, Candidates out) {
    int least = rule.shape.minLength();
    if (text.to - at < least) {
      text.looked(at, at + least);
      return false;
    }
    if (!headFits(rule, at)) {
      return false;
    }
    text.looked(at, at + least);
    int limit = Math.min(text.to, at + rule.shape.maxLength() + 1);
    var matcher = rule.matcher();
    matcher.region(at, limit);
    characters.watch();
    boolean matches = matcher.lookingAt();
    text.looked(characters.lowest(), metEnd(matcher) ? limit + 2 : characters.highest() + 1);
    if (!matches || rule.rule.near() == null && matcher.end() < keywordEnd) {
      return false;
    }
    text.looked(at, matcher.end() + 1);
    int secretStart = rule.secretGroupStart();
    int secretEnd = rule.secretGroupEnd();
    if (secretStart < 0 || secretEnd <= secretStart) {
      return false;
    }
    if (matcher.end() == secretEnd
        && secretEnd < text.to
        && rule.trailing.contains(text.bytes[secretEnd] & 0xff)
        && rule.trailing.contains(text.bytes[secretEnd - 1] & 0xff)) {
      return false;
    }
    return judge.accept(rule, secretStart, secretEnd, keywordStart, keywordEnd, out);
  }

  /// Whether the outcome of the last attempt depends on where the text, or its region, ends.
  @SuppressWarnings("JdkObsolete") // where a match ends says nothing about an attempt that failed
  private static boolean metEnd(Matcher matcher) {
    return matcher.hitEnd();
  }

  /// Whether a match may begin with the bytes at `at`, which spares most of them the matcher.
  private boolean headFits(CompiledRule rule, int at) {
    for (int place = 0; place < rule.head.length; place++) {
      if (at + place >= text.to) {
        return true;
      }
      if (!rule.head[place].contains(text.bytes[at + place] & 0xff)) {
        text.looked(at, at + place + 1);
        return false;
      }
    }
    return true;
  }

  /// Searches the lines round the keyword at `[start, end)` for a value of the rule.
  void near(Probe probe, int start, int end, Candidates out) {
    if (!wordBegins(start)) {
      return;
    }
    CompiledRule rule = rule(probe.rule());
    Rule.Near near = rule.rule.near();
    if (near == null) {
      return;
    }
    if (near.after() > 0
        && search(
            rule, end, Math.min(text.to, end + near.after()), near.lines(), start, end, out)) {
      return;
    }
    if (near.before() > 0) {
      int first = Math.max(text.from, start - near.before());
      int lines = 0;
      for (int i = start - 1; i >= first; i--) {
        if (text.bytes[i] == '\n' && lines++ == near.lines()) {
          first = i + 1;
        }
      }
      text.looked(first - 1, start);
      search(rule, first, start, near.lines(), start, end, out);
    }
  }

  /// Whether a word of an identifier begins at `at`: `mistral` in `my_mistral` and `myMistral`, not
  /// in `demistral`.
  private boolean wordBegins(int at) {
    if (at <= text.from
        || !TokenText.isLetter(text.bytes[at])
        || !TokenText.isLetter(text.bytes[at - 1])) {
      return true;
    }
    return text.bytes[at] <= 'Z' && text.bytes[at - 1] >= 'a';
  }

  /// Tries the rule's pattern where a match may begin in `[first, last)`, across at most `lines`
  /// ends of lines.
  private boolean search(
      CompiledRule rule,
      int first,
      int last,
      int lines,
      int keywordStart,
      int keywordEnd,
      Candidates out) {
    int left = lines;
    int least = rule.shape.leadingLength();
    boolean[] leading = rule.leading;
    byte[] bytes = text.bytes;
    int at = first;
    while (at < last) {
      int b = bytes[at] & 0xff;
      if (b == '\n') {
        if (left-- == 0) {
          break;
        }
        at++;
      } else if (!leading[b]) {
        at++;
      } else {
        int end = at + 1;
        int far = Math.min(text.to, at + least);
        while (end < far && leading[bytes[end] & 0xff]) {
          end++;
        }
        text.looked(at - 3, end + 1);
        if (end - at >= least
            && (!rule.shape.leftEdge() || leftEdge(at))
            && attempt(rule, at, keywordStart, keywordEnd, out)) {
          text.looked(first, at);
          return true;
        }
        if (least == 1) {
          // A delimiter: any byte of the run may be the one before the value.
          at++;
          continue;
        }
        // The next value begins behind this run.
        while (end < text.to && end < last && leading[bytes[end] & 0xff]) {
          end++;
        }
        at = end;
      }
    }
    text.looked(first, at + 1);
    return false;
  }

  private CompiledRule rule(int index) {
    CompiledRule rule = rules[index];
    if (rule == null) {
      rule = new CompiledRule(index, tables, characters);
      rules[index] = rule;
    }
    return rule;
  }
}
