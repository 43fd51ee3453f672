package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.ByteSet;
import dev.stanch.detectors.rule.Checksum;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A rule in the form that is matched fastest, made when its keyword is first seen and kept by one
/// thread. Its pattern is compiled when the bytes round the keyword are the first that it may
/// match: most keywords stand in other texts.
final class CompiledRule {
  final int index;
  final Rule rule;
  final RuleTables.Shape shape;
  final ByteSet[] head;

  /// By byte: whether it is in the run that every match begins with. Of a pattern that begins with
  /// several ways, which have no run in common, whether one of them begins with it.
  final boolean[] leading = new boolean[256];

  final ByteSet trailing;
  final @Nullable Checksum checksum;
  final @Nullable Structure structure;
  private final ByteText text;
  private @Nullable Matcher matcher;
  private Companion @Nullable [] companions;
  private Shown @Nullable [] shown;

  /// A named group of the pattern.
  record Shown(String name, int group) {}

  /// A part to look for beside the match.
  record Companion(Rule.Companion part, Matcher matcher) {}

  CompiledRule(int index, RuleTables tables, ByteText text) {
    this.index = index;
    this.rule = tables.rule(index);
    this.shape = tables.shape(index);
    this.head = shape.head().toArray(ByteSet[]::new);
    for (int b = 0; b < leading.length; b++) {
      leading[b] = shape.leading().contains(b) && shape.head().getFirst().contains(b);
    }
    this.trailing = shape.trailing();
    this.checksum = rule.checksumName().flatMap(Checksum::named).orElse(null);
    this.structure = rule.parserName().map(Structure::named).orElse(null);
    this.text = text;
  }

  Matcher matcher() {
    Matcher made = matcher;
    if (made == null) {
      made = matcher(shape.pattern(), text);
      matcher = made;
    }
    return made;
  }

  Companion[] companions() {
    Companion[] made = companions;
    if (made == null) {
      made = new Companion[rule.parts().size()];
      for (int i = 0; i < made.length; i++) {
        Rule.Companion part = rule.parts().get(i);
        made[i] = new Companion(part, matcher(part.pattern(), text));
      }
      companions = made;
    }
    return made;
  }

  /// The groups that may be shown, in the order in which the pattern has them.
  Shown[] shown() {
    Shown[] made = shown;
    if (made == null) {
      made = shown(matcher());
      shown = made;
    }
    return made;
  }

  private static Shown[] shown(Matcher matcher) {
    var shown = new ArrayList<Shown>();
    matcher
        .namedGroups()
        .forEach(
            (name, group) -> {
              if (!name.equals("secret")) {
                shown.add(new Shown(name, group));
              }
            });
    shown.sort((one, other) -> Integer.compare(one.group(), other.group()));
    return shown.toArray(Shown[]::new);
  }

  private static Matcher matcher(String pattern, ByteText text) {
    return Pattern.compile(bytewise(pattern))
        .matcher(text)
        .useTransparentBounds(true)
        .useAnchoringBounds(false);
  }

  /// Spells characters beyond ASCII as their UTF-8 bytes, since a text is matched byte by byte.
  private static String bytewise(String pattern) {
    if (pattern.length() == pattern.getBytes(StandardCharsets.UTF_8).length) {
      return pattern;
    }
    var text = new StringBuilder();
    for (byte b : pattern.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 0) {
        text.append((char) b);
      } else {
        text.append(String.format("\\x%02x", b & 0xff));
      }
    }
    return text.toString();
  }

  int secretGroupStart() {
    return shape.named() ? matcher().start("secret") : matcher().start(1);
  }

  int secretGroupEnd() {
    return shape.named() ? matcher().end("secret") : matcher().end(1);
  }
}
