package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.Rule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Says whose a match is where the text says otherwise or more than the rule. One per session.
final class OwnerFinder {
  private final TextWindow text;
  private final ServiceFinder services = new ServiceFinder();

  OwnerFinder(TextWindow text) {
    this.text = text;
  }

  /// The service that the name, or else the text round a value, speaks of.
  Lexicon.@Nullable Match service(
      String name, int nameStart, int start, int end, boolean password) {
    use();
    Lexicon.Match match = services.find(name, nameStart, start, end, password);
    looked();
    return match;
  }

  /// Whose a match is, where the text says otherwise or more than the rule.
  Lexicon.@Nullable Match of(
      CompiledRule compiled, int start, int end, int keywordStart, int keywordEnd) {
    Rule rule = compiled.rule;
    use();
    boolean formOnly =
        rule.provider().equals(ProviderId.GENERIC) || ServiceFinder.isVague(rule.provider());
    if (rule.evidence() == Evidence.STRUCTURE) {
      ProviderId store = services.ofScheme(start);
      looked();
      if (store != null && (formOnly || rule.id().value().endsWith("-url"))) {
        return new Lexicon.Match(store, "scheme of the URL", true);
      }
    }
    if (rule.id().value().equals("private-key-pgp")) {
      return null; // a person's: no service beside it owns it
    }
    if (formOnly) {
      int host = hostStart(compiled);
      if (host >= 0) {
        Lexicon.Match of = services.ofRun(host, hostEnd(host));
        looked();
        boolean inUrl =
            host > text.from && (text.bytes[host - 1] == '@' || text.bytes[host - 1] == '/');
        if (of != null || !inUrl) {
          return of; // what else stands near says nothing of another machine
        }
      }
      return service("", start, start, end, rule.id().value().contains("password"));
    }
    if (rule.evidence() == Evidence.CONTEXT) {
      Lexicon.Match named = services.named(start);
      looked();
      if (named == null && rule.near() != null) {
        // A rule for the like keys of several services: its keyword says whose this one is.
        named = services.ofRun(keywordStart, keywordEnd);
        looked();
      }
      // `openai_api_key` beside a host of Azure OpenAI is Azure OpenAI's.
      return named != null && rule.id().value().contains("-" + named.provider().value())
          ? null
          : named;
    }
    if (rule.evidence() == Evidence.PREFIX
        && KnownPrefixes.isCommon(text.latin(keywordStart, keywordEnd).toLowerCase(Locale.ROOT))) {
      Lexicon.Match named = services.named(start);
      looked();
      return named;
    }
    return null;
  }

  /// Where the host of a match stands that has a domain; -1 for none.
  private int hostStart(CompiledRule compiled) {
    for (CompiledRule.Shown group : compiled.shown()) {
      int start = group.name().equals("host") ? compiled.matcher().start(group.group()) : -1;
      if (start >= 0) {
        String host = text.latin(start, compiled.matcher().end(group.group()));
        return Structure.hasDomain(host) ? start : -1;
      }
    }
    return -1;
  }

  private int hostEnd(int start) {
    int end = start;
    while (end < text.to && Lexicon.isHostByte(text.bytes[end])) {
      end++;
    }
    return end;
  }

  private void use() {
    services.use(text.bytes, text.from, text.to);
  }

  private void looked() {
    text.looked(services.examinedFrom(), services.examinedTo());
  }
}
