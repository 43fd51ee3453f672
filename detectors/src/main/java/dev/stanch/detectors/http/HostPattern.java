package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// A host, or the hosts of one form: `api.example.com`, `*.example.com`, `sts.*.example.com`, each
/// with a port if need be. A `*` stands for exactly one label, and never for one of the last two.
public final class HostPattern {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?:[a-z0-9_*-]+\\.)*[a-z0-9_*-]+|\\[[0-9a-f:.]+\\])(?::[1-9][0-9]{0,4})?");

  private final String text;
  private final String host;
  private final OptionalInt port;
  private final Pattern hosts;

  private HostPattern(String text) {
    this.text = text;
    int colon = text.endsWith("]") ? -1 : text.lastIndexOf(':');
    this.host = colon < 0 ? text : text.substring(0, colon);
    this.port =
        colon < 0
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(text.substring(colon + 1)));
    this.hosts = Pattern.compile(Pattern.quote(host).replace("*", "\\E[a-z0-9_-]+\\Q"));
  }

  /// The pattern that `text` spells.
  ///
  /// @throws IllegalArgumentException with the reason when it spells none
  public static HostPattern parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (!FORM.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          "not a host such as api.example.com, *.example.com or 10.0.0.1:8200");
    }
    var pattern = new HostPattern(lower);
    String[] labels = pattern.host.split("\\.", -1);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i].contains("*") && (!labels[i].equals("*") || i >= labels.length - 2)) {
        throw new IllegalArgumentException("a * stands for one whole label before the last two");
      }
    }
    return pattern;
  }

  /// Whether a URL's host is of this form, and its port the one named here.
  public boolean matches(BaseUrl url) {
    requireNonNull(url, "url");
    return hosts.matcher(url.host()).matches() && (port.isEmpty() || port.getAsInt() == url.port());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostPattern that && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
