package dev.stanch.detectors.scan;

import com.google.re2j.Pattern;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Suppression;
import dev.stanch.detectors.rule.Exemption;
import dev.stanch.detectors.rule.LinearPattern;
import dev.stanch.detectors.rule.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The exemptions of a configuration, ready to be asked: what the text says when a match is made,
/// and what its place says once that is known.
final class Exemptions {
  private final List<Ready> all;

  Exemptions(List<Exemption> exemptions) {
    this.all = exemptions.stream().map(Ready::new).toList();
  }

  /// What stands where a match is.
  interface Around {
    String text(Exemption.Target target);
  }

  /// Those that may hold for a match, by what its text says; null for none.
  @org.jspecify.annotations.Nullable
  Held held(Around around) {
    var holding = new ArrayList<Ready>();
    var settled = new ArrayList<Boolean>();
    for (Ready one : all) {
      TextSays says = one.ask(around);
      if (says != TextSays.NO) {
        holding.add(one);
        settled.add(says == TextSays.YES);
      }
    }
    return holding.isEmpty() ? null : new Held(holding, settled);
  }

  /// What a text alone says of an exemption.
  enum TextSays {
    /// It holds.
    YES,
    /// It does not.
    NO,
    /// It holds where the place fits.
    WHERE_IT_FITS
  }

  /// One exemption with its patterns compiled.
  static final class Ready {
    final Exemption exemption;
    private final List<Pattern> paths;
    private final List<Pattern> regexes;

    Ready(Exemption exemption) {
      this.exemption = exemption;
      this.paths = compiled(exemption.paths());
      this.regexes = compiled(exemption.regexes());
    }

    TextSays ask(Around around) {
      boolean any = exemption.condition() == Exemption.Condition.ANY;
      boolean asksForText = !regexes.isEmpty() || !exemption.stopwords().isEmpty();
      if (!asksForText) {
        return TextSays.WHERE_IT_FITS;
      }
      boolean matches =
          !regexes.isEmpty()
              && regexes.stream()
                  .anyMatch(regex -> regex.matcher(around.text(exemption.target())).find());
      boolean stops =
          !exemption.stopwords().isEmpty() && holdsStopword(around.text(Exemption.Target.SECRET));
      boolean holds =
          any
              ? matches || stops
              : (regexes.isEmpty() || matches) && (exemption.stopwords().isEmpty() || stops);
      if (holds) {
        return any || !exemption.asksForPlace() ? TextSays.YES : TextSays.WHERE_IT_FITS;
      }
      return any && exemption.asksForPlace() ? TextSays.WHERE_IT_FITS : TextSays.NO;
    }

    private boolean holdsStopword(String secret) {
      String lower = secret.toLowerCase(Locale.ROOT);
      return exemption.stopwords().stream().anyMatch(lower::contains);
    }

    /// Whether the place fits, where the text left it open.
    boolean fits(String path, String commit) {
      boolean pathFits = paths.stream().anyMatch(pattern -> pattern.matcher(path).find());
      boolean commitFits = exemption.commits().contains(commit);
      return exemption.condition() == Exemption.Condition.ANY
          ? pathFits || commitFits
          : (paths.isEmpty() || pathFits) && (exemption.commits().isEmpty() || commitFits);
    }
  }

  /// The exemptions that may hold for one match.
  ///
  /// @param settled by exemption: whether its text says all
  record Held(List<Ready> exemptions, List<Boolean> settled) implements Excuse {
    Held {
      exemptions = List.copyOf(exemptions);
      settled = List.copyOf(settled);
    }

    @Override
    public Optional<Suppression> covers(Rule rule, Place place) {
      String path = Searches.path(place);
      String commit = place.provenance().commitId().orElse("");
      for (int i = 0; i < exemptions.size(); i++) {
        Exemption one = exemptions.get(i).exemption;
        boolean speaks =
            one.rules().isEmpty()
                || one.rules().contains(rule.id().value())
                || rule.aliases().stream().anyMatch(alias -> one.rules().contains(alias.value()));
        if (speaks && (settled.get(i) || exemptions.get(i).fits(path, commit))) {
          return Optional.of(
              new Suppression(Suppression.Kind.ALLOWLIST, one.source(), one.reason()));
        }
      }
      return Optional.empty();
    }
  }

  static List<Pattern> compiled(List<String> patterns) {
    return patterns.stream().map(Exemptions::compiled).toList();
  }

  static Pattern compiled(String pattern) {
    try {
      return LinearPattern.compile(pattern, Rule.Origin.USER);
    } catch (LinearPattern.UnusableException e) {
      throw new IllegalArgumentException("a pattern that no loader let through", e);
    }
  }

  /// What stands round `[start, end)` in a text, its match at `[matchStart, matchEnd)`.
  static Around around(
      byte[] text, int length, int start, int end, int matchStart, int matchEnd, String secret) {
    return target ->
        switch (target) {
          case SECRET -> secret;
          case MATCH -> utf8(text, Math.max(0, matchStart), Math.min(length, matchEnd));
          case LINE -> {
            int first = start;
            while (first > Math.max(0, start - Marker.REACH) && text[first - 1] != '\n') {
              first--;
            }
            int last = end;
            while (last < Math.min(length, end + Marker.REACH) && text[last] != '\n') {
              last++;
            }
            yield utf8(text, first, last);
          }
        };
  }

  private static String utf8(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }
}
