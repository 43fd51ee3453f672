package dev.stanch.cli.command;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleLoader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A made-up token, and a line that holds it and nothing else worth finding. Tokens come from the
/// rules' own examples; where one begins and ends is read from the example, not asked of the
/// scanner.
record Planted(String rule, String line, String token) {
  private static final Pattern ONE_TOKEN =
      Pattern.compile("([^{}\\n]*?)((?:\\{\\{[^{}()]*\\}\\})+)([^{}\\n]*)");
  private static final int HALF = 20;

  /// Two tokens of each of `rules` rules.
  static List<Planted> some(List<RuleLoader.Authored> catalogue, int rules, long seed) {
    var planted = new ArrayList<Planted>();
    for (RuleLoader.Authored authored : suitable(catalogue, seed)) {
      for (ExampleTemplate example : authored.match()) {
        Planted one = from(authored.rule(), example, seed);
        Planted two = from(authored.rule(), example, seed + 1);
        if (one != null && two != null) {
          planted.add(one);
          planted.add(two);
          break;
        }
      }
      if (planted.size() == 2 * rules) {
        break;
      }
    }
    return planted;
  }

  /// Two tokens of one rule, long enough that git copies a half, of which the first half of one and
  /// the second of the other make a third; no half is a token of its own.
  record Pair(Planted one, Planted two, Planted joined) {
    String half() {
      return one.line.substring(0, middle(one));
    }

    private static int middle(Planted planted) {
      return planted.line.indexOf(planted.token) + planted.token.length() / 2;
    }
  }

  /// `count` pairs, each of another rule.
  static List<Pair> pairs(List<RuleLoader.Authored> catalogue, int count, long seed) {
    var pairs = new ArrayList<Pair>();
    for (RuleLoader.Authored authored : suitable(catalogue, seed)) {
      Rule rule = authored.rule();
      if (rule.evidence() != Evidence.PREFIX || authored.match().isEmpty()) {
        continue;
      }
      Planted one = bare(from(rule, authored.match().getFirst(), seed + 2), rule);
      Planted two = bare(from(rule, authored.match().getFirst(), seed + 3), rule);
      if (one == null
          || two == null
          || one.token.length() != two.token.length()
          || one.token.length() < 2 * HALF) {
        continue;
      }
      int middle = one.token.length() / 2;
      String first = one.token.substring(0, middle);
      String second = two.token.substring(middle);
      Planted joined = bare(new Planted(one.rule, "", first + second), rule);
      if (joined != null && !isToken(catalogue, first) && !isToken(catalogue, second)) {
        pairs.add(new Pair(one, two, joined));
      }
      if (pairs.size() == count) {
        break;
      }
    }
    return pairs;
  }

  /// Rules in an order of their own, so that a new rule moves none of the others.
  private static List<RuleLoader.Authored> suitable(
      List<RuleLoader.Authored> catalogue, long seed) {
    return catalogue.stream()
        .filter(
            authored ->
                authored.rule().parts().isEmpty()
                    && (authored.rule().evidence() == Evidence.CHECKSUM
                        || authored.rule().evidence() == Evidence.PREFIX))
        .sorted(
            Comparator.comparingLong(
                    (RuleLoader.Authored authored) ->
                        new SplittableRandom(seed + authored.rule().id().value().hashCode())
                            .nextLong())
                .thenComparing(authored -> authored.rule().id().value()))
        .toList();
  }

  private static @Nullable Planted from(Rule rule, ExampleTemplate example, long seed) {
    Matcher parts = ONE_TOKEN.matcher(example.text());
    if (!parts.matches() || example.text().contains("pem:") || example.text().contains("jwt")) {
      return null;
    }
    String token = new ExampleTemplate(parts.group(2)).expand(seed);
    return checked(rule, parts.group(1) + token + parts.group(3), token);
  }

  /// The same token in a line that says nothing of it.
  private static @Nullable Planted bare(@Nullable Planted planted, Rule rule) {
    return planted == null
        ? null
        : checked(rule, "then the entry " + planted.token + " follows here", planted.token);
  }

  private static @Nullable Planted checked(Rule rule, String line, String token) {
    if (token.contains("\n") || token.length() < 16) {
      return null;
    }
    try {
      Matcher found = Pattern.compile(rule.pattern()).matcher(line);
      return found.find() && token.equals(found.group(1)) && !found.find()
          ? new Planted(rule.id().value(), line, token)
          : null;
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  private static boolean isToken(List<RuleLoader.Authored> catalogue, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    var tried = new HashSet<String>();
    for (RuleLoader.Authored authored : catalogue) {
      Rule rule = authored.rule();
      if (rule.evidence() != Evidence.CONTEXT
          && rule.evidence() != Evidence.GENERIC
          && rule.keywords().stream()
              .anyMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)))
          && tried.add(rule.pattern())) {
        try {
          if (Pattern.compile(rule.pattern()).matcher(text).find()) {
            return true;
          }
        } catch (PatternSyntaxException e) {
          return true;
        }
      }
    }
    return false;
  }
}
