package dev.stanch.revokers.provider.plain;

import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.revokers.provider.plain.Descriptor.Base;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where the provider's APIs begin in this run. A host comes from the descriptor, from the
/// operator's environment, or, among hosts that the descriptor allows, from a finding; never from
/// an answer.
final class Places {
  private final Descriptor descriptor;
  private final Map<String, String> environment;

  Places(Descriptor descriptor, Map<String, String> environment) {
    this.descriptor = descriptor;
    this.environment = environment;
  }

  /// A base URL, or why there is none.
  sealed interface Place {
    record At(BaseUrl url) implements Place {}

    record Nowhere(String reason) implements Place {}
  }

  /// How many regions the provider has, one of which knows the token.
  int regions() {
    return descriptor.bases().values().stream()
        .map(base -> configured(base).isPresent() ? 1 : base.urls().size())
        .max(Integer::compare)
        .orElse(1);
  }

  /// The variable of ours that points a base somewhere else.
  static String variable(Descriptor descriptor, Base base) {
    String first = descriptor.bases().keySet().iterator().next();
    String name = descriptor.id() + (base.name().equals(first) ? "" : "-" + base.name());
    return "STANCH_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_URL";
  }

  private Optional<String> configured(Base base) {
    return Optional.ofNullable(environment.get(variable(descriptor, base)))
        .or(() -> Optional.ofNullable(environment.get(base.variable())))
        .filter(url -> !url.isBlank());
  }

  /// Whether nothing but the text beside a token names the host: it may be another customer's.
  boolean namedByFinding(String name) {
    Base base = descriptor.base(name);
    return configured(base).isEmpty()
        && base.urls().stream()
            .anyMatch(url -> url.names().stream().anyMatch(each -> each.startsWith("part:")));
  }

  /// Where a base lies.
  ///
  /// @param parts the finding's, as `part:NAME`
  Place at(String name, int region, Values parts) {
    Base base = descriptor.base(name);
    Optional<String> configured = configured(base);
    try {
      if (configured.isPresent()) {
        String text = configured.get().strip();
        return new Place.At(BaseUrl.parse(text.contains("://") ? text : "https://" + text));
      }
      if (base.urls().isEmpty()) {
        return new Place.Nowhere("its host is not known: set " + base.variable());
      }
      Template url = base.urls().get(Math.min(region, base.urls().size() - 1));
      Optional<String> filled = url.fill(parts);
      if (filled.isEmpty()) {
        return new Place.Nowhere(
            "the finding does not tell its host: set " + variable(descriptor, base));
      }
      BaseUrl found = BaseUrl.parse(filled.get());
      if (!url.constant() && base.hosts().stream().noneMatch(each -> each.matches(found))) {
        return new Place.Nowhere("the finding names a host that is none of the provider's");
      }
      return new Place.At(found);
    } catch (BadUrlException e) {
      return new Place.Nowhere("no usable base URL: " + e.getMessage());
    }
  }
}
