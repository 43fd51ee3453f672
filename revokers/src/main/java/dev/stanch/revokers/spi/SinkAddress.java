package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/// Which sink, in words: `vault:secret/app#API_KEY`. Stands in plans, journals and mapping files;
/// holds no token and no login.
///
/// @param kind of sink, as [SinkKind#name] says it
/// @param where in the kind's own notation: the same for each run, wherever it runs
/// @param part the part of a credential that belongs there, such as `id`; empty for its secret
public record SinkAddress(String kind, String where, String part) {
  private static final Pattern KIND = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

  public SinkAddress {
    requireNonNull(where, "where");
    requireNonNull(part, "part");
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException("a kind of sink is lower case");
    }
    if (where.isBlank() || where.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a sink is somewhere");
    }
  }

  /// Reads `KIND:WHERE`.
  ///
  /// @throws IllegalArgumentException when it is no such text; quotes nothing
  public static SinkAddress parse(String text, String part) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("a sink is written KIND:WHERE");
    }
    return new SinkAddress(text.substring(0, colon), text.substring(colon + 1), part);
  }

  /// It as people write it, with the part in brackets.
  public String text() {
    return kind + ":" + where + (part.isEmpty() ? "" : " (" + part + ")");
  }
}
